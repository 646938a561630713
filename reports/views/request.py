"""Reads a request: the unit, period, measure, quarter or closing that its address names."""

from collections.abc import Callable, Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from branches.models import Organisation
from branches.request import UserRequest
from branches.today import as_today, seen_like
from notation.dates import dmy, parse_date, today
from reports import periods
from reports.closing import reading
from reports.figures import silence
from reports.links import dashboard_url
from reports.measures import MEASURES, SUMMED, Measure
from reports.models.closing import QuarterClosing
from reports.periods import Period

SILENCES, MOST_QUARTERS = (4, 8, 12), 40
"""Quarters without an admission that a reader is offered, and the most that can be asked for."""
ROWS = 50
"""How many rows of a list stand on a page."""


def asked_unit(request: UserRequest) -> Organisation:
    """The unit named by `don-vi`, or the highest unit of the viewer's posts; outside the scope 404."""
    if "don-vi" not in request.GET:
        paths = request.user.scope(Permission.SEE)
        units = [post.unit for post in request.user.current_posts if post.unit.path in paths]
        if not units:
            raise Http404
        return min(units, key=lambda unit: len(unit.path))
    if not request.GET["don-vi"].isdecimal() or len(request.GET["don-vi"]) > 9:
        raise Http404
    within = Organisation.objects.for_user(request.user).select_related("parent__parent__parent")
    return get_object_or_404(within, pk=int(request.GET["don-vi"]))


def shown_unit(request: UserRequest) -> Organisation:
    """As `asked_unit`, in the structure that `cocau` names: "homnay" is today's, otherwise that of the time.

    A unit that is no more, or not yet there, has none of today.
    """
    unit = asked_unit(request)
    asked = request.GET.get("cocau", "") == "homnay" and unit.exists_on(today())
    return as_today(unit) if asked else unit


def asked_period(request: UserRequest) -> Period:
    """The period from `tu` to `den`, or named by `ky`, or the year there is to report on; an unknown one is 404."""
    period, typed = asked_days(request)
    if typed["problem"]:
        raise Http404(typed["problem"])
    return period


def asked_days(request: UserRequest) -> tuple[Period, dict[str, str]]:
    """(period, the fields of the form for any two days): `tu` and `den` as typed with what is wrong, or its own days.

    Where the two days make no period it is the year there is to report on.
    """
    asked, problem = request.GET, ""
    first, last = asked.get("tu", "").strip(), asked.get("den", "").strip()
    try:
        if first and last:
            period = periods.any_days(parse_date(first), parse_date(last))
        else:
            period = periods.parse_period(asked["ky"]) if "ky" in asked else periods.default_period()
            problem = _("Ghi cả ngày đầu và ngày cuối.") if first or last else ""
    except ValueError as error:
        if not first:
            raise Http404(str(error)) from error
        period, problem = periods.default_period(), str(error)
    until = period.last if period.first > today() else min(period.last, today())
    days = (first, last) if problem else (dmy(period.first), dmy(until))
    return period, {"first": days[0], "last": days[1], "problem": problem}


def asked_comparison(request: UserRequest, period: Period) -> Period | None:
    """The year whose quota the reader sets beside a period of any two days (`so-voi`), None where none was chosen."""
    code = request.GET.get("so-voi")
    if code is None or not period.is_any_days:
        return None
    if not code.isdecimal() or not period.first.year <= int(code) <= period.last.year:
        raise Http404
    return periods.year_period(int(code))


def breadcrumbs(
    unit: Organisation,
    user: User,
    period: Period,
    page: Callable[[Organisation, Period], str] = dashboard_url,
) -> list[tuple[Organisation, str]]:
    """[(unit, address of its `page`)] of the units above that the viewer may see."""
    scope = tuple(user.scope())
    crumbs: list[tuple[Organisation, str]] = []
    while unit.path.removesuffix(f"{unit.pk}/").startswith(scope) and unit.parent:
        unit = seen_like(unit.parent, unit)
        crumbs.insert(0, (unit, page(unit, period)))
    return crumbs


def asked_quarters(request: UserRequest) -> int:
    """Of how many quarters the silence is (`im-lang`), eight unless asked otherwise; 404 for what is no such number."""
    text = request.GET.get("im-lang") or str(silence.SILENT_QUARTERS)
    if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= MOST_QUARTERS:
        raise Http404
    return int(text)


def asked_measure(request: UserRequest) -> Measure:
    """The measure named by `so`, or all admissions; an unknown one is 404."""
    measure = MEASURES.get(request.GET.get("so", "admitted"))
    if measure is None:
        raise Http404
    return measure


def asked_row(request: UserRequest) -> Measure:
    """As `asked_measure`, the rows of forms that are sums of measures among them."""
    return SUMMED.get(request.GET.get("so", "")) or asked_measure(request)


def settable_period(request: UserRequest) -> Period:
    """The period of `asked_period`; 404 for a kind that no quotas are set for."""
    period = asked_period(request)
    if not period.is_settable:
        raise Http404
    return period


def asked_quarter(year: int, n: int) -> Period:
    """The quarter of the address; 404 for one that has not begun."""
    if not (1 <= n <= 4 and 2000 <= year <= today().year) or periods.quarter_period(year, n).first > today():
        raise Http404
    return periods.quarter_period(year, n)


def asked_closing(request: UserRequest, year: int, n: int) -> QuarterClosing | None:
    """The closing named by `lan`, or the one that is valid, None while the quarter is open; an unknown one is 404."""
    asked = request.GET.get("lan")
    if asked is None:
        return reading.valid_closing(year, n)
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    rows = QuarterClosing.objects.written().select_related("closed_by", "reopen_by", "reopen_second")
    return get_object_or_404(rows, pk=int(asked), year=year, number=n)


def asked_page(request: UserRequest, rows: QuerySet | Sequence) -> Page:
    """The page of `rows` that `trang` names, the first or the last for what is no such page."""
    return Paginator(rows, ROWS).get_page(request.GET.get("trang"))
