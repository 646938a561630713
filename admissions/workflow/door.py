"""The one door: every change of a dossier goes through here and leaves an event.

`perform` moves a dossier by compare-and-swap on its version: a second click, or a second person, changes nothing.
`why_not` is asked both for the buttons of the page and before an act is performed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier, Event
from admissions.workflow import closed_quarters
from admissions.workflow.act import Why
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
    dossier: Dossier, action: str, *, by: User, at: datetime | None = None, exception: str = "", **facts
) -> Event:
    """Perform `action` on `dossier` and return its event; `dossier` carries the new state afterwards.

    `facts` are what the act asks for (`Act.fields`), `at` the moment of recording where it is not now, `exception` the
    reason why an admission enters a quarter whose report is closed.
    Raises `Refused` with sentences by field, or `Stale` when the dossier changed since it was read; in both
    cases nothing is written and `dossier` is to be read again.
    """
    reason = why_not(dossier, action, by)
    if reason:
        raise Refused(_("Chưa ghi được: %(reason)s.") % {"reason": reason})
    with transaction.atomic():
        before, quarter = dossier.state, closed_quarters.closed_quarter_of(dossier)
        earlier = column_values(dossier)
        apply_act(dossier, action, **facts)
        now_in = closed_quarters.closed_quarter_of(dossier)
        if now_in != quarter:
            closed_quarters.require_exception_reason(now_in or quarter, exception or facts.get("reason"))
            facts |= {"exception": clean(exception)}
        changed = {
            column: value for column, value in column_values(dossier).items() if earlier[column] != value
        }
        return write_event(dossier, action, changed, before, by=by, at=at, facts=facts)


def apply_act(dossier: Dossier, action: str, *, on: date, **facts) -> None:
    """Do an act on the instance alone: its columns, the state that follows and since when. Raises `Refused`."""
    before = dossier.state
    dossier.state = ACTS[action].apply(dossier, on=on, **facts)
    if dossier.state != before:
        dossier.state_since = on


def column_values(dossier: Dossier) -> dict[str, object]:
    return {f.attname: getattr(dossier, f.attname) for f in dossier._meta.concrete_fields}


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
    """Write the changed columns by compare-and-swap on the version, and the event. Raises `Stale`."""
    rows = Dossier.objects.filter(pk=dossier.pk, version=dossier.version)
    former = rows.values(*changed).first() if changed else {}
    if former is None or not rows.update(version=F("version") + 1, **changed):
        raise Stale(_("Hồ sơ vừa có người ghi thêm. Chưa lưu gì; hãy xem lại rồi ghi tiếp."))
    dossier.version += 1
    return Event.objects.create(
        dossier=dossier,
        no=dossier.version,
        action=action,
        from_state=before,
        to_state=dossier.state,
        on=facts["on"],
        at=at or now(),
        by=by,
        facts={
            key: keep_fact(value) for key, value in facts.items() if key != "on" and value not in ("", None)
        },
        changes={
            column: [former[column], value] for column, value in changed.items() if former[column] != value
        },
    )


def keep_fact(value: Any) -> Any:
    """A fact as the event keeps it: of a row its words and its key."""
    return {"id": value.pk, "words": str(value)} if isinstance(value, Model) else value


def record_reminder(dossier: Dossier, *, by: User, limit: str, stage: str, due: date) -> Event | None:
    """Record a reminder event, once for each limit, stage and day; None when there is one already.

    `limit` is the key of a clock, `stage` "soon" or "late". Raises `Stale`.
    """
    facts = {"limit": limit, "stage": stage, "due": dmy(due)}
    same = {f"facts__{key}": value for key, value in facts.items()}
    if dossier.events.filter(action="remind", **same).exists():
        return None
    with transaction.atomic():
        return write_event(
            dossier, "remind", {}, dossier.state, by=by, at=None, facts={"on": today(), **facts}
        )


def reveal_citizen_id(dossier: Dossier, *, by: User) -> str:
    """The identity number in clear; an event records to whom it was shown."""
    write_event(dossier, "reveal", {}, dossier.state, by=by, at=None, facts={"on": today()})
    return dossier.candidate.citizen_id
