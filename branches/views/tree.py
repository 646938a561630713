"""The tree of units, on any day; one unit; a new unit."""

from collections import Counter, defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from branches.drafts import may_plan
from branches.forms.unit import UnitForm
from branches.models import Organisation, Succession, Tier
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
    """One unit: what it is, what stands below it, where it came from and what became of it."""
    row = get_object_or_404(Organisation.objects.for_user(request.user).select_related("parent"), pk=pk)
    day = row.valid_to or today()
    children = sorted(row.children.on(day), key=lambda child: child.place_in_tables)
    above = (
        Organisation.objects.for_user(request.user).filter(pk__in=row.ancestor_ids()[:-1]).order_by("path")
    )
    branches = Counter(branch.parent_id for branch in Organisation.objects.under(row).branches().on(day))
    context = {
        "unit": row,
        "above": above,
        "children": [(child, branches[child.pk]) for child in children],
        "counts_branches": any(not child.is_branch for child in children),
        "rural": sum(child.rural for child in children),
        "history": _history(row),
        "may_change": request.user.may("change_units", row) and not row.is_branch and row.exists_on(today()),
        "may_reorganise": row.exists_on(today()) and may_plan(request.user, row.parent or row),
    }
    return render(request, "branches/unit.html", context)


def _history(row):
    """[(day, words, basis)] of the unit and of the units directly below it, the latest first."""
    lines = [(row.valid_from, _("Có trong sổ"), row.basis)]
    if row.valid_to:
        lines.append((row.valid_to, _("Kết thúc"), ""))
    steps = Succession.objects.filter(predecessor__path__startswith=row.path).select_related(
        "predecessor", "successor"
    )
    joined = defaultdict(list)
    for step in steps | Succession.objects.filter(successor=row).select_related("predecessor", "successor"):
        joined[step.on, step.predecessor.title, step.basis].append(step.successor.title)
    for (day, before, basis), after in joined.items():
        words = _("%(before)s tách thành %(after)s") if len(after) > 1 else _("%(before)s thành %(after)s")
        lines.append((day, words % {"before": before, "after": _(" và ").join(sorted(after))}, basis))
    return sorted(lines, key=lambda line: line[0], reverse=True)


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
