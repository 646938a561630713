"""Working days by hand and by property, and the years that are entered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.models import DayOff
from admissions.rules import working_days
from admissions.rules.working_days import Calendar, NoCalendar

D = date


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


@pytest.mark.django_db
def test_days_off_are_kept_for_every_year_from_2011_to_2027():
    assert working_days.load_calendar().years == frozenset(range(2011, 2028))
    assert DayOff.objects.filter(kind="work").count() == 20
