"""How many days each learner attended. Whoever missed one waits for the next class by themselves."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.choices import ClassStep
from admissions.classes.recording import (
    ClassRefused,
    find_day_problems,
    key_of,
    move_enrolment,
    record_each,
    require_class_right,
    require_step,
)
from admissions.exceptions import Refused
from admissions.models import AwarenessClass, Enrolment
from notation.dates import dmy
from notation.vietnamese import clean


@dataclass(frozen=True)
class Presence:
    """On how many days somebody attended, and why not on all."""

    enrolment: Enrolment
    days: int
    reason: str = ""


def record_attendance(
    course: AwarenessClass, rows: list[Presence], *, by: User, on: date, at: datetime | None = None
) -> None:
    """Record who attended, all rows or `ClassRefused` with none; may be put right until a result is there."""
    require_class_right(by, course.unit, Permission.OPEN_CLASS)
    problems = find_day_problems(on)
    if on < course.last and not problems:
        words = _("Lớp học đến ngày %(last)s; ghi khi lớp kết thúc.")
        problems["on"] = [words % {"last": dmy(course.last)}]
    if course.decided_on is None:
        problems[""] = [_("Chưa ghi số, ngày quyết định mở lớp.")]
    if problems:
        raise ClassRefused(problems, {})
    record_each(rows, lambda row: _attend(course, row, by, on, at), key_of)


def _attend(course, row, by, on, at):
    require_step(row.enrolment, ClassStep.APPROVED, ClassStep.ABSENT, ClassStep.ATTENDED)
    reason = clean(row.reason)
    if not 0 <= row.days <= course.days:
        raise Refused(_("Lớp có %(n)d ngày.") % {"n": course.days})
    if row.days == course.days:
        move_enrolment(
            row.enrolment, ClassStep.ATTENDED, by=by, on=on, at=at, days_attended=row.days, reason=""
        )
        return
    facts = {"attended": f"{row.days}/{course.days}", "reason": reason}
    move_enrolment(
        row.enrolment,
        ClassStep.ABSENT,
        by=by,
        on=on,
        at=at,
        facts=facts,
        days_attended=row.days,
        reason=reason,
    )
