"""What every verb on the people of a class does: check the right, move many at once or nobody, write the history."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import Permission
from admissions import workflow
from admissions.choices import ClassStep
from admissions.exceptions import Refused
from admissions.models import Enrolment
from branches.models import Organisation
from notation.dates import dmy, today


class ClassRefused(Refused):
    """Nothing was recorded: `fields` says what is wrong by field, `rows` by primary key of the row."""

    def __init__(self, fields: dict[str, list[str]], rows: dict[int, str]) -> None:
        words = [*(text for texts in fields.values() for text in texts), *rows.values()]
        super().__init__(words or [""])
        self.fields, self.rows = fields, rows


class AboutEnrolment(Protocol):
    """What was typed for one person of a class."""

    @property
    def enrolment(self) -> Enrolment: ...


Row = TypeVar("Row")


def require_class_right(by: User, unit: Organisation, *permissions: Permission) -> None:
    """Raise `Refused` unless `by` holds one of `permissions` at `unit`."""
    if not any(by.may(permission, unit) for permission in permissions):
        right = permissions[0].label
        raise Refused(_("Chưa ghi được: việc này do người có quyền %(right)s ghi.") % {"right": right})


def find_day_problems(on: date) -> dict[str, list[str]]:
    """{"on": [sentence]} of a day that is still to come."""
    return {"on": [_("%(day)s chưa tới.") % {"day": dmy(on)}]} if on > today() else {}


def record_each(rows: Iterable[Row], record: Callable[[Row], None], key: Callable[[Row], int]) -> None:
    """`record` every row in one transaction; raises `ClassRefused`, naming all that were refused, with none written."""
    refused: dict[int, str] = {}
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    record(row)
            except Refused as refusal:
                refused[key(row)] = " ".join(refusal.messages)
        if refused:
            raise ClassRefused({}, refused)


def key_of(row: AboutEnrolment) -> int:
    return row.enrolment.pk


def move_enrolment(
    enrolment: Enrolment,
    step: ClassStep,
    *,
    by: User,
    on: date,
    at: datetime | None = None,
    facts: dict[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Write the step and `columns` by compare-and-swap on the step, and an event of the dossier. Raises `Refused`."""
    here = Enrolment.objects.filter(pk=enrolment.pk, step=enrolment.step)
    if not here.update(step=step, **columns):
        raise Refused(_("Vừa có người ghi khác cho người này; xem lại rồi ghi tiếp."))
    for name, value in {"step": step, **columns}.items():
        setattr(enrolment, name, value)
    note_step(enrolment, step, by=by, on=on, at=at, facts=facts)


def note_step(
    enrolment: Enrolment,
    step: ClassStep,
    *,
    by: User,
    on: date,
    at: datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Write into the dossier's history that the person came to `step` of the class."""
    with override("vi"):
        told = {"on": on, "course": str(enrolment.awareness_class), **(facts or {})}
        workflow.note_event(enrolment.dossier, f"class_{step}", by=by, facts=told, at=at)


def require_step(enrolment: Enrolment, *steps: ClassStep) -> None:
    """Raise `Refused` unless `enrolment` stands at one of `steps`."""
    if enrolment.step not in steps:
        words = _("đang ở bước “%(step)s”, không ghi việc này được")
        raise Refused(words % {"step": enrolment.get_step_display()})
