"""The page of a dossier, and its acts."""

from urllib.parse import parse_qsl, quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Activity
from accounts.roles import Permission
from admissions import letters, procedure, workflow
from admissions.exceptions import Refused
from admissions.forms.acts import ActForm, PaperForm
from admissions.forms.base import add_refusal
from admissions.history import tell_story
from admissions.models import Correction, Dossier, Vote
from admissions.rules import conditions, deadlines, progress, required_papers, warnings, working_days
from admissions.states import WITH_THEM, WITH_US
from admissions.views.request import asked_dossier
from admissions.workflow import act_papers, taking_back
from admissions.workflow.counted_facts import correctable_facts
from admissions.worklist.dossier_list import dossiers_asked_for
from branches.request import UserRequest
from notation.dates import today


def show_dossier(request: UserRequest, year: int, serial: int, number: str = "") -> HttpResponse:
    dossier = asked_dossier(request, year, serial)
    Activity.objects.note_read(request.user, dossier.number)
    version, days = procedure.version_of(dossier), working_days.load_calendar()
    votes, rows = list(dossier.votes.all()), list(dossier.papers.all())
    events = list(dossier.events.select_related("by"))
    pauses = deadlines.pauses_of(events, today())
    open_acts = workflow.open_acts(dossier, request.user)
    last = taking_back.last_act(dossier)
    vote = next((v for v in reversed(votes) if v.body == Vote.Body.BRANCH), None)
    context = {
        "dossier": dossier,
        "person": dossier.candidate,
        "number": number,
        "version": version,
        "bound": bool(dossier.procedure),
        "deadline": deadlines.running_deadline(dossier, version, days, today(), pauses),
        "clocks": deadlines.all_deadlines(dossier, version, days, today(), pauses),
        "steps": progress.steps_of(dossier, version, votes, rows),
        "phases": required_papers.by_phase(dossier, *_phases(dossier)),
        "notices": warnings.warnings_of(dossier, votes, rows, days),
        "whereabouts": _whereabouts(events, days),
        "letters": [(kind, letters.KINDS[kind]) for kind in letters.available_letters(dossier)],
        "may_redo": _may_redo(request.user, dossier),
        "vote": vote,
        "arithmetic": vote and version.votes["branch"].arithmetic(vote.agree, vote.base),
        "story": tell_story(dossier, events, request.user),
        "last": last,
        "acts_label": workflow.ACTS[last.action].label if last else "",
        "minutes": taking_back.minutes_to_take_back(dossier, last, request.user),
        "correctable": correctable_facts(dossier),
        "waiting": dossier.corrections.filter(state=Correction.State.WAITING).for_list().first(),
        "outdated": letters.outdated_letters(dossier),
        "main": next(((a, why) for a, why in open_acts.items() if workflow.ACTS[a].main), None),
        "acts": {action: workflow.ACTS[action].label for action in open_acts},
        "others": [a for a, why in open_acts.items() if not why and not workflow.ACTS[a].main],
        "may_enter": request.user.may(Permission.ENTER, dossier.branch),
        "pager": _pager(request, dossier),
    }
    return render(request, "admissions/dossier.html", context)


def _phases(dossier):
    """The papers that matter now: those for the standing committee, after the decision those of conversion too."""
    return ("branch", "board", "close", "conversion") if dossier.decided_on else ("branch", "board")


def _whereabouts(events, days):
    """Working days with the board, and with the units that had to complete; None before the board had it."""
    try:
        us = deadlines.days_in(events, WITH_US, days, today())
        them = deadlines.days_in(events, WITH_THEM, days, today())
    except working_days.NoCalendar:
        return None
    return {"us": us, "them": them} if us or them else None


def _may_redo(user, dossier):
    if not user.may(Permission.ENTER, dossier.branch) or dossier.later.exists():
        return False
    try:
        return workflow.start_again(dossier) is not None
    except Refused:
        return False


