"""A congress term year by year: what each year was asked for and reached, and what is left for the years to come."""

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Organisation
from notation.dates import today
from notation.numbers import format_number
from reports import links, periods
from reports.closing import province
from reports.closing.since import Since, read_changes
from reports.measures import ADMITTED, MEASURES
from reports.models import Quota
from reports.periods import Period
from reports.quotas import attainment, branch_share


@dataclass(frozen=True)
class Cell:
    """One year, or the whole term, of one measure; `share` where branches are counted and not members.

    `since` is what has changed in the number since it was closed.
    """

    period: periods.Period
    row: attainment.Row | None
    share: branch_share.Share | None
    url: str
    since: Since | None = None

    @property
    def running(self):
        return self.period.includes(today())

    @property
    def future(self):
        return self.period.first > today()


@dataclass(frozen=True)
class Asked:
    """One thing that is asked for in the term: a measure, or the share of branches; its years and the whole term."""

    label: str
    whole: Cell
    years: list[Cell]
    words: list[str]


def years_of_term(term: Period) -> list[Period]:
    return [periods.year_period(number) for number in range(term.first.year, term.last.year + 1)]


def term_asked(unit: Organisation, term: Period) -> list[Asked]:
    """[`Asked`] of all that `unit` is asked for in `term` or in a year of it, the sum of admissions first."""
    holders = attainment.quota_holders([unit])[unit.pk]
    rows = Quota.objects.current().filter(unit__in=holders, first__gte=term.first, last__lte=term.last)
    quotas = list(rows.select_related("membership", "basis").order_by("first", "pk"))
    heads = {row.measure for row in quotas if row.kind != Quota.Kind.SHARE} | {"admitted"}
    shares = {row.measure for row in quotas if row.kind == Quota.Kind.SHARE}
    asked = [_heads(unit, term, measure, quotas) for key, measure in MEASURES.items() if key in heads]
    return asked + [
        _shares(unit, term, measure, quotas) for key, measure in MEASURES.items() if key in shares
    ]


def _heads(unit, term, measure, quotas):
    spans = [term, *years_of_term(term)]
    numbers = province.tally_with_closings(unit, [(span, measure) for span in spans])
    given, changes = attainment.targets_of([unit], spans, measure.key), read_changes(unit)
    whole, *years = (
        Cell(
            span,
            attainment.Row(unit, number, 0, given.get((unit.pk, span))),
            None,
            links.figure_url(unit, span, measure.key),
            changes.since(unit, span, measure),
        )
        for span, number in zip(spans, numbers, strict=True)
    )
    rows = [row for row in quotas if row.measure == measure.key and row.kind != Quota.Kind.SHARE]
    return Asked(measure.label, whole, years, _in_words(rows))


def _shares(unit, term, measure, quotas):
    """The share of branches: of the whole term and the years with such a quota, since others have none to reach."""
    rows = [row for row in quotas if row.measure == measure.key and row.kind == Quota.Kind.SHARE]
    asked = {(row.first, row.last) for row in rows}

    def cell(span):
        share = branch_share.branch_share(unit, span, measure) if (span.first, span.last) in asked else None
        return Cell(span, None, share, f"{links.attainment_url(unit, span, measure.key)}#chi-bo")

    label = _("Chi bộ có kết nạp")
    if measure is not ADMITTED:
        label = f"{label}: {measure.label}"
    return Asked(label, cell(term), [cell(span) for span in years_of_term(term)], _in_words(rows))


def _in_words(rows):
    """["2016: <what the quota says>; <its basis>"] of each quota as it was put, the term's own first."""
    lines = [
        (periods.year_period(row.first.year) if attainment.is_year(row.first, row.last) else None, row)
        for row in rows
    ]
    lines.sort(key=lambda one: one[0] is not None)
    return [
        f"{year.code if year else _('cả nhiệm kỳ')}: {attainment.quota_in_words(row)}; {row.basis}"
        for year, row in lines
    ]


@dataclass(frozen=True)
class Ahead:
    """What is still to admit in the years that are not over, and how many that is a year, rounded up."""

    left: int
    years: list[Period]

    @property
    def yearly(self):
        return ceil(self.left / len(self.years))

    @property
    def sentence(self):
        words = ngettext(
            "Để đạt chỉ tiêu nhiệm kỳ, năm %(first)s cần kết nạp %(left)s.",
            "Để đạt chỉ tiêu nhiệm kỳ, %(n)s năm %(first)s–%(last)s cần kết nạp %(left)s,"
            " bình quân %(yearly)s mỗi năm.",
            len(self.years),
        )
        return words % {
            "n": format_number(len(self.years)),
            "first": self.years[0].code,
            "last": self.years[-1].code,
            "left": format_number(self.left),
            "yearly": format_number(self.yearly),
        }


def term_ahead(asked: Asked) -> Ahead | None:
    """The `Ahead` of the first thing asked for; None without a quota for the term, or once it is over or reached."""
    row = asked.whole.row
    over = sum(cell.row.admitted for cell in asked.years if cell.row and cell.period.last < today())
    years = [cell.period for cell in asked.years if cell.period.last >= today()]
    if not row or not row.quota or not years or row.left == 0:
        return None
    return Ahead(row.quota - over, years)
