"""From the ceremony to official membership."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules import document_numbers
from admissions.states import State
from tests import factories
from tests.factories import BASE_BALLOT, BRANCH_BALLOT, reach
from tests.kept import kept

pytestmark = pytest.mark.django_db

D = date


@kept
def row(district):
    return factories.dossier(district.rural, district.staff)


def test_rule_28_three_failed_votes_on_conversion_leave_no_fourth(district, listed):
    reach(listed, State.PROBATIONARY, district.staff)
    Dossier.objects.filter(pk=listed.pk).update(probation_ends_on=date(2017, 2, 3))
    listed.refresh_from_db()
    failed = {"members": 10, "present": 10, "agree": 6, "disagree": 4}
    for day in (6, 7, 8):
        on = date(2017, 2, day)
        number = document_numbers.propose_number_for(listed, "branch", on)
        workflow.perform(listed, "conversion_failed", by=district.staff, on=on, number=number, **failed)
        assert listed.state == State.PROBATIONARY
    assert "báo cáo cấp trên" in workflow.why_not(listed, "conversion_agreed", district.staff)


def test_probation_is_not_reviewed_before_it_ends(district, listed):
    reach(listed, State.PROBATIONARY, district.staff)
    with pytest.raises(Refused, match="03/02/2018"):
        workflow.perform(
            listed, "conversion_agreed", by=district.staff, on=date(2017, 2, 20), **BRANCH_BALLOT
        )


def test_rule_25_probation_runs_from_the_ceremony_and_party_age_from_the_decision(district, row):
    reach(row, State.PROBATIONARY, district.staff)
    assert (row.decided_on, row.ceremony_on) == (D(2017, 1, 10), D(2017, 2, 3))
    assert row.probation_ends_on == D(2018, 2, 3)


@pytest.mark.parametrize(
    ("ceremony", "ends"),
    [(D(2016, 2, 29), D(2017, 2, 28)), (D(2015, 12, 31), D(2016, 12, 31)), (D(2016, 1, 31), D(2017, 1, 31))],
)
def test_rule_26_the_official_date_is_the_end_of_probation_even_when_decided_later(
    district, settings, ceremony, ends
):
    settings.TODAY = D(2017, 5, 31)
    staff = district.staff
    row = factories.admitted(district.rural, staff, on=ceremony)
    workflow.perform(row, "hand_over", by=staff, on=ceremony)
    workflow.perform(row, "ceremony", by=staff, on=ceremony)
    assert row.probation_ends_on == ends
    ballot = BRANCH_BALLOT | {"number": document_numbers.propose_number_for(row, "branch", D(2017, 3, 10))}
    workflow.perform(row, "conversion_agreed", by=staff, on=D(2017, 3, 10), **ballot)
    ballot = BASE_BALLOT | {"number": "91-NQ/ĐU"}
    workflow.perform(row, "conversion_proposed", by=staff, on=D(2017, 3, 15), **ballot)
    factories.have_papers(row, staff, "conversion", dated_on=D(2017, 3, 10))
    workflow.perform(row, "convert", by=staff, on=D(2017, 5, 30), number="90-QĐ/HU")
    assert row.official_on == ends


def test_conversion_waits_for_its_papers_and_names_them(district):
    row = reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)
    type(row).objects.filter(pk=row.pk).update(probation_ends_on=date(2017, 2, 3))
    row.refresh_from_db()
    ballot = factories.BRANCH_BALLOT | {"number": "15-NQ/CB"}
    workflow.perform(row, "conversion_agreed", by=district.staff, on=date(2017, 2, 6), **ballot)
    why = workflow.why_not(row, "convert", district.staff)
    assert why == "thiếu 5 giấy tờ (CN-ĐVM, 10-KNĐ, 11-KNĐ, 12-KNĐ, 15-KNĐ)"
    assert why.where == "papers"
