"""The proof of a closed quarter: its totals against its entries, its fingerprint, and the register against both."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from branches.models import Organisation
from reports import periods
from reports.closing import adjustments, fingerprint, snapshot, year_lines
from reports.figures import figures
from reports.measures import MEASURES
from reports.models import ClosedYear
from reports.models.closing import ClosedAdmission, QuarterClosing, UnitTotals


@dataclass(frozen=True)
class Cell:
    """A cell in which two ways differ: the code of its unit, its measure, and the two numbers."""

    unit: str
    measure: str
    left: int
    right: int


@dataclass(frozen=True)
class Proof:
    """`totals` are kept ≠ counted from the entries, `live` closed + adjustments ≠ the register.

    `year` are decisions of the chain that was kept ≠ admissions of the totals; `lines` how many lines of the year there
    are, None where it was not kept, `year_holds` whether they are those that were written.
    """

    closing: QuarterClosing
    fingerprint: str
    entries: int
    cells: int
    adjustments: int
    totals: tuple[Cell, ...]
    live: tuple[Cell, ...]
    year: tuple[Cell, ...] = ()
    lines: int | None = None
    year_holds: bool = True

    @property
    def fingerprint_holds(self) -> bool:
        return self.fingerprint == self.closing.fingerprint

    @property
    def holds(self) -> bool:
        return self.fingerprint_holds and self.year_holds and not (self.totals or self.live or self.year)


def prove_closing(closing: QuarterClosing) -> Proof:
    """The `Proof` of a closing; reads only."""
    # Most units of a large register admitted no one in a quarter.
    rows = UnitTotals.objects.filter(quarter=closing).exclude(own={}).values_list("unit", "own")
    kept = {unit: numbers for unit, own in rows.iterator(chunk_size=5000) if (numbers := _counted(own))}
    recounted = {unit: _counted(numbers) for unit, numbers in snapshot.recount_closing(closing).items()}
    changed = adjustments.adjustments_of(closing, among=None)
    expected = {unit: _measured(numbers) for unit, numbers in kept.items()}
    for unit, differences in adjustments.differences_by_unit(changed).items():
        numbers = Counter(expected.get(unit, {}))
        numbers.update(differences)
        expected[unit] = _measured(numbers)
    lines, year_holds, year = prove_year(closing, kept)
    return Proof(
        lines=lines,
        year_holds=year_holds,
        year=year,
        closing=closing,
        fingerprint=fingerprint.compute_fingerprint(closing),
        entries=ClosedAdmission.objects.filter(quarter=closing).count(),
        cells=sum(map(len, kept.values())),
        adjustments=len(changed),
        totals=tuple(_differing(kept, recounted)),
        live=tuple(_differing(expected, _live(closing))),
    )


def prove_year(
    closing: QuarterClosing, kept: dict[int, dict[str, int]] | None = None
) -> tuple[int | None, bool, tuple[Cell, ...]]:
    """(how many lines of the year a closing kept, None without; whether they are those that were written; cells in
    which its chain counts other decisions than its totals, `kept`, count admissions)."""
    written = ClosedYear.objects.filter(closing=closing).first()
    if written is None:
        return None, True, ()
    lines = list(year_lines.written_lines(closing))
    holds = year_lines.compute_year_fingerprint(lines) == written.fingerprint
    if closing.counted_by != "decision":
        return len(lines), holds, ()
    if kept is None:
        rows = UnitTotals.objects.filter(quarter=closing).exclude(own={}).values_list("unit", "own")
        kept = {unit: _counted(own) for unit, own in rows.iterator(chunk_size=5000)}
    admitted = {unit: {"admitted": n} for unit, own in kept.items() if (n := own.get("admitted", 0))}
    return len(lines), holds, tuple(_differing(_decided(lines), admitted))


def _decided(lines):
    """{unit: {"admitted": decisions}} of the chain's lines, added up the tree."""
    branches = Counter(line.unit for line in lines if (line.kind, line.key) == ("step", "decided"))
    paths = Organisation.objects.filter(pk__in=branches).order_by().values_list("pk", "path")
    counts: Counter[int] = Counter()
    for pk, path in paths:
        counts.update(dict.fromkeys(map(int, path.split("/")[:-1]), branches[pk]))
    return {pk: {"admitted": number} for pk, number in counts.items()}


def _counted(numbers):
    """Of the numbers of a unit those that are counted from admissions, zeros left out."""
    return {key: n for key, n in numbers.items() if n and (key in MEASURES or key == snapshot.YEARS)}


def _measured(numbers):
    return {key: n for key, n in numbers.items() if n and key in MEASURES}


def _live(closing):
    """{unit: {measure: number}} as the register has the quarter now, without zeros.

    By the figures of the pages, unless these count by another day than the closing did.
    """
    if closing.counted_by != settings.COUNTED_BY:
        return {
            unit: _measured(numbers) for unit, numbers in snapshot.recount_closing(closing, live=True).items()
        }
    period, by_unit = periods.quarter_period(closing.year, closing.number), {}
    for root in Organisation.objects.roots():
        for unit, numbers in figures.count_by_unit(root, period, tuple(MEASURES.values())).items():
            by_unit[unit] = {key: n for key, n in numbers.items() if n}
    return by_unit


def _differing(left, right):
    units = sorted(unit for unit in {*left, *right} if left.get(unit, {}) != right.get(unit, {}))
    codes = dict(Organisation.objects.filter(pk__in=units).order_by().values_list("pk", "code"))
    for unit in units:
        one, other = left.get(unit, {}), right.get(unit, {})
        for key in sorted({*one, *other}):
            if one.get(key, 0) != other.get(key, 0):
                yield Cell(codes.get(unit, str(unit)), key, one.get(key, 0), other.get(key, 0))


def as_json(result: Proof) -> dict[str, Any]:
    """A proof as plain data, the keys of `manage.py verify_quarter --json`."""
    return {
        "quarter": str(result.closing),
        "fingerprint": result.closing.fingerprint,
        "fingerprint_holds": result.fingerprint_holds,
        "entries": result.entries,
        "cells": result.cells,
        "adjustments": result.adjustments,
        "totals_that_differ": [vars(cell) for cell in result.totals],
        "live_cells_that_differ": [vars(cell) for cell in result.live],
        "lines_of_the_year": result.lines,
        "year_holds": result.year_holds,
        "cells_of_the_year_that_differ": [vars(cell) for cell in result.year],
        "holds": result.holds,
    }
