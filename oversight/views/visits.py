"""Visits: the calendar of the quarter, arranging one, holding it, what was found, its conclusion, its files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Activity
from accounts.roles import Permission
from admissions.exceptions import Refused, Stale
from admissions.forms.base import add_refusal
from admissions.letters.word import CONTENT_TYPE
from branches.request import UserRequest
from notation.dates import today
from notation.stale import with_texts
from oversight import correcting, visits
from oversight.documents import notice, sheet
from oversight.facts import count_members
from oversight.forms.visits import (
    ArrangeForm,
    FindingsForm,
    HoldForm,
    MoveForm,
    TaskForm,
    addition_forms,
    conclusion_forms,
)
from oversight.models import Visit
from oversight.pages import calendar
from oversight.pages.visit import visit_page
from oversight.tasks import report_task
from oversight.views.request import asked_quarter, asked_unit_below, asked_visit
from reports import periods


def show_calendar(request: UserRequest) -> HttpResponse:
    """What each team held, arranged and has yet to arrange in a quarter, and what was found."""
    period = asked_quarter(request)
    shown = [periods.preceding_quarter(period), period]
    if periods.following_quarter(period).first <= today():
        shown.append(periods.following_quarter(period))
    rows = Visit.objects.for_user(request.user).filter(planned_on__range=period.days)
    context = _calendar_of(request, period) | {
        "periods": shown,
        "visits": rows.select_related("unit", "team", "follower").order_by("planned_on", "pk"),
    }
    return render(request, "oversight/calendar.html", context)


def _calendar_of(request, period):
    return {
        "calendar": calendar.quarter_calendar(request.user, period),
        "period": period,
        "found": calendar.shortcomings_in(request.user, period),
        "open_tasks": calendar.conclusion_tasks(request.user),
        "may_visit": request.user.may(Permission.VISIT),
        "left": _days_left(period),
    }


def _days_left(period):
    """Working days left in the quarter, None once it is over or where no calendar is kept."""
    if not period.includes(today()):
        return None
    try:
        return visits.working_days.load_calendar().between(today(), period.last)
    except visits.working_days.NoCalendar:
        return None


def arrange(request: UserRequest) -> HttpResponse:
    """Arrange a visit, or begin to write down one that was held."""
    if not request.user.may(Permission.VISIT):
        raise PermissionDenied
    unit = asked_unit_below(request)
    form = ArrangeForm(request.user, request.POST or None, {"unit": unit.pk} if unit else None)
    if request.method == "POST" and form.is_valid():
        facts = {"on": form.cleaned_data["on"], "by": request.user, **form.visitor()}
        try:
            visit = visits.arrange_visit(form.cleaned_data["unit"], **facts)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã hẹn."))
            return redirect("oversight:visit", visit.pk)
    context = {"form": form, "unit": unit}
    return render(request, "oversight/arrange.html", context, status=422 if form.errors else 200)


def show_visit(request: UserRequest, pk: int) -> HttpResponse:
    """A visit: figures, tasks of the conclusion before, findings, conclusions. Whoever writes has it as a form."""
    visit = asked_visit(request, pk)
    writes = visits.may_record(request.user, visit) and not visit.signed_on and visit.held_on is not None
    if request.method == "POST" and not writes:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    tasks = list(visits.former_tasks(visit).select_related("unit"))
    due = visits.propose_deadline(visit.day)
    form = FindingsForm(visit, data)
    asked = [TaskForm(task, visit, data) for task in tasks]
    concluded = conclusion_forms(visit, due, data)
    stale = False
    if data is not None and all([one.is_valid() for one in (form, *asked, *concluded)]):
        try:
            return _write(request, visit, form, asked, concluded)
        except Stale as refusal:
            stale, visit = True, asked_visit(request, pk)
            form = FindingsForm(visit, with_texts(data, {}, version=str(visit.version)))
            add_refusal(form, refusal)
        except Refused as refusal:
            add_refusal(form, refusal)
    wrong = data is not None and any(one.errors for one in (form, *asked, *concluded))
    context = {"form": form, "asked": asked, "concluded": concluded, "tasks": tasks, "writes": writes}
    return _render(request, visit, wrong, context | {"stale": stale})


def _render(request, visit, wrong, forms):
    """The page of a visit with `forms`; what a reader does not write has none."""
    context = visit_page(visit, request.user) | _calendar_of(request, periods.quarter_of_day(visit.day))
    addition, task = addition_forms(visit, visits.propose_deadline(today()))
    context |= {
        "addition": addition,
        "added_task": task,
        "corrections": correcting.tell_corrections(visit),
        "may_correct": correcting.may_correct_visit(request.user, visit),
    }
    context |= forms | {"wrong": wrong}
    return render(request, "oversight/visit.html", context, status=422 if wrong else 200)


def _write(request, visit, form, asked, concluded):
    """Keep the whole form, or nothing of it; sign where the button says so. Raises `Refused`."""
    by = request.user
    concluded = [one for row in concluded if (one := row.conclusion())]
    with transaction.atomic():
        visits.write_findings(
            visit, **form.facts(), conclusions=concluded, by=by, seen=form.cleaned_data["version"]
        )
        for row in asked:
            _say_of_task(row, visit, by)
        if "ky" in request.POST:
            number, seen = form.cleaned_data["number"], form.cleaned_data["version"] + 1
            tasks = visits.sign_visit(visit, number=number, by=by, seen=seen)
    if "ky" in request.POST:
        messages.success(request, _("Đã ký kết luận, %(n)d việc.") % {"n": len(tasks)})
    else:
        messages.success(request, _("Đã lưu bản ghi, chưa ký."))
    return redirect("oversight:visit", visit.pk)


def _say_of_task(form, visit, by):
    """Report what was said of a task, where something was; its refusal stands at its own fields."""
    if not form.has_changed():
        return
    try:
        report_task(form.task, **form.cleaned_data, on=visit.held_on, by=by, visit=visit)
    except Refused as refusal:
        add_refusal(form, refusal)
        raise Refused(_("Có việc của kết luận trước chưa ghi được.")) from refusal


def hold(request: UserRequest, pk: int) -> HttpResponse:
    """The visit was held: when, who was met, how many were there. The register's figures are taken down."""
    visit = asked_visit(request, pk)
    if not visits.may_record(request.user, visit) or visit.signed_on:
        raise PermissionDenied
    form = HoldForm(visit, count_members(visit.unit, min(visit.day, today())), request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data}
        try:
            visits.hold_visit(visit, seen=facts.pop("version"), **facts, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi buổi dự; số liệu lấy từ sổ theo ngày này."))
            return redirect("oversight:visit", visit.pk)
    context = {"visit": visit, "form": form}
    return render(request, "oversight/hold.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: UserRequest, pk: int) -> HttpResponse:
    """Another day for what was arranged, or, with `bo`, none."""
    visit = asked_visit(request, pk)
    form = MoveForm(request.POST)
    cancels = "bo" in request.POST
    if cancels:
        form.fields["on"].required = False
    if form.is_valid():
        seen = form.cleaned_data["version"]
        try:
            if cancels:
                visits.cancel_visit(visit, by=request.user, seen=seen)
                messages.success(request, _("Đã bỏ hẹn."))
                return redirect("oversight:calendar")
            visits.move_visit(visit, form.cleaned_data["on"], by=request.user, seen=seen)
            messages.success(request, _("Đã đổi ngày hẹn."))
        except Refused as refusal:
            add_refusal(form, refusal)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("oversight:visit", visit.pk)


@require_POST
def add(request: UserRequest, pk: int) -> HttpResponse:
    """Add words, a task or both to a conclusion that was signed."""
    visit = asked_visit(request, pk)
    words, task = addition_forms(visit, visits.propose_deadline(today()), request.POST)
    if all([words.is_valid(), task.is_valid()]):
        try:
            visits.add_to_visit(
                visit, words.cleaned_data["words"], conclusion=task.conclusion(), by=request.user
            )
        except Refused as refusal:
            add_refusal(task if {*refusal.by_field} & {*task.fields} else words, refusal)
        else:
            messages.success(request, _("Đã ghi bổ sung."))
            return redirect("oversight:visit", visit.pk)
    tasks = list(visits.former_tasks(visit).select_related("unit"))
    forms = {"form": words, "asked": [], "concluded": [], "tasks": tasks, "writes": False, "stale": False}
    return _render(request, visit, True, forms | {"addition": words, "added_task": task})


def make_notice(request: UserRequest, pk: int) -> HttpResponse:
    """The conclusion notice as a Word file; whoever only reads gets it once it is signed."""
    visit = asked_visit(request, pk)
    if not visit.signed_on and not visits.may_record(request.user, visit):
        raise PermissionDenied
    return _file(request, visit, notice.write_notice(visit), f"thong-bao-ket-luan-{visit.pk}.docx")


def make_sheet(request: UserRequest, pk: int) -> HttpResponse:
    """The sheet to take along, with the figures of the day of the visit, of today for one to come."""
    visit = asked_visit(request, pk)
    if not visits.may_record(request.user, visit):
        raise PermissionDenied
    return _file(request, visit, sheet.write_sheet(visit), f"phieu-du-{visit.pk}.docx")


def _file(request, visit, data, name):
    subject = f"{name}: {visit.unit.title}"[:200]
    Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=subject)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=CONTENT_TYPE, headers=headers)
