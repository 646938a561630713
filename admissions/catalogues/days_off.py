"""Days off and worked weekend days. Every change leaves a line in the log."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from admissions import procedure
from admissions.catalogues.rights import log_change, require_right
from admissions.exceptions import Refused
from admissions.models import DayOff, Dossier, Event
from admissions.rules import deadlines, working_days
from admissions.rules.as_corrected import CORRECT, TAKE_BACK
from admissions.states import State
from notation.dates import dmy, today
from notation.vietnamese import clean

FEW_DAYS = 8
"""A year with fewer weekdays off than this has hardly been entered whole: the law gives ten and more."""


@dataclass(frozen=True)
class Consequence:
    """What a change of the calendar does: `moved` deadlines end on another day or cannot be reckoned any more.

    `changes_nothing` for a day off at a weekend; `opens` a year that had no day yet, or `closes` one that has
    only this day.
    """

    moved: int
    changes_nothing: bool
    opens: bool = False
    closes: bool = False


def count_moved_deadlines(before: working_days.Calendar, after: working_days.Calendar, day: date) -> int:
    """How many deadlines that run on `day` fall due on another day under `after` than under `before`."""
    changing = Q(action__in=(CORRECT, TAKE_BACK))
    returns = Event.objects.filter(Q(from_state=State.RETURNED) | Q(to_state=State.RETURNED) | changing)
    rows = Dossier.objects.filter(state__in=deadlines.RUNNING)
    count = 0
    for row in rows.prefetch_related(Prefetch("events", returns)):
        version, pauses = procedure.version_of(row), deadlines.pauses_of(row.events.all(), day)
        old, new = (deadlines.running_deadline(row, version, one, day, pauses) for one in (before, after))
        count += bool(old and new and old.due != new.due)
    return count


def consequence_of(row: DayOff, *, removed: bool = False) -> Consequence:
    """What adding `row` does, or taking it out; it need not be saved."""
    before = working_days.load_calendar()
    off = {day: name for day, name in before.off.items() if day != row.on}
    worked = before.worked - {row.on}
    if not removed:
        off |= {row.on: row.name} if row.kind == DayOff.Kind.OFF else {}
        worked |= {row.on} if row.kind == DayOff.Kind.WORK else set()
    after = replace(before, off=off, worked=worked, years=frozenset(day.year for day in {*off, *worked}))
    return Consequence(
        count_moved_deadlines(before, after, today()),
        changes_nothing=row.kind == DayOff.Kind.OFF and row.on.weekday() >= 5,
        opens=row.on.year not in before.years,
        closes=row.on.year not in after.years,
    )


def check_day(on: date, kind: str, name: str) -> DayOff:
    """The row that `add_day` would write; raises `Refused`."""
    if kind == DayOff.Kind.WORK and on.weekday() < 5:
        words = _("%(day)s là ngày thường; chỉ Thứ Bảy, Chủ nhật mới làm bù.")
        raise Refused({"on": words % {"day": dmy(on)}})
    if there := DayOff.objects.filter(on=on).first():
        words = _("%(day)s đã có trong lịch: %(name)s. Xóa ngày cũ rồi thêm lại.")
        raise Refused({"on": words % {"day": dmy(on), "name": there.name}})
    return DayOff(on=on, kind=kind, name=clean(name))


@transaction.atomic
def add_day(on: date, kind: str, name: str, *, by: User) -> DayOff:
    """Put a day into the calendar; raises `Refused` for a day that is there, or a weekday as worked."""
    require_right(by)
    row = check_day(on, kind, name)
    row.save()
    log_change(by, f"Thêm {_kind(row)} {dmy(on)}: {row.name}")
    return row


@transaction.atomic
def remove_day(row: DayOff, *, by: User) -> None:
    require_right(by)
    log_change(by, f"Xóa {_kind(row)} {dmy(row.on)}: {row.name}")
    row.delete()


def _kind(row):
    with override("vi"):
        return str(DayOff.Kind(row.kind).label).lower()
