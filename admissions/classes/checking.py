"""The base committee checks the nominations of its branches, the committee above approves them."""

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
from notation.vietnamese import clean


@dataclass(frozen=True)
class Answer:
    """Whether somebody may attend, with the reason where not."""

    enrolment: Enrolment
    agree: bool
    reason: str = ""


def check_nominations(
    course: AwarenessClass,
    answers: list[Answer],
    *,
    by: User,
    on: date,
    at: datetime | None = None,
    upper: bool,
) -> None:
    """Record the answers of the committee above (`upper`) or of base committees; all, or `ClassRefused` with none.

    The committee above may answer before a base committee did, and may answer again until the class is attended.
    """
    problems = find_day_problems(on)
    if not answers:
        problems[""] = [_("Chưa chọn ai.")]
    if problems:
        raise ClassRefused(problems, {})
    record = _approve if upper else _propose
    record_each(answers, lambda answer: record(course, answer, by, on, at), key_of)


def _propose(course, answer, by, on, at):
    row = answer.enrolment
    require_class_right(by, row.dossier.commune, Permission.BASE_WORK)
    require_step(row, ClassStep.NOMINATED)
    if answer.agree:
        move_enrolment(row, ClassStep.PROPOSED, by=by, on=on, at=at, proposed_on=on)
    else:
        _decline(answer, by, on, at, proposed_on=None)


def _approve(course, answer, by, on, at):
    row = answer.enrolment
    require_class_right(by, course.unit, Permission.OPEN_CLASS)
    require_step(row, ClassStep.NOMINATED, ClassStep.PROPOSED, ClassStep.APPROVED, ClassStep.DECLINED)
    if answer.agree:
        move_enrolment(row, ClassStep.APPROVED, by=by, on=on, at=at, checked_on=on, reason="")
    else:
        _decline(answer, by, on, at, checked_on=on)


def _decline(answer, by, on, at, **columns):
    reason = clean(answer.reason)
    if not reason:
        raise Refused(_("Cần ghi lý do."))
    facts = {"reason": reason}
    move_enrolment(
        answer.enrolment, ClassStep.DECLINED, by=by, on=on, at=at, facts=facts, reason=reason, **columns
    )
