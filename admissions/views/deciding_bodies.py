"""Who decides on admissions: the base organisations that decide themselves, and the administrators' changes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from admissions import procedure
from admissions.catalogues import deciding_bodies, rights
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.deciding_bodies import DecidingBodyForm, EndForm
from admissions.models import DecidingBody
from branches.models import within_scope
from branches.request import UserRequest
from notation.dates import today


def list_deciding_bodies(request: UserRequest) -> HttpResponse:
    """The rows of the reader's units, the rules of the votes today, and the form of whoever may add one."""
    may_change = rights.may_change(request.user)
    form = DecidingBodyForm(request.POST or None) if may_change else None
    if request.method == "POST":
        rights.require_right(request.user)
        if form and form.is_valid():
            try:
                deciding_bodies.add_deciding_body(**form.cleaned_data, by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã ghi thẩm quyền quyết định."))
                return redirect("catalogues:deciding_bodies")
    inside = within_scope(request.user.scope(), "unit__")
    version = procedure.version_in_force(today())
    context = {
        "rows": DecidingBody.objects.filter(inside).select_related("unit", "by"),
        "form": form,
        "may_change": may_change,
        "default": version.deciding_body,
        "rule": version.vote_of("authorised"),
    }
    wrong = form is not None and form.errors
    return render(request, "admissions/catalogues/deciding.html", context, status=422 if wrong else 200)


@require_POST
def end_deciding_body_page(request: UserRequest, pk: int) -> HttpResponse:
    """Write down the last day of a row."""
    rights.require_right(request.user)
    row = get_object_or_404(DecidingBody, pk=pk)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            deciding_bodies.end_deciding_body(row, form.cleaned_data["until"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi ngày hết thẩm quyền."))
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("catalogues:deciding_bodies")
