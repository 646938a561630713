"""The identity number of someone known is in no form: it is typed anew, or stays as it is.

Whoever has to read it asks on the dossier's page, which records that (`workflow.reveal_citizen_id`).
"""

from django import forms
from django.utils.translation import gettext as _

NUMBER, NONE = "citizen_id", "no_number"


def hide_number(form: forms.ModelForm, *, may_change: bool) -> str:
    """Empty the field of the number of someone known, where they have one; returns the number, "" without one.

    Where one `may_change` it, the form offers to take it out.
    """
    person, field = form.instance, form.fields[NUMBER]
    field.help_text = _("9 hoặc 12 chữ số")
    if not person.pk or not person.citizen_id:
        return ""
    form.initial[NUMBER] = ""
    field.help_text = _("Đang ghi %(masked)s; chỉ nhập khi số ấy sai.") % {"masked": person.masked_id}
    if may_change:
        form.fields[NONE] = forms.BooleanField(label=_("Bỏ số đang ghi"), required=False)
    return person.citizen_id


def keep_number(form: forms.ModelForm, number: str) -> None:
    """Put `number`, which stays, into the cleaned data of `form`; refuse one typed where it is to be taken out."""
    typed, out = form.cleaned_data.get(NUMBER), form.cleaned_data.get(NONE)
    if typed and out:
        form.add_error(NUMBER, _("Đã chọn bỏ số đang ghi thì để trống ô này."))
    elif typed == "" and not out:
        form.cleaned_data[NUMBER] = number
