"""Putting right what was recorded of a review or a visit."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from branches.request import UserRequest
from oversight import correcting
from oversight.forms.correcting import CorrectReviewForm, CorrectVisitForm
from oversight.models import Review
from oversight.pages.review_words import review_url
from oversight.views.request import asked_branch, asked_visit, named_period


def correct_review_page(request: UserRequest, unit: int, code: str) -> HttpResponse:
    """What was recorded wrong of a review; the level above corrects it also after the deadline."""
    branch, period = asked_branch(request, unit), named_period(code)
    rows = Review.objects.for_user(request.user).filter(unit=branch).of(period.kind, period.first)
    review = get_object_or_404(rows.select_related("unit__parent"))
    if not correcting.may_correct_review(request.user, review):
        raise PermissionDenied
    form = CorrectReviewForm(review, request.POST or None)
    heading = {
        "title": _("Sửa rà soát %(period)s") % {"period": period},
        "back": review_url(branch, period),
        "back_words": _("Rà soát"),
        "say": _("Số liệu của sổ lấy lại theo ngày họp; đề nghị đã ghi vào hồ sơ được sửa theo."),
    }
    return _correct(
        request, branch, form, heading, lambda **facts: correcting.correct_review(review, **facts)
    )


def correct_visit_page(request: UserRequest, pk: int) -> HttpResponse:
    """What was recorded wrong of a visit whose conclusion is signed."""
    visit = asked_visit(request, pk)
    if not correcting.may_correct_visit(request.user, visit):
        raise PermissionDenied
    form = CorrectVisitForm(visit, request.POST or None)
    heading = {
        "title": _("Sửa buổi dự"),
        "back": reverse("oversight:visit", args=[visit.pk]),
        "back_words": _("Buổi dự"),
        "say": _("Số liệu của sổ lấy lại theo ngày dự; kết luận đã ký giữ nguyên."),
    }
    return _correct(
        request, visit.unit, form, heading, lambda **facts: correcting.correct_visit(visit, **facts)
    )


def _correct(request, unit, form, heading, record: Callable) -> HttpResponse:
    """Show the form, or record what it says and go back."""
    if request.method == "POST" and form.is_valid():
        facts = {"reason": form.cleaned_data["correction_reason"], "seen": form.cleaned_data["version"]}
        try:
            record(values=form.values(), by=request.user, **facts)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi việc sửa."))
            return redirect(heading["back"])
    context = {"unit": unit, "form": form, "heading": heading}
    return render(request, "oversight/correct.html", context, status=422 if form.errors else 200)
