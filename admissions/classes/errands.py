"""What of the classes is due to somebody, for the day's page (`admissions.worklist.errands`)."""

from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.choices import ClassStep
from admissions.classes.opening import is_taking_nominations
from admissions.classes.steps import TO_CHECK
from admissions.classes.waiting import list_waiting, weigh_queue
from admissions.models import AwarenessClass, Enrolment
from admissions.worklist.errands import Errand
from branches.models import within_scope


def list_class_errands(user: User, day: date) -> list[Errand]:
    """Of the committee above: nominations, attendance, results, certificates, the next class; of units: nominations."""
    upper = user.scope(Permission.OPEN_CLASS)
    if upper:
        courses = list(AwarenessClass.objects.for_user(user).select_related("unit"))
        inside = [course for course in courses if course.unit.path.startswith(tuple(upper))]
        return [*_of_classes(inside, day), *_next_class(user, courses, day)]
    return [*_checks_of_base(user, day), *_nominations_of_branches(user, day)]


def _address(page, course):
    return reverse(f"classes:{page}", args=[course.pk])


def _of_classes(courses, day):
    """One errand for each step of a class that people wait at."""
    found = []
    rows = (
        Enrolment.objects.filter(awareness_class__in=courses)
        .order_by()
        .values_list("awareness_class", "step")
    )
    told = list(rows.annotate(n=Count("pk"), first=Min("rewrite_by")))
    counts = {(pk, step): n for pk, step, n, _first in told}
    rewriting = {pk: first for pk, step, _n, first in told if step == ClassStep.REWRITE}
    for course in courses:
        over = course.last <= day
        n = sum(counts.get((course.pk, step), 0) for step in TO_CHECK)
        if n and not over:
            found.append(_errand(course, "check", _("Duyệt %(n)d người được đề cử"), n, course.first))
        for step, page, words, due in (
            (ClassStep.APPROVED, "attendance", _("Ghi dự học %(n)d người"), course.last),
            (ClassStep.ATTENDED, "results", _("Ghi kết quả %(n)d người"), None),
            (
                ClassStep.REWRITE,
                "results",
                _("Ghi kết quả bài viết lại, %(n)d người"),
                rewriting.get(course.pk),
            ),
            (ClassStep.PASSED, "certificates", _("Cấp %(n)d giấy chứng nhận"), None),
        ):
            if over and (n := counts.get((course.pk, step), 0)):
                found.append(_errand(course, page, words, n, due))
    return found


def _errand(course, page, words, n, due):
    return Errand(unit=course.name, what=words % {"n": n}, url=_address(page, course), due=due)


def _next_class(user, courses, day):
    """That enough people wait, or somebody too long, and no class is taking nominations."""
    if any(course.last >= day for course in courses):
        return []
    queue = weigh_queue(user, day, courses)
    if not (queue.enough or queue.long):
        return []
    detail = _("mức mở lớp %(least)d người") % {"least": queue.least}
    if queue.long:
        detail += " · " + _("%(n)d người chờ quá lâu") % {"n": queue.long}
    what = _("Mở lớp nhận thức: %(n)d người chờ") % {"n": queue.number}
    return [
        Errand(unit=_("Lớp nhận thức"), what=what, url=reverse("classes:list"), due=queue.due, detail=detail)
    ]


def _checks_of_base(user, day):
    rows = Enrolment.objects.for_user(user, Permission.BASE_WORK).filter(
        step=ClassStep.NOMINATED, awareness_class__last__gte=day
    )
    counts = rows.order_by().values_list("awareness_class", "commune__name").annotate(n=Count("pk"))
    courses = AwarenessClass.objects.in_bulk({pk for pk, _unit, _n in counts})
    return [
        Errand(
            unit=unit,
            what=_("Kiểm %(n)d người chi bộ đề cử học %(course)s") % {"n": n, "course": courses[pk].name},
            url=_address("check", courses[pk]),
            due=courses[pk].first,
        )
        for pk, unit, n in counts
    ]


def _nominations_of_branches(user, day):
    paths = user.scope(Permission.BRANCH_WORK)
    if not paths:
        return []
    n = list_waiting(user, day).filter(within_scope(paths, "branch__")).count()
    courses = AwarenessClass.objects.for_user(user).filter(first__gt=day)
    if not n or not courses:
        return []
    return [
        Errand(
            unit=course.name,
            what=_("Đề cử học lớp: %(n)d người chờ") % {"n": n},
            url=_address("nominate", course),
            due=course.first,
            detail=course.decision,
        )
        for course in courses
        if is_taking_nominations(course)
    ]
