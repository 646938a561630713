"""The report of a period as plain data: the page, every file and the command line show the same rows.

The rows are those of Biểu 2-BTCTW (HD 11-HD/BTCTW, 13/12/2021), this period against the same one last year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from branches.models import Organisation
from reports import measures
from reports.closing.snapshot import BASES, YEARS
from reports.closing.source import PARTS, Source
from reports.quotas import attainment
from reports.quotas.membership import rate_of
from reports.unit_group import UnitGroup

Number = int | Decimal | None


class Pair(NamedTuple):
    """A number of this period and the one a year before, None where there is none, with the lists behind them."""

    now: Number
    before: Number
    now_url: str = ""
    before_url: str = ""


@dataclass(frozen=True)
class Line:
    """One row of Biểu 2. `kind` is "total", "head", "row", "mean" or "unit"; heads carry no numbers.

    `cells` holds a `Pair` for each column group. `key` is that of the measure, "" where the row is of none.
    """

    no: str
    label: str
    kind: str = "row"
    cells: tuple[Pair, ...] = ()
    key: str = ""


def form_2(sources: Sequence[Source]) -> list[Line]:
    """The rows of Biểu 2, with a column group for each of `sources`."""
    columns = [(now, now.year_before()) for now in sources]
    counts = [(now.counts, before.counts if before else None) for now, before in columns]
    lines = [
        _line(measures.ADMITTED, "I", columns, "total"),
        Line("", _("Trong đó (không cộng với nhau)"), "head"),
    ]
    lines += [_line(measure, str(n), columns) for n, measure in enumerate(measures.OVERLAPPING, start=1)]
    for number, partition in enumerate(measures.PARTITIONS, start=1):
        head = _("%(label)s, cộng bằng tổng số") % {"label": partition.label}
        lines.append(Line(f"II.{number}", head, "head"))
        rows = [_line(measure, str(n), columns) for n, measure in enumerate(partition.measures, start=1)]
        *bands, unknown = rows
        lines += [*bands, unknown] if _any(unknown) else bands
        if partition is measures.AGE:
            means = tuple(Pair(_mean(now), _mean(before)) for now, before in counts)
            lines.append(Line("", _("Tuổi bình quân"), "mean", means))
    lines.append(Line("II.5", _("Chức danh khoa học"), "head"))
    lines += [_line(measure, str(n), columns) for n, measure in enumerate(measures.TITLES, start=1)]
    return lines + _base_organisations(counts)


def _line(measure, no, columns, kind="row"):
    key = measure.key
    cells = tuple(
        Pair(now.counts[key], before and before.counts[key], now.url(key), before and before.url(key))
        for now, before in columns
    )
    return Line(no, str(measure.label), kind, cells, key)


def _any(line):
    return any(pair.now or pair.before for pair in line.cells)


def _mean(counts):
    """The mean age, None without an admission."""
    if not counts or not counts["admitted"]:
        return None
    return (Decimal(counts[YEARS]) / counts["admitted"]).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _base_organisations(counts):
    """Part III: base organisations at the period's end, those that admitted someone, those without a source."""
    lines = [Line("III", _("Tổ chức cơ sở đảng cuối kỳ"), "head")]
    for is_branch, label in ((False, _("Đảng bộ cơ sở")), (True, _("Chi bộ cơ sở"))):
        labels = (label, _("trong đó có kết nạp đảng viên"), _("trong đó không còn nguồn"))
        for n, (part, words) in enumerate(zip(PARTS, labels, strict=True)):
            key = f"{BASES[is_branch]}{part}"
            cells = tuple(Pair(now[key], before and before[key]) for now, before in counts)
            lines.append(Line(str(n) if n else "", words, "unit", cells))
    return lines


@dataclass(frozen=True)
class UnitLine:
    """One unit's row: the period, the same period last year, and the year so far against the year's quota.

    `members` are those at the start of the year.
    """

    unit: Organisation | UnitGroup
    now: Mapping[str, int]
    before: Mapping[str, int | None]
    cumulative: int
    quota: int | None
    members: int | None = None

    @property
    def percent(self) -> Decimal | None:
        return attainment.percent_of(self.cumulative, self.quota)


BY_UNIT = (measures.ADMITTED, *measures.OVERLAPPING[:2], measures.MEASURES["youth"])
"""Columns of the table by unit: all, rural, women, Youth Union."""


def unit_lines(source: Source) -> tuple[UnitLine, list[UnitLine]]:
    """(total, lines): the one unit and those directly under it, or the sum of several units and each of them."""
    units = [*source.group.units, *source.children()]
    before, year = source.year_before(), source.so_far()
    now = source.by_unit(units, BY_UNIT)
    past = before.by_unit(units, BY_UNIT) if before else {}
    reached = year.by_unit(units, (measures.ADMITTED,))
    quotas, members = source.quotas(units), source.members(units)
    tops = [source.group.single]
    none: Mapping[str, None] = dict.fromkeys(measure.key for measure in BY_UNIT)
    lines = [
        UnitLine(
            unit,
            now[unit.pk],
            past.get(unit.pk, none),
            reached[unit.pk]["admitted"],
            quotas.get(unit.pk),
            members=rate_of(unit, 0, units[1:] if unit in tops else (), members, source.period).members,
        )
        for unit in units
    ]
    return (lines[0], lines[1:]) if source.group.single else (_together(source.group, lines), lines)


def _together(group, lines):
    """The sum of `lines`; it has a quota where each of them has one."""

    def total(counts):
        return {
            measure.key: None if None in numbers else sum(numbers)
            for measure in BY_UNIT
            if (numbers := [count[measure.key] for count in counts])
        }

    quotas, members = [line.quota for line in lines], [line.members for line in lines]
    return UnitLine(
        group,
        total([line.now for line in lines]),
        total([line.before for line in lines]),
        sum(line.cumulative for line in lines),
        None if None in quotas else sum(quotas),
        members=None if None in members else sum(members),
    )
