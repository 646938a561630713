"""Correcting what was recorded: the check page, the list that waits for a second person, and taking back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions import workflow
from admissions.consequences import in_one_line, weigh_correction
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.corrections import CorrectActForm, CorrectFactsForm
from admissions.history import describe_changes, describe_event
from admissions.models import Correction
from admissions.views.request import asked_dossier
from admissions.workflow.corrections import draft_again
from admissions.workflow.counted_facts import correctable_facts
from admissions.worklist.context import forget_waiting
from branches.request import UserRequest

TABS = ("cho-toi", "toi-de-nghi", "da-quyet")
"""The tabs of the list: what waits for me, what I asked, what was decided."""
MOST_DECIDED = 100


def correct_act_page(request: UserRequest, year: int, serial: int, no: int) -> HttpResponse:
    """The check page of a correction of one recorded act."""
    dossier = asked_dossier(request, year, serial)
    target = workflow.find_act(dossier, no)
    if target is None:
        raise Http404
    act = workflow.ACTS[target.action]
    if not request.user.may(act.permission, dossier.branch):
        raise PermissionDenied
    form = CorrectActForm(target, dossier, request.user, request.POST or None)
    context = {
        "label": act.label,
        "target": target,
        "told": describe_event(target),
        "takes_two": act.takes_two,
    }
    return _check_page(request, dossier, target, form, context)


def correct_facts_page(request: UserRequest, year: int, serial: int) -> HttpResponse:
    """The check page of a correction of what reports count of an admission; the address may propose values."""
    dossier = asked_dossier(request, year, serial)
    if not correctable_facts(dossier):
        raise Http404
    if not request.user.may(Permission.ENTER, dossier.branch):
        raise PermissionDenied
    form = CorrectFactsForm(dossier, request.user, request.POST or None, request.GET)
    context = {"label": _("Số liệu khi kết nạp"), "target": None, "told": "", "takes_two": True}
    return _check_page(request, dossier, target=None, form=form, context=context)


def _check_page(request, dossier, target, form, context):
    weighed, changes = None, []
    if request.method == "POST" and form.is_valid():
        try:
            draft = workflow.draft_correction(dossier, target, form.values())
            changes = describe_changes(target.action if target else "", draft.changes)
            weighed = weigh_correction(draft, request.user)
            if "record" in request.POST and form.was_seen(dossier):
                reason, named = form.cleaned_data["correction_reason"], form.cleaned_data.get("named")
                made = workflow.ask_correction(draft, by=request.user, reason=reason, named=named)
                return _recorded(request, dossier, made)
        except Refused as refusal:
            weighed = None
            if target is not None:
                form.ask_what_is_lacking(refusal)
            add_refusal(form, refusal)
            dossier.refresh_from_db()
    what = ", ".join(name.lower() for name, _before, _after in changes)
    context |= {
        "dossier": dossier,
        "form": form,
        "weighed": weighed,
        "changed_since": bool(weighed and "record" in request.POST and form.cleaned_data["seen"]),
        "changes": changes,
        "what": what,
        "seen": form.signature(dossier) if weighed else "",
        "waiting": dossier.corrections.filter(state=Correction.State.WAITING).for_list().first(),
    }
    return render(request, "admissions/correct.html", context, status=422 if form.errors else 200)


def _recorded(request, dossier, made):
    if isinstance(made, Correction):
        words = _("Đã đề nghị. Chưa số nào đổi trước khi có người thứ hai đồng ý.")
        messages.success(request, words)
        return redirect(f"{reverse('admissions:corrections')}?muc={TABS[1]}")
    messages.success(request, _("Đã sửa hồ sơ %(number)s.") % {"number": dossier.number})
    return redirect(dossier)


# The list


def list_corrections(request: UserRequest) -> HttpResponse:
    """Corrections that wait for a second person, those one has asked for, and those decided; `mo` opens one."""
    tab = request.GET.get("muc", TABS[0])
    if tab not in TABS:
        raise Http404
    rows = _rows(request.user)
    opened = next((row for row in rows[tab] if str(row.pk) == request.GET.get("mo")), None)
    if opened is None and tab == TABS[0]:
        opened = next(iter(rows[tab]), None)
    return _list(request, tab, rows, opened)


def _rows(user):
    mine = Correction.objects.filter(asked_by=user, state=Correction.State.WAITING)
    decided = Correction.objects.for_user(user).exclude(state=Correction.State.WAITING)
    return {
        "cho-toi": list(Correction.objects.waiting_for(user).for_list()),
        "toi-de-nghi": list(mine.for_list()),
        "da-quyet": list(decided.for_list().order_by("-answered_at")[:MOST_DECIDED]),
    }


def _list(request, tab, rows, opened, problem="", words=""):
    shown, refused = None, ""
    if opened is not None and opened.state == Correction.State.WAITING:
        try:
            draft = draft_again(opened)
            shown = weigh_correction(draft, request.user)
        except Refused as refusal:
            refused = " ".join(refusal.messages)
    context = {
        "tab": tab,
        "tabs": [(key, title, len(rows[key])) for key, title in _titles()],
        "rows": [(row, _changes_of(row)) for row in rows[tab]],
        "waiting": rows["cho-toi"],
        "opened": opened,
        "opened_changes": _changes_of(opened) if opened else [],
        "weighed": shown,
        "refused": refused,
        "changed_since": bool(opened and shown and draft.dossier.version != opened.version),
        "version": draft.dossier.version if shown else 0,
        "figures_line": in_one_line(shown.figures) if shown else "",
        "dossier_line": in_one_line(shown.dossier) if shown else "",
        "problem": problem,
        "words": words,
        "may_answer": opened in rows["cho-toi"] if opened else False,
        "may_withdraw": opened in rows["toi-de-nghi"] if opened else False,
    }
    return render(request, "admissions/corrections.html", context, status=422 if problem else 200)


def _titles():
    return [("cho-toi", _("Chờ tôi")), ("toi-de-nghi", _("Tôi đề nghị")), ("da-quyet", _("Đã quyết"))]


def _changes_of(row):
    return describe_changes(row.target.action if row.target else "", row.changes)


@require_POST
def answer_correction(request: UserRequest, pk: int) -> HttpResponse:
    """Agree to a waiting correction, give it back with a reason, or withdraw one's own."""
    correction = get_object_or_404(Correction.objects.for_user(request.user).for_list(), pk=pk)
    answer, words = request.POST.get("answer", ""), request.POST.get("words", "")
    typed = request.POST.get("version", "")
    try:
        if answer == "agree":
            workflow.agree_correction(
                correction, by=request.user, version=int(typed) if typed.isdecimal() else None
            )
            said = _("Đã đồng ý; hồ sơ %(number)s đã được sửa.")
        elif answer == "decline":
            workflow.decline_correction(correction, by=request.user, words=words)
            said = _("Đã trả lại việc sửa hồ sơ %(number)s.")
        elif answer == "withdraw":
            workflow.withdraw_correction(correction, by=request.user)
            said = _("Đã rút việc sửa hồ sơ %(number)s.")
        else:
            raise Http404
    except Refused as refusal:
        rows = _rows(request.user)
        tab = "toi-de-nghi" if correction in rows["toi-de-nghi"] else "cho-toi"
        opened = Correction.objects.for_list().get(pk=pk)
        return _list(request, tab, rows, opened, " ".join(refusal.messages), words)
    forget_waiting(request.user)
    messages.success(request, said % {"number": correction.dossier.number})
    return redirect("admissions:corrections")


@require_POST
def take_back_act(request: UserRequest, year: int, serial: int, no: int) -> HttpResponse:
    """Take back the act that one has just recorded."""
    dossier = asked_dossier(request, year, serial)
    try:
        workflow.take_back(dossier, by=request.user, no=no)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Đã hoàn tác. Hồ sơ trở lại như trước việc đó."))
    return redirect(dossier)
