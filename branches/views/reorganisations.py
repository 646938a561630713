"""The pages of plans of changes: the list, a new plan, its document, the plan itself and all its totals."""

from collections import Counter

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches import drafts
from branches.forms.reorganisation import BasisForm, VersionForm
from branches.models import Organisation, Reorganisation
from branches.plan_page import MARKS, PlanPage
from branches.plan_rehearsals import group_totals, shown_rehearsal
from branches.plan_words import suggest_title
from branches.reorganisation import loading, schedule
from branches.request import UserRequest
from branches.views.request import asked_number, asked_own_plan, asked_plan, plans_in_scope, show_refusal
from notation.dates import dmy, today

State = Reorganisation.State
ROWS = 50
"""Plans on one page of the list."""


def list_reorganisations(request: UserRequest) -> HttpResponse:
    """The plans of the units in the reader's scope, the latest day first."""
    rows = plans_in_scope(request)
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    numbers = Counter(rows.values_list("state", flat=True))
    may_change = _places_to_plan(request).exists()
    context = {
        "page": page,
        "lines": [_line_of(plan) for plan in page],
        "counts": [(numbers[state], State(state).label) for state in State if numbers[state]],
        "may_change": may_change,
        "ready": len(loading.list_files()) if may_change and settings.DEMONSTRATION else 0,
    }
    return render(request, "branches/reorganisations.html", context)


def _line_of(plan):
    return {
        "plan": plan,
        "basis": plan.basis,
        "mark": MARKS[State(plan.state)],
        "words": plan.get_state_display(),
    }


def _places_to_plan(request):
    """The units under which the reader may plan: those of the posts that allow it."""
    paths = request.user.scope("change_units")
    return Organisation.objects.filter(path__in=paths).on(today()).order_by("path")


def new_reorganisation(request: UserRequest) -> HttpResponse:
    """A new plan: the document it rests on, and its day; `don-vi` says under which unit, else that of the post."""
    places = _places_to_plan(request)
    pk = asked_number(request, "don-vi")
    if pk is None:
        unit = places.first()
    else:
        unit = get_object_or_404(Organisation.objects.for_user(request.user).on(today()), pk=pk)
    if unit is None or not drafts.may_plan(request.user, unit):
        raise PermissionDenied
    form = BasisForm(unit, request.POST or None)
    if request.method == "POST" and form.is_valid():
        basis = form.basis()
        basis["title"] = basis["title"] or _("Thay đổi tổ chức từ %(day)s") % {"day": dmy(basis["day"])}
        plan = drafts.draft_reorganisation(unit, basis, by=request.user)
        return redirect("branches:add_unit_change", plan.pk)
    context = {
        "form": form,
        "unit": unit,
        "plan": None,
        "heading": _("Lập kế hoạch thay đổi tổ chức"),
        "button": _("Lập kế hoạch"),
    }
    return _form_page(request, context)


def _form_page(request, context):
    status = 422 if context["form"].errors else 200
    return render(request, "branches/reorganisation_form.html", context, status=status)


def change_basis(request: UserRequest, pk: int) -> HttpResponse:
    """The document, the day and the title of a plan that is still open."""
    plan = asked_own_plan(request, pk)
    if plan.state not in drafts.WRITTEN:
        raise Http404
    form = BasisForm(plan.unit, request.POST or None, plan)
    if request.method == "POST" and form.is_valid():
        basis = form.basis()
        basis["title"] = basis["title"] or suggest_title(plan)
        try:
            drafts.change_basis(plan, form.cleaned_data["version"], basis, by=request.user)
        except ValidationError as error:
            show_refusal(form, error, plan)
        else:
            messages.success(request, _("Đã lưu căn cứ của kế hoạch."))
            return redirect("branches:reorganisation", plan.pk)
    context = {
        "form": form,
        "unit": plan.unit,
        "plan": plan,
        "heading": _("Sửa căn cứ"),
        "button": _("Lưu căn cứ"),
    }
    return _form_page(request, context)


def show_reorganisation(request: UserRequest, pk: int) -> HttpResponse:
    """A plan: what it makes of the tree, the totals before and after, what goes where, what must be chosen."""
    plan = asked_plan(request, pk)
    shown = shown_rehearsal(plan, by=request.user, anew="thu-lai" in request.GET)
    context = {"plan": plan, "shown": shown, "page": PlanPage(plan, shown, request.user)}
    return render(request, "branches/reorganisation.html", context)


def list_totals(request: UserRequest, pk: int) -> HttpResponse:
    """All totals of a plan before and after, row by row."""
    plan = asked_plan(request, pk)
    shown = shown_rehearsal(plan, by=request.user)
    if shown is None:
        raise Http404
    page = PlanPage(plan, shown, request.user)
    context = {"plan": plan, "page": page, "shown": shown, "groups": group_totals(shown.totals)}
    return render(request, "branches/reorganisation_totals.html", context)


@require_POST
def withdraw_reorganisation(request: UserRequest, pk: int) -> HttpResponse:
    """Give a plan up; it stays in the list."""
    plan = asked_own_plan(request, pk)
    try:
        drafts.claim_version(plan, _seen(request))
        schedule.withdraw(plan, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("branches:reorganisation", plan.pk)
    messages.success(request, _("Đã bỏ kế hoạch “%(plan)s”.") % {"plan": plan.title})
    return redirect("branches:reorganisations")


def _seen(request):
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else None


# Plans that come with the program


def list_ready_plans(request: UserRequest) -> HttpResponse:
    """The plans that come with the demonstration; a POST writes one down as a draft."""
    unit = _places_to_plan(request).first()
    if unit is None:
        raise PermissionDenied
    if not settings.DEMONSTRATION:
        raise Http404
    files, refused = dict(loading.read_heads()), []
    if request.method == "POST":
        name = request.POST.get("ke-hoach", "")
        if name not in files:
            raise Http404
        try:
            plan = loading.load_plan(name, unit=unit, by=request.user)
        except ValidationError as error:
            refused = error.messages
        else:
            return redirect("branches:reorganisation", plan.pk)
    context = {
        "unit": unit,
        "files": files.items(),
        "refused": refused,
        "refused_title": _("Chưa lập được kế hoạch"),
    }
    return render(request, "branches/ready_plans.html", context, status=422 if refused else 200)
