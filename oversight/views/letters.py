"""Pages of letters to units behind their plan: who was asked, choosing whom to ask, one letter and its answer."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.letters.word import CONTENT_TYPE
from branches.request import UserRequest
from notation.dates import today
from oversight.documents.letter import POINTS, write_letter
from oversight.forms.letters import AnswerForm, AskForm
from oversight.forms.passing_on import HeirForm
from oversight.letters import answer_explanation, ask_explanations, may_ask, may_explain
from oversight.models import ExplanationRequest
from oversight.pages import letters
from oversight.passing_on import heirs_of, pass_on_letter
from oversight.views.request import pass_on_to_heir, send_file
from reports.pages.period_choices import period_choices, years_near
from reports.views.request import asked_page, asked_period, asked_unit


def asked_letter(request: UserRequest, pk: int) -> ExplanationRequest:
    """The letter of the address, to a unit inside the reader's scope; otherwise 404."""
    rows = ExplanationRequest.objects.for_user(request.user).select_related("unit__parent", "answer", "by")
    return get_object_or_404(rows, pk=pk)


def list_letters(request: UserRequest) -> HttpResponse:
    """Who was asked, who has answered, who is late; `nhom` narrows the list."""
    unit, group = asked_unit(request), request.GET.get("nhom", "")
    if group and group not in letters.CHOICES:
        raise Http404
    rows = letters.list_asked(request.user, unit, today())
    chosen = [row for row in rows if not group or letters.CHOICES[group](row)]
    context = {
        "unit": unit,
        "lead": letters.letters_lead(rows, f"?don-vi={unit.pk}"),
        "page": asked_page(request, chosen),
        "group": group,
        "may_ask": may_ask(request.user, unit),
    }
    return render(request, "oversight/letters.html", context)


def ask_explanations_page(request: UserRequest) -> HttpResponse:
    """Choose units behind their quota of a period and write the letter that asks them why."""
    unit, period = asked_unit(request), asked_period(request)
    if not may_ask(request.user, unit):
        raise PermissionDenied
    behind = letters.list_behind(unit, period)
    initial = {"due": today() + timedelta(days=settings.EXPLANATION_DAYS)}
    form = AskForm(request.POST or None, units=[one.row.unit for one in behind], initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("number", "on", "due")}
        try:
            made = ask_explanations(unit, form.cleaned_data["units"], period, **facts, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi %(n)d công văn yêu cầu giải trình.") % {"n": len(made)})
            return redirect(f"{reverse('oversight:letters')}?don-vi={unit.pk}")
    ticked = set(request.POST.getlist("units") or request.GET.getlist("chon"))
    context = {
        "form": form,
        "unit": unit,
        "period": period,
        "behind": [(one, str(one.row.unit.pk) in ticked) for one in behind],
        "switch": period_choices(
            period,
            lambda other: f"?don-vi={unit.pk}&ky={other.code}",
            years=years_near(period),
            quarters=False,
        ),
    }
    return render(request, "oversight/letter_ask.html", context, status=422 if form.errors else 200)


def show_letter(request: UserRequest, pk: int) -> HttpResponse:
    """A letter: what was asked with the figures of its day, the answer with its milestones, or the form for it."""
    asked = asked_letter(request, pk)
    answer = getattr(asked, "answer", None)
    heirs = heirs_of(asked.unit, today()) if answer is None else []
    mine = answer is None and not heirs and may_explain(request.user, asked)
    form = AnswerForm(request.POST or None) if mine else None
    if request.method == "POST":
        if not may_explain(request.user, asked):
            raise PermissionDenied
        form = form or AnswerForm(request.POST)
        if form.is_valid():
            names = ("on", "carried_out", "causes", "still", "measures", "supervisor")
            facts = {name: form.cleaned_data[name] for name in names}
            try:
                answer_explanation(asked, **facts, milestones=form.milestones(), by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã ghi giải trình của %(unit)s.") % {"unit": asked.unit.title})
                return redirect("oversight:letter", asked.pk)
    day = today()
    tasks = answer.tasks.select_related("unit") if answer else ()
    context = {
        "asked": letters.Asked(asked, day, len(tasks), 0),
        "answer": answer,
        "tasks": [(task, task.mark(day)) for task in tasks],
        "period": letters.letter_period(asked),
        "points": POINTS,
        "form": form,
        "heirs": heirs,
        "heir_form": HeirForm(heirs=heirs) if heirs and _may_pass_on(request.user, asked) else None,
        "lack": asked.quota - asked.reached,
    }
    return render(request, "oversight/letter.html", context, status=422 if form and form.errors else 200)


def _may_pass_on(user, asked):
    return may_explain(user, asked) or user.may(Permission.OVERSEE, asked.unit)


@require_POST
def pass_on_letter_page(request: UserRequest, pk: int) -> HttpResponse:
    """Let one of the heirs of the unit that was asked, and ended, answer."""
    asked = asked_letter(request, pk)
    return pass_on_to_heir(
        request,
        asked,
        pass_on_letter,
        lacking=_("Chọn đơn vị kế tục trả lời."),
        done=_("Đã chuyển công văn cho %(unit)s."),
        addresses=("oversight:letter", "oversight:letters"),
    )


@require_POST
def fetch_letter(request: UserRequest, pk: int) -> HttpResponse:
    """The letter as a .docx in the Party's layout."""
    asked = asked_letter(request, pk)
    name = f"giai-trinh-{asked.first.year}-{asked.unit.code}.docx"
    return send_file(request, write_letter(asked), name, CONTENT_TYPE)
