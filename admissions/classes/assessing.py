"""What each learner's essay came to: passed with a grade, to be written again, or failed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import Permission
from admissions.choices import ClassStep, Grade
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

RESULTS = (ClassStep.PASSED, ClassStep.REWRITE, ClassStep.FAILED)


@dataclass(frozen=True)
class Assessment:
    """One learner's result, one of `RESULTS`: with a grade, with the day by which to write again, or with a reason."""

    enrolment: Enrolment
    result: ClassStep
    grade: str = ""
    score: Decimal | None = None
    rewrite_by: date | None = None
    reason: str = ""


def record_results(
    course: AwarenessClass, rows: list[Assessment], *, by: User, on: date, at: datetime | None = None
) -> None:
    """Record results, all rows or `ClassRefused` with none; they may be put right until the certificate is given.

    Who has to write again, or failed, may get another result within the class.
    """
    require_class_right(by, course.unit, Permission.OPEN_CLASS)
    problems = find_day_problems(on)
    if not rows:
        problems[""] = [_("Chưa ghi kết quả của ai.")]
    if problems:
        raise ClassRefused(problems, {})
    record_each(rows, lambda row: _assess(row, by, on, at), key_of)


def _assess(row, by, on, at):
    require_step(row.enrolment, ClassStep.ATTENDED, *RESULTS)
    reason = clean(row.reason)
    if row.result not in RESULTS:
        raise Refused(_("Chọn kết quả."))
    if row.result == ClassStep.PASSED and row.grade not in Grade.values:
        raise Refused(_("Chọn xếp loại."))
    if row.score is not None and not 0 <= row.score <= 10:
        raise Refused(_("Điểm từ 0 đến 10."))
    if row.result == ClassStep.REWRITE and (row.rewrite_by is None or row.rewrite_by < on):
        raise Refused(_("Ghi ngày phải nộp bài viết lại, từ %(day)s.") % {"day": dmy(on)})
    if row.result == ClassStep.FAILED and not reason:
        raise Refused(_("Cần ghi lý do."))
    passed, rewriting = row.result == ClassStep.PASSED, row.result == ClassStep.REWRITE
    with override("vi"):
        facts = {
            "grade": str(Grade(row.grade).label).lower() if passed else "",
            "due": dmy(row.rewrite_by) if rewriting else "",
            "reason": reason,
        }
    move_enrolment(
        row.enrolment,
        row.result,
        by=by,
        on=on,
        at=at,
        facts=facts,
        grade=row.grade if passed else "",
        score=row.score,
        rewrite_by=row.rewrite_by if rewriting else None,
        reason=reason,
    )
