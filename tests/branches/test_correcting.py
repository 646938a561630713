"""Mistakes in a unit that nothing rests on are corrected; of one in use the register says what rests on it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from branches.correcting import correct_unit, list_what_rests
from branches.models import Kind, Organisation, Succession, Tier, UnitNeverMoves
from tests import factories


@pytest.fixture
def unused(district):
    return factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Mơi", rural=True)


def read(unit):
    return Organisation.objects.get(pk=unit.pk)


def test_name_kind_code_parent_and_day_are_written_with_what_follows_from_them(district, unused):
    changed = read(unused)
    changed.name, changed.kind, changed.code, changed.rural = "Trạm Y tế", Kind.PUBLIC_UNIT, "Y1", False
    changed.parent, changed.valid_from = district.other, date(2015, 3, 1)
    differ = correct_unit(unused, changed, by=district.admin)
    row = read(unused)
    assert set(differ) == {"name", "kind", "code", "rural", "parent_id", "valid_from"}
    assert (row.title, row.parent, row.valid_from) == ("Chi bộ Trạm Y tế", district.other, date(2015, 3, 1))
    assert row.path == f"{district.other.path}{row.pk}/"
    assert (row.search_name, row.sort_key < read(district.school).sort_key) == ("tram y te", True)


def test_what_rests_on_a_unit_is_counted_whatever_app_it_is_in(district, unused):
    assert list_what_rests(unused) == []
    factories.dossier(unused, district.staff)
    assert list_what_rests(unused) == ["1 hồ sơ"], "named twice, in one row"
    assert list_what_rests(district.rural) == ["1 phân công"]
    assert list_what_rests(district.home) == ["3 đơn vị", "1 phân công", "1 hồ sơ"], (
        "what stands under it too"
    )


@pytest.mark.parametrize("what", ["dossier", "succession", "child"])
def test_a_unit_in_use_stays_as_it_is(district, unused, what):
    if what == "dossier":
        factories.dossier(unused, district.staff)
    elif what == "succession":
        Succession.objects.create(
            predecessor=district.rural, successor=unused, on=date(2017, 1, 1), basis="QĐ 1"
        )
    target = district.home if what == "child" else unused
    changed = read(target)
    changed.name = "Khác"
    with pytest.raises(ValidationError, match="kết thúc đơn vị và lập đơn vị kế tục"):
        correct_unit(target, changed, by=district.admin)
    assert read(target).name != "Khác"


def test_only_who_may_change_units_at_both_parents_corrects(district, unused):
    changed = read(unused)
    changed.name = "Khác"
    for user in (district.staff, district.commune, district.branch):
        with pytest.raises(PermissionDenied):
            correct_unit(unused, changed, by=user)


def test_saving_a_unit_still_refuses_what_it_keeps_for_life(district, unused):
    row = read(unused)
    row.name = "Khác"
    with pytest.raises(UnitNeverMoves):
        row.save()
