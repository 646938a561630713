"""The ranking of branches, and pages kept under a name with their sorting, columns and filters."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches.models import Organisation
from branches.request import UserRequest
from notation.dates import today
from notation.vietnamese import clean
from reports.models import SavedView
from reports.pages import period_choices, ranking
from reports.saved_views import ADDRESSES
from reports.views.request import SILENCES, asked_period, asked_quarters, breadcrumbs, shown_unit

NAME, QUERY = 80, 500


def show_ranking(request: UserRequest) -> HttpResponse:
    """Branches against their quotas: every choice is in the address."""
    unit, period = shown_unit(request), asked_period(request)
    quarters = asked_quarters(request)
    rows = ranking.ranking_lines(unit, period, quarters)
    asked = request.GET
    group = asked.get("nhom", "") if asked.get("nhom") in ranking.GROUPS else ""
    sort = asked.get("sap", "") if asked.get("sap") in ranking.SORTS else "dat"
    silent = bool(asked.get("im-lang"))
    chosen = ranking.choose_lines(
        rows, group=group, silent=silent, rural=asked.get("nong-thon", ""), sort=sort
    )
    context = {
        "unit": unit,
        "period": period,
        "crumbs": breadcrumbs(unit, request.user, period),
        "rows": chosen,
        "running": period.includes(today()),
        "switch": period_choices.period_choices(
            period, lambda other: _with(asked, ky=other.code), years=period_choices.years_near(period)
        ),
        "lead": ranking.ranking_lead(unit, period, rows, quarters),
        "groups": ranking.GROUPS.items(),
        "quarters": quarters,
        "narrowed": _narrowed(group, asked.get("nong-thon"), silent and quarters),
        "silent": silent,
        "silences": sorted({*SILENCES, quarters}),
        "columns": [(key, words, key in asked.getlist("cot")) for key, words in ranking.COLUMNS.items()],
        "shown": set(asked.getlist("cot")),
        "group": group,
        "sort": sort,
        "asked": asked,
    }
    return render(request, "reports/ranking.html", context)


def _narrowed(group, rural, quarters):
    """What the list is narrowed to, in words: on paper there is no form that says so."""
    words = [ranking.GROUPS[group]] if group else []
    words += {"1": [_("nông thôn")], "0": [_("không phải nông thôn")]}.get(rural, [])
    return words + ([_("%(n)d quý không kết nạp, không có nguồn") % {"n": quarters}] if quarters else [])


def _with(asked, **changed):
    """The address of the same page with other values."""
    query = asked.copy()
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


@require_POST
def save_view(request: UserRequest) -> HttpResponse:
    """Keep a page's address under a name, for everyone whose scope takes in the unit."""
    page, name = request.POST.get("page", ""), clean(request.POST.get("name", ""))
    query = QueryDict(request.POST.get("query", "")).urlencode()
    if page not in ADDRESSES or len(query) > QUERY:
        raise Http404
    unit = _unit_of(request, query)
    address = f"{reverse(ADDRESSES[page])}?{query}"
    if not name or len(name) > NAME:
        messages.error(request, _("Đặt tên cho cách xem, nhiều nhất %(n)d ký tự. Chưa lưu gì.") % {"n": NAME})
        return redirect(address)
    try:
        with transaction.atomic():
            SavedView.objects.create(unit=unit, page=page, name=name, query=query, by=request.user)
    except IntegrityError:
        messages.error(request, _("Đã có cách xem tên “%(name)s”. Chưa lưu gì.") % {"name": name})
    else:
        words = _("Đã lưu cách xem “%(name)s” cho %(unit)s.") % {"name": name, "unit": unit.title}
        messages.success(request, words)
    return redirect(address)


def _unit_of(request, query):
    """The unit that the address is about, or the highest one of the reader's posts."""
    asked = QueryDict(query).get("don-vi", "")
    units = Organisation.objects.for_user(request.user)
    if asked:
        return get_object_or_404(units, pk=int(asked) if asked.isdecimal() and len(asked) < 18 else 0)
    mine = min(request.user.current_posts, key=lambda post: len(post.unit.path), default=None)
    if mine is None:
        raise Http404
    return mine.unit


@require_POST
def forget_view(request: UserRequest, pk: int) -> HttpResponse:
    """Take a view away; only who saved it may."""
    row = get_object_or_404(SavedView, pk=pk, by=request.user)
    address = f"{reverse(ADDRESSES[row.page])}?{row.query}"
    row.delete()
    messages.success(request, _("Đã bỏ cách xem “%(name)s”.") % {"name": row.name})
    return redirect(address)