def _pager(request, dossier):
    """Previous and next in the list one came from, whose query string the address carries as `ds`."""
    if "ds" not in request.GET:
        return None
    query = request.GET["ds"]
    keys = list(dossiers_asked_for(request.user, dict(parse_qsl(query))).values_list("pk", "year", "serial"))
    place = next((n for n, key in enumerate(keys) if key[0] == dossier.pk), None)
    if place is None:
        return None

    def address(n):
        return f"{Dossier(year=keys[n][1], serial=keys[n][2]).get_absolute_url()}?ds={quote(query)}"

    return {
        "place": place + 1,
        "count": len(keys),
        "previous": address(place - 1) if place else None,
        "next": address(place + 1) if place + 1 < len(keys) else None,
        "list": query,
    }


def record_act_page(request: UserRequest, year: int, serial: int, action: str) -> HttpResponse:
    """The page of one act: what it asks, what follows, and why it is refused."""
    dossier = asked_dossier(request, year, serial)
    if action not in workflow.ACTS:
        raise Http404
    act = workflow.ACTS[action]
    if not request.user.may(act.permission, dossier.branch):
        raise PermissionDenied
    form = ActForm(action, dossier, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        dossier.version = form.cleaned_data["version"]
        try:
            workflow.perform(dossier, action, by=request.user, **form.facts())
        except Refused as refusal:
            if "exception" in getattr(refusal, "error_dict", ()) and "exception" not in form.fields:
                form.ask_why()
            add_refusal(form, refusal)
            dossier.refresh_from_db()
        else:
            words = _("Đã ghi: %(act)s, %(state)s.") % {"act": act.label, "state": dossier.state_words}
            messages.success(request, words)
            return redirect(dossier)
    version = procedure.version_of(dossier)
    context = {
        "dossier": dossier,
        "form": form,
        "label": act.label,
        "main": act.main,
        "blocked": workflow.why_not(dossier, action, request.user),
        "deadline": deadlines.running_deadline(dossier, version, working_days.load_calendar(), today()),
        "checks": conditions.check_conditions(dossier, today()) if act.shows_conditions else [],
        "rule": version.votes[act.body] if act.body and "agree" in act.fields else None,
        "lacking": required_papers.lacking_papers(dossier, *act.shows_papers) if act.shows_papers else [],
    }
    return render(request, "admissions/act.html", context, status=422 if form.errors else 200)


def record_papers_page(request: UserRequest, year: int, serial: int) -> HttpResponse:
    """The table of papers: which are there, their numbers and dates."""
    dossier = asked_dossier(request, year, serial)
    if not request.user.may(Permission.ENTER, dossier.branch):
        raise PermissionDenied
    requirements = [r for r in required_papers.required_papers(dossier, *_phases(dossier)) if r.applies]
    of_acts, made = act_papers.papers_of_acts(dossier), act_papers.papers_made(dossier, dossier.events.all())
    lines = [
        PaperForm(
            requirement,
            request.POST or None,
            of_acts,
            made,
        )
        for requirement in requirements
    ]
    if request.method == "POST" and all([line.is_valid() for line in lines]):
        rows = {line.code: line.cleaned_data for line in lines if line.has_changed()}
        try:
            typed = request.POST.get("version", "")
            dossier.version = int(typed) if typed.isdecimal() else -1
            workflow.record_papers(dossier, rows, by=request.user)
        except Refused as refusal:
            errors = _errors_by_paper(refusal)
            for line in lines:
                for message in errors.get(line.code, errors.get(None, [])):
                    line.add_error("dated_on" if line.code in errors else None, message)
            dossier.refresh_from_db()
        else:
            messages.success(request, _("Đã ghi giấy tờ của hồ sơ %(number)s.") % {"number": dossier.number})
            return redirect(dossier)
    wrong = [line for line in lines if line.errors]
    context = {"dossier": dossier, "lines": lines, "wrong": wrong}
    return render(request, "admissions/papers.html", context, status=422 if wrong else 200)


def _errors_by_paper(refusal: Refused) -> dict[str | None, list[str]]:
    """{code of a paper: sentences}; under None what concerns the whole table."""
    if hasattr(refusal, "error_dict"):
        return dict(refusal.message_dict.items())
    return {None: refusal.messages}


@require_POST
def reveal_identity_number(request: UserRequest, year: int, serial: int) -> HttpResponse:
    """Show the identity number once; the event says to whom."""
    dossier = asked_dossier(request, year, serial)
    try:
        number = workflow.reveal_citizen_id(dossier, by=request.user)
    except Refused:
        return redirect(dossier)
    return show_dossier(request, year, serial, number)
