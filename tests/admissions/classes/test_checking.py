"""The base committee's and the upper committee's answers to nominations."""

from datetime import date

import pytest

from admissions import classes
from admissions.choices import ClassStep
from tests.classes_held import source, step_of

DAY = date(2017, 1, 25)


@pytest.fixture
def new(district, course):
    """Somebody about whom the base committee has said nothing yet."""
    row = source(district.rural, district.staff, "Bùi Thị Mới")
    return classes.nominate_people(course, [classes.Nominee(row)], by=district.branch, on=date(2017, 1, 20))[
        0
    ]


def test_the_base_committee_proposes_and_the_committee_above_approves(district, course, new):
    yes = classes.Answer(new, agree=True)
    classes.check_nominations(course, [yes], by=district.commune, on=DAY, upper=False)
    assert step_of(new) == ClassStep.PROPOSED
    classes.check_nominations(course, [yes], by=district.staff, on=DAY, upper=True)
    assert step_of(new) == ClassStep.APPROVED


def test_a_commune_does_not_answer_for_the_committee_above_nor_for_another(district, course, nominated):
    yes = [classes.Answer(nominated[0], agree=True)]
    with pytest.raises(classes.ClassRefused):
        classes.check_nominations(course, yes, by=district.commune, on=DAY, upper=True)
    far = [classes.Answer(nominated[2], agree=True)]
    with pytest.raises(classes.ClassRefused):
        classes.check_nominations(course, far, by=district.commune, on=DAY, upper=False)


def test_a_refusal_has_a_reason_and_may_be_put_right(district, course, nominated):
    no = classes.Answer(nominated[0], agree=False)
    with pytest.raises(classes.ClassRefused, match="Cần ghi lý do"):
        classes.check_nominations(course, [no], by=district.staff, on=DAY, upper=True)
    no = classes.Answer(nominated[0], agree=False, reason="Chi bộ chưa có nghị quyết cử học")
    classes.check_nominations(course, [no], by=district.staff, on=DAY, upper=True)
    assert step_of(nominated[0]) == ClassStep.DECLINED
    yes = classes.Answer(nominated[0], agree=True)
    classes.check_nominations(course, [yes], by=district.staff, on=DAY, upper=True)
    assert (step_of(nominated[0]), nominated[0].reason) == (ClassStep.APPROVED, "")


def test_two_who_answer_at_once_do_not_overwrite_each_other(district, course, nominated):
    other = type(nominated[0]).objects.get(pk=nominated[0].pk)
    yes = classes.Answer(nominated[0], agree=True)
    classes.check_nominations(course, [yes], by=district.staff, on=DAY, upper=True)
    with pytest.raises(classes.ClassRefused, match="ghi khác"):
        no = classes.Answer(other, agree=False, reason="x")
        classes.check_nominations(course, [no], by=district.leader, on=DAY, upper=True)
