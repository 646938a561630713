"""The board's appraisal, and the facts that a decision freezes."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier, Paper
from admissions.states import State
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db


def test_a_dossier_that_lacks_a_paper_is_not_put_forward_and_says_which(district, listed):
    reach(listed, State.APPRAISAL, district.staff)
    Paper.objects.filter(dossier=listed, code="5-KND").update(had=False)
    reason = workflow.why_not(listed, "put_forward", district.staff)
    assert reason == "thiếu 1 giấy tờ (5-KNĐ)"
    with pytest.raises(Refused, match="5-KNĐ"):
        workflow.perform(listed, "put_forward", by=district.staff, on=date(2017, 1, 5))


def test_rule_20_a_return_keeps_the_resolutions_and_is_counted(district, listed):
    reach(listed, State.APPRAISAL, district.staff)
    workflow.perform(
        listed, "give_back", by=district.staff, on=date(2017, 1, 12), reason="thiếu dấu giáp lai"
    )
    assert (listed.state, listed.returns, listed.branch_resolved_on) == (State.RETURNED, 1, date(2016, 12, 5))
    workflow.perform(listed, "receive", by=district.staff, on=date(2017, 2, 9))
    assert (listed.state, listed.returns) == (State.APPRAISAL, 1)


def test_held_and_resumed(district, listed):
    reach(listed, State.APPRAISAL, district.staff)
    workflow.perform(listed, "hold", by=district.staff, on=date(2017, 1, 12), reason="chờ thẩm tra")
    workflow.perform(listed, "resume", by=district.staff, on=date(2017, 2, 1))
    assert listed.state == State.APPRAISAL


def test_a_base_branch_sends_its_resolution_straight_to_the_board(district):
    row = reach(factories.dossier(district.firm, district.staff), State.RESOLVED, district.staff)
    assert "thẳng" in workflow.why_not(row, "base_agrees", district.staff)
    workflow.perform(row, "receive", by=district.staff, on=date(2016, 12, 28))
    assert row.state == State.APPRAISAL


def test_the_facts_of_admission_do_not_change_with_the_person(district, listed):
    reach(listed, State.DECIDED, district.staff)
    assert (listed.admitted_age, listed.admitted_rural, listed.admitted_occupation) == (24, True, "farmer")
    person = listed.candidate
    person.occupation, person.education = "student", "lower_secondary"
    workflow.edit_dossier(person, listed, by=district.staff, changed={"occupation": ["farmer", "student"]})
    kept = Dossier.objects.get(pk=listed.pk)
    assert (kept.admitted_occupation, kept.admitted_education) == ("farmer", "upper_secondary")


def test_rule_07_rural_is_the_branchs_own_and_frozen_with_its_admissions(district):
    rural = factories.admitted(district.rural, district.staff)
    other = factories.admitted(district.school, district.staff)
    assert (rural.admitted_commune, rural.admitted_rural) == (district.home, True)
    assert (other.admitted_commune, other.admitted_rural) == (district.home, False), "in the same commune"
