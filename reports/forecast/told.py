"""What events tell a forecast, with the corrections made since: changes of state, and the days of one act.

Most dossiers were never corrected and are read in one statement; the few others are put right one by one.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, groupby
from typing import Any

from django.db.models import F, Q

from admissions.models import Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK, amend_events

Change = tuple[int, str, str, date]
"""(dossier, action, state, day)."""


def changes_of_state(last: date, among: Q) -> Iterable[Change]:
    """The changes of state up to `last` of those events that `among` holds, in order for each dossier."""
    rows = Event.objects.filter(among, on__lte=last).exclude(from_state=F("to_state"))
    rows = rows.exclude(dossier__in=_corrected()).order_by("dossier_id", "no")
    changed = (
        (event.dossier_id, event.action, event.to_state, event.on)
        for event in _put_right(among)
        if event.on <= last and event.from_state != event.to_state
    )
    return chain(rows.values_list("dossier_id", "action", "to_state", "on"), changed)


def acts_done(action: str, first: date | None, last: date, **among: Any) -> list[int]:
    """The dossier of each `action` that was done from `first` to `last`, both included."""
    days = Q(on__lte=last) & (Q(on__gte=first) if first else Q())
    rows = Event.objects.filter(days, action=action, **among).exclude(dossier__in=_corrected())
    changed = [
        event.dossier_id
        for event in _put_right(Q(**among))
        if event.action == action and (first is None or event.on >= first) and event.on <= last
    ]
    return [*rows.values_list("dossier_id", flat=True), *changed]


def _corrected():
    return Event.objects.filter(action__in=(CORRECT, TAKE_BACK)).order_by().values("dossier")


def _put_right(among: Q) -> Iterator[Event]:
    rows = Event.objects.filter(among, dossier__in=_corrected()).order_by("dossier_id", "no")
    for _dossier, events in groupby(rows, key=lambda event: event.dossier_id):
        yield from amend_events(events)
