"""Reads a request of oversight: the unit and the period of a review that its address names; sends its files."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import Activity
from branches.models import Organisation
from branches.request import UserRequest
from notation.dates import today
from oversight.review_periods import ReviewPeriod, month_of, parse_review_period


def asked_branch(request: UserRequest, pk: int) -> Organisation:
    """The branch with this primary key in the reader's scope; 404 for any other unit."""
    rows = Organisation.objects.for_user(request.user).branches().select_related("parent__parent")
    return get_object_or_404(rows, pk=pk)


def named_period(code: str) -> ReviewPeriod:
    """The period that `code` names; 404 for one that is none or has not begun."""
    period = parse_review_period(code)
    if period is None or period.first > today():
        raise Http404
    return period


def asked_review_period(request: UserRequest) -> ReviewPeriod:
    """The period that `ky` names, this month without one."""
    return named_period(request.GET["ky"]) if "ky" in request.GET else month_of(today())


def send_file(request: UserRequest, data: bytes, name: str, content_type: str) -> HttpResponse:
    """`data` as an attachment called `name`; the log says who fetched it."""
    Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
