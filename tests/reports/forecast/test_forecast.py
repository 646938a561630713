"""The forecast: chances by hand, bands that hold what is possible, days reckoned backwards, the page."""

from datetime import date, timedelta
from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions import workflow
from admissions.rules import working_days
from admissions.states import State
from reports import periods
from reports.forecast import forecast
from reports.pages.burnup import burnup_chart
from tests import factories
from tests.markup import markup

WORKING = working_days.Calendar({}, frozenset(), frozenset(range(2010, 2030)))
DAY = date(2017, 1, 2)


def road(since, ended, admitted=True, stage=State.PREPARING):
    return forecast.Road(((stage, since),), ended, admitted)


def after(n, start=DAY):
    return WORKING.add(start, n)[0]


def test_a_chance_is_the_share_of_those_who_had_waited_as_long():
    rows = [road(DAY, after(n)) for n in (10, 20, 30, 40)]
    rates = forecast.rates_of(rows, DAY, after(200), WORKING)
    assert rates.chance(State.PREPARING, 0, 20) == pytest.approx(0.5)
    assert rates.chance(State.PREPARING, 10, 10) == pytest.approx(1 / 3)
    assert rates.chance(State.PREPARING, 25, 100) == pytest.approx(1)
    assert rates.chance(State.PREPARING, 40, 100) is None
    assert rates.chance(State.RESOLVED, 0, 100) is None


def test_the_closed_lower_the_chance_and_those_who_still_wait_are_no_failures():
    closed = [road(DAY, after(10)), road(DAY, after(5), admitted=False)]
    assert forecast.rates_of(closed, DAY, after(200), WORKING).chance(
        State.PREPARING, 0, 50
    ) == pytest.approx(0.5)
    waiting = [road(DAY, after(10)), road(after(100), None)]
    rates = forecast.rates_of(waiting, DAY, after(104), WORKING)
    assert rates.chance(State.PREPARING, 0, 50) == pytest.approx(1)


def test_a_dossier_beyond_all_experience_is_asked_about_at_the_stage_before():
    rates = forecast.rates_of([road(DAY, after(50))], DAY, after(200), WORKING)
    here = forecast.Road(((State.PREPARING, after(100)), (State.AWAITING, after(110))))
    stale = forecast.Road(((State.PREPARING, DAY),))
    assert list(forecast.chances_of([here, stale], rates, after(120), 100, WORKING)) == [
        pytest.approx(1),
        None,
    ]


def test_applications_to_come_need_days_enough():
    rates = forecast.rates_of([road(DAY, after(10)), road(DAY, after(20))], DAY, after(200), WORKING)
    by_hand = sum(rates.chance(State.PREPARING, 0, 30 - day) for day in range(1, 31))
    assert rates.arriving(30) == pytest.approx(by_hand)
    assert rates.arriving(10) == 0


def test_a_return_goes_on_at_the_same_stage_and_a_new_round_begins_anew():
    rows = [
        (1, "apply", State.PREPARING, DAY),
        (1, "receive", State.APPRAISAL, after(5)),
        (1, "give_back", State.RETURNED, after(9)),
        (1, "receive", State.APPRAISAL, after(12)),
        (2, "apply", State.PREPARING, DAY),
        (2, "withdraw", State.WITHDRAWN, after(3)),
        (2, "relist", State.LISTED, after(4)),
        (2, "apply", State.PREPARING, after(6)),
        (3, "apply", State.PREPARING, DAY),
        (3, "decide", State.DECIDED, after(60)),
    ]
    found = forecast.roads_of_dossiers(rows, "decide")
    assert found[1] == forecast.Road(((State.PREPARING, DAY), (State.APPRAISAL, after(5))))
    assert found[2] == forecast.Road(((State.PREPARING, after(6)),))
    assert (found[3].ended_on, found[3].admitted) == (after(60), True)
    by_ceremony = forecast.roads_of_dossiers(rows, "ceremony")
    assert by_ceremony[3] == forecast.Road(((State.PREPARING, DAY), (State.DECIDED, after(60))))


@given(
    st.integers(0, 500),
    st.lists(st.floats(0, 1), max_size=60),
    st.one_of(st.just(0.0), st.floats(0.01, 300)),
    st.floats(1, 50),
)
def test_a_landing_stays_within_what_is_possible(admitted, chances, to_come, dispersion):
    landing = forecast.reckon_landing(admitted, chances, to_come, dispersion)
    assert admitted <= landing.low <= landing.mid <= landing.high
    if not to_come:
        assert landing.high <= admitted + len(chances)


