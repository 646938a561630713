"""Figures of what stands above a district: closed quarters from what their closings kept, the rest from the register.

The numbers are those of `figures`, cell by cell, at a cost that follows the units shown and not the admissions behind
them: totals of the closed quarters, what has changed in them since (`ChangedSinceClosing`, usually nothing), and a
count of the days that no closing holds. A district's own page stays with `figures`, where that costs nothing, and so
does today's structure where people belong to other rows than then: closings keep the units of their time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.db.models import F, Q
from django.db.models.fields.json import KT

from admissions.models import Dossier
from branches.models import Organisation, Tier
from branches.today import is_today
from reports import periods
from reports.closing import adjustments
from reports.figures import figures
from reports.figures.figures import Cell, Day
from reports.measures import ADMITTED, RURAL, keys_of
from reports.models.closing import PERSON, ChangedSinceClosing, ClosedAdmission, QuarterClosing, UnitTotals
from reports.periods import Period

Closings = dict[tuple[int, int], int]
"""{(year, number of the quarter): primary key} of valid closings."""

ABOVE = (Tier.PROVINCE,)
"""The tiers whose figures are put together here."""


def by_child(
    unit: Organisation, cells: Iterable[Cell], known: Closings | None = None
) -> dict[int, tuple[int, ...]]:
    """As `figures.count_by_child`, for units of any tier; a fixed number of statements.

    `known` are those of `QuarterClosing.objects.by_quarter()` where they have been asked for already.
    """
    if is_today(unit) and not unit.keeps_rows:
        return figures.count_by_child(unit, tuple(cells))
    cells, known = tuple(cells), QuarterClosing.objects.by_quarter() if known is None else known
    parts = {period: split_by_closings(period, known) for period, _measure in cells}
    inside = [(parts[period][0], measure) for period, measure in cells]
    found = _kept(unit, inside, known)
    if ChangedSinceClosing.objects.exists():
        _add(found, _changed(unit, inside, known))
    pieces = [(piece, measure, n) for n, (period, measure) in enumerate(cells) for piece in parts[period][1]]
    if pieces:
        counted = figures.count_by_child(unit, [(piece, measure) for piece, measure, _n in pieces])
        for pk, numbers in counted.items():
            row = [0] * len(cells)
            for (_piece, _measure, n), number in zip(pieces, numbers, strict=True):
                row[n] += number
            _add(found, {pk: row})
    return {pk: tuple(row) for pk, row in found.items()}


def tally_with_closings(unit: Organisation, cells: Sequence[Cell]) -> tuple[int, ...]:
    """As `figures.tally_cells`."""
    return by_child(unit, cells)[unit.pk] if unit.tier in ABOVE else figures.tally_cells(unit, cells)


def by_day(
    unit: Organisation, period: Period, cuts: Sequence[Period] = (), known: Closings | None = None
) -> list[Day]:
    """As `figures.count_by_day`, but a closed quarter stands at its last day: right for whole quarters, as their sum.

    `cuts` are periods that will be summed from the answer: a quarter that one of them cuts in two goes by its days.
    """
    if is_today(unit) and not unit.keeps_rows:
        return figures.count_by_day(unit, period)
    known = QuarterClosing.objects.by_quarter() if known is None else known
    closed, parts = split_by_closings(period, known, cuts)
    quarters = [periods.quarter_period(*quarter) for quarter in sorted(closed)]
    cells = [(quarter, measure) for quarter in quarters for measure in (ADMITTED, RURAL)]
    numbers = by_child(unit, cells, known)[unit.pk] if cells else ()
    days = [(quarter.last, numbers[2 * n], numbers[2 * n + 1]) for n, quarter in enumerate(quarters)]
    for part in parts:
        days += figures.count_by_day(unit, part)
    return sorted(day for day in days if day[1])


def split_by_closings(
    period: Period, closings: Iterable[tuple[int, int]], cuts: Sequence[Period] = ()
) -> tuple[frozenset[tuple[int, int]], list[Period]]:
    """(the closed quarters that lie wholly in `period` and are not cut in two, the periods between them)."""
    inside, parts, first = set(), [], period.first
    for year, n in sorted(closings):
        quarter = periods.quarter_period(year, n)
        if not any(_cuts(days, quarter) for days in (period, *cuts)) and period.includes(quarter.first):
            inside.add((year, n))
            if first < quarter.first:
                parts.append(periods.any_days(first, quarter.first - timedelta(days=1)))
            first = quarter.last + timedelta(days=1)
    if first <= period.last:
        parts.append(periods.any_days(first, period.last))
    return frozenset(inside), parts


def _cuts(period, quarter):
    """Whether only a part of `quarter` lies in `period`."""
    return period.includes(quarter.first) != period.includes(quarter.last) or (
        quarter.first < period.first and period.last < quarter.last
    )


def _kept(unit, cells, closings):
    """{primary key: [n, …]} of the totals that closings keep of `unit` and the units directly under it."""
    found = {unit.pk: [0] * len(cells)}
    of = {closings[quarter]: quarter for quarters, _measure in cells for quarter in quarters}
    names = list(dict.fromkeys(measure.key for _quarters, measure in cells))
    below = Organisation.objects.filter(Q(pk=unit.pk) | Q(parent=unit)).order_by().values("pk")
    rows = UnitTotals.objects.filter(quarter__in=list(of), unit__in=below).order_by()
    for pk, closing, *numbers in rows.values_list("unit", "quarter", *(KT(f"own__{name}") for name in names)):
        number, quarter = dict(zip(names, numbers, strict=True)), of[closing]
        row = found.setdefault(pk, [0] * len(cells))
        for n, (quarters, measure) in enumerate(cells):
            if quarter in quarters:
                row[n] += int(number[measure.key] or 0)
    return found


def _changed(unit, cells, closings):
    """{primary key: [difference, …]} that dossiers touched since a closing make to the same cells."""
    depth, found = len(unit.ancestor_ids()), {}
    for facts, path, quarter, sign in changed_facts(closings, unit):
        counted = set(keys_of(facts))
        row = [sign * (quarter in quarters and measure.key in counted) for quarters, measure in cells]
        if any(row):
            _add(found, {int(pk): row for pk in path.split("/")[depth - 1 : depth + 1] if pk})
    return found


def changed_facts(
    closings: Closings, unit: Organisation | None = None
) -> Iterator[tuple[dict, str, tuple[int, int], int]]:
    """(facts, path of the branch, quarter, sign) of each touched dossier: as it was kept −1, as it counts now +1.

    Of all, or of those under `unit`; `closings` as `QuarterClosing.objects.by_quarter()` gives them.
    """
    path = {"admitted_branch__path__startswith": unit.path} if unit else {}
    touched = ChangedSinceClosing.objects.values("dossier")
    of = {pk: quarter for quarter, pk in closings.items()}
    entries = ClosedAdmission.objects.filter(dossier__in=touched, quarter__in=list(of), **path).order_by()
    branch = {"path": F("admitted_branch__path")}
    for row in entries.values(*adjustments.FACTS, *PERSON, "quarter_id", **branch):
        yield row, row["path"], of[row["quarter_id"]], -1
    day = figures.counted_on()
    live = Dossier.objects.standing().filter(pk__in=touched, **path).order_by()
    person = {name: F(column) for name, column in PERSON.items()}
    for row in live.exclude(**{day: None}).values(*adjustments.FACTS, **person, **branch):
        on = row[day]
        if (quarter := (on.year, periods.quarter_of_day(on).number)) in closings:
            yield row, row["path"], quarter, 1


def _add(found, more):
    for pk, row in more.items():
        found[pk] = [a + b for a, b in zip(found[pk], row, strict=True)] if pk in found else list(row)
