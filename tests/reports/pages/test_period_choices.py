"""The periods that a page leads to."""

from datetime import date

import pytest

from reports import periods
from reports.models import Term
from reports.pages.period_choices import period_choices, years_near

pytestmark = pytest.mark.django_db


def test_the_years_near_take_in_the_one_shown_and_those_ahead():
    assert years_near(periods.year_period(2017)) == [2014, 2015, 2016, 2017]
    assert years_near(periods.year_period(2010), ahead=1) == [2010, 2014, 2015, 2016, 2017, 2018]


def test_a_page_offers_the_years_and_terms_it_asks_for():
    Term.objects.create(name="2015–2020", first=date(2016, 1, 1), last=date(2020, 12, 31))
    Term.objects.create(name="2020–2025", first=date(2021, 1, 1), last=date(2025, 12, 31))
    shown = periods.quarter_period(2017, 1)
    choices = period_choices(shown, lambda other: other.code, years=[2016, 2017], begun_terms=True)
    assert [(row["url"], row["current"], row["future"]) for row in choices["quarters"]][:2] == [
        ("2017-q1", True, False),
        ("2017-q2", False, True),
    ]
    assert [row["url"] for row in choices["years"]] == ["2016", "2017"]
    assert [row["name"] for row in choices["terms"]] == ["2015–2020"]
    choices = period_choices(shown, lambda other: other.code, years=[], quarters=False)
    assert (choices["quarters"], len(choices["terms"])) == ([], 2)
