"""Files of reports: choosing what goes in, asking for one, following and stopping it, fetching it; its words."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Activity
from accounts.roles import Permission
from admissions.forms.stale import tell_differences
from branches.models import Organisation, within_scope
from branches.request import UserRequest
from branches.today import as_today, is_today, rows_under
from notation.dates import format_moment, today
from notation.stale import READ, merge_texts, pack_read, typed_texts, unpack_read, with_texts
from reports import jobs, periods, tasks
from reports.closing.source import open_source
from reports.exports import companion_lists, make, wording
from reports.figures import figures
from reports.forms import ReportTextForm
from reports.links import report_url
from reports.models import Job, Term
from reports.periods import Period
from reports.unit_group import UnitGroup, group_units
from reports.views.request import asked_page, asked_period, asked_unit, breadcrumbs, shown_unit

MOST_UNITS = 200


def _asked(request):
    """What was asked for in the form, or else in the address."""
    asked = request.GET.copy()
    for name in ("don-vi", "ky", "loai", "dinh-dang", "cocau"):
        if name in request.POST:
            asked.setlist(name, request.POST.getlist(name))
    return asked


def asked_units(request: UserRequest, asked: QueryDict) -> list[Organisation]:
    """The units named by `don-vi` ("219", "1,2,3", or several times); one outside the scope is 404."""
    named = [text.strip() for value in asked.getlist("don-vi") for text in value.split(",") if text.strip()]
    if not named:
        return [shown_unit(request)]
    if len(named) > MOST_UNITS or not all(text.isdecimal() and len(text) < 10 for text in named):
        raise Http404
    keys = {int(text) for text in named}
    units = list(Organisation.objects.for_user(request.user).filter(pk__in=keys))
    if len(units) != len(keys):
        raise Http404
    stand = asked.get("cocau") == "homnay" and all(unit.exists_on(today()) for unit in units)
    return list(group_units(map(as_today, units) if stand else units).units)


def period_of(asked: QueryDict) -> Period:
    """The period named by `ky`, one that has begun; anything else is 404."""
    try:
        period = periods.parse_period(asked.get("ky", "")) if "ky" in asked else periods.default_period()
    except ValueError as error:
        raise Http404(str(error)) from error
    if period.first > today():
        raise Http404
    return period


@require_POST
def ask_for_file_page(request: UserRequest) -> HttpResponse:
    """Have a file made: `ky` the period, `don-vi` the units, `loai` the report, `dinh-dang` the format."""
    asked = _asked(request)
    units, period = asked_units(request, asked), period_of(asked)
    kind, format_ = asked.get("loai", "report"), asked.get("dinh-dang", Job.Format.XLSX)
    if kind not in make.REPORTS or format_ not in make.FORMATS:
        raise Http404
    if not all(request.user.may(Permission.EXPORT, unit) for unit in units):
        raise PermissionDenied
    problem = ""
    if format_ not in make.REPORTS[kind]:
        problem = _("Chưa lập: danh sách chỉ có Excel và CSV.")
    elif make.too_long(units, period, format=format_, report=kind):
        problem = _("Danh sách dài hơn một trang Excel; hãy lập CSV hoặc chọn kỳ ngắn hơn.")
    if problem:
        messages.error(request, problem)
        chosen = {"ky": period.code, "loai": kind, "chon": ",".join(request.POST.getlist("don-vi"))}
        return redirect(f"{reverse('reports:choose')}?{urlencode(chosen | _where(request))}")
    made = tasks.ask_for_file(units[0], period, by=request.user, format=format_, report=kind, units=units)
    return redirect("reports:job", made.pk)


def _where(request):
    """The unit whose page a form was sent from, as its address names it."""
    return {"don-vi": request.GET["don-vi"]} if "don-vi" in request.GET else {}


def choose_report(request: UserRequest) -> HttpResponse:
    """The page on which a report is put together: period, units (`chon` those ticked), which report."""
    unit = shown_unit(request)
    if not request.user.may(Permission.EXPORT, unit):
        raise PermissionDenied
    period = period_of(request.GET)
    mine = within_scope(request.user.scope())
    below = rows_under(unit).objects.filter(mine, parent=unit).during(*_span_of_choice(unit, period))
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, period, report_url),
        "home": report_url(unit, period),
        "period": period,
        "periods": _periods(unit, period),
        "below": sorted(below, key=lambda row: row.place_in_tables),
        "lists": make.TITLES.items(),
        "kind": request.GET.get("loai", "report"),
        "ticked": request.GET.get("chon", "").split(","),
        "jobs": jobs.recent_jobs(request.user, 10),
    }
    return render(request, "reports/choose.html", context)


def _span_of_choice(unit, period):
    """The days whose units may be ticked: those of the period, or today."""
    return (today(), today()) if is_today(unit) else period.days


def _periods(unit, asked):
    """[(heading, [period])]: the terms, and for each of the last five years with figures its parts that have begun.

    The period `asked` for comes first where it is none of these.
    """
    first, last = figures.years_of(unit)
    groups = [(_("Nhiệm kỳ"), [periods.term_period(row) for row in Term.objects.order_by("-first")])]
    for year in range(last, max(first, last - 4) - 1, -1):
        parts = [
            *periods.year_period(year).quarters(),
            periods.half_period(year, 1),
            periods.half_period(year, 2),
            periods.nine_months(year),
            periods.year_period(year),
        ]
        groups.append((str(year), parts))
    if not any(asked in parts for _head, parts in groups):
        groups.insert(0, (_("Kỳ đang xem"), [asked]))
    day = today()
    return [(head, [part for part in parts if part.first <= day]) for head, parts in groups]


def _mine(request, pk):
    return get_object_or_404(Job.objects.select_related("unit"), pk=pk, made_by=request.user)


def show_job(request: UserRequest, pk: UUID) -> HttpResponse:
    """How far a file is; only its maker sees it."""
    row = _mine(request, pk)
    template = "reports/_job.html" if request.htmx else "reports/job.html"
    context = {
        "job": row,
        "home": report_url(row.unit, periods.parse_period(row.period)),
        "unit": group_units(jobs.units_of(row)),
        "title": jobs.job_title(row),
        "pending": row.state in jobs.PENDING,
        "expired": row.state == Job.State.EXPIRED or (row.state == Job.State.DONE and not jobs.is_kept(row)),
        "until": row.finished_at and row.finished_at + jobs.KEPT,
        "inside": _inside(request.user, row),
        "lost": row.state == Job.State.DONE and not jobs.file_of(row).exists(),
        "again": _again(row),
    }
    return render(request, template, context)


def _inside(user, row):
    """Whether every unit of a file is still inside the user's scope."""
    return all(user.may(Permission.EXPORT, unit) for unit in jobs.units_of(row))


