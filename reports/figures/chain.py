"""Counting the chain: people, working days between steps, and who passed a limit, of a unit and those under it.

The rows of `chain_steps` are gone through once for the whole unit and every unit directly under it.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import F, Q

from admissions.models import Dossier
from admissions.models.dossier import DossierQuerySet
from admissions.rules import deadlines, lateness
from admissions.rules.working_days import Calendar, NoCalendar, load_calendar
from branches.models import Organisation
from branches.today import Heirs, ids_in, is_below
from notation.dates import today
from reports.figures import delays
from reports.figures.chain_steps import EVERYBODY, PEOPLE_OF, STEPS, handled_at, list_chain, took_step
from reports.figures.placing import AT_OR_BELOW_BASE, heirs_for
from reports.periods import Period

LEAST = 5
"""Of fewer people no median is told: it would tell of single ones."""

COLUMNS = (
    "pk",
    "procedure",
    "arrived_on",
    "annulled_on",
    "returns",
    "listed_on",
    "certified_on",
    "vetted_on",
    "branch_resolved_on",
    "base_resolved_on",
    "decided_on",
    "decision_received_on",
    "ceremony_on",
    "probation_ends_on",
    "conversion_resolved_on",
    "conversion_decided_on",
    "decision_extension",
    "conversion_extension",
    "branch_id",
    "commune_id",
    "admitted_branch_id",
    "admitted_commune_id",
)


@dataclass
class Tally:
    """What one step counts at one unit: people, those of rural branches, working days of each, who was too late.

    `late` took the step after its limit; `overdue` have not taken it yet and their limit is over today.
    """

    people: int = 0
    rural: int = 0
    days: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    overdue: list[int] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count the people of another unit too."""
        self.people += other.people
        self.rural += other.rural
        self.days += other.days
        self.late += other.late
        self.overdue += other.overdue

    @property
    def passed(self) -> list[int]:
        """Everybody who passed the limit: too late, or still waiting."""
        return self.late + self.overdue

    @property
    def median(self) -> int | None:
        return share_done(self.days, 0.5)

    @property
    def most(self) -> int | None:
        """Within how many working days nine of ten took the step."""
        return share_done(self.days, 0.9)


def share_done(days: Sequence[int], share: float) -> int | None:
    """The fewest working days within which `share` of them were done; None of fewer than `LEAST`."""
    if len(days) < LEAST:
        return None
    return sorted(days)[math.ceil(share * len(days)) - 1]


Counts = dict[str, Tally]
"""{step key: `Tally`}."""


