"""To which of its heirs something of a unit that ended is passed on."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy

from branches.models import Organisation
from notation.fields import REQUIRED


class HeirForm(forms.Form):
    """One of the successors."""

    heir = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Đơn vị kế tục"),
        empty_label=None,
        error_messages={"required": REQUIRED},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, heirs: Iterable[Organisation], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["heir"]
        field.queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in heirs])  # type: ignore[attr-defined]
        field.label_from_instance = lambda unit: unit.title  # type: ignore[attr-defined]
