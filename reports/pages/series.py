"""A unit's year, month by month or quarter by quarter: each part, the year so far, and both a year before."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, pairwise

from branches.models import Organisation
from notation.dates import add_months, today
from reports import links, periods
from reports.closing.since import Since, read_changes
from reports.figures import figures
from reports.measures import ADMITTED, Measure
from reports.periods import Period


@dataclass(frozen=True)
class Part:
    """One part of a year; `before` and `before_so_far` are the same part and stretch of the year before, None
    where the register had not begun. `since` is what has changed in the number since it was closed."""

    period: Period
    number: int
    so_far: int
    before: int | None
    before_so_far: int | None
    urls: dict
    since: Since | None = None

    @property
    def future(self):
        return self.period.first > today()


def months_of_year(year: Period) -> list[Period]:
    """The twelve months of a year as periods."""
    firsts = [add_months(year.first, n) for n in range(13)]
    return [periods.any_days(first, after - timedelta(days=1)) for first, after in pairwise(firsts)]


PARTS = {"month": months_of_year, "quarter": Period.quarters}


def parts_of_year(
    unit: Organisation, year: Period, measure: Measure = ADMITTED, by: str = "month"
) -> list[Part]:
    """[`Part`] of `year` (a period that is a year) by "month" or "quarter"; one statement."""
    earlier = periods.year_period(year.first.year - 1)
    parts, past = PARTS[by](year), PARTS[by](earlier)
    numbers = figures.tally_cells(unit, [(part, measure) for part in (*parts, *past)])
    now, then = numbers[: len(parts)], numbers[len(parts) :]
    before: list[tuple[int | None, int | None]] = [(None, None)] * len(parts)
    if figures.year_before(year) is not None:
        before = list(zip(then, accumulate(then), strict=True))
    changes = read_changes(unit)
    columns = zip(parts, past, now, accumulate(now), before, strict=True)
    return [
        Part(
            part,
            number,
            total,
            *then_and_so_far,
            _urls(unit, year, part, earlier, old, measure.key),
            changes.since(unit, part, measure),
        )
        for part, old, number, total, then_and_so_far in columns
    ]


def _urls(unit, year, part, earlier, old, key):
    return {
        "number": links.figure_url(unit, part, key),
        "so_far": links.figure_url(unit, periods.any_days(year.first, part.last), key),
        "before": links.figure_url(unit, old, key),
        "before_so_far": links.figure_url(unit, periods.any_days(earlier.first, old.last), key),
    }
