"""The tree of units, on any day; a new unit. The home of one unit is shown by an app above."""

from collections import Counter, defaultdict

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from branches.forms.unit import UnitForm
from branches.models import Organisation, Tier
from branches.request import UserRequest
from notation.dates import parse_date, today
from notation.vietnamese import fold


def show_tree(request: UserRequest) -> HttpResponse:
    """The units of the viewer's scope as they stood on a day, below each base organisation its branches."""
    day, problem = today(), ""
    if request.GET.get("ngay"):
        try:
            day = parse_date(request.GET["ngay"])
        except ValueError as error:
            problem = str(error)
    rows = list(Organisation.objects.for_user(request.user).on(day))
    asked = fold(request.GET.get("q", ""))
    hits = [row for row in rows if asked in row.search_name] if asked else None
    below = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    own = {row.pk for row in rows}
    tops = sorted((row for row in rows if row.parent_id not in own), key=lambda row: row.path)
    bases = [row for row in rows if row.tier == Tier.BASE]
    context = {
        "day": day,
        "typed": request.GET.get("ngay", ""),
        "problem": problem,
        "asked": request.GET.get("q", ""),
        "hits": hits,
        "tops": tops,
        "bases": bases,
        "parts": _parts(tops, bases, rows),
        "branches": [row for row in rows if row.is_branch] if not bases else [],
        "number": Counter(row.is_branch for row in rows)[True],
        "may_change": request.user.may("change_units"),
    }
    return render(request, "branches/tree.html", context)


def _parts(tops, bases, rows):
    """[(unit or None, [base organisations with their branches])]: under each unit that stands between top and bases."""
    above, under = {row.pk: row for row in rows if row not in tops}, defaultdict(list)
    for base in sorted(bases, key=lambda row: row.place_in_tables):
        under[base.parent_id].append(_with_branches(base, rows))
    parts = [(above.get(pk), lines) for pk, lines in under.items()]
    return sorted(parts, key=lambda part: (part[0] is not None, part[0] and part[0].sort_key))


def _with_branches(base, rows):
    """The branches of a base organisation: those directly under it, then those of each of its sections."""
    branches = [row for row in rows if row.is_branch and row.path.startswith(base.path)]
    branches.sort(key=lambda row: (not row.rural, row.sort_key))
    sections = [row for row in rows if row.tier == Tier.SECTION and row.parent_id == base.pk]
    groups = [(None, [row for row in branches if row.parent_id not in {one.pk for one in sections}])]
    for section in sorted(sections, key=lambda row: row.sort_key):
        groups.append((section, [row for row in branches if row.parent_id == section.pk]))
    return {
        "unit": base,
        "branches": branches,
        "groups": groups,
        "rural": sum(row.rural for row in branches),
    }


def show_unit(request: UserRequest, pk: int) -> HttpResponse:
    """The home of one unit, as the app that knows everything of it shows it (`settings.UNIT_PAGE_BY`)."""
    return import_string(settings.UNIT_PAGE_BY)(request, pk)


def add_unit(request: UserRequest) -> HttpResponse:
    if not request.user.may("change_units"):
        raise PermissionDenied
    parents = (
        Organisation.objects.for_user(request.user)
        .on(today())
        .exclude(tier=Tier.BRANCH)
        .exclude(is_base_branch=True)
    )
    asked = request.GET.get("cha", "")
    if not asked.isdecimal():
        raise Http404
    parent = get_object_or_404(parents, pk=int(asked))
    if not request.user.may("change_units", parent):
        raise PermissionDenied
    form = UnitForm(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        row = form.save()
        messages.success(request, _("Đã thêm %(unit)s.") % {"unit": row.title})
        return redirect("branches:unit", row.pk)
    status = 422 if form.errors else 200
    return render(request, "branches/add.html", {"form": form, "parent": parent}, status=status)
