"""The procedure as pages: every version, one in full and why it binds a dossier, two side by side."""

from itertools import groupby

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from admissions import procedure
from admissions.models import Dossier
from admissions.procedure import comparing
from admissions.views.request import asked_dossier
from branches.request import UserRequest
from notation.dates import dmy, today


def _version(key):
    try:
        return procedure.get_version(key)
    except procedure.NoProcedure as error:
        raise Http404 from error


def list_versions(request: UserRequest) -> HttpResponse:
    """Every version by its dates, with the dossiers of the viewer's scope that it binds."""
    rows = Dossier.objects.for_user(request.user).exclude(procedure="").values("procedure")
    bound = {row["procedure"]: row["dossiers"] for row in rows.annotate(dossiers=Count("pk"))}
    context = {
        "versions": [(version, bound.get(version.key, 0)) for version in procedure.load_versions()],
        "current": procedure.version_in_force(today()),
    }
    return render(request, "admissions/procedure/versions.html", context)


def show_version(request: UserRequest, key: str) -> HttpResponse:
    """One version in full; `ho-so` (year/serial) adds why it binds that dossier."""
    version, dossier = _version(key), _dossier(request)
    context = {
        "version": version,
        "groups": _grouped(comparing.lines_of_version(version)),
        "number": Dossier.objects.for_user(request.user).filter(procedure=key).count(),
        "current": procedure.version_in_force(today()),
        "because": _because(version, dossier) if dossier else "",
        "dossier": dossier,
        "earlier": _before(version),
    }
    return render(request, "admissions/procedure/version.html", context)


def _dossier(request):
    """The dossier that `ho-so` names, None without one; 404 when it lies outside the user's scope."""
    if "ho-so" not in request.GET:
        return None
    year, _slash, serial = request.GET["ho-so"].partition("/")
    if not (year.isdecimal() and serial.isdecimal() and len(year) < 5 and len(serial) < 8):
        raise Http404
    return asked_dossier(request, int(year), int(serial))


def _because(version, dossier):
    binding = procedure.version_of(dossier)
    if binding.key != version.key:
        words = _("Hồ sơ %(number)s không theo quy định này mà theo %(name)s.")
        return words % {"number": dossier.number, "name": binding.name}
    if not dossier.procedure:
        words = _("Hồ sơ %(number)s theo quy định đang có hiệu lực; sẽ chốt theo ngày chi bộ họp.")
        return words % {"number": dossier.number}
    until = dmy(version.in_force_to) if version.in_force_to else _("nay")
    return _(
        "Hồ sơ %(number)s theo quy định này vì chi bộ họp ngày %(day)s, trong thời gian %(from)s–%(to)s."
    ) % {
        "number": dossier.number,
        "day": dmy(dossier.branch_resolved_on),
        "from": dmy(version.in_force_from),
        "to": until,
    }


def _grouped(lines):
    return [
        (group, comparing.GROUPS[group], list(rows))
        for group, rows in groupby(lines, key=lambda row: row.group)
    ]


def _before(version):
    """The version before `found`, or after it when it is the first."""
    rows = procedure.load_versions()
    place = rows.index(version)
    return rows[place - 1] if place else rows[min(1, len(rows) - 1)]


def show_comparison(request: UserRequest) -> HttpResponse:
    """Two versions side by side; `khac` shows only where they differ."""
    current = procedure.version_in_force(today())
    first = _version(request.GET["a"]) if request.GET.get("a") else _before(current)
    second = _version(request.GET["b"]) if request.GET.get("b") else current
    pairs = comparing.compare_versions(first, second)
    only = request.GET.get("khac") == "1"
    shown = [pair for pair in pairs if not (only and pair.same)]
    context = {
        "first": first,
        "second": second,
        "versions": procedure.load_versions(),
        "groups": _grouped(shown),
        "differing": sum(not pair.same for pair in pairs),
        "of": len(pairs),
        "only": only,
    }
    return render(request, "admissions/procedure/compare.html", context)
