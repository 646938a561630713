"""Reviews over units: who has sent theirs, what they said, the difficulties; the people behind a frozen figure."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches.models import Organisation
from branches.request import UserRequest
from notation.dates import dmy, today
from oversight import reviews
from oversight.branch_figures import PEOPLE, list_people_of_figure
from oversight.models import Difficulty, Review
from oversight.pages import overview
from oversight.pages.review_words import review_line
from oversight.review_periods import ReviewPeriod, month_of
from oversight.views.request import asked_review_period
from reports.views.request import asked_page, asked_unit

MONTHS = 6
"""How many months back the switch goes."""


def show_reviews(request: UserRequest) -> HttpResponse:
    """Of a unit's branches who has held the meeting of a month or a quarter, and what they found."""
    unit, period = asked_unit(request), asked_review_period(request)
    shown = overview.review_overview(unit, period)
    missing = [line for line in shown.branches if line.review is None]
    context = _head(request, unit, period) | {
        "overview": shown,
        "by_branch": unit.tier in overview.BRANCHES_BELOW,
        "units": [_with_urls(line, period) for line in [shown.total, *shown.units]],
        "difficulties": overview.count_difficulties(unit, period),
        "to_remind": _to_remind(request.user, missing),
        "kind": "",
        "due": period.deadline,
        "over": period.deadline < today(),
    }
    return render(request, "oversight/reviews.html", context)


def _to_remind(user, missing):
    """The branches among `missing` that `user` may remind today."""
    return [
        line.unit for line in missing if today() not in line.reminded and reviews.may_answer(user, line.unit)
    ]


def _with_urls(line, period):
    asked = {"held": overview.HELD, "missing": overview.MISSING, "late": overview.LATE}
    urls = {name: overview.list_url(line.unit, period, kind) for name, kind in asked.items()}
    for value in Review.Assessment.values:
        urls[value] = overview.list_url(line.unit, period, danh_gia=value)
    urls["unit"] = f"{reverse('oversight:reviews')}?don-vi={line.unit.pk}&ky={period.code}"
    return line, urls


def _head(request, unit, period):
    """What stands at the head of these pages: the units above and the periods to choose from."""
    above = Organisation.objects.for_user(request.user).filter(pk__in=unit.ancestor_ids()[:-1])
    month = month_of(min(period.last, today()))
    back: list[ReviewPeriod] = [month_of(today())]
    while len(back) < MONTHS:
        back.append(back[-1].before)
    choices = sorted({*back, month}, key=lambda one: one.first)
    quarters = sorted({one.quarter for one in choices}, key=lambda one: one.first)
    return {
        "unit": unit,
        "above": list(above.order_by("path")),
        "period": period,
        "groups": [choices, quarters],
    }


def list_reviews(request: UserRequest) -> HttpResponse:
    """The reviews that a figure counts, or the branches that have sent none."""
    unit, period = asked_unit(request), asked_review_period(request)
    kind = request.GET.get("loai", overview.HELD)
    if kind not in (overview.HELD, overview.MISSING, overview.LATE):
        raise Http404
    context = _head(request, unit, period) | {"kind": kind}
    if kind == overview.MISSING:
        lines = overview.review_overview(unit, period).branches
        missing = [line for line in lines if line.review is None]
        context |= {"lines": missing, "to_remind": _to_remind(request.user, missing)}
        return render(request, "oversight/reviews_missing.html", context)
    rows, title = _reviews(request, unit, period, kind)
    page = asked_page(request, [review_line(row) for row in rows])
    context |= {
        "page": page,
        "rows": page.object_list,
        "title": title,
        "branches": len({row.unit_id for row in rows}),
    }
    return render(request, "oversight/review_list.html", context)


def _reviews(request, unit, period, kind):
    """(the reviews asked for, what they are)."""
    rows = Review.objects.for_user(request.user).under(unit)
    title = _("Rà soát đã gửi")
    if "kho-khan" in request.GET:
        text = request.GET["kho-khan"]
        if not text.isdecimal() or len(text) > 9:
            raise Http404
        row = get_object_or_404(Difficulty, pk=int(text))
        rows, title = rows.filter(difficulties=row).months_between(period.first, period.last), row.text
    else:
        expected = overview.expected_branches(unit, period)
        rows = rows.of(period.kind, period.first).filter(unit__in=expected.order_by().values("pk"))
    if "danh-gia" in request.GET:
        if request.GET["danh-gia"] not in Review.Assessment.values:
            raise Http404
        rows = rows.filter(assessment=request.GET["danh-gia"])
        title = _("Tự đánh giá: %(what)s") % {"what": Review.Assessment(request.GET["danh-gia"]).label}
    rows = rows.select_related("unit__parent").prefetch_related("difficulties", "people")
    rows = rows.order_by("unit__parent__sort_key", "unit__sort_key", "first")
    if kind == overview.LATE:
        return [row for row in rows if reviews.was_late(row)], _("Rà soát gửi sau hạn")
    return list(rows), title


@require_POST
def remind_page(request: UserRequest) -> HttpResponse:
    """Remind the branches of a unit that have not sent their review, as far as they are the reader's to remind."""
    unit, period = asked_unit(request), asked_review_period(request)
    lines = overview.branch_lines(list(overview.expected_branches(unit, period)), period)
    units = _to_remind(request.user, [line for line in lines if line.review is None])
    reminded = reviews.remind_branches(units, period, by=request.user)
    if reminded:
        messages.success(request, _("Đã nhắc %(n)d chi bộ.") % {"n": len(reminded)})
    else:
        messages.info(request, _("Không có chi bộ nào để nhắc hôm nay."))
    return redirect(f"{reverse('oversight:reviews')}?don-vi={unit.pk}&ky={period.code}")


def list_people(request: UserRequest) -> HttpResponse:
    """The people whom a figure of a review counts, as at its day."""
    unit, name = asked_unit(request), request.GET.get("so", "sources")
    if name not in PEOPLE:
        raise Http404
    try:
        day = date.fromisoformat(request.GET.get("ngay", f"{today():%Y-%m-%d}"))
    except ValueError as error:
        raise Http404 from error
    rows = list_people_of_figure(unit, day, name).for_user(request.user)
    titles = {
        "sources": _("Nguồn trong danh sách"),
        "waiting": _("Chờ lớp, chờ giấy chứng nhận"),
        "under_way": _("Đang làm hồ sơ"),
    }
    page = asked_page(request, rows.for_list().by_name())
    context = {
        "unit": unit,
        "title": titles[name],
        "day": dmy(day),
        "page": page,
        "dossiers": page.object_list,
        "start": page.start_index(),
    }
    return render(request, "oversight/people.html", context)
