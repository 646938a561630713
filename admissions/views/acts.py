"""The page of one act: what it asks, what follows from it, and why it is refused."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from admissions import procedure, workflow
from admissions.consequences import weigh_act
from admissions.exceptions import Refused, Stale
from admissions.forms.acts import ActForm
from admissions.forms.base import add_refusal
from admissions.forms.stale import list_typed, tell_stale
from admissions.history import describe_since
from admissions.rules import conditions, deadlines, required_papers, working_days
from admissions.views.request import asked_dossier, pager_of, seen_version
from branches.request import UserRequest
from notation.dates import today
from notation.stale import with_texts

CHECKED, CHANGE = "xac-nhan", "sua-lai"
"""The buttons of the page that shows what follows: it is recorded as shown, or what was typed is changed."""
NOT_TYPED = ("csrfmiddlewaretoken", "form_key", CHECKED, CHANGE)
"""What a form sends beside what was typed."""


def record_act_page(request: UserRequest, year: int, serial: int, action: str) -> HttpResponse:
    """Record an act; one that ends something, or a vote that comes out otherwise, is shown with what follows first."""
    dossier = asked_dossier(request, year, serial)
    if action not in workflow.ACTS:
        raise Http404
    if not request.user.may(workflow.ACTS[action].permission, dossier.branch):
        raise PermissionDenied
    form = ActForm(action, dossier, request.user, request.POST or None)
    seen = seen_version(request.POST)
    if request.method != "POST" or CHANGE in request.POST:
        return _show_act(request, dossier, action, form)
    if seen != dossier.version:
        return _show_stale_act(request, dossier, action)
    if form.is_valid():
        try:
            return _record(request, dossier, action, form, seen)
        except Stale:
            return _show_stale_act(request, asked_dossier(request, year, serial), action)
        except Refused as refusal:
            add_refusal(form, refusal)
            dossier.refresh_from_db()
    return _show_act(request, dossier, action, form)


def _record(request, dossier, action, form, seen):
    follows, facts, ballot = workflow.follow_ballot(action, dossier, form.facts())
    act = workflow.ACTS[follows]
    facts["by"] = request.user
    if CHECKED not in request.POST and (act.ends or (ballot and ballot.short)):
        weighed = weigh_act(dossier, follows, **facts)
        return _show_check(request, dossier, act, ballot, weighed, facts.get("into"))
    pager = pager_of(request, dossier)
    workflow.perform(dossier, follows, seen=seen, **facts)
    words = _("Đã xong: %(act)s. Trạng thái: %(state)s.") % {"act": act.label, "state": dossier.state_words}
    messages.success(request, words)
    for remark in form.warnings():
        messages.warning(request, remark)
    return redirect(dossier.get_absolute_url() + pager.after_act)


def _show_check(request, dossier, act, ballot, weighed, kept):
    """What follows from the act, before it is recorded; what was typed is carried along."""
    context = {
        "dossier": dossier,
        "pager": pager_of(request, dossier),
        "label": act.label,
        "ballot": ballot,
        "weighed": weighed,
        "kept": kept,
        "typed": [(name, value) for name, value in request.POST.items() if name not in NOT_TYPED],
        "minutes": settings.TAKE_BACK_MINUTES,
    }
    return render(request, "admissions/act_check.html", context)


def _show_stale_act(request, dossier, action):
    """The form with what was typed, and what somebody else did meanwhile."""
    typed = with_texts(request.POST, {}, version=str(dossier.version))
    form = ActForm(action, dossier, request.user, typed)
    tell_stale(form)
    return _show_act(request, dossier, action, form, describe_since(dossier, seen_version(request.POST)))


def _show_act(request, dossier, action, form, since=()):
    act, version = workflow.ACTS[action], procedure.version_of(dossier)
    context = {
        "dossier": dossier,
        "pager": pager_of(request, dossier),
        "form": form,
        "label": act.button,
        "main": act.main,
        "blocked": workflow.why_not(dossier, action, request.user),
        "deadline": deadlines.running_deadline(dossier, version, working_days.load_calendar(), today()),
        "checks": conditions.check_conditions(dossier, today()) if act.shows_conditions else [],
        "rule": version.votes[act.body] if act.body and "agree" in act.fields else None,
        "lacking": required_papers.lacking_papers(dossier, *act.shows_papers) if act.shows_papers else [],
        "since": since,
        "typed": list_typed(form) if form.is_bound else [],
    }
    return render(request, "admissions/act.html", context, status=422 if form.errors else 200)
