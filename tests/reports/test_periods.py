"""Periods: how they are named, what a year before is, and what each kind is good for."""

from datetime import date

import pytest

from reports import periods
from reports.models import Term
from reports.periods import NoPeriod, PeriodKind, parse_period

TERM = Term(name="2015–2020", first=date(2016, 1, 1), last=date(2020, 12, 31))


@pytest.mark.parametrize("code", ["2016", "2016-q4", "2016-h1", "2016-h2", "2016-01-05..2017-02-27"])
def test_a_code_names_the_period_that_bears_it(code):
    assert parse_period(code).code == code


@pytest.mark.django_db
def test_a_term_is_named_by_its_years():
    TERM.save()
    assert parse_period("2015-2020") == periods.term_period(TERM)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["", "16", "1899", "2016-q5", "2016-13-01..2016-12-31", "2016-02-02..2016-02-01"]
)
def test_what_names_no_period_is_refused(code):
    with pytest.raises(NoPeriod):
        parse_period(code)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (periods.year_period(2016), "năm 2016"),
        (periods.quarter_period(2016, 4), "quý IV/2016"),
        (periods.half_period(2016, 2), "6 tháng cuối năm 2016"),
        (periods.term_period(TERM), "nhiệm kỳ 2015–2020"),
        (periods.any_days(date(2016, 1, 5), date(2017, 2, 27)), "từ 05/01/2016 đến 27/02/2017"),
        (periods.nine_months(2016), "9 tháng năm 2016"),
        (periods.any_days(date(2016, 1, 1), date(2016, 5, 31)), "5 tháng đầu năm 2016"),
        (periods.any_days(date(2016, 5, 1), date(2016, 5, 31)), "tháng 5/2016"),
        (periods.any_days(date(2016, 2, 1), date(2016, 2, 28)), "từ 01/02/2016 đến 28/02/2016"),
        (periods.any_days(date(2016, 2, 1), date(2016, 3, 31)), "từ 01/02/2016 đến 31/03/2016"),
        (periods.span_of_years(2015, 2016), "2 năm 2015–2016"),
        (periods.span_of_years(2016, 2016), "năm 2016"),
    ],
)
def test_a_period_is_called_in_words(period, words):
    assert str(period) == words


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (periods.year_period(2017), periods.year_period(2016)),
        (periods.quarter_period(2017, 1), periods.quarter_period(2016, 1)),
        (periods.half_period(2017, 2), periods.half_period(2016, 2)),
        (
            periods.any_days(date(2017, 2, 1), date(2017, 2, 28)),
            periods.any_days(date(2016, 2, 1), date(2016, 2, 29)),
        ),
        (
            periods.any_days(date(2016, 2, 1), date(2016, 2, 28)),
            periods.any_days(date(2015, 2, 1), date(2015, 2, 28)),
        ),
        (periods.term_period(TERM), None),
    ],
)
def test_the_year_before_ends_with_a_month_where_the_period_does(period, earlier):
    assert period.year_before() == earlier


@pytest.mark.parametrize(
    ("kind", "settable"),
    [
        (PeriodKind.YEAR, True),
        (PeriodKind.QUARTER, False),
        (PeriodKind.HALF, False),
        (PeriodKind.TERM, True),
        (PeriodKind.DAYS, False),
    ],
)
def test_quotas_go_with_years_and_terms(kind, settable):
    period = periods.Period(date(2016, 1, 1), date(2016, 12, 31), "x", kind)
    assert period.is_settable == settable


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (periods.quarter_period(2016, 4), "2016-q4"),
        (periods.nine_months(2016), "2016-9-thang"),
        (periods.any_days(date(2016, 5, 1), date(2016, 5, 31)), "2016-05"),
        (periods.span_of_years(2015, 2016), "2015-01-01-den-2016-12-31"),
        (periods.any_days(date(2016, 1, 5), date(2017, 2, 27)), "2016-01-05-den-2017-02-27"),
    ],
)
def test_a_period_has_a_name_that_a_file_can_bear(period, name):
    assert period.name_in_files == name


@pytest.mark.parametrize(
    ("period", "so_far"),
    [
        (periods.quarter_period(2016, 3), periods.nine_months(2016)),
        (
            periods.any_days(date(2016, 5, 1), date(2016, 5, 31)),
            periods.any_days(date(2016, 1, 1), date(2016, 5, 31)),
        ),
        (periods.any_days(date(2016, 5, 1), date(2016, 12, 31)), periods.year_period(2016)),
        (periods.span_of_years(2015, 2016), periods.span_of_years(2015, 2016)),
    ],
)
def test_the_year_to_date_ends_with_the_period_inside_its_year(period, so_far):
    assert period.year_to_date() == so_far


def test_quarters_follow_each_other_over_the_end_of_a_year():
    last = periods.quarter_of_day(date(2016, 12, 31))
    assert last == periods.quarter_period(2016, 4)
    assert periods.following_quarter(last) == periods.quarter_period(2017, 1)
    assert periods.preceding_quarter(periods.quarter_period(2017, 1)) == last


def test_the_year_to_report_on_is_that_of_the_last_quarter_that_ended():
    assert periods.default_period() == periods.year_period(2016)
    assert periods.last_ended_quarter() == periods.quarter_period(2016, 4)
