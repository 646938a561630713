"""A reward is proposed from above the unit, decided once, and by whom it was asked of."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from admissions.exceptions import Refused, Stale
from oversight.models import Reward
from oversight.rewards import decide_reward, propose_reward
from reports import periods

pytestmark = pytest.mark.django_db
YEAR, ON = periods.year_period(2016), date(2017, 1, 18)


def propose(unit, by, **facts):
    return propose_reward(
        unit, YEAR, **{"kind": "certificate", "reason": "Vượt chỉ tiêu.", "on": ON, "by": by} | facts
    )


def test_a_commune_proposes_its_branches_and_the_district_its_communes(district):
    propose(district.rural, district.commune)
    propose(district.home, district.leader)
    for unit, by in (
        (district.home, district.commune),
        (district.far, district.commune),
        (district.root, district.leader),
        (district.rural, district.branch),
    ):
        with pytest.raises(PermissionDenied):
            propose(unit, by, kind="praise")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "medal"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"on": date(2017, 3, 1)}, "on"),
        ({"on": date(2015, 12, 31)}, "on"),
    ],
)
def test_what_is_wrong_with_a_proposal_is_said_at_its_field(district, facts, field):
    with pytest.raises(Refused) as refusal:
        propose(district.home, district.leader, **facts)
    assert [*refusal.value.message_dict] == [field]


def test_the_same_reward_is_proposed_once_a_period(district):
    propose(district.home, district.leader)
    with pytest.raises(Refused) as refusal:
        propose(district.home, district.leader)
    assert [*refusal.value.message_dict] == ["unit"]


def test_a_base_committee_decides_on_its_branches_unless_it_asks_the_level_above(district):
    own, above = (
        propose(district.rural, district.commune, kind="praise"),
        propose(district.rural, district.commune, asks_above=True),
    )
    row = decide_reward(own, agrees=True, number="15-NQ/ĐU", on=date(2017, 2, 1), by=district.commune)
    assert row.state == Reward.State.DECIDED
    with pytest.raises(PermissionDenied):
        decide_reward(above, agrees=True, number="1", on=date(2017, 2, 1), by=district.commune)
    decide_reward(above, agrees=False, words="Chưa đủ hồ sơ.", on=date(2017, 2, 1), by=district.staff)


def test_a_decision_comes_once_with_its_number_or_its_reason(district):
    row = propose(district.home, district.leader)
    for facts, field in (
        ({"agrees": True}, "number"),
        ({"agrees": False}, "words"),
        ({"agrees": True, "number": "1", "on": date(2017, 1, 1)}, "on"),
    ):
        with pytest.raises(Refused) as refusal:
            decide_reward(row, **{"on": date(2017, 2, 1), "by": district.leader} | facts)
        assert [*refusal.value.message_dict] == [field]
    facts = {"agrees": True, "number": "12-QĐ/HU", "on": date(2017, 2, 1), "by": district.leader}
    decide_reward(row, **facts)
    with pytest.raises(Stale):
        decide_reward(row, **facts)
