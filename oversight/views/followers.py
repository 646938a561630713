"""Followers: one's own page, that of somebody else for leaders, and the assignments."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from branches.models import Organisation
from branches.request import UserRequest
from notation.dates import today
from oversight import teams
from oversight.forms.teams import DayForm, FollowerForm
from oversight.models import Follower, Visit
from oversight.pages import followed
from oversight.pages.calendar import day_in
from oversight.views.request import asked_quarter, overseen_district
from oversight.visit_errands import list_follower_errands
from reports import periods


def show_followed(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """What needs a follower, their branches to look after, their communes side by side and what they did.

    Somebody else's page shows the units that the reader oversees themselves; without one it is 404.
    """
    of = request.user if pk in (None, request.user.pk) else get_object_or_404(User, pk=pk)
    period = asked_quarter(request)
    if period.first > today():
        raise Http404
    given = followed.followed_units(of, day_in(period))
    if of != request.user:
        given = [row for row in given if request.user.may(Permission.OVERSEE, row.unit)]
        if not given:
            raise Http404
    if not given:
        return render(request, "oversight/followed_none.html", {"may_oversee": _oversees(request)})
    units = [row.unit for row in given]
    rows = followed.read_followed(units, period)
    errands = list_follower_errands(of, rows) if period.includes(today()) else []
    quarter = periods.quarter_of_day(today())
    context = {
        "of": of,
        "mine": of == request.user,
        "heading": followed.heading_of(units, None if of == request.user else of),
        "given": given,
        "bases": list(dict.fromkeys(row.basis for row in given)),
        "lead": followed.followed_lead(rows),
        "period": period,
        "periods": [periods.preceding_quarter(quarter), quarter],
        "errands": [(errand, errand.mark(today()), errand.left(today())) for errand in errands],
        "runs": period.includes(today()),
        "groups": [(row, followed.branches_to_look_after(row)) for row in rows],
        "lines": followed.compare_followed(rows),
        "units": units,
        "visits": followed.visits_of(of),
        "own": _own_visits(of, units, period),
        "may_oversee": _oversees(request),
        "today": today(),
    }
    return render(request, "oversight/followed.html", context)


def _oversees(request):
    return request.user.may(Permission.OVERSEE)


def _own_visits(user, units, period):
    """Of how many of `units` the follower held a visit in `period`."""
    rows = Visit.objects.filter(follower=user, held_on__range=period.days).select_related("unit")
    paths = [visit.unit.path for visit in rows]
    return sum(any(path.startswith(unit.path) for path in paths) for unit in units)


def list_followers(request: UserRequest) -> HttpResponse:
    """Who follows what, from when to when; a form to assign somebody."""
    district = overseen_district(request)
    asked = request.GET.get("don-vi", "")
    initial = {"unit": int(asked)} if asked.isdecimal() and len(asked) < 10 else None
    form = FollowerForm(district, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = teams.assign_follower(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            words = _("Đồng chí %(who)s phụ trách %(unit)s.")
            messages.success(request, words % {"who": row.user, "unit": row.unit.title})
            return redirect("oversight:followers")
    rows = Follower.objects.for_user(request.user, Permission.OVERSEE).select_related("user", "unit")
    now = sorted(rows.on(today()), key=lambda row: (row.unit.place_in_tables, row.since))
    places = Organisation.objects.under(district).communes().on(today())
    lacking = places.exclude(pk__in=[row.unit_id for row in now])
    context = {
        "form": form,
        "rows": now,
        "former": rows.filter(until__lt=today()).order_by("-until"),
        "lacking": sorted(lacking, key=lambda unit: unit.place_in_tables),
    }
    return render(request, "oversight/followers.html", context, status=422 if form.errors else 200)


@require_POST
def end_follower_page(request: UserRequest, pk: int) -> HttpResponse:
    """Write down the last day of an assignment."""
    row = get_object_or_404(Follower.objects.for_user(request.user, Permission.OVERSEE), pk=pk)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            teams.end_follower(row, form.cleaned_data["on"], by=request.user)
            messages.success(request, _("Đã ghi ngày thôi phụ trách."))
        except Refused as refusal:
            add_refusal(form, refusal)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("oversight:followers")
