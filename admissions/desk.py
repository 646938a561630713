"""What administrators keep for the desk: days off, reasons, Word templates. Every change leaves a line in the log.

The lists hold for the whole register, so only a post at its top allows a change.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Activity
from accounts.roles import Permission
from admissions import calendar, deadlines, letters, procedure
from admissions.models import DayOff, Dossier, Event, LetterTemplate, Reason
from admissions.refusal import Refused
from admissions.states import State
from branches.dates import now, today
from branches.models import Organisation
from branches.vietnamese import clean, fold

FEW_DAYS = 8
"""A year with fewer weekdays off than this has hardly been entered whole: the law gives ten and more."""


def may_change(user) -> bool:
    return any(
        user.may(Permission.CHANGE_LISTS, top) for top in Organisation.objects.filter(parent__isnull=True)
    )


def require(user):
    """Raises `PermissionDenied` unless `user` may change the lists."""
    if not may_change(user):
        raise PermissionDenied


def _log(user, words):
    """The log is kept in Vietnamese, whatever language its reader has chosen."""
    Activity.objects.create(user=user, action=Activity.Action.SETTING, subject=words[:200])


# Days off


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


def moved(before: calendar.Calendar, after: calendar.Calendar, day: date) -> int:
    """How many deadlines that run on `day` fall due on another day under `after` than under `before`."""
    returns = Event.objects.filter(Q(from_state=State.RETURNED) | Q(to_state=State.RETURNED))
    rows = Dossier.objects.filter(state__in=deadlines.RUNNING)
    count = 0
    for row in rows.prefetch_related(Prefetch("events", returns)):
        version, pauses = procedure.of(row), deadlines.pauses_of(row.events.all(), day)
        old, new = (deadlines.of(row, version, one, day, pauses) for one in (before, after))
        count += old.due != new.due
    return count


def consequence_of(row: DayOff, *, removed=False) -> Consequence:
    """What adding `row` does, or taking it out; it need not be saved."""
    before = calendar.load()
    off = {day: name for day, name in before.off.items() if day != row.on}
    worked = before.worked - {row.on}
    if not removed:
        off |= {row.on: row.name} if row.kind == DayOff.Kind.OFF else {}
        worked |= {row.on} if row.kind == DayOff.Kind.WORK else set()
    after = replace(before, off=off, worked=worked, years=frozenset(day.year for day in {*off, *worked}))
    return Consequence(
        moved(before, after, today()),
        changes_nothing=row.kind == DayOff.Kind.OFF and row.on.weekday() >= 5,
        opens=row.on.year not in before.years,
        closes=row.on.year not in after.years,
    )


def check_day(on, kind, name) -> DayOff:
    """The row that `add_day` would write; raises `Refused`."""
    if kind == DayOff.Kind.WORK and on.weekday() < 5:
        words = _("%(day)s là ngày thường; chỉ Thứ Bảy, Chủ nhật mới làm bù.")
        raise Refused({"on": words % {"day": f"{on:%d/%m/%Y}"}})
    if there := DayOff.objects.filter(on=on).first():
        words = _("%(day)s đã có trong lịch: %(name)s. Xóa ngày cũ rồi thêm lại.")
        raise Refused({"on": words % {"day": f"{on:%d/%m/%Y}", "name": there.name}})
    return DayOff(on=on, kind=kind, name=clean(name))


@transaction.atomic
def add_day(on, kind, name, *, by) -> DayOff:
    """Put a day into the calendar; raises `Refused` for a day that is there, or a weekday as worked."""
    require(by)
    row = check_day(on, kind, name)
    row.save()
    _log(by, f"Thêm {_kind(row)} {on:%d/%m/%Y}: {row.name}")
    return row


@transaction.atomic
def remove_day(row, *, by):
    require(by)
    _log(by, f"Xóa {_kind(row)} {row.on:%d/%m/%Y}: {row.name}")
    row.delete()


def _kind(row):
    with override("vi"):
        return str(DayOff.Kind(row.kind).label).lower()


# Reasons


@transaction.atomic
def add_reason(use, text, *, by) -> Reason:
    """Offer a reason where `use` asks for one; raises `Refused` when it is there in the same letters."""
    require(by)
    text = clean(text)
    for row in Reason.objects.filter(use=use):
        if fold(row.text) == fold(text):
            words = (
                _("Đã có lý do “%(text)s”.") if row.active else _("“%(text)s” đang ngừng dùng; hãy dùng lại.")
            )
            raise Refused({"text": words % {"text": row.text}})
    row = Reason.objects.create(use=use, text=text)
    _log(by, f"Thêm lý do ({_use(row)}): {text}")
    return row


@transaction.atomic
def switch_reason(row, active: bool, *, by):
    """Offer a reason again, or no longer; it is never deleted, for history quotes it."""
    require(by)
    if row.active == active:
        return
    row.active = active
    row.save(update_fields=["active"])
    _log(by, f"{'Dùng lại' if active else 'Ngừng dùng'} lý do ({_use(row)}): {row.text}")


def _use(row):
    with override("vi"):
        return str(row.get_use_display())


# Word templates


def own_template(kind, layout) -> LetterTemplate | None:
    """The district's template that stands in for the built-in one; `layout` is a layout's key."""
    return LetterTemplate.objects.filter(kind=kind, layout=layout, until=None).first()


def former_templates(kind, layout):
    """The district's templates that are no longer used, the latest first, without their files."""
    rows = LetterTemplate.objects.filter(kind=kind, layout=layout, until__isnull=False)
    return rows.defer("data").select_related("by")


def own_bytes(kind, layout) -> bytes | None:
    """The file of `own_template`, None where the built-in one is used."""
    row = own_template(kind, layout)
    return bytes(row.data) if row else None


@transaction.atomic
def replace_template(kind, layout, name, data: bytes, *, by) -> LetterTemplate:
    """Put a district's own template in place of the one in use, which is kept.

    Raises `Refused` with all that `letters.check` finds wrong, at the field "file"; the one in use then stays.
    """
    require(by)
    try:
        letters.check(kind, data)
    except Refused as refusal:
        raise Refused({"file": refusal.messages}) from refusal
    LetterTemplate.objects.filter(kind=kind, layout=layout, until=None).update(until=now())
    facts = {"kind": kind, "layout": layout, "name": _file_name(name), "data": data, "by": by}
    try:
        with transaction.atomic():
            row = LetterTemplate.objects.create(**facts)
    except IntegrityError as error:
        raise Refused({"file": _("Người khác vừa thay mẫu này; hãy xem lại rồi thay.")}) from error
    _log(by, f"Thay mẫu {kind}, thể thức {layout}: {row.name}")
    return row


def _file_name(name):
    """The file's own name, as long as the column: the end that Word needs is kept."""
    stem = clean(name)
    if stem.lower().endswith(".docx"):
        stem = stem[:-5]
    return f"{stem[:110].strip() or 'mau'}.docx"


@transaction.atomic
def restore_template(row, *, by):
    """Use the built-in template again; the district's own is kept."""
    require(by)
    _log(by, f"Về mẫu gốc {row.kind}, thể thức {row.layout}; bỏ {row.name}")
    row.until = now()
    row.save(update_fields=["until"])
