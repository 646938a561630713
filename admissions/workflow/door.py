"""The one door: every change of a dossier goes through here and leaves an event.

`perform` moves a dossier by compare-and-swap on its version and state: a second click, or a second person, changes
nothing. What is compared is the version that was read; one that a form claims beside it must be the same.
`why_not` is asked both for the buttons of the page and before an act is performed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.exceptions import Refused, Stale, gather_refusals
from admissions.models import Dossier, Event
from admissions.workflow import closed_quarters
from admissions.workflow.act import Why
from admissions.workflow.standing import refuse_absent_units
from admissions.workflow.transitions import ACTS
from notation.dates import dmy, now, today
from notation.vietnamese import clean


def why_not(dossier: Dossier, action: str, user: User) -> Why | None:
    """Why `user` cannot perform `action` on `dossier` now, as a clause in the user's language; None when they can."""
    act = ACTS[action]
    if dossier.state not in act.sources:
        return Why(_("hồ sơ đang ở trạng thái “%(state)s”") % {"state": dossier.state_words}, "steps")
    if not user.may(act.permission, dossier.branch):
        return Why(_("việc này do người có quyền %(right)s ghi") % {"right": act.permission.label})
    return act.blocked(dossier)


def open_acts(dossier: Dossier, user: User) -> dict[str, Why | None]:
    """The acts that the dossier's state and the user's posts leave open, as {action: why_not}, in table order."""
    return {
        action: why_not(dossier, action, user)
        for action, act in ACTS.items()
        if dossier.state in act.sources and user.may(act.permission, dossier.branch)
    }


def perform(
    dossier: Dossier,
    action: str,
    *,
    by: User,
    seen: int | None = None,
    at: datetime | None = None,
    exception: str = "",
    **facts,
) -> Event:
    """Perform `action` on `dossier` and return its event; `dossier` carries the new state afterwards.

    `facts` are what the act asks for (`Act.fields`), `seen` the version that the person looked at, `at` the moment of
    recording where it is not now, `exception` the reason why an admission enters a quarter whose report is closed.
    Raises `Refused` with all that is wrong, in sentences by field, or `Stale` when the dossier changed since it was
    read; in both cases nothing is written and `dossier` is to be read again.
    """
    refuse_stale(dossier, seen)
    reason = why_not(dossier, action, by)
    if reason and reason.where != "papers":
        raise _refuse(reason)
    with transaction.atomic():
        before, quarter = dossier.state, closed_quarters.closed_quarter_of(dossier)
        earlier = column_values(dossier)
        with gather_refusals() as refusals:
            with refusals:
                if reason:  # papers hinder the act, and everything else can be said all the same
                    raise _refuse(reason)
            with refusals:
                refuse_absent_units(dossier, ACTS[action], **facts)
            with refusals:
                apply_act(dossier, action, **facts)
            with refusals:
                if (now_in := closed_quarters.closed_quarter_of(dossier)) != quarter:
                    why = exception or facts.get("reason")
                    closed_quarters.require_exception_reason(now_in or quarter, why)
                    facts |= {"exception": clean(exception)}
        changed = {
            column: value for column, value in column_values(dossier).items() if earlier[column] != value
        }
        event = write_event(dossier, action, changed, before, by=by, at=at, facts=facts)
        if ACTS[action].told_as:
            note_event(facts["into"], ACTS[action].told_as, by=by, facts={"other": str(dossier)}, at=at)
        return event


def _refuse(reason):
    return Refused(_("Chưa ghi được: %(reason)s.") % {"reason": reason})


@contextmanager
def try_act(dossier: Dossier, action: str, *, by: User, **facts) -> Iterator[Dossier]:
    """The dossier as the act would leave it, in a transaction that is rolled back; raises as `perform`."""
    then = copy(dossier)
    vars(then)["_prefetched_objects_cache"] = {}
    with transaction.atomic():
        perform(then, action, by=by, **facts)
        yield then
        transaction.set_rollback(True)


