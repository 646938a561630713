"""Word files of plans: the yearly plan of a unit, the reminder to hand quotas down, the paper that asks for a class."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.letters.word import CONTENT_TYPE
from branches.request import UserRequest
from notation.dates import today
from oversight.documents.class_proposal import draft_class_proposal
from oversight.documents.plan_draft import draft_plan, draft_reminder, year_of_plan
from oversight.models import Plan
from oversight.plans import may_write_plan
from oversight.views.request import send_file
from reports.views.request import asked_unit


@require_POST
def draft_plan_file(request: UserRequest) -> HttpResponse:
    """The yearly plan of a unit as a .docx, from its quotas and sources; `nam` is the year."""
    unit, year = asked_unit(request), year_of_plan(request.POST.get("nam", "").strip())
    if unit.is_branch:
        raise Http404
    if not request.user.may(Permission.EXPORT, unit):
        raise PermissionDenied
    if year is None:
        messages.error(request, _("Ghi năm của kế hoạch, như 2017. Chưa lập tệp nào."))
        return redirect(f"{reverse('oversight:plans')}?don-vi={unit.pk}")
    return send_file(request, draft_plan(unit, year), f"ke-hoach-{year.code}-{unit.code}.docx", CONTENT_TYPE)


@require_POST
def draft_reminder_file(request: UserRequest, pk: int) -> HttpResponse:
    """The letter to the units that have given no quotas to their branches."""
    rows = Plan.objects.for_user(request.user).select_related("unit__parent", "basis")
    plan = get_object_or_404(rows, pk=pk)
    if not may_write_plan(request.user, plan.unit):
        raise PermissionDenied
    return send_file(request, draft_reminder(plan), f"nhac-giao-chi-tieu-{plan.pk}.docx", CONTENT_TYPE)


@require_POST
def draft_class_proposal_file(request: UserRequest) -> HttpResponse:
    """The paper that asks to open the next awareness class, from the queue."""
    unit = asked_unit(request)
    if not (request.user.may(Permission.OPEN_CLASS, unit) and request.user.may(Permission.EXPORT, unit)):
        raise PermissionDenied
    data = draft_class_proposal(unit, request.user)
    return send_file(request, data, f"to-trinh-mo-lop-{today():%Y-%m-%d}.docx", CONTENT_TYPE)
