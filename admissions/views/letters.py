"""Statutory documents of a dossier: what goes into one, what is missing, and the Word file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import Activity
from admissions import letters, procedure
from admissions.catalogues import templates
from admissions.exceptions import Refused
from admissions.letters.word import CONTENT_TYPE
from admissions.views.request import asked_dossier
from branches.request import UserRequest


def make_letter(request: UserRequest, year: int, serial: int, kind: str) -> HttpResponse:
    """Look at what a document will say; POST makes the file, of the district's own template where there is one."""
    dossier = asked_dossier(request, year, serial)
    if kind not in letters.available_letters(dossier):
        raise Http404
    title, refusals = letters.title_of(kind, procedure.version_of(dossier)), []
    if request.method == "POST":
        try:
            data = letters.render_letter(kind, dossier, _own_template(kind, dossier))
        except Refused as refusal:
            refusals = refusal.messages
        else:
            words = _("%(number)s: %(title)s") % {"number": dossier.number, "title": title}
            letters.note_made_letter(kind, dossier, request.user)
            Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=words[:200])
            name = f"{kind}-{dossier.year}-{dossier.serial:04d}.docx"
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return HttpResponse(data, content_type=CONTENT_TYPE, headers=headers)
    layout = letters.layout_for(letters.date_of_letter(kind, dossier))
    values = letters.letter_context(kind, dossier)
    context = {
        "dossier": dossier,
        "kind": kind,
        "title": title,
        "missing": letters.missing_values(kind, dossier),
        "values": [
            (label, values[name]) for name, label in letters.LABELS.items() if values.get(name, "").strip()
        ],
        "layout": layout,
        "own": templates.own_template(kind, layout.key),
        "refusals": refusals,
    }
    return render(request, "admissions/letter.html", context, status=422 if refusals else 200)


def _own_template(kind, dossier):
    layout = letters.layout_for(letters.date_of_letter(kind, dossier)).key
    return templates.own_bytes(kind, layout)
