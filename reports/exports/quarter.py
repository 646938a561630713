"""The report of a period as plain data: the page, every file and the command line show the same rows.

The rows are those of Biểu 2-BTCTW (HD 12-HD/BTCTW, 17/5/2012, part II), this period against the same one last year.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from admissions.models import Dossier
from admissions.states import PIPELINE
from branches.models import Organisation
from reports import attainment, closed, figures, links, measures, periods
from reports.exports.chosen import members, spans
from reports.freezing import BASES, QUOTA, YEARS
from reports.links import figure_url


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


def before(period):
    """The period that a report sets beside `period`: the same days a year earlier, of one that runs as many as have
    passed; None for a term, and where the register had not begun.
    """
    return period.year_before() if closed.is_closed(period) else figures.same_days_before(period)


def form_2(unit, groups):
    """The rows of Biểu 2 for `unit`, or units `Chosen`, with a column group for each period of `groups`."""
    sides = [(period, before(period)) for period in groups]
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
            means = tuple((_mean_age(unit, a), _mean_age(unit, b), "", "") for a, b in sides)
            lines.append(Line("", _("Tuổi bình quân"), "mean", means))
    lines.append(Line("II.5", _("Chức danh khoa học"), "head"))
    lines += [line(measure, str(n)) for n, measure in enumerate(measures.TITLES, start=1)]
    return lines + _base_organisations(unit, sides)


def _url(unit, period, key, counts):
    """The list behind a number; of a closing, the register's own list only where it is still as long."""
    if not closed.is_closed(period):
        return figure_url(unit, period, key)
    if period.span == closed.Span.QUARTER:
        return links.entries_url(unit, period.closing, key)
    same = counts[key] == counts["live"][key]
    return figure_url(unit, period.live, key) if same else ""


def _count(unit, period):
    if period is None:
        return None
    if closed.is_closed(period):
        rows = closed.counts(period.closing, members(unit), period.span).values()
        counts = {key: sum(row.get(key, 0) for row in rows) for key in (*measures.MEASURES, YEARS)}
        live = period.span != closed.Span.QUARTER
        return counts | ({"live": _count(unit, period.live)} if live else {})
    found = [figures.count(row, period, measures.MEASURES.values()) for row in members(unit)]
    return {key: sum(counts[key] for counts in found) for key in measures.MEASURES}


def _any(line):
    return any(now or then for now, then, *_urls in line.cells)


def _mean_age(unit, period):
    if period is None:
        return None
    if closed.is_closed(period):
        counts = _count(unit, period)
        rows = {"years": counts[YEARS], "number": counts["admitted"]}
    else:
        rows = admissions(unit, period).aggregate(years=Sum("admitted_age"), number=Count("admitted_age"))
    if not rows["number"]:
        return None
    return (Decimal(rows["years"]) / rows["number"]).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _base_organisations(unit, sides):
    """Part III: base organisations at the period's end, those that admitted someone, those without a source."""
    head = Line("III", _("Tổ chức cơ sở đảng cuối kỳ"), "head")
    rows = {False: _("Đảng bộ cơ sở"), True: _("Chi bộ cơ sở")}
    lines = [head]
    for is_branch, label in rows.items():
        now, then = ([_organisations(unit, side[n], is_branch) for side in sides] for n in (0, 1))
        for n, words in enumerate((label, _("trong đó có kết nạp đảng viên"), _("trong đó không còn nguồn"))):
            cells = tuple((a[n], b[n], "", "") for a, b in zip(now, then, strict=True))
            lines.append(Line(str(n) if n else "", words, "unit", cells))
    return lines


def _organisations(unit, period, is_branch):
    if period is None:
        return None, None, None
    if closed.is_closed(period):
        return _organisations_closed(unit, period, BASES[is_branch])
    below = reduce(or_, (Q(path__startswith=row.path) for row in members(unit)))
    rows = Organisation.objects.filter(below).communes().on(period.last).filter(is_base_branch=is_branch)
    admitted = figures.admissions(period).values("admitted_commune")
    # Sources are known as of today only; an earlier period says nothing of them.
    with_source = Dossier.objects.filter(state__in=PIPELINE).values("commune")
    without = rows.exclude(pk__in=with_source).count() if figures.is_latest(period) else None
    return rows.count(), rows.filter(pk__in=admitted).count(), without


def _organisations_closed(unit, period, key):
    rows = closed.counts(period.closing, members(unit), period.span).values()
    parts = ("", "-admitted", "-sourceless")
    everyone, admitted, sourceless = (sum(row.get(f"{key}{part}", 0) for row in rows) for part in parts)
    return everyone, admitted, sourceless if figures.is_latest(period, period.closing.day) else None


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
        return attainment.percent(self.cumulative, self.quota)


BY_UNIT = (measures.ADMITTED, *measures.OVERLAPPING[:2], measures.MEASURES["youth"])
"""Columns of the table by unit: all, rural, women, Youth Union."""


def by_unit(unit, period):
    """(total, rows): `unit` and the units directly under it, or the units chosen."""
    if closed.is_closed(period):
        return _by_unit_closed(unit, period)
    this, whole = spans(period)
    quota_period = period if period.kind == "term" else periods.year(period.first.year)
    earlier = before(this)
    now, past, cumulative, quotas = {}, {}, {}, {}
    for row in members(unit):
        now |= figures.by_unit(row, this, BY_UNIT)
        past |= figures.by_unit(row, earlier, BY_UNIT) if earlier else {}
        cumulative |= figures.by_unit(row, whole)
        quotas |= attainment.quotas(row, quota_period)
    none = dict.fromkeys((m.key for m in BY_UNIT), 0)

    def line(row):
        year_before = past.get(row.pk, none) if earlier else dict.fromkeys(none)
        reached = cumulative.get(row.pk, {}).get("admitted", 0)
        return UnitLine(row, now.get(row.pk, none), year_before, reached, quotas.get(row.pk))

    if len(members(unit)) > 1:
        rows = [line(row) for row in members(unit)]
        return _together(unit, rows), rows
    children = Organisation.objects.filter(parent=unit).during(period.first, period.last)
    return line(unit), [line(row) for row in sorted(children, key=lambda child: child.place_in_tables)]


def _by_unit_closed(unit, period):
    below = [] if len(members(unit)) > 1 else list(closed.units_below(period, unit))
    shown = [*members(unit), *sorted(below, key=lambda child: child.place_in_tables)]
    now, past, year = (
        closed.counts(period.closing, shown, span)
        for span in (closed.Span.QUARTER, closed.Span.BEFORE, closed.Span.YEAR)
    )
    none, compared = dict.fromkeys((m.key for m in BY_UNIT), 0), before(period)
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
    return (lines[0], lines[1:]) if len(members(unit)) == 1 else (_together(unit, lines), lines)


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


def admissions(unit, period):
    """The admissions of `unit`, or of the units chosen: dossiers, or the entries of a closed quarter."""
    if closed.is_closed(period):
        return closed.entries(period.closing, members(unit))
    rows = figures.admissions(period)
    if len(members(unit)) == 1:
        return figures.of_unit(rows, unit)
    each = (Q(pk__in=figures.of_unit(rows, row).values("pk")) for row in members(unit))
    return rows.filter(reduce(or_, each))


def people(unit, period, first=()):
    """The dossiers, or entries, behind the total, by given name; `first` are columns to order by before it."""
    if closed.is_closed(period):
        return admissions(unit, period).order_by(*first, "sort_key", "year", "serial")
    rows = admissions(unit, period).for_list()
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
