"""Pages of resolutions, plans and decisions: the list, a document with what rests on it, writing and changing one."""

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from branches.request import UserRequest
from notation.dates import today
from oversight.forms.plans import PlanContentForm, PlanForm, TaskForm
from oversight.models import Plan
from oversight.pages import plan_groups
from oversight.pages.plans import PlanPage
from oversight.plans import change_plan, may_write_plan, plan_period, record_plan
from oversight.target_groups import ALL, GROUPS, list_admitted, list_listed, list_under_way
from oversight.tasks import assign_task
from reports import links, periods
from reports.views.request import asked_page, asked_period, asked_unit

WHAT = ("ket-nap", "ho-so", "nguon")
"""The people behind a number of a plan, as the address names them."""


def asked_plan(request: UserRequest, pk: int) -> Plan:
    """The document of the address, inside the reader's scope; otherwise 404."""
    rows = Plan.objects.for_user(request.user).select_related(
        "unit__parent", "basis", "rests_on__basis", "by"
    )
    return get_object_or_404(rows, pk=pk)


def list_plans(request: UserRequest) -> HttpResponse:
    """The documents of a unit and of those under it, the latest first; `can-cu` narrows to what rests on one."""
    unit = asked_unit(request)
    rows = Plan.objects.for_user(request.user).under(unit).select_related("basis", "unit", "rests_on__basis")
    above = None
    if asked := request.GET.get("can-cu", ""):
        if not asked.isdecimal() or len(asked) > 18:
            raise Http404
        above = get_object_or_404(Plan.objects.for_user(request.user), pk=int(asked))
        rows = rows.filter(rests_on=above)
    context = {
        "unit": unit,
        "above": above,
        "page": asked_page(request, rows.order_by("unit__path", "-basis__on", "-pk")),
        "may_write": may_write_plan(request.user, unit),
        "drafts": not unit.is_branch,
        "period": periods.year_period(today().year),
        "readable": _readable(request.user),
    }
    return render(request, "oversight/plans.html", context)


def _readable(user):
    """The primary keys of the documents that `user` may open: what others rest on may lie above them."""
    return set(Plan.objects.for_user(user).values_list("pk", flat=True))


def show_plan(request: UserRequest, pk: int) -> HttpResponse:
    """A document: the sentence, targets by group, tasks, who has given no quotas on, and what rests on it."""
    plan = asked_plan(request, pk)
    page = PlanPage(plan)
    others = Plan.objects.for_user(request.user).filter(unit=plan.unit, kind=plan.kind)
    context = {
        "plan": plan,
        "page": page,
        "years": others.select_related("basis").order_by("first", "pk"),
        "may_write": may_write_plan(request.user, plan.unit),
        "opens_basis": plan.rests_on_id in _readable(request.user),
        "urls": {what: plan_groups.branches_url(plan, what) for what in WHAT},
        "quotas_url": links.quotas_url(plan.unit, page.period),
    }
    return render(request, "oversight/plan.html", context)


def list_plan_people(request: UserRequest, pk: int) -> HttpResponse:
    """The people behind a number of a plan: `o` says which, `nhom` the group."""
    plan = asked_plan(request, pk)
    what, group = request.GET.get("o", "ho-so"), (GROUPS | {"all": ALL}).get(request.GET.get("nhom", "all"))
    if what not in WHAT or group is None:
        raise Http404
    day = min(today(), plan.last)
    if what == "ket-nap":
        rows = list_admitted(plan.unit, plan_period(plan), group)
    else:
        rows = (list_under_way if what == "ho-so" else list_listed)(plan.unit, day, group)
    rows = rows.for_list().by_name()
    context = {"plan": plan, "what": what, "group": group, "day": day}
    return render(request, "oversight/plan_people.html", context | {"page": asked_page(request, rows)})


def list_plan_branches(request: UserRequest, pk: int) -> HttpResponse:
    """The branches with a source: `o` those that admitted, that have a dossier only, that have a source only."""
    plan = asked_plan(request, pk)
    page = PlanPage(plan)
    found = plan_groups.branches_with_sources(plan.unit, page.period, page.day)
    parts = {"ket-nap": found.admitted, "ho-so": found.under_way, "nguon": found.listed}
    what = request.GET.get("o", "")
    if what and what not in parts:
        raise Http404
    rows = parts[what] if what else [row for part in parts.values() for row in part]
    context = {"plan": plan, "what": what, "period": page.period, "page": asked_page(request, rows)}
    return render(request, "oversight/plan_branches.html", context)


# Writing


def record_plan_page(request: UserRequest) -> HttpResponse:
    """Write down a document of a unit; a document that quotas rest on already may be named."""
    unit, period = asked_unit(request), asked_period(request)
    if not may_write_plan(request.user, unit):
        raise PermissionDenied
    initial = {"kind": Plan.Kind.PLAN, "first": period.first, "last": period.last}
    form = PlanForm(request.POST or None, unit=unit, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                plan = record_plan(unit, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi %(basis)s.") % {"basis": plan.basis})
            return redirect("oversight:plan", plan.pk)
    context = {"form": form, "unit": unit}
    return render(request, "oversight/plan_form.html", context, status=422 if form.errors else 200)


def change_plan_page(request: UserRequest, pk: int) -> HttpResponse:
    """Change what a document says, and its sub-targets; what somebody else changed meanwhile is not written over."""
    plan = asked_plan(request, pk)
    if not may_write_plan(request.user, plan.unit):
        raise PermissionDenied
    standing: dict[str, object] = {f"target_{row.measure}": row.number for row in plan.sub_targets.all()}
    standing |= {"lead": plan.lead, "content": plan.content, "every_branch": plan.every_branch}
    seen = hashlib.sha256(repr(sorted(standing.items())).encode()).hexdigest()[:16]
    form = PlanContentForm(request.POST or None, initial=standing | {"seen": seen})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["seen"] != seen:
            form.data = request.POST.copy()
            form.data["seen"] = seen
            form.add_error(None, _("Vừa có người sửa văn bản này. Xem lại rồi lưu lần nữa; chưa lưu gì."))
        else:
            facts = {name: data[name] for name in ("lead", "content", "every_branch")}
            try:
                change_plan(plan, **facts, targets=form.targets(), by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã lưu %(basis)s.") % {"basis": plan.basis})
                return redirect("oversight:plan", plan.pk)
    context = {"form": form, "plan": plan}
    return render(request, "oversight/plan_content.html", context, status=422 if form.errors else 200)


# Tasks


def assign_plan_task(request: UserRequest, pk: int) -> HttpResponse:
    """Give a task of a plan, to be done before a day."""
    plan = asked_plan(request, pk)
    if not may_write_plan(request.user, plan.unit):
        raise PermissionDenied
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            task = assign_task(plan.unit, **form.cleaned_data, on=plan.basis.on, by=request.user, plan=plan)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã thêm việc “%(what)s”.") % {"what": task.what})
            return redirect("oversight:plan", plan.pk)
    context = {"form": form, "plan": plan}
    return render(request, "oversight/plan_task.html", context, status=422 if form.errors else 200)
