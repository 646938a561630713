"""Meetings: which wait to be recorded, the screen of one, a look before it is recorded, and what it came to."""

from itertools import groupby

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
from admissions.procedure.wording import exclusions_in_words
from admissions.rules import deadlines, working_days
from admissions.workflow import ACTS
from admissions.workflow.acts.guards import STEP_OF
from branches.models import Organisation, within_scope
from branches.request import UserRequest
from notation.dates import today
from notation.numbers import width_percent
from notation.stale import with_texts

PAGE = 30
ORDER = (Body.STANDING, Body.BASE, Body.BRANCH)
"""How meetings that are due stand on the page: who has most dossiers first."""
OUTCOMES = ("passed", "failed", *(action for action, act in ACTS.items() if act.puts_off))
"""What a meeting may come to on a dossier, in the order of the page."""


def list_meetings(request: UserRequest) -> HttpResponse:
    """Meetings that have dossiers to take, those of branches by base organisation, and those recorded."""
    due = meetings.meetings_due(request.user, today())
    above = [
        (unit, body, meetings.name_meeting_body(unit, body, today()), n)
        for unit, body, n in sorted(due, key=lambda row: (ORDER.index(row[1]), row[0].sort_key))
        if body != Body.BRANCH
    ]
    branches = sorted(
        ((unit.base_organisation, unit, n) for unit, body, n in due if body == Body.BRANCH),
        key=lambda row: (row[0].place_in_tables, row[0].pk, row[1].place_in_tables),
    )
    groups = [(base, list(rows)) for base, rows in groupby(branches, key=lambda row: row[0])]
    held = Meeting.objects.filter(within_scope(request.user.scope(), "unit__")).select_related("unit")
    page = Paginator(held, PAGE).get_page(request.GET.get("trang"))
    taken = meetings.count_taken_up(page)
    context = {
        "above": above,
        "groups": [(base, [row[1:] for row in rows], sum(row[2] for row in rows)) for base, rows in groups],
        "page": page,
        "held": [(meeting, taken[meeting.pk]) for meeting in page],
        "query": "",
    }
    return render(request, "admissions/meetings.html", context)


def show_meeting(request: UserRequest, pk: int) -> HttpResponse:
    """One meeting as it was recorded: every dossier that it took up, as minutes when printed."""
    held = Meeting.objects.filter(within_scope(request.user.scope(), "unit__"))
    meeting = get_object_or_404(held.select_related("unit__parent", "by"), pk=pk)
    taken = meetings.dossiers_taken_up(meeting)
    context = {
        "meeting": meeting,
        "body": meetings.name_meeting_body(meeting.unit, Body(meeting.body), meeting.held_on),
        "rows": [(row, _outcome(row), _letter(row.vote)) for row in taken],
        "passed_over": meetings.numbers_passed_over(meeting, taken),
    }
    return render(request, "admissions/meeting.html", context)


def _outcome(row):
    """(mark, words) of what a meeting came to on a dossier."""
    if row.act:
        return ("hold" if row.act == "set_aside" else "wait"), ACTS[row.act].label
    return ("ok", _("Đạt")) if row.vote.passed else ("no", _("Chưa đạt"))


def _letter(vote):
    """The document that sets this vote down, "" when it made none."""
    if vote is None:
        return ""
    code = procedure.version_of(vote.dossier).paper_of(STEP_OF[vote.body, vote.purpose])
    return code if vote.passed and code in letters.KINDS else ""


def record_meeting_page(request: UserRequest, unit: int, body: str) -> HttpResponse:
    """The ballot of one meeting: type it, look at what it would come to, or record it."""
    if body not in Body.values:
        raise Http404
    body = Body(body)
    units = Organisation.objects.filter(within_scope(request.user.scope(meetings.RIGHTS[body])))
    held_by = get_object_or_404(units.select_related("parent"), pk=unit)
    if body not in meetings.bodies_of(held_by, today()):
        raise Http404
    rows = meetings.dossiers_for_meeting(held_by, body, today())
    if not rows:
        context = {"unit": held_by, "lines": [], "heading": _heading(held_by, body)}
        return render(request, "admissions/ballot.html", context)
    form = MeetingForm(held_by, body, request.POST or None)
    lines = [ResultForm(row, request.POST or None) for row in rows]
    valid = request.method == "POST" and all([form.is_valid(), *[line.is_valid() for line in lines]])
    stale = [line for line in lines if request.method == "POST" and line.is_stale]
    if stale or _tell_gone(request, form, rows):
        valid, lines = False, _shown_anew(request, stale, rows)
    if valid and "sua" not in request.POST:
        results = [line.result(form.cleaned_data["present"]) for line in lines if line.taken_up]
        facts = {"by": request.user, **form.facts()}
        try:
            if "xem" in request.POST:
                taken = meetings.preview_meeting(held_by, body, results, **facts)
                return _check(request, held_by, body, form, lines, taken)
            meeting = meetings.record_meeting(held_by, body, results, **facts)
        except meetings.MeetingRefused as refusal:
            _refused(form, lines, refusal)
        else:
            messages.success(request, _("Đã ghi biểu quyết %(n)d hồ sơ.") % {"n": len(results)})
            return redirect("admissions:meeting", meeting.pk)
    return _screen(request, held_by, body, form, lines, valid)


def _heading(unit, body):
    return _("%(body)s họp xét") % {"body": meetings.name_meeting_body(unit, body, today())}


def _check(request, unit, body, form, lines, taken):
    """The page before a meeting is recorded: names by outcome, the numbers to be given, the limits that start."""
    calendar = working_days.load_calendar()
    groups = []
    for outcome in OUTCOMES:
        rows = [(row, _starting(row, calendar)) for row in taken if row.outcome == outcome]
        if rows:
            groups.append((*_outcome(rows[0][0]), rows))
    left = [line for line in lines if not line.taken_up]
    context = {
        "unit": unit,
        "heading": _heading(unit, body),
        "facts": form.facts(),
        "base": _base(form),
        "excluded": form.exclusion_rows(),
        "groups": groups,
        "left": left,
        "n": len(taken),
        "typed": [(name, value) for name, value in request.POST.items() if name not in HIDDEN],
    }
    return render(request, "admissions/meeting_check.html", context)


HIDDEN = ("csrfmiddlewaretoken", "form_key", "xem", "sua")
"""What a form sends beside what was typed."""


def _starting(row, calendar):
    """The limit that runs once the outcome is recorded, None where the dossier stays where it is."""
    if row.outcome != "passed":
        return None
    version = procedure.version_of(row.dossier)
    return deadlines.running_deadline(row.dossier, version, calendar, today())


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
    version, rule = procedure.version_in_force(today()), meetings.rule_of_meeting(unit, body, today())
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
        "heading": _heading(unit, body),
        "form": form,
        "lines": lines,
        "rule": rule,
        "base": base,
        "excluded": form.exclusion_rows(),
        "leaves_out": exclusions_in_words(rule),
        "needed": rule.needed(base) if base else None,
        "tick": width_percent(rule.needed(base), base)
        if base
        else width_percent(rule.numerator, rule.denominator),
        "absent": base - counted["present"] if valid else None,
        "clock": clock if body == Body.BRANCH else None,
        "wrong": wrong,
        "version": version,
        "decimal": get_format("DECIMAL_SEPARATOR"),
    }
    return render(request, "admissions/ballot.html", context, status=422 if wrong else 200)


def _base(form):
    """The denominator as far as it can be said: from what was typed, else from the last meeting."""
    values = [form["members"].value(), *(field.value() for field, _why in form.exclusion_rows())]
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
