"""Documents are written down once, rest on what is above them, and set sub-targets that are never added up."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Activity
from admissions.exceptions import Refused
from oversight.models import Plan
from oversight.plans import change_plan, list_family, plan_period, record_plan, set_sub_targets
from reports import periods
from reports.models import Basis

pytestmark = pytest.mark.django_db
DAYS = {"first": date(2017, 1, 1), "last": date(2017, 12, 31)}
ON = date(2017, 1, 9)


def record(district, **facts):
    values = {"kind": "plan", "number": "KH 08-KH/HU", "on": ON, "title": "Kế hoạch năm 2017"}
    values |= DAYS | {"unit": district.root, "by": district.staff}
    values |= facts
    return record_plan(values.pop("unit"), **values)


def test_a_document_takes_over_the_basis_that_quotas_rest_on_already(district):
    basis = Basis.objects.create(number="KH 08-KH/HU", on=ON, issuer=district.root.title)
    plan = record(district)
    assert plan.basis == basis
    assert plan.basis.title == "Kế hoạch năm 2017"
    assert plan_period(plan) == periods.year_period(2017)
    assert Activity.objects.filter(user=district.staff, action="setting").count() == 1


def test_the_same_document_is_not_written_down_twice(district):
    record(district)
    with pytest.raises(Refused) as refusal:
        record(district)
    assert [*refusal.value.message_dict] == ["number"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": " "}, "number"),
        ({"title": ""}, "title"),
        ({"on": date(2017, 3, 1)}, "on"),
        ({"last": date(2016, 12, 31)}, "last"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(district, facts, field):
    with pytest.raises(Refused) as refusal:
        record(district, **facts)
    assert [*refusal.value.message_dict] == [field]


def test_a_document_rests_only_on_earlier_ones_of_its_unit_or_above(district):
    own = record(district, unit=district.home, by=district.commune, number="KH 02-KH/ĐU")
    with pytest.raises(Refused, match="cấp trên"):
        record(district, rests_on=own)
    with pytest.raises(Refused, match="sau văn bản này"):
        record(district, number="NQ 01", on=date(2016, 5, 5), rests_on=record(district))


def test_a_family_holds_what_follows_at_the_same_unit(district):
    plan = record(district)
    decision = record(district, kind="decision", number="QĐ 28-QĐ/HU", rests_on=plan)
    below = record(district, unit=district.home, by=district.commune, number="KH 02", rests_on=plan)
    assert list_family(plan) == [plan, decision]
    assert list_family(below) == [below]


def test_a_commune_writes_its_own_documents_and_no_others(district):
    record(district, unit=district.home, by=district.commune, number="KH 02")
    for unit in (district.root, district.other, district.rural):
        with pytest.raises(PermissionDenied):
            record(district, unit=unit, by=district.commune, number="KH 03")
    with pytest.raises(PermissionDenied):
        record(district, unit=district.home, by=district.branch, number="KH 03")


def test_sub_targets_are_set_changed_and_logged(district):
    plan = record(district)
    set_sub_targets(plan, {"women": 112, "rural": 150}, by=district.staff)
    facts = {"lead": "Ban Tổ chức", "content": "Một.\n", "every_branch": True, "by": district.staff}
    change_plan(plan, targets={"women": 110, "rural": None}, **facts)
    plan.refresh_from_db()
    assert [(row.measure, row.number) for row in plan.sub_targets.all()] == [("women", 110)]
    assert (plan.lead, plan.content, plan.every_branch) == ("Ban Tổ chức", "Một.", True)
    assert "Nữ 112 → 110" in Activity.objects.filter(subject__contains="Nữ 112")[0].subject


def test_a_sub_target_of_nobody_or_of_no_group_is_refused(district):
    with pytest.raises(Refused) as refusal:
        set_sub_targets(record(district), {"women": 0, "giants": 3}, by=district.staff)
    assert {*refusal.value.message_dict} == {"target_women", "target_giants"}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 1, 1), date(2017, 12, 31), "2017"),
        (date(2016, 1, 1), date(2020, 12, 31), "2016–2020"),
        (date(2017, 1, 1), date(2017, 6, 30), "01/01/2017 – 30/06/2017"),
    ],
)
def test_the_years_of_a_document_are_said_as_years(first, last, words):
    assert Plan(first=first, last=last).span == words
