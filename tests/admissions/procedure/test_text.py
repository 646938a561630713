"""The words of a procedure name the committee of the installation."""

from datetime import date

import pytest
from django.utils.translation import override

from admissions import procedure


@pytest.mark.parametrize(
    ("installation", "body"),
    [
        ("Huyện ủy Yên Lạc", "Ban Thường vụ Huyện ủy"),
        ("Thành ủy Vĩnh Yên", "Ban Thường vụ Thành ủy"),
        ("Thị ủy Phúc Yên", "Ban Thường vụ Thị ủy"),
        ("Đảng ủy Khối các cơ quan tỉnh", "Ban Thường vụ Huyện ủy"),
    ],
)
def test_a_city_or_a_town_reads_of_its_own_committee(settings, installation, body):
    settings.DISTRICT_NAME = installation
    version = procedure.version_in_force(date(2016, 12, 5))
    assert str(version.deciding_body) == body
    assert body in str(version.clock("decision").title)
    with override("en"):
        assert str(version.deciding_body) == "District standing committee"
