"""Reads closings: which of them holds for a quarter, their numbers and their entries."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet

from admissions.models import Dossier
from branches.models import Organisation
from branches.models import within_scope as inside
from reports import periods
from reports.figures import figures
from reports.measures import MEASURES
from reports.models.closing import ClosedAdmission, QuarterClosing, Span, UnitTotals
from reports.periods import Period


def valid_closing(year: int, n: int) -> QuarterClosing | None:
    """The closing of a quarter that is valid, None while it is open."""
    rows = QuarterClosing.objects.valid().filter(year=year, number=n)
    return rows.select_related("closed_by", "reopen_by").first()


def closing_of_dossier(dossier: Dossier) -> Period | None:
    """The closed quarter in which the admission of `dossier` counts, as a period; None where it counts in none."""
    if dossier.decided_on is None or dossier.annulled_on is not None:
        return None
    for counted_by, column in figures.COLUMNS.items():
        if day := getattr(dossier, column):
            period = periods.quarter_of_day(day)
            if (closing := valid_closing(day.year, period.number)) and closing.counted_by == counted_by:
                return period
    return None


def numbers_closed(year: int) -> set[int]:
    """The quarters of a year that are closed, by their numbers."""
    return set(QuarterClosing.objects.valid().filter(year=year).values_list("number", flat=True))


def closings_within(period: Period) -> list[QuarterClosing]:
    """The valid closings of the quarters that lie wholly in `period`, in order."""
    rows = QuarterClosing.objects.valid().filter(year__range=(period.first.year, period.last.year))
    quarters = ((row, periods.quarter_period(row.year, row.number)) for row in rows)
    return [row for row, q in quarters if period.first <= q.first and q.last <= period.last]


def closings_of_quarter(year: int, n: int) -> QuerySet[QuarterClosing]:
    """Every closing of a quarter, the last one first."""
    rows = QuarterClosing.objects.filter(year=year, number=n).order_by("-pk")
    return rows.select_related("closed_by", "reopen_by", "reopen_second")


def closed_counts(
    closing: QuarterClosing, units: Iterable[Organisation], span: Span = Span.QUARTER
) -> dict[int, dict[str, int]]:
    """{primary key: {key: number}} of `units` in one of the closing's columns; what was 0 or not known has none."""
    summed, found = closing.summed(span), {unit.pk: Counter() for unit in units}
    rows = UnitTotals.objects.filter(quarter__in={*summed, closing.pk}, unit__in=list(found)).order_by()
    for row in rows:
        if row.quarter_id in summed:
            found[row.unit_id].update(row.own)
        if row.quarter_id == closing.pk:
            found[row.unit_id].update(row.beside.get(span, {}))
    return {pk: {key: n for key, n in numbers.items() if n} for pk, numbers in found.items()}


def closed_totals(closing: QuarterClosing, unit: Organisation, span: Span = Span.QUARTER) -> dict[str, int]:
    """{measure key: number} of a unit in one of the closing's columns, every measure with its number."""
    return dict.fromkeys(MEASURES, 0) | closed_counts(closing, [unit], span)[unit.pk]


def closed_entries(
    closing: QuarterClosing, units: Iterable[Organisation] | None = None
) -> QuerySet[ClosedAdmission]:
    """The entries of a closing: all, or those admitted under one of `units`."""
    rows = ClosedAdmission.objects.filter(quarter=closing).select_related(
        "dossier", "admitted_branch", "admitted_commune"
    )
    return rows if units is None else rows.filter(inside([u.path for u in units], "admitted_branch__"))


def units_below(closing: QuarterClosing, unit: Organisation) -> QuerySet[Organisation]:
    """The units directly under `unit` that stood in the quarter when it was closed."""
    rows = UnitTotals.objects.filter(quarter=closing, unit=unit).values_list("below", flat=True)
    return Organisation.objects.filter(pk__in=rows.first() or [])


def group_fingerprint(fingerprint: str) -> str:
    """A fingerprint as it is printed: eight groups of eight."""
    return " ".join(fingerprint[n : n + 8] for n in range(0, 64, 8))
