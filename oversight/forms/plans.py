"""Forms for documents: writing one down, changing what it says and its sub-targets, giving and reporting its tasks."""

from typing import Any

from crispy_forms.layout import Column, Div, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.fields import REQUIRED, TOO_LONG, DateField, TextField
from notation.forms import make_form_helper
from oversight.models import Plan
from oversight.plans import possible_bases
from oversight.target_groups import GROUPS
from reports.forms import whole_number_field

WORDS = {
    "required": REQUIRED,
    "invalid_choice": gettext_lazy("Chọn một trong danh sách."),
    "max_length": TOO_LONG,
}


def use_words(form: forms.Form) -> None:
    """Give every field of `form` the house's sentences for what is wrong."""
    for field in form.fields.values():
        field.error_messages |= WORDS


class PlanForm(forms.Form):
    """A resolution, plan or decision: its number, days, what it rests on, and what it says."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại văn bản"), choices=Plan.Kind.choices)
    number = TextField(label=gettext_lazy("Số, ký hiệu"), max_length=200)
    on = DateField(label=gettext_lazy("Ngày của văn bản"))
    title = TextField(label=gettext_lazy("Trích yếu"), max_length=200)
    first = DateField(label=gettext_lazy("Từ ngày"))
    last = DateField(label=gettext_lazy("Đến hết ngày"))
    rests_on: "forms.ModelChoiceField[Plan]" = forms.ModelChoiceField(
        Plan.objects.none(), label=gettext_lazy("Căn cứ"), required=False, empty_label="—"
    )
    lead = TextField(label=gettext_lazy("Chủ trì"), max_length=160, required=False)
    every_branch = forms.BooleanField(
        label=gettext_lazy("Đặt mục tiêu chi bộ có nguồn đều kết nạp"), required=False
    )
    content = forms.CharField(
        label=gettext_lazy("Nội dung"), required=False, max_length=8000, widget=forms.Textarea({"rows": 8})
    )

    def __init__(self, *args: Any, unit: Organisation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Plan.objects.filter(possible_bases(unit)).select_related("basis", "unit")
        self.fields["rests_on"].queryset = rows  # type: ignore[attr-defined]
        use_words(self)
        self.helper = make_form_helper(
            Layout(
                Row(
                    Column("kind", css_class="col-md-3"),
                    Column("number", css_class="col-md-6"),
                    Column("on", css_class="col-md-3"),
                    css_class="gx-3",
                ),
                "title",
                Row(
                    Column("first", css_class="col-md-3"),
                    Column("last", css_class="col-md-3"),
                    Column("rests_on", css_class="col-md-6"),
                    css_class="gx-3",
                ),
                "lead",
                "every_branch",
                "content",
            )
        )


class PlanContentForm(forms.Form):
    """What may change of a document: who leads it, its text, and its sub-targets."""

    lead = TextField(label=gettext_lazy("Chủ trì"), max_length=160, required=False)
    every_branch = forms.BooleanField(
        label=gettext_lazy("Đặt mục tiêu chi bộ có nguồn đều kết nạp"), required=False
    )
    content = forms.CharField(
        label=gettext_lazy("Nội dung"), required=False, max_length=8000, widget=forms.Textarea({"rows": 8})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in GROUPS.values():
            self.fields[f"target_{group.key}"] = whole_number_field(group.label)
        use_words(self)
        targets = [Column(f"target_{key}", css_class="col-md-4") for key in GROUPS]
        self.helper = make_form_helper(
            Layout("lead", "every_branch", "content", "seen", Div(Row(*targets, css_class="gx-3")))
        )

    def targets(self) -> dict[str, int | None]:
        """{key of a group: number or None} as typed."""
        return {key: self.cleaned_data[f"target_{key}"] for key in GROUPS}


class TaskForm(forms.Form):
    """What somebody is to do before a day."""

    what = TextField(label=gettext_lazy("Việc"), max_length=300)
    who = TextField(label=gettext_lazy("Ai làm"), max_length=160)
    before = DateField(label=gettext_lazy("Trước ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        use_words(self)
        self.helper = make_form_helper()