def test_the_band_widens_with_how_much_the_months_scattered():
    months = [date(2016, month, 5) for month in range(1, 9)]
    assert forecast.dispersion_of(months * 9, date(2016, 9, 1)) == 1
    bunched = [date(2016, month, 5) for month in (1, 1, 1, 1, 3, 3, 3, 3, 5, 5, 5, 5, 8)]
    found = forecast.dispersion_of(bunched, date(2016, 9, 1))
    assert found == pytest.approx(variance([4, 0, 4, 0, 4, 0, 0, 1]) / mean([4, 0, 4, 0, 4, 0, 0, 1]))
    assert forecast.dispersion_of(bunched[:8], date(2016, 5, 1)) == 1, "four months tell nothing"
    narrow, wide = (
        forecast.reckon_landing(0, [0.5] * 40),
        forecast.reckon_landing(0, [0.5] * 40, dispersion=found),
    )
    assert (wide.low, wide.mid, wide.high) == (narrow.mid - 7, narrow.mid, narrow.mid + 7)


def test_a_small_part_of_the_district_scatters_less():
    rates = forecast.Rates(DAY, 100, {}, {}, applied=200, dispersion=5.0)
    assert [rates.dispersion_of(n) for n in (200, 50, 0)] == [5.0, 2.0, 1.0]


def test_the_last_day_is_reckoned_backwards_in_working_days(district):
    working = working_days.load_calendar()
    last = forecast.last_starting_day(date(2017, 12, 31), 45, working)
    assert working.is_working(last)
    assert working.between(last, date(2017, 12, 29)) == 45
    assert forecast.last_starting_day(date(2017, 12, 31), 0, working) == date(2017, 12, 29)


def test_states_on_a_past_day_come_from_the_events(district):
    row = factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    factories.admitted(district.school, district.staff, on=date(2016, 6, 1))
    day_before = row.received_on - timedelta(days=1)
    assert [stage for stage, _ in forecast.state_on(district.root, day_before)[row.pk].stages] == [
        State.PREPARING,
        State.RESOLVED,
        State.PROPOSED,
    ]
    assert set(forecast.state_on(district.root, date(2017, 2, 27))) == {row.pk}
    assert row.pk not in forecast.state_on(district.root, date(2016, 1, 1))
    assert forecast.admitted_on(district.root, periods.year_period(2016), date(2016, 5, 31)) == 0
    assert forecast.admitted_on(district.root, periods.year_period(2016), date(2016, 6, 1)) == 1


def test_an_annulled_decision_counted_until_it_was_annulled(district):
    row = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    facts = {"kind": "criteria", "number": "90-QĐ/HU", "reason": "sai tiêu chuẩn"}
    workflow.perform(row, "annul", by=district.leader, on=date(2016, 9, 1), **facts)
    year = periods.year_period(2016)
    assert forecast.admitted_on(district.root, year, date(2016, 8, 31)) == 1
    assert forecast.admitted_on(district.root, year, date(2016, 9, 1)) == 0


def test_a_commune_is_foreseen_by_the_pace_of_the_whole_district(district):
    for n in range(5):
        factories.admitted(district.far, district.staff, on=date(2016, 6, 1 + n))
    days = {"apply": date(2017, 2, 1), "branch_agrees": date(2017, 2, 20)}
    factories.reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff, **days)
    found = forecast.forecast_unit(district.home, periods.year_period(2017))
    assert (found.admitted, found.under_way, found.sample) == (0, 1, 5)
    assert found.expected == pytest.approx(1)
    assert forecast.forecast_unit(district.firm, periods.year_period(2017)).landing == forecast.Landing(
        0, 0, 0
    )


def test_the_page_of_a_running_year_says_where_it_will_land(client, district):
    for n in range(5):
        factories.admitted(district.rural, district.staff, on=date(2016, 6, 1 + n))
    client.force_login(district.staff)
    page = markup(client.get("/chi-tieu/?ky=2017"))
    assert "Dự kiến đến 31/12/2017" in page
    assert "Mốc cuối để kịp 31/12/2017" in page
    assert 'class="band"' in page
    assert "Chưa tính" in page
    for other in ("/chi-tieu/?ky=2016", f"/chi-tieu/?ky=2017&don-vi={district.rural.pk}"):
        assert "Dự kiến đến" not in markup(client.get(other))


def test_the_band_opens_from_today_to_the_landing():
    rows = [(date(2017, 1, 10), 10, 5), (date(2017, 2, 7), 12, 8)]
    landing = forecast.Landing(255, 240, 270)
    chart = burnup_chart(
        periods.year_period(2017),
        rows,
        periods.year_period(2016),
        [(date(2016, 6, 1), 268, 162)],
        244,
        date(2017, 2, 27),
        landing,
    )
    assert chart["band"].startswith("M") and chart["band"].endswith("Z")
    assert chart["grid"][-1][0] >= 270
    assert abs(chart["before_label_y"] - chart["mid_y"]) >= 12
