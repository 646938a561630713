"""Entering a person, and starting again with a new dossier."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules import conditions, document_numbers
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.kept import kept

pytestmark = pytest.mark.django_db

D = date


@kept
def row(district):
    return factories.dossier(district.rural, district.staff)


def test_rule_13_introducers_are_two_people_and_not_the_candidate(district):
    with pytest.raises(Refused, match="Trùng với người thứ nhất"):
        factories.dossier(district.rural, district.staff, second_introducer="le  van toan")
    with pytest.raises(Refused, match="Không tự giới thiệu"):
        factories.dossier(district.rural, district.staff, introducer="Đỗ Thị Thanh Bình")
    with pytest.raises(Refused, match="thứ hai"):
        factories.dossier(district.rural, district.staff, second_introducer="")
    assert Dossier.objects.count() == 0


def test_one_identity_number_belongs_to_one_person(district):
    factories.dossier(district.rural, district.staff, person=factories.candidate(citizen_id="135000111"))
    with pytest.raises(Refused) as refusal:
        factories.dossier(district.rural, district.staff, person=factories.candidate(citizen_id="135000111"))
    assert "citizen_id" in refusal.value.message_dict


def test_numbers_run_through_the_year_and_continue_after_one_given(district):
    first = factories.dossier(district.rural, district.staff)
    second = factories.dossier(district.rural, district.staff)
    assert (first.number, second.number) == ("2015/0001", "2015/0002")
    person = factories.candidate()
    given = Dossier(
        branch=district.rural,
        introduction="member_youth",
        introducer="Lê Văn Toản",
        helper="Lê Văn Toản",
        listed_on=date(2015, 6, 1),
    )
    workflow.enter_dossier(person, given, by=district.staff, number=(2015, 40))
    assert factories.dossier(district.rural, district.staff).number == "2015/0041"


def test_rule_30_one_who_left_starts_again_from_the_old_dossier_and_only_once(district, row):
    reach(row, State.PROBATIONARY, district.staff)
    facts = {"how": "name_deleted", "number": "60-QĐ/HU", "reason": "bỏ sinh hoạt"}
    workflow.perform(row, "leave", by=district.staff, on=D(2017, 2, 20), **facts)
    Dossier.objects.filter(pk=row.pk).update(readmission=True)
    row.refresh_from_db()
    again = workflow.start_again(row)
    assert (again.readmission, again.left_before_on, again.candidate) == (True, D(2017, 2, 20), row.candidate)
    again.listed_on = D(2017, 2, 21)
    workflow.enter_dossier(row.candidate, again, by=district.staff)
    assert again.number != row.number
    assert again.certified_on == row.certified_on, "the certificate comes along"
    (once,) = [c for c in conditions.check_conditions(again, D(2020, 3, 1)) if c.key == "once"]
    assert once.blocks


def test_rule_29_a_wrong_procedure_is_done_again_and_wrong_criteria_not(district):
    for kind, may in (("procedure", True), ("criteria", False)):
        row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
        number = document_numbers.propose_number_for(row, "standing", D(2017, 2, 20))
        facts = {"kind": kind, "number": number, "reason": "sai"}
        workflow.perform(row, "annul", by=district.leader, on=D(2017, 2, 20), **facts)
        if may:
            again = workflow.start_again(row)
            assert (again.readmission, again.previous) == (False, row)
        else:
            with pytest.raises(Refused, match="không lập lại được"):
                workflow.start_again(row)
