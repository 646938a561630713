"""The pages on which changes are written: choosing a kind, one more change of a plan, the short way from a unit."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from branches import drafts
from branches.forms.change_fields import ChangeScope
from branches.forms.reorganisation import BasisForm, VersionForm
from branches.forms.unit_changes import FORMS
from branches.models import ChangeKind, Organisation, Reorganisation
from branches.plan_words import list_new_units, suggest_title
from branches.request import UserRequest
from branches.views.request import asked_own_plan, asked_unit_to_change, show_refusal
from notation.dates import today

KINDS = {
    ChangeKind.RENAME: (gettext_lazy("Đổi tên"), gettext_lazy("Tên khác, mọi việc khác như cũ.")),
    ChangeKind.MERGE: (
        gettext_lazy("Hợp nhất, sáp nhập"),
        gettext_lazy("Nhiều đơn vị thành một đơn vị mới, hoặc nhập vào một đơn vị vẫn còn."),
    ),
    ChangeKind.SPLIT: (gettext_lazy("Chia, tách"), gettext_lazy("Một đơn vị thành nhiều đơn vị mới.")),
    ChangeKind.DISSOLVE: (
        gettext_lazy("Giải thể"),
        gettext_lazy("Kết thúc đơn vị, hồ sơ và chỉ tiêu chuyển về nơi khác."),
    ),
    ChangeKind.PARENT: (
        gettext_lazy("Chuyển cấp trên"),
        gettext_lazy("Đơn vị cùng các chi bộ của nó về trực thuộc nơi khác."),
    ),
    ChangeKind.KIND: (
        gettext_lazy("Đổi loại hình"),
        gettext_lazy("Như xã thành thị trấn, đơn vị công lập thành doanh nghiệp."),
    ),
    ChangeKind.TIER: (
        gettext_lazy("Nâng cấp, hạ cấp"),
        gettext_lazy("Như đảng bộ cơ sở thành đảng bộ bộ phận, chi bộ thành tổ chức cơ sở."),
    ),
    ChangeKind.BASE_BRANCH: (
        gettext_lazy("Thành hoặc thôi là chi bộ cơ sở"),
        gettext_lazy("Vừa là tổ chức cơ sở đảng vừa là chi bộ, hay có chi bộ trực thuộc."),
    ),
    ChangeKind.RURAL: (
        gettext_lazy("Nông thôn hay không"),
        gettext_lazy("Ghi lại chi bộ nông thôn, như khi xã thành phường."),
    ),
}
"""{kind: (its name, what it does)}, in the order in which they are offered."""


def _asked_kind(request):
    """The kind that `viec` names, None without one; what is none is 404."""
    text = request.GET.get("viec", "")
    if not text:
        return None
    if text not in FORMS:
        raise Http404
    return ChangeKind(text)


def _offer_kinds(unit=None):
    """[(kind, its name, what it does)] of what can happen to `unit`, or to any."""
    never = set()
    if unit is not None:
        never = (
            {ChangeKind.BASE_BRANCH, ChangeKind.KIND} if unit.is_branch and not unit.is_base_branch else set()
        )
        never |= set() if unit.is_branch else {ChangeKind.RURAL}
        never |= {ChangeKind.PARENT} if unit.parent_id is None else set()
    return [(kind.value, *words) for kind, words in KINDS.items() if kind not in never]


def _scope_of(plan, but=None):
    return ChangeScope(plan.unit, plan.last, tuple(list_new_units(plan, but)))


# One more change of a plan


def add_unit_change(request: UserRequest, pk: int) -> HttpResponse:
    """One more change of a plan; without `viec` its kind is chosen."""
    plan, kind = asked_own_plan(request, pk), _asked_kind(request)
    if plan.state not in drafts.WRITTEN:
        raise Http404
    if kind is None:
        context = {"plan": plan, "unit": plan.unit, "kinds": _offer_kinds(), "plans": []}
        return render(request, "branches/change_kinds.html", context)
    form = FORMS[kind](_scope_of(plan), request.POST or None)
    return _change_page(request, plan, kind, form, None)


def change_unit_change(request: UserRequest, pk: int, no: int) -> HttpResponse:
    """One change of a plan, written anew."""
    plan = asked_own_plan(request, pk)
    if plan.state not in drafts.WRITTEN:
        raise Http404
    row = get_object_or_404(plan.changes.all(), pk=no)
    kind = ChangeKind(row.kind)
    form = FORMS[kind](_scope_of(plan, row), request.POST or None, change=row)
    return _change_page(request, plan, kind, form, row)


def _change_page(request, plan, kind, form, row):
    version = VersionForm(request.POST or None, initial={"version": plan.version})
    if request.method == "POST" and form.is_valid() and version.is_valid():
        seen = version.cleaned_data["version"]
        untitled = plan.title == suggest_title(plan)
        try:
            with transaction.atomic():
                if row:
                    drafts.rewrite_unit_change(row, seen, form.draft(), by=request.user)
                else:
                    drafts.add_unit_change(plan, seen, form.draft(), by=request.user)
                if untitled:
                    drafts.name_by_changes(plan)
        except ValidationError as error:
            show_refusal(form, error, plan)
            version = VersionForm(initial={"version": Reorganisation.objects.get(pk=plan.pk).version})
        else:
            messages.success(request, _("Đã ghi vào kế hoạch. Chưa đổi gì trong sổ."))
            return redirect("branches:reorganisation", plan.pk)
    context = {
        "form": form,
        "basis": None,
        "version": version,
        "plan": plan,
        "unit": plan.unit,
        "heading": KINDS[kind][0],
        "told": KINDS[kind][1],
        "button": _("Ghi vào kế hoạch"),
    }
    return render(request, "branches/change_form.html", context, status=422 if form.errors else 200)


@require_POST
def remove_unit_change(request: UserRequest, pk: int, no: int) -> HttpResponse:
    """Take one change out of a plan."""
    plan = asked_own_plan(request, pk)
    row = get_object_or_404(plan.changes.all(), pk=no)
    version = VersionForm(request.POST)
    untitled = plan.title == suggest_title(plan)
    try:
        with transaction.atomic():
            seen = version.cleaned_data["version"] if version.is_valid() else None
            drafts.remove_unit_change(row, seen, by=request.user)
            if untitled:
                drafts.name_by_changes(plan)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã bỏ thay đổi khỏi kế hoạch."))
    return redirect("branches:reorganisation", plan.pk)


# The short way: from a unit


def change_unit(request: UserRequest, pk: int) -> HttpResponse:
    """What can happen to one unit; with `viec`, the change and the document it rests on in one form."""
    unit, above = asked_unit_to_change(request, pk)
    kind = _asked_kind(request)
    if kind is None:
        open_plans = Reorganisation.objects.filter(unit=above, state__in=drafts.WRITTEN)
        context = {"plan": None, "unit": unit, "kinds": _offer_kinds(unit), "plans": open_plans}
        return render(request, "branches/change_kinds.html", context)
    basis = BasisForm(above, request.POST or None)
    form = FORMS[kind](ChangeScope(above, today()), request.POST or None, picked=_picked(request, unit))
    valid = [basis.is_valid(), form.is_valid()] if request.method == "POST" else [False]
    if all(valid):
        facts, draft = basis.basis(), form.draft()
        with transaction.atomic():
            plan = drafts.draft_reorganisation(above, facts, [draft], by=request.user)
            if not plan.title:
                drafts.name_by_changes(plan)
        return redirect("branches:reorganisation", plan.pk)
    context = {
        "form": form,
        "basis": basis,
        "version": None,
        "plan": None,
        "unit": unit,
        "heading": KINDS[kind][0],
        "told": KINDS[kind][1],
        "button": _("Xem trước khi thực hiện"),
    }
    wrong = bool(form.errors or basis.errors)
    return render(request, "branches/change_form.html", context, status=422 if wrong else 200)


def _picked(request, unit):
    """The unit of the address, and those that `cung` names beside it."""
    asked = [pk for pk in request.GET.getlist("cung") if pk.isdecimal() and len(pk) < 19]
    others = Organisation.objects.for_user(request.user).filter(pk__in=asked).exclude(pk=unit.pk)
    return [unit, *others]
