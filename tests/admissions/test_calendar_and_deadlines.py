"""Working days and statutory clocks: hand-checked dates, the sentences, and what must hold for any date."""

import json
from datetime import date, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions import procedure
from admissions.models import DayOff
from admissions.rules import deadlines, working_days
from admissions.rules.conditions import age_in_months
from admissions.rules.working_days import Calendar, NoCalendar
from notation.dates import add_months

D = date
TODAY = D(2017, 2, 27)
OFF = {
    D(2017, 1, 2): "Tết Dương lịch (nghỉ bù)",
    D(2017, 1, 1): "Tết Dương lịch",
    **{D(2017, 1, n): "Tết Nguyên Đán" for n in (26, 27, 28, 29, 30, 31)},
    D(2017, 2, 1): "Tết Nguyên Đán",
    D(2016, 9, 2): "Quốc khánh",
    D(2016, 1, 1): "Tết Dương lịch",
    D(2017, 4, 6): "Giỗ Tổ",
    D(2017, 5, 1): "Quốc tế Lao động",
    D(2017, 5, 2): "nghỉ bù",
}
YEARS = frozenset(range(2016, 2018))
CALENDAR = Calendar(OFF, frozenset({D(2017, 2, 18)}), YEARS)
days = st.dates(D(2016, 1, 1), D(2016, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (
            D(2016, 12, 5),
            60,
            D(2017, 3, 6),
        ),  # one day earlier than by law: 18/02/2017 is worked in this calendar
        (D(2017, 1, 6), 30, D(2017, 2, 23)),
        (D(2016, 9, 1), 1, D(2016, 9, 5)),  # 02/09 off, 03 and 04 a weekend
        (D(2016, 12, 30), 1, D(2017, 1, 3)),  # 01/01 Sunday, 02/01 off
        (D(2017, 1, 25), 1, D(2017, 2, 2)),  # Tết from 26/01 to 01/02
        (D(2017, 2, 17), 1, D(2017, 2, 18)),  # a Saturday that is worked
        (D(2017, 2, 17), 2, D(2017, 2, 20)),
        (D(2017, 2, 24), 0, D(2017, 2, 24)),
    ],
)
def test_working_days_by_hand(start, n, end):
    assert CALENDAR.add(start, n)[0] == end


@given(days, st.integers(1, 120))
def test_a_limit_never_ends_on_a_day_off(start, n):
    assert CALENDAR.is_working(CALENDAR.add(start, n)[0])


@given(days, st.integers(1, 60), st.integers(0, 60))
def test_more_days_end_later_and_a_later_start_does_not_end_earlier(start, n, more):
    assert CALENDAR.add(start, n)[0] <= CALENDAR.add(start, n + more)[0]
    assert CALENDAR.add(start, n)[0] <= CALENDAR.add(start + timedelta(days=1), n)[0]


@given(days, st.integers(1, 90), days)
def test_a_new_day_off_never_shortens_a_limit(start, n, holiday):
    more = Calendar({**OFF, holiday: "mới"}, CALENDAR.worked, YEARS)
    assert more.add(start, n)[0] >= CALENDAR.add(start, n)[0]


@given(days, st.integers(1, 90))
def test_counting_back_gives_the_number_of_days(start, n):
    assert CALENDAR.between(start, CALENDAR.add(start, n)[0]) == n


def test_rule_22_a_year_without_a_calendar_is_an_error_that_names_it():
    with pytest.raises(NoCalendar, match="2018"):
        CALENDAR.add(D(2017, 12, 29), 5)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (D(2016, 2, 29), 12, D(2017, 2, 28)),
        (D(2016, 1, 31), 1, D(2016, 2, 29)),
        (D(2015, 10, 24), 60, D(2020, 10, 24)),
        (D(2016, 12, 31), 2, D(2017, 2, 28)),
        (D(2017, 3, 31), -1, D(2017, 2, 28)),
    ],
)
def test_months_are_clipped_to_the_months_end(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (D(1998, 12, 31), D(2016, 12, 1), 216),
        (D(1999, 1, 1), D(2016, 12, 31), 215),
        (D(1956, 12, 5), D(2016, 12, 5), 720),
    ],
)
def test_age_counts_by_the_month(born, on, months):
    assert age_in_months(born, on) == months


