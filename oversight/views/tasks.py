"""The tasks of a unit and what was said of each."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from branches.models import Organisation
from branches.request import UserRequest
from notation.dates import today
from oversight.forms.answering import ReportForm
from oversight.forms.passing_on import HeirForm
from oversight.models import Task
from oversight.pages import tasks as task_pages
from oversight.passing_on import heirs_of, pass_on_task
from oversight.tasks import may_give, report_task
from oversight.views.request import pass_on_to_heir
from reports.views.request import asked_page, asked_unit


def list_tasks(request: UserRequest) -> HttpResponse:
    """The tasks of a unit and of those below it, by state."""
    unit, asked = asked_unit(request), request.GET.get("trang-thai", "mo")
    if asked not in task_pages.FILTERS:
        raise Http404
    rows = Task.objects.for_user(request.user).under_or_left(unit)
    counts = task_pages.count_tasks(rows, today())
    page = asked_page(request, task_pages.with_origins(task_pages.filter_tasks(rows, asked, today())))
    above = Organisation.objects.for_user(request.user).filter(pk__in=unit.ancestor_ids()[:-1])
    below = Organisation.objects.for_user(request.user).filter(parent=unit).on(today()).in_order(unit)
    context = {
        "unit": unit,
        "above": list(above.order_by("path")),
        "below": below,
        "asked": asked,
        "tabs": [
            (key, words, counts[key], task_pages.tasks_url(unit, key))
            for key, words in task_pages.FILTERS.items()
            if key != task_pages.LEFT or counts[key] or key == asked
        ],
        "page": page,
        "lines": [_line_of(task, request.user) for task in page],
    }
    return render(request, "oversight/tasks.html", context)


def show_task(request: UserRequest, pk: int) -> HttpResponse:
    """One task: what was said of it, and the form to say what became of it."""
    rows = task_pages.with_origins(Task.objects.for_user(request.user))
    task = get_object_or_404(rows, pk=pk)
    may_report = may_give(request.user, task.unit)
    start = {"state": task.state, "on": today()}
    form = ReportForm(request.POST or None, initial=start)
    if request.method == "POST":
        if not may_report:
            raise PermissionDenied
        if form.is_valid():
            try:
                report_task(task, **form.cleaned_data, by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                words = _("Đã ghi: %(state)s.") % {"state": task.get_state_display()}
                messages.success(request, words)
                return redirect("oversight:task", task.pk)
    context = {
        "line": _line_of(task, request.user),
        "task": task,
        "may_see_unit": request.user.may(Permission.SEE, task.unit),
        **_heirs_to_choose(task, may_report),
        "reports": task.reports.select_related("by").order_by("-pk"),
        "form": form if may_report else None,
    }
    return render(request, "oversight/task.html", context, status=422 if form.errors else 200)


def _line_of(task, user):
    """The line of a task; an heir does not see where a unit that ended was given it."""
    line = task_pages.task_line(task, today())
    return line if user.may(Permission.SEE, task.unit) else replace(line, url="")


def _heirs_to_choose(task, may_report, data=None):
    heirs = heirs_of(task.unit, today()) if task.state != Task.State.DONE else []
    form = HeirForm(data, heirs=heirs) if heirs and may_report else None
    return {"heirs": heirs, "heir_form": form}


@require_POST
def pass_on_task_page(request: UserRequest, pk: int) -> HttpResponse:
    """Pass a task of a unit that ended on to one of its heirs."""
    rows = task_pages.with_origins(Task.objects.for_user(request.user))
    task = get_object_or_404(rows, pk=pk)
    return pass_on_to_heir(
        request,
        task,
        pass_on_task,
        lacking=_("Chọn đơn vị kế tục nhận việc."),
        done=_("Đã chuyển việc cho %(unit)s."),
        addresses=("oversight:task", "oversight:tasks"),
    )
