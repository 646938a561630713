"""The report of a period as plain data: the page, every file and the command line show the same rows.

The rows are those of Biểu 2-BTCTW (HD 12-HD/BTCTW, 17/5/2012, part II), this period against the same one last year.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from admissions.models import Dossier
from admissions.states import PIPELINE
from branches.models import Organisation
from reports import links, measures, periods
from reports.closing import reading
from reports.closing.snapshot import BASES, QUOTA, YEARS
from reports.exports.unit_group import column_spans, units_of_group
from reports.figures import figures
from reports.links import figure_url
from reports.quotas import attainment


@dataclass(frozen=True)
class Line:
    """One row of Biểu 2. `kind` is "total", "head", "row", "mean" or "unit"; heads carry no numbers.

    `cells` holds one (now, before, url now, url before) for each column group.
    """

    no: str
    label: str
    kind: str = "row"
    cells: tuple = ()
    key: str = ""


def period_before(period):
    """The period that a report sets beside `period`: the same days a year earlier, of one that runs as many as have
    passed; None for a term, and where the register had not begun.
    """
    return period.year_before() if reading.is_closed(period) else figures.same_days_before(period)


def form_2(unit, groups):
    """The rows of Biểu 2 for `unit`, or units `Chosen`, with a column group for each period of `groups`."""
    sides = [(period, period_before(period)) for period in groups]
    counts = [(_count(unit, now), _count(unit, then)) for now, then in sides]

    def line(measure, no, kind="row"):
        cells = tuple(
            (
                now[measure.key],
                then and then[measure.key],
                _url(unit, period, measure.key, now),
                then and _url(unit, earlier, measure.key, then),
            )
            for (period, earlier), (now, then) in zip(sides, counts, strict=True)
        )
        return Line(no, str(measure.label), kind, cells, measure.key)

    lines = [line(measures.ADMITTED, "I", "total"), Line("", _("Trong đó (không cộng với nhau)"), "head")]
    lines += [line(measure, str(n)) for n, measure in enumerate(measures.OVERLAPPING, start=1)]
    for number, partition in enumerate(measures.PARTITIONS, start=1):
        head = _("%(label)s, cộng bằng tổng số") % {"label": partition.label}
        lines.append(Line(f"II.{number}", head, "head"))
        rows = [line(measure, str(n)) for n, measure in enumerate(partition.measures, start=1)]
        lines += [row for row in rows if not row.key.endswith("-unknown") or _any(row)]
        if partition is measures.AGE:
            means = tuple((_mean(now), _mean(then), "", "") for now, then in counts)
            lines.append(Line("", _("Tuổi bình quân"), "mean", means))
    lines.append(Line("II.5", _("Chức danh khoa học"), "head"))
    lines += [line(measure, str(n)) for n, measure in enumerate(measures.TITLES, start=1)]
    return lines + _base_organisations(counts)


def _url(unit, period, key, counts):
    """The list behind a number; of a closing, the register's own list only where it is still as long."""
    if not reading.is_closed(period):
        return figure_url(unit, period, key)
    if period.span == reading.Span.QUARTER:
        return links.entries_url(unit, period.closing, key)
    same = counts[key] == counts["live"][key]
    return figure_url(unit, period.live, key) if same else ""


def _count(unit, period):
    """{key: number} of all that the form says of a period, by the keys of measures and of `freezing`, others are 0."""
    if period is None:
        return None
    if reading.is_closed(period):
        counts = _sum(reading.closed_counts(period.closing, units_of_group(unit), period.span).values())
        if period.span != reading.Span.QUARTER:
            counts["live"] = _measured(unit, period.live)
        known = figures.is_latest(period, period.closing.day)
    else:
        years = admissions_of_report(unit, period).aggregate(years=Sum("admitted_age"))["years"] or 0
        counts = _sum([_measured(unit, period), _organisations(unit, period), {YEARS: years}])
        known = figures.is_latest(period)
    if not known:
        for key in BASES.values():
            counts[f"{key}-sourceless"] = None
    return counts


def _measured(unit, period):
    return _sum(figures.count_unit(row, period, measures.MEASURES.values()) for row in units_of_group(unit))


def _sum(rows):
    found = Counter(dict.fromkeys(measures.MEASURES, 0))
    for row in rows:
        found.update(row)
    return found


def _any(line):
    return any(now or then for now, then, *_urls in line.cells)


def _mean(counts):
    """The mean age, None without an admission."""
    if not counts or not counts["admitted"]:
        return None
    return (Decimal(counts[YEARS]) / counts["admitted"]).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _base_organisations(counts):
    """Part III: base organisations at the period's end, those that admitted someone, those without a source."""
    lines = [Line("III", _("Tổ chức cơ sở đảng cuối kỳ"), "head")]
    for is_branch, label in ((False, _("Đảng bộ cơ sở")), (True, _("Chi bộ cơ sở"))):
        words = (label, _("trong đó có kết nạp đảng viên"), _("trong đó không còn nguồn"))
        for n, (part, said) in enumerate(zip(PARTS, words, strict=True)):
            key = f"{BASES[is_branch]}{part}"
            cells = tuple((now[key], then and then[key], "", "") for now, then in counts)
            lines.append(Line(str(n) if n else "", said, "unit", cells))
    return lines


