"""The administrator's page on which every figure of a year is counted a second time."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.roles import Permission
from branches.models import Organisation, within_scope
from branches.request import UserRequest
from reports import periods
from reports.figures import figures, recount


def show_recount(request: UserRequest) -> HttpResponse:
    """The years to choose from; with `nam`, that year's figures of all units in charge recounted. Only reads."""
    paths = request.user.scope(Permission.CHANGE_LISTS)
    if not paths:
        raise PermissionDenied
    units = Organisation.objects.filter(within_scope(paths)).order_by("path")
    roots = [unit for unit in units.filter(path__in=paths) if not _under_another(unit, paths)]
    first, last = figures.years_of(roots[0])
    years = list(range(max(first, last - 9), last + 1))
    asked = request.GET.get("nam")
    if asked is not None and (not asked.isdecimal() or int(asked) not in range(first, last + 1)):
        raise Http404
    context = {
        "years": years,
        "year": int(asked or periods.default_period().first.year),
        "results": [(root, recount.recount_figures(root, int(asked))) for root in roots] if asked else None,
    }
    return render(request, "reports/checking.html", context)


def _under_another(unit, paths):
    return any(unit.path != path and unit.path.startswith(path) for path in paths)
