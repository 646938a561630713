"""The quarter's report on the page, and the making of its workbook."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import Activity
from accounts.roles import Permission
from branches.dates import today
from reports import dashboard, figures, jobs, periods
from reports.exports import quarter as report
from reports.exports.xlsx import basis
from reports.models import Job
from reports.views.dashboard import asked_period, asked_unit, crumbs


def now(request):
    """The last quarter that has ended: the one there is to report on."""
    ended = [q for q in dashboard.default_period().quarters() if q.last < today()]
    return redirect("reports:quarter", ended[-1].first.year, ended[-1].number)


def _asked_quarter(year, n):
    if not (1 <= n <= 4 and 2000 <= year <= today().year) or periods.quarter(year, n).first > today():
        raise Http404
    return periods.quarter(year, n)


def show(request, year, n):
    unit, period = asked_unit(request), _asked_quarter(year, n)
    first, last = figures.years_of(unit)
    context = {
        "unit": unit,
        "crumbs": crumbs(unit, request.user, period),
        "period": period,
        "lines": report.form_2(unit, report.spans(period)),
        "before": year - 1,
        "quarters": [(q, q.first > today()) for q in periods.year(year).quarters()],
        "years": range(max(first, last - 4), last + 1),
        "basis": basis(),
        "may_export": request.user.may(Permission.EXPORT, unit),
        "running": period.includes(today()),
        "jobs": Job.objects.filter(made_by=request.user, unit=unit, period=period.code)[:5],
    }
    return render(request, "reports/quarter.html", context)


@require_POST
def ask(request):
    """Have the workbook of a quarter or a year made."""
    unit, period = asked_unit(request), asked_period(request)
    if period.kind not in ("quarter", "year") or period.first > today():
        raise Http404
    if not request.user.may(Permission.EXPORT, unit):
        raise PermissionDenied
    return redirect("reports:job", jobs.ask(unit, period, by=request.user).pk)


def job(request, pk):
    """How far a file is; only its maker sees it."""
    row = get_object_or_404(Job.objects.select_related("unit"), pk=pk, made_by=request.user)
    template = "reports/_job.html" if request.htmx else "reports/job.html"
    return render(
        request,
        template,
        {"job": row, "period": periods.parse(row.period), "pending": row.state in jobs.PENDING},
    )


def download(request, pk):
    """The finished file, to its maker, as long as the unit is inside their scope."""
    row = get_object_or_404(
        Job.objects.select_related("unit"), pk=pk, made_by=request.user, state=Job.State.DONE
    )
    path = jobs.file_of(row)
    if not request.user.may(Permission.EXPORT, row.unit) or not path.exists():
        raise Http404
    Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=row.file_name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=row.file_name)
