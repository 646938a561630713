"""Every figure a second time, by another way: from the events and the tree, in Python.

Who was admitted, when, and whose decision was annulled is read from the append-only events; the branch from the
moves among them; whether it is rural, and all units above it, from the tree. Sex, age, occupation and the rest are
worked out from the person's own record wherever nobody has corrected it since the decision, and otherwise taken as
the act of admission froze them. Neither the conditions of the measures in `RULED` nor the queries of `figures` are
used; what they say is then compared, cell by cell: every unit × measure × year, quarter and month.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise

from admissions.choices import AcademicTitle, Education, Occupation, Qualification
from admissions.models import AdmissionFacts, Dossier, Event
from admissions.rules.as_corrected import CORRECT
from admissions.rules.unit_of_day import SUCCEED
from admissions.workflow.counted_facts import COUNTED
from branches.models import Organisation, Tier
from notation.dates import add_months, now
from reports import periods
from reports.figures import figures
from reports.figures.recorded_events import DAYS, as_corrected, find_broken_events, read_events
from reports.measures import MEASURES, meets_condition
from reports.periods import Period

COUNTS = {"decision": "decide", "ceremony": "ceremony"}
"""The act whose day counts, by the setting COUNTED_BY."""

FLAGS = {
    "admitted_rural": "rural",
    "admitted_minority": "minority",
    "admitted_religious": "religious",
    "admitted_youth": "youth",
    "admitted_owner": "owner",
    "admitted_policy_breach": "policy",
    "admitted_foreign_spouse": "foreign_spouse",
    "admitted_again": "again",
    "admitted_demobilised": "demobilised",
}
"""{column: the measure that counts those of whom it is true}."""
CLASSES = {
    "admitted_occupation": ("occupation", Occupation),
    "admitted_education": ("education", Education),
    "admitted_qualification": ("qualification", Qualification),
}
"""{column: (the partition, its choices)}."""
FIELDS = {column: name for name, fact in COUNTED.items() for column in fact.frozen}
"""{frozen column: the field that it is read from}."""


@dataclass(frozen=True)
class Wrong:
    """A column of a dossier that stands otherwise than the events, the tree and the person's record say."""

    number: str
    url: str
    fact: str
    stands: object
    should: object


@dataclass(frozen=True)
class Cell:
    """A figure that comes out otherwise the second time, and the dossiers that only one of the two ways counts."""

    unit: Organisation
    period: Period
    measure: str
    figure: int
    recount: int
    dossiers: tuple

    @property
    def label(self) -> str | Promise:
        return MEASURES[self.measure].label if self.measure in MEASURES else self.measure


@dataclass
class Result:
    """What a check found; `trusted` admissions had a branch that no event names and that was taken as frozen."""

    at: datetime
    admissions: int = 0
    cells: int = 0
    trusted: int = 0
    wrong: list = field(default_factory=list)
    differ: list = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.wrong and not self.differ


