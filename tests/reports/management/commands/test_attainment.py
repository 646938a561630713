"""The periods that `manage.py attainment` is asked for."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports import periods
from reports.management.commands.attainment import asked_periods
from tests import factories

YEAR = periods.year_period(2016)


def test_two_days_alone_are_compared_with_the_quota_of_exactly_those_days(district):
    factories.admitted(district.rural, district.staff, on=date(2016, 10, 12))
    period = periods.any_days(date(2016, 10, 1), date(2016, 12, 31))
    factories.quota(district.root, period, 4)
    out = StringIO()
    call_command("attainment", "--from", "01/10/2016", "--to", "31/12/2016", "--json", stdout=out)
    data = json.loads(out.getvalue())
    assert (data["admitted"], data["quota"], data["percent"]) == (1, 4, 25.0)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((2016, None, None), (YEAR, YEAR)),
        ((None, "01/01/2016", "31/12/2016"), (YEAR, YEAR)),
        ((2016, "01/07/2016", None), (periods.any_days(date(2016, 7, 1), YEAR.last), YEAR)),
    ],
)
def test_the_periods_follow_from_the_year_and_the_days(arguments, expected):
    assert asked_periods(*arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((None, None, None), "--year"),
        ((None, "01/01/2016", None), "both --from and --to"),
        ((1700, None, None), "1700"),
        ((None, "02/01/2016", "01/01/2016"), "01/01/2016"),
    ],
)
def test_what_makes_no_period_is_refused(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        asked_periods(*arguments)


def test_a_unit_that_is_not_there_is_named(district):
    with pytest.raises(CommandError, match="No unit has the code 'nowhere'"):
        call_command("attainment", "--year", "2016", "--unit", "nowhere")
