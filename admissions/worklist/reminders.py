"""Limits that come up or have passed, for one person: as a list, and as a calendar to subscribe to.

Nothing here names a person: mails and calendars leave the register and lie on other machines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from admissions import procedure
from admissions.models import Dossier, Event
from admissions.rules import deadlines, working_days
from admissions.states import State
from notation.dates import dmy, now

AHEAD = timedelta(days=90)
"""How far the calendar looks."""

PROBATION = "probation"


@dataclass(frozen=True)
class Reminder:
    """A day that matters for a dossier, with everything that is told of it in the reader's language.

    `limit` is the key of the clock; `words` how far off it is, `reckoning` how it was reckoned, and below it the
    clause.
    """

    dossier: Dossier
    limit: str
    what: str
    due: date
    stage: str
    words: str
    reckoning: str

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.dossier.get_absolute_url()


def due_for(user: User, today: date) -> list[Reminder]:
    """The limits in the user's scope that are overdue or have seven working days left, and probations that end
    within seven days; the earliest first."""
    return [row for row in _all(user, today) if row.stage]


def upcoming_limits(user: User, today: date) -> list[Reminder]:
    """The limits in the user's scope that are overdue or lie within the next 90 days; the earliest first."""
    return [row for row in _all(user, today) if row.due <= today + AHEAD]


def _all(user, today):
    """Three queries whatever the number: dossiers, the events of those that were returned, the calendar."""
    returned = Event.objects.filter(dossier__returns__gt=0).only(
        "dossier_id", "no", "action", "on", "to_state", "facts"
    )
    dossiers = (
        Dossier.objects.for_user(user)
        .filter(state__in=deadlines.RUNNING)
        .select_related("branch")
        .prefetch_related(Prefetch("events", returned, to_attr="of_returns"))
    )
    days = working_days.load_calendar()
    reminders = [row for dossier in dossiers for row in _of(dossier, days, today)]
    return sorted(reminders, key=lambda row: (row.due, row.dossier.number, row.limit))


def _of(dossier, days, today):
    """The dossier's reminders: the limit that runs, and the end of a probation that has not come yet."""
    version = procedure.version_of(dossier)
    if dossier.state == State.PROBATIONARY and today <= dossier.probation_ends_on:
        yield _end_of_probation(dossier, version, today)
    deadline = deadlines.running_deadline(
        dossier, version, days, today, deadlines.pauses_of(dossier.of_returns, today)
    )
    if deadline and deadline.due:
        yield Reminder(
            dossier=dossier,
            limit=deadline.clock.key,
            what=str(deadline.clock.title),
            due=deadline.due,
            stage=deadline.mark,
            words=deadline.words,
            reckoning=f"{deadline.sentence}\n{deadline.clock.clause}",
        )


def _end_of_probation(dossier, version, today):
    clock = version.clock(PROBATION)
    left = (dossier.probation_ends_on - today).days
    start = {"n": clock.length, "what": clock.anchor_name, "start": dmy(dossier.ceremony_on)}
    return Reminder(
        dossier=dossier,
        limit=PROBATION,
        what=str(clock.title),
        due=dossier.probation_ends_on,
        stage="soon" if left <= deadlines.SOON else "",
        words=ngettext("còn %(n)d ngày", "còn %(n)d ngày", left) % {"n": left} if left else _("hôm nay"),
        reckoning=_("%(n)d tháng kể từ %(what)s %(start)s.") % start + f"\n{clock.clause}",
    )


def calendar_of_limits(rows: Iterable[Reminder]) -> bytes:
    """`rows` as an iCalendar file of all-day events, whose identities stay the same from day to day."""
    file = icalendar.Calendar()
    file.add("prodid", "-//So ket nap//Han ho so//VI")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", _("Hạn hồ sơ kết nạp"))
    for row in rows:
        event = icalendar.Event()
        event.add("uid", f"{row.dossier.year}-{row.dossier.serial}-{row.limit}@{_host()}")
        event.add("dtstamp", now().astimezone(UTC))
        event.add("dtstart", row.due)
        event.add("dtend", row.due + timedelta(days=1))
        event.add("summary", f"{row.dossier.number}: {row.what}")
        event.add("description", row.reckoning)
        event.add("url", row.address)
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    return file.to_ical()


def _host():
    return urlsplit(settings.SITE_URL).hostname
