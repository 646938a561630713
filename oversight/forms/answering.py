"""What the level above types about a review: a score, until when it is open again; and a report on a task."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.forms.base import make_count_field
from notation.fields import REQUIRED, DateField, TextField
from oversight.models import Difficulty, Task


class ScoreForm(forms.Form):
    """The score of a branch meeting, out of 100."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = make_count_field(_("Điểm cấp trên chấm / 100"))
        field.required = False
        field.widget.attrs["class"] = "form-control w-num"
        self.fields["score_above"] = field


class ReopenForm(forms.Form):
    """Until when a review is open again, and why."""

    until = DateField(label=gettext_lazy("Mở đến hết ngày"))
    reason = TextField(
        label=gettext_lazy("Lý do"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        draw_controls(self)


class ReportForm(forms.Form):
    """What became of a task."""

    state = forms.ChoiceField(
        label=gettext_lazy("Nay"),
        choices=[
            (state.value, state.label) for state in (Task.State.DONE, Task.State.DOING, Task.State.OPEN)
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": REQUIRED},
    )
    on = DateField(label=gettext_lazy("Ngày báo"))
    before = DateField(label=gettext_lazy("Lùi đến trước ngày"), required=False)
    words = TextField(label=gettext_lazy("Ghi thêm"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        draw_controls(self)


class DifficultyForm(forms.Form):
    """A difficulty to offer."""

    text = TextField(label=gettext_lazy("Khó khăn"), max_length=Difficulty._meta.get_field("text").max_length)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        draw_controls(self)


def draw_controls(form: forms.Form) -> None:
    """Give the lines of a form that the template draws itself the look of the others."""
    for name, field in form.fields.items():
        if not isinstance(field.widget, forms.RadioSelect):
            css = f"form-control {field.widget.attrs.get('class', '')}".strip()
            field.widget.attrs["class"] = (
                f"{css} is-invalid" if form.is_bound and name in form.errors else css
            )