@dataclass
class Case:
    """One dossier with the events that matter: what should stand in it, by name of column.

    `edited` are the fields of the person that were typed anew after the decision: they may have changed since.
    """

    dossier: Dossier
    events: list
    edited: set[str]
    units: dict

    def last(self, action: str) -> dict[str, Any] | None:
        return next((event for event in reversed(self.events) if event["action"] == action), None)

    def on(self, action: str) -> date | None:
        event = self.last(action)
        return event["on"] if event else None

    @cached_property
    def decision(self) -> dict[str, Any]:
        """The event of the decision, which everyone admitted has."""
        return [event for event in self.events if event["action"] == "decide"][-1]

    @cached_property
    def branch(self) -> tuple[int | None, bool]:
        """(primary key of the branch on the day of the decision, whether it had to be taken as frozen)."""
        if (said := self.branch_from_start()) is not None:
            return said, False
        no, on = self.decision["no"], self.decision["on"]
        moves = [event for event in self.events if event["action"] in ("move", SUCCEED)]
        # A succession of a later day comes after the decision, whenever either was recorded.
        later = [move for move in moves if move["no"] > no or (move["action"] == SUCCEED and move["on"] > on)]
        if later and later[0]["action"] == SUCCEED:
            return later[0]["facts"]["before"]["id"], False
        placed = [
            event
            for event in self.events
            if event["no"] < no and (event in moves or "branch" in (event["facts"].get("fields") or ()))
        ]
        if placed and placed[-1] in moves:
            return placed[-1]["facts"]["branch"]["id"], False
        if later:
            return self.dossier.admitted_branch_id, True
        return self.dossier.branch_id, False

    def branch_from_start(self) -> int | None:
        """The branch that a correction says was meant from the start, where no move came before the decision."""
        said = [
            event
            for event in self.events
            if event["action"] == CORRECT and "branch" in event["facts"]["fields"]
        ]
        moved = any(event["action"] == "move" and event["no"] < self.decision["no"] for event in self.events)
        return said[-1]["facts"]["fields"]["branch"][1]["id"] if said and not moved else None

    def facts(self) -> dict[str, Any]:
        """{column: value} that the act of admission must have frozen."""
        unit = self.units.get(self.branch[0])
        if unit is None:
            return {"admitted_branch_id": self.branch[0]}
        above = [self.units[pk] for pk in unit.ancestor_ids() if pk in self.units]
        commune = next((row.pk for row in above if row.tier == Tier.BASE), None)
        place = {"admitted_branch_id": unit.pk, "admitted_commune_id": commune, "admitted_rural": unit.rural}
        return place | {
            column: value for column, value in self.person().items() if FIELDS[column] not in self.edited
        }

    def person(self) -> dict[str, Any]:
        """Of the facts those that the person's own record says."""
        person, day = self.dossier.candidate, self.decision["on"]
        return {
            "admitted_born_on": person.born_on,
            "admitted_ethnicity_id": person.ethnicity_id,
            "admitted_religion_id": person.religion_id,
            "admitted_sex": person.sex,
            "admitted_age": day.year - person.born_on.year - (f"{day:%m%d}" < f"{person.born_on:%m%d}"),
            "admitted_minority": person.ethnicity.minority,
            "admitted_religious": person.religion.follower,
            "admitted_youth": person.in_youth_union,
            "admitted_owner": person.business_owner,
            "admitted_policy_breach": person.family_policy_breach,
            "admitted_foreign_spouse": person.foreign_spouse,
            "admitted_again": self.dossier.readmission,
            "admitted_occupation": person.occupation,
            "admitted_education": person.education,
            "admitted_qualification": person.qualification,
            "admitted_title": person.academic_title,
        } | self.later()

    def later(self) -> dict[str, Any]:
        """Of the facts of `LATER` those that were kept already when this dossier was decided."""
        known = {"admitted_demobilised": self.dossier.candidate.demobilised}
        return {column: value for column, value in known.items() if getattr(self.dossier, column) is not None}

    def wrong(self) -> Iterator[Wrong]:
        """Every `Wrong` of this dossier."""
        should = {column: self.on(action) for column, action in DAYS.items()}
        if self.last("decide"):
            should |= self.facts()
        for column, value in should.items():
            stands = getattr(self.dossier, column)
            if stands != value:
                yield Wrong(self.dossier.number, self.dossier.get_absolute_url(), column, stands, value)

    def keys(self) -> set[str]:
        """The keys of the measures that this admission counts in."""
        frozen = {
            field.attname: getattr(self.dossier, field.attname) for field in AdmissionFacts._meta.local_fields
        }
        facts = frozen | self.facts()
        keys = {"admitted", f"age-{age_band(facts['admitted_age'])}"}
        keys |= {measure for column, measure in FLAGS.items() if facts[column]}
        keys |= {"women"} if facts["admitted_sex"] == "female" else set()
        title = facts["admitted_title"]
        keys |= {f"title-{title}"} if title not in ("none", None) else set()
        for column, (partition, choices) in CLASSES.items():
            value = facts[column] if facts[column] in choices.values else "unknown"
            keys.add(f"{partition}-{value}")
        others = MEASURES.keys() - RULED
        return keys | {key for key in others if meets_condition(MEASURES[key].condition, facts)}


def age_band(age: int | None) -> str:
    """The band of Biểu 2-BTCTW that an age falls in, as measures name it."""
    if age is None or age < 18:
        return "unknown"
    if age > 60:
        return "over-60"
    if age <= 30:
        return "18-30"
    low = 31 + (age - 31) // 5 * 5
    return f"{low}-{low + 4}"


RULED = {
    "admitted",
    "women",
    *FLAGS.values(),
    *(f"title-{value}" for value in AcademicTitle.values if value != AcademicTitle.NONE),
    *(f"age-{age_band(age)}" for age in (None, *range(18, 62))),
    *(f"{name}-{value}" for name, choices in CLASSES.values() for value in (*choices.values, "unknown")),
}
"""The measures that are worked out here by a rule of their own; of others the condition is met by the second facts."""


# From the events


def recount_cases(root: Organisation, period: Period | None = None) -> Iterator[Case]:
    """A `Case` for each dossier that an event or the register says was ever admitted by `root`, or in `period`."""
    inside = Q(branch__path__startswith=root.path) | Q(admitted_branch__path__startswith=root.path)
    told, stands = Event.objects.filter(action="decide"), Q(decided_on__isnull=False)
    if period is not None:
        days = (period.first, period.last)
        told = Event.objects.filter(action=COUNTS[settings.COUNTED_BY], on__range=days)
        stands &= Q(**{f"{figures.counted_on()}__range": days})
    dossiers = Dossier.objects.filter(inside, Q(pk__in=told.values("dossier")) | stands)
    events, written = read_events(dossiers)
    units = {unit.pk: unit for unit in Organisation.objects.all()}
    rows = dossiers.select_related("candidate__ethnicity", "candidate__religion")
    for dossier in rows.order_by("year", "serial"):
        mine = as_corrected(events[dossier.pk])
        decided = next((event for event in reversed(mine) if event["action"] == "decide"), None)
        later = (
            fields
            for pk, no, at, fields in written[dossier.candidate_id]
            if decided and (no > decided["no"] if pk == dossier.pk else at >= decided["at"])
        )
        yield Case(dossier, mine, set().union(*later), units)


