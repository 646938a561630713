"""The form that puts right what was recorded of somebody in a class."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import ClassStep, Grade
from admissions.classes import correctable_fields
from admissions.forms.base import make_count_field
from admissions.models import Enrolment
from notation.fields import DateField, TextField
from notation.forms import make_form_helper

DAYS = ("nominated_on", "proposed_on", "checked_on", "rewrite_by", "certificate_on")
RESULTS = (ClassStep.PASSED, ClassStep.REWRITE, ClassStep.FAILED)


class CorrectEnrolmentForm(forms.Form):
    """A field for each column that was recorded, and why it is corrected."""

    def __init__(self, enrolment: Enrolment, data: Any = None) -> None:
        names = correctable_fields(enrolment)
        super().__init__(data, initial={name: getattr(enrolment, name) for name in names})
        for name in names:
            self.fields[name] = _field_of(name)
        self.fields["correction_reason"] = TextField(label=_("Lý do sửa"), max_length=200)
        self.helper = make_form_helper()

    def values(self) -> dict[str, Any]:
        """What was typed, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name != "correction_reason"}


def _field_of(name):
    column = Enrolment._meta.get_field(name)
    label = column.verbose_name
    if name in DAYS:
        return DateField(label=label, required=name != "rewrite_by")
    if name == "step":
        choices = [(step.value, step.label) for step in RESULTS]
        return forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=choices)
    if name == "grade":
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *Grade.choices])
    if name == "days_attended":
        return make_count_field(label)
    if name == "score":
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "w-num"})
        return forms.DecimalField(
            label=label, required=False, max_digits=3, decimal_places=1, localize=True, widget=widget
        )
    return TextField(label=label, max_length=column.max_length, required=name.startswith("certificate"))
