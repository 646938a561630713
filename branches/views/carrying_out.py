"""Carrying a plan out: the check before, the wait for its day, what was left open to choose, and undoing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from branches import drafts
from branches.forms.reorganisation import AnswerForm, UndoForm, VersionForm
from branches.models import Reorganisation
from branches.plan_page import PlanPage
from branches.plan_rehearsals import rehearse_for_page
from branches.reorganisation import carry_out, questions, schedule, undo
from branches.request import UserRequest
from branches.views.request import asked_own_plan, show_refusal
from notation.dates import dmy

State = Reorganisation.State


def carry_out_page(request: UserRequest, pk: int) -> HttpResponse:
    """What was checked and what will be done; a POST carries the plan out, or lets it wait for its day."""
    plan = asked_own_plan(request, pk)
    if plan.state == State.DONE:
        return redirect("branches:reorganisation", plan.pk)
    if plan.state not in drafts.WRITTEN or not plan.changes.exists():
        raise Http404
    refused: list[str] = []
    if request.method == "POST":
        form = VersionForm(request.POST)
        seen = form.cleaned_data["version"] if form.is_valid() else None
        try:
            return _carried_out(request, plan, seen)
        except ValidationError as error:
            refused = error.messages
            plan.refresh_from_db()
    shown = rehearse_for_page(plan, by=request.user, anew=True)
    page = PlanPage(plan, shown, request.user)
    context = {
        "plan": plan,
        "page": page,
        "shown": shown,
        "checks": list(_list_checks(page)),
        "refused": refused,
        "refused_title": _("Chưa thực hiện"),
    }
    return render(request, "branches/reorganisation_check.html", context, status=422 if refused else 200)


def _carried_out(request, plan, seen):
    """The answer to the press of the button: done, or waiting for the day."""
    if seen != plan.version:
        raise drafts.StalePlan
    if PlanPage(plan, None, request.user).waits:
        schedule.schedule(plan, by=request.user, seen=seen)
        messages.success(
            request,
            _("Đã đặt chờ: sáng %(day)s chạy thử lại rồi thực hiện.") % {"day": dmy(plan.day)},
        )
    else:
        done = carry_out.carry_out(plan, by=request.user, seen=seen)
        words = ngettext(
            "Đã thực hiện; %(n)d dòng trước và sau bằng nhau.",
            "Đã thực hiện; %(n)d dòng trước và sau bằng nhau.",
            len(done.totals),
        )
        messages.success(request, words % {"n": len(done.totals)})
    return redirect("branches:reorganisation", plan.pk)


def _list_checks(page):
    """(well or not, words, value, where to look) of what must hold before the act."""
    shown = page.shown
    equal = sum(row.equal for row in shown.totals)
    yield (
        shown.all_equal,
        _("Tổng số trước và sau bằng nhau"),
        f"{equal} / {len(shown.totals)}",
        "#tong",
    )
    left = sum(row.left for row in shown.moved)
    yield not left, _("Mọi thứ đều có nơi nhận"), _("còn %(n)d") % {"n": left} if left else _("đủ"), "#di"
    blocking = sum(question.blocking for question in shown.open_questions)
    yield not blocking, _("Việc phải chọn trước"), _("còn %(n)d") % {"n": blocking}, "#chon"
    later = len(shown.open_questions) - blocking
    yield True, _("Việc chọn sau được"), _("còn %(n)d") % {"n": later}, "#chon"
    for problem in shown.problems:
        yield False, problem, "", ""


@require_POST
def take_off_its_day(request: UserRequest, pk: int) -> HttpResponse:
    """Let a scheduled plan wait no longer, so that it can be changed."""
    plan = asked_own_plan(request, pk)
    form = VersionForm(request.POST)
    try:
        seen = form.cleaned_data["version"] if form.is_valid() else None
        drafts.take_off_its_day(plan, seen, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Kế hoạch thôi chờ; sửa xong thì đặt chờ lại."))
    return redirect("branches:reorganisation", plan.pk)


def choose_page(request: UserRequest, pk: int) -> HttpResponse:
    """One thing that a plan leaves open: `cau` names it."""
    plan = asked_own_plan(request, pk)
    if plan.state not in (*drafts.WRITTEN, State.DONE):
        raise Http404
    key, asked = request.GET.get("cau", ""), questions.list_questions(plan)
    question = next((row for row in asked if row.key == key), None)
    if question is None:
        raise Http404
    alike = [row.key for row in asked if _is_alike(row, question)]
    form = AnswerForm(question, plan.version, request.POST or None, alike=len(alike))
    if request.method == "POST" and form.is_valid():
        keys = [key, *alike] if form.cleaned_data.get("alike") else [key]
        try:
            with transaction.atomic():
                if form.cleaned_data["version"] != plan.version:
                    raise drafts.StalePlan
                for one in keys:
                    questions.choose(plan, one, form.answer(), by=request.user)
        except ValidationError as error:
            show_refusal(form, error, plan)
        else:
            words = ngettext("Đã ghi %(n)d lựa chọn.", "Đã ghi %(n)d lựa chọn.", len(keys))
            messages.success(request, words % {"n": len(keys)})
            return redirect("branches:reorganisation", plan.pk)
    context = {"plan": plan, "form": form, "question": question}
    return render(request, "branches/choose.html", context, status=422 if form.errors else 200)


def _is_alike(other, question):
    """Whether another open question is of the kind of `question`, with the same answers to choose from."""
    same = other.key.partition(":")[0] == question.key.partition(":")[0] and other.choices == question.choices
    return same and other.kind == "choose" and other.is_open and other.key != question.key


def undo_page(request: UserRequest, pk: int) -> HttpResponse:
    """What undoing asks, and why; a POST puts everything back."""
    plan = asked_own_plan(request, pk)
    if plan.state != State.DONE:
        raise Http404
    form = UndoForm(request.POST or None, initial={"version": plan.version})
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["version"] != plan.version:
                raise drafts.StalePlan
            undo.undo(plan, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            show_refusal(form, error, plan)
        else:
            messages.success(request, _("Đã hoàn tác; đơn vị, người dùng và chỉ tiêu như trước."))
            return redirect("branches:reorganisation", plan.pk)
    page = PlanPage(plan, None, request.user)
    context = {"plan": plan, "form": form, "page": page}
    return render(request, "branches/reorganisation_undo.html", context, status=422 if form.errors else 200)
