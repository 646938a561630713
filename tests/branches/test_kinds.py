"""Kinds of organisation beside huyện: their titles, committees, and what a sentence calls all of them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from admissions.letters.context import letter_context, place_of_issue
from branches.kinds import KIND_WORDS, Kind
from branches.models import Organisation, Tier
from reports.exports import party_layout
from reports.pages import sentence
from reports.pages.dashboard import name_of_total
from reports.periods import year_period
from reports.unit_group import UnitGroup
from tests import factories

pytestmark = pytest.mark.django_db

UNDER_A_PROVINCE = [
    (Kind.DISTRICT, "Yên Lạc", "Đảng bộ huyện Yên Lạc", "Huyện ủy Yên Lạc", "toàn huyện"),
    (Kind.CITY, "Đ.", "Đảng bộ thành phố Đ.", "Thành ủy Đ.", "toàn thành phố"),
    (Kind.URBAN_DISTRICT, "Ninh Kiều", "Đảng bộ quận Ninh Kiều", "Quận ủy Ninh Kiều", "toàn quận"),
    (Kind.TOWN, "Phúc Yên", "Đảng bộ thị xã Phúc Yên", "Thị ủy Phúc Yên", "toàn thị xã"),
    (
        Kind.BLOCK,
        "Khối các cơ quan tỉnh",
        "Đảng bộ Khối các cơ quan tỉnh",
        "Đảng ủy Khối các cơ quan tỉnh",
        "toàn Đảng bộ",
    ),
    (Kind.ARMY, "Quân sự tỉnh", "Đảng bộ Quân sự tỉnh", "Đảng ủy Quân sự tỉnh", "toàn Đảng bộ"),
    (Kind.POLICE, "Công an tỉnh", "Đảng bộ Công an tỉnh", "Đảng ủy Công an tỉnh", "toàn Đảng bộ"),
]


@pytest.mark.parametrize(("kind", "name", "title", "committee", "whole"), UNDER_A_PROVINCE)
def test_what_stands_under_a_province_has_its_own_words(kind, name, title, committee, whole):
    province = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Vĩnh Phúc")
    unit = factories.unit(province, Tier.DISTRICT, kind, name)
    assert (unit.title, unit.committee, str(unit.whole)) == (title, committee, whole)
    assert name_of_total(unit) == whole[:1].upper() + whole[1:]
    issuer = party_layout.issuer_of(UnitGroup((unit,)))
    assert issuer.superior == committee.upper()
    assert issuer.place == (name if KIND_WORDS[kind].committee else "Vĩnh Phúc")
    opening = sentence.opening_paragraph(sentence.Register(unit), year_period(2016)).plain
    assert opening == f"Năm 2016, {whole} kết nạp 0 đảng viên."


def test_a_province_and_a_city_of_its_rank_have_theirs():
    province = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Vĩnh Phúc")
    assert (province.committee, str(province.whole)) == ("Tỉnh ủy Vĩnh Phúc", "toàn tỉnh")
    city = factories.unit(None, Tier.PROVINCE, Kind.CITY, "Cần Thơ")
    assert (city.title, city.committee) == ("Đảng bộ thành phố Cần Thơ", "Thành ủy Cần Thơ")


def test_a_letter_of_a_city_names_its_committee_and_its_board(district):
    city = factories.unit(None, Tier.DISTRICT, Kind.CITY, "Vĩnh Yên")
    ward = factories.unit(city, Tier.BASE, Kind.WARD, "Ngô Quyền")
    branch = factories.unit(ward, Tier.BRANCH, Kind.STREET, "1")
    staff = factories.user("vy", "board_staff", city)
    row = factories.admitted(branch, staff)

    values = letter_context("9-KND", row)
    assert (values["issuer"], values["superior"]) == ("THÀNH ỦY VĨNH YÊN", "")
    assert letter_context("extract", row)["superior"] == "THÀNH ỦY VĨNH YÊN"
    assert place_of_issue(branch) == "Ngô Quyền"


def test_a_middle_tier_is_called_what_it_is(district):
    section = factories.unit(district.home, Tier.SECTION, Kind.OTHER, "Khu Đông")
    assert (section.title, section.committee) == ("Đảng bộ bộ phận Khu Đông", "Đảng ủy bộ phận Khu Đông")
    assert section.whole == section.title


def test_every_kind_has_words():
    assert set(KIND_WORDS) == set(Kind)


@pytest.mark.parametrize("kind", [Kind.CITY, Kind.DISTRICT, Kind.BLOCK])
def test_a_base_organisation_is_no_city(district, kind):
    unit = Organisation(
        parent=district.root, tier=Tier.BASE, kind=kind, name="X", code="X", valid_from=date(2016, 1, 1)
    )
    with pytest.raises(ValidationError, match="chỉ dùng cho"):
        unit.clean()
