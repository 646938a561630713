"""Counting the chain: people, working days between steps, and who passed a limit, of a unit and those under it.

The rows of `chain_steps` are gone through once for the whole unit and every unit directly under it.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import Q

from admissions.rules.working_days import Calendar, NoCalendar, load_calendar
from branches.models import Organisation
from branches.today import Heirs, ids_in, is_below
from reports.figures import delays
from reports.figures.chain_steps import EVERYBODY, STEPS, list_chain, took_step
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
    "admitted_rural",
    "branch__rural",
)


@dataclass
class Tally:
    """What one step counts at one unit: people, those of rural branches, working days of each, who was too late."""

    people: int = 0
    rural: int = 0
    days: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count the people of another unit too."""
        self.people += other.people
        self.rural += other.rural
        self.days += other.days
        self.late += other.late

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


def _none():
    return {step.key: Tally() for step in STEPS}


def read_chain(
    unit: Organisation, period: Period, condition: Q = EVERYBODY, *, cohort: bool = False
) -> Chain:
    """The `Chain` of a unit; two statements whatever its size, beside the calendar."""
    rows = list_chain(unit, period, condition, cohort=cohort).values_list(*COLUMNS, named=True)
    chain, child_of, clock = Chain(_none(), {}), _children(unit), WorkingDays(load_calendar())
    for row in rows.iterator(chunk_size=5000):
        counted = row.decided_on is not None and row.annulled_on is None
        branch, commune, rural = (
            (row.admitted_branch_id, row.admitted_commune_id, row.admitted_rural)
            if counted
            else (row.branch_id, row.commune_id, row.branch__rural)
        )
        children = child_of.get(branch) or child_of.get(commune) or ()
        counts = [chain.whole, *(chain.parts.setdefault(child, _none()) for child in children)]
        for step in STEPS:
            if took_step(row, step, period, cohort):
                _add(chain, counts, row, step, rural, clock)
    return chain


def _add(chain, counts, row, step, rural, clock):
    days, late = None, False
    start, day = step.start and getattr(row, step.start), getattr(row, step.day)
    # Whoever took the later step first did not wait for it.
    if start and start <= day:
        days = clock.between(start, day)
        chain.uncounted += days is None
    if step.limited:
        lengths, late = delays.limits_passed(row, step.limited, clock.calendar)
        if lengths:
            chain.limits[step.key].add(lengths)
    for count in (counts[step.key] for counts in counts):
        count.people += 1
        count.rural += bool(rural)
        if days is not None:
            count.days.append(days)
        if late:
            count.late.append(row.pk)
    if step.key == "decided" and days is not None:
        (chain.returned if row.returns else chain.straight).append(days)


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
