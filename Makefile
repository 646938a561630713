.PHONY: run dev test test-fast check

# Set up what is missing, load the demonstration into an empty database, and serve.
run:
	@bash scripts/bootstrap && exec .venv/bin/python scripts/serve

# The same for development: reload on a change, DEBUG, mail on the console, the debug toolbar.
dev:
	@bash scripts/bootstrap requirements-dev.txt && exec bash scripts/dev

# The whole suite in every leg; ARGS= passes options to pytest.
test:
	@bash scripts/bootstrap requirements-dev.txt && exec bash scripts/test $(ARGS)

# The quick tests on SQLite, the database kept; ARGS="tests/branches -k tree" runs some of them.
test-fast:
	@bash scripts/bootstrap requirements-dev.txt && exec bash scripts/test-fast $(ARGS)

# The house's checks without the suite: lint, format, layers, types, migrations.
check:
	@bash scripts/bootstrap requirements-dev.txt && bash scripts/check
