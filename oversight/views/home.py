"""The home page of oversight."""

from django.http import HttpResponse
from django.shortcuts import render

from branches.models import Organisation
from branches.request import UserRequest
from oversight.pages import home, overview, tasks
from reports.views.request import asked_unit


def show_home(request: UserRequest) -> HttpResponse:
    """What is followed at a unit: its reviews, difficulties and tasks, and the ways on."""
    unit = asked_unit(request)
    page = home.home_page(unit)
    above = Organisation.objects.for_user(request.user).filter(pk__in=unit.ancestor_ids()[:-1])
    total = page.reviews.total
    context = {
        "unit": unit,
        "above": list(above.order_by("path")),
        "page": page,
        "total": total,
        "units": [
            (
                line,
                overview.list_url(line.unit, page.month, overview.HELD),
                overview.list_url(line.unit, page.month, overview.MISSING),
            )
            for line in page.reviews.units
        ],
        "held_url": overview.list_url(unit, page.month, overview.HELD),
        "missing_url": overview.list_url(unit, page.month, overview.MISSING),
        "tasks": [
            (key, words, page.tasks[key], tasks.tasks_url(unit, key))
            for key, words in tasks.FILTERS.items()
            if key != tasks.LEFT or page.tasks[key]
        ],
        "by_branch": unit.tier in overview.BRANCHES_BELOW and not unit.is_branch,
    }
    return render(request, "oversight/home.html", context)
