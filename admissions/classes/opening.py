"""Opening a class, and putting right what was written of it. Every change leaves a line in the log."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.choices import ClassStep
from admissions.classes.recording import require_class_right
from admissions.exceptions import Refused
from admissions.models import AwarenessClass
from branches.models import Organisation
from branches.successions import describe_absence
from notation.dates import dmy, today
from notation.numbers import roman_numeral


@transaction.atomic
def open_class(course: AwarenessClass, *, by: User) -> AwarenessClass:
    """Save a new class, opened by the committee `course.unit`. Raises `Refused` with sentences by field."""
    return _save(course, by, "Mở lớp")


@transaction.atomic
def change_class(course: AwarenessClass, *, by: User) -> AwarenessClass:
    """Save what was put right. The days of attendance stay as they are once somebody's were recorded."""
    before = AwarenessClass.objects.get(pk=course.pk)
    recorded = course.enrolments.exclude(days_attended=None).exists()
    if recorded and before.days != course.days:
        words = _("Đã ghi dự học theo %(n)d ngày; số ngày học giữ nguyên.")
        raise Refused({"days": words % {"n": before.days}})
    return _save(course, by, "Sửa lớp")


def _save(course, by, what):
    require_class_right(by, course.unit, Permission.OPEN_CLASS)
    if wrong := _find_problems(course):
        raise Refused(wrong)
    if course.pk is None:
        course.by = by
    course.save()
    told = f"{what}: {course.name}, {course.span}, {course.decision}"
    log_change(by, told)
    return course


def _find_problems(course):
    """{field: sentence} of what cannot be."""
    wrong, day = {}, course.decided_on
    if bool(course.number) != bool(day):
        wrong["decided_on" if course.number else "number"] = _("Quyết định có cả số và ngày.")
    elif day is None:
        pass  # until the list of learners is settled
    elif day > today():
        wrong["decided_on"] = _("%(day)s chưa tới.") % {"day": dmy(day)}
    elif not course.unit.exists_on(day):
        wrong["decided_on"] = describe_absence(course.unit, day)
    elif day > course.last:
        wrong["decided_on"] = _("Quyết định sau khi lớp kết thúc (%(last)s).") % {"last": dmy(course.last)}
    if course.last < course.first:
        facts = {"last": dmy(course.last), "first": dmy(course.first)}
        wrong["last"] = _("%(last)s trước ngày %(first)s.") % facts
    elif not 1 <= course.days <= (course.last - course.first).days + 1:
        words = _("Từ %(first)s đến %(last)s có %(n)d ngày.")
        n = (course.last - course.first).days + 1
        wrong["days"] = words % {"first": dmy(course.first), "last": dmy(course.last), "n": n}
    others = AwarenessClass.objects.filter(unit=course.unit).exclude(pk=course.pk)
    if others.filter(name=course.name).exists():
        wrong["name"] = _("Đã có %(name)s.") % {"name": course.name}
    return wrong


def propose_class_name(unit: Organisation, year: int) -> str:
    """The name of the next class of `year`: "Khóa II năm 2017"."""
    number = AwarenessClass.objects.filter(unit=unit, first__year=year).count() + 1
    return f"Khóa {roman_numeral(number)} năm {year}"


def is_taking_nominations(course: AwarenessClass) -> bool:
    """Whether people may still be nominated: until the class is over, and while nobody's result is there."""
    started = course.enrolments.filter(step__in=(ClassStep.PASSED, ClassStep.CERTIFIED)).exists()
    return course.last >= today() and not started
