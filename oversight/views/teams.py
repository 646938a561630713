"""Work teams: the list, a new one, and one team with who is in it and what it visits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from branches.models import within_scope
from branches.request import UserRequest
from notation.dates import today
from oversight import teams
from oversight.forms.teams import DayForm, MemberForm, PlaceForm, TeamForm
from oversight.models import Team, TeamMember, TeamUnit, Visit
from oversight.views.request import overseen_district


def _teams_of(user):
    """The teams of which a reader sees a base organisation, ended ones included."""
    given = TeamUnit.objects.filter(within_scope(user.scope(), "unit__"))
    mine = Team.objects.filter(units__in=given) | Team.objects.filter(within_scope(user.scope(), "unit__"))
    return mine.distinct().order_by("number", "since")


def list_teams(request: UserRequest) -> HttpResponse:
    """The teams with their heads, members and base organisations; a form for whoever oversees."""
    may_oversee = request.user.may(Permission.OVERSEE)
    form = TeamForm(overseen_district(request), request.POST or None) if may_oversee else None
    if request.method == "POST":
        district = overseen_district(request)
        if form and form.is_valid():
            facts = {**form.cleaned_data}
            try:
                team = teams.create_team(district, facts.pop("number"), **facts, by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã lập %(team)s.") % {"team": team})
                return redirect("oversight:team", team.pk)
    rows = _teams_of(request.user).prefetch_related("members__user", "units__unit")
    wrong = form is not None and form.errors
    context = {"rows": [_row(team) for team in rows], "form": form}
    return render(request, "oversight/teams.html", context, status=422 if wrong else 200)


def _row(team):
    """The team as it stands today, or as it ended."""
    day = min(team.until or today(), today())
    members = [row for row in team.members.all() if _holds(row, day)]
    return {
        "team": team,
        "head": next((row for row in members if row.head), None),
        "members": [row for row in members if not row.head],
        "units": [row.unit for row in team.units.all() if _holds(row, day)],
        "ended": team.until is not None and team.until < today(),
    }


def _holds(row, day):
    return row.since <= day and (row.until is None or row.until >= day)


def show_team(request: UserRequest, pk: int) -> HttpResponse:
    """One team: who was in it and what it visited, from when to when; its visits. Forms for whoever oversees."""
    team = get_object_or_404(_teams_of(request.user), pk=pk)
    oversees = request.user.may(Permission.OVERSEE, team.unit) and (team.until is None)
    joins = "nguoi-user" in request.POST
    member = MemberForm(team, request.POST if joins else None)
    place = PlaceForm(team, request.POST if request.method == "POST" and not joins else None)
    form = member if joins else place
    if request.method == "POST":
        if not oversees:
            raise PermissionDenied
        if form.is_valid():
            verb = teams.add_team_member if joins else teams.add_team_unit
            subject, since = list(form.cleaned_data.values())
            try:
                verb(team, subject, since=since, by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã ghi cho %(team)s.") % {"team": team})
                return redirect("oversight:team", team.pk)
    wrong = request.method == "POST" and form.errors
    visits = Visit.objects.for_user(request.user).filter(team=team).select_related("unit")
    context = {
        "team": team,
        "members": team.members.select_related("user"),
        "units": team.units.select_related("unit"),
        "visits": visits.order_by("-planned_on", "-pk")[:30],
        "oversees": oversees,
        "member": member,
        "place": place,
        "wrong": form if wrong else None,
        "today": today(),
    }
    return render(request, "oversight/team.html", context, status=422 if wrong else 200)


@require_POST
def change_team(request: UserRequest, pk: int) -> HttpResponse:
    """End the team, a membership (`nguoi`) or a place (`dia-ban`), or name another head (`to-truong`)."""
    overseen_district(request)
    team = get_object_or_404(_teams_of(request.user), pk=pk)
    form, by = DayForm(request.POST), request.user
    if form.is_valid():
        day = form.cleaned_data["on"]
        try:
            if key := request.POST.get("to-truong"):
                teams.name_team_head(_of_team(TeamMember, team, key), day, by=by)
            elif key := request.POST.get("nguoi"):
                teams.end_team_member(_of_team(TeamMember, team, key), day, by=by)
            elif key := request.POST.get("dia-ban"):
                teams.end_team_unit(_of_team(TeamUnit, team, key), day, by=by)
            else:
                teams.end_team(team, day, by=by)
            messages.success(request, _("Đã ghi cho %(team)s.") % {"team": team})
        except Refused as refusal:
            add_refusal(form, refusal)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("oversight:team", team.pk)


def _of_team(model, team, key):
    return get_object_or_404(model, team=team, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)
