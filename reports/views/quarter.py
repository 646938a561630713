"""The quarter's report on the page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from branches.request import UserRequest
from notation.dates import format_moment, now, today
from reports import jobs, links, periods
from reports.closing import close, confirmations, reading
from reports.closing.source import FromClosing, Live
from reports.exports import adjustments_table, party_layout, wording
from reports.exports.document import Document
from reports.exports.form_2 import form_2
from reports.exports.form_sets import find_form_set
from reports.exports.wording import counting_basis, report_title, same_days_note
from reports.figures import figures
from reports.models.closing import QuarterClosing
from reports.pages import quarter
from reports.pages.shares import shares_of
from reports.unit_group import UnitGroup
from reports.views.request import asked_closing, asked_quarter, breadcrumbs, shown_unit


def redirect_to_last_quarter(request: UserRequest) -> HttpResponse:
    """The last quarter that has ended: the one there is to report on."""
    ended = periods.last_ended_quarter()
    return redirect("reports:quarter", ended.first.year, ended.number)


def show_quarter(request: UserRequest, year: int, n: int) -> HttpResponse:
    """A quarter as the register has it, or as it was closed; `lan` names a former closing."""
    unit, period = shown_unit(request), asked_quarter(year, n)
    first, last = figures.years_of(unit)
    closing = asked_closing(request, year, n)
    group = UnitGroup((unit,))
    source = FromClosing(group, closing) if closing and not group.today else Live(group, period)
    form = find_form_set(period.last)
    lines = form_2([source, source.so_far()], form)
    context = {
        "unit": unit,
        "of_today": group.today,
        "crumbs": breadcrumbs(unit, request.user, period),
        "period": period,
        "lines": lines,
        "form": form,
        "files_note": quarter.files_note(int(lines[0].cells[0][0] or 0), closing, form.sheets),
        "before": year - 1,
        "quarters": [(q, q.first > today()) for q in periods.year_period(year).quarters()],
        "years": range(max(first, last - 4), last + 1),
        "basis": " ".join(
            filter(None, [counting_basis(source.counted_by), wording.unconfirmed_note(source)])
        ),
        "may_export": request.user.may(Permission.EXPORT, unit),
        "note": quarter.quarter_note(period, closing),
        "same_days": same_days_note(source),
        "official": _official(source),
        "shares": shares_of(source.counts, source.url),
        "base": source.counts["admitted"],
        "rate": quarter.rate_of_quarter(source),
        "print_foot": _print_foot(source, request.user),
        "standing": confirmations.read_standing(unit, period) if _is_open(unit, period, closing) else None,
        "asks_units": unit.tier not in figures.AT_OR_BELOW_BASE,
        "confirmations_url": links.confirmations_url(unit, period),
        "jobs": jobs.recent_jobs(request.user, 5, unit=unit, period=period.code),
    }
    told = _closing(request.user, unit, source)
    told["may_close"] = told["may_close"] and closing is None
    return render(request, "reports/quarter.html", context | told)


def _is_open(unit, period, closing):
    """Whether `unit` confirms its figures of `period` now."""
    return not closing and period.last < today() and unit.parent_id and unit.tier in confirmations.CONFIRMING


def _closing(user, unit, source):
    """What a page says of the closing, and of the adjustments."""
    closing, period = source.closing, source.period
    year, n = period.first.year, period.number
    rows = QuarterClosing.objects.of_quarter(year, n)
    may_close = period.last < today() and close.may_for_register(user, Permission.CLOSE_QUARTER)
    lines, locked = close.quarter_lines(unit, periods.year_period(year)), {"asked": False}
    changed = [change for line in lines if closing and line.closing == closing for change in line.changes]
    if closing:
        locked = {
            "fingerprint": reading.group_fingerprint(closing.fingerprint),
            "may_reopen": any(close.may_for_register(user, right) for right in RIGHTS),
        }
        locked["asked"] = locked["may_reopen"] and closing.reopen_by_id and not closing.reopened_at
    return locked | {
        "closing": closing,
        "adjustments": changed,
        "net": sum(row.weight for row in changed),
        "adjusted": adjustments_table.adjustments_for_page(source),
        "former": [row for row in rows if closing is None or row.pk != closing.pk],
        "may_close": may_close,
        "locks": QuarterClosing.objects.valid().numbers_in(year),
        "year": quarter.year_when_closed(unit, periods.year_period(year), lines),
    }


def _print_foot(source, user):
    """What stands under the printed page: the closing or that it is a draft, and who printed it."""
    state = adjustments_table.adjustments_foot(source) if source.closing else _("BẢN NHÁP, QUÝ CHƯA KHÓA.")
    words = _("In %(at)s, %(by)s. Đơn vị tính: đảng viên.")
    return f"{state} {words % {'at': format_moment(now()), 'by': user.full_name}}"


def _official(source):
    """The head of the printed page, in the words of the written report."""
    issuer = party_layout.issuer_of(source.group)
    document = Document(
        title=report_title(source.period),
        units=source.group.title,
        place="",
        day=source.period.last,
        tables=(),
        issuer=issuer,
        opening=wording.opening_sentences(source),
    )
    return party_layout.layout_values(document) | {"signs": issuer.signs}


RIGHTS = (Permission.CLOSE_QUARTER, Permission.REOPEN_QUARTER)
"""Who asks for a quarter to be opened again, and who confirms."""
