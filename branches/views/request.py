"""Reads a request for the pages of plans: which plan or unit, whether its reader may write; shows what is refused."""

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404

from branches.drafts import StalePlan, may_change_plan, may_plan
from branches.models import Organisation, Reorganisation, within_scope
from branches.request import UserRequest
from branches.successions import origins_by_unit
from notation.dates import today

if TYPE_CHECKING:
    from django.http import QueryDict

State = Reorganisation.State
TOLD = (State.SCHEDULED, State.DONE, State.UNDONE)
"""The states of a plan that whoever sees its unit may read; a draft is for those who may plan."""


def _within(request, permission=None):
    """A condition: the unit of a plan lies in the reader's scope, or what lies there took over from it."""
    inside = within_scope(request.user.scope(permission))
    origins: set[int] = set()
    before = origins_by_unit()
    for pk in Organisation.objects.filter(inside, pk__in=before).values_list("pk", flat=True):
        origins |= before[pk]
    return within_scope(request.user.scope(permission), "unit__") | Q(unit__in=origins)


def plans_in_scope(request: UserRequest) -> QuerySet[Reorganisation]:
    """The plans whose units lie in the reader's scope; drafts only where the reader may plan."""
    rows = Reorganisation.objects.filter(_within(request))
    told = rows.filter(state__in=TOLD) | rows.filter(_within(request, "change_units"))
    return told.select_related("unit__parent", "owner")


def asked_plan(request: UserRequest, pk: int) -> Reorganisation:
    """The plan of the address; 404 where its unit lies outside the reader's scope, 403 for a draft of others."""
    rows = Reorganisation.objects.filter(_within(request))
    plan = get_object_or_404(rows.select_related("unit__parent", "owner", "done_by", "undone_by"), pk=pk)
    if plan.state not in TOLD and not may_change_plan(request.user, plan):
        raise PermissionDenied
    return plan


def asked_own_plan(request: UserRequest, pk: int) -> Reorganisation:
    """The plan of the address for whoever may write and carry it out; everybody else is refused."""
    plan = asked_plan(request, pk)
    if not may_change_plan(request.user, plan):
        raise PermissionDenied
    return plan


def asked_unit_to_change(request: UserRequest, pk: int) -> tuple[Organisation, Organisation]:
    """(the unit of the address, the unit under which its changes are planned): the nearest above that one may change.

    404 outside the reader's scope and of a unit that has ended.
    """
    unit = get_object_or_404(Organisation.objects.for_user(request.user).on(today()), pk=pk)
    above = unit.parent or unit
    if not may_plan(request.user, above):
        raise PermissionDenied
    return unit, above


def asked_number(request: UserRequest, name: str) -> int | None:
    """A primary key in the address, None without one; what is none is 404."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def show_refusal(form: BaseForm, error: ValidationError, plan: Reorganisation) -> None:
    """Put the sentences of `error` above `form`; a form that came too late goes on from the plan as it is now."""
    for sentence in error.messages:
        form.add_error(None, sentence)
    if isinstance(error, StalePlan):
        plan.refresh_from_db()
        data = cast("QueryDict", form.data).copy()
        data["version"] = str(plan.version)
        form.data = data
