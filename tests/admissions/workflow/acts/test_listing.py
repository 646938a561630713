"""On the source list: the branch proposes, the base committee answers, and whoever helps may change."""

from datetime import date

import pytest

from admissions import workflow
from admissions.choices import Proposal
from admissions.exceptions import Refused
from admissions.history import describe_event
from admissions.models import Dossier
from admissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db
HELD, ANSWERED = date(2016, 2, 14), date(2016, 2, 28)


@pytest.fixture
def source(district):
    return factories.dossier(district.rural, district.branch)


def propose(row, by, what, **facts):
    return workflow.perform(
        row, "propose_source", by=by, on=HELD, what=what, **{"number": "3-NQ/CB", "reason": ""} | facts
    )


@pytest.mark.parametrize(
    ("what", "column"), [(Proposal.CLASS, "class_agreed_on"), (Proposal.PROCEDURE, "permitted_on")]
)
def test_the_base_committee_agrees_and_the_day_is_kept(district, source, what, column):
    propose(source, district.branch, what)
    assert source.proposed_on == HELD
    workflow.perform(source, "agree_proposal", by=district.commune, on=ANSWERED)
    kept = Dossier.objects.get(pk=source.pk)
    assert (getattr(kept, column), kept.proposal, kept.proposed_on) == (ANSWERED, "", None)
    assert kept.state == State.LISTED


def test_a_removal_needs_a_reason_and_ends_the_listing(district, source):
    with pytest.raises(Refused, match="lý do"):
        propose(source, district.branch, Proposal.REMOVAL)
    source.refresh_from_db()
    propose(source, district.branch, Proposal.REMOVAL, reason="đi làm ăn xa")
    workflow.perform(source, "agree_removal", by=district.commune, on=ANSWERED)
    assert Dossier.objects.get(pk=source.pk).state == State.WITHDRAWN


def test_what_is_not_agreed_keeps_the_person_and_may_be_proposed_again(district, source):
    propose(source, district.branch, Proposal.REMOVAL, reason="đi làm ăn xa")
    workflow.perform(source, "keep_source", by=district.commune, on=ANSWERED, reason="xét lại tháng 3")
    assert (source.state, source.proposal) == (State.LISTED, "")
    workflow.perform(
        source, "propose_source", by=district.branch, on=date(2016, 3, 2), what="class", number="4-NQ/CB"
    )
    assert source.proposal == Proposal.CLASS


def test_the_history_names_what_was_proposed_in_words(district, source):
    event = propose(source, district.branch, Proposal.CLASS)
    assert "Chi bộ đề nghị: Cử học lớp nhận thức, nghị quyết 3-NQ/CB." in describe_event(event)


def test_one_proposal_at_a_time_waits(district, source):
    propose(source, district.branch, Proposal.CLASS)
    with pytest.raises(Refused, match=r"Cử học lớp nhận thức.*14/02/2016"):
        propose(source, district.branch, Proposal.PROCEDURE)


def test_the_branch_cannot_answer_for_the_base_committee(district, source):
    propose(source, district.branch, Proposal.CLASS)
    with pytest.raises(Refused, match="quyền"):
        workflow.perform(source, "agree_proposal", by=district.branch, on=ANSWERED)


def test_an_answer_is_not_older_than_the_proposal(district, source):
    propose(source, district.branch, Proposal.CLASS)
    with pytest.raises(Refused, match="01/02/2016 trước ngày chi bộ đề nghị"):
        workflow.perform(source, "agree_proposal", by=district.commune, on=date(2016, 2, 1))


def test_an_agreement_is_corrected_and_taken_back_like_any_act(district, source):
    propose(source, district.branch, Proposal.CLASS)
    event = workflow.perform(source, "agree_proposal", by=district.commune, on=ANSWERED)
    workflow.take_back(source, by=district.commune, no=event.no)
    kept = Dossier.objects.get(pk=source.pk)
    assert (kept.proposal, kept.proposed_on, kept.class_agreed_on) == (Proposal.CLASS, HELD, None)


def test_another_member_helps_from_a_day_and_for_a_reason(district, source):
    with pytest.raises(Refused, match="đang được phân công"):
        workflow.perform(
            source, "change_helper", by=district.branch, on=HELD, helper="Nguyễn Văn Thực", reason="bận"
        )
    source.refresh_from_db()
    workflow.perform(
        source, "change_helper", by=district.branch, on=HELD, helper="Lê  Văn Toản", reason="chuyển đi"
    )
    assert Dossier.objects.get(pk=source.pk).helper == "Lê Văn Toản"
