"""Quotas one by one: what is set, its history, proposals and their answers, and the membership rates rest on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.exceptions import Refused, Stale
from branches.models import Organisation, within_scope
from branches.request import UserRequest
from notation.dates import dmy, format_moment
from notation.numbers import NOTHING, format_number
from notation.stale import with_texts
from reports import measures, periods
from reports.forms import MembershipForm, ProposalForm, QuotaForm
from reports.links import quotas_url
from reports.measures import MEASURES
from reports.models import MemberCount, Quota, Term
from reports.pages import period_choices
from reports.quotas import assign, attainment, grid
from reports.views.request import asked_measure, asked_period, asked_unit, breadcrumbs, settable_period

MOST_ANSWERS = 30


def _around(unit, period):
    """`unit` and what stands directly under it in `period`."""
    rows = Organisation.objects.filter(parent=unit) | Organisation.objects.filter(pk=unit.pk)
    return rows.during(period.first, period.last).in_order(unit)


def _those(rows, allowed, user):
    """Of the units `rows` those where `allowed(user, unit)`."""
    return rows.filter(pk__in=[row.pk for row in rows if allowed(user, row)])


# What is set


def show_quotas(request: UserRequest) -> HttpResponse:
    """The quotas of a unit and of the units directly under it: history, sum against its own, open proposals."""
    unit, period, measure = asked_unit(request), asked_period(request), asked_measure(request)
    rows = _cells(unit, period, measure)
    own = next((row for row in rows if row["unit"] == unit and row["target"] and row["target"].number), None)
    below = [row for row in rows if row["unit"] != unit]
    given = [row["target"].number for row in below if row["target"] is not None]
    context = {
        "unit": unit,
        "period": period,
        "measure": measure,
        "own": own,
        "below": below,
        "sum": sum(given),
        "difference": attainment.describe_difference(sum(given), own and own["target"].number)
        if given
        else "",
        "missing": sum(row["target"] is None and not row["unit"].ended_before(period.last) for row in below),
        "proposals": _proposals(request.user, unit, period),
        "answered": _answered(unit, period),
        "own_history": [row for row in rows if row["unit"] == unit and len(row["history"]) > 1],
        "may_set": request.user.may(Permission.SET_QUOTA, unit) and period.is_settable,
        "may_propose": period.is_settable
        and bool(_those(_around(unit, period), assign.may_propose, request.user)),
        "measures": measures.measure_choices(),
        "crumbs": breadcrumbs(unit, request.user, period),
        "switch": period_choices.period_choices(
            period,
            lambda other: quotas_url(unit, other, measure.key),
            years=period_choices.years_near(period, ahead=1),
            quarters=False,
        ),
    }
    return render(request, "reports/quotas.html", context)


def _cells(unit, period, measure):
    """[{unit, target, history}] for `unit` and the units directly under it, places first."""
    shown = [unit, *grid.child_units(unit, period)]
    pks = [row.pk for row in shown]
    given = attainment.head_quotas(unit, period, measure.key, pks)
    said = Quota.objects.of(period, measure.key).heads().filter(unit__in=pks, state=Quota.State.ASSIGNED)
    history = {pk: [] for pk in pks}
    for row in said.select_related("basis", "by", "membership").order_by("pk"):
        history[row.unit_id].append((row, attainment.quota_in_words(row)))
    return [{"unit": row, "target": given.get(row.pk), "history": history[row.pk]} for row in shown]


def _proposals(user, unit, period):
    """[(proposal, what it says, its measure, whether `user` answers it)] that wait, for `unit` and those under it."""
    rows = Quota.objects.pending().filter(
        first=period.first, last=period.last, unit__in=_around(unit, period).values("pk")
    )
    return [
        (row, attainment.quota_in_words(row), MEASURES[row.measure], assign.may_assign(user, row.unit))
        for row in rows.select_related("unit", "by", "membership").order_by("unit__path", "pk")
    ]


def _answered(unit, period):
    """[(proposal, what it says, its measure, what the answer says)] for `unit` and those under it, the latest first."""
    rows = Quota.objects.filter(
        state=Quota.State.PROPOSED,
        answer__isnull=False,
        first=period.first,
        last=period.last,
        unit__in=_around(unit, period).values("pk"),
    )
    rows = rows.select_related("unit", "membership", "answer__by", "answer__membership", "answer__basis")
    return [
        (row, attainment.quota_in_words(row), MEASURES[row.measure], attainment.quota_in_words(row.answer))
        for row in rows.order_by("-answer__pk")[:MOST_ANSWERS]
    ]


# Giving and proposing


def assign_quota_page(request: UserRequest) -> HttpResponse:
    """Assign one quota of any kind."""
    unit, period = asked_unit(request), settable_period(request)
    if not request.user.may(Permission.SET_QUOTA, unit):
        raise PermissionDenied
    units = _those(_around(unit, period), assign.may_assign, request.user)
    initial = {"measure": asked_measure(request).key}
    proposal = _asked_proposal(request, units, period)
    if proposal:
        initial |= {
            name: getattr(proposal, name) for name in ("unit", "kind", "measure", "number", "high", "rate")
        }
        initial["base_on"] = proposal.membership and proposal.membership.on
    latest = Quota.objects.aggregate(latest=Max("pk"))["latest"] or 0
    form = QuotaForm(
        request.POST or None, unit=unit, period=period, units=units, initial=initial | {"seen": latest}
    )
    if request.method == "POST" and form.is_valid() and (newer := _given_meanwhile(form, period)):
        typed = with_texts(request.POST, {}, seen=str(latest))
        form = QuotaForm(typed, unit=unit, period=period, units=units, initial=initial)
        words = _("%(who)s, %(at)s vừa giao %(n)s. Lưu lại là giao số khác.")
        other = {"who": newer.by.full_name if newer.by else NOTHING, "at": format_moment(newer.at)}
        form.add_error("unit", words % (other | {"n": attainment.quota_in_words(newer)}))
    elif request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {"by": request.user, "measure": data["measure"]}
        try:
            with transaction.atomic():  # a document that nothing rests on is not written down
                row, new = assign.assign_quota(
                    data["unit"], period, form.amount(), basis=form.basis_row(), **facts
                )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            words = _("Đã giao %(n)s cho %(unit)s.") if new else _("Chỉ tiêu của %(unit)s vẫn là %(n)s.")
            messages.success(request, words % {"n": attainment.quota_in_words(row), "unit": row.unit.title})
            return redirect(quotas_url(unit, period, row.measure))
    return _form(request, form, unit, period, "quota")


def _given_meanwhile(form, period):
    """The quota of the chosen unit that somebody gave since the page was opened; None without one."""
    data = form.cleaned_data
    if data["seen"] is None:
        return None
    rows = Quota.objects.current().of(period, data["measure"]).filter(unit=data["unit"], pk__gt=data["seen"])
    return rows.select_related("by", "membership").first()


def _asked_proposal(request, units, period):
    asked = request.GET.get("de-nghi", "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    rows = Quota.objects.pending().filter(first=period.first, last=period.last, unit__in=units)
    return rows.filter(pk=int(asked)).select_related("membership").first()


def propose_quota_page(request: UserRequest) -> HttpResponse:
    """Ask the level above for a quota."""
    unit, period = asked_unit(request), settable_period(request)
    units = _those(_around(unit, period), assign.may_propose, request.user)
    if not units:
        raise PermissionDenied
    initial = {"unit": unit.pk, "measure": asked_measure(request).key}
    form = ProposalForm(request.POST or None, unit=unit, period=period, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {"by": request.user, "measure": data["measure"], "reason": data["reason"]}
        try:
            row = assign.propose_quota(data["unit"], period, form.amount(), **facts)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            words = _("Đã đề nghị %(n)s cho %(unit)s.")
            messages.success(request, words % {"n": attainment.quota_in_words(row), "unit": row.unit.title})
            return redirect(quotas_url(unit, period, row.measure))
    return _form(request, form, unit, period, "propose_quota")


def _form(request, form, unit, period, page):
    def address(other):
        return f"{reverse(f'reports:{page}')}?don-vi={unit.pk}&ky={other.code}"

    context = {
        "form": form,
        "unit": unit,
        "period": period,
        "proposes": page == "propose_quota",
        "back": quotas_url(unit, period),
        "switch": period_choices.period_choices(
            period, address, years=period_choices.years_near(period, ahead=1), quarters=False
        ),
    }
    return render(request, "reports/quota.html", context, status=422 if form.errors else 200)


@require_POST
def decline_proposal_page(request: UserRequest, pk: int) -> HttpResponse:
    """Answer a proposal with no, for a reason."""
    rows = Quota.objects.filter(within_scope(request.user.scope(), "unit__"), state=Quota.State.PROPOSED)
    proposal = get_object_or_404(rows.select_related("unit__parent"), pk=pk)
    back = quotas_url(proposal.unit.parent or proposal.unit, _period_of(proposal), proposal.measure)
    try:
        assign.decline_proposal(proposal, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Đã trả lời đề nghị của %(unit)s.") % {"unit": proposal.unit.title})
    return redirect(back)


def _period_of(quota):
    if attainment.is_year(quota.first, quota.last):
        return periods.year_period(quota.first.year)
    term = Term.objects.filter(first=quota.first, last=quota.last).first()
    return periods.term_period(term) if term else periods.any_days(quota.first, quota.last)


# Membership


def record_member_counts(request: UserRequest) -> HttpResponse:
    """How many members a unit and those under it had, day by day; whoever proposes or sets quotas writes it."""
    unit = asked_unit(request)
    around = (Organisation.objects.filter(parent=unit) | Organisation.objects.filter(pk=unit.pk)).in_order(
        unit
    )
    writable = _those(around, assign.may_count, request.user)
    form = MembershipForm(request.POST or None, units=writable) if writable else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            data = form.cleaned_data
            facts = {"by": request.user, "replaces": data["replaces"]}
            try:
                row = assign.record_membership(data["unit"], data["on"], data["number"], **facts)
            except Refused as refusal:
                if isinstance(refusal, Stale):
                    there = MemberCount.objects.get(unit=data["unit"], on=data["on"])
                    typed = with_texts(request.POST, {}, replaces=str(there.number))
                    form = MembershipForm(typed, units=writable)
                for name, sentences in refusal.message_dict.items():
                    form.add_error(name, sentences)
            else:
                facts = {
                    "n": format_number(row.number),
                    "unit": row.unit.title,
                    "day": dmy(row.on),
                }
                messages.success(request, _("Đã ghi %(n)s đảng viên của %(unit)s tại ngày %(day)s.") % facts)
                return redirect(request.get_full_path())
    places = {pk: place for place, pk in enumerate(around.values_list("pk", flat=True))}
    counts = MemberCount.objects.filter(unit__in=list(places)).select_related("unit", "by")
    rows = sorted(counts, key=lambda row: (-row.on.toordinal(), places[row.unit_id]))
    context = {"unit": unit, "rows": rows, "form": form}
    return render(
        request, "reports/quota_membership.html", context, status=422 if form and form.errors else 200
    )
