"""The source lists of a unit on any day, what its branches propose, and who helps the people on them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.choices import Proposal
from admissions.forms.opinions import OpinionsForm
from admissions.models import Dossier, Event
from admissions.rules import helping
from admissions.rules.as_corrected import amend_events
from admissions.sources import remarks
from admissions.sources.errands import proposals_waiting
from admissions.sources.opinions import answer_proposals
from branches.models import Organisation
from branches.request import UserRequest
from notation.dates import dmy, parse_date, today
from notation.numbers import format_number
from notation.vietnamese import fold
from reports import links
from reports.closing import year_reading
from reports.closing.year_reading import closing_ending_on
from reports.pages import sources, sources_closed
from reports.pages.dashboard import name_of_total
from reports.pages.sources_lead import lead_of_sources, needs_attention
from reports.periods import year_period
from reports.quotas import behind
from reports.views.request import asked_closing, asked_page, asked_period, asked_unit, breadcrumbs, shown_unit

NAMED = 6
"""How many units a sentence names."""
MARKS = {
    Proposal.LISTING: "half",
    Proposal.CLASS: "wait",
    Proposal.PROCEDURE: "ok",
    Proposal.REMOVAL: "no",
}
"""The shape before each proposal."""


def show_sources(request: UserRequest) -> HttpResponse:
    """The lists of a unit; GET reads, the answers to proposals go to `answer_proposals_page`."""
    return _show(request, shown_unit(request))


@require_POST
def answer_proposals_page(request: UserRequest) -> HttpResponse:
    """Record the base committee's answers: each for itself, those refused are shown again with their reasons."""
    unit = asked_unit(request)
    if not request.user.may(Permission.BASE_WORK, unit):
        raise PermissionDenied
    form = OpinionsForm(proposals_waiting(request.user, unit), request.POST)
    if not form.is_valid():
        return _show(request, unit, form)
    facts = {"on": form.cleaned_data["on"], "number": form.cleaned_data["number"]}
    opinions = answer_proposals(form.answers(), by=request.user, **facts)
    if opinions.recorded:
        words = _("Đã ghi %(n)s ý kiến.") % {"n": format_number(len(opinions.recorded))}
        messages.success(request, words)
    if not opinions.refused:
        if not opinions.recorded:
            messages.info(request, _("Chưa ghi ý kiến nào."))
        return redirect(links.source_list_url(unit))
    waiting = list(proposals_waiting(request.user, unit))
    again = OpinionsForm(waiting, _with_versions(request.POST, waiting))
    again.is_valid()
    for row in waiting:
        for sentence in opinions.refused.get(row.pk, ()):
            again.add_error(f"answer-{row.pk}", f"{row.candidate.full_name}: {sentence}")
    return _show(request, unit, again)


def _with_versions(typed, waiting):
    """What was typed, against the dossiers as they stand now: their reader has been told what changed."""
    return typed.dict() | {f"version-{row.pk}": str(row.version) for row in waiting}


def _show(request, unit, form=None):
    day, typed = _asked_day(request)
    page = sources.read_sources(request.user, unit, day)
    only = request.GET.get("loc", "")
    try:
        people = sources.filter_people(page, only)
    except KeyError as error:
        raise Http404 from error
    shown = asked_page(request, people)
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, year_period(day.year), _list_of),
        "page": page,
        "tab_query": f"?don-vi={unit.pk}",
        "typed": typed,
        "months": [(end, links.source_list_url(unit, end), now) for end, now in sources.months_near(day)],
        "lead": lead_of_sources(page),
        "only": only,
        "shown": shown,
        "whole": name_of_total(unit),
        "assigned_alone": {behind.ASSIGNED},
        "blocks": _blocks(page, shown, only),
        "closing": closing_ending_on(day),
        "kept_url": page.kept.url("") if page.kept else "",
        "waiting_for_class": page.count("cho-lop"),
        "short_words": _short_words(page),
        "form": None,
        "proposals": [],
        "helpers_url": "",
    }
    context |= _counts(page)
    if day == today():
        context |= _of_today(request, unit, page, form)
    return render(request, "reports/sources.html", context, status=422 if form and form.errors else 200)


def _counts(page):
    """The groups and the introducing organisations, with what a closing kept of their numbers."""
    kept = page.kept
    groups, group_notes = sources_closed.note_counts(
        kept, sources.count_groups(page), kept.groups if kept else {}
    )
    introducers, introducer_notes = sources_closed.note_counts(
        kept, sources.count_introducers(page), kept.introducers if kept else {}
    )
    return {
        "groups": groups,
        "group_notes": group_notes,
        "introducers": introducers,
        "introducer_notes": introducer_notes,
    }


def list_closed_sources(request: UserRequest) -> HttpResponse:
    """The people behind a number of a source list at the end of a closed quarter, as its closing kept them."""
    unit, period, only = asked_unit(request), asked_period(request), request.GET.get("loc", "")
    closing = asked_closing(request, period.first.year, period.number) if period.is_quarter else None
    if closing is None or not year_reading.keeps_year(closing):
        raise Http404
    try:
        rows = sources_closed.list_kept_sources(sources_closed.KeptSources(unit, closing), only)
    except KeyError as error:
        raise Http404 from error
    heading = {
        "title": _("Danh sách cảm tình Đảng"),
        "back": links.source_list_url(unit, period.last),
        "back_words": _("Danh sách cảm tình Đảng"),
        "column": _("Vào danh sách, lớp nhận thức"),
        "returns": False,
    }
    context = {"unit": unit, "period": period, "closing": closing, "heading": heading}
    return render(request, "reports/closing_lines.html", context | {"page": asked_page(request, rows)})


