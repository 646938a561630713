"""The procedure as pages: every version, one in full and why it binds a dossier, two side by side, the errata."""

from itertools import groupby

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from admissions import procedure
from admissions.models import Dossier
from admissions.procedure import comparing
from admissions.procedure.comparing import DOUBTS
from admissions.procedure.errata import load_errata
from admissions.procedure.spec import stages_of
from admissions.procedure.vocabulary import CONFIDENCE
from admissions.rules import errata, working_days
from admissions.states import CLOSED
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
        "errata": [(erratum, DOUBTS[erratum.confidence]) for erratum in reversed(version.errata)],
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
    words = _(
        "Hồ sơ %(number)s theo quy định này vì chi bộ họp ngày %(day)s, trong thời gian %(from)s–%(to)s."
    )
    in_force = _("Ngày ấy có hiệu lực: %(documents)s.") % {
        "documents": "; ".join(
            f"{row.symbol}, {dmy(row.date)}" for row in version.regulations_on(dossier.branch_resolved_on)
        )
    }
    words %= {
        "number": dossier.number,
        "day": dmy(dossier.branch_resolved_on),
        "from": dmy(version.in_force_from),
        "to": until,
    }
    return f"{words} {in_force}"


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


def show_errata(request: UserRequest) -> HttpResponse:
    """Every erratum with what it changed, and the dossiers of the user's scope whose limits it moved."""
    moved = _moved_limits(request.user)
    errata = sorted(load_errata(), key=_place_on_page)
    context = {
        "errata": [(row, DOUBTS[row.confidence], _corrected(row)) for row in errata],
        "under_way": [row for row in moved if row.met_on is None],
        "judged": [row for row in moved if row.becomes_late],
    }
    return render(request, "admissions/procedure/errata.html", context)


def _place_on_page(erratum):
    """The latest first, of one day those that change the length of a limit, and what is surest."""
    moves = any(row.path.endswith((".length", ".extension")) for row in erratum.corrections)
    return -erratum.on.toordinal(), not moves, CONFIDENCE.index(erratum.confidence)


def _corrected(erratum):
    """[([version], [pair])]: what the erratum changed; versions in which it is the same stand together."""
    together: dict[tuple, list] = {}
    for version in procedure.load_versions():
        if erratum in version.errata:
            place, stages = version.errata.index(erratum), stages_of(version)
            pairs = tuple(comparing.corrected_pairs(stages[place], stages[place + 1]))
            together.setdefault(pairs, []).append(version)
    return [(versions, pairs) for pairs, versions in together.items()]


def _moved_limits(user):
    keys = [version.key for version in errata.corrected_versions()]
    rows = Dossier.objects.for_user(user).filter(procedure__in=keys).exclude(state__in=CLOSED)
    days = working_days.load_calendar()
    moved = errata.list_moved_limits(rows.for_list(), days, today())
    return sorted(moved, key=lambda row: (row.after.due is None, row.after.due, row.dossier.number))
