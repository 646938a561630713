"""The list of difficulties that branches tick, and the count of those named."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from admissions.catalogues import rights
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from branches.request import UserRequest
from oversight.difficulties import add_difficulty, switch_difficulty
from oversight.forms.answering import DifficultyForm
from oversight.models import Difficulty


def show_difficulty_list(request: UserRequest) -> HttpResponse:
    """The difficulties to choose from; administrators add one here."""
    may_change = rights.may_change(request.user)
    form = DifficultyForm(request.POST or None) if may_change else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                row = add_difficulty(form.cleaned_data["text"], by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã thêm “%(text)s”.") % {"text": row.text})
                return redirect("oversight:difficulty_list")
    context = {"rows": Difficulty.objects.all(), "form": form, "may_change": may_change}
    return render(
        request, "oversight/difficulty_list.html", context, status=422 if form and form.errors else 200
    )


@require_POST
def switch_difficulty_page(request: UserRequest, pk: int) -> HttpResponse:
    """Offer a difficulty again, or no longer."""
    row = get_object_or_404(Difficulty, pk=pk)
    active = request.POST.get("dung") == "1"
    switch_difficulty(row, active, by=request.user)
    words = _("“%(text)s” được dùng lại.") if active else _("“%(text)s” thôi không đưa ra chọn nữa.")
    messages.success(request, words % {"text": row.text})
    return redirect("oversight:difficulty_list")
