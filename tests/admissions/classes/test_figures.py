"""The lists of a class and what tells one from the next."""

from datetime import date

from admissions import classes
from admissions.choices import ClassStep, Grade
from admissions.classes.figures import count_grades, list_enrolments, tally_class, tally_units
from admissions.classes.steps import LISTS
from admissions.models import Enrolment
from tests.classes_held import LAST


def test_each_list_is_part_of_the_one_before_and_the_arithmetic_closes(district, course, approved):
    no = classes.Answer(approved[0], agree=False, reason="chuyển đơn vị")
    classes.check_nominations(course, [no], by=district.staff, on=date(2017, 1, 26), upper=True)
    rows = [classes.Presence(approved[1], 3), classes.Presence(approved[2], 5)]
    classes.record_attendance(course, rows, by=district.staff, on=LAST)
    tally = tally_class(course, district.staff)
    assert tally.arithmetic == "3 − 1 − 1 − 1 = 0", "one declined, one absent, one without a result"
    passed = classes.Assessment(approved[2], ClassStep.PASSED, "good")
    classes.record_results(course, [passed], by=district.staff, on=date(2017, 2, 15))
    tally = tally_class(course, district.staff)
    assert tally.arithmetic == "3 − 1 − 1 = 1"
    counts = [tally.nominated, tally.approved, tally.attended, tally.passed, tally.certified]
    assert (
        counts == [list_enrolments(course, district.staff, key).count() for key in LISTS] == [3, 2, 1, 1, 0]
    )
    assert count_grades(Enrolment.objects.all()) == [(Grade.GOOD, 1)]


def test_units_are_those_of_then_and_a_commune_sees_its_branches(district, course, approved):
    lines = tally_units(course, district.staff, by_branch=False)
    assert {line.unit: line.tally.approved for line in lines} == {district.home: 2, district.other: 1}
    (line,) = tally_units(course, district.commune, by_branch=True)
    assert (line.unit, line.tally.approved, line.waiting) == (district.rural, 2, 0)
