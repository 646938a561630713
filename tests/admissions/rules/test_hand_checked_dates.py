"""Limits reckoned by hand, with the sum: days passed less weekends less days off plus weekend days worked."""

import csv
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.rules import working_days
from admissions.rules.working_days import Calendar
from notation.dates import add_months

DATA = Path(working_days.__file__).parents[1] / "data" / "days_off.json"
ENTERED = [
    row | {"on": date.fromisoformat(row["on"])} for row in json.loads(DATA.read_text(encoding="utf-8"))
]
OFF = {row["on"]: row["name"] for row in ENTERED if row["kind"] == "off"}
WORKED = frozenset(row["on"] for row in ENTERED if row["kind"] == "work")
YEARS = frozenset(row["on"].year for row in ENTERED)
CALENDAR = Calendar(OFF, WORKED, YEARS)
with (Path(__file__).parent / "hand_checked.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
DAY = timedelta(days=1)
starts = st.dates(date(2011, 1, 1), date(2026, 12, 31))


def day(text):
    return datetime.strptime(text, "%d/%m/%Y").date()


def name(row):
    return f"{row['what']}-{row['start']}"


@pytest.mark.parametrize("row", [row for row in ROWS if row["unit"] == "working_days"], ids=name)
def test_the_sum_shown_is_right_and_the_calendar_agrees(row):
    start, end = day(row["start"]), day(row["ends_on"])
    passed = [start + DAY * n for n in range(1, (end - start).days + 1)]
    weekend = sum(d.weekday() > 4 for d in passed)
    off = sum(d.weekday() < 5 and d in OFF for d in passed)
    worked = sum(d in WORKED for d in passed)
    shown = [int(row[k]) for k in ("calendar_days", "weekend_days", "days_off", "worked_weekends", "length")]
    assert shown == [len(passed), weekend, off, worked, int(row["length"])]
    assert shown[0] - shown[1] - shown[2] + shown[3] == shown[4]
    found, skipped = CALENDAR.add(start, int(row["length"]))
    assert (found, len(skipped)) == (end, off)


@pytest.mark.parametrize("row", [row for row in ROWS if row["unit"] == "months"], ids=name)
def test_months_end_on_the_same_day_or_the_months_last(row):
    assert add_months(day(row["start"]), int(row["length"])) == day(row["ends_on"])


def test_the_table_holds_every_clock_and_every_year():
    assert len(ROWS) >= 60
    assert {row["what"] for row in ROWS} == {
        "decision",
        "decision_extended",
        "conversion_decision",
        "ceremony",
        "conversion_review",
        "probation",
        "certificate",
    }
    assert {day(row["start"]).year for row in ROWS} == set(range(2011, 2028))
    assert {day(row["start"]).weekday() for row in ROWS} == set(range(7))


@pytest.mark.django_db
def test_the_calendar_that_is_kept_is_the_one_of_the_table():
    assert working_days.load_calendar() == CALENDAR


@given(starts, st.integers(1, 120), st.integers(0, 60))
def test_more_days_end_later_and_a_later_start_never_ends_earlier(start, n, more):
    assert CALENDAR.add(start, n)[0] <= CALENDAR.add(start, n + more)[0]
    assert CALENDAR.add(start, n)[0] <= CALENDAR.add(start + DAY, n)[0]


@given(starts, st.integers(1, 120))
def test_a_limit_never_ends_on_a_day_off_and_holds_as_many_working_days(start, n):
    end = CALENDAR.add(start, n)[0]
    assert CALENDAR.is_working(end)
    assert CALENDAR.between(start, end) == n == -CALENDAR.between(end, start)


@given(starts, st.integers(1, 90), starts)
def test_a_new_day_off_never_shortens_a_limit_and_a_worked_day_never_lengthens_it(start, n, other):
    more_off = Calendar({**OFF, other: "mới"}, WORKED, YEARS)
    more_work = Calendar(OFF, WORKED | {other}, YEARS)
    assert more_off.add(start, n)[0] >= CALENDAR.add(start, n)[0] >= more_work.add(start, n)[0]
