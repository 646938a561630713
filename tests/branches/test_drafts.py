"""Plans written down: nobody writes over what another changed, nor plans where they may not."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from branches import drafts
from branches.drafts import ChangeDraft, StalePlan
from branches.models import ChangeKind, Reorganisation

pytestmark = pytest.mark.django_db
BASIS = {
    "title": "",
    "number": "96-QĐ/HU",
    "decided_on": date(2017, 2, 20),
    "issuer": "Ban Thường vụ Huyện ủy Yên Lạc",
    "day": date(2017, 4, 1),
    "note": "",
}


@pytest.fixture
def plan(district):
    return drafts.draft_reorganisation(district.home, BASIS, by=district.admin)


def merge(district, **facts):
    rows = ({"name": "Mới", "kind": "village", "rural": True} | facts,)
    return ChangeDraft(ChangeKind.MERGE, (district.rural, district.school), None, rows)


def test_a_plan_is_for_those_who_may_change_the_unit(district):
    for user in (district.staff, district.commune):
        with pytest.raises(PermissionDenied):
            drafts.draft_reorganisation(district.home, BASIS, by=user)
    assert not Reorganisation.objects.exists()


def test_changes_stand_in_the_order_in_which_they_were_written(district, plan):
    first = drafts.add_unit_change(plan, plan.version, merge(district), by=district.admin)
    second = drafts.add_unit_change(plan, plan.version, merge(district, name="Khác"), by=district.admin)
    assert [row.pk for row in plan.changes.all()] == [first.pk, second.pk]
    assert {row.pk for row in first.units.all()} == {district.rural.pk, district.school.pk}
    assert [row.facts[0]["key"] for row in plan.changes.all()] == ["1.1", "2.1"]


def test_a_change_written_anew_keeps_the_keys_of_its_units(district, plan):
    row = drafts.add_unit_change(plan, plan.version, merge(district), by=district.admin)
    drafts.rewrite_unit_change(row, plan.version, merge(district, name="Khác"), by=district.admin)
    row.refresh_from_db()
    assert row.facts == [{"key": "1.1", "name": "Khác", "kind": "village", "rural": True}]


def test_what_was_written_over_an_older_version_is_refused(district, plan):
    seen = plan.version
    drafts.change_basis(plan, seen, BASIS | {"number": "97-QĐ/HU"}, by=district.admin)
    with pytest.raises(StalePlan):
        drafts.change_basis(plan, seen, BASIS | {"number": "98-QĐ/HU"}, by=district.admin)
    with pytest.raises(StalePlan):
        drafts.add_unit_change(plan, None, merge(district), by=district.admin)
    plan.refresh_from_db()
    assert plan.number == "97-QĐ/HU"
    assert not plan.changes.exists()


def test_a_plan_that_was_agreed_to_is_not_changed_until_it_is_taken_off_its_day(district, plan):
    plan.state, plan.totals = Reorganisation.State.SCHEDULED, {"at": "2017-02-27"}
    plan.save()
    with pytest.raises(StalePlan):
        drafts.add_unit_change(plan, plan.version, merge(district), by=district.admin)
    with pytest.raises(PermissionDenied):
        drafts.take_off_its_day(plan, plan.version, by=district.staff)
    drafts.take_off_its_day(plan, plan.version, by=district.admin)
    plan.refresh_from_db()
    assert (plan.state, plan.totals) == (Reorganisation.State.DRAFT, {})
    drafts.add_unit_change(plan, plan.version, merge(district), by=district.admin)


def test_a_held_plan_that_is_changed_is_a_draft_again(district, plan):
    plan.state, plan.held_because = Reorganisation.State.HELD, "Kết nạp 2017: 22, trước là 21."
    plan.save()
    drafts.add_unit_change(plan, plan.version, merge(district), by=district.admin)
    plan.refresh_from_db()
    assert (plan.state, plan.held_because) == (Reorganisation.State.DRAFT, "")


def test_a_change_under_which_another_puts_units_is_not_taken_out(district, plan):
    row = drafts.add_unit_change(plan, plan.version, merge(district), by=district.admin)
    move = ChangeDraft(ChangeKind.PARENT, (district.far,), None, ({"parent": "1.1"},))
    other = drafts.add_unit_change(plan, plan.version, move, by=district.admin)
    with pytest.raises(ValidationError, match="đặt đơn vị dưới"):
        drafts.remove_unit_change(row, plan.version, by=district.admin)
    plan.refresh_from_db()
    drafts.remove_unit_change(other, plan.version, by=district.admin)
    plan.refresh_from_db()
    drafts.remove_unit_change(row, plan.version, by=district.admin)
    assert not plan.changes.exists()
