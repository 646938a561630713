"""What of oversight stands on the day's page of a branch and of a base committee."""

from datetime import date

import pytest

from oversight.errands import list_review_errands, list_task_errands
from oversight.reviews import save_review
from oversight.tasks import assign_task, report_task
from tests.oversight.conftest import FEBRUARY, JANUARY, answers

pytestmark = pytest.mark.django_db
TODAY = date(2017, 2, 27)


def told(errands):
    return [(errand.what, errand.due, errand.mark(TODAY)) for errand in errands]


def test_a_branch_owes_the_months_review_until_it_is_sent(district):
    owed = [("Rà soát tháng 2/2017", date(2017, 2, 28), "soon")]
    assert told(list_review_errands(district.branch, TODAY)) == owed
    save_review(district.rural, FEBRUARY, answers(), by=district.branch)
    assert list_review_errands(district.branch, TODAY) == []


def test_a_month_that_is_over_is_owed_where_the_register_kept_reviews(district):
    save_review(district.school, JANUARY, answers(held_on=date(2017, 1, 20)), by=district.staff)
    errands = told(list_review_errands(district.branch, TODAY))
    assert errands[0] == ("Rà soát tháng 1/2017", date(2017, 1, 31), "late")


def test_a_quarter_is_owed_in_its_last_month(district):
    assert [errand.what for errand in list_review_errands(district.branch, date(2017, 3, 5))] == [
        "Rà soát tháng 3/2017",
        "Rà soát quý I/2017",
    ]


def test_a_commune_sees_which_of_its_branches_have_not_sent(district):
    save_review(district.rural, FEBRUARY, answers(), by=district.branch)
    (errand,) = list_review_errands(district.commune, TODAY)
    assert (errand.what, errand.detail) == ("1 chi bộ chưa gửi rà soát tháng 2/2017", "Trường THCS")


def test_tasks_are_due_two_weeks_before_their_day_and_late_ones_above(district):
    facts = {"who": "Lượng", "on": date(2017, 1, 21), "by": district.branch}
    late = assign_task(district.rural, what="Họp", before=date(2017, 2, 20), **facts)
    assign_task(district.rural, what="Sau", before=date(2017, 4, 20), **facts)
    assert told(list_task_errands(district.branch, TODAY)) == [("Họp", date(2017, 2, 20), "late")]
    assert told(list_task_errands(district.commune, TODAY)) == [
        ("1 việc của đơn vị trực thuộc quá hạn", date(2017, 2, 20), "late")
    ]
    report_task(late, state="done", on=date(2017, 2, 25), by=district.branch)
    assert list_task_errands(district.branch, TODAY) == list_task_errands(district.commune, TODAY) == []


def test_who_appraises_has_no_errands_of_branches(district):
    assert list_review_errands(district.leader, TODAY) == list_review_errands(district.staff, TODAY) == []
