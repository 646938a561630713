"""Who may be in the register twice, and telling them apart."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules import duplicates
from branches.request import UserRequest


def show_doubles(request: UserRequest) -> HttpResponse:
    """The pairs of people in the reader's scope who have one name and one date of birth, and are not told apart."""
    context = {
        "doubles": duplicates.list_doubles(request.user),
        "may_enter": request.user.may(Permission.ENTER),
        "may_merge": request.user.may(Permission.APPRAISE),
    }
    return render(request, "admissions/doubles.html", context)


@require_POST
def tell_apart_page(request: UserRequest, first: int, second: int) -> HttpResponse:
    """Remember that the people of two dossiers are not one."""
    if not request.user.may(Permission.ENTER):
        raise PermissionDenied
    rows = Dossier.objects.for_user(request.user).for_list()
    one, other = (get_object_or_404(rows, pk=pk) for pk in (first, second))
    try:
        workflow.tell_apart(one.candidate, [other.candidate], by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        words = _("Đã ghi: %(first)s và %(second)s là hai người khác nhau.")
        messages.success(request, words % {"first": one.number, "second": other.number})
    return redirect("admissions:doubles")
