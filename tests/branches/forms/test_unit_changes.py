"""What people type of a change becomes its units and facts, and what is missing is said at its field."""

from datetime import date

import pytest

from branches.forms.change_fields import ChangeScope
from branches.forms.unit_changes import FORMS
from branches.models import ChangeKind, Kind, Tier, UnitChange
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2017, 3, 1)


@pytest.fixture
def scope(district):
    return ChangeScope(district.root, DAY)


def test_every_kind_has_its_form():
    assert set(FORMS) == set(ChangeKind)


def typed(what, scope, **data):
    form = FORMS[what](scope, data)
    assert form.is_valid(), form.errors
    return form.draft()


def test_a_merge_makes_one_unit_of_several(district, scope):
    second = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Đông Lỗ", rural=True)
    draft = typed("merge", scope, units=[district.rural.pk, second.pk], name="Chi bộ thôn Mới")
    assert {row.pk for row in draft.units} == {district.rural.pk, second.pk}
    assert draft.facts == ({"name": "Mới"},), "the title says the rest, and nothing else changes"
    draft = typed("merge", scope, units=[second.pk], into=district.rural.pk)
    assert (draft.into, draft.facts) == (district.rural, ())


def test_a_merge_asks_for_what_differs_between_the_units(district, scope):
    form = FORMS["merge"](
        scope, {"units": [district.rural.pk, district.school.pk, district.far.pk], "name": "Mới"}
    )
    assert set(form.errors) == {"kind", "rural", "parent"}
    form = FORMS["merge"](scope, {"units": [district.rural.pk]})
    assert set(form.errors) == {"units", "name"}
    form = FORMS["merge"](scope, {"units": [district.rural.pk], "into": district.rural.pk})
    assert form.errors["into"] == ["Đơn vị nhận không thể là đơn vị kết thúc."]


def test_a_split_names_its_parts(district, scope):
    parts = {
        "name1": "Tân Nguyên 1",
        "code1": "T1",
        "name2": "thôn Tân Nguyên 2",
        "rural2": "0",
        "code2": "T2",
    }
    draft = typed("split", scope, unit=district.rural.pk, **parts)
    assert draft.facts == (
        {"name": "Tân Nguyên 1", "code": "T1"},
        {"name": "Tân Nguyên 2", "code": "T2", "rural": False},
    )
    form = FORMS["split"](scope, {"unit": district.rural.pk, "name1": "Tân Nguyên", "name2": "tân nguyên"})
    assert form.errors["name2"] == ["Trùng tên với đơn vị mới 1."]


def test_a_parent_is_a_unit_that_stands_or_one_that_the_plan_makes(district):
    scope = ChangeScope(district.root, DAY, (("1.1", "Đảng bộ xã Mới"),))
    draft = typed("parent", scope, units=[district.rural.pk], parent=str(district.other.pk))
    assert draft.facts == ({"parent": district.other.pk},)
    draft = typed("parent", scope, units=[district.rural.pk], parent="1.1")
    assert draft.facts == ({"parent": "1.1"},)
    form = FORMS["parent"](scope, {"units": [district.rural.pk], "parent": str(district.far.pk)})
    assert "parent" in form.errors, "a branch has nothing below it"


def test_the_other_kinds_say_only_what_changes(district, scope):
    home, firm = district.home.pk, district.firm.pk
    assert typed("rename", scope, unit=home, name="Xã Trung Hưng").facts == ({"name": "Trung Hưng"},)
    assert typed("kind", scope, unit=home, kind="township", code="09038").facts == (
        {"kind": "township", "code": "09038"},
    )
    assert typed("tier", scope, unit=district.rural.pk, tier="base", parent=str(district.root.pk)).facts == (
        {"tier": "base", "parent": district.root.pk},
    )
    assert typed("base_branch", scope, unit=firm, is_base_branch="0").facts == ({"is_base_branch": False},)
    assert typed("rural", scope, units=[district.school.pk], rural="1").facts == ({"rural": True},)
    assert typed("dissolve", scope, units=[district.school.pk], into=district.rural.pk).into == district.rural
    form = FORMS["rural"](scope, {"units": [home], "rural": "1"})
    assert form.errors["units"] == ["Chỉ chi bộ mới ghi là nông thôn."]


def test_units_outside_the_plan_or_ended_cannot_be_chosen(district):
    gone = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Cũ", valid_to=date(2016, 1, 1))
    scope = ChangeScope(district.home, DAY)
    for unit in (gone, district.far, district.home):
        form = FORMS["rename"](scope, {"unit": unit.pk, "name": "Khác"})
        assert set(form.errors) == {"unit"}, unit


def test_a_change_written_before_stands_in_its_form(district, scope):
    from branches import drafts
    from tests.branches.test_drafts import BASIS

    parts = {"name1": "Tân 1", "code1": "T1", "rural1": "1", "name2": "Tân 2"}
    made = typed("split", scope, unit=district.rural.pk, **parts)
    plan = drafts.draft_reorganisation(district.root, BASIS, [made], by=district.admin)
    form = FORMS["split"](scope, change=UnitChange.objects.get(plan=plan))
    shown = {name: form[name].value() for name in ("unit", "name1", "code1", "rural1", "name2")}
    assert shown == {
        "unit": district.rural.pk,
        "name1": "Tân 1",
        "code1": "T1",
        "rural1": "1",
        "name2": "Tân 2",
    }
