"""Taking back the act that one has just recorded ("Hoàn tác"): for some minutes, and as long as nothing rests on it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.exceptions import Refused
from admissions.models import Correction, Dossier, Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK, amend_events
from admissions.workflow import closed_quarters
from admissions.workflow.door import column_values, note_event, write_event
from admissions.workflow.replay import replay
from admissions.workflow.transitions import ACTS
from notation.dates import dmy, now, today


def last_act(dossier: Dossier) -> Event | None:
    """The last act of a dossier that stands, None on the list."""
    acts = [row for row in amend_events(dossier.events.select_related("by")) if row.action in ACTS]
    return acts[-1] if acts else None


def minutes_left(event: Event, at: datetime | None = None) -> int:
    """For how many minutes more an act may be taken back, begun ones counted; 0 when none are left, and never more
    than the setting, even if the clock went back since."""
    until = event.at + timedelta(minutes=settings.TAKE_BACK_MINUTES)
    left = -(-int((until - (at or now())).total_seconds()) // 60)
    return min(settings.TAKE_BACK_MINUTES, max(0, left))


def why_not_taken_back(dossier: Dossier, event: Event | None, user: User) -> str:
    """Why `user` cannot take back `event`, the last act of `dossier`; "" when they can."""
    if event is None:
        return _("hồ sơ chưa có việc nào để hoàn tác")
    if event.by_id != user.pk:
        return _("chỉ người ghi hoàn tác được")
    if not minutes_left(event):
        words = _("đã quá %(n)d phút; việc đã ghi thì sửa bằng một việc sửa")
        return words % {"n": settings.TAKE_BACK_MINUTES}
    later = dossier.events.filter(no__gt=event.no, action=CORRECT).exists()
    waits = dossier.corrections.filter(state=Correction.State.WAITING).exists()
    if later or waits:
        return _("đã có việc sửa sau đó")
    if dossier.later.exists():
        return _("đã lập hồ sơ mới của người này sau đó")
    return ""


def minutes_to_take_back(dossier: Dossier, event: Event | None, user: User) -> int:
    """For how many minutes more `user` may take back `event`, the last act; 0 when they cannot."""
    return 0 if event is None or why_not_taken_back(dossier, event, user) else minutes_left(event)


def take_back(dossier: Dossier, *, by: User, no: int, at: datetime | None = None) -> Event:
    """Take back act `no`, the last of `dossier`, which `by` has just recorded; returns the event that says so.

    Raises `Refused`, or `Stale` when the dossier changed since it was read.
    """
    event = last_act(dossier)
    if event is None or event.no != no:
        raise Refused(_("Sau việc này đã có việc khác được ghi; không hoàn tác được nữa."))
    if why := why_not_taken_back(dossier, event, by):
        raise Refused(_("Chưa hoàn tác được: %(why)s.") % {"why": why})
    facts = {"on": today(), "target": event.no, "act": event.action, "day": dmy(event.on)}
    with transaction.atomic():
        before, earlier = dossier.state, column_values(dossier)
        quarter = closed_quarters.closed_quarter_of(dossier)
        events = list(dossier.events.all())
        pending = Event(dossier=dossier, no=events[-1].no + 1, action=TAKE_BACK, facts=facts)
        replay(dossier, [*events, pending])
        if closed_quarters.closed_quarter_of(dossier) != quarter:
            facts["exception"] = _("hoàn tác việc vừa ghi")
        changed = {
            column: value for column, value in column_values(dossier).items() if earlier[column] != value
        }
        if ACTS[event.action].told_as:
            other = Dossier.objects.get(pk=event.facts["into"]["id"])
            note_event(other, f"{ACTS[event.action].told_as}_no_more", by=by, facts={"other": str(dossier)})
        return write_event(dossier, TAKE_BACK, changed, before, by=by, at=at, facts=facts)
