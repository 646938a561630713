"""Every point of the ranking comes with its arithmetic, and equal points share a place."""

from datetime import date
from decimal import Decimal

import pytest

from oversight.pages.reward_ranking import RULES, Facts, rank_units, score_rule
from reports import periods
from reports.quotas.attainment import Row, Target
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2016)
QUOTA, SOURCES, QUARTERS, RETURNS = RULES


def facts(admitted, quota, **others):
    values = {"with_sources": 0, "admitting": 0, "quarters": 0, "elapsed": 0, "received": 0, "returned": 0}
    return Facts(row=Row(None, admitted, 0, Target(None, quota)), **values | others)


@pytest.mark.parametrize(
    ("rule", "given", "points", "words"),
    [
        (QUOTA, facts(19, 15), "63.3", "19/15 × 50 = 63,3"),
        (QUOTA, facts(9, 3), "75.0", "9/3, tính 1,5 × 50 = 75,0"),
        (QUOTA, facts(1, 3), "16.7", "1/3 × 50 = 16,7"),
        (SOURCES, facts(0, 1, with_sources=12, admitting=11), "18.3", "11/12 × 20 = 18,3"),
        (QUARTERS, facts(0, 1, quarters=3, elapsed=4), "11.3", "3/4 × 15 = 11,3"),
        (RETURNS, facts(0, 1, received=8, returned=2), "11.3", "6/8 × 15 = 11,3"),
        (RETURNS, facts(0, 1, received=1, returned=2), "0", "0/1 × 15 = 0"),
        (RETURNS, facts(0, 1), "0", "–"),
    ],
)
def test_a_rule_shows_how_its_points_come_about(rule, given, points, words):
    score = score_rule(rule, given)
    assert (score.points, score.words) == (Decimal(points), words)


def test_units_are_ranked_by_the_sum_and_those_without_a_quota_are_not(district):
    factories.quota(district.home, YEAR, 1)
    factories.quota(district.other, YEAR, 1)
    factories.quota(district.firm, YEAR, 1)
    factories.admitted(district.rural, district.staff, date(2016, 12, 20))
    ranked = rank_units(district.root, YEAR)
    assert [(one.place, one.row.unit) for one in ranked] == [
        (1, district.home),
        (2, district.firm),
        (2, district.other),
    ]
    assert (ranked[0].reached, ranked[1].missed) == (True, True)
    assert ranked[0].points == sum(score.points for score in ranked[0].scores)
    assert rank_units(district.home, YEAR) == []
