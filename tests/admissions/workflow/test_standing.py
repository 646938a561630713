"""Every act asks whether the units whose act it is stood on its day."""

from datetime import date

import pytest

from admissions import workflow
from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules.document_numbers import issuing_unit
from admissions.states import State
from admissions.workflow import ACTS
from admissions.workflow.act import BODIES
from branches.models import Kind, Organisation, Succession, Tier
from tests import factories
from tests.factories import BASE_BALLOT, BRANCH_BALLOT, ROAD, reach

pytestmark = pytest.mark.django_db
LAST = date(2016, 6, 30)
SHORT = {
    "apply": date(2016, 5, 2),
    "branch_agrees": date(2016, 6, 20),
    "base_agrees": date(2016, 6, 25),
    "receive": date(2016, 6, 26),
    "put_forward": date(2016, 6, 27),
    "decide": date(2016, 6, 28),
    "hand_over": date(2016, 6, 29),
}
"""The road up to a decision before the last of June."""


def end(unit, last=LAST):
    Organisation.objects.filter(pk=unit.pk).update(valid_to=last)


def at(place, state):
    row = reach(factories.dossier(place.rural, place.staff), state, place.staff, **SHORT)
    return Dossier.objects.get(pk=row.pk)


def refused(row, action, by, on=date(2016, 8, 10), **facts):
    kept = Dossier.objects.values().get(pk=row.pk)
    with pytest.raises(Refused) as refusal:
        workflow.perform(Dossier.objects.get(pk=row.pk), action, by=by, on=on, **facts)
    assert Dossier.objects.values().get(pk=row.pk) == kept
    return refusal.value.message_dict["on"][0]


def test_a_branch_that_ended_in_june_does_not_vote_in_august(district):
    row = at(district, State.PREPARING)
    factories.have_papers(row, district.staff, "branch", dated_on=date(2016, 5, 2))
    end(district.rural)
    words = refused(row, "branch_agrees", district.staff, **BRANCH_BALLOT)
    assert words == (
        "Chi bộ thôn Tân Nguyên đã kết thúc ngày 30/06/2016."
        " Hồ sơ chưa được bàn giao; ghi bàn giao trước, hoặc kiểm lại ngày."
    )
    row = Dossier.objects.get(pk=row.pk)
    workflow.perform(row, "branch_agrees", by=district.staff, on=date(2016, 6, 20), **BRANCH_BALLOT)
    assert row.state == State.RESOLVED, "what it did in its time may be recorded late"


def test_a_base_committee_that_ended_does_not_propose(district):
    row = at(district, State.RESOLVED)
    end(district.home)
    assert "Đảng bộ xã Trung Nguyên đã kết thúc" in refused(row, "base_agrees", district.staff, **BASE_BALLOT)


def test_no_ceremony_is_held_in_an_ended_branch_and_the_sentence_names_the_heir(district):
    row = at(district, State.DECIDED)
    heir = factories.unit(district.home, Tier.BRANCH, Kind.STREET, "Một", valid_from=date(2016, 7, 1))
    end(district.rural)
    Succession.objects.create(predecessor=district.rural, successor=heir, on=date(2016, 7, 1), basis="QĐ 5")
    assert "kế tục là Chi bộ tổ dân phố Một" in refused(row, "ceremony", district.staff)


def test_a_district_that_ended_decides_nothing(district):
    row = at(district, State.AWAITING)
    end(district.root)
    assert "Đảng bộ huyện Yên Lạc" in refused(row, "decide", district.staff, number="31-QĐ/HU")


def test_nothing_is_done_by_a_branch_before_it_stood(district):
    late = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Mới", valid_from=date(2016, 7, 1))
    with pytest.raises(Refused, match="Chi bộ thôn Mới có từ ngày 01/07/2016"):
        factories.dossier(late, district.staff, listed_on=date(2016, 6, 30))
    row = factories.dossier(late, district.staff, listed_on=date(2016, 7, 1))
    assert "có từ ngày" in refused(row, "apply", district.staff, on=date(2016, 6, 30))


def test_the_steps_of_the_old_unit_may_be_recorded_with_the_heir_but_not_its_decision(district):
    """Entered with the heir after the succession: the steps before were the old branch's, a decision was not its."""
    heir = factories.unit(district.home, Tier.BRANCH, Kind.STREET, "Một", valid_from=date(2016, 7, 1))
    end(district.rural)
    Succession.objects.create(predecessor=district.rural, successor=heir, on=date(2016, 7, 1), basis="QĐ 5")
    row = reach(factories.dossier(heir, district.staff), State.AWAITING, district.staff, **SHORT)
    facts = {"number": "31-QĐ/HU"}
    words = refused(row, "decide", district.staff, on=date(2016, 6, 28), **facts)
    assert words == "Chi bộ tổ dân phố Một có từ ngày 01/07/2016."
    row = Dossier.objects.get(pk=row.pk)
    workflow.perform(row, "decide", by=district.staff, on=date(2016, 7, 1), **facts)
    assert row.admitted_branch == heir


@pytest.mark.parametrize("action", [action for action, _on, _facts in ROAD])
def test_every_act_of_the_road_asks_after_the_unit_whose_act_it_is(district, action):
    """The units of the row that are not the one that acts may have ended; the acting one may not."""
    source = next(before for before in STATES if action in NEXT[before])
    row = at(district, source)
    acting = {issuing_unit(row, body).pk for body in ACTS[action].bodies(row.state)}
    for unit in (district.rural, district.home, district.root):
        Organisation.objects.filter(pk=unit.pk).update(
            valid_to=date(2016, 6, 30) if unit.pk in acting else None
        )
    facts = {"number": "99-QĐ/HU"} if action == "decide" else BALLOTS.get(action, {})
    assert "đã kết thúc ngày 30/06/2016" in refused(row, action, district.staff, **facts)


BALLOTS = {"branch_agrees": BRANCH_BALLOT, "base_agrees": BASE_BALLOT}
NEXT = {
    State.LISTED: ("apply",),
    State.RESOLVED: ("base_agrees",),
    State.PROPOSED: ("receive",),
    State.AWAITING: ("decide",),
    State.DECIDED: ("hand_over", "ceremony"),
    State.PREPARING: ("branch_agrees",),
    State.APPRAISAL: ("put_forward",),
}
STATES = tuple(NEXT)


def test_every_act_says_whose_it_is():
    assert {act.permission for act in ACTS.values()} <= BODIES.keys()
    for act in ACTS.values():
        assert all(isinstance(Body(body), Body) for state in act.sources for body in act.bodies(state))
