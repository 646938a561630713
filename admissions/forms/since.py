"""After the decision: whether a fact that reports count was wrong at admission or has changed since."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.forms.base import make_column
from admissions.forms.corrections import as_typed
from admissions.models import Candidate, Dossier
from admissions.workflow.counted_facts import COUNTED, can_only_be_wrong, may_have_grown

SINCE = "changed_since"
LATER, WRONG = "later", "wrong"
CHOICES = (
    (LATER, gettext_lazy("Thay đổi sau kết nạp: số liệu khi kết nạp giữ nguyên")),
    (WRONG, gettext_lazy("Sai từ khi kết nạp: sửa cả số liệu, có người thứ hai đồng ý")),
)


def ask_since_when(form: forms.ModelForm, layout: Layout) -> None:
    """Add the question to the form of a decided dossier; it has to be answered where it matters."""
    form.fields[SINCE] = forms.ChoiceField(
        choices=CHOICES,
        required=False,
        widget=forms.RadioSelect,
        label=gettext_lazy("Nghề nghiệp, học vấn, tôn giáo, đoàn thể… sửa ở đây là"),
    )
    layout.append(Row(make_column(SINCE, 12)))


def require_since_when(form: forms.ModelForm) -> None:
    """Refuse, at the question, what may have been wrong or have changed, while nobody says which."""
    asked = may_have_grown(form.changed_data)
    if SINCE in form.fields and asked and not form.cleaned_data.get(SINCE):
        names = ", ".join(str(form.fields[name].label) for name in asked)
        form.add_error(
            SINCE, _("Chọn một: %(names)s sai từ khi kết nạp, hay thay đổi sau?") % {"names": names}
        )


def take_out_corrections(form: forms.ModelForm, person: Candidate, dossier: Dossier) -> str:
    """Take what is to be corrected out of what the form put onto `person` and `dossier`; returns it as a query string,
    "" when there is none."""
    if SINCE not in form.fields:
        return ""
    changed = form.changed_data
    names = can_only_be_wrong(changed)
    if form.cleaned_data.get(SINCE) == WRONG:
        names += may_have_grown(changed)
    typed: dict[str, Any] = {}
    for name in names:
        row = dossier if COUNTED[name].of_dossier else person
        typed[name] = as_typed(form.cleaned_data[name])
        kept = type(row)._default_manager.get(pk=row.pk)
        setattr(row, name, getattr(kept, name))
    return urlencode(typed)
