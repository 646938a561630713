"""Names as they are spoken: typed with the title or without, one unit has one title."""

import pytest

from branches.models import Kind, Organisation, Tier
from branches.names import spoken_name, strip_title
from tests import factories


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("Chi bộ thôn Mới", Kind.VILLAGE, "Mới"),
        ("thôn Mới", Kind.VILLAGE, "Mới"),
        ("CHI BỘ  Thôn Mới", Kind.VILLAGE, "Mới"),
        ("Mới", Kind.VILLAGE, "Mới"),
        ("Chi bộ Trường THCS", Kind.PUBLIC_UNIT, "Trường THCS"),
        ("Đảng bộ xã Bình Định", Kind.COMMUNE, "Bình Định"),
        ("TT Yên Lạc", Kind.TOWNSHIP, "Yên Lạc"),
        ("Thôn", Kind.VILLAGE, "Thôn"),
        ("Thônh Mới", Kind.VILLAGE, "Thônh Mới"),
        ("thôn Mới", Kind.PUBLIC_UNIT, "thôn Mới"),
    ],
)
def test_a_name_is_kept_without_the_words_of_its_title(typed, kind, name):
    assert spoken_name(typed, kind) == name


def test_a_unit_typed_with_its_title_is_not_called_twice(client, district):
    client.force_login(district.admin)
    form = {
        "tier": "branch",
        "kind": "village",
        "name": "Chi bộ thôn Mới",
        "code": "M1",
        "valid_from": "01/01/2017",
        "basis": "",
    }
    client.post(f"/don-vi/them/?cha={district.home.pk}", form)
    assert Organisation.objects.get(code="M1").title == "Chi bộ thôn Mới"
    again = form | {"name": "thôn Mới", "code": "M2"}
    assert client.post(f"/don-vi/them/?cha={district.home.pk}", again).status_code == 422, (
        "it is there already"
    )


def test_a_list_of_names_says_the_word_for_the_unit_once(district):
    unit = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Thiệu Tổ 2")
    assert strip_title(unit.title, unit) == "thôn Thiệu Tổ 2"
    assert strip_title(district.home.title, district.home) == "xã Trung Nguyên"
