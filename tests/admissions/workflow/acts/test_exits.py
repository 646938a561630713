"""Off the list and on it again, to another branch, annulled."""

from datetime import date

import pytest

from admissions import workflow
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.kept import kept

pytestmark = pytest.mark.django_db

D = date


@kept
def row(district):
    return factories.dossier(district.rural, district.staff)


ON = D(2016, 12, 5)


def test_withdrawn_and_listed_again_begins_a_new_round(district, listed):
    reach(listed, State.RESOLVED, district.staff)
    workflow.perform(listed, "withdraw", by=district.staff, on=date(2017, 1, 12), reason="xin rút")
    workflow.perform(listed, "relist", by=district.staff, on=date(2017, 2, 1))
    assert (listed.state, listed.listed_on, listed.branch_resolved_on, listed.procedure) == (
        State.LISTED,
        date(2017, 2, 1),
        None,
        "",
    )
    assert listed.certified_on == date(2015, 10, 24), "the class need not be taken again"
    assert listed.votes.count() == 1, "the first vote is kept"


def test_rule_29_an_annulled_admission_keeps_its_record_and_its_kind(district, listed):
    reach(listed, State.DECIDED, district.staff)
    facts = {"kind": "procedure", "number": "214-QĐ/HU", "reason": "sai thẩm quyền"}
    workflow.perform(listed, "annul", by=district.leader, on=date(2017, 2, 20), **facts)
    assert (listed.state, listed.annulment_kind, listed.decided_on) == (
        State.ANNULLED,
        "procedure",
        date(2017, 1, 10),
    )


def test_a_dossier_moves_with_its_certificate_and_a_new_branch_votes_anew(district, row):
    reach(row, State.RESOLVED, district.staff)
    facts = {"branch": district.school, "helper": "Phạm Thị Mới", "number": "03-CN/ĐU"}
    workflow.perform(row, "move", by=district.staff, on=D(2016, 12, 12), **facts)
    assert (row.state, row.branch, row.branch_resolved_on, row.procedure) == (
        State.PREPARING,
        district.school,
        None,
        "",
    )
    assert row.papers.get(code="17-KND").number == "03-CN/ĐU"
    assert row.votes.count() == 1, "the old branch's vote is kept"
    assert not row.papers.get(code="6-KND").had


def test_what_the_base_committee_proposed_goes_on_at_the_new_branch(district, row):
    reach(row, State.APPRAISAL, district.staff)
    facts = {"branch": district.far, "helper": "Phạm Thị Mới"}
    workflow.perform(row, "move", by=district.staff, on=D(2017, 1, 12), **facts)
    assert (row.state, row.commune, row.branch_resolved_on) == (State.APPRAISAL, district.other, ON)
    assert row.papers.filter(code="17B-KND", had=True).exists()
    assert row.events.last().facts["branch"]["words"] == "Chi bộ thôn Báo Văn"
