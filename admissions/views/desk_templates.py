"""The Word templates of the statutory documents: which are in use, and a district's own in their place."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from admissions import desk, letters
from admissions.forms.desk import TemplateForm
from admissions.forms.entry import add_refusal
from admissions.letters import layouts
from admissions.models import LetterTemplate
from admissions.refusal import Refused
from branches.dates import today

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(request):
    """Every document in every layout with the template in use, and the names that templates may use."""
    own = {(row.kind, row.layout): row for row in LetterTemplate.objects.defer("data").select_related("by")}
    used = layouts.load()
    context = {
        "layouts": used,
        "running": letters.layout_for(today()),
        "rows": [
            (kind, title, [(layout, own.get((kind, layout.key))) for layout in used])
            for kind, title in letters.KINDS.items()
        ],
        "names": [(title, _names(kind)) for kind, title in letters.KINDS.items()],
        "may_change": desk.may_change(request.user),
    }
    return render(request, "admissions/desk/templates.html", context)


def _names(kind):
    """[(placeholder as it is typed, what it holds)] of a document, in the order of the labels."""
    known = letters.placeholders(kind)
    return [(f"{{{{ {name} }}}}", label) for name, label in letters.LABELS.items() if name in known]


def _asked(kind, key):
    """The layout of the address; 404 when there is no such document or layout."""
    found = {layout.key: layout for layout in layouts.load()}
    if kind not in letters.KINDS or key not in found:
        raise Http404
    return found[key]


def replace(request, kind, layout):
    """Put a district's own template in place of the one in use."""
    asked = _asked(kind, layout)
    desk.require(request.user)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = desk.replace_template(kind, layout, file.name, file.read(), by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Từ nay dùng mẫu %(name)s.") % {"name": row.name})
            return redirect("desk:templates")
    context = {
        "form": form,
        "kind": kind,
        "title": letters.KINDS[kind],
        "layout": asked,
        "own": LetterTemplate.objects.defer("data").filter(kind=kind, layout=layout).first(),
        "names": _names(kind),
    }
    return render(request, "admissions/desk/template.html", context, status=422 if form.errors else 200)


def download(request, kind, layout):
    """The template in use, to look at or to start one's own from."""
    asked = _asked(kind, layout)
    own = desk.own_template(kind, layout)
    data = bytes(own.data) if own else letters.default_template(kind, asked.verified_from)
    name = own.name if own else f"{kind}-{layout}.docx"
    headers = {"X-Content-Type-Options": "nosniff"}
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=WORD, headers=headers)


@require_POST
def restore(request, kind, layout):
    """Use the built-in template again."""
    _asked(kind, layout)
    desk.require(request.user)
    row = get_object_or_404(LetterTemplate.objects.defer("data"), kind=kind, layout=layout)
    desk.restore_template(row, by=request.user)
    messages.success(request, _("Từ nay dùng mẫu gốc."))
    return redirect("desk:templates")
