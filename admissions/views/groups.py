"""The catalogue of priority groups."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from admissions.catalogues import groups, rights
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.catalogues import GroupForm
from admissions.models import PriorityGroup
from branches.request import UserRequest


def list_groups(request: UserRequest) -> HttpResponse:
    """The groups and what makes somebody one of them; administrators add one here."""
    may_change = rights.may_change(request.user)
    form = GroupForm(request.POST or None) if may_change else None
    if request.method == "POST":
        rights.require_right(request.user)
        form = GroupForm(request.POST)
        if form.is_valid():
            try:
                row = groups.add_group(**form.cleaned_data, by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã thêm nhóm “%(name)s”.") % {"name": row.name})
                return redirect("catalogues:groups")
    context = {"rows": PriorityGroup.objects.all(), "form": form, "may_change": may_change}
    status = 422 if form and form.errors else 200
    return render(request, "admissions/catalogues/groups.html", context, status=status)


@require_POST
def change_group_page(request: UserRequest, pk: int) -> HttpResponse:
    """Rename a group (`name`), or use it again or no longer (`dung`)."""
    row = get_object_or_404(PriorityGroup, pk=pk)
    try:
        if "dung" in request.POST:
            groups.switch_group(row, request.POST["dung"] == "1", by=request.user)
        else:
            groups.rename_group(row, request.POST.get("name", "")[:60], by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("catalogues:groups")
