"""The review of one branch for a month or a quarter: the form on a phone, what was saved, and the level above."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from admissions.exceptions import Refused, Stale
from admissions.forms.base import add_refusal
from admissions.forms.stale import tell_differences
from branches.models import Organisation
from branches.request import UserRequest
from notation.dates import dmy, today
from notation.stale import merge_texts, pack_read, texts_of, typed_texts, unpack_read, with_texts
from oversight import correcting, reviews
from oversight.forms.answering import ReopenForm, ScoreForm
from oversight.forms.review import ReviewForm
from oversight.models import Review, ReviewReminder
from oversight.pages import review as page_of
from oversight.pages import review_words as words_of
from oversight.review_periods import month_of
from oversight.views.request import asked_branch, named_period


def show_review(request: UserRequest, unit: int, code: str) -> HttpResponse:
    """The form while the branch writes its review, otherwise what it says."""
    branch, period = asked_branch(request, unit), named_period(code)
    review = _review(request, branch, period)
    if review is None and not branch.exists_on(min(period.last, today())):
        raise Http404
    writes = reviews.may_write(request.user, branch)
    if request.method == "POST":
        if not writes:
            raise PermissionDenied
        return _save(request, branch, period, review)
    if writes and (review is None or ("sua" in request.GET and reviews.is_open(review))):
        page = page_of.review_page(branch, period, review)
        return _show_form(request, page, ReviewForm(page))
    return _show_saved(request, branch, period, review)


def _review(request, branch, period):
    rows = Review.objects.for_user(request.user).filter(unit=branch).of(period.kind, period.first)
    return rows.select_related("by", "reopened_by", "scored_by").first()


# Writing


def _save(request, branch, period, review):
    page = page_of.review_page(branch, period, review)
    text = request.POST.get("version", "")
    seen = int(text) if text.isdecimal() and len(text) < 7 else 0
    if seen != page.version:
        return _show_stale(request, page)
    form = ReviewForm(page, request.POST)
    if form.is_valid():
        try:
            saved = reviews.save_review(branch, period, form.answers(), by=request.user, seen=seen)
        except Stale:
            return _show_stale(request, page_of.review_page(branch, period, _review(request, branch, period)))
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            words = _("Đã lưu rà soát %(period)s: %(people)s.")
            facts = {"period": period.short, "people": words_of.count_proposals(saved)}
            messages.success(request, words % facts)
            return redirect(words_of.review_url(branch, period))
    return _show_form(request, page, form)


def _show_stale(request, page):
    """The form with what was typed and what somebody else saved meanwhile."""
    now = texts_of(ReviewForm(page))
    merge = merge_texts(typed_texts(request.POST, now), unpack_read(request.POST), now)
    form = ReviewForm(page, with_texts(request.POST, merge.texts))
    author = page.review.by.full_name if page.review else _("Người khác")
    tell_differences(form, merge, lambda _name: author)
    form.add_error(None, _("Rà soát này vừa có người ghi. Chưa lưu gì; xem lại rồi lưu."))
    return _show_form(request, page, form)


def _show_form(request, page, form):
    context = _around(request, page.unit, page.period, page.review) | {
        "page": page,
        "form": form,
        "read": pack_read(texts_of(ReviewForm(page))),
        "lines": page_of.figure_lines(page),
        "earlier": page_of.earlier_reviews(page),
        "months": page_of.months_of(page),
        "no": _number_sections(page),
        "above_committee": page.unit.parent.committee if page.unit.parent else page.unit.committee,
        "open_day": max(page.period.deadline, today())
        if page.review is None
        else reviews.open_until(page.review),
        "asks_people": any(not person.fixed for person in page.people),
        "later": words_of.review_url(page.unit, page.period) if page.review else reverse("admissions:work"),
        "new_tasks": [row for row in form.given_tasks() if row[0].task is None],
        "old_tasks": [row for row in form.given_tasks() if row[0].task is not None],
    }
    return render(request, "oversight/review_form.html", context, status=422 if form.errors else 200)


def _number_sections(page):
    """{section: its number}; what is not asked for has none."""
    month = page.period.is_month
    asked = {
        "meeting": True,
        "months": not month,
        "tasks": bool(page.tasks),
        "people": month,
        "difficulties": True,
        "assessment": True,
        "given": month,
    }
    shown = [name for name, is_asked in asked.items() if is_asked]
    return {name: n for n, name in enumerate(shown, start=1)}


def _around(request, branch, period, review):
    """What stands around a review: the units above, the periods beside it, how it stands."""
    above = Organisation.objects.for_user(request.user).filter(pk__in=branch.ancestor_ids()[:-1])
    return {
        "unit": branch,
        "above": list(above.order_by("path"))[-1:],
        "period": period,
        "periods": _periods_beside(period),
        "review": review,
        "standing": words_of.standing_of(period, review, today()),
    }


def _periods_beside(period):
    """The month and its quarter, for the switch."""
    month = period if period.is_month else month_of(min(period.last, today()))
    return [month, month.quarter]


# Reading


def _show_saved(request, branch, period, review):
    context = _around(request, branch, period, review)
    answers = reviews.may_answer(request.user, branch)
    if review is None:
        reminders = ReviewReminder.objects.filter(unit=branch).of(period.kind, period.first)
        context |= {"reminders": reminders, "may_remind": answers and _not_reminded(reminders)}
        return render(request, "oversight/review_missing.html", context)
    page = page_of.review_page(branch, period, review)
    open_now = reviews.is_open(review)
    context |= {
        "page": page,
        "lines": page_of.figure_lines(page),
        "earlier": page_of.earlier_reviews(page),
        "months": page_of.months_of(page),
        "people": review.people.select_related("dossier__candidate").order_by("dossier__candidate__sort_key"),
        "reports": review.task_reports.select_related("task"),
        "tasks": [(task, task.mark(today())) for task in review.tasks.all()],
        "writes": reviews.may_write(request.user, branch) and open_now,
        "open_until": reviews.open_until(review),
        "late": reviews.was_late(review),
        "score_form": ScoreForm(initial={"score_above": review.score_above}) if answers else None,
        "reopen_form": _reopen_form() if answers and not open_now else None,
        "corrections": correcting.tell_corrections(review),
        "may_correct": answers,
    }
    return render(request, "oversight/review.html", context)


def _not_reminded(reminders):
    return not any(row.on == today() for row in reminders)


def _reopen_form():
    return ReopenForm(initial={"until": today() + timedelta(days=2)})


def list_reviews_of_branch(request: UserRequest, unit: int) -> HttpResponse:
    """All reviews of one branch, the latest first."""
    branch = asked_branch(request, unit)
    rows = Review.objects.for_user(request.user).filter(unit=branch)
    rows = rows.prefetch_related("difficulties", "people")
    above = Organisation.objects.for_user(request.user).filter(pk__in=branch.ancestor_ids()[:-1])
    context = {
        "unit": branch,
        "above": list(above.order_by("path"))[-1:],
        "rows": [words_of.review_line(row) for row in rows],
        "periods": _periods_beside(month_of(today())),
    }
    return render(request, "oversight/reviews_of_branch.html", context)


# The level above


@require_POST
def score_review_page(request: UserRequest, unit: int, code: str) -> HttpResponse:
    """The level above scores the meeting."""
    branch, period, review = _saved(request, unit, code)
    form = ScoreForm(request.POST)
    if form.is_valid():
        try:
            reviews.score_review(review, form.cleaned_data["score_above"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
    if form.errors:
        messages.error(request, " ".join(map(str, form.errors["score_above"])))
    else:
        messages.success(request, _("Đã ghi điểm của cấp trên."))
    return redirect(words_of.review_url(branch, period))


@require_POST
def reopen_review_page(request: UserRequest, unit: int, code: str) -> HttpResponse:
    """The level above lets the branch change a review after its deadline."""
    branch, period, review = _saved(request, unit, code)
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            reviews.reopen_review(review, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            words = _("Đã mở lại rà soát %(period)s đến hết ngày %(day)s.")
            day = dmy(form.cleaned_data["until"])
            messages.success(request, words % {"period": period, "day": day})
            return redirect(words_of.review_url(branch, period))
    if not reviews.may_answer(request.user, branch):
        raise PermissionDenied
    context = _around(request, branch, period, review) | {"reopen_form": form}
    return render(request, "oversight/review_reopen.html", context, status=422)


def _saved(request, unit, code):
    """(branch, period, its review); 404 where there is none."""
    branch, period = asked_branch(request, unit), named_period(code)
    rows = Review.objects.for_user(request.user).filter(unit=branch)
    return (
        branch,
        period,
        get_object_or_404(rows.of(period.kind, period.first).select_related("unit__parent")),
    )