@dataclass
class Chain:
    """The counts of a unit and of each unit directly under it, by primary key.

    `limits` are the lengths of the limits that were applied, by step. `returned` and `straight` are the working days
    up to the decision with and without a return; `uncounted` how many times lack a calendar.
    """

    whole: Counts
    parts: dict[int, Counts]
    limits: dict[str, set[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(set))
    returned: list[int] = field(default_factory=list)
    straight: list[int] = field(default_factory=list)
    uncounted: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """One step that somebody took: where, within how many working days, by which limits, and what is known of them.

    `days` is None where the step before was taken later or is missing, and where a calendar is (`uncounted`). `facts`
    are some of `PEOPLE_OF`; `on` is the day of the step, `returned` whether the dossier ever came back.
    """

    step: str
    dossier: int
    branch: int
    commune: int
    on: date
    facts: dict[str, Any]
    days: int | None = None
    uncounted: bool = False
    late: bool = False
    limit: tuple[int, ...] = ()
    returned: bool = False


def none_taken() -> Counts:
    """The counts of a unit where nobody took any step."""
    return {step.key: Tally() for step in STEPS}


def read_chain(
    unit: Organisation, period: Period, condition: Q = EVERYBODY, *, cohort: bool = False
) -> Chain:
    """The `Chain` of a unit; a fixed number of statements whatever its size.

    Where the period reaches today, whose limit is over without the step counts among those too late.
    """
    clock = WorkingDays(load_calendar())
    rows = list_chain(unit, period, condition, cohort=cohort)
    chain, child_of = tally_steps(unit, read_taken(rows, period, clock, cohort=cohort))
    if period.includes(today()) or cohort:
        for step, row in _overdue(unit, condition, period if cohort else None, clock.calendar):
            for counts in _counts_of(chain, child_of, row.branch_id, row.commune_id):
                counts[step].overdue.append(row.pk)
    return chain


def read_taken(
    rows: DossierQuerySet,
    period: Period,
    clock: "WorkingDays",
    *,
    cohort: bool = False,
    facts_told: Iterable[str] = ("admitted_rural",),
) -> Iterator[Taken]:
    """Every step that the dossiers `rows` of `list_chain` took in `period`, in one statement; `facts_told` are those of
    `PEOPLE_OF` that are asked for."""
    facts_told = tuple(facts_told)
    people = {f"of_{name}": F(PEOPLE_OF[name]) for name in facts_told}
    columns = (*COLUMNS, *facts_told)
    for row in rows.annotate(**people).values_list(*columns, *people, named=True).iterator(chunk_size=5000):
        stands = row.decided_on is not None and row.annulled_on is None
        facts = {name: getattr(row, name if stands else f"of_{name}") for name in facts_told}
        for step in STEPS:
            if took_step(row, step, period, cohort):
                yield _taken(row, step, stands, facts, clock)


def read_places(dossiers: Collection[int]) -> dict[int, tuple[int, dict[str, Any]]]:
    """{primary key: (its branch, the facts of `PEOPLE_OF`)} of dossiers, as the chain counts them."""
    people = {f"of_{name}": F(column) for name, column in PEOPLE_OF.items()}
    rows = Dossier.objects.filter(pk__in=dossiers).annotate(**people).order_by()
    columns = ("pk", "decided_on", "annulled_on", "branch_id", "admitted_branch_id", *PEOPLE_OF, *people)
    found = {}
    for row in rows.values_list(*columns, named=True):
        stands = row.decided_on is not None and row.annulled_on is None
        facts = {name: getattr(row, name if stands else f"of_{name}") for name in PEOPLE_OF}
        found[row.pk] = (row.admitted_branch_id if stands else row.branch_id, facts)
    return found


def _taken(row, step, stands, facts, clock):
    start, day, timed = step.start and getattr(row, step.start), getattr(row, step.day), False
    days, lengths, late = None, (), False
    # Whoever took the later step first did not wait for it.
    if start and start <= day:
        days, timed = clock.between(start, day), True
    if step.limited:
        lengths, late = delays.limits_passed(row, step.limited, clock.calendar)
    return Taken(
        step=step.key,
        dossier=row.pk,
        branch=row.admitted_branch_id if stands else row.branch_id,
        commune=row.admitted_commune_id if stands else row.commune_id,
        on=day,
        facts=facts,
        days=days,
        uncounted=timed and days is None,
        late=late,
        limit=lengths,
        returned=bool(row.returns),
    )


def tally_steps(unit: Organisation, taken: Iterable[Taken]) -> tuple[Chain, dict[int, tuple[int, ...]]]:
    """(the `Chain` of the steps `taken` at `unit`, {place below it: the units directly under it})."""
    chain, child_of = Chain(none_taken(), {}), _children(unit)
    for one in taken:
        chain.uncounted += one.uncounted
        if one.limit:
            chain.limits[one.step].add(one.limit)
        for counts in _counts_of(chain, child_of, one.branch, one.commune):
            _add(counts[one.step], one)
        if one.step == "decided" and one.days is not None:
            (chain.returned if one.returned else chain.straight).append(one.days)
    return chain, child_of


def _counts_of(chain, child_of, branch, commune):
    children = child_of.get(branch) or child_of.get(commune) or ()
    return [chain.whole, *(chain.parts.setdefault(child, none_taken()) for child in children)]


def _add(tally, one):
    tally.people += 1
    tally.rural += bool(one.facts["admitted_rural"])
    if one.days is not None:
        tally.days.append(one.days)
    if one.late:
        tally.late.append(one.dossier)


def _overdue(unit, condition, listed_in, calendar):
    """(step, row) of every dossier that waits for a step whose limit is over."""
    rows = handled_at(unit, condition, listed_in).filter(state__in=deadlines.RUNNING)
    for row in rows.values_list(*COLUMNS, "state", named=True).iterator(chunk_size=5000):
        key, day = deadlines.RUNNING[row.state], today()
        if lateness.passed_limit(row, key, day, calendar):
            yield STEP_OF_LIMIT[key], row


STEP_OF_LIMIT = {key: step.key for step in STEPS for key in step.limited}
"""{key of a clock: the step that it limits}."""


class WorkingDays:
    """Working days between two days, each pair asked of the calendar once; None where a year is not entered."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.between = cache(self._between)

    def _between(self, start: date, day: date) -> int | None:
        try:
            return self.calendar.between(start, day)
        except NoCalendar:
            return None


def _children(unit) -> dict[int, tuple[int, ...]]:
    """{primary key of a place below `unit`: those of the units directly under it that it counts in}.

    It is one unit, but for what a split of today's structure shares; empty for a branch.
    """
    if unit.is_branch:
        return {}
    depth, heirs = len(unit.ancestor_ids()), heirs_for(unit) or Heirs()
    below = Organisation.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk).order_by()
    above_base = unit.tier not in AT_OR_BELOW_BASE
    rows = dict((below.communes() if above_base else below).values_list("pk", "path"))
    places = {pk: heirs.places_of(pk, path) for pk, path in rows.items()}
    places |= {pk: heirs.places[pk] for pk in heirs.bases}
    places |= heirs.whole if above_base else {}
    return {
        pk: tuple(sorted({ids_in(path)[depth] for path in paths if is_below(path, unit.path)}))
        for pk, paths in places.items()
    }
