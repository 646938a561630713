"""Certificates: given to many in one act, which records the paper in each dossier through the workflow."""

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure, workflow
from admissions.choices import ClassStep
from admissions.classes.nominating import certificate_until
from admissions.classes.recording import (
    ClassRefused,
    find_day_problems,
    move_enrolment,
    record_each,
    require_class_right,
    require_step,
)
from admissions.exceptions import Refused
from admissions.models import AwarenessClass, Dossier, Enrolment
from admissions.states import ENDED
from notation.dates import dmy
from notation.vietnamese import clean

NUMBER = re.compile(r"(\d{1,4})(\D.*)?")


def give_certificates(
    course: AwarenessClass,
    enrolments: list[Enrolment],
    *,
    by: User,
    on: date,
    number: str,
    issuer: str = "",
    at: datetime | None = None,
) -> list[Enrolment]:
    """Give `enrolments`, in their order, certificates of the day `on`, numbered from `number` on ("01/2017").

    `issuer` is the organiser where nothing else is said. Everybody gets theirs, or `ClassRefused` names those who
    cannot and nothing is written: the certificate of each dossier is recorded by `workflow.record_papers`.
    """
    require_class_right(by, course.unit, Permission.OPEN_CLASS)
    problems, issuer = find_day_problems(on), clean(issuer) or course.organiser
    numbers = list_numbers(clean(number), len(enrolments))
    if on < course.last and not problems:
        problems["on"] = [_("Lớp học đến ngày %(last)s.") % {"last": dmy(course.last)}]
    if not numbers:
        problems["number"] = [_("Ghi số đầu, như 01/2017.")]
    elif taken := _taken_numbers(issuer, numbers):
        words = _("Đã cấp số %(numbers)s; số tiếp theo là %(next)s.")
        next_one = propose_certificate_number(course, issuer)
        problems["number"] = [words % {"numbers": ", ".join(taken[:5]), "next": next_one}]
    if not enrolments:
        problems[""] = [_("Chưa chọn ai.")]
    if problems:
        raise ClassRefused(problems, {})
    pairs = list(zip(enrolments, numbers, strict=True))
    record_each(pairs, lambda pair: _certify(*pair, by, on, issuer, at), lambda pair: pair[0].pk)
    return enrolments


def list_numbers(number: str, count: int) -> list[str]:
    """`count` numbers from `number` on, with as many digits at least; none where it does not begin with one."""
    match = NUMBER.fullmatch(number)
    if not match:
        return []
    digits, rest = match[1], match[2] or ""
    return [f"{int(digits) + n:0{len(digits)}d}{rest}" for n in range(count)]


def _taken_numbers(issuer, numbers):
    rows = Enrolment.objects.filter(certificate_issuer=issuer, certificate_number__in=numbers)
    return sorted(rows.values_list("certificate_number", flat=True))


def propose_certificate_number(course: AwarenessClass, issuer: str = "") -> str:
    """The number after the last one that `issuer` gave in the year of `course`: "01/2017" when there is none."""
    ending = f"/{course.year}"
    rows = Enrolment.objects.filter(
        certificate_issuer=issuer or course.organiser, certificate_number__endswith=ending
    )
    serials = [
        int(match[1])
        for number in rows.values_list("certificate_number", flat=True)
        if (match := NUMBER.fullmatch(number))
    ]
    return f"{max(serials, default=0) + 1:02d}{ending}"


def _certify(enrolment, number, by, on, issuer, at):
    require_step(enrolment, ClassStep.PASSED)
    dossier = Dossier.objects.select_related("branch", "candidate").get(pk=enrolment.dossier_id)
    if dossier.state in ENDED:
        raise Refused(_("hồ sơ đã kết thúc: %(state)s") % {"state": dossier.state_words})
    until = certificate_until(dossier, on)
    if until and until >= on:
        words = _("hồ sơ đã có GCN ngày %(day)s, còn giá trị đến %(until)s")
        raise Refused(words % {"day": dmy(dossier.certified_on), "until": dmy(until)})
    _record_paper(dossier, by, at, had=True, number=number, dated_on=on, note=issuer, on=on)
    enrolment.dossier = dossier
    move_enrolment(
        enrolment,
        ClassStep.CERTIFIED,
        by=by,
        on=on,
        at=at,
        facts={"number": number},
        certificate_number=number,
        certificate_on=on,
        certificate_issuer=issuer,
    )


def _record_paper(dossier, by, at, *, on, **row):
    rows = {procedure.CERTIFICATE: row}
    workflow.record_papers(dossier, rows, by=by, on=on, at=at)


@transaction.atomic
def take_certificate_back(enrolment: Enrolment, *, by: User, on: date, reason: str) -> None:
    """A certificate was given wrongly: it goes out of the dossier, its number is free, the learner has passed again.

    Raises `Refused`, also where the branch has voted on the strength of it.
    """
    course = enrolment.awareness_class
    require_class_right(by, course.unit, Permission.OPEN_CLASS)
    require_step(enrolment, ClassStep.CERTIFIED)
    if not clean(reason):
        raise Refused({"reason": _("Cần ghi lý do.")})
    dossier = Dossier.objects.select_related("branch", "candidate").get(pk=enrolment.dossier_id)
    if dossier.branch_resolved_on:
        raise Refused(
            _("Chi bộ đã họp xét theo giấy này ngày %(day)s.") % {"day": dmy(dossier.branch_resolved_on)}
        )
    number, issued = enrolment.certificate_number, enrolment.certificate_on
    if dossier.certified_on == issued:
        _record_paper(dossier, by, None, had=False, number=number, dated_on=issued, note=clean(reason), on=on)
    enrolment.dossier = dossier
    move_enrolment(
        enrolment,
        ClassStep.PASSED,
        by=by,
        on=on,
        facts={"grade": enrolment.get_grade_display().lower()},
        certificate_number="",
        certificate_on=None,
        certificate_issuer="",
    )
