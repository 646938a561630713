"""Entering a dossier, and correcting one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions import procedure, workflow
from admissions.exceptions import Refused, Stale
from admissions.forms.base import add_refusal
from admissions.forms.entry import EntryForm
from admissions.forms.stale import tell_differences
from admissions.history import describe_event, events_since, tell_author
from admissions.models import Candidate, Dossier
from admissions.rules import conditions, duplicates
from admissions.states import ENDED
from admissions.views.request import asked_dossier, seen_version
from branches.request import UserRequest
from notation.dates import today
from notation.stale import merge_texts, pack_read, typed_texts, unpack_read, with_texts


def new_dossier_page(request: UserRequest) -> HttpResponse:
    if not request.user.may(Permission.ENTER):
        raise PermissionDenied
    if request.htmx and request.method == "GET":
        return _twins(request)
    dossier = _of_someone_known(request) if "tu" in request.GET else Dossier()
    person = dossier.candidate if dossier.previous else Candidate()
    form = EntryForm(request.POST or None, instance=person, user=request.user, dossier=dossier)
    if request.method == "POST":
        seen = seen_version(request.POST) if dossier.previous else None
        if seen not in (None, person.version):
            return _show_stale(request, _of_someone_known(request))
        if form.is_valid():
            try:
                workflow.enter_dossier(form.instance, dossier, by=request.user, seen=seen)
            except Stale:
                return _show_stale(request, _of_someone_known(request))
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                words = _("Đã ghi hồ sơ %(number)s vào danh sách cảm tình Đảng.")
                return _saved(request, form, dossier, words)
    return _show(request, form, dossier)


def _of_someone_known(request):
    """The start of another dossier of the person whose dossier `tu` names, in scope; 404 when there can be none."""
    year, _slash, serial = request.GET["tu"].partition("/")
    if not (year.isdecimal() and serial.isdecimal() and len(year) < 5 and len(serial) < 8):
        raise Http404
    before = asked_dossier(request, int(year), int(serial))
    if before.later.exists():
        raise Http404
    try:
        return workflow.start_again(before)
    except Refused as refusal:
        raise Http404 from refusal


def edit_dossier_page(request: UserRequest, year: int, serial: int) -> HttpResponse:
    dossier = asked_dossier(request, year, serial)
    if not request.user.may(Permission.ENTER, dossier.branch):
        raise PermissionDenied
    form = EntryForm(request.POST or None, instance=dossier.person, user=request.user, dossier=dossier)
    if request.method == "POST":
        seen = seen_version(request.POST)
        if seen != dossier.version:
            return _show_stale(request, dossier)
        if form.is_valid():
            why = form.cleaned_data.get("exception", "")
            facts = {"by": request.user, "changed": form.changes(), "seen": seen, "exception": why}
            try:
                workflow.edit_dossier(form.instance, dossier, **facts)
            except Stale:
                return _show_stale(request, asked_dossier(request, year, serial))
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                return _saved(request, form, dossier, _("Đã sửa hồ sơ %(number)s."))
    return _show(request, form, dossier)


def _show_stale(request, dossier):
    """The form with what was typed and what somebody else wrote meanwhile, as `dossier` stands now."""
    about = {"instance": dossier.person, "user": request.user, "dossier": dossier}
    now = EntryForm(**about).standing
    merge = merge_texts(typed_texts(request.POST, now), unpack_read(request.POST), now)
    version = dossier.version if dossier.pk else dossier.candidate.version
    typed = with_texts(request.POST, merge.texts, version=str(version), read=pack_read(now))
    form = EntryForm(typed, **about)
    form.add_error(None, workflow.STALE)
    events = events_since(dossier, seen_version(request.POST)) if dossier.pk else []
    tell_differences(form, merge, lambda name: tell_author(events, name) or _("Người khác"))
    return _show(request, form, dossier, [(event, describe_event(event)) for event in events])


def _saved(request, form, dossier, words):
    messages.success(request, words % {"number": dossier.number})
    for warning in form.warnings():
        messages.warning(request, warning)
    return redirect(dossier)


def _show(request, form, dossier, since=()):
    person = form.instance
    twins = []
    if person.full_name:
        twins = duplicates.find_duplicates(
            request.user,
            full_name=person.full_name,
            born_on=person.born_on,
            citizen_id=person.citizen_id,
            home_place=person.home_place,
            but=person if person.pk else None,
        )
    checks = []
    if person.born_on and person.education:
        dossier.candidate = person
        checks = conditions.check_conditions(dossier, max(today(), dossier.branch_resolved_on or today()))
    names = (
        Dossier.objects.for_user(request.user).order_by("helper").values_list("helper", flat=True).distinct()
    )
    context = {
        "form": form,
        "dossier": dossier if dossier.pk else None,
        "twins": twins,
        "checks": checks,
        "since": since,
        "ended": dossier.state in ENDED,
        "known_members": names[:500],
        "version": procedure.version_in_force(today()),
    }
    return render(request, "admissions/entry.html", context, status=422 if form.errors else 200)


def _twins(request):
    """The panel of possible duplicates alone, as the name or the date of birth is typed."""
    form = EntryForm(request.GET, instance=Candidate(), user=request.user, dossier=Dossier())
    form.is_valid()
    data = form.cleaned_data
    if "full_name" not in data:
        raise Http404
    twins = duplicates.find_duplicates(
        request.user,
        full_name=data["full_name"],
        born_on=data.get("born_on"),
        citizen_id=data.get("citizen_id", ""),
        home_place=data.get("home_place", ""),
    )
    return render(request, "admissions/_twins.html", {"twins": twins})
