"""The table of a dossier's papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions import workflow
from admissions.exceptions import Refused, Stale
from admissions.forms.acts import paper_lines, standing_texts
from admissions.forms.stale import tell_differences
from admissions.history import describe_since, tell_author
from admissions.rules import required_papers
from admissions.views.request import asked_dossier, pager_of, seen_version
from admissions.workflow import act_papers
from branches.request import UserRequest
from notation.stale import merge_texts, pack_read, typed_texts, unpack_read, with_texts


def record_papers_page(request: UserRequest, year: int, serial: int) -> HttpResponse:
    """The table of papers: which are there, their numbers and dates."""
    dossier = asked_dossier(request, year, serial)
    if not request.user.may(Permission.ENTER, dossier.branch):
        raise PermissionDenied
    pager = pager_of(request, dossier)
    if request.method != "POST":
        return _show_papers(request, dossier, _lines_of(dossier))
    seen = seen_version(request.POST)
    if seen != dossier.version:
        return _show_stale_papers(request, dossier)
    lines = _lines_of(dossier, request.POST)
    if all([line.is_valid() for line in lines]):
        rows = {line.code: line.cleaned_data for line in lines if line.has_changed()}
        try:
            workflow.record_papers(dossier, rows, by=request.user, seen=seen)
        except Stale:
            return _show_stale_papers(request, asked_dossier(request, year, serial))
        except Refused as refusal:
            errors = _errors_by_paper(refusal)
            for line in lines:
                for message in errors.get(line.code, ()):
                    line.add_error("dated_on", message)
            return _show_papers(request, dossier, lines, errors.get(None, ()))
        messages.success(request, _("Đã ghi giấy tờ của hồ sơ %(number)s.") % {"number": dossier.number})
        return redirect(dossier.get_absolute_url() + pager.after_act)
    return _show_papers(request, dossier, lines)


def _lines_of(dossier, data=None):
    """The lines of the table: a paper that an act brings follows the act, of it only the note is typed."""
    phases = required_papers.phases_of(dossier)
    required = [row for row in required_papers.required_papers(dossier, *phases) if row.applies]
    made = act_papers.papers_made(dossier, dossier.events.all())
    return paper_lines(required, data, of_acts=act_papers.papers_of_acts(dossier), made=made)


def _show_stale_papers(request, dossier):
    """The table with what was typed and what somebody else wrote meanwhile, as `dossier` stands now."""
    seen, now = seen_version(request.POST), standing_texts(_lines_of(dossier))
    merge = merge_texts(typed_texts(request.POST, now), unpack_read(request.POST), now)
    lines = _lines_of(dossier, with_texts(request.POST, merge.texts, read=pack_read(now)))
    since = describe_since(dossier, seen)
    events = [event for event, _words in since]
    for line in lines:
        author = tell_author(events, line.code) or _("Người khác")
        tell_differences(line, merge, lambda _name, author=author: author)
    return _show_papers(request, dossier, lines, [workflow.STALE], since)


def _show_papers(request, dossier, lines, problems=(), since=()):
    wrong = [line for line in lines if line.errors]
    context = {
        "dossier": dossier,
        "pager": pager_of(request, dossier),
        "lines": lines,
        "wrong": wrong,
        "problems": problems,
        "since": since,
        "read": pack_read(standing_texts(lines)),
    }
    return render(request, "admissions/papers.html", context, status=422 if wrong or problems else 200)


def _errors_by_paper(refusal: Refused) -> dict[str | None, list[str]]:
    """{code of a paper: sentences}; under None what concerns the whole table."""
    if hasattr(refusal, "error_dict"):
        return dict(refusal.message_dict.items())
    return {None: refusal.messages}