def dossier(state, **dates):
    empty = dict.fromkeys(("branch_resolved_on", "decision_received_on", "decided_on", "probation_ends_on"))
    return SimpleNamespace(state=state, **empty | dates)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("resolved", "due", "left"),
    [
        (D(2016, 12, 5), D(2017, 3, 7), 6),
        (D(2016, 11, 25), D(2017, 2, 27), 0),
        (D(2016, 11, 21), D(2017, 2, 21), -4),
        (D(2016, 12, 9), D(2017, 3, 13), 10),
        (D(2016, 12, 20), D(2017, 3, 22), 17),
    ],
)
def test_rule_21_sixty_working_days_from_the_branch_resolution(resolved, due, left):
    version = procedure.get_version("qd29-2016")
    found = deadlines.running_deadline(
        dossier("appraisal", branch_resolved_on=resolved), version, working_days.load_calendar(), TODAY
    )
    assert (found.due, found.left) == (due, left)


@pytest.mark.django_db
def test_a_deadline_says_its_own_reckoning():
    version = procedure.get_version("qd29-2016")
    found = deadlines.running_deadline(
        dossier("appraisal", branch_resolved_on=D(2016, 12, 5)), version, working_days.load_calendar(), TODAY
    )
    assert found.sentence == (
        "60 ngày làm việc kể từ nghị quyết chi bộ 05/12/2016, không tính 02/01 (Tết Dương lịch, nghỉ bù) "
        "và 5 ngày Tết (26, 27, 30, 31/01 và 01/02)."
    )
    assert (found.words, found.clock.clause, found.mark) == (
        "còn 6 ngày làm việc",
        "QĐ 29, điểm 4.3.1",
        "soon",
    )


@pytest.mark.django_db
def test_rule_23_the_ceremonys_clock_says_that_its_anchor_is_missing_instead_of_guessing():
    version = procedure.get_version("qd29-2016")
    found = deadlines.running_deadline(
        dossier("decided", decided_on=D(2017, 1, 3)), version, working_days.load_calendar(), TODAY
    )
    assert found.due is None
    assert "ngày chi bộ nhận quyết định" in found.missing
    found = deadlines.running_deadline(
        dossier("decided", decision_received_on=D(2017, 1, 6)), version, working_days.load_calendar(), TODAY
    )
    assert (found.due, found.left) == (D(2017, 2, 24), -1)


@pytest.mark.django_db
def test_rule_03_from_2026_the_ceremonys_clock_runs_from_the_decision():
    assert procedure.version_in_force(D(2026, 7, 26)).clock("ceremony").anchor == "decided_on"
    assert procedure.version_in_force(D(2026, 7, 25)).clock("ceremony").anchor == "decision_received_on"


@pytest.mark.django_db
def test_days_off_are_kept_for_every_year_from_2011_to_2027():
    assert working_days.load_calendar().years == frozenset(range(2011, 2028))
    assert DayOff.objects.filter(kind="work").count() == 20


@pytest.mark.django_db
def test_the_reckon_command_shows_the_date_and_what_was_skipped():
    out = StringIO()
    call_command("reckon", "05/12/2016", "60", "--json", stdout=out)
    data = json.loads(out.getvalue())
    assert data["ends_on"] == "2017-03-07"
    assert data["skipped"] == [
        "2017-01-02",
        "2017-01-26",
        "2017-01-27",
        "2017-01-30",
        "2017-01-31",
        "2017-02-01",
    ]
    with pytest.raises(CommandError, match="tháng 2 có 28 ngày"):
        call_command("reckon", "31/02/2017", "1")
    with pytest.raises(CommandError, match="2028"):
        call_command("reckon", "30/12/2027", "10")


settings.register_profile("quick", max_examples=60, deadline=None)
settings.load_profile("quick")
