"""Who has confirmed the figures of a quarter: confirming, taking it back, reminding those who have not."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.request import UserRequest
from notation.dates import today
from reports import links
from reports.closing import confirmations, reading
from reports.views.request import asked_quarter, asked_unit, breadcrumbs


def show_confirmations(request: UserRequest, year: int, n: int) -> HttpResponse:
    """The units under one and what each confirmed; a POST confirms the unit's own figures, takes it back or reminds."""
    unit, quarter = asked_unit(request), asked_quarter(year, n)
    if unit.tier not in confirmations.CONFIRMING and unit.parent_id:
        raise Http404
    refused = []
    if request.method == "POST":
        try:
            messages.success(request, _do(request, unit, quarter))
            return redirect(links.confirmations_url(unit, quarter))
        except Refused as refusal:
            refused = refusal.messages
    rows = confirmations.list_standings(unit, quarter)
    closed = reading.valid_closing(year, n)
    may_confirm = confirmations.may_confirm(request.user, unit) and quarter.last < today() and not closed
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, quarter, links.confirmations_url),
        "period": quarter,
        "rows": rows,
        "confirmed": sum(row.holds for row in rows),
        "own": confirmations.read_standing(unit, quarter) if unit.parent_id else None,
        "may_confirm": may_confirm,
        "may_remind": bool(rows) and not closed and request.user.may(Permission.EXPORT, unit),
        "closed": closed,
        "refused": refused,
    }
    return render(request, "reports/confirmations.html", context, status=422 if refused else 200)


def _do(request, unit, quarter):
    """Do what the button that was pressed says and return what was done, as a sentence; raises `Refused`."""
    if "nhac" in request.POST:
        number = len(confirmations.remind_units(unit, quarter, by=request.user))
        return ngettext("Đã nhắc %(n)d đơn vị.", "Đã nhắc %(n)d đơn vị.", number) % {"n": number}
    if "rut" in request.POST:
        confirmations.withdraw_confirmation(unit, quarter, by=request.user)
        return _("Đã rút xác nhận số liệu %(quarter)s.") % {"quarter": quarter}
    seen, without = request.POST.get("da-xem", ""), "khong-cho" in request.POST
    confirmations.confirm_quarter(unit, quarter, by=request.user, seen=seen, without=without)
    return _("Đã xác nhận số liệu %(quarter)s của %(unit)s.") % {"quarter": quarter, "unit": unit.title}
