"""The day's page names the answers that a committee owes and the proposals that wait for somebody."""

from datetime import date

import pytest

from oversight.letters import ask_explanations
from oversight.plan_errands import list_plan_errands
from oversight.rewards import propose_reward
from reports import periods
from tests import factories

pytestmark = pytest.mark.django_db
YEAR, TODAY = periods.year_period(2016), date(2017, 2, 27)


def test_the_unit_that_was_asked_sees_its_answer_due_and_nobody_else_does(district):
    factories.quota(district.home, YEAR, 3)
    facts = {"number": "45-CV/BTC", "on": date(2017, 1, 16), "due": date(2017, 2, 10)}
    ask_explanations(district.root, [district.home], YEAR, **facts, by=district.staff)
    (errand,) = list_plan_errands(district.commune, TODAY)
    assert (errand.unit, errand.due, errand.mark(TODAY)) == (district.home.title, date(2017, 2, 10), "late")
    for user in (district.staff, district.branch, district.admin):
        assert list_plan_errands(user, TODAY) == []


def test_a_proposal_waits_for_whoever_decides_it(district):
    facts = {"kind": "praise", "reason": "Vượt.", "on": date(2017, 2, 1), "asks_above": True}
    propose_reward(district.rural, YEAR, **facts, by=district.commune)
    assert [errand.unit for errand in list_plan_errands(district.leader, TODAY)] == [district.rural.title]
    assert list_plan_errands(district.commune, TODAY) == []
