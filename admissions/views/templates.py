"""The Word templates of the statutory documents: which are in use, and a district's own in their place."""

from collections.abc import Mapping
from io import BytesIO

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from admissions import letters
from admissions.catalogues import rights, templates
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.catalogues import TemplateForm
from admissions.letters import layouts
from admissions.letters.word import CONTENT_TYPE
from admissions.models import LetterTemplate
from branches.request import UserRequest
from notation.dates import today

FORMER = 20
"""How many templates used before are shown."""


def list_templates(request: UserRequest) -> HttpResponse:
    """Every document in every layout with the template in use, and the names that templates may use."""
    rows = LetterTemplate.objects.filter(until=None).defer("data").select_related("by")
    own = {(row.kind, row.layout): row for row in rows}
    used = layouts.load_layouts()
    context = {
        "layouts": used,
        "running": letters.layout_for(today()),
        "rows": [
            (kind, row.title, [(layout, own.get((kind, layout.key))) for layout in used])
            for kind, row in letters.ALL.items()
        ],
        "names": [(row.title, row.names) for row in letters.ALL.values()],
        "may_change": rights.may_change(request.user),
    }
    return render(request, "admissions/catalogues/templates.html", context)


def _asked(kind, key):
    """The layout of the address; 404 when there is no such document or layout."""
    layouts_by_key = {layout.key: layout for layout in layouts.load_layouts()}
    if kind not in letters.ALL or key not in layouts_by_key:
        raise Http404
    return layouts_by_key[key]


def replace_template_page(request: UserRequest, kind: str, layout: str) -> HttpResponse:
    """Put a district's own template in place of the one in use: a file that is sent, or one used before (`ban`)."""
    asked = _asked(kind, layout)
    rights.require_right(request.user)
    sent: Mapping[str, UploadedFile] = request.FILES
    if "ban" in request.POST:
        former = _former(kind, layout, request.POST["ban"])
        sent = {"file": SimpleUploadedFile(former.name, bytes(former.data))}
    form = TemplateForm(request.POST, sent) if request.method == "POST" else TemplateForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = templates.replace_template(kind, layout, file.name, file.read(), by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Từ nay dùng mẫu %(name)s.") % {"name": row.name})
            return redirect("catalogues:templates")
    context = {
        "form": form,
        "kind": kind,
        "title": letters.ALL[kind].title,
        "layout": asked,
        "own": templates.own_template(kind, layout),
        "former": templates.former_templates(kind, layout)[:FORMER],
        "names": letters.ALL[kind].names,
    }
    return render(request, "admissions/catalogues/template.html", context, status=422 if form.errors else 200)


def download_template(request: UserRequest, kind: str, layout: str) -> FileResponse:
    """The template in use, to look at or to start one's own from; `ban` names one that was used before."""
    asked = _asked(kind, layout)
    own = (
        _former(kind, layout, request.GET["ban"])
        if "ban" in request.GET
        else templates.own_template(kind, layout)
    )
    data = bytes(own.data) if own else letters.default_template(kind, asked.verified_from)
    name = own.name if own else f"{kind}-{layout}.docx"
    headers = {"X-Content-Type-Options": "nosniff"}
    return FileResponse(
        BytesIO(data), as_attachment=True, filename=name, content_type=CONTENT_TYPE, headers=headers
    )


def _former(kind, layout, pk):
    """A template used before for the same document; 404 without one."""
    rows = LetterTemplate.objects.filter(kind=kind, layout=layout)
    return get_object_or_404(rows, pk=int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 10 else None)


@require_POST
def restore_built_in(request: UserRequest, kind: str, layout: str) -> HttpResponse:
    """Use the built-in template again."""
    _asked(kind, layout)
    rights.require_right(request.user)
    row = get_object_or_404(LetterTemplate.objects.defer("data"), kind=kind, layout=layout, until=None)
    templates.restore_template(row, by=request.user)
    messages.success(request, _("Từ nay dùng mẫu gốc."))
    return redirect("catalogues:templates")
