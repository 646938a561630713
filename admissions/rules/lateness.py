"""Whether a step was taken after a limit that the law sets for it, and where a dossier lay meanwhile.

It works on a dossier and on a row with the columns of one.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from admissions import procedure
from admissions.models import Event
from admissions.procedure import NoProcedure, Version
from admissions.procedure.spec import Clock
from admissions.rules.deadlines import days_in, extension_of, reckon_deadline
from admissions.rules.working_days import Calendar
from admissions.states import State

MET_BY = {
    "decision": "decided_on",
    "ceremony": "ceremony_on",
    "conversion_review": "conversion_resolved_on",
    "conversion_decision": "conversion_decided_on",
}
"""The column of the day that meets each clock."""


def version_binding(row: Any) -> Version | None:
    """The version that binds a dossier, else the one in force when its branch resolved; None where there is none."""
    try:
        if row.procedure:
            return procedure.get_version(row.procedure)
        return procedure.version_in_force(row.branch_resolved_on or row.decided_on or row.listed_on)
    except NoProcedure:
        return None


def clock_of(row: Any, key: str) -> Clock | None:
    """The clock `key` as it runs for a dossier; whoever arrived is decided on by the clock of transfers, if any."""
    version = version_binding(row)
    if version is None:
        return None
    if key == "decision" and row.arrived_on and version.has_clock("transfer_decision"):
        key = "transfer_decision"
    return version.clock(key) if version.has_clock(key) else None


def passed_limit(row: Any, key: str, day: date | None, calendar: Calendar, pauses: tuple = ()) -> bool:
    """Whether `day` lies after the limit of the clock `key`; not where nothing can be reckoned."""
    clock = clock_of(row, key)
    start = getattr(row, clock.anchor) if clock else None
    if clock is None or start is None or day is None:
        return False
    if clock.unit == "working_days" and (day - start).days <= clock.length:
        return False  # no calendar has more working days than days
    extension = extension_of(row, clock)
    due = reckon_deadline(clock, start, calendar, day, extension=extension, pauses=pauses).due
    return due is not None and day > due


WHERE: Mapping[str, tuple[State, ...]] = {
    "returned": (State.RETURNED, State.RESENT),
    "held": (State.HELD,),
    "standing": (State.ASKED, State.AWAITING),
    "base": (State.RESOLVED, State.PROPOSED),
    "appraisal": (State.APPRAISAL,),
}
"""Where a dossier may lie between the branch's resolution and the decision; of equal times the first one counts."""


def longest_stay(events: Iterable[Event], calendar: Calendar, until: date) -> str:
    """The key of `WHERE` at which a dossier lay for the most working days up to `until`; "" for none.

    `events` are those of the dossier in order; they are read as corrected. Raises `NoCalendar`.
    """
    events = list(events)
    stays = {key: days_in(events, states, calendar, until) for key, states in WHERE.items()}
    longest = max(stays, key=lambda key: stays[key])
    return longest if stays[longest] else ""
