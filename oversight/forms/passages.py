"""The form on which sections of the written report are typed over."""

from typing import Any

from django import forms

from notation.forms import make_form_helper
from oversight.forms.plans import use_words
from oversight.models import ReportPassage


class PassageForm(forms.Form):
    """A text for each section; an empty one leaves the section to the figures."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, told: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section, label in ReportPassage.Section.choices:
            self.fields[section] = forms.CharField(
                label=label,
                required=False,
                max_length=5000,
                widget=forms.Textarea({"rows": 5}),
                help_text=told.get(section, ""),
            )
        use_words(self)
        self.helper = make_form_helper()

    def texts(self) -> dict[str, str]:
        """{section: text} as typed."""
        return {section: self.cleaned_data[section] for section in ReportPassage.Section.values}
