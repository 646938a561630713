"""The report of a period as plain data: the page, every file and the command line show the same rows.

The rows are those of the form in force at the end of the period (`form_sets`), this period against the same one last
year.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from branches.models import Organisation
from reports import measures
from reports.closing.snapshot import BASES, YEARS
from reports.closing.source import PARTS, Source
from reports.exports.form_sets import (
    Bases,
    Beside,
    FormSet,
    Head,
    MeanAge,
    Parts,
    Rows,
    Total,
    Untold,
    find_form_set,
)
from reports.measures import MEASURES, SUMMED, parts_of
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

    `cells` holds a `Pair` for each column group. `key` is that of the measure, "" where the row is of none; `part` is
    that of the partition that the row belongs to.
    """

    no: str
    label: str
    kind: str = "row"
    cells: tuple[Pair, ...] = ()
    key: str = ""
    part: str = ""


def form_2(sources: Sequence[Source], form: FormSet | None = None) -> list[Line]:
    """The rows of `form`, with a column group for each of `sources`; by default of the one for its days."""
    form = form or find_form_set(sources[0].period.last)
    columns = Columns([(now, now.year_before()) for now in sources])
    lines: list[Line] = []
    for row in form.rows:
        lines += LINES[type(row)](row, columns, lines)
    return lines


class Columns(list[tuple[Source, Source | None]]):
    """Each of the sources with the one a year before."""

    @cached_property
    def counts(self) -> list[tuple]:
        return [(now.counts, before.counts if before else None) for now, before in self]


def _total_lines(row, columns, lines):
    return [_line(measures.ADMITTED, row.no, columns, "total")]


def _head_lines(row, columns, lines):
    return [Line(row.no, str(row.label), "head")]


def _measure_lines(row, columns, lines):
    rows = [
        _line(measure, str(n), columns, part=row.part)
        for n, measure in enumerate(row.measures(), start=row.start)
    ]
    return [line for line in rows if _any(line) or not line.key.endswith("-unknown")]


def _partition_lines(row, columns, lines):
    head = _("%(label)s, cộng bằng tổng số") % {"label": row.partition.label}
    rows = Rows(lambda: row.partition.measures, part=row.partition.key)
    return [Line(row.no, head, "head"), *_measure_lines(rows, columns, lines)]


def _mean_lines(row, columns, lines):
    means = tuple(Pair(_mean(now), _mean(before)) for now, before in columns.counts)
    return [Line("", _("Tuổi bình quân"), "mean", means)]


def _untold_lines(row, columns, lines):
    return [Line("", str(row.label), "unit", tuple(Pair(None, None) for _column in columns))]


def _lines_beside(row, columns, lines):
    """The measures of no partition, and those trained for nothing, that stand in none of the rows so far."""
    shown = {part for line in lines if line.key for part in parts_of(line.key)}
    beside = [
        *measures.OVERLAPPING,
        *(MEASURES[part] for part in SUMMED["occupation-without-row"].parts),
        MEASURES["qualification-none"],
        measures.QUALIFICATION.unknown,
        *measures.TITLES,
    ]
    left = [_line(measure, "", columns) for measure in beside if measure.key not in shown]
    told = [line for line in left if _any(line) or not line.key.endswith("-unknown")]
    return [
        Line("", str(row.label), "head"),
        *(replace(line, no=str(n)) for n, line in enumerate(told, start=1)),
    ]


def _line(measure, no, columns, kind="row", part=""):
    key = measure.key
    cells = tuple(
        Pair(_number(now, key), _number(before, key), source.url(key), then and then.url(key))
        for (source, then), (now, before) in zip(columns, columns.counts, strict=True)
    )
    return Line(no, str(measure.label), kind, cells, key, part)


def _number(counts, key):
    """The number of a measure, or of a sum of several; None where there are no counts."""
    return counts and sum(counts[part] for part in parts_of(key))


def _any(line):
    return any(pair.now or pair.before for pair in line.cells)


def _mean(counts):
    """The mean age, None without an admission."""
    if not counts or not counts["admitted"]:
        return None
    return (Decimal(counts[YEARS]) / counts["admitted"]).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _base_lines(row, columns, lines):
    """Part III: base organisations at the period's end, those that admitted someone, those without a source."""
    if row.together:
        return _lines_of_bases(list(BASES.values()), _("Đơn vị cơ sở có tổ chức đảng"), columns)
    return [
        Line(row.no, _("Tổ chức cơ sở đảng cuối kỳ"), "head"),
        *_lines_of_bases([BASES[False]], _("Đảng bộ cơ sở"), columns),
        *_lines_of_bases([BASES[True]], _("Chi bộ cơ sở"), columns),
    ]