def _list_of(unit: Organisation, _period: Any) -> str:
    return links.source_list_url(unit)


def _asked_day(request) -> tuple[date, Mapping[str, str]]:
    """(the day of `ngay`, the field as typed with what is wrong); today without one, and for one still to come."""
    text = request.GET.get("ngay", "").strip()
    if not text:
        return today(), {"day": "", "problem": ""}
    try:
        day = parse_date(text)
    except ValueError as error:
        return today(), {"day": text, "problem": str(error)}
    if day > today():
        words = _("%(day)s chưa tới; hôm nay là %(today)s.")
        return today(), {"day": text, "problem": words % {"day": dmy(day), "today": dmy(today())}}
    return day, {"day": dmy(day), "problem": ""}


def _blocks(page, shown, only):
    """[(branch, its line, [(number, person)])] of this page of the list; a whole list names branches with nobody."""
    by_branch: dict[Organisation, list] = {}
    for number, person in enumerate(shown, start=shown.start_index()):
        by_branch.setdefault(person.branch, []).append((number, person))
    lines = {line.unit.pk: line for top in (page.total, *page.rows) for line in (top, *top.below)}
    if not only and not shown.has_other_pages() and page.unit.tier in sources.BELOW:
        by_branch |= {line.unit: by_branch.get(line.unit, []) for line in page.rows}
        order = {line.unit.pk: place for place, line in enumerate(page.rows)}
        by_branch = dict(sorted(by_branch.items(), key=lambda item: order.get(item[0].pk, len(order))))
    return [(branch, lines.get(branch.pk), people) for branch, people in by_branch.items()]


def _short_words(page):
    """ "Xuân Chiếm 1, Trường THCS 1": where people lack, a few of them by name."""
    named = ", ".join(f"{line.unit.short_name} {format_number(line.lack)}" for line in page.short[:NAMED])
    more = len(page.short) - NAMED
    return (
        _("%(names)s và %(n)s đơn vị khác") % {"names": named, "n": format_number(more)}
        if more > 0
        else named
    )


def _of_today(request, unit, page, form):
    """What only today's page has: the proposals that wait, and what needs attention."""
    own = unit.tier in sources.BELOW
    waiting = [person for person in page.people if person.proposed and own]
    form = form or OpinionsForm([person.dossier for person in waiting])
    told = _told_of_proposals(waiting)
    helped = remarks.list_helped(request.user, unit)
    known = {row.pk for row in form.dossiers}
    return {
        "form": form,
        "marks": MARKS,
        "may_answer": own and request.user.may(Permission.BASE_WORK, unit),
        "proposals": [
            (person, told.get(person.dossier.pk, {}), form.fields_of(person.dossier))
            for person in waiting
            if person.dossier.pk in known
        ],
        "attention": needs_attention(page, helped, remarks.list_helpers(request.user, helped)),
        "helpers_url": links.helpers_url(unit),
    }


def _told_of_proposals(people):
    """{primary key of a dossier: the facts of its proposal}: the branch's resolution and its reason."""
    rows = Event.objects.filter(dossier__in=[person.dossier.pk for person in people]).order_by(
        "dossier", "no"
    )
    by_dossier: dict[int, list[Event]] = {}
    for event in rows:
        by_dossier.setdefault(event.dossier_id, []).append(event)
    return {
        pk: {"number": "", "reason": ""}
        | next(
            (event.facts for event in reversed(amend_events(events)) if event.action == "propose_source"), {}
        )
        for pk, events in by_dossier.items()
    }


# Who helps

HELPER_LISTS = ("", "thieu", "nhieu", "roi")
"""The lists of helpers, as addresses name them: all, who has yet to remark, who helps many, who may have gone."""


def show_helpers(request: UserRequest) -> HttpResponse:
    """Who helps the people of a unit and how many each; `ten` one helper with whom they helped before."""
    unit = asked_unit(request)
    name, only = request.GET.get("ten", "")[:120], request.GET.get("loc", "")
    if only not in HELPER_LISTS:
        raise Http404
    helped = remarks.list_helped(request.user, unit)
    helpers = remarks.list_helpers(request.user, helped)
    if name:
        helpers = [row for row in helpers if fold(row.name) == fold(name)]
    if only == "thieu":
        helpers = [row for row in helpers if row.lacking]
    elif only == "nhieu":
        helpers = [row for row in helpers if row.overloaded]
    elif only == "roi":
        helpers = [row for row in helpers if row.gone]
    before = _helped_before(request, unit, name) if name else []
    if name and not helpers and not before:
        raise Http404
    context = {
        "unit": unit,
        "crumbs": breadcrumbs(unit, request.user, year_period(today().year), _list_of),
        "list_url": links.source_list_url(unit),
        "tab_query": f"?don-vi={unit.pk}",
        "name": name,
        "only": only,
        "page": asked_page(request, helpers),
        "helped": helped,
        "lacking": [row for row in helped if row.lacks_remark(today())],
        "until": remarks.remark_period(today())[1],
        "before": before,
        "urls": {key: links.helpers_url(unit, only=key) for key in HELPER_LISTS},
    }
    return render(request, "reports/helpers.html", context)


def _helped_before(request, unit, name):
    """[(dossier, assignment)] of those whom `name` helped and no longer does, the last first."""
    changed = Event.objects.filter(action__in=helping.ASSIGNING).values("dossier")
    rows = Dossier.objects.for_user(request.user).under(unit).filter(pk__in=changed).for_list()
    told = helping.events_of_helping(rows)
    before = [
        (row, help_)
        for row in rows
        for help_ in helping.helpers_over_time(row, told[row.pk])[:-1]
        if fold(help_.name) == fold(name)
    ]
    return sorted(before, key=lambda pair: pair[1].until, reverse=True)