# Compared


def recount_figures(root: Organisation, year: int | None = None) -> Result:
    """The `Result` of recounting every figure of `root` and below, of all years with one or of `year` only."""
    result = Result(now())
    for row in find_broken_events(root):
        where = row.dossier.number, row.dossier.get_absolute_url()
        result.wrong.append(Wrong(*where, f"event {row.no}", row.from_state, row.ended))
    recount = _recounted(result, root)
    units = {unit.pk: unit for unit in Organisation.objects.under(root)}
    for number in [year] if year else recount.years():
        for period in spans_of_year(number):
            counts = figures.count_by_unit(root, period, MEASURES.values())
            _compare(result, recount, period, counts, units)
    return result


def check_period(root: Organisation, period: Period, counts: dict[int, Counter[str]]) -> Result:
    """The `Result` of recounting the figures of `period` alone, `counts`, as `figures.count_by_unit` gives them."""
    result = Result(now())
    recount = _recounted(result, root, period)
    _compare(result, recount, period, counts, {unit.pk: unit for unit in Organisation.objects.under(root)})
    return result


def _recounted(result, root, period=None):
    recount = Recount(root)
    for case in recount_cases(root, period):
        result.wrong += case.wrong()
        decided = case.last("decide")
        day = case.on(COUNTS[settings.COUNTED_BY])
        if decided and day and not case.last("annul"):
            result.trusted += case.branch[1]
            recount.add(case, day)
    result.admissions = len(recount.rows)
    return recount


def spans_of_year(number: int) -> list[Period]:
    """The year, its quarters and its months."""
    year = periods.year_period(number)
    months = [add_months(year.first, n) for n in range(13)]
    return [
        year,
        *year.quarters(),
        *(periods.any_days(first, add_months(first, 1) - timedelta(days=1)) for first in months[:12]),
    ]


class Recount:
    """The admissions of a root by the second way: (day, path of the branch, keys, dossier)."""

    def __init__(self, root: Organisation) -> None:
        self.root = root
        self.rows: list[tuple[date, str, set[str], Dossier]] = []

    def add(self, case: Case, day: date) -> None:
        unit = case.units.get(case.branch[0])
        if unit and unit.path.startswith(self.root.path):
            self.rows.append((day, unit.path, case.keys(), case.dossier))

    def years(self) -> list[int]:
        """Every year in which either way counts anyone."""
        first, last = figures.years_of(self.root)
        mine = {day.year for day, *_rest in self.rows}
        return sorted(mine | set(range(first, last + 1)))

    def numbers(self, period: Period) -> Counter[tuple[int, str]]:
        """{(unit, measure): number} of `period`."""
        counts: Counter[tuple[int, str]] = Counter()
        for day, path, keys, _dossier in self.rows:
            if period.first <= day <= period.last:
                counts.update((int(pk), key) for pk in path.split("/") if pk for key in keys)
        return counts

    def dossiers(self, unit: Organisation, period: Period, measure: str) -> dict[int, str]:
        """{primary key: number} of those that the second way counts in a cell."""
        return {
            dossier.pk: dossier.number
            for day, path, keys, dossier in self.rows
            if period.first <= day <= period.last and path.startswith(unit.path) and measure in keys
        }


def _compare(result, recount, period, counts, units):
    """Add to `result` every cell of `period` in which the two ways differ; `counts` as in `check_period`."""
    theirs = {(pk, key): n for pk, row in counts.items() for key, n in row.items() if n}
    mine = recount.numbers(period)
    result.cells += len(units) * len(MEASURES)
    for pk, key in sorted({*theirs, *mine}):
        if pk in units and theirs.get((pk, key), 0) != mine[pk, key]:
            names = _only_one(recount, units[pk], period, key)
            result.differ.append(Cell(units[pk], period, key, theirs.get((pk, key), 0), mine[pk, key], names))


def _only_one(recount, unit, period, key):
    """The numbers of the dossiers that only one of the two ways counts."""
    mine = recount.dossiers(unit, period, key)
    rows = figures.list_figure(unit, period, MEASURES[key]) if key in MEASURES else Dossier.objects.none()
    theirs = {row.pk: row.number for row in rows}
    return tuple(sorted((mine | theirs)[pk] for pk in mine.keys() ^ theirs.keys()))


def as_json(result: Result) -> dict[str, Any]:
    """A result as plain data, the keys of `manage.py check_figures --json`."""
    return {
        "at": result.at.isoformat(),
        "cells": result.cells,
        "admissions": result.admissions,
        "branches_taken_as_frozen": result.trusted,
        "facts": [
            {"dossier": row.number, "fact": row.fact, "stands": str(row.stands), "should": str(row.should)}
            for row in result.wrong
        ],
        "cells_that_differ": [
            {
                "unit": cell.unit.code,
                "period": cell.period.code,
                "measure": cell.measure,
                "figure": cell.figure,
                "recount": cell.recount,
                "dossiers": list(cell.dossiers),
            }
            for cell in result.differ
        ],
    }
