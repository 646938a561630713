"""The forms that put right what was recorded of a review or a visit."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from admissions.forms.base import make_column, make_count_field
from notation.fields import DateField, TextField
from notation.forms import make_form_helper
from oversight.models import Difficulty, Review, Visit

REASON = gettext_lazy("Lý do sửa")


def _label(model, name):
    return model._meta.get_field(name).verbose_name


class _CorrectForm(forms.Form):
    """`version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    correction_reason = TextField(label=REASON, max_length=300)
    asked: tuple[str, ...] = ()

    def __init__(self, row: Review | Visit, data: Any = None) -> None:
        initial: dict[str, Any] = {name: getattr(row, name) for name in self.asked if name != "difficulties"}
        super().__init__(data, initial=initial | {"version": row.version})

    def values(self) -> dict[str, Any]:
        """What was typed, by field."""
        return {name: self.cleaned_data[name] for name in self.asked}


class CorrectReviewForm(_CorrectForm):
    """What the meeting was, and what it said of its difficulties."""

    asked = ("held_on", "members", "present", "score", "assessment", "number", "difficulties")
    held_on = DateField(label=_label(Review, "held_on"))
    members = make_count_field(_label(Review, "members"))
    present = make_count_field(_label(Review, "present"))
    score = make_count_field(_label(Review, "score"))
    assessment = forms.ChoiceField(label=_label(Review, "assessment"), choices=Review.Assessment.choices)
    number = TextField(label=_label(Review, "number"), max_length=40, required=False)

    def __init__(self, row: Review, data: Any = None) -> None:
        super().__init__(row, data)
        ticked = list(row.difficulties.all())
        self.initial["difficulties"] = ticked
        rows = Difficulty.objects.filter(Q(active=True) | Q(pk__in=[one.pk for one in ticked]))
        self.fields["difficulties"] = forms.ModelMultipleChoiceField(
            rows, label=_label(Review, "difficulties"), required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["score"].required = False
        numbers = Row(make_column("members", 4), make_column("present", 4), make_column("score", 4))
        days = Row(make_column("held_on", 4), make_column("number", 4), make_column("assessment", 4))
        self.helper = make_form_helper(Layout("version", days, numbers, "difficulties", "correction_reason"))

    def values(self) -> dict[str, Any]:
        return super().values() | {"difficulties": list(self.cleaned_data["difficulties"])}


class CorrectVisitForm(_CorrectForm):
    """When a visit was held, with whom, and under which number it was concluded."""

    asked = ("held_on", "met", "members", "present", "conclusion_number")
    held_on = DateField(label=_label(Visit, "held_on"))
    met = TextField(label=_label(Visit, "met"), max_length=300)
    members = make_count_field(_label(Visit, "members"))
    present = make_count_field(_label(Visit, "present"))
    conclusion_number = TextField(label=_label(Visit, "conclusion_number"), max_length=40, required=False)

    def __init__(self, row: Visit, data: Any = None) -> None:
        super().__init__(row, data)
        self.fields["members"].required = self.fields["present"].required = False
        numbers = Row(make_column("held_on", 4), make_column("members", 4), make_column("present", 4))
        fields = ("met", "conclusion_number", "correction_reason")
        self.helper = make_form_helper(Layout("version", numbers, *fields))
