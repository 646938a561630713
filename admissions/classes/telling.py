"""What a class and its people are told to be: where the class stands, why somebody is not on the next list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from admissions.choices import ClassStep
from admissions.classes import steps
from admissions.classes.figures import Tally, list_enrolments
from admissions.classes.nominating import certificate_until
from admissions.models import AwarenessClass, Enrolment
from admissions.models.awareness_class import STEP_MARKS
from notation.dates import dmy
from notation.numbers import format_number


def tell_standing(course: AwarenessClass, tally: Tally, day: date) -> tuple[str, str]:
    """(mark, words) of where a class stands on `day`."""
    if day < course.first:
        return "wait", _("nhận đề cử, học từ %(day)s") % {"day": dmy(course.first)}
    if day <= course.last and tally.attended == 0:
        return "half", _("đang học, đến %(day)s") % {"day": dmy(course.last)}
    if n := tally.count(ClassStep.APPROVED):
        return "half", _("học xong, chưa ghi dự học %(n)d người") % {"n": n}
    if n := tally.count(ClassStep.ATTENDED):
        return "half", _("học xong, chưa có kết quả %(n)d người") % {"n": n}
    if n := tally.passed - tally.certified:
        words = (
            _("còn %(n)d giấy chứng nhận chưa cấp")
            if tally.certified
            else _("học xong, chưa cấp giấy chứng nhận")
        )
        return "half", words % {"n": n}
    if not tally.nominated:
        return "na", _("không có ai được đề cử")
    return "done", _("đã cấp %(n)d giấy chứng nhận") % {"n": tally.certified}


@dataclass(frozen=True)
class Difference:
    """Those who are on one list of the class and not on the next, each with the mark and the reason.

    `before` are how many stand in the groups above.
    """

    title: str
    rows: list[tuple[Enrolment, str, str]]
    note: str = ""
    before: int = 0


def list_differences(course: AwarenessClass, user: User) -> list[Difference]:
    """What tells the three lists apart, in the order of the arithmetic; groups without anybody are left out."""
    rows = list(list_enrolments(course, user))
    groups: list[tuple[str, tuple[ClassStep, ...], str]] = [
        (_("Không duyệt"), (ClassStep.DECLINED,), ""),
        (
            _("Vắng hoặc học chưa đủ %(n)d ngày") % {"n": course.days},
            (ClassStep.ABSENT,),
            _("tự động vào danh sách chờ khóa sau"),
        ),
        (_("Bài thu hoạch chưa đạt"), steps.UNFINISHED, ""),
    ]
    found: list[Difference] = []
    for title, asked, note in groups:
        told = [(row, *tell_reason(row)) for row in rows if row.step in asked]
        if told:
            found.append(Difference(title, told, note, sum(len(group.rows) for group in found)))
    return found


def tell_reason(row: Enrolment) -> tuple[str, str]:
    """(mark, words) of what became of somebody at their step."""
    mark = STEP_MARKS[row.step]
    if row.step == ClassStep.DECLINED:
        until = certificate_until(row.dossier, row.awareness_class.last)
        mark = (
            "ok" if until and until >= row.awareness_class.last else mark
        )  # not needed rather than not allowed
    return mark, TELL.get(ClassStep(row.step), _tell_step)(row)


def _tell_step(row):
    return row.get_step_display()


def _tell_absence(row):
    if not row.days_attended:
        words = _("Vắng cả khóa")
    else:
        words = _("Học %(n)d/%(days)d ngày") % {"n": row.days_attended, "days": row.awareness_class.days}
    return ", ".join(filter(None, [words, row.reason]))


def _tell_rewriting(row):
    words = _("viết lại trước ngày %(day)s") % {"day": dmy(row.rewrite_by)}
    score = "" if row.score is None else _("Điểm %(score)s") % {"score": _score(row)}
    return ", ".join(filter(None, [score, words, row.reason]))


def _tell_grade(row):
    score = "" if row.score is None else _("điểm %(score)s") % {"score": _score(row)}
    certificate = _("GCN %(number)s") % {"number": row.certificate} if row.certificate else _("chờ GCN")
    now = row.dossier.certified_on
    differs = (
        _("hồ sơ ghi %(day)s") % {"day": dmy(now)} if row.certificate and now != row.certificate_on else ""
    )
    return ", ".join(filter(None, [row.get_grade_display(), score, certificate, differs]))


def _score(row):
    return format_number(row.score.normalize() if row.score % 1 else int(row.score))


TELL: dict[ClassStep, Callable[[Enrolment], str]] = {
    ClassStep.DECLINED: lambda row: row.reason,
    ClassStep.ABSENT: _tell_absence,
    ClassStep.REWRITE: _tell_rewriting,
    ClassStep.FAILED: lambda row: row.reason,
    ClassStep.PASSED: _tell_grade,
    ClassStep.CERTIFIED: _tell_grade,
}
