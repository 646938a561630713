"""Forms for rewards and criticism: a proposal, and what was decided on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from branches.models import Organisation
from notation.dates import today
from notation.fields import DateField, TextField
from notation.forms import make_form_helper
from oversight.forms.plans import use_words
from oversight.models import Reward


class RewardForm(forms.Form):
    """A proposal for one unit."""

    unit: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Đơn vị"), empty_label="—"
    )
    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Reward.Kind.choices)
    reason = TextField(label=gettext_lazy("Thành tích, lý do"), max_length=500)
    on = DateField(label=gettext_lazy("Ngày đề nghị"))
    asks_above = forms.BooleanField(label=gettext_lazy("Đề nghị cấp trên xét"), required=False)

    def __init__(self, *args: Any, units: list[Organisation], branches: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["unit"].queryset = rows  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda row: row.title  # type: ignore[attr-defined]
        self.fields["on"].initial = today()
        if not branches:
            del self.fields["asks_above"]
        use_words(self)
        self.helper = make_form_helper()


class RewardDecisionForm(forms.Form):
    """What was decided: with the number of the decision, or why not."""

    on = DateField(label=gettext_lazy("Ngày quyết định"))
    number = TextField(
        label=gettext_lazy("Số quyết định"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Khi đồng ý."),
    )
    words = TextField(
        label=gettext_lazy("Ghi chú"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Khi không đồng ý thì ghi lý do."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        use_words(self)
        self.helper = make_form_helper()
