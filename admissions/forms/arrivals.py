"""The form of someone who comes from another district or province in mid-procedure."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.forms.base import make_column
from admissions.forms.entry import EntryForm, entry_layout, make_section
from admissions.forms.identity_number import NONE
from admissions.workflow import Arrival, Stage
from notation.dates import today
from notation.fields import DateField, TextField

DATES = {
    "transferred_on": gettext_lazy("Ngày quyết định chuyển"),
    "branch_resolved_on": gettext_lazy("Nghị quyết chi bộ nơi cũ"),
    "base_resolved_on": gettext_lazy("Nghị quyết đảng ủy cơ sở nơi cũ"),
    "elsewhere_on": gettext_lazy("Ngày ký quyết định kết nạp"),
    "ceremony_on": gettext_lazy("Ngày lễ kết nạp"),
}
"""What was done at the other place; which of them are needed depends on the stage."""
ROWS = (
    {"on": 4, "place": 8},
    {"number": 8, "transferred_on": 4},
    {"branch_resolved_on": 6, "base_resolved_on": 6},
    {"elsewhere_on": 4, "elsewhere_number": 4, "ceremony_on": 4},
)


class ArrivalForm(EntryForm):
    """A person, the dossier here, and where and how far the procedure went elsewhere."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["listed_on"]
        self.fields["stage"] = forms.ChoiceField(
            label=_("Đã làm đến đâu ở nơi cũ"), choices=Stage.choices, widget=forms.RadioSelect
        )
        self.fields["on"] = DateField(label=_("Ngày nhận ở đây"), initial=today)
        self.fields["place"] = TextField(label=_("Chuyển đến từ (huyện, tỉnh)"), max_length=200)
        number = _("Số giấy giới thiệu, công văn")
        self.fields["number"] = TextField(label=number, max_length=40)
        for name, label in DATES.items():
            self.fields[name] = DateField(label=label, required=False)
        number = _("Số quyết định kết nạp")
        self.fields["elsewhere_number"] = TextField(label=number, max_length=40, required=False)
        rows = [Row(*(make_column(name, width) for name, width in row.items())) for row in ROWS]
        head = make_section(1, _("Từ nơi khác chuyển đến"), "stage", *rows)
        rest = entry_layout(
            first=2, listed=False, known_number=NONE in self.fields, groups=tuple(self.groups)
        )
        self.helper.layout = Layout(head, *rest.fields)

    def arrival(self) -> Arrival:
        """What was typed of the other place."""
        data = self.cleaned_data
        names = [name for name in Arrival.__dataclass_fields__ if name != "stage"]
        return Arrival(stage=Stage(data["stage"]), **{name: data[name] for name in names})
