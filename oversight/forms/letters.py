"""Forms for letters to units behind their plan, and for the answers with their milestones."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Organisation
from notation.dates import today
from notation.fields import DateField, TextField
from notation.forms import make_form_helper
from oversight.forms.plans import use_words
from oversight.letters import Milestone
from reports.forms import WholeField

MILESTONES = 5
"""Rows for milestones on the form of an answer."""


class AskForm(forms.Form):
    """A letter: its number, day and due day; `units` are those that were ticked."""

    number = TextField(label=gettext_lazy("Số công văn"), max_length=40)
    on = DateField(label=gettext_lazy("Ngày công văn"))
    due = DateField(label=gettext_lazy("Trả lời trước ngày"))
    units: "forms.ModelMultipleChoiceField[Organisation]" = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Đơn vị"), required=False
    )

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        rows = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["units"].queryset = rows  # type: ignore[attr-defined]
        use_words(self)
        columns = [Column(name, css_class="col-md-4") for name in ("number", "on", "due")]
        self.helper = make_form_helper(Layout(Row(*columns, css_class="gx-3")))


def _long(label):
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea({"rows": 3}))


class AnswerForm(forms.Form):
    """The answer of a unit, by the five points; a milestone is a row of which all three cells are filled."""

    on = DateField(label=gettext_lazy("Ngày trả lời"))
    carried_out = _long(gettext_lazy("1. Tình hình thực hiện"))
    causes = _long(gettext_lazy("2. Khó khăn, nguyên nhân"))
    still = WholeField(label=gettext_lazy("3. Số còn kết nạp được"))
    measures = _long(gettext_lazy("4. Biện pháp"))
    supervisor = TextField(
        label=gettext_lazy("Cấp ủy viên theo dõi tạo nguồn"), max_length=160, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        rows = []
        for n in range(MILESTONES):
            self.fields[f"what_{n}"] = TextField(label=_("Việc"), max_length=300, required=False)
            self.fields[f"who_{n}"] = TextField(label=_("Ai làm"), max_length=160, required=False)
            self.fields[f"before_{n}"] = DateField(label=_("Trước ngày"), required=False)
            widths = (("what", 6), ("who", 3), ("before", 3))
            columns = [Column(f"{name}_{n}", css_class=f"col-md-{width}") for name, width in widths]
            rows.append(Row(*columns, css_class="gx-3"))
        use_words(self)
        self.helper = make_form_helper(
            Layout("on", "carried_out", "causes", "still", "measures", "supervisor", *rows)
        )

    def milestones(self) -> list[Milestone]:
        """The rows with something in them, in order; a row that lacks a cell is refused by the verb."""
        data = self.cleaned_data
        rows = [
            Milestone(data[f"what_{n}"], data[f"who_{n}"], data[f"before_{n}"]) for n in range(MILESTONES)
        ]
        return [row for row in rows if row.what or row.who or row.before]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rows = [any(data.get(f"{name}_{n}") for name in ("what", "who", "before")) for n in range(MILESTONES)]
        # The rows are numbered without gaps, so that a refusal names the row that was typed.
        if any(rows[n + 1] and not rows[n] for n in range(MILESTONES - 1)):
            self.add_error(
                f"what_{rows.index(False)}", _("Ghi các việc liền nhau, không bỏ dòng trống ở giữa.")
            )
        return data
