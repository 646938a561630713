"""Opening a class and putting right what was written of it."""

from datetime import date

import pytest

from accounts.models import Activity
from admissions import classes
from admissions.exceptions import Refused
from admissions.models import AwarenessClass


def test_a_class_is_logged_and_the_next_one_gets_the_next_name(district, course):
    assert Activity.objects.filter(action="setting", subject__contains="Khóa I năm 2017").exists()
    assert classes.propose_class_name(district.root, 2017) == "Khóa II năm 2017"


def test_only_the_committee_above_opens_one(district, course):
    course.pk = None
    course.name = "Khóa II năm 2017"
    with pytest.raises(Refused, match="mở lớp nhận thức"):
        classes.open_class(course, by=district.commune)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last", date(2017, 2, 1)),
        ("days", 9),
        ("decided_on", date(2017, 3, 1)),
        ("decided_on", date(2009, 3, 1)),
        ("decided_on", date(2017, 2, 20)),
    ],
)
def test_days_that_cannot_be_are_named_at_their_field(district, course, field, value):
    setattr(course, field, value)
    with pytest.raises(Refused) as refusal:
        classes.change_class(course, by=district.staff)
    assert list(refusal.value.message_dict) == [field]


def test_the_decision_may_come_after_the_list_and_then_has_number_and_day(district, course, approved):
    course.number, course.decided_on = "", None
    classes.change_class(course, by=district.staff)
    with pytest.raises(classes.ClassRefused, match="quyết định mở lớp"):
        rows = [classes.Presence(approved[0], 5)]
        classes.record_attendance(course, rows, by=district.staff, on=course.last)
    course.number = "112-QĐ/HU"
    with pytest.raises(Refused) as refusal:
        classes.change_class(course, by=district.staff)
    assert list(refusal.value.message_dict) == ["decided_on"]


def test_two_classes_do_not_share_a_name(district, course):
    course.pk = None
    with pytest.raises(Refused, match="Đã có Khóa I năm 2017"):
        classes.open_class(course, by=district.staff)


def test_the_number_of_days_stays_once_attendance_is_recorded(district, course, attended):
    course.days = 4
    with pytest.raises(Refused, match="5 ngày"):
        classes.change_class(course, by=district.staff)
    assert AwarenessClass.objects.get(pk=course.pk).days == 5
