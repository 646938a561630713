"""What the acts have in common: dates in order, reasons, and ballots that add up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier, Vote
from admissions.states import State
from admissions.workflow.acts.guards import check_ballot
from tests import factories
from tests.factories import BASE_BALLOT, BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db


def words(refusal):
    return " ".join(refusal.value.messages)


people = st.integers(0, 60)


def test_six_of_ten_votes_are_not_two_thirds_and_change_nothing(district, listed):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(listed, district.staff, "branch")
    ballot = {"number": "1-NQ/CB", "members": 10, "present": 10, "agree": 6, "disagree": 4}
    with pytest.raises(Refused) as refusal:
        workflow.perform(listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **ballot)
    assert "6 đồng ý trên 10: cần ít nhất 7" in words(refusal)
    kept = Dossier.objects.get(pk=listed.pk)
    assert (kept.state, kept.branch_resolved_on, kept.votes.count()) == (State.PREPARING, None, 0)


@pytest.mark.parametrize(
    ("ballot", "passes"),
    [
        ({"members": 9, "present": 9, "agree": 6, "disagree": 3}, True),
        ({"members": 10, "present": 7, "agree": 6, "disagree": 1}, False),
        ({"members": 10, "excluded": 1, "present": 9, "agree": 6, "disagree": 3}, True),
        ({"members": 3, "present": 2, "agree": 2, "disagree": 0}, True),
    ],
)
def test_rule_15_the_base_is_official_members_less_those_excluded(district, listed, ballot, passes):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(listed, district.staff, "branch")
    action = "branch_agrees" if passes else "branch_declines"
    workflow.perform(listed, action, by=district.staff, on=date(2016, 12, 5), number="1-NQ/CB", **ballot)
    assert Vote.objects.get(dossier=listed).passed is passes
    assert listed.state == (State.RESOLVED if passes else State.REFUSED)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"agree": 15, "disagree": 5}, "15 + 5 = 20 > 16 có mặt"),
        ({"present": 19}, "19 có mặt > 18 được tính"),
        ({"excluded": 18}, "18 được trừ thì không còn ai"),
        ({"number": "  "}, "Cần số của văn bản"),
    ],
)
def test_rule_16_a_ballot_that_does_not_add_up_names_the_identity_that_is_broken(
    district, listed, wrong, sentence
):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(listed, district.staff, "branch")
    with pytest.raises(Refused) as refusal:
        workflow.perform(
            listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT | wrong
        )
    assert sentence in words(refusal)


def test_rule_19_a_decision_before_the_resolution_is_refused_with_both_dates(district, listed):
    reach(listed, State.AWAITING, district.staff)
    with pytest.raises(Refused) as refusal:
        workflow.perform(listed, "decide", by=district.staff, on=date(2016, 12, 1), number="1-QĐ/HU")
    assert "01/12/2016 trước ngày 05/12/2016" in words(refusal)
    assert Dossier.objects.get(pk=listed.pk).decided_on is None


def test_nothing_is_dated_in_the_future(district, listed):
    with pytest.raises(Refused, match="28/02/2017 chưa tới"):
        workflow.perform(listed, "apply", by=district.staff, on=date(2017, 2, 28))


@pytest.mark.parametrize("action", ["give_back", "hold", "refuse", "withdraw"])
def test_ways_round_and_out_need_a_reason(district, listed, action):
    reach(listed, State.APPRAISAL, district.staff)
    with pytest.raises(Refused, match="Cần ghi lý do"):
        workflow.perform(listed, action, by=district.staff, on=date(2017, 1, 12), reason=" ")


def test_a_base_committees_share_is_not_certain_law_and_only_shows(district, listed):
    reach(listed, State.RESOLVED, district.staff)
    ballot = BASE_BALLOT | {"agree": 9, "disagree": 6}
    workflow.perform(listed, "base_agrees", by=district.staff, on=date(2016, 12, 20), **ballot)
    assert listed.state == State.PROPOSED
    assert not listed.votes.get(body="base").passed


@given(members=people, excluded=people, present=people, agree=people, disagree=people)
def test_a_ballot_is_taken_exactly_when_its_identities_hold(members, excluded, present, agree, disagree):
    ballot = {
        "members": members,
        "excluded": excluded,
        "present": present,
        "agree": agree,
        "disagree": disagree,
    }
    base = members - excluded
    if base > 0 and present <= base and agree + disagree <= present:
        assert check_ballot(**ballot) == base
        assert agree <= base
    else:
        with pytest.raises(Refused) as refusal:
            check_ballot(**ballot)
        wrong = {"excluded"} if base <= 0 else {"present"} if present > base else set()
        wrong |= {"agree"} if agree + disagree > present else set()
        assert refusal.value.message_dict.keys() == wrong
