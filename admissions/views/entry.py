"""Entering a dossier, and correcting one."""

from urllib.parse import parse_qsl

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions import procedure, workflow
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.entry import EntryForm
from admissions.forms.since import take_out_corrections
from admissions.models import Candidate, Dossier
from admissions.rules import conditions, duplicates
from admissions.views.request import asked_dossier
from branches.request import UserRequest
from notation.dates import today


def new_dossier_page(request: UserRequest) -> HttpResponse:
    if not request.user.may(Permission.ENTER):
        raise PermissionDenied
    if request.htmx and request.method == "GET":
        return _twins(request)
    dossier = _of_someone_known(request) if "tu" in request.GET else Dossier()
    person = dossier.candidate if dossier.previous else Candidate()
    form = EntryForm(request.POST or None, instance=person, user=request.user, dossier=dossier)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.enter_dossier(form.instance, dossier, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return _saved(request, form, dossier, _("Đã ghi hồ sơ %(number)s vào danh sách cảm tình Đảng."))
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
    form = EntryForm(request.POST or None, instance=dossier.candidate, user=request.user, dossier=dossier)
    if request.method == "POST" and form.is_valid():
        dossier.version = form.cleaned_data["version"]
        try:
            why = form.cleaned_data.get("exception", "")
            wrong = take_out_corrections(form, form.instance, dossier)
            changed = {
                name: pair
                for name, pair in form.changes().items()
                if name not in dict(parse_qsl(wrong, True))
            }
            if changed or not wrong:
                workflow.edit_dossier(form.instance, dossier, by=request.user, changed=changed, exception=why)
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


def _saved(request, form, dossier, words):
    messages.success(request, words % {"number": dossier.number})
    for warning in form.warnings():
        messages.warning(request, warning)
    return redirect(dossier)


def _show(request, form, dossier):
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
