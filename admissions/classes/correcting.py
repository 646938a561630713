"""Putting right what was recorded wrong of somebody in a class: by whoever may record it, for a reason.

An event of the dossier says what stood there and what stands there now. A certificate that is corrected is corrected in
the dossier too, as far as it bears what rests on it (docs/domain.md, 2.6).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure, workflow
from admissions.choices import ClassStep, Grade
from admissions.classes import steps
from admissions.classes.nominating import certificate_end_on
from admissions.classes.recording import require_class_right
from admissions.exceptions import Refused
from admissions.models import Dossier, Enrolment, Event
from notation.dates import dmy, today
from notation.vietnamese import clean

NOMINATION = ("nominated_on", "resolution")
CERTIFICATE = ("certificate_number", "certificate_on", "certificate_issuer")
RESULT = ("step", "grade", "score", "rewrite_by", "reason")
CORRECTED = "class_corrected"
"""The event that tells of it; it changes nothing of the dossier by itself."""


def correctable_fields(enrolment: Enrolment) -> tuple[str, ...]:
    """The columns that were recorded of `enrolment` up to its step."""
    step = ClassStep(enrolment.step)
    fields = [*NOMINATION]
    if enrolment.proposed_on:
        fields.append("proposed_on")
    if enrolment.checked_on:
        fields.append("checked_on")
    if step == ClassStep.DECLINED:
        fields.append("reason")
    if step in (ClassStep.ABSENT, ClassStep.ATTENDED):
        fields += ["days_attended", "reason"]
    if step in (*steps.UNFINISHED, ClassStep.PASSED):
        fields += RESULT
    if step == ClassStep.CERTIFIED:
        fields += ["grade", "score", *CERTIFICATE]
    return tuple(fields)


def may_correct_enrolment(user: User, enrolment: Enrolment) -> bool:
    """Whether `user` may put anything right of somebody in a class."""
    return any(user.may(right, unit) for right, unit in _rights(enrolment, correctable_fields(enrolment)))


def _rights(enrolment, fields):
    """{(permission, unit)} that record the fields: the class's committee all, a branch its nomination."""
    course, dossier = enrolment.awareness_class, enrolment.dossier
    rights = {(Permission.OPEN_CLASS, course.unit)}
    if {*fields} & {*NOMINATION}:
        rights.add((Permission.BRANCH_WORK, dossier.branch))
    return rights


@transaction.atomic
def correct_enrolment(
    enrolment: Enrolment, values: Mapping[str, Any], *, by: User, reason: str, at: datetime | None = None
) -> Event:
    """Write `values`, {column of `correctable_fields`: value}, in one transaction; returns the event that says so.

    Raises `Refused`, by column where a value cannot be, with nothing written.
    """
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("awareness_class__unit")
    row = rows.get(pk=enrolment.pk)
    row.dossier = Dossier.objects.select_related("branch", "candidate", "commune").get(pk=row.dossier_id)
    if row.step != enrolment.step:
        raise Refused(_("Vừa có người ghi khác cho người này; xem lại rồi ghi tiếp."))
    if not {*values} <= {*correctable_fields(row)}:
        raise Refused(_("Bước này chưa ghi ô đó."))
    _require_right(row, values, by)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, clean(value) if isinstance(value, str) else value)
    changed = {name: value for name, value in before.items() if getattr(row, name) != value}
    _settle(row, changed)
    wrong = dict(_find_wrong(row, changed))
    if not clean(reason):
        wrong["correction_reason"] = _("Cần ghi lý do.")
    if wrong:
        raise Refused(wrong)
    if not changed:
        raise Refused(_("Chưa sửa ô nào."))
    if {*changed} & {*CERTIFICATE}:
        _correct_paper(row, before, by, at)
    row.save(update_fields=list(changed))
    with override("vi"):
        told = {name: [_kept(name, changed[name]), _kept(name, getattr(row, name))] for name in changed}
        facts = {"course": str(row.awareness_class), "fields": told, "reason": clean(reason)}
        event = workflow.note_event(row.dossier, CORRECTED, by=by, facts=facts, at=at)
    for name in changed:
        setattr(enrolment, name, getattr(row, name))
    return event


def _require_right(row, values, by):
    own = {*values} <= {*NOMINATION} and by.may(Permission.BRANCH_WORK, row.dossier.branch)
    if not own:
        require_class_right(by, row.awareness_class.unit, Permission.OPEN_CLASS)


