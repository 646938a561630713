"""Meetings: which wait to be recorded, the screen of one, and what it came to."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from admissions import letters, meetings, procedure, workflow
from admissions.choices import Body
from admissions.forms.meetings import MeetingForm, ResultForm, sent_results
from admissions.history import describe_since
from admissions.models import Dossier, Meeting
from admissions.rules import deadlines, working_days
from admissions.workflow.acts.guards import STEP_OF
from branches.models import Organisation, within_scope
from branches.request import UserRequest
from notation.dates import today
from notation.numbers import width_percent
from notation.stale import with_texts

PAGE = 30


def list_meetings(request: UserRequest) -> HttpResponse:
    """Meetings that have dossiers to take, and those recorded, the latest first."""
    due = sorted(
        meetings.meetings_due(request.user, today()),
        key=lambda row: (list(Body).index(row[1]), row[0].parent and row[0].parent.sort_key, row[0].sort_key),
    )
    held = Meeting.objects.filter(within_scope(request.user.scope(), "unit__")).select_related(
        "unit__parent", "by"
    )
    page = Paginator(held.prefetch_related("votes"), PAGE).get_page(request.GET.get("trang"))
    context = {"due": [(unit, body, Body(body).label, n) for unit, body, n in due], "page": page, "query": ""}
    return render(request, "admissions/meetings.html", context)


def show_meeting(request: UserRequest, pk: int) -> HttpResponse:
    """One meeting as it was recorded."""
    held = Meeting.objects.filter(within_scope(request.user.scope(), "unit__")).select_related("unit", "by")
    meeting = get_object_or_404(held, pk=pk)
    votes = list(meeting.votes.select_related("dossier__candidate", "dossier__branch"))
    votes.sort(key=lambda vote: vote.dossier.candidate.sort_key)
    rows = [(vote, _rule(vote).arithmetic(vote.agree, vote.base), _letter(vote)) for vote in votes]
    return render(request, "admissions/meeting.html", {"meeting": meeting, "rows": rows})


def _letter(vote):
    """The document that sets this vote down, "" when it made none."""
    code = procedure.version_of(vote.dossier).paper_of(STEP_OF[vote.body, vote.purpose])
    return code if vote.passed and code in letters.KINDS else ""


def _rule(vote):
    return meetings.vote_rule_of(vote.dossier, vote.body, vote.held_on)


def record_meeting_page(request: UserRequest, unit: int, body: str) -> HttpResponse:
    """The ballot of one meeting: look, review what was typed, or record it."""
    if body not in Body.values:
        raise Http404
    body = Body(body)
    held_by = get_object_or_404(
        Organisation.objects.filter(within_scope(request.user.scope(meetings.RIGHTS[body]))), pk=unit
    )
    if body not in meetings.bodies_of(held_by):
        raise Http404
    form = MeetingForm(held_by, body, request.POST or None)
    rows = meetings.dossiers_for_meeting(held_by, body, today())
    lines = [ResultForm(row, request.POST or None) for row in rows]
    valid = request.method == "POST" and all([form.is_valid(), *[line.is_valid() for line in lines]])
    stale = [line for line in lines if request.method == "POST" and line.is_stale]
    if stale or _tell_gone(request, form, rows):
        valid, lines = False, _shown_anew(request, stale, rows)
    if valid:
        results = [line.result(form.cleaned_data["present"]) for line in lines if line.taken_up]
        if "xem" not in request.POST:
            try:
                meeting = meetings.record_meeting(
                    held_by, body, results, by=request.user, **form.cleaned_data
                )
            except meetings.MeetingRefused as refusal:
                _refused(form, lines, refusal)
            else:
                words = _("Đã ghi biểu quyết %(n)d hồ sơ.") % {"n": len(results)}
                messages.success(request, words)
                return redirect("admissions:meeting", meeting.pk)
    return _screen(request, held_by, body, form, lines, valid)


def _tell_gone(request, form, rows):
    """Say at the form which dossiers got a result here that no longer wait for this meeting; whether there are any."""
    here = {row.pk for row in rows}
    gone = [pk for pk in sent_results(request.POST) if pk not in here]
    for row in Dossier.objects.for_user(request.user).filter(pk__in=gone).select_related("candidate"):
        words = _(
            "%(number)s %(name)s không còn chờ cuộc họp này (%(state)s); kết quả nhập cho hồ sơ này chưa ghi."
        )
        facts = {"number": row.number, "name": row.candidate.full_name, "state": row.state_words}
        form.add_error(None, words % facts)
    return bool(gone)


def _shown_anew(request, stale, rows):
    """The lines with what was typed; those of `stale` say what happened to their dossiers meanwhile."""
    versions = {f"d{line.dossier.pk}-version": str(line.dossier.version) for line in stale}
    lines = [ResultForm(row, with_texts(request.POST, {}, **versions)) for row in rows]
    seen = {line.dossier.pk: line.cleaned_data.get("version", -1) for line in stale}
    for line in lines:
        if line.dossier.pk in seen:
            told = [words for _event, words in describe_since(line.dossier, seen[line.dossier.pk])]
            line.add_error(None, " ".join([str(workflow.STALE), *told]))
    return lines


def _refused(form, lines, refusal):
    for name, sentences in refusal.fields.items():
        form.add_error(name if name in form.fields else None, sentences)
    for line in lines:
        for name, sentences in refusal.rows.get(line.dossier.pk, {}).items():
            name = {"exception": "reason"}.get(name, name)
            line.add_error(name if name in line.fields else None, sentences)


def _screen(request, unit, body, form, lines, valid):
    version = procedure.version_in_force(today())
    rule = version.votes[body]
    counted = form.cleaned_data if valid else {}
    base = _base(form)
    for line in lines:
        line.verdict = _verdict(line, rule, base) if valid and line.taken_up else None
    wrong = form.errors or any(line.errors for line in lines)
    clock = deadlines.reckon_deadline(
        version.clock("decision"), today(), working_days.load_calendar(), today()
    )
    context = {
        "unit": unit,
        "body": body,
        "label": Body(body).label,
        "form": form,
        "lines": lines,
        "rule": rule,
        "base": base,
        "needed": rule.needed(base) if base else None,
        "tick": width_percent(rule.needed(base), base)
        if base
        else width_percent(rule.numerator, rule.denominator),
        "absent": base - counted["present"] if valid else None,
        "clock": clock if body == Body.BRANCH else None,
        "wrong": wrong,
        "reviewed": valid and "xem" in request.POST,
        "version": version,
        "decimal": get_format("DECIMAL_SEPARATOR"),
    }
    return render(request, "admissions/ballot.html", context, status=422 if wrong else 200)


def _base(form):
    """The denominator as far as it can be said: from what was typed, else from the last meeting."""
    values = [form[name].value() for name in ("members", "away", "exempt") if name in form.fields]
    numbers = [int(value) if str(value or "").isdecimal() else 0 for value in values]
    return max(0, numbers[0] - sum(numbers[1:]))


def _verdict(line, rule, base):
    """What a line comes to, in the words of the page; None where no votes were counted."""
    agree = line.cleaned_data.get("agree")
    if agree is None or not base:
        return None
    return {
        "arithmetic": rule.arithmetic(agree, base),
        "passed": rule.passes(agree, base),
        "percent": agree * 100 / base,
    }
