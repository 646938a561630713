"""Reads what closings kept of the year: the same numbers, people and lists that the register gave on that day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from admissions.choices import IntroducedBy
from admissions.sources import listing
from branches.models import Organisation
from branches.models import within_scope as inside
from notation.births import Birth
from reports import periods
from reports.closing import reading
from reports.figures import chain, delays, part_two
from reports.figures.chain import Chain, Taken
from reports.measures import meets_condition
from reports.models import ClosedLine, QuarterClosing
from reports.models.closing import Span
from reports.periods import Period
from reports.quotas.behind import Aim, Reckoning, count_people, list_branches

Kind = ClosedLine.Kind
ANYBODY = Q()


def closing_with_year(period: Period) -> QuarterClosing | None:
    """The valid closing of a quarter, where it kept the year; None while the quarter is open, or closed before this
    was kept."""
    if not period.is_quarter:
        return None
    rows = QuarterClosing.objects.valid().filter(year_kept__isnull=False)
    return rows.of_quarter(period.first.year, period.number).first()


def closing_ending_on(day: date) -> QuarterClosing | None:
    """The valid closing of the quarter that ends with `day`, whatever it kept."""
    quarter = periods.quarter_of_day(day)
    return reading.valid_closing(day.year, quarter.number) if day == quarter.last else None


def keeps_year(closing: QuarterClosing | None) -> bool:
    """Whether a closing kept the year."""
    return closing is not None and hasattr(closing, "year_kept")


def kept_lines(
    closing: QuarterClosing, kinds: Iterable[str], units: Iterable[Organisation]
) -> QuerySet[ClosedLine]:
    """The lines of some kinds under `units`."""
    rows = ClosedLine.objects.filter(closing=closing, kind__in=list(kinds))
    return rows.filter(inside([unit.path for unit in units], "unit__")).order_by("pk")


# The chain


def closed_chain(closing: QuarterClosing, unit: Organisation, measure: Q = ANYBODY) -> Chain:
    """The `Chain` of a unit as it was closed, of those in whom `measure` holds."""
    return chain.tally_steps(unit, _taken(closing, unit, measure))[0]


def _taken(closing, unit, measure) -> Iterator[Taken]:
    columns = ("key", "dossier_id", "unit_id", "facts")
    rows = kept_lines(closing, [Kind.STEP], [unit]).order_by().values_list(*columns)
    for step, dossier, branch, facts in rows.iterator(chunk_size=5000):
        if meets_condition(measure, facts["of"]):
            yield Taken(
                step=step,
                dossier=dossier,
                branch=branch,
                commune=facts["commune"],
                on=date.fromisoformat(facts["on"]),
                facts=facts["of"],
                days=facts.get("days"),
                uncounted=facts.get("uncounted", False),
                late=facts.get("late", False),
                limit=tuple(facts.get("limit", ())),
                returned=facts.get("returned", False),
            )


def kept_step_lines(
    closing: QuarterClosing, unit: Organisation, step: str, measure: Q = ANYBODY, *, late: str | None = None
) -> list[ClosedLine]:
    """The lines behind a number of a step; of those too late alone with `late`, for that reason unless it is ""."""
    rows = kept_lines(closing, [Kind.STEP], [unit]).filter(key=step)
    return [
        row
        for row in rows.select_related("dossier", "unit__parent")
        if meets_condition(measure, row.facts["of"])
        and (late is None or (row.facts.get("late") and late in ("", row.facts.get("reason", ""))))
    ]


def closed_delays(closing: QuarterClosing, unit: Organisation, measure: Q = ANYBODY) -> dict[str, list[int]]:
    """As `delays.delay_reasons`, of the decisions of the closed quarter."""
    found: dict[str, list[int]] = {}
    for row in kept_step_lines(closing, unit, "decided", measure, late=""):
        found.setdefault(row.facts["reason"], []).append(row.person.pk)
    return delays.most_first(found)


def kept_return_lines(
    closing: QuarterClosing, unit: Organisation, measure: Q = ANYBODY, *, reason: str = ""
) -> list[ClosedLine]:
    """A line for each return, for `reason` alone where it is given."""
    rows = kept_lines(closing, [Kind.RETURN], [unit])
    rows = rows.filter(key=reason) if reason else rows
    rows = rows.select_related("dossier", "unit__parent")
    return [row for row in rows if meets_condition(measure, row.facts["of"])]


def closed_returns(closing: QuarterClosing, unit: Organisation, measure: Q = ANYBODY) -> delays.Returns:
    """As `delays.read_returns`, of the closed quarter."""
    found: dict[str, list[int]] = {}
    for row in kept_return_lines(closing, unit, measure):
        found.setdefault(row.key, []).append(row.person.pk)
    return delays.Returns(delays.most_first(found))


# The form


def closed_part_two(closing: QuarterClosing, unit: Organisation, span: Span = Span.QUARTER) -> Counter[str]:
    """{key of a row: number} of part II: of the quarter, or of the same one a year before."""
    kinds = [Kind.BEFORE] if span == Span.BEFORE else [Kind.STEP, Kind.PART]
    rows = kept_lines(closing, kinds, [unit]).filter(key__in=part_two.ROWS)
    sums: dict[str, int] = dict(rows.order_by().values_list("key").annotate(n=Sum("number")))
    return Counter(sums)


# The lists


@dataclass(frozen=True)
class ClosedSource:
    """Somebody on a source list at the end of a closed quarter, as the list showed them."""

    line: ClosedLine
    branch: Organisation

    @property
    def under_way(self) -> bool:
        return self.line.key == "under_way"

    @property
    def name(self) -> str:
        return self.line.facts["name"]

    @property
    def birth(self) -> Birth:
        born_on, precision = self.line.facts["born"]
        return Birth(date.fromisoformat(born_on), precision)

    @property
    def sex(self) -> str:
        return self.line.facts["sex"]

    @property
    def listed_on(self) -> date:
        return date.fromisoformat(self.line.facts["listed"])

    @property
    def introduced_by(self) -> str:
        """Who brought the person: a value of `IntroducedBy`, "" where it was not asked for."""
        return self.line.facts["by"]

    @property
    def introduced_in_words(self) -> str:
        return str(dict(IntroducedBy.choices).get(self.introduced_by, ""))

    @property
    def groups(self) -> dict[int, str]:
        """{primary key of a group: its name that day}."""
        return dict(self.line.facts["groups"])

    @property
    def course(self) -> tuple[str, str]:
        """(key of `listing.Course`, its words)."""
        key, words = self.line.facts["course"]
        return key, words

    @property
    def helper(self) -> str:
        return self.line.facts["helper"]


def closed_sources(closing: QuarterClosing, units: Iterable[Organisation]) -> list[ClosedSource]:
    """Everybody on the lists of `units` at the end of the quarter, by base organisation, branch and name."""
    rows = kept_lines(closing, [Kind.SOURCE], units).select_related("dossier", "unit__parent")
    people = [ClosedSource(row, row.unit) for row in rows]
    return sorted(people, key=_place_of)


def _place_of(person):
    base = person.branch.base_organisation
    branch = person.branch
    return (
        base.sort_key,
        base.pk,
        branch.sort_key,
        branch.pk,
        person.line.facts["sort"],
        person.line.dossier_id,
    )


def closed_reckoning(
    closing: QuarterClosing, unit: Organisation, people: list[ClosedSource], below: list[Organisation]
) -> Reckoning:
    """What stood behind each quota of `unit` and the units `below` it when the quarter was closed."""
    day = periods.quarter_period(closing.year, closing.number).last
    branches = list_branches(unit, day, (person.branch for person in people))
    certified = (listing.CERTIFIED, listing.EXPIRING)
    counted = count_people((one.branch, one.line.key, one.course[0] in certified) for one in people)
    units = {row.pk: row for row in (unit, *below, *branches)}
    numbers = reading.closed_counts(closing, units.values(), Span.YEAR)
    aims = kept_lines(closing, [Kind.AIM], [unit]).values_list("unit", "number", "key")
    return Reckoning(
        day,
        branches,
        counted,
        {pk: Counter({key: row.get(key, 0) for key in ("admitted", "rural")}) for pk, row in numbers.items()},
        {pk: Aim(number, basis) for pk, number, basis in aims},
    )


# What apps above this one keep


def count_by_key(closing: QuarterClosing, unit: Organisation, kind: str) -> dict[str, int]:
    """{key: in how many units under `unit`} of the lines of a kind."""
    rows = kept_lines(closing, [kind], [unit]).order_by().values_list("key", "unit").distinct()
    return dict(Counter(key for key, _unit in rows))
