"""What events tell a forecast, with the corrections made since: changes of state, and the days of one act.

Most dossiers were never corrected and are read in one statement; the few others are put right one by one.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, groupby

from django.db.models import F, Q

from admissions.models import Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK, amend_events

Change = tuple[int, str, str, date]
"""(dossier, action, state, day)."""


def corrected_dossiers() -> list[int]:
    """The dossiers in which something was corrected or taken back; asked once for all that a forecast reads."""
    rows = Event.objects.filter(action__in=(CORRECT, TAKE_BACK)).order_by()
    return list(rows.values_list("dossier", flat=True).distinct())


def changes_of_state(last: date, among: Q, corrected: list[int] | None = None) -> Iterable[Change]:
    """The changes of state up to `last` of those events that `among` holds, in order for each dossier."""
    corrected = corrected_dossiers() if corrected is None else corrected
    rows = Event.objects.filter(among, on__lte=last).exclude(from_state=F("to_state"))
    rows = rows.exclude(dossier__in=corrected).order_by("dossier_id", "no")
    changed = (
        (event.dossier_id, event.action, event.to_state, event.on)
        for event in _put_right(among, corrected)
        if event.on <= last and event.from_state != event.to_state
    )
    return chain(rows.values_list("dossier_id", "action", "to_state", "on"), changed)


def count_acts(
    action: str,
    first: date,
    last: date,
    among: Q,
    *,
    unless: str = "",
    until: date | None = None,
    corrected: list[int] | None = None,
) -> int:
    """How often `action` was done from `first` to `last`, both included, in the dossiers of `among`.

    Dossiers in which `unless` was done up to `until` are left out.
    """
    corrected = corrected_dossiers() if corrected is None else corrected
    rows = Event.objects.filter(among, action=action, on__range=(first, last)).exclude(dossier__in=corrected)
    if unless:
        rows = rows.exclude(dossier__in=Event.objects.filter(action=unless, on__lte=until).values("dossier"))
    events = list(_put_right(among, corrected))
    left_out = {
        event.dossier_id for event in events if event.action == unless and until and event.on <= until
    }
    changed = [
        event
        for event in events
        if event.action == action and first <= event.on <= last and event.dossier_id not in left_out
    ]
    return rows.count() + len(changed)


def _put_right(among: Q, corrected: list[int]) -> Iterator[Event]:
    if corrected:
        rows = Event.objects.filter(among, dossier__in=corrected).order_by("dossier_id", "no")
        for _dossier, events in groupby(rows, key=lambda event: event.dossier_id):
            yield from amend_events(events)
