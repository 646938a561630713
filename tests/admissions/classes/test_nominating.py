"""Nominating people for a class."""

from datetime import date

import pytest

from admissions import classes
from admissions.choices import ClassStep
from admissions.classes.nominating import warn_about
from admissions.history import describe_event
from admissions.models import Enrolment
from tests import factories
from tests.classes_held import send, source

DAY = date(2017, 1, 20)


def test_whom_the_base_committee_agreed_to_goes_on_to_the_committee_above(district, course, nominated):
    row = nominated[0]
    assert (row.step, row.proposed_on) == (ClassStep.PROPOSED, date(2016, 12, 1))
    assert (row.branch, row.commune) == (district.rural, district.home)


def test_the_others_wait_for_the_base_committee_and_a_base_branch_has_none(district, course):
    new = source(district.rural, district.staff, "Bùi Thị Mới")
    worker = source(district.firm, district.staff, "Bùi Văn Máy")
    made = classes.nominate_people(
        course, [classes.Nominee(new), classes.Nominee(worker)], by=district.staff, on=DAY
    )
    assert [row.step for row in made] == [ClassStep.NOMINATED, ClassStep.PROPOSED]


def test_the_dossier_tells_it_and_nobodys_form_becomes_stale(district, course, sources):
    before = sources[0].version
    classes.nominate_people(course, [classes.Nominee(sources[0], "5-NQ/CB")], by=district.staff, on=DAY)
    sources[0].refresh_from_db()
    assert sources[0].version == before
    told = describe_event(sources[0].events.last())
    assert told.startswith("Được đề cử học Khóa I năm 2017, nghị quyết chi bộ 5-NQ/CB.")


def test_one_who_cannot_be_is_named_and_nobody_is_nominated(district, course, sources, nominated):
    new = source(district.rural, district.staff, "Bùi Thị Mới")
    with pytest.raises(classes.ClassRefused) as refusal:
        people = [classes.Nominee(new), classes.Nominee(sources[0])]
        classes.nominate_people(course, people, by=district.staff, on=DAY)
    assert list(refusal.value.rows) == [sources[0].pk]
    assert "đã có trong Khóa I năm 2017" in refusal.value.rows[sources[0].pk]
    assert Enrolment.objects.count() == 3


@pytest.mark.parametrize("day", [date(2017, 3, 1), date(2017, 2, 20)])
def test_the_day_has_come_and_the_class_is_not_over(district, course, sources, day):
    with pytest.raises(classes.ClassRefused) as refusal:
        classes.nominate_people(course, [classes.Nominee(sources[0])], by=district.staff, on=day)
    assert list(refusal.value.fields) == ["on"]


def test_a_branch_nominates_its_own_people_only(district, course, sources):
    with pytest.raises(classes.ClassRefused) as refusal:
        people = [classes.Nominee(row) for row in sources]
        classes.nominate_people(course, people, by=district.branch, on=DAY)
    assert list(refusal.value.rows) == [sources[2].pk]


def test_what_looks_wrong_is_said_and_stops_nothing(district, course):
    born = factories.candidate(full_name="Bùi Thị Trẻ", born_on=date(2000, 5, 1))
    young = factories.dossier(district.rural, district.staff, person=born)
    factories.have_papers(young, district.staff, "branch")
    said = " ".join(warn_about(young, course))
    for words in ("còn giá trị đến 24/10/2020", "chưa có nghị quyết", "chưa có ý kiến", "vẫn được học"):
        assert words in said
    (row,) = classes.nominate_people(course, [classes.Nominee(young)], by=district.staff, on=DAY)
    assert row.pk
    sent = send(source(district.rural, district.staff, "Bùi Thị An"), district.staff)
    assert warn_about(sent, course, "5-NQ/CB") == []
