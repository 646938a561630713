"""Reads a request of oversight: unit, period, quarter and visit that its address names; sends its files."""

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.models import Activity
from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Organisation, Tier
from branches.request import UserRequest
from notation.dates import today
from oversight.forms.passing_on import HeirForm
from oversight.models import ExplanationRequest, Task, Visit
from oversight.passing_on import heirs_of
from oversight.review_periods import ReviewPeriod, month_of, parse_review_period
from reports import periods
from reports.periods import Period

AHEAD = timedelta(days=100)
"""How far ahead a calendar can be opened: the quarter that comes next."""


def asked_quarter(request: UserRequest) -> Period:
    """The quarter named by `ky`, or that of today; one that is none, or lies far ahead, is 404."""
    if "ky" not in request.GET:
        return periods.quarter_of_day(today())
    try:
        period = periods.parse_period(request.GET["ky"])
    except periods.NoPeriod as error:
        raise Http404(str(error)) from error
    if not period.is_quarter or period.first > today() + AHEAD:
        raise Http404
    return period


def asked_visit(request: UserRequest, pk: int) -> Visit:
    """The visit of the address, where its unit lies in the reader's scope; otherwise 404."""
    rows = Visit.objects.for_user(request.user).select_related(
        "unit__parent__parent", "team", "follower", "signed_by"
    )
    return get_object_or_404(rows, pk=pk)


def asked_unit_below(request: UserRequest) -> Organisation | None:
    """The unit named by `don-vi` in the reader's scope, None where none is named; otherwise 404."""
    text = request.GET.get("don-vi", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return get_object_or_404(Organisation.objects.for_user(request.user), pk=int(text))


def asked_day(request: UserRequest) -> date:
    """The day named by `ngay` (yyyy-mm-dd), or today; one that is none, or to come, is 404."""
    try:
        day = date.fromisoformat(request.GET.get("ngay") or today().isoformat())
    except ValueError as error:
        raise Http404 from error
    if day > today() or day.year < 1900:
        raise Http404
    return day


def overseen_district(request: UserRequest) -> Organisation:
    """The highest unit where the reader may oversee; raises `PermissionDenied` without one."""
    paths = request.user.scope(Permission.OVERSEE)
    units = [post.unit for post in request.user.current_posts if post.unit.path in paths]
    units = [unit for unit in units if unit.tier in (Tier.PROVINCE, Tier.DISTRICT)]
    if not units:
        raise PermissionDenied
    return min(units, key=lambda unit: len(unit.path))


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


def pass_on_to_heir(
    request: UserRequest,
    row: Task | ExplanationRequest,
    pass_on: Callable[..., None],
    *,
    lacking: str,
    done: str,
    addresses: tuple[str, str],
) -> HttpResponse:
    """Let `pass_on` give `row` of a unit that ended to the heir that was chosen, and say so.

    `lacking` is said where none was chosen, `done` afterwards, of the new %(unit)s. `addresses` name the page of the
    row and the list, to which a reader goes who does not see the row any more.
    """
    page, rows = addresses
    form = HeirForm(request.POST, heirs=heirs_of(row.unit, today()))
    if not form.is_valid():
        messages.error(request, lacking)
        return redirect(page, row.pk)
    try:
        pass_on(row, form.cleaned_data["heir"], by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done % {"unit": row.unit.title})
    if type(row).objects.for_user(request.user).filter(pk=row.pk).exists():
        return redirect(page, row.pk)
    return redirect(rows)
