"""The forecast put to the test: what it would have said on past days, against what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from admissions.rules import working_days
from branches.models import Organisation
from notation.dates import dmy
from reports import periods
from reports.figures import figures
from reports.forecast import forecast
from reports.measures import ADMITTED


@dataclass(frozen=True)
class Trial:
    """One forecast of `period` as of a past day, and how many were admitted in the end."""

    period: periods.Period
    forecast: forecast.Forecast
    actual: int

    @property
    def inside(self) -> bool:
        return self.forecast.landing.holds(self.actual)


def run_trials(unit: Organisation, number: int) -> list[Trial]:
    """The quarters of the year `number` from their first day and their middle; the year from each quarter's start."""
    year, working = periods.year_period(number), working_days.load_calendar()
    asked = [
        (quarter, day)
        for quarter in year.quarters()
        for day in (quarter.first, quarter.first + (quarter.last - quarter.first) // 2)
    ]
    asked += [(year, quarter.first) for quarter in year.quarters()]
    actual = {period: figures.count_unit(unit, period, (ADMITTED,))["admitted"] for period, _day in asked}
    return [
        Trial(period, forecast.forecast_unit(unit, period, day, working), actual[period])
        for period, day in asked
    ]


HEAD = (
    "Period",
    "As of",
    "Admitted by then",
    "Under way",
    "Expected of these",
    "Still to come",
    "Forecast",
    "Band",
    "Came",
    "Inside",
)


def trial_cells(trial: Trial) -> tuple[str, ...]:
    """One row of the table as texts, in the order of `HEAD`."""
    made = trial.forecast
    landing = made.landing
    return (
        trial.period.code,
        dmy(made.day),
        str(made.admitted),
        str(made.under_way),
        f"{made.expected:.1f}",
        f"{made.to_come:.1f}",
        str(landing.mid),
        f"{landing.low}–{landing.high}",
        str(trial.actual),
        "yes" if trial.inside else "no",
    )


def trials_table(rows: Iterable[Trial]) -> str:
    """The table in Markdown, as `docs/forecast.md` holds it."""
    lines = [HEAD, ["---"] * len(HEAD), *map(trial_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(trial: Trial) -> dict[str, Any]:
    """A trial as plain data, the keys of `manage.py backtest_forecast --json`."""
    made = trial.forecast
    return {
        "period": trial.period.code,
        "as_of": made.day.isoformat(),
        "admitted": made.admitted,
        "under_way": made.under_way,
        "expected": round(made.expected, 1),
        "to_come": round(made.to_come, 1),
        "forecast": made.landing.mid,
        "low": made.landing.low,
        "high": made.landing.high,
        "actual": trial.actual,
        "inside": trial.inside,
    }
