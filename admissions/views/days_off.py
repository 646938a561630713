"""The calendar of days off: a year as it stands, reckoning by hand, and the administrators' changes."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from admissions.catalogues import days_off, rights
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.catalogues import DayForm, ReckonForm
from admissions.models import DayOff
from admissions.rules import working_days
from branches.request import UserRequest
from notation.dates import WEEKDAYS, dmy, today


def show_days_off(request: UserRequest) -> HttpResponse:
    """One year's days off and worked weekend days; beside it the years that there are, and reckoning by hand."""
    days, year = working_days.load_calendar(), _asked_year(request)
    rows = list(DayOff.objects.filter(on__year=year))
    form = ReckonForm(request.GET) if "tu" in request.GET or "so" in request.GET else ReckonForm()
    few = _weekdays_off(days)[year]
    context = {
        "year": year,
        "rows": [(row, _remark(row)) for row in rows],
        "years": _years(days),
        "few": few if rows and few < days_off.FEW_DAYS else None,
        "weekdays_off": few,
        "may_change": rights.may_change(request.user),
        "form": form,
        "reckoned": _reckon(form, days),
    }
    return render(request, "admissions/catalogues/calendar.html", context)


def _asked_year(request):
    asked = request.GET.get("nam", str(today().year))
    if not (asked.isdecimal() and len(asked) == 4 and 1900 <= int(asked) <= 2100):
        raise Http404
    return int(asked)


def _weekdays_off(days):
    """{year: days off that are no Saturday or Sunday}"""
    return Counter(day.year for day in days.off if day.weekday() < 5)


def _years(days):
    """[(year, weekdays off, days worked at weekends, whether it was entered)], from the first to the next one."""
    if not days.years:
        return [(year, 0, 0, False) for year in (today().year, today().year + 1)]
    off, worked = _weekdays_off(days), Counter(day.year for day in days.worked)
    span = range(min(days.years), max(*days.years, today().year) + 2)
    return [(year, off[year], worked[year], year in days.years) for year in reversed(span)]


def _remark(row):
    """What is odd about a day, "" for the usual."""
    if row.kind == DayOff.Kind.OFF and row.on.weekday() >= 5:
        return _("trùng %(weekday)s, không đổi hạn nào") % {"weekday": WEEKDAYS[row.on.weekday()]}
    return ""


def _reckon(form, days):
    """The day on which the days asked for end, those skipped and the weekend days counted; None without an answer."""
    if not form.is_bound or not form.is_valid():
        return None
    start, number = form.cleaned_data["tu"], form.cleaned_data["so"]
    try:
        end, skipped = days.add(start, number)
    except working_days.NoCalendar as error:
        form.add_error(None, str(error))
        return None
    return {
        "start": start,
        "number": number,
        "end": end,
        "skipped": [(day, days.off.get(day, "")) for day in skipped],
        "worked": sorted(day for day in days.worked if start < day <= end),
    }


def add_day_off(request: UserRequest) -> HttpResponse:
    """A new day: what it would do is shown first, then it is added."""
    rights.require_right(request.user)
    year = _asked_year(request)
    form, consequence = DayForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            row = days_off.check_day(**form.cleaned_data)
            if request.POST.get("da-xem") != form.key:
                consequence = days_off.consequence_of(row)
            else:
                row = days_off.add_day(**form.cleaned_data, by=request.user)
                words = _("Đã thêm %(day)s: %(name)s.") % {"day": dmy(row.on), "name": row.name}
                messages.success(request, words)
                return redirect(_address(row.on.year))
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {"form": form, "consequence": consequence, "year": year, "row": row if consequence else None}
    return render(request, "admissions/catalogues/add_day.html", context, status=422 if form.errors else 200)


def remove_day_off(request: UserRequest, pk: int) -> HttpResponse:
    """Take a day out, after what that does has been read."""
    row = get_object_or_404(DayOff, pk=pk)
    rights.require_right(request.user)
    if request.method == "POST":
        day, name = row.on, row.name
        days_off.remove_day(row, by=request.user)
        messages.success(request, _("Đã xóa %(day)s: %(name)s.") % {"day": dmy(day), "name": name})
        return redirect(_address(day.year))
    context = {"row": row, "consequence": days_off.consequence_of(row, removed=True)}
    return render(request, "admissions/catalogues/remove_day.html", context)


def _address(year):
    return f"{reverse('catalogues:calendar')}?nam={year}"
