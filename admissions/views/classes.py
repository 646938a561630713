"""Awareness classes as pages: by year, one class with what tells its lists apart, its people, and who waits."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions import classes, procedure
from admissions.choices import ClassStep
from admissions.classes import figures, steps
from admissions.classes.nominating import certificate_until
from admissions.classes.opening import is_taking_nominations
from admissions.classes.telling import list_differences, tell_reason, tell_standing
from admissions.classes.waiting import (
    keep_long_waiting,
    list_expired,
    list_waiting,
    too_long_before,
    waiting_since,
    weigh_queue,
)
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.classes import ClassForm, TakeBackForm, values_of
from admissions.models import AwarenessClass
from admissions.rules import working_days
from admissions.states import State
from admissions.views.request import asked_class, classes_in_year
from branches.models import Organisation, Tier, within_scope
from branches.request import UserRequest
from notation.dates import add_months, dmy, today

PAGE = 100
LISTS = {
    "de-cu": gettext_lazy("Đề cử"),
    "duyet": gettext_lazy("Được duyệt"),
    "du": gettext_lazy("Dự đủ"),
    "dat": gettext_lazy("Đạt"),
    "gcn": gettext_lazy("Đã cấp GCN"),
}
"""The lists of a class, as its address names them (`buoc`)."""


def list_classes(request: UserRequest) -> HttpResponse:
    """The classes of a year (`nam`) in the reader's scope, and the queue for the next one."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today().year
    courses = list(classes_in_year(request, year))
    tallies = figures.tally_classes(courses, request.user)
    seen = AwarenessClass.objects.for_user(request.user)
    years = {row.year for row in seen.dates("first", "year")} | {today().year, year}
    context = {
        "year": year,
        "years": sorted(years, reverse=True),
        "rows": [(row, tallies[row.pk], *tell_standing(row, tallies[row.pk], today())) for row in courses],
        "may_open": request.user.may(Permission.OPEN_CLASS),
        "course": None,
        **_queue_context(request),
        **_units_context(request, None),
    }
    return render(request, "admissions/classes.html", context)


def _queue_context(request):
    day = today()
    queue = weigh_queue(request.user, day)
    days = None
    if queue.first:
        days = working_days.load_calendar().between(waiting_since(queue.first), day)
    taking = list(AwarenessClass.objects.for_user(request.user).filter(first__gt=day))
    return {
        "queue": queue,
        "days": days,
        "expired": list_expired(request.user, day).count(),
        "taking": taking[-1] if taking else None,
        "plan_late": queue.due is not None and queue.due < day and not taking,
        "next_name": _name_to_propose(request) if queue.number and not taking else "",
    }


def _name_to_propose(request):
    """The name of the next class for whoever may open it and take files; "" for everybody else."""
    units = Organisation.objects.for_user(request.user).order_by("path")
    top = units.first()
    rights = (Permission.OPEN_CLASS, Permission.EXPORT)
    if top is None or not all(request.user.may(right, top) for right in rights):
        return ""
    return classes.propose_class_name(top, today().year)


def _units_context(request, course):
    """The table by unit: base organisations for a reader above them, branches for everybody else."""
    whole = Organisation.objects.for_user(request.user).filter(tier=Tier.DISTRICT).first()
    lines = figures.tally_units(course, request.user, by_branch=whole is None)
    return {
        "lines": lines,
        "sees_all": whole is not None,
        "whole": whole.whole.capitalize() if whole else _("Cộng"),
        "longest": max((line.waiting for line in lines), default=0),
        "waiting": sum(line.waiting for line in lines),
    }


def show_class(request: UserRequest, pk: int) -> HttpResponse:
    """One class: its lists, those who are on one and not on the next, its units, and what is due next."""
    course = asked_class(request, pk)
    tally = figures.tally_class(course, request.user)
    rows = figures.list_enrolments(course, request.user)
    mark, standing = tell_standing(course, tally, today())
    months = procedure.version_in_force(today()).conditions.certificate_months
    acts = _open_acts(request, course, tally)
    context = {
        "course": course,
        "mark": mark,
        "standing": standing,
        "siblings": _siblings(request, course),
        "tally": tally,
        "branches": rows.order_by().values("branch").distinct().count(),
        "grades": figures.count_grades(rows),
        "differences": list_differences(course, request.user),
        "act": acts[0] if acts else None,
        "others": acts[1:],
        "first_number": classes.propose_certificate_number(course),
        "months": months,
        "valid_until": add_months(max(today(), course.last), months),
        "may_export": request.user.may(Permission.EXPORT),
        "may_change": request.user.may(Permission.OPEN_CLASS, course.unit),
        **_queue_context(request),
        **_units_context(request, course),
    }
    return render(request, "admissions/class.html", context)


def _siblings(request, course):
    """This class and the three before it, the earliest first."""
    return list(AwarenessClass.objects.for_user(request.user).filter(first__lte=course.first)[:4])[::-1]


