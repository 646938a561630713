"""What a dossier's admission stands in: figures of its district and commune, and the adjustments of closed quarters.

`admissions.consequences` asks before and after a correction, inside the transaction that it rolls back; what differs is
what the correction moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from admissions.models import Dossier
from branches.models import Organisation, within_scope
from reports import links, periods
from reports.closing import adjustments, reading
from reports.figures import figures
from reports.measures import MEASURES
from reports.models import QuarterClosing

SHOWN = ("admitted", "rural", "women", "minority", "youth")
"""The measures that a check page shows of each unit and year; of a closed quarter every one that moves."""


@dataclass(frozen=True)
class Figure:
    """A number that a dossier counts in. `closed` names the closed quarter whose adjustment it belongs to."""

    unit: str
    period: str
    label: str
    number: int
    url: str
    closed: str = ""


def figures_around(
    dossier: Dossier, days: Iterable[date | None], branches: Iterable[int | None], scope: list[str]
) -> dict[tuple, Figure]:
    """{key: `Figure`} of the years and quarters around `days`, of the units above `branches` (primary keys).

    `scope` are the paths of the units whose figures are shown.
    """
    days, keys = sorted({day for day in days if day}), {pk for pk in branches if pk}
    if not days or not keys:
        return {}
    paths = Organisation.objects.filter(pk__in=keys).values_list("path", flat=True)
    above = {int(pk) for path in paths for pk in path.split("/") if pk}
    units = list(Organisation.objects.filter(within_scope(scope), pk__in=above).order_by("path"))
    if not units:
        return {}
    found: dict[tuple, Figure] = {}
    for period in _periods(days):
        for unit in units if period.is_year else units[:1]:
            counts = figures.count_unit(unit, period, [MEASURES[key] for key in SHOWN])
            for key in SHOWN:
                url = links.figure_url(unit, period, key)
                label = str(MEASURES[key].label)
                found[unit.pk, period.code, key] = Figure(unit.title, str(period), label, counts[key], url)
    for closing in _closings(days):
        found |= _adjusted(closing, units[0], dossier)
    return found


def _periods(days):
    years = {day.year: periods.year_period(day.year) for day in days}
    quarters = {(day.year, periods.quarter_of_day(day).number): periods.quarter_of_day(day) for day in days}
    return [*years.values(), *quarters.values()]


def _closings(days):
    wanted = {(day.year, periods.quarter_of_day(day).number) for day in days}
    rows = QuarterClosing.objects.valid().filter(counted_by=settings.COUNTED_BY)
    return [row for row in rows if (row.year, row.number) in wanted]


def _adjusted(closing, unit, dossier):
    """The numbers of a closed quarter with the adjustments that `dossier` makes to it."""
    quarter = periods.quarter_period(closing.year, closing.number)
    rows = adjustments.adjustments_of(closing, among=Dossier.objects.filter(pk=dossier.pk))
    differences = adjustments.differences_by_unit(rows).get(unit.pk, {})
    then = reading.closed_totals(closing, unit)
    return {
        (closing.pk, key): Figure(
            unit.title,
            str(quarter),
            str(measure.label),
            then[key] + differences.get(key, 0),
            links.report_url(unit, quarter),
            closed=str(quarter),
        )
        for key, measure in MEASURES.items()
    }
