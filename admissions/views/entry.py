"""Entering a dossier, and correcting one."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions import procedure, workflow
from admissions.exceptions import Refused, Stale
from admissions.forms.arrivals import ArrivalForm
from admissions.forms.base import add_refusal
from admissions.forms.entry import EntryForm
from admissions.forms.since import take_out_corrections
from admissions.forms.stale import tell_differences, tell_stale
from admissions.history import describe_event, events_since, tell_author
from admissions.models import Candidate, Dossier
from admissions.rules import conditions, duplicates
from admissions.states import ENDED, State
from admissions.views.request import asked_dossier, seen_version
from branches.request import UserRequest
from notation.births import parse_birth
from notation.dates import today
from notation.stale import merge_texts, pack_read, typed_texts, unpack_read, with_texts
from notation.vietnamese import clean, clean_name


def new_dossier_page(request: UserRequest) -> HttpResponse:
    if not request.user.may(Permission.ENTER):
        raise PermissionDenied
    if request.htmx and request.method == "POST":
        return _twins(request)
    dossier = _of_someone_known(request) if "tu" in request.GET else Dossier()
    person = dossier.candidate if dossier.previous else Candidate()
    form = EntryForm(request.POST or None, instance=person, user=request.user, dossier=dossier)
    if request.method == "POST":
        seen = seen_version(request.POST) if dossier.previous else None
        if seen not in (None, person.version):
            return _show_stale(request, _of_someone_known(request))
        if form.is_valid():
            stop = _stop_at_twins(request, form)
            if stop and not stop.confirmed:
                return _show(request, form, dossier, stop=stop)
            try:
                with transaction.atomic():
                    workflow.enter_dossier(form.instance, dossier, by=request.user, seen=seen)
                    workflow.tell_apart(form.instance, stop.inside if stop else (), by=request.user)
            except Stale:
                return _show_stale(request, _of_someone_known(request))
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                words = _("Đã ghi hồ sơ %(number)s vào danh sách cảm tình Đảng.")
                return _saved(request, form, dossier, words)
    return _show(request, form, dossier)


def new_arrival_page(request: UserRequest) -> HttpResponse:
    """Someone who comes from another district or province with resolutions, a decision, or on probation."""
    if not (request.user.may(Permission.ENTER) and request.user.may(Permission.APPRAISE)):
        raise PermissionDenied
    dossier = _of_someone_back(request) if "tu" in request.GET else Dossier()
    person = dossier.candidate if dossier.previous else Candidate()
    form = ArrivalForm(request.POST or None, instance=person, user=request.user, dossier=dossier)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.take_up_arrival(form.instance, dossier, form.arrival(), by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return _saved(request, form, dossier, _("Đã nhận người chuyển đến, hồ sơ %(number)s."))
    return _show(request, form, dossier)


def _of_someone_back(request):
    """The start of a dossier of someone who had moved away, whose dossier `tu` names, in scope."""
    before = _named_dossier(request)
    if before.state != State.TRANSFERRED:
        raise Http404
    copied = ("branch", "introduction", "introducer", "second_introducer", "helper", "kept_at")
    start = {name: getattr(before, name) for name in copied}
    return Dossier(candidate=before.candidate, previous=before, readmission=before.readmission, **start)


def _of_someone_known(request):
    """The start of another dossier of the person whose dossier `tu` names, in scope; 404 when there can be none."""
    try:
        return workflow.start_again(_named_dossier(request))
    except Refused as refusal:
        raise Http404 from refusal


def _named_dossier(request):
    """The dossier that `tu` names, in scope, where no later one of the person begins at it; 404 otherwise."""
    year, _slash, serial = request.GET["tu"].partition("/")
    if not (year.isdecimal() and serial.isdecimal() and len(year) < 5 and len(serial) < 8):
        raise Http404
    before = asked_dossier(request, int(year), int(serial))
    if before.later.exists():
        raise Http404
    return before


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
            stop = _stop_at_twins(request, form) if {"full_name", "born_on"} & {*form.changed_data} else None
            if stop and not stop.confirmed:
                return _show(request, form, dossier, stop=stop)
            why = form.cleaned_data.get("exception", "")
            wrong = take_out_corrections(form, form.instance, dossier)
            asked = dict(parse_qsl(wrong, True))
            changed = {name: pair for name, pair in form.changes().items() if name not in asked}
            facts = {"by": request.user, "changed": changed, "seen": seen, "exception": why}
            try:
                with transaction.atomic():
                    if changed or not wrong:
                        workflow.edit_dossier(form.instance, dossier, **facts)
                    workflow.tell_apart(form.instance, stop.inside if stop else (), by=request.user)
            except Stale:
                return _show_stale(request, asked_dossier(request, year, serial))
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                if wrong:
                    return _to_be_corrected(request, dossier, wrong, saved=bool(changed))
                return _saved(request, form, dossier, _("Đã sửa hồ sơ %(number)s."))
    return _show(request, form, dossier)


def _to_be_corrected(request, dossier, query, *, saved):
    """On to the check page with what was typed: the rest is saved."""
    if saved:
        messages.success(request, _("Đã sửa hồ sơ %(number)s.") % {"number": dossier.number})
    messages.warning(
        request, _("Ô báo cáo đã tính chưa sửa: xem những gì đổi theo, ghi lý do rồi đề nghị sửa.")
    )
    return redirect(f"{reverse('admissions:correct_facts', args=[dossier.year, dossier.serial])}?{query}")


@dataclass(frozen=True)
class Stop:
    """Why a form stops once before it is saved: people with the same name and date of birth.

    `dossiers` are those that the reader may see, `inside` their people; `elsewhere` says that others stand outside the
    scope, of whom no more is told. `token` is sent with the button that goes on.
    """

    dossiers: list[Dossier]
    inside: list[Candidate]
    elsewhere: bool
    token: str
    confirmed: bool


def _stop_at_twins(request, form):
    """The `Stop` of a valid form, None without one; the form then has an error unless it was confirmed."""
    twins = duplicates.near_certain(form.instance)
    if not twins:
        return None
    rows = Dossier.objects.for_user(request.user, Permission.ENTER).filter(candidate__in=twins).for_list()
    dossiers = list({row.candidate_id: row for row in rows.order_by("year", "serial")}.values())
    inside = [row.candidate for row in dossiers]
    key = f"{form.instance.full_name} {form.instance.birth} {[twin.pk for twin in twins]}"
    token = salted_hmac(__name__, key).hexdigest()
    confirmed = request.POST.get("khac") == token
    if not confirmed:
        numbers = ", ".join(row.number for row in dossiers)
        words = _("Trùng họ tên và ngày sinh với hồ sơ %(numbers)s. Chưa lưu.") % {"numbers": numbers}
        unseen = _("Người này có thể đã có trong sổ, ở đơn vị khác; ban tổ chức cấp trên sẽ xem. Chưa lưu.")
        form.add_error("full_name", words if dossiers else unseen)
    return Stop(dossiers, inside, len(inside) < len(twins), token, confirmed)


def _show_stale(request, dossier):
    """The form with what was typed and what somebody else wrote meanwhile, as `dossier` stands now."""
    about = {"instance": dossier.person, "user": request.user, "dossier": dossier}
    now = EntryForm(**about).standing
    merge = merge_texts(typed_texts(request.POST, now), unpack_read(request.POST), now)
    version = dossier.version if dossier.pk else dossier.candidate.version
    typed = with_texts(request.POST, merge.texts, version=str(version), read=pack_read(now))
    form = EntryForm(typed, **about)
    tell_stale(form)
    events = events_since(dossier, seen_version(request.POST)) if dossier.pk else []
    tell_differences(form, merge, lambda name: tell_author(events, name) or _("Người khác"))
    return _show(request, form, dossier, [(event, describe_event(event)) for event in events])


def _saved(request, form, dossier, words):
    messages.success(request, words % {"number": dossier.number})
    for warning in form.warnings():
        messages.warning(request, warning)
    return redirect(dossier)


def _show(request, form, dossier, since=(), stop=None):
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
    arriving, checks = isinstance(form, ArrivalForm), []
    if not arriving and person.born_on and person.education:
        dossier.candidate = person
        checks = conditions.check_conditions(dossier, max(today(), dossier.branch_resolved_on or today()))
    names = (
        Dossier.objects.for_user(request.user).order_by("helper").values_list("helper", flat=True).distinct()
    )
    context = {
        "form": form,
        "dossier": dossier if dossier.pk else None,
        "arriving": arriving,
        "twins": twins,
        "checks": checks,
        "since": since,
        "stop": stop,
        "ended": dossier.state in ENDED,
        "known_members": names[:500],
        "version": procedure.version_in_force(today()),
    }
    return render(request, "admissions/entry.html", context, status=422 if form.errors else 200)


def _twins(request):
    """The panel of possible duplicates alone, as the name or the date of birth is typed; sent, so in no address."""
    name = clean_name(request.POST.get("full_name", ""))
    if not name:
        raise Http404
    try:
        born_on = parse_birth(request.POST.get("born_on", "")).on
    except ValueError:
        born_on = None
    twins = duplicates.find_duplicates(
        request.user,
        full_name=name,
        born_on=born_on,
        home_place=clean(request.POST.get("home_place", "")),
    )
    return render(request, "admissions/_twins.html", {"twins": twins})
