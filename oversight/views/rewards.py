"""Pages of rewards and criticism: the ranking with its arithmetic, proposals, decisions, the register to print."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.letters.word import CONTENT_TYPE
from branches.models import Organisation, Tier
from branches.request import UserRequest
from notation.dates import today
from oversight.documents import register
from oversight.forms.rewards import RewardDecisionForm, RewardForm
from oversight.letters import may_ask
from oversight.models import Reward
from oversight.pages import rewards
from oversight.pages.letters import letter_period
from oversight.pages.reward_ranking import RULES, rank_units
from oversight.rewards import decide_reward, may_decide_reward, may_propose_reward, propose_reward
from oversight.views.request import send_file
from reports.pages.period_choices import period_choices, years_near
from reports.views.request import asked_period, asked_unit

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = {
    "docx": (register.write_register_docx, CONTENT_TYPE),
    "xlsx": (register.write_register_xlsx, WORKBOOK),
}


def _address(unit, period):
    return f"{reverse('oversight:rewards')}?don-vi={unit.pk}&ky={period.code}"


def show_rewards(request: UserRequest) -> HttpResponse:
    """The units under one by points, what waits for a decision, and the register of what was decided."""
    unit, period = asked_unit(request), asked_period(request)
    ranked = rank_units(unit, period)
    context = {
        "unit": unit,
        "period": period,
        "ranked": ranked,
        "rules": RULES,
        "reached": sum(one.reached for one in ranked),
        "missed": sum(one.missed for one in ranked),
        "proposals": rewards.list_proposals(request.user, unit),
        "decided": rewards.list_decided(request.user, unit, period),
        "may_propose": bool(_proposable(request.user, unit, period)),
        "may_ask": may_ask(request.user, unit),
        "may_export": request.user.may(Permission.EXPORT, unit),
        "switch": period_choices(
            period, lambda other: _address(unit, other), years=years_near(period), begun_terms=True
        ),
    }
    return render(request, "oversight/rewards.html", context)


def _proposable(user, unit, period):
    """The units under `unit` that `user` proposes for, places first."""
    if unit.is_branch:
        return []
    below = Organisation.objects.filter(parent=unit).during(period.first, period.last)
    rows = [row for row in below.select_related("parent__parent") if may_propose_reward(user, row)]
    return sorted(rows, key=lambda row: row.place_in_tables)


def propose_reward_page(request: UserRequest) -> HttpResponse:
    """Propose a reward or a criticism of a unit under `don-vi`; `cho` is the unit to begin with."""
    unit, period = asked_unit(request), asked_period(request)
    units = _proposable(request.user, unit, period)
    if not units:
        raise PermissionDenied
    first = next((row for row in units if str(row.pk) == request.GET.get("cho")), None)
    initial = {"kind": request.GET.get("hinh-thuc", Reward.Kind.CERTIFICATE)}
    if first:
        initial |= {"unit": first.pk, "reason": rewards.reason_for(first, period)}
    form = RewardForm(request.POST or None, units=units, branches=unit.tier == Tier.BASE, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        chosen = facts.pop("unit")
        try:
            row = propose_reward(chosen, period, **facts, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            words = _("Đã đề nghị %(kind)s cho %(unit)s.")
            messages.success(request, words % {"kind": row.get_kind_display().lower(), "unit": chosen.title})
            return redirect(_address(unit, period))
    context = {"form": form, "unit": unit, "period": period, "back": _address(unit, period)}
    return render(request, "oversight/reward_form.html", context, status=422 if form.errors else 200)


def decide_reward_page(request: UserRequest, pk: int) -> HttpResponse:
    """Record what was decided on a proposal; one that was decided is only read."""
    rows = Reward.objects.for_user(request.user).select_related("unit__parent__parent", "proposed_by")
    reward = get_object_or_404(rows, pk=pk)
    may_decide = reward.state == Reward.State.PROPOSED and may_decide_reward(request.user, reward)
    form = RewardDecisionForm(request.POST or None)
    above = reward.unit.parent or reward.unit
    back = _address(above if request.user.may(Permission.SEE, above) else reward.unit, letter_period(reward))
    if request.method == "POST":
        if not may_decide_reward(request.user, reward):
            raise PermissionDenied
        if form.is_valid():
            try:
                row = decide_reward(
                    reward, agrees="dong-y" in request.POST, **form.cleaned_data, by=request.user
                )
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                words = _("Đã ghi: %(state)s.")
                messages.success(request, words % {"state": row.get_state_display()})
                return redirect(back)
    context = {
        "form": form,
        "reward": reward,
        "period": letter_period(reward),
        "may_decide": may_decide,
        "back": back,
    }
    return render(request, "oversight/reward.html", context, status=422 if form.errors else 200)


@require_POST
def fetch_register(request: UserRequest, format: str) -> HttpResponse:
    """The register of rewards of a unit and period, to print: .docx or .xlsx."""
    unit, period = asked_unit(request), asked_period(request)
    if format not in WRITERS:
        raise Http404
    if not request.user.may(Permission.EXPORT, unit):
        raise PermissionDenied
    write, content_type = WRITERS[format]
    rows = rewards.list_decided(request.user, unit, period)
    name = f"khen-thuong-{period.name_in_files}-{unit.code}.{format}"
    return send_file(request, write(unit, period, rows, today()), name, content_type)
