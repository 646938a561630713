"""Who attended the class."""

from datetime import date

import pytest

from admissions import classes
from admissions.choices import ClassStep
from admissions.exceptions import Refused
from admissions.history import describe_event
from tests.classes_held import LAST, step_of


def test_a_day_missed_is_the_class_missed_and_may_be_put_right(district, course, approved):
    row = approved[0]
    missed = classes.Presence(row, 2, "ốm nằm viện")
    classes.record_attendance(course, [missed], by=district.staff, on=LAST)
    assert step_of(row) == ClassStep.ABSENT
    assert "Học 2/5 ngày của Khóa I năm 2017: “ốm nằm viện”" in describe_event(row.dossier.events.last())
    classes.record_attendance(course, [classes.Presence(row, 5)], by=district.staff, on=LAST)
    assert (step_of(row), row.reason) == (ClassStep.ATTENDED, "")


def test_it_is_recorded_when_the_class_is_over_by_the_committee_above(district, course, approved):
    row = classes.Presence(approved[0], 5)
    with pytest.raises(classes.ClassRefused, match="ghi khi lớp kết thúc"):
        classes.record_attendance(course, [row], by=district.staff, on=date(2017, 2, 8))
    with pytest.raises(Refused, match="mở lớp"):
        classes.record_attendance(course, [row], by=district.commune, on=LAST)


def test_nobody_attends_more_days_than_there_are_or_unapproved(district, course, nominated):
    with pytest.raises(classes.ClassRefused, match="Chờ cấp trên duyệt"):
        classes.record_attendance(course, [classes.Presence(nominated[0], 5)], by=district.staff, on=LAST)
    yes = classes.Answer(nominated[0], agree=True)
    classes.check_nominations(course, [yes], by=district.staff, on=date(2017, 1, 25), upper=True)
    with pytest.raises(classes.ClassRefused, match="Lớp có 5 ngày"):
        classes.record_attendance(course, [classes.Presence(nominated[0], 6)], by=district.staff, on=LAST)