def _lines_of_bases(keys, label, columns):
    labels = (label, _("trong đó có kết nạp đảng viên"), _("trong đó không còn nguồn"))
    lines = []
    for n, (part, words) in enumerate(zip(PARTS, labels, strict=True)):
        cells = tuple(
            Pair(*(_sum_of_bases(counts, keys, part) for counts in pair)) for pair in columns.counts
        )
        lines.append(Line(str(n) if n else "", words, "unit", cells))
    return lines


def _sum_of_bases(counts, keys, part):
    numbers = [counts and counts[f"{key}{part}"] for key in keys]
    return None if None in numbers else sum(numbers)


LINES: dict[type, Callable] = {
    Total: _total_lines,
    Head: _head_lines,
    Rows: _measure_lines,
    Parts: _partition_lines,
    MeanAge: _mean_lines,
    Untold: _untold_lines,
    Bases: _base_lines,
    Beside: _lines_beside,
}
"""How each row of a form becomes lines: of the row, the columns and the lines before it."""


@dataclass(frozen=True)
class UnitLine:
    """One unit's row: the period, the same period last year, and the year so far against the year's quota.

    `until` is the last day of a unit that ended before the period did, `members` are those at the start of the year.
    """

    unit: Organisation | UnitGroup
    now: Mapping[str, int]
    before: Mapping[str, int | None]
    cumulative: int
    quota: int | None
    until: date | None = None
    members: int | None = None

    @property
    def percent(self) -> Decimal | None:
        return attainment.percent_of(self.cumulative, self.quota)


def unit_lines(source: Source) -> tuple[UnitLine, list[UnitLine]]:
    """(total, lines): the one unit and those directly under it, or the sum of several units and each of them."""
    units = [*source.group.units, *source.children()]
    before, year = source.year_before(), source.so_far()
    now = source.by_unit(units, measures.BY_UNIT)
    past = before.by_unit(units, measures.BY_UNIT) if before else {}
    reached = year.by_unit(units, (measures.ADMITTED,))
    quotas, ends, members = source.quotas(units), source.ends(units), source.members(units)
    tops = [source.group.single]
    none: Mapping[str, None] = dict.fromkeys(measure.key for measure in measures.BY_UNIT)
    lines = [
        UnitLine(
            unit,
            now[unit.pk],
            past.get(unit.pk, none),
            reached[unit.pk]["admitted"],
            quotas.get(unit.pk),
            ends.get(unit.pk),
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
            for measure in measures.BY_UNIT
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


# All numbers of a report


GROUPS = ("ethnicity", "religion")
"""What Biểu 2B counts by."""

Named = tuple[str, tuple[int, int, int | None]]
"""(name, (now, women, before)) of an ethnic group or a religion; `before` is None where nothing is compared."""


@dataclass(frozen=True)
class Report:
    """The numbers of a report, asked of its source once: tables and words are put together from them.

    `lines` are those of `form`, `names` {group: rows of its part by ethnic group and religion}, `total` and `units`
    those of the table by unit;
    `compared` says whether there is a year before.
    """

    source: Source
    form: FormSet
    compared: bool
    lines: list[Line]
    names: dict[str, list[Named]]
    total: UnitLine
    units: list[UnitLine]


def read_report(source: Source, form: FormSet | None = None) -> Report:
    """The `Report` of a source, in `form` or the one in force at its end; its people are read as they are written."""
    form = form or find_form_set(source.period.last)
    total, units = unit_lines(source)
    return Report(
        source=source,
        form=form,
        compared=source.year_before() is not None,
        lines=form_2([source], form),
        names={group: _count_names(source, group) for group in GROUPS},
        total=total,
        units=units,
    )


def _count_names(source, group):
    """[(name, (now, women, before))], the largest first; `before` is None where nothing is compared."""
    year_before = source.year_before()
    now, past = source.by_name(group), year_before.by_name(group) if year_before else {}
    rows = []
    for name in now | past:
        before = past.get(name, (0, 0))[0] if year_before else None
        rows.append((name, (*now.get(name, (0, 0)), before)))
    return sorted(rows, key=lambda row: (-row[1][0], row[0]))
