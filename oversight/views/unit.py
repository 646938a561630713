"""The home of a unit, its log, and the form that corrects what was typed wrong of one that nothing rests on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.worklist.dossier_list import asked_day
from branches.correcting import correct_unit, describe_rests, list_what_rests
from branches.drafts import may_plan
from branches.forms.unit import CorrectUnitForm
from branches.history import list_changes
from branches.models import Organisation, Tier
from branches.request import UserRequest
from branches.today import as_today
from notation.dates import dmy, today
from oversight.pages import unit_home, unit_people
from oversight.pages.unit_figures import UnitFigures
from oversight.visit_errands import list_unit_errands
from reports import links, periods

LINES = 50
"""How many lines of the log stand on a page."""


def _asked_unit(request, pk):
    rows = Organisation.objects.for_user(request.user).select_related("parent__parent__parent")
    return get_object_or_404(rows, pk=pk)


def show_unit(request: UserRequest, pk: int) -> HttpResponse:
    """Everything of one unit on a day: `ngay` names another than today, `cocau` today's structure.

    A unit that has ended is shown as of its last day.
    """
    unit = _asked_unit(request, pk)
    day, problem = _day_of_home(request, unit)
    stands, now = unit.exists_on(today()), day == today()
    seen = as_today(unit) if request.GET.get("cocau") == "homnay" and stands else unit
    # Of a province nothing is due by itself: it is seen at its districts.
    asked = now and unit.tier != Tier.PROVINCE
    due = unit_home.Due(list_unit_errands(request.user, unit, day) if asked else {}, day)
    numbers, in_hand = UnitFigures(seen, day), unit_home.list_in_hand(unit, day)
    events = unit_home.unit_events(unit, day)
    users = unit_people.list_users(unit, day)
    changes = list_changes(unit, day if stands else today())
    context = {
        "unit": seen,
        "above": _above(request, unit),
        "day": day,
        "now": now,
        "typed": request.GET.get("ngay", ""),
        "problem": problem,
        "tabs": unit_home.unit_tabs(numbers, due, len(users), len(changes)),
        "lead": unit_home.unit_lead(numbers, due if now else None),
        "due": due.lines(),
        "due_number": len(due.all),
        "in_hand": in_hand[: unit_home.MOST_DOSSIERS],
        "in_hand_number": len(in_hand),
        "users": users,
        "users_below": unit_people.describe_users_below(unit, day),
        "has_charges": unit.tier not in (Tier.PROVINCE, Tier.DISTRICT),
        "charges": [(row, row.over(day)) for row in unit_people.list_charges(request.user, unit, day)],
        "changes": changes,
        "events": unit_home.describe_events(events[: unit_home.MOST_EVENTS]),
        "events_number": events.count(),
    }
    context |= _figures(numbers) | _acts(request, unit, due, now)
    return render(request, "oversight/unit.html", context, status=422 if problem else 200)


def _day_of_home(request, unit):
    """(the day that the page is of, what is wrong with the one that was typed)."""
    day, problem = asked_day(request.GET)
    if unit.ended_before(day):
        day = unit.valid_to or day
    elif day < unit.valid_from <= today():
        problem = _("%(unit)s có từ ngày %(day)s.") % {"unit": unit.title, "day": dmy(unit.valid_from)}
        day = today()
    return day, problem


def _figures(numbers):
    """The figures with the addresses of their lists, and the units under this one."""
    unit, day = numbers.unit, numbers.day
    under_way = numbers.count("under_way")
    below = Organisation.objects.filter(parent=unit).on(day)
    return {
        "numbers": numbers,
        "top": max([1, numbers.row.quota or 0, numbers.row.admitted + under_way]) * 1.13,
        "sources_url": numbers.list_url("sources"),
        "under_way_url": numbers.list_url("under_way"),
        "probationers_url": numbers.list_url("probationers"),
        "year_url": links.dashboard_url(unit, numbers.year),
        "before_url": links.dashboard_url(unit, periods.year_period(day.year - 1)),
        "children_words": _children_words(numbers),
        "below": sorted(below, key=lambda row: row.place_in_tables),
    }


def _above(request, unit):
    rows = Organisation.objects.for_user(request.user).filter(pk__in=unit.ancestor_ids()[:-1])
    return list(rows.order_by("path"))


def _acts(request, unit, due, now):
    """What the reader may do here: the act that is due, a unit to add, mistakes to correct."""
    user, stands = request.user, unit.exists_on(today())
    may_change = user.may(Permission.CHANGE_UNITS, unit) and stands
    year = periods.year_period(today().year)
    give = now and due.by_kind.get("quota") and user.may(Permission.SET_QUOTA, unit)
    return {
        "may_add": may_change and not unit.is_branch,
        "may_correct": may_change and unit.parent is not None,
        "may_reorganise": stands and may_plan(user, unit.parent or unit),
        "give_quota": links.grid_url(unit, year) if give else "",
        "year": year,
        "body": _body_that_meets(unit) if now else "",
    }


def _children_words(numbers):
    """What the section of the units under this one is called."""
    of_base = numbers.unit.tier in (Tier.BASE, Tier.SECTION)
    return _("Chi bộ, đảng viên, nguồn") if of_base else _("Đơn vị, đảng viên, nguồn")


def _body_that_meets(unit):
    """The body whose meeting is recorded from here, "" where none meets."""
    return "branch" if unit.is_branch else "base" if unit.tier == Tier.BASE else ""


def list_log(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that was recorded of the dossiers of a unit, the latest first."""
    unit = _asked_unit(request, pk)
    page = Paginator(unit_home.unit_events(unit, today()), LINES).get_page(request.GET.get("trang"))
    context = {
        "unit": unit,
        "above": _above(request, unit),
        "page": page,
        "lines": unit_home.describe_events(page.object_list),
    }
    return render(request, "oversight/unit_log.html", context)


def correct_unit_page(request: UserRequest, pk: int) -> HttpResponse:
    """Name, kind, code, parent and first day of a unit that nothing rests on; of another it says what does."""
    unit = _asked_unit(request, pk)
    if not request.user.may(Permission.CHANGE_UNITS, unit.parent or unit):
        raise PermissionDenied
    rests = list_what_rests(unit)
    parents = Organisation.objects.for_user(request.user).on(today()).exclude(pk=unit.pk)
    parents = parents.exclude(tier=Tier.BRANCH).exclude(is_base_branch=True)
    changed = Organisation.objects.get(pk=unit.pk)
    form = CorrectUnitForm(data=request.POST or None, instance=changed, parents=parents)
    if request.method == "POST" and not rests and form.is_valid():
        before = unit.title
        try:
            differ = correct_unit(unit, changed, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if differ:
                log_change(request.user, f"Sửa {before}: {changed.title}")
            messages.success(request, _("Đã sửa %(unit)s.") % {"unit": changed.title})
            return redirect("branches:unit", unit.pk)
    context = {
        "unit": unit,
        "form": form,
        "rests": describe_rests(unit, rests) if rests else "",
    }
    status = 422 if form.errors or (rests and request.method == "POST") else 200
    return render(request, "oversight/unit_correct.html", context, status=status)
