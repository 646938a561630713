"""The written report: read on the page, its sections typed over, its Word file asked of the jobs of reports."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Permission
from branches.request import UserRequest
from notation.dates import today
from notation.stale import with_texts
from oversight.documents.work_report import KEY
from oversight.forms.passages import PassageForm
from oversight.models import ReportPassage
from oversight.pages.work_report import WorkReport, passages_told
from oversight.passages import keep_passages, typed_passages
from reports import jobs, periods
from reports.views.request import asked_period, asked_unit


def _asked(request):
    """(unit, period) of the address; 404 for a branch and for what has not begun."""
    unit, period = asked_unit(request), asked_period(request)
    if unit.is_branch or period.first > today():
        raise Http404
    if not request.user.may(Permission.EXPORT, unit):
        raise PermissionDenied
    return unit, period


def _address(name, unit, period):
    return f"{reverse(f'oversight:{name}')}?don-vi={unit.pk}&ky={period.code}"


def _choices(unit, period):
    """[(period, address, whether it is the one shown)]: the halves and the whole of this year and the last."""
    years = sorted({today().year - 1, today().year, period.first.year})
    found = [
        part
        for year in years
        for part in (periods.half_period(year, 1), periods.half_period(year, 2), periods.year_period(year))
        if part.first <= today()
    ]
    return [(part, _address("work_report", unit, part), part == period) for part in found]


def show_work_report(request: UserRequest) -> HttpResponse:
    """The report as it would be written now, part by part, and its files."""
    unit, period = _asked(request)
    context = {
        "unit": unit,
        "period": period,
        "parts": WorkReport(unit, period).parts(),
        "choices": _choices(unit, period),
        "key": KEY,
        "jobs": jobs.recent_jobs(request.user, 5, params={"report": KEY}),
    }
    return render(request, "oversight/work_report.html", context)


def edit_passages(request: UserRequest) -> HttpResponse:
    """Type over sections of the report; what somebody else typed meanwhile is not written over unseen."""
    unit, period = _asked(request)
    standing = {section: row.text for section, row in typed_passages(unit, period).items()}
    rows = ReportPassage.objects.filter(unit=unit, period=period.code)
    latest = rows.aggregate(last=Max("pk"))["last"] or 0
    told = passages_told(unit, period)
    form = PassageForm(request.POST or None, told=told, initial=standing | {"seen": latest})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != latest:
            form = PassageForm(with_texts(request.POST, {}, seen=str(latest)), told=told)
            form.add_error(None, _("Vừa có người ghi bản khác. Chưa lưu gì; xem lại rồi ghi tiếp."))
        else:
            kept = keep_passages(unit, period, form.texts(), by=request.user)
            messages.success(request, _("Đã ghi %(n)d đoạn của báo cáo.") % {"n": len(kept)})
            return redirect(_address("work_report", unit, period))
    context = {
        "form": form,
        "unit": unit,
        "period": period,
        "back": _address("work_report", unit, period),
        "versions": rows.select_related("by").order_by("-pk")[:10],
    }
    return render(request, "oversight/passages.html", context, status=422 if form.errors else 200)
