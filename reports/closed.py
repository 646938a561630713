"""Reading a closed quarter: periods whose figures come from a closing instead of the register."""

from dataclasses import dataclass, fields

from django.db.models import Q
from django.utils.timezone import localtime

from branches.dates import add_months
from branches.models import Organisation
from branches.models import within as inside
from reports import figures, freezing, periods
from reports.kept import Entry, Quarter, Span, UnitTotals
from reports.measures import MEASURES


@dataclass(frozen=True)
class Closed(periods.Period):
    """A period as one of the four columns of a closing; it counts what was counted that day."""

    closing: Quarter
    span: str = Span.QUARTER

    def year_before(self):
        span = Span.BEFORE if self.span == Span.QUARTER else Span.YEAR_BEFORE
        return _closed(self.live.year_before(), self.closing, span)

    def so_far(self):
        """The year up to the end of the quarter."""
        return _closed(
            freezing.spans(self.closing.year, self.closing.number)[Span.YEAR], self.closing, Span.YEAR
        )

    @property
    def live(self):
        """The same days as the register has them now."""
        return periods.Period(*(getattr(self, field.name) for field in fields(periods.Period)))


def _closed(period, closing, span=Span.QUARTER):
    values = {field.name: getattr(period, field.name) for field in fields(periods.Period)}
    return Closed(**values, closing=closing, span=span)


def closed(year, n):
    """The closing of a quarter that is valid, None while it is open."""
    rows = Quarter.objects.filter(year=year, number=n, reopened_at=None).exclude(fingerprint="")
    return rows.select_related("closed_by", "reopen_by").first()


def quarter_of(dossier):
    """The closed quarter in which the admission of `dossier` counts, as a period; None where it counts in none."""
    if dossier.decided_on is None or dossier.annulled_on is not None:
        return None
    for counted_by, column in figures.COLUMNS.items():
        if day := getattr(dossier, column):
            n = (day.month + 2) // 3
            if (closing := closed(day.year, n)) and closing.counted_by == counted_by:
                return periods.quarter(day.year, n)
    return None


def numbers_closed(year):
    """The quarters of a year that are closed, by their numbers."""
    rows = Quarter.objects.filter(year=year, reopened_at=None).exclude(fingerprint="")
    return set(rows.values_list("number", flat=True))


def within(period):
    """The valid closings of the quarters that lie wholly in `period`, in order."""
    rows = Quarter.objects.filter(reopened_at=None, year__range=(period.first.year, period.last.year))
    quarters = ((row, periods.quarter(row.year, row.number)) for row in rows.exclude(fingerprint=""))
    return [row for row, q in quarters if period.first <= q.first and q.last <= period.last]


def closings(year, n):
    """Every closing of a quarter, the last one first."""
    rows = Quarter.objects.filter(year=year, number=n).order_by("-pk")
    return rows.select_related("closed_by", "reopen_by", "reopen_second")


def of(closing):
    """The period of a closing, valid or not."""
    return _closed(periods.quarter(closing.year, closing.number), closing)


def as_closed(period):
    """`period` with the figures of its closing where it is a closed quarter, otherwise as it is."""
    if period.kind != "quarter" or isinstance(period, Closed):
        return period
    closing = closed(period.first.year, period.number)
    return of(closing) if closing else period


def is_closed(period):
    return isinstance(period, Closed)


def counts(closing, units, span=Span.QUARTER):
    """{primary key: {measure key: number}} of `units`; what is not there is 0, or was not known."""
    rows = UnitTotals.objects.filter(quarter=closing, unit__in=[unit.pk for unit in units])
    return {unit.pk: {} for unit in units} | {row.unit_id: row.of(span) for row in rows}


def totals(closing, unit, span=Span.QUARTER):
    """{measure key: number} of a unit in one of the closing's columns, every measure with its number."""
    return dict.fromkeys(MEASURES, 0) | counts(closing, [unit], span)[unit.pk]


def entries(closing, units=None):
    """The entries of a closing: all, or those admitted under one of `units`."""
    rows = Entry.objects.filter(quarter=closing).select_related(
        "dossier", "admitted_branch", "admitted_commune"
    )
    return rows if units is None else rows.filter(inside([u.path for u in units], "admitted_branch__"))


def units_below(period, unit):
    """The units directly under `unit` that stood in the quarter when it was closed."""
    stood = UnitTotals.objects.filter(quarter=period.closing, own__has_key="admitted")
    return Organisation.objects.filter(Q(parent=unit) & Q(pk__in=stood.values("unit")))


def sources_known(period):
    """Whether sources were known at the closing for a column: as `figures.is_latest` on that day."""
    day = localtime(period.closing.closed_at)
    first = periods.quarter(day.year, (day.month + 2) // 3).first
    return period.last >= add_months(first, -3)


def grouped(fingerprint):
    """A fingerprint as it is printed: eight groups of eight."""
    return " ".join(fingerprint[n : n + 8] for n in range(0, 64, 8))
