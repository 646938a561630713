"""The report of a quarter or a year as plain data: the page, the workbook and the command line show the same rows.

The rows are those of Biểu 2-BTCTW (HD 12-HD/BTCTW, 17/5/2012, part II), this period against the same one last year.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg
from django.utils.translation import gettext as _

from admissions.models import Dossier
from admissions.states import PIPELINE
from branches.models import Organisation
from reports import attainment, figures, measures, periods
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


def spans(period):
    """The column groups: a quarter and the year up to its end; a year stands for itself."""
    if period.kind == "year":
        return period, period
    year = period.first.year
    whole = (
        periods.year(year) if period.number == 4 else periods.between(periods.year(year).first, period.last)
    )
    return period, whole


def form_2(unit, groups):
    """The rows of Biểu 2 for `unit`, with a column group for each period of `groups`."""
    counts = [(_count(unit, p), _count(unit, p.year_before())) for p in groups]

    def line(measure, no, kind="row"):
        cells = tuple(
            (
                now[measure.key],
                before[measure.key],
                figure_url(unit, period, measure.key),
                figure_url(unit, period.year_before(), measure.key),
            )
            for period, (now, before) in zip(groups, counts, strict=True)
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
            means = tuple((_mean_age(unit, p), _mean_age(unit, p.year_before()), "", "") for p in groups)
            lines.append(Line("", _("Tuổi bình quân"), "mean", means))
    lines.append(Line("II.5", _("Chức danh khoa học"), "head"))
    lines += [line(measure, str(n)) for n, measure in enumerate(measures.TITLES, start=1)]
    return lines + _base_organisations(unit, groups)


def _count(unit, period):
    return figures.count(unit, period, measures.MEASURES.values())


def _any(line):
    return any(now or before for now, before, *_urls in line.cells)


def _mean_age(unit, period):
    mean = figures.of_unit(figures.admissions(period), unit).aggregate(mean=Avg("admitted_age"))["mean"]
    return None if mean is None else Decimal(mean).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _base_organisations(unit, groups):
    """Part III: base organisations at the period's end, those that admitted someone, those without a source."""
    head = Line("III", _("Tổ chức cơ sở đảng cuối kỳ"), "head")
    rows = {False: _("Đảng bộ cơ sở"), True: _("Chi bộ cơ sở")}
    lines = [head]
    for is_branch, label in rows.items():
        now = [_organisations(unit, p, is_branch) for p in groups]
        before = [_organisations(unit, p.year_before(), is_branch) for p in groups]
        for n, words in enumerate((label, _("trong đó có kết nạp đảng viên"), _("trong đó không còn nguồn"))):
            cells = tuple((a[n], b[n], "", "") for a, b in zip(now, before, strict=True))
            lines.append(Line(str(n) if n else "", words, "unit", cells))
    return lines


def _organisations(unit, period, is_branch):
    rows = Organisation.objects.under(unit).communes().on(period.last).filter(is_base_branch=is_branch)
    admitted = figures.admissions(period).values("admitted_commune")
    # Sources are known as of today only; an earlier period says nothing of them.
    with_source = Dossier.objects.filter(state__in=PIPELINE).values("commune")
    without = rows.exclude(pk__in=with_source).count() if figures.is_latest(period) else None
    return rows.count(), rows.filter(pk__in=admitted).count(), without


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
    """(total, rows): `unit` and the units directly under it."""
    quarter, whole = spans(period)
    now = figures.by_unit(unit, quarter, BY_UNIT)
    before = figures.by_unit(unit, quarter.year_before(), BY_UNIT)
    cumulative = figures.by_unit(unit, whole)
    quotas = attainment.quotas(unit, periods.year(period.first.year))
    none = dict.fromkeys((m.key for m in BY_UNIT), 0)

    def line(row):
        return UnitLine(
            row,
            now.get(row.pk, none),
            before.get(row.pk, none),
            cumulative.get(row.pk, {}).get("admitted", 0),
            quotas.get(row.pk),
        )

    children = Organisation.objects.filter(parent=unit).during(period.first, period.last)
    return line(unit), [
        line(row) for row in sorted(children, key=lambda child: (not child.is_place, child.sort_key))
    ]


def people(unit, period):
    """The dossiers behind the total, by given name."""
    rows = figures.listing(unit, period).for_list().by_name()
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
