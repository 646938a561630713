"""The forms of who decides on admissions."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Decider
from admissions.forms.base import make_column
from branches.models import Organisation
from notation.dates import today
from notation.fields import REQUIRED, DateField, TextField
from notation.forms import make_form_helper


class DecidingBodyForm(forms.Form):
    """A base organisation, which of its bodies decides, from when to when, on what document."""

    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Đảng bộ cơ sở"), empty_label="—"
    )
    decider = forms.ChoiceField(label=gettext_lazy("Ai quyết định kết nạp"), choices=Decider.choices)
    since = DateField(label=gettext_lazy("Từ ngày"))
    until = DateField(label=gettext_lazy("Đến hết ngày"), required=False)
    basis = TextField(label=gettext_lazy("Căn cứ (số, ngày văn bản)"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = Organisation.objects.communes().filter(is_base_branch=False).on(today())
        field.error_messages |= {"required": REQUIRED, "invalid_choice": _("Chọn một dòng trong danh sách.")}
        row = Row(make_column("since", 6), make_column("until", 6))
        self.helper = make_form_helper(Layout("unit", "decider", row, "basis"))


class EndForm(forms.Form):
    """The last day of what a row says."""

    until = DateField(label=gettext_lazy("Đến hết ngày"))
