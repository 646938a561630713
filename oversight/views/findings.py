"""Lists behind the figures of visits: shortcomings by kind, tasks of conclusions, people as of a day."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from admissions.models import Dossier
from branches.request import UserRequest
from notation.dates import today
from oversight.facts import GROUPS, list_people_of_fact
from oversight.models import Shortcoming, Task, Visit
from oversight.pages.calendar import findings_for
from oversight.views.request import asked_day, asked_quarter, asked_unit_below
from reports.views.request import asked_page, asked_unit


def list_shortcomings(request: UserRequest) -> HttpResponse:
    """The shortcomings that the visits of a quarter found, of one kind (`loai`) or all."""
    period, unit = asked_quarter(request), asked_unit_below(request)
    kind = request.GET.get("loai", "")
    if kind and kind not in Shortcoming.Kind.values:
        raise Http404
    visits = Visit.objects.filter(findings_for(request.user), held_on__range=period.days)
    rows = Shortcoming.objects.filter(visit__in=visits.under(unit) if unit else visits)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.select_related("visit__unit", "visit__team", "visit__follower").order_by(
        "-visit__held_on", "pk"
    )
    context = {
        "period": period,
        "unit": unit,
        "kind": Shortcoming.Kind(kind) if kind else None,
        "kinds": Shortcoming.Kind,
        "page": asked_page(request, rows),
    }
    return render(request, "oversight/shortcomings.html", context)


def list_conclusion_tasks(request: UserRequest) -> HttpResponse:
    """The open tasks of conclusions, or with `qua` those whose day has passed."""
    unit = asked_unit_below(request)
    rows = Task.objects.for_user(request.user).filter(visit__isnull=False).open()
    rows = rows.under(unit) if unit else rows
    late = "qua" in request.GET
    rows = rows.overdue(today()) if late else rows
    page = asked_page(request, rows.select_related("unit", "visit__unit").order_by("before", "pk"))
    context = {"unit": unit, "late": late, "page": page, "rows": [(row, row.mark(today())) for row in page]}
    return render(request, "oversight/conclusion_tasks.html", context)


def list_people(request: UserRequest) -> HttpResponse:
    """The people behind a figure as of a day."""
    unit, day, key = asked_unit(request), asked_day(request), request.GET.get("so", "")
    if key not in GROUPS:
        raise Http404
    inside = Dossier.objects.for_user(request.user).values("pk")
    rows = list_people_of_fact(unit, key, day).filter(pk__in=inside).for_list().by_name()
    context = {"unit": unit, "day": day, "label": GROUPS[key].label, "page": asked_page(request, rows)}
    return render(request, "oversight/visit_people.html", context)
