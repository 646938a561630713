"""Reads closings: which of them holds for a quarter, their numbers and their entries."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from admissions.models import Dossier
from branches.models import Organisation
from branches.models import within_scope as inside
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES
from reports.models.closing import DAY, ENDED, SHOWN, ClosedAdmission, QuarterClosing, Span, UnitTotals
from reports.periods import Period


def valid_closing(year: int, n: int) -> QuarterClosing | None:
    """The closing of a quarter that is valid, None while it is open."""
    return QuarterClosing.objects.valid().of_quarter(year, n).first()


def closing_of_dossier(dossier: Dossier) -> Period | None:
    """The closed quarter in which the admission of `dossier` counts, as a period; None where it counts in none."""
    if not dossier.stands:
        return None
    for counted_by, column in figures.COLUMNS.items():
        if day := getattr(dossier, column):
            period = periods.quarter_of_day(day)
            if (closing := valid_closing(day.year, period.number)) and closing.counted_by == counted_by:
                return period
    return None


def closed_counts(
    closing: QuarterClosing, units: Iterable[Organisation], span: Span = Span.QUARTER
) -> dict[int, dict[str, int]]:
    """{primary key: {key: number}} of `units` in one of the closing's columns; what was 0 or not known has none."""
    summed = closing.summed(span)
    found: dict[int, Counter[str]] = {unit.pk: Counter() for unit in units}
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
    """The units directly under `unit` that stood in a column of the quarter's report when it was closed.

    Early closings kept only those of the quarter itself: whatever has an admission in a column belongs to it as well.
    """
    rows = UnitTotals.objects.filter(quarter=closing, unit=unit).values_list("below", flat=True)
    parts = {pk for span in SHOWN for pk in closing.summed(span)}
    own = UnitTotals.objects.filter(quarter__in=parts, own__has_key=ADMITTED.key)
    counted = Q(pk__in=own.values("unit"))
    for span in SHOWN:
        beside = UnitTotals.objects.filter(quarter=closing, **{f"beside__{span}__has_key": ADMITTED.key})
        counted |= Q(pk__in=beside.values("unit"))
    return Organisation.objects.filter(Q(pk__in=rows.first() or []) | Q(parent=unit) & counted)


def closed_ends(closing: QuarterClosing, units: Iterable[Organisation]) -> dict[int, date]:
    """{primary key: last day} of those of `units` that had ended before the quarter did; early closings kept none."""
    rows = UnitTotals.objects.filter(quarter=closing, unit__in=[unit.pk for unit in units])
    ends = rows.filter(beside__has_key=ENDED).order_by().values_list("unit", f"beside__{ENDED}__{DAY}")
    return {pk: date.fromordinal(day) for pk, day in ends}


def group_fingerprint(fingerprint: str) -> str:
    """A fingerprint as it is printed: eight groups of eight."""
    return " ".join(fingerprint[n : n + 8] for n in range(0, 64, 8))
