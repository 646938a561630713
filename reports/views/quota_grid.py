"""The cascade: the quotas of all units under one, typed down a column and saved together or not at all."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions.exceptions import Refused, Stale
from branches.request import UserRequest
from reports import links, periods
from reports.forms import BasisForm
from reports.pages import period_choices
from reports.quotas import assign, attainment, grid
from reports.views.request import asked_measure, asked_unit, breadcrumbs, settable_period


def show_quota_grid(request: UserRequest) -> HttpResponse:
    """The grid of a unit for a year or a term; a POST reviews what was typed or pasted, or saves all of it."""
    unit, period, measure = asked_unit(request), settable_period(request), asked_measure(request)
    if not request.user.may(Permission.SET_QUOTA, unit):
        raise PermissionDenied
    shown = grid.child_units(unit, period)
    if not shown:
        raise Http404
    rows = grid.read_lines(unit, period, measure, shown, request.POST)
    form = BasisForm(request.POST or None, unit=unit, period=period)
    problems = []
    if request.method == "POST":
        problems = grid.paste_column(rows, request.POST.get("cot", "")) if "dan" in request.POST else []
        if not {"dan", "xem"} & set(request.POST):
            written, problems = _save(request, unit, period, measure, rows, form)
            if written is not None:
                words = _("Đã giao %(n)d chỉ tiêu.") if written else _("Không ô nào đổi, chưa giao gì thêm.")
                messages.success(request, words % {"n": written})
                return redirect(links.quotas_url(unit, period, measure.key))
        else:
            form = BasisForm(unit=unit, period=period, initial=request.POST.dict())
            if not problems:
                grid.mark_errors(rows)
    return _page(request, unit, period, measure, rows, form, problems)


def _page(request, unit, period, measure, rows, form, problems):
    token = grid.grid_token(unit, period, measure.key)
    stale = any(isinstance(problem, Stale) for problem in problems)
    seen = token if stale else request.POST.get("luoi") or token
    problems = [" ".join(getattr(problem, "messages", [problem])) for problem in problems]
    target = attainment.head_quotas(unit, period, measure.key, [unit.pk]).get(unit.pk)
    own = target if target and target.number else None
    total = sum(line.heads for line in rows)
    sums = [_sum(line.past[n][0] for line in rows) for n in (0, 1)]
    wrong = bool(problems or form.errors or any(line.error for line in rows))
    context = {
        "unit": unit,
        "period": period,
        "measure": measure,
        "crumbs": breadcrumbs(unit, request.user, period),
        "rows": rows,
        "years": grid.years_before(period),
        "before": periods.year_period(period.first.year - 1),
        "totals": sums,
        "gone": grid.left_to_gone_units(unit, period, measure, sums),
        "sources": sum(line.sources for line in rows),
        "under_way": sum(line.under_way for line in rows),
        "last": _sum(line.last for line in rows),
        "now": _sum(line.now and line.now.number for line in rows),
        "own": own,
        "sum": total,
        "difference": attainment.describe_difference(total, own and own.number),
        "form": form,
        "problems": problems,
        "wrong": wrong,
        "most": assign.MOST,
        "seen": seen,
        "pasted": request.POST.get("cot", "") if problems else "",
        "reviewed": request.method == "POST" and not wrong,
        "back": links.quotas_url(unit, period, measure.key),
        "switch": period_choices.period_choices(
            period,
            lambda other: links.grid_url(unit, other, measure.key),
            years=period_choices.years_near(period, ahead=1),
            quarters=False,
        ),
    }
    return render(request, "reports/quota_grid.html", context, status=422 if wrong else 200)


def _sum(numbers):
    """The sum of what is known, None where nothing is."""
    found = [number for number in numbers if number is not None]
    return sum(found) if found else None


def _save(request, unit, period, measure, rows, form):
    """(how many were written, []), or (None, problems) with the cells and the form marked; nothing is saved then."""
    if not form.is_valid():
        grid.mark_errors(rows)
        return None, []
    typed = {line.unit: line.typed for line in rows}
    seen = request.POST.get("luoi", "")
    try:
        with transaction.atomic():
            facts = {"by": request.user, "basis": form.basis_row(), "seen": seen, "measure": measure.key}
            return grid.give_column(unit, period, typed, **facts), []
    except Stale as stale:
        return None, [stale]
    except Refused as refusal:
        found = refusal.message_dict
        for line in rows:
            line.error = " ".join(found.pop(line.name, []))
        for name, sentences in found.items():
            form.add_error(name, sentences)
    return None, []