def _again(row):
    """The address that asks for the same file once more."""
    units = ",".join(str(unit.pk) for unit in jobs.units_of(row))
    asked = {
        "don-vi": units,
        "ky": row.period,
        "loai": row.params.get("report", "report"),
        "dinh-dang": row.format,
    } | ({"cocau": "homnay"} if jobs.is_of_today(row) else {})
    return f"{reverse('reports:ask')}?{urlencode(asked)}"


@require_POST
def cancel_job_page(request: UserRequest, pk: UUID) -> HttpResponse:
    """Stop a file that is being made; one that is finished stays."""
    row = _mine(request, pk)
    messages.success(request, _("Đã hủy.") if jobs.cancel_job(row) else _("Tệp đã xong trước khi hủy."))
    return redirect("reports:job", row.pk)


def download_file(request: UserRequest, pk: UUID) -> FileResponse:
    """The finished file, to its maker, for a week, as long as every unit in it is inside their scope."""
    row = _mine(request, pk)
    path = jobs.file_of(row)
    if row.state != Job.State.DONE or not _inside(request.user, row) or not jobs.is_kept(row):
        raise Http404
    if not path.exists():
        raise Http404
    Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=row.file_name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=row.file_name)


def show_companion_list(request: UserRequest) -> HttpResponse:
    """A companion list as a page, fifty a page."""
    unit, period = shown_unit(request), period_of(request.GET)
    key = request.GET.get("loai", "ket-nap")
    if key not in companion_lists.LISTS:
        raise Http404
    source = open_source(UnitGroup((unit,)), period)
    kind, table = companion_lists.LISTS[key], companion_lists.companion_table(key, source)
    page = asked_page(request, _under_heads(table.rows))
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, period, report_url),
        "home": report_url(unit, period),
        "period": period,
        "key": key,
        "title": kind.title,
        "place": "" if kind.of_admissions else companion_lists.place_of_list(key, source),
        "tabs": [
            (k, row.title, companion_lists.count_list(k, source)) for k, row in companion_lists.LISTS.items()
        ],
        "columns": table.columns,
        "page": page,
        "rows": _with_heads(page),
        "may_export": request.user.may(Permission.EXPORT, unit),
    }
    return render(request, "reports/list.html", context)


def _under_heads(rows):
    """[(head or None, row)]: the people of a list, each with the head that it stands under."""
    people, head = [], None
    for row in rows:
        if row.kind == "head":
            head = row
        else:
            people.append((head, row))
    return people


def _with_heads(page):
    """The rows of a page: a head before the first of its people, on every page that they reach over."""
    rows, last = [], None
    for head, row in page:
        rows += [row] if head is last else [head, row]
        last = head
    return rows


def edit_report_text(request: UserRequest) -> HttpResponse:
    """Difficulties and tasks of a unit's period: what holds, what was there before, and the form."""
    unit, period = asked_unit(request), asked_period(request)
    if period.first > today():
        raise Http404
    if not request.user.may(Permission.EXPORT, unit):
        raise PermissionDenied
    text = wording.report_text_of(unit, period)
    initial = {"difficulties": text.difficulties, "tasks": text.tasks} if text else {}
    form = ReportTextForm(request.POST or None, initial=initial)
    merge = merge_texts(typed_texts(request.POST, form.standing), unpack_read(request.POST), form.standing)
    if request.method == "POST" and text and (merge.taken or merge.differ) and READ in request.POST:
        typed = with_texts(request.POST, merge.texts, read=pack_read(form.standing))
        form = ReportTextForm(typed, initial=initial)
        tell_differences(form, merge, lambda _name: f"{text.by.full_name}, {format_moment(text.at)}")
        form.add_error(None, _("Vừa có người ghi bản khác. Chưa lưu gì; xem lại rồi ghi tiếp."))
    elif request.method == "POST" and form.is_valid():
        wording.keep_report_text(unit, period, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi khó khăn, nhiệm vụ %(period)s.") % {"period": period})
        return redirect(f"{reverse('reports:words')}?don-vi={unit.pk}&ky={period.code}")
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, period, report_url),
        "home": report_url(unit, period),
        "period": period,
        "form": form,
        "versions": list(wording.report_text_versions(unit, period)[:20]),
    }
    return render(request, "reports/words.html", context, status=422 if form.errors else 200)
