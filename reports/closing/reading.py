"""Reading a closed quarter: periods whose figures come from a closing instead of the register."""

from collections import Counter
from dataclasses import dataclass, fields

from branches.models import Organisation
from branches.models import within_scope as inside
from reports import periods
from reports.closing import snapshot
from reports.figures import figures
from reports.measures import MEASURES
from reports.models.closing import ClosedAdmission, QuarterClosing, Span, UnitTotals


@dataclass(frozen=True)
class Closed(periods.Period):
    """A period as one of the four columns of a closing; it counts what was counted that day."""

    closing: QuarterClosing
    span: str = Span.QUARTER

    def year_before(self):
        """As `figures.year_before` on the day of the closing."""
        earlier, begun = self.live.year_before(), self.closing.begun_on
        if begun is None or begun > earlier.last:
            return None
        return _closed(earlier, self.closing, Span.BEFORE if self.span == Span.QUARTER else Span.YEAR_BEFORE)

    def so_far(self):
        """The year up to the end of the quarter."""
        return _closed(
            snapshot.spans_of_quarter(self.closing.year, self.closing.number)[Span.YEAR],
            self.closing,
            Span.YEAR,
        )

    @property
    def live(self):
        """The same days as the register has them now."""
        return periods.Period(*(getattr(self, field.name) for field in fields(periods.Period)))


def _closed(period, closing, span=Span.QUARTER):
    values = {field.name: getattr(period, field.name) for field in fields(periods.Period)}
    return Closed(**values, closing=closing, span=span)


def valid_closing(year, n):
    """The closing of a quarter that is valid, None while it is open."""
    return QuarterClosing.objects.valid().of_quarter(year, n).first()


def closing_of_dossier(dossier):
    """The closed quarter in which the admission of `dossier` counts, as a period; None where it counts in none."""
    if not dossier.stands:
        return None
    for counted_by, column in figures.COLUMNS.items():
        if day := getattr(dossier, column):
            period = periods.quarter_of_day(day)
            if (closing := valid_closing(day.year, period.number)) and closing.counted_by == counted_by:
                return period
    return None


def period_of_closing(closing):
    """The period of a closing, valid or not."""
    return _closed(periods.quarter_period(closing.year, closing.number), closing)


def as_closed(period):
    """`period` with the figures of its closing where it is a closed quarter, otherwise as it is."""
    if period.kind != "quarter" or isinstance(period, Closed):
        return period
    closing = valid_closing(period.first.year, period.number)
    return period_of_closing(closing) if closing else period


def is_closed(period):
    return isinstance(period, Closed)


def closed_counts(closing, units, span=Span.QUARTER):
    """{primary key: {key: number}} of `units` in one of the closing's columns; what was 0 or not known has none."""
    summed, found = closing.summed(span), {unit.pk: Counter() for unit in units}
    rows = UnitTotals.objects.filter(quarter__in={*summed, closing.pk}, unit__in=list(found)).order_by()
    for row in rows:
        if row.quarter_id in summed:
            found[row.unit_id].update(row.own)
        if row.quarter_id == closing.pk:
            found[row.unit_id].update(row.beside.get(span, {}))
    return {pk: {key: n for key, n in numbers.items() if n} for pk, numbers in found.items()}


def closed_totals(closing, unit, span=Span.QUARTER):
    """{measure key: number} of a unit in one of the closing's columns, every measure with its number."""
    return dict.fromkeys(MEASURES, 0) | closed_counts(closing, [unit], span)[unit.pk]


def closed_entries(closing, units=None):
    """The entries of a closing: all, or those admitted under one of `units`."""
    rows = ClosedAdmission.objects.filter(quarter=closing).select_related(
        "dossier", "admitted_branch", "admitted_commune"
    )
    return rows if units is None else rows.filter(inside([u.path for u in units], "admitted_branch__"))


def units_below(period, unit):
    """The units directly under `unit` that stood in the quarter when it was closed."""
    rows = UnitTotals.objects.filter(quarter=period.closing, unit=unit).values_list("below", flat=True)
    return Organisation.objects.filter(pk__in=rows.first() or [])


def group_fingerprint(fingerprint):
    """A fingerprint as it is printed: eight groups of eight."""
    return " ".join(fingerprint[n : n + 8] for n in range(0, 64, 8))
