"""Closing a quarter, opening it again, its entries as they stood, and the page that checks a fingerprint."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from branches.models import Organisation
from branches.request import UserRequest
from reports import periods
from reports.closing import adjustments, reading
from reports.closing.checks import OK, run_checks, stopping_checks
from reports.closing.close import ask_reopening, close_quarter, confirm_reopening, may_for_register
from reports.closing.confirmations import list_missing
from reports.exports import verify_workbook
from reports.figures import figures
from reports.forms import ReopenForm, VerifyForm
from reports.measures import MEASURES
from reports.models.closing import QuarterClosing
from reports.views.request import (
    asked_closing,
    asked_page,
    asked_quarter,
    asked_row,
    asked_unit,
    breadcrumbs,
)


def _require(request, permission):
    if not may_for_register(request.user, permission):
        raise PermissionDenied


def close_quarter_page(request: UserRequest, year: int, n: int) -> HttpResponse:
    """What will be fixed and what was checked; a POST closes the quarter."""
    period = asked_quarter(year, n)
    _require(request, Permission.CLOSE_QUARTER)
    if reading.valid_closing(year, n) and request.method != "POST":
        return redirect("reports:quarter", year, n)
    found, refused = run_checks(period), []
    if request.method == "POST":
        try:
            close_quarter(period, by=request.user, checks=found, without="khong-cho" in request.POST)
        except Refused as refusal:
            refused = refusal.messages
        else:
            messages.success(request, _("Đã khóa %(quarter)s.") % {"quarter": period})
            return redirect("reports:quarter", year, n)
    stops = stopping_checks(found)
    context = {
        "unit": None,
        "period": period,
        "following": periods.following_quarter(period),
        "roots": [
            (root, figures.count_unit(root, period, MEASURES.values())["admitted"])
            for root in Organisation.objects.roots()
        ],
        "checks": found,
        "passed": sum(check.state == OK for check in found),
        "stops": stops,
        "missing": list_missing(period),
        "refused": refused,
        "former": QuarterClosing.objects.of_quarter(year, n),
    }
    return render(request, "reports/closing.html", context, status=422 if refused else 200)


def reopen_quarter(request: UserRequest, year: int, n: int) -> HttpResponse:
    """An administrator asks with a reason, someone else confirms; each is a POST of its own."""
    period = asked_quarter(year, n)
    closing = reading.valid_closing(year, n)
    if closing is None:
        raise Http404
    may_ask = may_for_register(request.user, Permission.CLOSE_QUARTER)
    may_confirm = may_for_register(request.user, Permission.REOPEN_QUARTER)
    if not may_ask and not may_confirm:
        raise PermissionDenied
    confirms = may_confirm and closing.reopen_by_id not in (None, request.user.pk)
    form, refused = ReopenForm(initial={"reason": closing.reopen_reason}), []
    if request.method == "POST":
        form = ReopenForm(request.POST)
        try:
            if "dong-y" in request.POST:
                return _confirmed(request, closing, period)
            if not may_ask:
                raise PermissionDenied
            if form.is_valid():
                ask_reopening(closing, by=request.user, reason=form.cleaned_data["reason"])
                messages.success(request, _("Đã ghi đề nghị; chờ người thứ hai xác nhận."))
                return redirect("reports:reopen", year, n)
        except Refused as refusal:
            if hasattr(refusal, "error_dict"):
                add_refusal(form, refusal)
            else:
                refused = refusal.messages
    context = {
        "period": period,
        "closing": closing,
        "form": form,
        "may_ask": may_ask,
        "confirms": confirms,
        "refused": refused,
        "adjusted": adjustments.adjustments_of(closing),
    }
    return render(
        request, "reports/closing_reopen.html", context, status=422 if form.errors or refused else 200
    )


def _confirmed(request, closing, period):
    """Reopened by the second person, who must have seen the request that is confirmed."""
    if request.POST.get("luc") != (closing.reopen_asked_at and closing.reopen_asked_at.isoformat()):
        raise Refused(_("Đề nghị vừa đổi; đọc lại rồi xác nhận."))
    confirm_reopening(closing, by=request.user)
    messages.success(request, _("Đã mở lại %(quarter)s; bản khóa trước vẫn đọc được.") % {"quarter": period})
    return redirect("reports:quarter", period.first.year, period.number)


def list_entries(request: UserRequest, year: int, n: int) -> HttpResponse:
    """The list behind a figure of a closed quarter: its entries, as they stood that day."""
    unit, period = asked_unit(request), asked_quarter(year, n)
    closing = asked_closing(request, year, n)
    measure = asked_row(request)
    if closing is None:
        raise Http404
    rows = (
        reading.closed_entries(closing, [unit])
        .filter(measure.condition)
        .order_by("sort_key", "year", "serial")
    )
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, period),
        "period": period,
        "closing": closing,
        "measure": measure,
        "page": asked_page(request, rows),
    }
    return render(request, "reports/closing_entries.html", context)


def verify_fingerprint(request: UserRequest) -> HttpResponse:
    """Whether a fingerprint or a workbook is that of a closed quarter; nothing is kept."""
    form, verdict = VerifyForm(), None
    if request.method == "POST":
        form = VerifyForm(request.POST, request.FILES)
        if form.is_valid():
            file, code = form.cleaned_data["file"], form.cleaned_data["code"]
            try:
                verdict = (
                    verify_workbook.of_workbook(file, request.user) if file else verify_workbook.of_code(code)
                )
            except Refused as refusal:
                add_refusal(form, refusal)
    elif code := request.GET.get("ma"):
        form = VerifyForm(initial={"code": code[:100]})
    context = {"form": form, "verdict": verdict}
    return render(request, "reports/verify.html", context, status=422 if form.errors else 200)
