"""Tasks are given, reported, put off and handed over."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from admissions.exceptions import Refused
from branches.hand_over import HandOver, hand_over_unit
from branches.models import Kind, Tier
from oversight.models import Task
from oversight.tasks import assign_task, report_task
from tests import factories

pytestmark = pytest.mark.django_db
GIVEN = date(2017, 1, 21)


@pytest.fixture
def task(district):
    facts = {"what": "Cử 1 người học lớp", "who": "Bùi Văn Lượng", "before": date(2017, 2, 20)}
    return assign_task(district.rural, **facts, on=GIVEN, by=district.branch)


def test_a_task_is_open_until_it_is_done(district, task):
    assert task.mark(date(2017, 2, 19)) == "wait"
    report_task(task, state="doing", on=date(2017, 2, 10), by=district.branch)
    assert task.mark(date(2017, 2, 19)) == "half"
    assert [*Task.objects.overdue(date(2017, 2, 21))] == [task]
    report_task(task, state="done", on=date(2017, 2, 25), by=district.branch)
    assert (task.done_on, task.mark(date(2017, 2, 27))) == (date(2017, 2, 25), "ok")
    assert [row.state for row in task.reports.all()] == ["doing", "done"]


def test_a_task_says_what_and_who_and_before_which_day(district):
    with pytest.raises(Refused) as refusal:
        assign_task(district.rural, what=" ", who="x" * 161, before=GIVEN, on=GIVEN, by=district.branch)
    assert set(refusal.value.message_dict) == {"what", "who", "before"}
    assert not Task.objects.exists()


def test_a_task_is_put_off_to_a_day_to_come(district, task):
    with pytest.raises(Refused, match="ghi một ngày sau"):
        report_task(task, state="doing", on=date(2017, 2, 25), before=date(2017, 2, 25), by=district.branch)
    report_task(task, state="doing", on=date(2017, 2, 25), before=date(2017, 3, 20), by=district.branch)
    assert Task.objects.get().before == date(2017, 3, 20)


def test_the_same_said_twice_is_written_once(district, task):
    first = report_task(task, state="doing", on=date(2017, 2, 25), by=district.branch)
    assert report_task(task, state="doing", on=date(2017, 2, 25), by=district.branch) == first
    assert task.reports.count() == 1


def test_what_was_done_is_open_again_only_with_a_reason(district, task):
    report_task(task, state="done", on=date(2017, 2, 10), by=district.branch)
    with pytest.raises(Refused, match="vì sao nay chưa xong"):
        report_task(task, state="doing", on=date(2017, 2, 25), by=district.branch)
    report_task(
        task, state="doing", on=date(2017, 2, 25), words="Chưa có giấy chứng nhận", by=district.branch
    )
    assert (task.state, task.done_on) == ("doing", None)


@pytest.mark.parametrize("day", [date(2017, 2, 28), date(2017, 2, 9)])
def test_a_report_is_of_no_day_to_come_and_after_the_one_before(district, task, day):
    report_task(task, state="doing", on=date(2017, 2, 10), by=district.branch)
    with pytest.raises(Refused) as refusal:
        report_task(task, state="done", on=day, by=district.branch)
    assert set(refusal.value.message_dict) == {"on"}


def test_who_has_no_work_at_the_unit_gives_and_reports_nothing(district, task):
    far = factories.user("xa-khac", Role.COMMUNE_COMMITTEE, district.other)
    with pytest.raises(PermissionDenied):
        report_task(task, state="done", on=date(2017, 2, 25), by=far)
    with pytest.raises(PermissionDenied):
        assign_task(district.rural, what="a", who="b", before=date(2017, 3, 1), on=GIVEN, by=far)


def test_open_tasks_go_over_to_the_heir_and_done_ones_stay(district, task):
    done = assign_task(
        district.rural, what="Họp", who="An", before=date(2017, 2, 1), on=GIVEN, by=district.branch
    )
    report_task(done, state="done", on=date(2017, 1, 30), by=district.branch)
    on = date(2017, 2, 1)
    heir = factories.unit(district.home, Tier.BRANCH, Kind.STREET, "Một", valid_from=on)
    handed = hand_over_unit(
        HandOver(old=district.rural, heirs=(heir,), on=on, basis="QĐ 1, 20/01/2017"), by=district.admin
    )
    assert [(one.moved, one.left) for one in handed if one.what == "tasks"] == [(1, 0)]
    for row in (task, done):
        row.refresh_from_db()
    assert (task.unit, done.unit) == (heir, district.rural)