def apply_act(dossier: Dossier, action: str, *, on: date, **facts) -> None:
    """Do an act on the instance alone: its columns, the state that follows and since when. Raises `Refused`."""
    before = dossier.state
    dossier.state = ACTS[action].apply(dossier, on=on, **facts)
    if dossier.state != before:
        dossier.state_since = on


def column_values(dossier: Dossier) -> dict[str, object]:
    return {f.attname: getattr(dossier, f.attname) for f in dossier._meta.concrete_fields}


def refuse_stale(dossier: Dossier, seen: int | None) -> None:
    """Raise `Stale` unless `seen`, the version that somebody looked at, is the one that `dossier` was read in.

    None stands for a caller that read the dossier itself.
    """
    if seen is not None and seen != dossier.version:
        raise Stale(STALE)


STALE = gettext_lazy("Hồ sơ vừa có người ghi thêm. Chưa lưu gì; hãy xem lại rồi ghi tiếp.")


@transaction.atomic
def write_event(
    dossier: Dossier,
    action: str,
    changed: Mapping[str, object],
    before: str,
    *,
    by: User,
    at: datetime | None,
    facts: Mapping[str, Any],
) -> Event:
    """Write the changed columns by compare-and-swap on version and state, and the event. Raises `Stale`."""
    rows = Dossier.objects.filter(pk=dossier.pk, version=dossier.version, state=before or dossier.state)
    former = _count_event(dossier, rows, {"version": F("version") + 1, **changed})
    dossier.version += 1
    changes = {
        column: [former[column], value] for column, value in changed.items() if former[column] != value
    }
    return _create_event(dossier, action, before, dossier.state, by=by, at=at, facts=facts, changes=changes)


@transaction.atomic
def note_event(
    dossier: Dossier, action: str, *, by: User, facts: Mapping[str, Any], at: datetime | None = None
) -> Event:
    """Write an event that changes nothing, as of today or of the `on` of `facts`, and makes nobody's form stale."""
    state = _count_event(dossier, Dossier.objects.filter(pk=dossier.pk))["state"]
    facts = {"on": today(), **facts}
    return _create_event(dossier, action, state, state, by=by, at=at, facts=facts)


def _count_event(dossier, rows, changed=MappingProxyType({})):
    """Count one event more on the dossier, if it is in `rows`, with what it changes; {column: its value before}.

    The row is locked when it is read, so that nobody counts the same number. Raises `Stale`.
    """
    former = rows.select_for_update().values("event_count", "state", *changed).first()
    if former is None or not rows.update(event_count=former["event_count"] + 1, **changed):
        raise Stale(STALE)
    dossier.event_count = former["event_count"] + 1
    return former


def _create_event(dossier, action, before, after, *, by, at, facts, changes=None):
    return Event.objects.create(
        dossier=dossier,
        no=dossier.event_count,
        action=action,
        from_state=before,
        to_state=after,
        on=facts["on"],
        at=at or now(),
        by=by,
        facts={
            key: keep_fact(value) for key, value in facts.items() if key != "on" and value not in ("", None)
        },
        changes=changes or {},
    )


def keep_fact(value: Any) -> Any:
    """A fact as the event keeps it: of a row its words and its key."""
    return {"id": value.pk, "words": str(value)} if isinstance(value, Model) else value


def record_reminder(dossier: Dossier, *, by: User, limit: str, stage: str, due: date) -> Event | None:
    """Record a reminder event, once for each limit, stage and day; None when there is one already.

    `limit` is the key of a clock, `stage` "soon" or "late".
    """
    facts = {"limit": limit, "stage": stage, "due": dmy(due)}
    same = {f"facts__{key}": value for key, value in facts.items()}
    if dossier.events.filter(action="remind", **same).exists():
        return None
    return note_event(dossier, "remind", by=by, facts=facts)


def reveal_citizen_id(dossier: Dossier, *, by: User) -> str:
    """The identity number in clear; an event records to whom it was shown."""
    note_event(dossier, "reveal", by=by, facts={})
    return dossier.person.citizen_id
