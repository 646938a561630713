"""The lines that ran are noted, and they alone."""

import sys
from importlib import import_module

from coverage import CoverageData

from tests.probes import Probes

MODULE = """\
def used():
    for number in range(3):
        if number == 7:
            return 4
    return number

def unused():
    return 8
"""


def test_the_lines_that_ran_are_written_and_a_file_that_nobody_imports_is_named(tmp_path, monkeypatch):
    measured, other = tmp_path / "measured", tmp_path / "other"
    for folder, name in (
        (measured, "probed"),
        (measured, "asleep"),
        (measured, "left_out"),
        (other, "plain"),
    ):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(MODULE)
        monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    probes = Probes([measured], ["*/left_out.py"])
    for name in ("probed", "left_out", "plain"):
        for _time in range(100):
            assert import_module(name).used() == 2
    probes.write(tmp_path / "data")
    (written,) = tmp_path.glob("data.*")
    data = CoverageData(written)
    data.read()
    assert {path: data.lines(path) and sorted(data.lines(path)) for path in data.measured_files()} == {
        str(measured / "probed.py"): [1, 2, 3, 5, 7],
        str(measured / "asleep.py"): [],
    }
