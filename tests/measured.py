"""A plugin for the coverage of a run: `python -m pytest -p tests.measured`, then `coverage combine`, `coverage report`.

The tracer of `coverage` takes twice the time on Python 3.11, since it slows down Django and the tests too. These probes
stand in the project's own code. Settings and report are those of `coverage`.
"""

from pathlib import Path

from coverage import Coverage

from tests.probes import Probes

ROOT = Path(__file__).parent.parent
SETTINGS = Coverage(config_file=str(ROOT / "pyproject.toml"))
PROBES = Probes([ROOT / name for name in SETTINGS.get_option("run:source")], SETTINGS.get_option("run:omit"))
"""Placed when pytest reads its options, before any module of the project is imported."""


def pytest_sessionfinish():
    """Each process of a run writes a file of its own."""
    PROBES.write(SETTINGS.get_option("run:data_file"))
