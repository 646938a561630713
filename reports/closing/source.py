"""Where the figures of a report come from: the register as it is now, or a closing.

`Live` and `FromClosing` answer the same questions, so that a report asks once which of the two it is made of
(`open_source`). They ask figures, quotas, links and closings, and are asked by pages and exports: that is why they
stand in this room.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from operator import or_

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from admissions.choices import Sex
from admissions.models import Dossier
from admissions.models.dossier import DossierQuerySet
from admissions.states import PIPELINE
from branches.models import Organisation
from notation.dates import today
from reports import links, periods
from reports.closing import adjustments, reading
from reports.closing.snapshot import BASES, MEMBERS, QUOTA, YEARS, spans_of_quarter
from reports.figures import figures
from reports.figures.placing import admitted_under
from reports.measures import MEASURES, Measure, parts_of
from reports.models.closing import ClosedAdmission, QuarterClosing, Span
from reports.periods import Period
from reports.quotas import attainment, membership
from reports.unit_group import UnitGroup

PARTS = ("", "-admitted", "-sourceless")
"""What is counted of base organisations; each follows a key of `BASES`."""


@dataclass(frozen=True)
class Live:
    """The figures of a group and a period as the register has them now."""

    group: UnitGroup
    period: Period

    closing = None
    span = Span.QUARTER
    rows_of = Dossier
    name_key = "candidate__sort_key"

    @property
    def counted_by(self) -> str:
        """The date that makes an admission count: "decision" or "ceremony"."""
        return settings.COUNTED_BY

    def year_before(self) -> "Live | None":
        """The column that a report sets beside this one; None for a term, and before the register began.

        A running period is compared with the days elapsed only.
        """
        earlier = figures.same_days_before(self.period)
        return replace(self, period=earlier) if earlier else None

    def so_far(self) -> "Live":
        """The year up to the end of the period; a year or a term stands for itself."""
        return replace(self, period=self.period.year_to_date())

    @cached_property
    def measured(self) -> Counter[str]:
        """{measure key: number} of the whole group."""
        return _sum(figures.count_unit(unit, self.period, MEASURES.values()) for unit in self.group.units)

    @cached_property
    def counts(self) -> Counter[str]:
        """{key: number or None} of the whole group: measures, `YEARS`, and base organisations by `BASES`, `PARTS`."""
        years = self.admissions().aggregate(years=Sum("admitted_age"))["years"] or 0
        counts = _sum([self.measured, self._base_organisations(), {YEARS: years}])
        return _without_old_sources(counts, figures.is_latest(self.period))

    def _base_organisations(self):
        below = reduce(or_, (Q(path__startswith=unit.path) for unit in self.group.units))
        admitted = Q(pk__in=figures.admissions_in(self.period).values("admitted_commune"))
        sourceless = ~Q(pk__in=Dossier.objects.filter(state__in=PIPELINE).values("commune"))
        if self.group.today:
            counted = (figures.count_by_unit(unit, self.period) for unit in self.group.units)
            admitted = Q(pk__in={pk for rows in counted for pk in rows})
        day = today() if self.group.today else self.period.last
        units = Organisation.objects.filter(below).communes().on(day).order_by()
        rows = units.values_list("is_base_branch").annotate(
            all=Count("pk"),
            admitted=Count("pk", filter=admitted),
            sourceless=Count("pk", filter=sourceless),
        )
        return {
            f"{BASES[is_branch]}{part}": number
            for is_branch, *numbers in rows
            for part, number in zip(PARTS, numbers, strict=True)
        }

    def by_unit(
        self, units: Iterable[Organisation], measures: Iterable[Measure]
    ) -> dict[int, dict[str, int]]:
        """{primary key: {measure key: number}} of `units`, which are those of the group or stand under them."""
        counts: dict[int, Counter[str]] = {}
        for unit in self.group.units:
            counts |= figures.count_by_unit(unit, self.period, measures)
        none = dict.fromkeys((measure.key for measure in measures), 0)
        return {unit.pk: counts.get(unit.pk, none) for unit in units}

    def by_name(self, group: str) -> dict[str, tuple[int, int]]:
        """{name: (admitted, women among them)} by ethnic group or religion: `group` is "ethnicity" or "religion"."""
        return _count_by_name(self.admissions(), f"admitted_{group}__name")

    def quotas(self, units: Iterable[Organisation]) -> dict[int, int]:
        """{primary key: heads} that the units have as quota of the period's year, or of the term.

        Of a period that reaches over a year's end it is what was set for exactly its days.
        """
        own = self.period.is_term or self.period.spans_years
        period = self.period if own else self.period.year()
        quotas: dict[int, int] = {}
        if self.group.today:
            found = attainment.targets_of([*self.group.units, *units], [period])
            return {pk: target.number for (pk, _period), target in found.items()}
        for unit in self.group.units:
            targets = attainment.head_quotas(unit, period)
            quotas |= {pk: target.number for pk, target in targets.items()}
        return quotas

    def members(self, units: Iterable[Organisation]) -> dict[int, int]:
        """{primary key: members at the start of the year} of those of `units` that have a count."""
        if self.period.is_term:
            return {}
        return membership.sum_members_at_start([*units], self.period)

    def children(self) -> list[Organisation]:
        """The units directly under the one unit that stood in a column of its table, places first; none under several.

        The columns count this period, the one a year before and the year so far: their rows add up to the total only
        where every unit that ended on the way has its row.
        """
        shown = [self, self.year_before(), self.so_far()]
        return self.children_during(column.period for column in shown if column)

    def children_during(self, wanted: Iterable[Period]) -> list[Organisation]:
        """As `children`, those that stood in one of the periods `wanted`."""
        if self.group.single is None:
            return []
        return _in_tables(attainment.units_shown(self.group.single, wanted))

    def ends(self, units: Iterable[Organisation]) -> dict[int, date]:
        """{primary key: last day} of those of `units` that ended before the period did."""
        ended = (unit for unit in units if unit.ended_before(self.period.last))
        return {unit.pk: unit.valid_to for unit in ended if unit.valid_to}

    def admissions(self) -> DossierQuerySet:
        """The dossiers behind the total."""
        rows = figures.admissions_in(self.period)
        if self.group.single:
            return admitted_under(rows, self.group.single)
        each = (Q(pk__in=admitted_under(rows, unit).values("pk")) for unit in self.group.units)
        return rows.filter(reduce(or_, each))

    def people(self, first: tuple[str, ...] = ()) -> QuerySet[Dossier]:
        """`admissions` by given name with all that a list prints; `first` are columns to order by before it."""
        rows = self.admissions().for_list().order_by(*first, self.name_key, "year", "serial")
        return rows.select_related(
            "admitted_ethnicity",
            "admitted_religion",
            "admitted_branch",
            "admitted_commune",
            "branch",
            "commune",
        )

    def adjustments(self) -> list[dict]:
        """The adjustments of earlier quarters that were recorded during a quarter, as plain data."""
        if not self.period.is_quarter:
            return []
        return [adjustments.as_json(row) for row in adjustments.adjustments_recorded_in(self.period)]

    def url(self, key: str) -> str:
        """The list behind the number of a measure."""
        return links.figure_url(self.group, self.period, key)


@dataclass(frozen=True)
class FromClosing:
    """One of the four columns of a closing, as it was counted that day; the questions are those of `Live`."""

    group: UnitGroup
    closing: QuarterClosing
    span: Span = Span.QUARTER

    rows_of = ClosedAdmission
    name_key = "sort_key"

    @cached_property
    def period(self) -> Period:
        return spans_of_quarter(periods.quarter_period(self.closing.year, self.closing.number))[self.span]

    @property
    def counted_by(self) -> str:
        return self.closing.counted_by

    def year_before(self) -> "FromClosing | None":
        """The column beside this one; None where the register, as known that day, had not begun."""
        begun = self.closing.begun_on
        earlier = self.period.year_before()
        if begun is None or earlier is None or begun > earlier.last:
            return None
        return replace(self, span=Span.BEFORE if self.span == Span.QUARTER else Span.YEAR_BEFORE)

    def so_far(self) -> "FromClosing":
        return replace(self, span=Span.YEAR)

    @cached_property
    def counts(self) -> Counter[str]:
        counts = _sum(reading.closed_counts(self.closing, self.group.units, self.span).values())
        return _without_old_sources(counts, figures.is_latest(self.period, self.closing.day))

    def by_unit(
        self, units: Iterable[Organisation], measures: Iterable[Measure]
    ) -> dict[int, dict[str, int]]:
        counts = reading.closed_counts(self.closing, units, self.span)
        return {
            pk: {measure.key: row.get(measure.key, 0) for measure in measures} for pk, row in counts.items()
        }

    def by_name(self, group: str) -> dict[str, tuple[int, int]]:
        """As `Live.by_name`; a column other than the quarter's own keeps no women."""
        if self.span == Span.QUARTER:
            return _count_by_name(self.admissions(), group)
        counts: Counter[str] = Counter()
        for row in reading.closed_counts(self.closing, self.group.units, self.span).values():
            for key, number in row.items():
                kind, _colon, name = key.partition(":")
                if kind == group and name:
                    counts[name] += number
        return {name: (number, 0) for name, number in counts.items()}

    def quotas(self, units: Iterable[Organisation]) -> dict[int, int]:
        counts = reading.closed_counts(self.closing, units, Span.YEAR)
        return {pk: row[QUOTA] for pk, row in counts.items() if QUOTA in row}

    def members(self, units: Iterable[Organisation]) -> dict[int, int]:
        counts = reading.closed_counts(self.closing, units, Span.YEAR)
        return {pk: row[MEMBERS] for pk, row in counts.items() if MEMBERS in row}

    def children(self) -> list[Organisation]:
        """As `Live.children`, as they were known when the quarter was closed."""
        if self.group.single is None:
            return []
        return _in_tables(reading.units_below(self.closing, self.group.single))

    def ends(self, units: Iterable[Organisation]) -> dict[int, date]:
        """As `Live.ends`, as they were known when the quarter was closed."""
        return reading.closed_ends(self.closing, units)

    def admissions(self) -> QuerySet[ClosedAdmission]:
        """The entries of the quarter."""
        return reading.closed_entries(self.closing, self.group.units)

    def people(self, first: tuple[str, ...] = ()) -> QuerySet[ClosedAdmission]:
        return self.admissions().order_by(*first, self.name_key, "year", "serial")

    def adjustments(self) -> list[dict]:
        """Those that the closing keeps."""
        return self.closing.adjusted

    def url(self, key: str) -> str:
        """The entries; of a longer column the register's list, "" where that is not as long any more."""
        if self.span == Span.QUARTER:
            return links.entries_url(self.group, self.closing, key)
        now = self._register.measured
        same = all(self.counts[part] == now[part] for part in parts_of(key))
        return self._register.url(key) if same else ""

    @cached_property
    def _register(self):
        return Live(self.group, self.period)


Source = Live | FromClosing


def open_source(group: UnitGroup, period: Period) -> Source:
    """The closing of a quarter that is closed, otherwise the register.

    In today's structure it is always the register: a closing keeps the units of its time.
    """
    if group.today:
        return Live(group, period)
    closing = reading.valid_closing(period.first.year, period.number) if period.is_quarter else None
    return FromClosing(group, closing) if closing else Live(group, period)


def _sum(rows):
    """The sum of the counts, every measure among them."""
    total = Counter(dict.fromkeys(MEASURES, 0))
    for row in rows:
        total.update(row)
    return total


def _without_old_sources(counts, latest):
    """`counts`, with None for base organisations without a source where that is not known so far back."""
    if not latest:
        for key in BASES.values():
            counts[f"{key}-sourceless"] = None
    return counts


def _count_by_name(rows, column):
    women = Count("pk", filter=Q(admitted_sex=Sex.FEMALE))
    return {
        name: (admitted, women)
        for name, admitted, women in rows.order_by().values_list(column).annotate(n=Count("pk"), women=women)
    }


def _in_tables(units):
    return sorted(units, key=lambda unit: unit.place_in_tables)
