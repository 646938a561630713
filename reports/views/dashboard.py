"""The quota dashboard, and the lists behind its numbers."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from accounts.roles import Permission
from branches.dates import parse, today
from branches.models import Organisation
from reports import dashboard, figures, narrative, periods
from reports.attainment import quotas
from reports.links import dashboard_url, saved_views
from reports.measures import MEASURES
from reports.models import Quota, SavedView

PAGE = 50


def asked_unit(request):
    """The unit named by `don-vi`, or the highest unit of the viewer's posts; outside the scope 404."""
    units = Organisation.objects.for_user(request.user)
    if "don-vi" not in request.GET:
        unit = units.order_by("path").first()
        if unit is None:
            raise Http404
        return min(units.filter(path__in=request.user.scope(Permission.SEE)), key=lambda u: len(u.path))
    if not request.GET["don-vi"].isdecimal():
        raise Http404
    return get_object_or_404(units, pk=int(request.GET["don-vi"]))


def asked_period(request):
    """The period from `tu` to `den`, or named by `ky`, or the year there is to report on; an unknown one is 404."""
    asked = request.GET
    try:
        if asked.get("tu") and asked.get("den"):
            return periods.between(parse(asked["tu"]), parse(asked["den"]))
        return periods.parse(asked["ky"]) if "ky" in asked else dashboard.default_period()
    except ValueError as error:
        raise Http404(str(error)) from error


def asked_comparison(request, period):
    """The year whose quota the reader sets beside a period of any two days (`so-voi`), None where none was chosen."""
    code = request.GET.get("so-voi")
    if code is None or period.kind != "days":
        return None
    if not code.isdecimal() or not period.first.year <= int(code) <= period.last.year:
        raise Http404
    return periods.year(int(code))


def crumbs(unit, user, period):
    """[(unit, address of its dashboard)] of the units above that the viewer may see."""
    above = Organisation.objects.for_user(user).filter(pk__in=unit.ancestor_ids()[:-1]).order_by("path")
    return [(row, dashboard_url(row, period)) for row in above]


def show(request):
    unit, period = asked_unit(request), asked_period(request)
    sort = request.GET.get("sap", "chenh")
    total, rows = dashboard.lines(unit, period, sort)
    year = periods.year(period.first.year) if period.kind in ("year", "quarter") else None
    top = max([1, *(max(r.row.admitted, r.row.quota or 0) for r in rows)]) * 1.13
    running = period.includes(today())
    compared = asked_comparison(request, period)
    forecast = dashboard.foresee(unit, period)
    if running:
        top = max([top, *((r.row.admitted + r.under_way) * 1.05 for r in rows)])
    context = {
        "unit": unit,
        "crumbs": crumbs(unit, request.user, period),
        "period": period,
        "running": running,
        "until": min(period.last, today()),
        "total": total,
        "rows": rows,
        "sort": sort,
        "top": top,
        "lead": dashboard.lead(unit, period, total),
        "switch": dashboard.switch(unit, period),
        "quarters": dashboard.quarter_table(unit, year) if year else None,
        "parts": dashboard.year_by_year(unit, period) if period.kind == "days" else None,
        "forecast": forecast,
        "chart": dashboard.chart(unit, period, total.row.quota, forecast and forecast.landing),
        "opening": narrative.opening(unit, period, compared),
        "comparisons": dashboard.comparisons(unit, period, compared),
        "basis": settings.COUNTED_BY,
        "views": saved_views(request.user, SavedView.Page.DASHBOARD),
        "page_key": SavedView.Page.DASHBOARD,
        "query": request.GET.urlencode(),
        "may_check": request.user.may(Permission.CHANGE_LISTS),
        "may_export": period.kind in ("year", "quarter") and request.user.may(Permission.EXPORT, unit),
    }
    return render(request, "reports/dashboard.html", context)


def dossiers(request):
    """The list behind a figure: unit, period and measure in the address, one row for each one counted."""
    unit, period = asked_unit(request), asked_period(request)
    measure = MEASURES.get(request.GET.get("so", "admitted"))
    if measure is None:
        raise Http404
    rows = figures.listing(unit, period, measure).for_list().by_name()
    heading = {"measure": measure, "period": period, "basis": settings.COUNTED_BY}
    return _list(request, unit, rows, heading)


def under_way(request):
    """The dossiers under way at a unit today."""
    unit = asked_unit(request)
    return _list(request, unit, figures.under_way(unit).for_list().by_name(), {"under_way": True})


def _list(request, unit, rows, heading):
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {"unit": unit, "page": page, "heading": heading, "query": query.urlencode()}
    return render(request, "reports/dossiers.html", context)


def silent(request):
    """The branches of a unit that have admitted no one for eight quarters and have no source."""
    unit, period = asked_unit(request), asked_period(request)
    rows = figures.silent_branches(unit, period)
    if rows is None:
        raise Http404
    context = {
        "unit": unit,
        "period": period,
        "rows": rows.select_related("parent"),
        "window": figures.silent_window(period),
    }
    return render(request, "reports/silent.html", context)


def quota_list(request):
    """The quotas of a unit and of the units directly under it, with their basis and the sum against the parent's."""
    unit, period = asked_unit(request), asked_period(request)
    given = Quota.objects.filter(first=period.first, last=period.last, measure="admitted").select_related(
        "unit"
    )
    below = list(given.filter(unit__parent=unit).order_by("unit__sort_key"))
    own = given.filter(unit=unit).first()
    context = {
        "unit": unit,
        "period": period,
        "own": own,
        "below": below,
        "sum": sum(quota.number for quota in below),
        "without": Organisation.objects.filter(parent=unit)
        .during(period.first, period.last)
        .exclude(pk__in=quotas(unit, period)),
        "may_set": request.user.may(Permission.SET_QUOTA, unit),
        "settable": period.kind in ("year", "term"),
    }
    return render(request, "reports/quotas.html", context)