def _settle(row, changed):
    """What follows from a corrected value by itself: attendance tells the step, and a result what goes with it."""

    def put(name, value):
        if getattr(row, name) != value:
            changed.setdefault(name, getattr(row, name))
            setattr(row, name, value)

    if "days_attended" in changed and row.days_attended is not None:
        whole = row.days_attended == row.awareness_class.days
        put("step", ClassStep.ATTENDED if whole else ClassStep.ABSENT)
        if whole:
            put("reason", "")
    if "step" in changed and row.step in (ClassStep.PASSED, *steps.UNFINISHED):
        if row.step != ClassStep.PASSED:
            put("grade", "")
        if row.step != ClassStep.REWRITE:
            put("rewrite_by", None)


def _find_wrong(row, changed):
    """(column, sentence) of what cannot be, by the rules of the verbs that recorded it."""
    course = row.awareness_class
    for name in {*changed} & {"nominated_on", "proposed_on", "checked_on", "certificate_on"}:
        day = getattr(row, name)
        if day is None:
            yield name, _("Ghi ngày.")
        elif day > today():
            yield name, _("%(day)s chưa tới.") % {"day": dmy(day)}
    if "nominated_on" in changed and row.nominated_on:
        if row.nominated_on < row.dossier.listed_on:
            words = _("vào danh sách sau đó, ngày %(day)s")
            yield "nominated_on", words % {"day": dmy(row.dossier.listed_on)}
        elif row.nominated_on > course.last:
            words = _("%(course)s đã kết thúc ngày %(last)s.")
            yield "nominated_on", words % {"course": course.name, "last": dmy(course.last)}
    if "days_attended" in changed and not 0 <= (row.days_attended or 0) <= course.days:
        yield "days_attended", _("Lớp có %(n)d ngày.") % {"n": course.days}
    yield from _wrong_result(row, changed)
    if {*changed} & {*CERTIFICATE}:
        yield from _wrong_certificate(row)


def _wrong_result(row, changed):
    if row.step in steps.PASSED and {"step", "grade"} & changed.keys() and row.grade not in Grade.values:
        yield "grade", _("Chọn xếp loại.")
    if "step" in changed and row.step not in (
        *steps.UNFINISHED,
        *steps.PASSED,
        *steps.MISSED,
        *steps.ATTENDED,
    ):
        yield "step", _("Chọn kết quả.")
    if "score" in changed and row.score is not None and not 0 <= row.score <= 10:
        yield "score", _("Điểm từ 0 đến 10.")
    if row.step == ClassStep.REWRITE and {"step", "rewrite_by"} & changed.keys() and row.rewrite_by is None:
        yield "rewrite_by", _("Ghi ngày phải nộp bài viết lại.")
    told = row.step in (ClassStep.FAILED, ClassStep.DECLINED)
    if told and {"step", "reason"} & changed.keys() and not row.reason:
        yield "reason", _("Cần ghi lý do.")


def _wrong_certificate(row):
    """As a certificate is given: after the class, its number free; and what the branch resolved on stays valid."""
    course, day = row.awareness_class, row.certificate_on
    if not row.certificate_number:
        yield "certificate_number", _("Ghi số giấy chứng nhận.")
    taken = Enrolment.objects.filter(
        certificate_issuer=row.certificate_issuer, certificate_number=row.certificate_number
    )
    if row.certificate_number and taken.exclude(pk=row.pk).exists():
        words = _("Đã cấp số %(number)s cho người khác.")
        yield "certificate_number", words % {"number": row.certificate_number}
    if not row.certificate_issuer:
        yield "certificate_issuer", _("Ghi nơi cấp.")
    if day is None:
        return
    if day < course.last:
        yield "certificate_on", _("Lớp học đến ngày %(last)s.") % {"last": dmy(course.last)}
    met = row.dossier.branch_resolved_on
    if met and not day <= met <= certificate_end_on(row.dossier, day):
        words = _("Chi bộ đã họp xét theo giấy này ngày %(day)s.")
        yield "certificate_on", words % {"day": dmy(met)}


def _correct_paper(row, before, by, at):
    """The certificate in the dossier, as long as it is this one."""
    former = before.get("certificate_on", row.certificate_on)
    if row.dossier.certified_on != former:
        return
    paper = {
        "had": True,
        "number": row.certificate_number,
        "dated_on": row.certificate_on,
        "note": row.certificate_issuer,
    }
    workflow.record_papers(row.dossier, {procedure.CERTIFICATE: paper}, by=by, on=today(), at=at)


def _kept(name, value):
    """A value as the event keeps it, in words."""
    if value is None or value == "":
        return ""
    if name == "step":
        return str(ClassStep(value).label)
    if name == "grade":
        return str(Grade(value).label)
    if isinstance(value, date):
        return dmy(value)
    return f"{value:g}".replace(".", ",") if name == "score" else str(value)
