"""Who helped a person, from when to when, and what they remarked: read from the dossier's events.

A helper is assigned with the listing, by a change or by a move to another branch (docs/domain.md, 2.6). The same name
typed anew on the form is a correction of the name and no new assignment.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from admissions.models import Dossier, Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK, amend_events
from notation.vietnamese import fold

REMARK = "remark_helper"
"""The act by which a helper's remark is recorded."""
ASSIGNING = ("change_helper", "move")
"""The acts that assign another helper."""
READ = ("enter", "arrive", "relist", "edit", *ASSIGNING, REMARK, CORRECT, TAKE_BACK)
"""The events that tell of helpers."""


@dataclass(frozen=True)
class Help:
    """One assignment: who helped, since when, until the day on which another took over, and why that one did."""

    name: str
    since: date
    until: date | None = None
    reason: str = ""

    def includes(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Remark:
    """What a helper remarked, and the number of the event that recorded it."""

    helper: str
    on: date
    text: str
    no: int


def events_of_helping(rows: Iterable[Dossier]) -> dict[int, list[Event]]:
    """{primary key of a dossier: its events that tell of helpers, in order}, one statement for all `rows`."""
    events: dict[int, list[Event]] = defaultdict(list)
    found = Event.objects.filter(dossier__in=[row.pk for row in rows], action__in=READ)
    for event in found.order_by("dossier", "no"):
        events[event.dossier_id].append(event)
    return events


def helpers_over_time(dossier: Dossier, events: Iterable[Event]) -> list[Help]:
    """The assignments of `dossier` in order, the last one open; of its `events` those in `READ` are looked at."""
    recorded = [event for event in events if event.action in READ]
    first = next((event.changes["helper"][0] for event in recorded if event.changes.get("helper")), None)
    again = any(event.action in ("arrive", "relist") for event in recorded)
    begun = recorded[0].on if recorded and again else dossier.listed_on
    helps = [Help(dossier.helper if first is None else first, begun)]
    for event in amend_events(recorded):
        if event.action in ASSIGNING and event.facts.get("helper"):
            helps[-1] = replace(helps[-1], until=event.on)
            helps.append(Help(event.facts["helper"], event.on, reason=event.facts.get("reason", "")))
        elif event.action == "edit" and event.changes.get("helper"):
            helps[-1] = replace(helps[-1], name=event.changes["helper"][1])
    return helps


def helper_on(helps: list[Help], day: date) -> str:
    """Who helped on `day`; before the first assignment the first, for a person listed later on paper than typed."""
    return next((row.name for row in reversed(helps) if row.since <= day), helps[0].name)


def remarks_of(events: Iterable[Event]) -> list[Remark]:
    """The remarks among `events` as they read today, the earliest first."""
    rows = [
        Remark(event.facts.get("helper", ""), event.on, event.facts.get("text", ""), event.no)
        for event in amend_events(events)
        if event.action == REMARK
    ]
    return sorted(rows, key=lambda row: (row.on, row.no))


def former_without_remark(helps: list[Help], remarks: list[Remark]) -> list[Help]:
    """The former helpers who left no remark; one is asked of each (HD 06, 3.10)."""
    said = {fold(row.helper) for row in remarks}
    return [row for row in helps[:-1] if fold(row.name) not in said]
