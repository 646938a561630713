"""Admissions to report on, and a report written to a file."""

from datetime import date

import pytest

from reports.exports import make
from tests import factories
from tests.kept import kept


@kept
def admissions(district):
    """Three at home in this quarter, one far away in it and one a year before."""
    factories.admitted(district.rural, district.staff, on=date(2017, 1, 10))
    factories.admitted(
        district.rural, district.staff, on=date(2017, 2, 8), full_name="Lê Văn Đạt", sex="male"
    )
    factories.admitted(district.school, district.staff, on=date(2017, 2, 8), full_name="Trần Thị Ánh")
    factories.admitted(district.far, district.staff, on=date(2017, 2, 9), full_name="Vũ Thị Dung")
    factories.admitted(district.far, district.staff, on=date(2016, 2, 10), full_name="Vũ Thị Em")
    return district


@pytest.fixture
def made(tmp_path):
    """Writes the report of `units` and gives the path of the file."""

    def write(units, period, format, **facts):
        path = tmp_path / f"x.{format}"
        make.write_file(path, units, period, format=format, **facts)
        return path

    return write
