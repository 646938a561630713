"""What a plan's page says: sums against its total, who handed no quotas down, and the branches that add up."""

from datetime import date

import pytest

from admissions.states import State
from oversight.pages.plan_groups import branches_with_sources, lacking
from oversight.pages.plans import PlanPage
from oversight.plans import record_plan, set_sub_targets
from oversight.tasks import assign_task
from reports import periods
from tests import factories

pytestmark = pytest.mark.django_db
YEAR, TODAY = periods.year_period(2017), date(2017, 2, 27)


@pytest.fixture
def plan(district):
    row = record_plan(
        district.root,
        kind="plan",
        number="KH 08-KH/HU",
        on=date(2017, 1, 9),
        title="Kế hoạch năm 2017",
        first=YEAR.first,
        last=YEAR.last,
        every_branch=True,
        by=district.staff,
    )
    factories.quota(district.root, YEAR, 5)
    factories.quota(district.home, YEAR, 3, basis=row.basis)
    factories.quota(district.firm, YEAR, 1, basis=row.basis)
    return row


def test_the_difference_between_the_units_and_the_total_is_named(plan):
    page = PlanPage(plan)
    assert [(words, number) for words, number, _url in page.sums] == [
        ("1 xã, thị trấn", 3),
        ("1 khối cơ quan, trường, doanh nghiệp", 1),
    ]
    assert (page.given, page.difference, page.short) == (4, -1, 1)


def test_a_unit_with_branches_that_gave_them_none_waits_and_a_base_branch_does_not(district, plan):
    page = PlanPage(plan)
    assert [row.unit for row in page.waiting] == [district.home]
    assert "Có 0 trên 1 đơn vị đã giao chỉ tiêu đến chi bộ." in page.lead.plain
    factories.quota(district.rural, YEAR, 2)
    assert PlanPage(plan).waiting == []


def test_what_rests_on_a_plan_is_counted_and_nothing_else(district, plan):
    assert [(line.number, line.words) for line in PlanPage(plan).resting] == [(2, "chỉ tiêu đơn vị")]
    set_sub_targets(plan, {"women": 2}, by=district.staff)
    facts = {"who": "Ban Tổ chức", "on": plan.basis.on, "by": district.staff, "plan": plan}
    assign_task(district.root, what="Lập danh sách nguồn", before=date(2017, 1, 20), **facts)
    page = PlanPage(plan)
    assert [(line.number, line.words) for line in page.resting] == [
        (2, "chỉ tiêu đơn vị"),
        (1, "chỉ tiêu theo nhóm"),
        (1, "việc có thời hạn"),
    ]
    assert "Trong 1 việc của kế hoạch, 1 việc quá hạn." in page.lead.plain


def test_a_sub_target_says_what_is_at_hand_and_what_lacks(district, plan):
    set_sub_targets(plan, {"women": 4}, by=district.staff)
    factories.admitted(district.rural, district.staff)
    factories.dossier(district.school, district.staff)
    (line,) = PlanPage(plan).groups
    assert (line.admitted, line.under_way, line.listed, line.spare, line.lack) == (1, 0, 1, -2, 2)


def test_sources_of_one_unit_help_no_other(district, plan):
    factories.quota(district.other, YEAR, 1)
    for _n in range(3):
        factories.dossier(district.far, district.staff)
    assert lacking(district.root, YEAR, TODAY) == (4, 2)


def test_each_branch_with_a_source_is_in_one_of_three_groups(district):
    factories.admitted(district.rural, district.staff)
    factories.dossier(district.rural, district.staff)
    factories.reach(factories.dossier(district.school, district.staff), State.PREPARING, district.staff)
    factories.dossier(district.far, district.staff)
    found = branches_with_sources(district.root, YEAR, TODAY)
    assert (found.admitted, found.under_way, found.listed) == (
        [district.rural],
        [district.school],
        [district.far],
    )
    assert found.total == 3


def test_a_plan_without_a_quota_says_so(district):
    row = record_plan(
        district.home,
        kind="plan",
        number="KH 02",
        on=date(2017, 1, 9),
        title="Kế hoạch",
        first=YEAR.first,
        last=YEAR.last,
        by=district.commune,
    )
    page = PlanPage(row)
    assert "chưa giao tổng chỉ tiêu" in page.lead.plain
    assert (page.resting, page.difference, page.lacking) == ([], None, None)
