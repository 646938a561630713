"""The steps of a class, each for many people on one page: nominate, check, attendance, results, certificates."""

import re
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions import classes
from admissions.choices import ClassStep
from admissions.classes import steps
from admissions.classes.nominating import BEFORE_THE_VOTE, warn_about
from admissions.classes.opening import is_taking_nominations
from admissions.classes.waiting import list_waiting
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.class_correction import CorrectEnrolmentForm
from admissions.forms.classes import (
    AnswerLine,
    AssessmentLine,
    CertificateLine,
    CertificateStepForm,
    Line,
    NomineeLine,
    PresenceLine,
    ResultStepForm,
    StepForm,
    TakeBackForm,
    offered_reasons,
)
from admissions.models import AwarenessClass, Dossier, Enrolment
from admissions.views.request import asked_class
from branches.models import within_scope
from branches.request import UserRequest
from notation.dates import today

ALL = "tat-ca"
"""What an address carries to show those too whom the step has been recorded for."""


def nominate_page(request: UserRequest, pk: int) -> HttpResponse:
    """Nominate those who wait (`tat-ca`: everybody on the lists) for a class."""
    course = asked_class(request, pk)
    paths = request.user.scope(Permission.BRANCH_WORK)
    if not paths:
        raise PermissionDenied
    rows = list_waiting(request.user, today()).filter(within_scope(paths, "branch__"))
    if ALL in request.GET:
        waiting = rows.order_by().values("pk")
        rest = Dossier.objects.filter(within_scope(paths, "branch__"), state__in=BEFORE_THE_VOTE)
        held = Enrolment.objects.filter(awareness_class=course).values("dossier")
        people = [*rows.for_list(), *rest.exclude(pk__in=waiting).exclude(pk__in=held).for_list().by_name()]
    else:
        people = list(rows.for_list())
    if not is_taking_nominations(course):
        people = []
    posted = request.POST or None
    lines = [NomineeLine(row, posted, warnings=tuple(warn_about(row, course, "–"))) for row in people]

    def record(form, taken):
        nominees = [line.make_row() for line in taken]
        return classes.nominate_people(course, nominees, by=request.user, on=form.cleaned_data["on"])

    words = {
        "title": _("Đề cử"),
        "button": _("Đề cử những người đã chọn"),
        "done": _("Đã đề cử %(n)d người."),
    }
    more = _("Cả những người cấp ủy cơ sở chưa có ý kiến")
    return _step_page(request, course, StepForm(posted), lines, record, words, more=more)


def check_page(request: UserRequest, pk: int) -> HttpResponse:
    """The answers to nominations: those of the committee that opened the class, otherwise of base committees."""
    course = asked_class(request, pk)
    upper = request.user.may(Permission.OPEN_CLASS, course.unit)
    rows = Enrolment.objects.for_user(request.user).filter(awareness_class=course)
    if upper:
        again = (ClassStep.APPROVED, ClassStep.DECLINED) if ALL in request.GET else ()
        shown = [*steps.TO_CHECK, *again]
    elif request.user.may(Permission.BASE_WORK):
        rows = rows.filter(within_scope(request.user.scope(Permission.BASE_WORK), "dossier__branch__"))
        shown = [ClassStep.NOMINATED]
    else:
        raise PermissionDenied
    posted = request.POST or None
    lines = [
        AnswerLine(row, posted, warnings=tuple(warn_about(row.dossier, course, row.resolution)))
        for row in rows.filter(step__in=shown).by_unit()
    ]

    def record(form, taken):
        answers = [line.make_row() for line in taken]
        classes.check_nominations(course, answers, by=request.user, on=form.cleaned_data["on"], upper=upper)

    words = {
        "title": _("Duyệt đề cử") if upper else _("Kiểm đề cử của chi bộ"),
        "button": _("Ghi ý kiến"),
        "done": _("Đã ghi ý kiến %(n)d người."),
    }
    more = _("Cả những người đã có ý kiến") if upper else ""
    return _step_page(request, course, StepForm(posted), lines, record, words, more=more)


def attendance_page(request: UserRequest, pk: int) -> HttpResponse:
    """How many days each attended; everybody all days unless typed otherwise."""
    course = _asked_own_class(request, pk)
    shown = (ClassStep.APPROVED, ClassStep.ABSENT, ClassStep.ATTENDED)
    lines = _lines(request, course, PresenceLine, shown[:1], shown)

    def record(form, taken):
        rows = [line.make_row() for line in taken]
        classes.record_attendance(course, rows, by=request.user, on=form.cleaned_data["on"])

    words = {"title": _("Ghi dự học"), "button": _("Ghi dự học"), "done": _("Đã ghi dự học %(n)d người.")}
    initial = {"on": max(course.last, today()) if course.last > today() else today()}
    form = StepForm(request.POST or None, initial=initial)
    return _step_page(request, course, form, lines, record, words, more=_("Cả những người đã ghi"))


def results_page(request: UserRequest, pk: int) -> HttpResponse:
    """The result of each learner; those who write again or failed may get another one."""
    course = _asked_own_class(request, pk)
    shown = (ClassStep.ATTENDED, ClassStep.REWRITE, ClassStep.FAILED)
    lines = _lines(request, course, AssessmentLine, shown, (*shown, ClassStep.PASSED))

    def record(form, taken):
        rows = [line.make_row(form.cleaned_data["rewrite_by"]) for line in taken]
        classes.record_results(course, rows, by=request.user, on=form.cleaned_data["on"])

    words = {"title": _("Ghi kết quả"), "button": _("Ghi kết quả"), "done": _("Đã ghi kết quả %(n)d người.")}
    form = ResultStepForm(request.POST or None)
    return _step_page(request, course, form, lines, record, words, more=_("Cả những người đã ghi"))


