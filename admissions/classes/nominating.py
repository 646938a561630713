"""A branch nominates people for a class by its resolution; what looks wrong is said and never stops it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure
from admissions.choices import ClassStep
from admissions.classes.recording import (
    ClassRefused,
    find_day_problems,
    note_step,
    record_each,
    require_class_right,
)
from admissions.classes.steps import SEATED, TO_CHECK
from admissions.exceptions import Refused
from admissions.models import AwarenessClass, Dossier, Enrolment
from admissions.rules.conditions import age_in_months
from admissions.rules.unit_of_day import branch_of_day
from admissions.states import State
from notation.dates import add_months, dmy, today
from notation.vietnamese import clean

BEFORE_THE_VOTE = (State.LISTED, State.PREPARING)
"""States in which somebody may still need a certificate: the branch has not voted yet."""


@dataclass(frozen=True)
class Nominee:
    """Somebody whom their branch nominates, by the resolution of that number, where there is one."""

    dossier: Dossier
    resolution: str = ""


def nominate_people(
    course: AwarenessClass, nominees: list[Nominee], *, by: User, on: date, at: datetime | None = None
) -> list[Enrolment]:
    """Nominate all of them for `course` on the day `on`, or nobody; `ClassRefused` names those who cannot be.

    Whom the base committee had agreed to send before (`class_agreed_on`) goes on to the committee above; so does
    somebody of a base branch, which has none above it. The others wait for the base committee's check.
    """
    problems = find_day_problems(on)
    if course.last < on:
        words = _("%(course)s đã kết thúc ngày %(last)s.")
        problems.setdefault("on", []).append(words % {"course": course.name, "last": dmy(course.last)})
    if not nominees:
        problems[""] = [_("Chưa chọn ai.")]
    if problems:
        raise ClassRefused(problems, {})
    made: list[Enrolment] = []

    def record(nominee):
        made.append(_nominate(course, nominee, by, on, at))

    record_each(nominees, record, lambda nominee: nominee.dossier.pk)
    return made


@transaction.atomic
def _nominate(course, nominee, by, on, at):
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=nominee.dossier.pk)
    require_class_right(by, dossier.branch, Permission.BRANCH_WORK)
    _refuse_unfit(dossier, on)
    branch = branch_of_day(dossier, on)
    agreed = dossier.class_agreed_on
    if agreed is None and branch.is_base_branch:
        agreed = on
    row = Enrolment.objects.create(
        awareness_class=course,
        dossier=dossier,
        branch=branch,
        commune=branch.base_organisation,
        step=ClassStep.PROPOSED if agreed else ClassStep.NOMINATED,
        nominated_on=on,
        resolution=clean(nominee.resolution),
        proposed_on=agreed,
    )
    note_step(row, ClassStep.NOMINATED, by=by, on=on, at=at, facts={"number": row.resolution})
    return row


def _refuse_unfit(dossier, on):
    if dossier.state not in BEFORE_THE_VOTE:
        raise Refused(_("hồ sơ đang ở trạng thái “%(state)s”") % {"state": dossier.state_words})
    if on < dossier.listed_on:
        raise Refused(_("vào danh sách sau đó, ngày %(day)s") % {"day": dmy(dossier.listed_on)})
    held = dossier.enrolments.filter(step__in=SEATED) | dossier.enrolments.filter(
        step__in=TO_CHECK, awareness_class__last__gte=on
    )
    if other := held.select_related("awareness_class").first():
        raise Refused(_("đã có trong %(course)s") % {"course": other.awareness_class.name})


def certificate_until(dossier: Dossier, day: date) -> date | None:
    """The last day of the dossier's certificate, by the procedure that binds it or is in force on `day`."""
    if dossier.certified_on is None:
        return None
    return certificate_end_on(dossier, dossier.certified_on, day)


def certificate_end_on(dossier: Dossier, certified_on: date, day: date | None = None) -> date:
    """The last day of a certificate of `certified_on`, by the procedure that binds the dossier or is in force on `day`
    (that of the certificate)."""
    version = (
        procedure.get_version(dossier.procedure)
        if dossier.procedure
        else procedure.version_in_force(day or certified_on)
    )
    return add_months(certified_on, version.conditions.certificate_months)


def warn_about(dossier: Dossier, course: AwarenessClass, resolution: str = "") -> list[str]:
    """What whoever nominates or checks should know of somebody; none of it stops the nomination."""
    words, until = [], certificate_until(dossier, course.last)
    if until and until >= course.last:
        number = dossier.papers.filter(code=procedure.CERTIFICATE).values_list("number", flat=True).first()
        told = {"number": number or dmy(dossier.certified_on), "day": dmy(until)}
        words.append(_("Đã có GCN %(number)s, còn giá trị đến %(day)s") % told)
    elif until:
        words.append(_("GCN hết giá trị ngày %(day)s, phải học lại") % {"day": dmy(until)})
    if not clean(resolution):
        words.append(_("Chi bộ chưa có nghị quyết cử học"))
    if dossier.class_agreed_on is None and not dossier.branch.is_base_branch:
        words.append(_("Cấp ủy cơ sở chưa có ý kiến"))
    if age_in_months(dossier.candidate.birth.latest, today()) < 12 * 18:
        words.append(_("Chưa đủ 18 tuổi, vẫn được học"))
    return words
