"""Giving certificates in one act, and taking one back."""

from datetime import date

import pytest

from admissions import classes, procedure, workflow
from admissions.choices import ClassStep
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.states import State
from tests.classes_held import certified_on, source, step_of

DAY = date(2017, 2, 27)


def give(course, rows, by, **facts):
    return classes.give_certificates(course, rows, by=by, **{"on": DAY, "number": "01/2017"} | facts)


def test_each_dossier_has_the_paper_the_date_and_two_lines_of_history(district, course, passed):
    give(course, passed, district.staff)
    assert [row.certificate_number for row in passed] == ["01/2017", "02/2017", "03/2017"]
    paper = passed[1].dossier.papers.get(code=procedure.CERTIFICATE)
    assert (paper.number, paper.dated_on, paper.note) == ("02/2017", DAY, course.organiser)
    assert certified_on(passed[1]) == DAY
    actions = list(passed[1].dossier.events.values_list("action", flat=True))
    assert actions[-2:] == ["papers", "class_certified"]
    assert classes.propose_certificate_number(course) == "04/2017"


def test_nothing_half_those_refused_are_named(district, course, passed):
    gone = Dossier.objects.get(pk=passed[0].dossier_id)
    workflow.perform(gone, "withdraw", by=district.staff, on=DAY, reason="chuyển đi")
    held = Dossier.objects.get(pk=passed[1].dossier_id)
    row = {"had": True, "number": "91/2014", "dated_on": date(2014, 11, 14), "note": ""}
    workflow.record_papers(held, {procedure.CERTIFICATE: row}, by=district.staff)
    with pytest.raises(classes.ClassRefused) as refusal:
        give(course, passed, district.staff)
    assert list(refusal.value.rows) == [passed[0].pk, passed[1].pk]
    assert "còn giá trị đến 14/11/2019" in refusal.value.rows[passed[1].pk]
    assert step_of(passed[2]) == ClassStep.PASSED
    assert certified_on(passed[2]) is None
    give(course, passed[2:], district.staff)
    assert step_of(passed[2]) == ClassStep.CERTIFIED


def test_a_number_is_given_once(district, course, passed):
    give(course, passed[:1], district.staff)
    with pytest.raises(classes.ClassRefused, match="số tiếp theo là 02/2017"):
        give(course, passed[1:], district.staff)
    with pytest.raises(classes.ClassRefused, match="Ghi số đầu"):
        give(course, passed[1:], district.staff, number="không số")


def test_whoever_may_not_write_in_the_dossiers_gives_none(district, course, passed):
    with pytest.raises(classes.ClassRefused, match="quyền ghi hồ sơ"):
        give(course, passed, district.leader)
    with pytest.raises(Refused):
        give(course, passed, district.commune)


def test_one_given_wrongly_is_taken_back_until_the_branch_has_voted(district, course, passed):
    give(course, passed, district.staff)
    row = passed[0]
    with pytest.raises(Refused, match="lý do"):
        classes.take_certificate_back(row, by=district.staff, on=DAY, reason=" ")
    classes.take_certificate_back(row, by=district.staff, on=DAY, reason="nhầm người")
    assert (step_of(row), row.certificate_number, certified_on(row)) == (ClassStep.PASSED, "", None)
    Dossier.objects.filter(pk=passed[1].dossier_id).update(branch_resolved_on=DAY)
    with pytest.raises(Refused, match="Chi bộ đã họp"):
        classes.take_certificate_back(passed[1], by=district.staff, on=DAY, reason="nhầm người")


def test_a_certificate_that_has_expired_is_replaced(district, course):
    row = source(district.rural, district.staff, "Bùi Thị Lại", listed_on=date(2011, 1, 5))
    old = {"had": True, "number": "7/2011", "dated_on": date(2011, 6, 1), "note": ""}
    workflow.record_papers(row, {procedure.CERTIFICATE: old}, by=district.staff)
    (made,) = classes.nominate_people(course, [classes.Nominee(row)], by=district.staff, on=date(2017, 1, 20))
    classes.check_nominations(
        course, [classes.Answer(made, agree=True)], by=district.staff, on=date(2017, 1, 25), upper=True
    )
    classes.record_attendance(course, [classes.Presence(made, 5)], by=district.staff, on=course.last)
    result = classes.Assessment(made, ClassStep.PASSED, "good")
    classes.record_results(course, [result], by=district.staff, on=date(2017, 2, 15))
    give(course, [made], district.staff)
    assert certified_on(made) == DAY
    assert Dossier.objects.get(pk=row.pk).state == State.LISTED