def certificates_page(request: UserRequest, pk: int) -> HttpResponse:
    """Give certificates to those who passed, in one act, numbered in the order of the page."""
    course = _asked_own_class(request, pk)
    if not request.user.may(Permission.ENTER, course.unit):
        raise PermissionDenied
    lines = _lines(request, course, CertificateLine, (ClassStep.PASSED,), (ClassStep.PASSED,))
    initial = {"number": classes.propose_certificate_number(course), "issuer": course.organiser}
    form = CertificateStepForm(request.POST or None, initial=initial)

    def record(form, taken):
        facts = {name: form.cleaned_data[name] for name in ("on", "number", "issuer")}
        classes.give_certificates(course, [line.enrolment for line in taken], by=request.user, **facts)

    words = {
        "title": _("Cấp giấy chứng nhận"),
        "button": _("Cấp giấy chứng nhận cho những người đã chọn"),
        "done": _("Đã cấp %(n)d giấy chứng nhận."),
    }
    return _step_page(request, course, form, lines, record, words)


def _asked_own_class(request, pk):
    course = asked_class(request, pk)
    if not request.user.may(Permission.OPEN_CLASS, course.unit):
        raise PermissionDenied
    return course


def _lines(request, course, kind, shown, shown_too):
    rows = Enrolment.objects.for_user(request.user).filter(
        awareness_class=course, step__in=shown_too if ALL in request.GET else shown
    )
    return [kind(row, request.POST or None) for row in rows.by_unit()]


def _step_page(
    request: UserRequest,
    course: AwarenessClass,
    form: StepForm,
    lines: Sequence[Line],
    record: Callable,
    words: dict[str, str],
    *,
    more: str = "",
) -> HttpResponse:
    """Show the lines of a step, or record those taken up and go back to the class."""
    if request.method == "POST":
        valid = all([form.is_valid(), *[line.is_valid() for line in lines]])
        gone = _count_gone(request, lines)
        if gone:
            told = _("%(n)d người vừa có người khác ghi và không còn ở đây; xem lại rồi ghi tiếp.")
            form.add_error(None, told % {"n": gone})
        if valid and not gone:
            taken = [line for line in lines if line.taken_up]
            try:
                record(form, taken)
            except classes.ClassRefused as refusal:
                _tell_refusal(form, lines, refusal)
            except Refused as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(request, words["done"] % {"n": len(taken)})
                return redirect(course)
    wrong = bool(form.errors) or any(line.errors for line in lines)
    context = {
        "course": course,
        "form": form,
        "lines": lines,
        "heads": [field.label for field in lines[0].fields.values()] if lines else [],
        "reasons": offered_reasons(),
        "wrong": wrong,
        "more": more if ALL not in request.GET else "",
        **words,
    }
    return render(request, "admissions/class_step.html", context, status=422 if wrong else 200)


def _count_gone(request, lines):
    """How many people the form was sent for who are no longer on the page."""
    prefixes = {line.prefix for line in lines}
    sent = {match[1] for name in request.POST if (match := re.match(r"([de]\d{1,17})-", name))}
    return len(sent - prefixes)


def _tell_refusal(form, lines, refusal):
    for name, sentences in refusal.fields.items():
        form.add_error(name if name in form.fields else None, sentences)
    for line in lines:
        if line.about.pk in refusal.rows:
            line.add_error(None, refusal.rows[line.about.pk])
            named = f"{line.dossier.candidate.full_name}: {refusal.rows[line.about.pk]}"
            form.add_error(None, named)


@require_POST
def take_back_page(request: UserRequest, pk: int, enrolment: int) -> HttpResponse:
    """Take back a certificate that was given wrongly, with a reason."""
    course = _asked_own_class(request, pk)
    rows = Enrolment.objects.for_user(request.user).filter(awareness_class=course)
    row = get_object_or_404(rows.select_related("awareness_class__unit", "dossier__candidate"), pk=enrolment)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        try:
            classes.take_certificate_back(
                row, by=request.user, on=today(), reason=form.cleaned_data["reason"]
            )
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            words = _("Đã thu hồi giấy chứng nhận của %(name)s.")
            messages.success(request, words % {"name": row.dossier.candidate.full_name})
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(course)


def correct_page(request: UserRequest, pk: int, enrolment: int) -> HttpResponse:
    """Put right what was recorded wrong of somebody in a class, with a reason."""
    course = asked_class(request, pk)
    rows = Enrolment.objects.for_user(request.user).filter(awareness_class=course)
    related = ("awareness_class__unit", "dossier__candidate", "dossier__branch__parent", "branch")
    row = get_object_or_404(rows.select_related(*related), pk=enrolment)
    if not classes.may_correct_enrolment(request.user, row):
        raise PermissionDenied
    form = CorrectEnrolmentForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["correction_reason"]
        try:
            classes.correct_enrolment(row, _typed_otherwise(form), by=request.user, reason=reason)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            words = _("Đã sửa việc học của %(name)s.")
            messages.success(request, words % {"name": row.dossier.candidate.full_name})
            return redirect(course)
    context = {"course": course, "row": row, "form": form}
    return render(request, "admissions/class_correct.html", context, status=422 if form.errors else 200)


def _typed_otherwise(form):
    """What was typed otherwise than it stands: a branch may correct its nomination and nothing else."""
    return {name: value for name, value in form.values().items() if form.initial[name] != value}