def _open_acts(request, course, tally):
    """[(page, words, address)] of what the reader may do at this class now, the most urgent first."""
    user, over, found = request.user, course.last <= today(), []
    to_check = tally.count(*steps.TO_CHECK)
    if user.may(Permission.OPEN_CLASS, course.unit):
        passed, attended = tally.count(ClassStep.PASSED), tally.count(ClassStep.ATTENDED)
        approved, again = tally.count(ClassStep.APPROVED), tally.unfinished
        found += [
            (
                "certificates",
                _("Cấp %(n)d giấy chứng nhận") % {"n": passed},
                over and passed and user.may(Permission.ENTER, course.unit),
            ),
            ("results", _("Ghi kết quả %(n)d người") % {"n": attended}, over and attended),
            ("attendance", _("Ghi dự học %(n)d người") % {"n": approved}, over and approved),
            ("check", _("Duyệt %(n)d người") % {"n": to_check}, to_check),
            ("results", _("Ghi bài viết lại, %(n)d người") % {"n": again}, again),
        ]
    elif user.may(Permission.BASE_WORK):
        n = tally.count(ClassStep.NOMINATED)
        found.append(("check", _("Kiểm %(n)d người chi bộ đề cử") % {"n": n}, n))
    if user.may(Permission.BRANCH_WORK):
        found.append(("nominate", _("Đề cử người chờ lớp"), is_taking_nominations(course)))
    return [
        (page, words, reverse(f"classes:{page}", args=[course.pk]))
        for page, words, is_open in found
        if is_open
    ]


def list_class_people(request: UserRequest, pk: int) -> HttpResponse:
    """One list of a class (`buoc`), of all or of one unit (`don-vi`), with what became of each."""
    course = asked_class(request, pk)
    key = request.GET.get("buoc", "de-cu")
    if key not in LISTS:
        raise Http404
    rows, unit = figures.list_enrolments(course, request.user, key), None
    if "don-vi" in request.GET:
        asked = request.GET["don-vi"]
        unit = get_object_or_404(Organisation, pk=int(asked) if asked.isdecimal() and len(asked) < 18 else 0)
        rows = rows.filter(Q(commune=unit) | Q(branch=unit))
        inside = Organisation.objects.for_user(request.user).filter(pk=unit.pk)
        if not rows.exists() and not inside.exists():
            raise Http404
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "course": course,
        "unit": unit,
        "key": key,
        "title": LISTS[key],
        "lists": LISTS.items(),
        "page": page,
        "rows": [(row, *tell_reason(row), classes.may_correct_enrolment(request.user, row)) for row in page],
        "form": TakeBackForm() if request.user.may(Permission.OPEN_CLASS, course.unit) else None,
    }
    return render(request, "admissions/class_people.html", context)


def list_waiting_people(request: UserRequest) -> HttpResponse:
    """Who waits for a class: all, of a unit (`don-vi`), too long (`lau`), with an application (`mo-ho-so`).

    `het-han` are those whose certificate has expired and whom nobody has sent again.
    """
    day, unit = today(), None
    expired = "het-han" in request.GET
    rows = list_expired(request.user, day) if expired else list_waiting(request.user, day)
    if "don-vi" in request.GET:
        asked = request.GET["don-vi"]
        inside = Organisation.objects.for_user(request.user)
        unit = get_object_or_404(inside, pk=int(asked) if asked.isdecimal() and len(asked) < 18 else 0)
        rows = rows.under(unit)
    if "lau" in request.GET and not expired:
        rows = keep_long_waiting(rows, day)
    if "mo-ho-so" in request.GET:
        rows = rows.exclude(state=State.LISTED)
    page = Paginator(rows.for_list(), PAGE).get_page(request.GET.get("trang"))
    context = {
        "unit": unit,
        "expired": expired,
        "words": _words_of_filters(request),
        "may_export": request.user.may(Permission.EXPORT),
        "page": page,
        "rows": [_expired_line(row, day) for row in page] if expired else _waiting_lines(page, day),
    }
    return render(request, "admissions/class_waiting.html", context)


def _expired_line(row, day):
    return row, certificate_until(row, day), None, False


def _waiting_lines(page, day):
    """[(dossier, since when it waits, for how many working days, whether that is too long)]"""
    calendar, limit = working_days.load_calendar(), too_long_before(day)
    since = [(row, waiting_since(row)) for row in page]
    return [(row, on, calendar.between(on, day), on < limit) for row, on in since]


def _words_of_filters(request: UserRequest) -> list[str]:
    words = []
    if "lau" in request.GET:
        words.append(_("chờ từ trước %(day)s") % {"day": dmy(too_long_before(today()))})
    if "mo-ho-so" in request.GET:
        words.append(_("đã mở hồ sơ"))
    return words


def open_class_page(request: UserRequest) -> HttpResponse:
    """Open a class at the first unit where the reader may."""
    units = Organisation.objects.filter(within_scope(request.user.scope(Permission.OPEN_CLASS)))
    unit = units.on(today()).order_by("path").first()
    if unit is None:
        raise PermissionDenied
    before = AwarenessClass.objects.filter(unit=unit).first()
    initial: dict[str, Any] = {"name": classes.propose_class_name(unit, today().year)}
    if before:
        initial |= {name: getattr(before, name) for name in ("organiser", "place", "days", "programme")}
    form = ClassForm(request.POST or None, initial=initial)
    return _save_class(request, form, AwarenessClass(unit=unit), classes.open_class, _("Mở lớp"))


def change_class_page(request: UserRequest, pk: int) -> HttpResponse:
    """Put right what was written of a class."""
    course = asked_class(request, pk)
    if not request.user.may(Permission.OPEN_CLASS, course.unit):
        raise PermissionDenied
    form = ClassForm(request.POST or None, initial=values_of(course))
    return _save_class(request, form, course, classes.change_class, _("Sửa lớp"))


def _save_class(request, form, course, save, title):
    if request.method == "POST" and form.is_valid():
        try:
            save(form.fill(course), by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi %(name)s.") % {"name": course.name})
            return redirect(course)
    back = AwarenessClass.objects.get(pk=course.pk) if course.pk else None
    context = {"form": form, "course": back, "title": title}
    return render(request, "admissions/class_form.html", context, status=422 if form.errors else 200)
