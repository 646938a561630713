"""The quota dashboard, and the lists behind its numbers."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from branches.models import Tier
from branches.request import UserRequest
from notation.dates import dmy, today
from reports import periods
from reports.figures import figures, silence
from reports.links import silent_url
from reports.pages import branch, dashboard, lead, sentence, shares, term
from reports.views.request import (
    SILENCES,
    asked_comparison,
    asked_days,
    asked_page,
    asked_period,
    asked_quarters,
    asked_row,
    breadcrumbs,
    shown_unit,
)


def show_dashboard(request: UserRequest) -> HttpResponse:
    unit, (period, typed) = shown_unit(request), asked_days(request)
    sort = request.GET.get("sap")
    sort = sort if sort in dashboard.SORTS else "chenh"
    compared = asked_comparison(request, period)
    page = dashboard.read_page(unit, period, compared)
    total, rows = dashboard.dashboard_lines(page, sort)
    year = periods.year_period(period.first.year) if period.is_year or period.is_quarter else None
    top = max([1, *(max(r.row.admitted, r.row.quota or 0) for r in rows)]) * 1.13
    running = period.includes(today())
    forecast = dashboard.dashboard_forecast(unit, period)
    if running:
        top = max([top, *((r.row.admitted + r.under_way) * 1.05 for r in rows)])
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, period),
        "period": period,
        "typed": typed,
        "measure": None,
        "running": running,
        "until": min(period.last, today()),
        "total": total,
        "whole": dashboard.name_of_total(unit),
        "rows": rows,
        "sort": sort,
        "top": top,
        "locked": dashboard.closed_note(page),
        "lead": lead.lead_of(page, total, forecast),
        "switch": dashboard.dashboard_choices(page),
        "quarters": dashboard.quarter_table(page, year) if year else None,
        "parts": dashboard.year_by_year(page) if period.is_any_days else None,
        "forecast": forecast,
        "forecast_sentences": lead.forecast_sentences(forecast) if forecast else [],
        "chart": dashboard.dashboard_chart(page, total.row.quota, forecast.landing if forecast else None),
        "opening": sentence.opening_paragraph(page, period, compared),
        "comparisons": dashboard.quota_years(page, compared),
        "basis": settings.COUNTED_BY,
        "may_check": request.user.may(Permission.CHANGE_LISTS),
        "may_export": period.first <= today() and request.user.may(Permission.EXPORT, unit),
    }
    context["running_year"] = None if "ky" in request.GET else dashboard.running_year(page)
    context["cascade"] = branch.quota_cascade(total, rows, period)
    context |= _of_its_kind(page, running) | shares.shares_beside(total.row, period, page.children)
    return render(request, "reports/dashboard.html", context, status=422 if typed["problem"] else 200)


def _of_its_kind(page, running):
    """What only a commune, a branch or a term has on its page; empty or None on the others."""
    unit, period = page.unit, page.period
    under_way = unit.tier == Tier.BASE and running and not unit.is_branch
    asked = term.term_asked(unit, period) if period.is_term else []
    return {
        "in_hand": branch.dossiers_in_hand(unit) if under_way else [],
        "branch": branch.branch_page(unit, page.begin) if unit.is_branch else None,
        "asked": asked,
        "ahead": term.term_ahead(asked[0]) if asked else None,
    }


def list_figure_dossiers(request: UserRequest) -> HttpResponse:
    """The list behind a figure: unit, period and measure in the address, one row for each one counted."""
    unit, period = shown_unit(request), asked_period(request)
    measure = asked_row(request)
    rows = figures.list_figure(unit, period, measure).for_list().by_name()
    rows = rows.select_related("admitted_branch", "admitted_commune")
    basis = (
        _("theo ngày lễ kết nạp")
        if settings.COUNTED_BY == "ceremony"
        else _("theo ngày ký quyết định kết nạp")
    )
    days = _("từ %(first)s đến %(last)s") % {"first": dmy(period.first), "last": dmy(period.last)}
    heading = {
        "title": measure.label,
        "period": period,
        "note": period,
        "back": "",
        "words": f"{_('hồ sơ')}, {basis} {days}.",
    }
    return _list(request, unit, rows, heading)


def list_under_way(request: UserRequest) -> HttpResponse:
    """The dossiers under way at a unit today."""
    unit = shown_unit(request)
    heading = {
        "title": _("Đang làm hồ sơ"),
        "period": None,
        "note": _("đến %(day)s") % {"day": dmy(today())},
        "back": "",
        "words": f"{_('hồ sơ')}.",
    }
    return _list(request, unit, figures.under_way(unit).for_list().by_name(), heading)


def _list(request, unit, rows, heading):
    context = {"unit": unit, "page": asked_page(request, rows), "heading": heading}
    return render(request, "reports/dossiers.html", context)


def list_silent_branches(request: UserRequest) -> HttpResponse:
    """The branches of a unit that have admitted no one for so many quarters and have no source."""
    unit, period, quarters = shown_unit(request), asked_period(request), asked_quarters(request)
    rows = silence.silent_branches(unit, period, quarters)
    choices = sorted({*SILENCES, quarters})
    context = {
        "unit": unit,
        "period": period,
        "crumbs": breadcrumbs(unit, request.user, period),
        "quarters": quarters,
        "choices": [(n, silent_url(unit, period, n)) for n in choices],
        "rows": None if rows is None else rows.select_related("parent"),
        "window": silence.silent_window(period, quarters=quarters),
    }
    return render(request, "reports/silent.html", context)
