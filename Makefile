.PHONY: run test check

# Sets up what is missing, loads the demonstration into an empty database, and serves.
run:
	@bash scripts/bootstrap && exec .venv/bin/python scripts/serve

# Sets up what is missing and runs the whole suite; ARGS= passes options to pytest.
test:
	@bash scripts/bootstrap requirements-dev.txt && exec bash scripts/test $(ARGS)

# The quick checks: lint, layers, migrations, system checks.
check:
	@bash scripts/bootstrap requirements-dev.txt && bash scripts/check