PARTS = ("", "-admitted", "-sourceless")
"""What is counted of base organisations, as `freezing.BASES` goes on."""


def _organisations(unit, period):
    below = reduce(or_, (Q(path__startswith=row.path) for row in units_of_group(unit)))
    admitted = Q(pk__in=figures.admissions_in(period).values("admitted_commune"))
    sourceless = ~Q(pk__in=Dossier.objects.filter(state__in=PIPELINE).values("commune"))
    rows = (
        Organisation.objects.filter(below).communes().on(period.last).order_by().values_list("is_base_branch")
    )
    numbers = (Count("pk"), Count("pk", filter=admitted), Count("pk", filter=sourceless))
    return {
        f"{BASES[is_branch]}{part}": number
        for is_branch, *found in rows.annotate(**dict(zip("abc", numbers, strict=True)))
        for part, number in zip(PARTS, found, strict=True)
    }


@dataclass(frozen=True)
class UnitLine:
    """One unit's row: the period, the same period last year, and the year so far against the year's quota."""

    unit: Organisation
    now: dict
    before: dict
    cumulative: int
    quota: int | None

    @property
    def percent(self):
        return attainment.percent_of(self.cumulative, self.quota)


BY_UNIT = (measures.ADMITTED, *measures.OVERLAPPING[:2], measures.MEASURES["youth"])
"""Columns of the table by unit: all, rural, women, Youth Union."""


def unit_lines(unit, period):
    """(total, rows): `unit` and the units directly under it, or the units chosen."""
    if reading.is_closed(period):
        return _by_unit_closed(unit, period)
    this, whole = column_spans(period)
    quota_period = period if period.kind == "term" else periods.year_period(period.first.year)
    earlier = period_before(this)
    now, past, cumulative, quotas = {}, {}, {}, {}
    for row in units_of_group(unit):
        now |= figures.count_by_unit(row, this, BY_UNIT)
        past |= figures.count_by_unit(row, earlier, BY_UNIT) if earlier else {}
        cumulative |= figures.count_by_unit(row, whole)
        quotas |= attainment.head_quotas(row, quota_period)
    none = dict.fromkeys((m.key for m in BY_UNIT), 0)

    def line(row):
        year_before = past.get(row.pk, none) if earlier else dict.fromkeys(none)
        reached = cumulative.get(row.pk, {}).get("admitted", 0)
        return UnitLine(row, now.get(row.pk, none), year_before, reached, quotas.get(row.pk))

    if len(units_of_group(unit)) > 1:
        rows = [line(row) for row in units_of_group(unit)]
        return _together(unit, rows), rows
    children = Organisation.objects.filter(parent=unit).during(period.first, period.last)
    return line(unit), [line(row) for row in sorted(children, key=lambda child: child.place_in_tables)]


def _by_unit_closed(unit, period):
    below = [] if len(units_of_group(unit)) > 1 else list(reading.units_below(period, unit))
    shown = [*units_of_group(unit), *sorted(below, key=lambda child: child.place_in_tables)]
    now, past, year = (
        reading.closed_counts(period.closing, shown, span)
        for span in (reading.Span.QUARTER, reading.Span.BEFORE, reading.Span.YEAR)
    )
    none, compared = dict.fromkeys((m.key for m in BY_UNIT), 0), period_before(period)
    lines = [
        UnitLine(
            row,
            {key: now[row.pk].get(key, 0) for key in none},
            {key: past[row.pk].get(key, 0) if compared else None for key in none},
            year[row.pk].get("admitted", 0),
            year[row.pk].get(QUOTA),
        )
        for row in shown
    ]
    return (lines[0], lines[1:]) if len(units_of_group(unit)) == 1 else (_together(unit, lines), lines)


def _together(unit, lines):
    """The sum of `lines`; it has a quota where each of them has one."""

    def total(counts):
        return {
            key: None if None in found else sum(found)
            for key in (m.key for m in BY_UNIT)
            if (found := [count[key] for count in counts])
        }

    quotas = [line.quota for line in lines]
    return UnitLine(
        unit,
        total([line.now for line in lines]),
        total([line.before for line in lines]),
        sum(line.cumulative for line in lines),
        None if None in quotas else sum(quotas),
    )


def admissions_of_report(unit, period):
    """The admissions of `unit`, or of the units chosen: dossiers, or the entries of a closed quarter."""
    if reading.is_closed(period):
        return reading.closed_entries(period.closing, units_of_group(unit))
    rows = figures.admissions_in(period)
    if len(units_of_group(unit)) == 1:
        return figures.admitted_under(rows, unit)
    each = (Q(pk__in=figures.admitted_under(rows, row).values("pk")) for row in units_of_group(unit))
    return rows.filter(reduce(or_, each))


def people_of_report(unit, period, first=()):
    """The dossiers, or entries, behind the total, by given name; `first` are columns to order by before it."""
    if reading.is_closed(period):
        return admissions_of_report(unit, period).order_by(*first, "sort_key", "year", "serial")
    rows = admissions_of_report(unit, period).for_list()
    rows = rows.order_by(*first, "candidate__sort_key", "year", "serial")
    return rows.select_related(
        *(
            "candidate__ethnicity",
            "candidate__religion",
            "admitted_branch",
            "admitted_commune",
            "branch",
            "commune",
        )
    )
