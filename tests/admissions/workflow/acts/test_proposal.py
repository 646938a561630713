"""From the list to the resolution of the base committee."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Paper
from admissions.states import State
from tests import factories
from tests.factories import BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db


def words(refusal):
    return " ".join(refusal.value.messages)


def test_rule_09_someone_under_eighteen_by_the_month_cannot_be_voted_on(district):
    young = factories.dossier(
        district.rural,
        district.staff,
        person=factories.candidate(born_on=date(1999, 1, 31)),
        listed_on=date(2016, 1, 4),
    )
    workflow.perform(young, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(young, district.staff, "branch")
    with pytest.raises(Refused) as refusal:
        workflow.perform(young, "branch_agrees", by=district.staff, on=date(2016, 12, 31), **BRANCH_BALLOT)
    assert "đủ tuổi từ tháng 01/2017" in words(refusal)
    young.refresh_from_db()
    workflow.perform(young, "branch_agrees", by=district.staff, on=date(2017, 1, 3), **BRANCH_BALLOT)
    assert young.state == State.RESOLVED, "counted by month, not by day"


def test_rule_11_a_certificate_is_good_for_sixty_months_to_the_day(district, listed):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    row = {"had": True, "number": "1", "dated_on": date(2011, 12, 4), "note": ""}
    workflow.record_papers(listed, {"CN-NTVD": row}, by=district.staff)
    with pytest.raises(Refused, match="phải học lại"):
        workflow.perform(listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT)
    listed.refresh_from_db()
    workflow.record_papers(listed, {"CN-NTVD": row | {"dated_on": date(2011, 12, 5)}}, by=district.staff)
    workflow.perform(listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT)
    assert listed.state == State.RESOLVED


def test_rule_09_over_sixty_needs_the_provinces_consent(district):
    old = factories.dossier(
        district.rural, district.staff, person=factories.candidate(born_on=date(1956, 11, 1))
    )
    workflow.perform(old, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(old, district.staff, "branch")
    with pytest.raises(Refused, match="Ban Thường vụ Tỉnh ủy"):
        workflow.perform(old, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT)
    old.refresh_from_db()
    workflow.perform(
        old,
        "branch_agrees",
        by=district.staff,
        on=date(2016, 12, 5),
        consent="12-CV/TU, 01/11/2016",
        **BRANCH_BALLOT,
    )
    assert old.state == State.RESOLVED


def test_rule_02_the_branch_meeting_binds_the_procedure_of_its_day(district):
    for on, key in ((date(2016, 7, 24), "qd45-2011"), (date(2016, 7, 25), "qd29-2016")):
        row = factories.dossier(district.rural, district.staff)
        reach(row, State.RESOLVED, district.staff, apply=date(2016, 4, 4), branch_agrees=on)
        assert row.procedure == key


def test_a_resolution_brings_its_paper(district, listed):
    reach(listed, State.PROPOSED, district.staff)
    assert Paper.objects.get(dossier=listed, code="6-KND").number == "14-NQ/CB"
    assert Paper.objects.get(dossier=listed, code="8-KND").dated_on == date(2016, 12, 20)


def test_a_subordinate_branch_needs_its_base_committee_first(district, listed):
    reach(listed, State.RESOLVED, district.staff)
    assert "đảng ủy cơ sở" in workflow.why_not(listed, "receive", district.staff)
