"""The page of a dossier, and its acts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import Activity
from accounts.roles import Permission
from admissions import letters, procedure, workflow
from admissions.exceptions import Refused
from admissions.history import tell_story
from admissions.models import Correction, Dossier, PriorityGroup, Vote
from admissions.rules import (
    deadlines,
    duplicates,
    errata,
    helping,
    progress,
    required_papers,
    warnings,
    working_days,
)
from admissions.sources.groups import groups_of
from admissions.sources.listing import course_of
from admissions.states import PIPELINE, WITH_THEM, WITH_US, State
from admissions.views.request import asked_dossier, pager_of
from admissions.workflow import taking_back
from admissions.workflow.counted_facts import correctable_facts
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
    main = _leading_act(open_acts)
    vote = next((v for v in reversed(votes) if v.body == Vote.Body.BRANCH), None)
    context = {
        "dossier": dossier,
        "section": _section(dossier),
        "person": dossier.person,
        "number": number,
        "version": version,
        "bound": bool(dossier.procedure),
        "deadline": deadlines.running_deadline(dossier, version, days, today(), pauses),
        "clocks": deadlines.all_deadlines(dossier, version, days, today(), pauses),
        "corrected": errata.corrected_clocks(version),
        "moved": {row.after.clock.key: row for row in errata.moved_limits(dossier, days, today(), pauses)},
        "steps": progress.steps_of(dossier, version, votes, rows),
        "phases": required_papers.by_phase(dossier, *required_papers.phases_of(dossier)),
        "notices": warnings.warnings_of(dossier, votes, rows, days),
        "returned": _return_to_answer(dossier, events),
        "whereabouts": _whereabouts(events, days),
        "letters": [(kind, letters.title_of(kind, version)) for kind in letters.available_letters(dossier)],
        "may_redo": _may_redo(request.user, dossier),
        "may_take_back": _may_take_back(request.user, dossier),
        "vote": vote,
        "arithmetic": vote and version.votes["branch"].arithmetic(vote.agree, vote.base),
        "story": tell_story(dossier, events, request.user),
        "main": main,
        "doubles": _doubles_to_end(dossier, open_acts, request.user),
        "acts": {action: workflow.ACTS[action].button for action in open_acts},
        "others": _other_acts(open_acts, main),
        "may_enter": request.user.may(Permission.ENTER, dossier.branch),
        "pager": pager_of(request, dossier),
    }
    context |= _put_right(dossier, request.user) | _as_source(dossier, events)
    return render(request, "admissions/dossier.html", context)


def _as_source(dossier, events):
    """Where the person comes from, the groups they are in, and who helped them, the last one first."""
    remarks = helping.remarks_of(events)
    helps = helping.helpers_over_time(dossier, events)
    return {
        "groups": groups_of(dossier.candidate, PriorityGroup.objects.filter(active=True)),
        "helps": helps[::-1],
        "remarks": remarks[::-1],
        "former": {row.name for row in helping.former_without_remark(helps, remarks)},
        "course": course_of(dossier, today()) if dossier.state in PIPELINE else None,
    }


def _put_right(dossier, user):
    """What of the dossier may be taken back or corrected, and what a correction has made out of date."""
    last = taking_back.last_act(dossier)
    return {
        "last": last,
        "minutes": taking_back.minutes_to_take_back(dossier, last, user),
        "correctable": correctable_facts(dossier),
        "waiting": dossier.corrections.filter(state=Correction.State.WAITING).for_list().first(),
        "outdated": letters.outdated_letters(dossier),
        "kept": _kept_instead(last, user),
    }


def _doubles_to_end(dossier, open_acts, user):
    """The dossiers in the user's scope for one of which this one may be ended as entered twice."""
    return duplicates.doubles_of(dossier).for_user(user) if open_acts.get("merge", True) is None else []


def _kept_instead(last, user):
    """The dossier that is kept instead of one entered twice, in the user's scope; None where `last` tells of none."""
    into = last and last.facts.get("into")
    return Dossier.objects.for_user(user).filter(pk=into["id"]).for_list().first() if into else None


def _leading_act(open_acts):
    """(action, why not) of the first main act that is still to be done; None where no act leads on."""
    leading = (
        (action, why)
        for action, why in open_acts.items()
        if workflow.ACTS[action].main and not (why and why.settled)
    )
    return next(leading, None)


def _other_acts(open_acts, main):
    """The acts beside the main one; a vote that falls short is recorded where the vote is."""
    voted = {action for action, act in workflow.ACTS.items() if act.outcomes and "agree" in act.fields}
    return [
        action
        for action, why in open_acts.items()
        if not why and (action, why) != main and (action not in voted or workflow.ACTS[action].main)
    ]


def _return_to_answer(dossier, events):
    """The event of the last return, while the unit has yet to complete the dossier; None otherwise."""
    if dossier.state not in WITH_THEM:
        return None
    return next(event for event in reversed(events) if event.to_state == dossier.state != event.from_state)


def _section(dossier):
    """The unit between the branch and its base organisation, None where there is none."""
    direct = dossier.branch_id == dossier.commune_id or dossier.branch.parent_id == dossier.commune_id
    return None if direct else dossier.branch.parent


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


def _may_take_back(user, dossier):
    """Whether someone who moved away may be taken up again on coming back."""
    may = user.may(Permission.ENTER, dossier.branch) and user.may(Permission.APPRAISE, dossier.branch)
    return may and dossier.state == State.TRANSFERRED and not dossier.later.exists()


@require_POST
def reveal_identity_number(request: UserRequest, year: int, serial: int) -> HttpResponse:
    """Show the identity number once; the event says to whom."""
    dossier = asked_dossier(request, year, serial)
    try:
        number = workflow.reveal_citizen_id(dossier, by=request.user)
    except Refused:
        return redirect(dossier)
    return show_dossier(request, year, serial, number)
