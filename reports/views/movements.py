"""Members through a quarter: one grid for a commune or a branch, the sums of the units above."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Tier
from branches.request import UserRequest
from notation.dates import today
from notation.stale import pack_read, unpack_read
from notation.vietnamese import clean
from reports import movements, periods
from reports.closing import reading
from reports.closing.kept_movements import keeps_movements
from reports.links import adjustments_url, entries_url, figure_url
from reports.periods import last_ended_quarter
from reports.views.request import asked_period, asked_unit, breadcrumbs

REASON = 150
"""Letters of the reason that the log takes."""

LABELS = {
    "start": gettext_lazy("Đầu quý"),
    "arrived": gettext_lazy("Chuyển đến"),
    "departed": gettext_lazy("Chuyển đi"),
    "left": gettext_lazy("Ra khỏi Đảng"),
    "end": gettext_lazy("Cuối quý"),
}
"""What the page calls each column of `movements.TYPED`."""


def _quarter(request):
    period = asked_period(request) if "ky" in request.GET else last_ended_quarter()
    if not period.is_quarter or period.first > today():
        raise Http404
    return period


def show_movements(request: UserRequest) -> HttpResponse:
    """The grid of a base organisation or a branch, or the sums of a district; a POST saves all rows or none."""
    unit, period = asked_unit(request), _quarter(request)
    if closing := _shown_closing(request, period):
        return _show_closed(request, unit, period, closing)
    if unit.tier in (Tier.DISTRICT, Tier.PROVINCE):
        return _sums(request, unit, period)
    may_enter = request.user.may(Permission.ENTER, unit)
    closed = reading.valid_closing(period.first.year, period.number) is not None
    typed = request.POST if request.method == "POST" else None
    lines = movements.movement_lines(unit, period, typed)
    problems, reason = {}, clean(request.POST.get("ly-do", ""))[:REASON]
    if typed is not None:
        if not may_enter:
            raise PermissionDenied
        read = unpack_read(typed)
        try:
            if closed and not reason:
                raise Refused({"ly-do": _("Quý đã khóa: ghi lý do sửa.")})
            changed = movements.record_movements(
                unit, period, typed, by=request.user, read=read, reason=reason
            )
        except Refused as refusal:
            problems = {name: said[0] for name, said in refusal.message_dict.items()}
        else:
            words = _("Đã ghi %(n)d chi bộ.") if changed else _("Không ô nào đổi.")
            messages.success(request, words % {"n": changed} if changed else words)
            return redirect(f"{reverse('reports:movements')}?don-vi={unit.pk}&ky={period.code}")
        movements.settle_lines(lines, read)
        for line in lines:
            line.errors |= {
                column: problems[name]
                for column in movements.TYPED
                if (name := movements.field_name(column, line.branch.pk)) in problems
            }
    return _show_lines(request, unit, period, lines, problems, closed=closed, reason=reason)


def _show_lines(request, unit, period, lines, problems, *, closed, reason):
    context = _context(request, unit, period) | {
        "lines": lines,
        "sums": movements.movement_sums(unit, lines),
        "may_enter": request.user.may(Permission.ENTER, unit),
        "labels": LABELS,
        "read": pack_read(movements.kept_cells(lines)),
        "closed": closed,
        "reason": reason,
        "reason_problem": problems.get("ly-do", ""),
        "problems": [
            (name, f"{line.branch.short_name}: {error}")
            for line in lines
            for _column, name, _text, error in line.cells
            if error
        ]
        + [(name, problems[name]) for name in ("ly-do",) if name in problems],
    }
    return render(request, "reports/movements.html", context, status=422 if problems else 200)


def _sums(request, unit, period):
    if request.method == "POST":
        raise PermissionDenied
    return _show_sums(request, unit, period, movements.movement_lines(unit, period))


def _show_sums(request, unit, period, lines, closing=None):
    """The sums of `lines` with their lists, of the register or of `closing`."""
    total, rows = movements.roll_up_lines(unit, lines)

    def url(of):
        return entries_url(of, closing) if closing else figure_url(of, period)

    context = _context(request, unit, period, closing) | {
        "sums": total,
        "url": url(unit),
        "rows": [(row, url(row.unit)) for row in rows],
    }
    return render(request, "reports/movements_sums.html", context)


def _shown_closing(request, period):
    """The closing whose rows are shown; None while the quarter is open, where it keeps none, and where the rows of
    today are asked for (`hien-nay`)."""
    if request.method == "POST" or "hien-nay" in request.GET:
        return None
    closing = reading.valid_closing(period.first.year, period.number)
    return closing if closing and keeps_movements(closing) else None


def _show_closed(request, unit, period, closing):
    """The rows as they stood when the quarter was closed, and beside each what is different today."""
    lines = movements.closed_lines(unit, closing)
    if unit.tier in (Tier.DISTRICT, Tier.PROVINCE):
        return _show_sums(request, unit, period, lines, closing)
    today_by_branch = {line.branch.pk: line for line in movements.movement_lines(unit, period)}
    labels = LABELS | {"admitted": _("Kết nạp")}
    changed = [
        [
            (labels[column], number)
            for column, number in movements.changed_since(line, today_by_branch[line.branch.pk])
        ]
        for line in lines
    ]
    urls = [entries_url(line.branch, closing) for line in lines]
    context = _context(request, unit, period, closing) | {
        "lines": list(zip(lines, urls, changed, strict=True)),
        "sums": movements.movement_sums(unit, lines),
        "changed": any(changed),
        "adjustments": adjustments_url(unit, closing.year, closing.number),
    }
    return render(request, "reports/movements_closed.html", context)


def _context(request, unit, period, closing=None):
    """What every page has; `closing` is the one whose rows it shows."""
    after = periods.following_quarter(period)
    return {
        "unit": unit,
        "period": period,
        "crumbs": breadcrumbs(unit, request.user, period),
        "before": periods.preceding_quarter(period),
        "after": None if after.first > today() else after,
        "closed_at": closing and closing.closed_at,
        "other": None if closing else reading.valid_closing(period.first.year, period.number),
        "kept": closing is None and "hien-nay" in request.GET,
    }
