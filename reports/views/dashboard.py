"""The quota dashboard, and the lists behind its numbers."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from branches.dates import parse, today
from branches.models import Organisation, Tier
from branches.templatetags.ledger import dmy
from reports import branch, dashboard, figures, narrative, periods, terms
from reports.links import dashboard_url, silent_url
from reports.measures import MEASURES

PAGE = 50
SILENCES, MOST_QUARTERS = (4, 8, 12), 40
"""Quarters without an admission that a reader is offered, and the most that can be asked for."""


def asked_unit(request):
    """The unit named by `don-vi`, or the highest unit of the viewer's posts; outside the scope 404."""
    if "don-vi" not in request.GET:
        paths = request.user.scope(Permission.SEE)
        units = [post.unit for post in request.user.current_posts if post.unit.path in paths]
        if not units:
            raise Http404
        return min(units, key=lambda unit: len(unit.path))
    if not request.GET["don-vi"].isdecimal() or len(request.GET["don-vi"]) > 9:
        raise Http404
    units = Organisation.objects.for_user(request.user).select_related("parent__parent__parent")
    return get_object_or_404(units, pk=int(request.GET["don-vi"]))


def asked_period(request):
    """The period from `tu` to `den`, or named by `ky`, or the year there is to report on; an unknown one is 404."""
    period, typed = asked_days(request)
    if typed["problem"]:
        raise Http404(typed["problem"])
    return period


def asked_days(request):
    """(period, the fields of the form for any two days): `tu` and `den` as typed with what is wrong, or its own days.

    Where the two days make no period it is the year there is to report on.
    """
    asked, problem = request.GET, ""
    first, last = asked.get("tu", "").strip(), asked.get("den", "").strip()
    try:
        if first and last:
            period = periods.between(parse(first), parse(last))
        else:
            period = periods.parse(asked["ky"]) if "ky" in asked else dashboard.default_period()
            problem = _("Ghi cả ngày đầu và ngày cuối.") if first or last else ""
    except ValueError as error:
        if not first:
            raise Http404(str(error)) from error
        period, problem = dashboard.default_period(), str(error)
    until = period.last if period.first > today() else min(period.last, today())
    days = (first, last) if problem else (dmy(period.first), dmy(until))
    return period, {"first": days[0], "last": days[1], "problem": problem}


def asked_comparison(request, period):
    """The year whose quota the reader sets beside a period of any two days (`so-voi`), None where none was chosen."""
    code = request.GET.get("so-voi")
    if code is None or period.kind != "days":
        return None
    if not code.isdecimal() or not period.first.year <= int(code) <= period.last.year:
        raise Http404
    return periods.year(int(code))


def crumbs(unit, user, period, page=dashboard_url):
    """[(unit, address of its `page`)] of the units above that the viewer may see."""
    found, scope = [], tuple(user.scope())
    while (path := unit.path.removesuffix(f"{unit.pk}/")) and path.startswith(scope):
        unit = unit.parent
        found.insert(0, (unit, page(unit, period)))
    return found


def show(request):
    unit, (period, typed) = asked_unit(request), asked_days(request)
    sort = request.GET.get("sap")
    sort = sort if sort in dashboard.SORTS else "chenh"
    compared = asked_comparison(request, period)
    known = dashboard.known(unit, period, compared)
    total, rows = dashboard.lines(unit, period, known, sort)
    year = periods.year(period.first.year) if period.kind in ("year", "quarter") else None
    top = max([1, *(max(r.row.admitted, r.row.quota or 0) for r in rows)]) * 1.13
    running = period.includes(today())
    forecast = dashboard.foresee(unit, period)
    if running:
        top = max([top, *((r.row.admitted + r.under_way) * 1.05 for r in rows)])
    context = {
        "unit": unit,
        "crumbs": crumbs(unit, request.user, period),
        "period": period,
        "typed": typed,
        "running": running,
        "until": min(period.last, today()),
        "total": total,
        "rows": rows,
        "sort": sort,
        "top": top,
        "locked": dashboard.locked(unit, period, known),
        "lead": dashboard.lead(unit, period, total, known),
        "switch": dashboard.switch(unit, period, known),
        "quarters": dashboard.quarter_table(unit, year, known) if year else None,
        "parts": dashboard.year_by_year(unit, period, known) if period.kind == "days" else None,
        "forecast": forecast,
        "chart": dashboard.chart(period, total.row.quota, known, forecast and forecast.landing),
        "opening": narrative.opening(unit, period, compared, known),
        "comparisons": dashboard.comparisons(unit, period, compared, known),
        "basis": settings.COUNTED_BY,
        "may_check": request.user.may(Permission.CHANGE_LISTS),
        "may_export": period.kind in ("year", "quarter")
        and period.first <= today()
        and request.user.may(Permission.EXPORT, unit),
    }
    context["cascade"] = branch.cascade(total, rows, period)
    context |= _of_its_kind(unit, period, known, running)
    return render(request, "reports/dashboard.html", context, status=422 if typed["problem"] else 200)


def _of_its_kind(unit, period, known, running):
    """What only a commune, a branch or a term has on its page."""
    found = {}
    if unit.tier == Tier.BASE and running and not unit.is_branch:
        found["in_hand"] = branch.in_hand(unit)
    if unit.is_branch:
        found["branch"] = branch.of(unit, known.begin)
    if period.kind == "term":
        found["asked"] = terms.of(unit, period)
        found["ahead"] = terms.ahead(found["asked"][0])
    return found


def dossiers(request):
    """The list behind a figure: unit, period and measure in the address, one row for each one counted."""
    unit, period = asked_unit(request), asked_period(request)
    measure = MEASURES.get(request.GET.get("so", "admitted"))
    if measure is None:
        raise Http404
    rows = figures.listing(unit, period, measure).for_list().by_name()
    rows = rows.select_related("admitted_branch", "admitted_commune")
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


def asked_quarters(request):
    """Of how many quarters the silence is (`im-lang`), eight unless asked otherwise; 404 for what is no such number."""
    text = request.GET.get("im-lang") or str(figures.SILENT_QUARTERS)
    if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= MOST_QUARTERS:
        raise Http404
    return int(text)


def silent(request):
    """The branches of a unit that have admitted no one for so many quarters and have no source."""
    unit, period, quarters = asked_unit(request), asked_period(request), asked_quarters(request)
    rows = figures.silent_branches(unit, period, quarters)
    choices = sorted({*SILENCES, quarters})
    context = {
        "unit": unit,
        "period": period,
        "crumbs": crumbs(unit, request.user, period),
        "quarters": quarters,
        "choices": [(n, silent_url(unit, period, n)) for n in choices],
        "rows": None if rows is None else rows.select_related("parent"),
        "window": figures.silent_window(period, quarters=quarters),
    }
    return render(request, "reports/silent.html", context)
