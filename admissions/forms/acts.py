"""The forms of the acts and of the table of papers. What each act asks for stands in its row."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions import procedure
from admissions.forms.base import BranchField, make_column, make_count_field
from admissions.models import Dossier, Reason
from admissions.rules import document_numbers
from admissions.rules.deadlines import RUNNING
from admissions.workflow import ACTS
from admissions.workflow.act import Field, FieldKind, paragraph_field
from notation.dates import today
from notation.fields import DateField, NameField, TextField
from notation.forms import make_form_helper


def _text_field(field):
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return TextField(label=field.label, max_length=field.max_length, required=field.required, widget=widget)


def _paragraph_field(field):
    widget = forms.Textarea(attrs={"rows": 3})
    return TextField(label=field.label, max_length=field.max_length, required=field.required, widget=widget)


def _count_field(field):
    return make_count_field(field.label, initial=field.initial, help_text=field.help_text)


def _choice_field(field):
    return forms.ChoiceField(label=field.label, choices=field.choices, widget=forms.RadioSelect)


def _reason_field(field):
    rows = Reason.objects.filter(use=field.reasons, active=True)
    return forms.ModelChoiceField(rows, label=field.label, required=field.required, empty_label="—")


MAKE = {
    FieldKind.DAY: lambda field: DateField(label=field.label, initial=today),
    FieldKind.NUMBER: _text_field,
    FieldKind.DAYS: _count_field,
    FieldKind.PEOPLE: _count_field,
    FieldKind.LINE: _text_field,
    FieldKind.PARAGRAPH: _paragraph_field,
    FieldKind.PERSON: lambda field: NameField(label=field.label, max_length=field.max_length),
    FieldKind.CHOICE: _choice_field,
    FieldKind.REASON: _reason_field,
}
"""How a field of each kind is made; a branch is chosen among those of the person's posts."""

AT_THE_HEAD = (FieldKind.DAY, FieldKind.NUMBER, FieldKind.DAYS)
"""Kinds that stand in the first row of the form; the numbers of a ballot stand in the second."""

EXCEPTION = paragraph_field(gettext_lazy("Lý do ghi vào quý đã khóa"))


class ActForm(forms.Form):
    """What one act asks for, with the dossier's version as it was when the form was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, action: str, dossier: Dossier, user: User, data: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, initial={"version": dossier.version})
        act = ACTS[action]
        for name, field in act.fields.items():
            if field.kind == FieldKind.BRANCH:
                self.fields[name] = BranchField(user, permission=act.permission, label=field.label)
            else:
                self.fields[name] = MAKE[field.kind](field)
        self._propose(act, dossier)
        self.helper = make_form_helper(lay_out_act(act.fields))
        if data is not None and "exception" in data:
            self.ask_why()

    def ask_why(self) -> None:
        """Ask too why this is recorded in a quarter whose report is closed."""
        self.fields["exception"] = MAKE[EXCEPTION.kind](EXCEPTION)
        self.helper.layout.append("exception")

    def _propose(self, act, dossier):
        if act.body and "number" in self.fields:
            self.fields["number"].initial = document_numbers.propose_number_for(dossier, act.body, today())
        if "days" in self.fields and dossier.state in RUNNING:
            clock = procedure.version_of(dossier).clock(RUNNING[dossier.state])
            self.fields["days"].initial = clock.extension
            self.fields["days"].help_text = _("Một lần, không quá %(n)d ngày làm việc (%(clause)s).") % {
                "n": clock.extension,
                "clause": clock.clause,
            }

    def facts(self) -> dict[str, Any]:
        """The facts for `workflow.perform`: a chosen reason and what was added to it become one text."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "why")}
        chosen = self.cleaned_data.get("why")
        if chosen:
            facts["reason"] = ": ".join(filter(None, [chosen.text, facts["reason"]]))
        return facts


def lay_out_act(fields: Mapping[str, Field]) -> Layout:
    """The fields of an act: days and numbers beside each other, then the ballot, then the rest."""
    head = [make_column(name, 4) for name, field in fields.items() if field.kind in AT_THE_HEAD]
    people = [name for name, field in fields.items() if field.kind == FieldKind.PEOPLE]
    rest = [name for name, field in fields.items() if field.kind not in (*AT_THE_HEAD, FieldKind.PEOPLE)]
    return Layout(
        "version", Row(*head), Row(*(Column(name, css_class="col-6 col-md-4") for name in people)), *rest
    )


FOLLOWS = ("had", "number", "dated_on")
"""What a paper that an act brings has from the act."""


class PaperForm(forms.Form):
    """One line of the table of papers."""

    had = forms.BooleanField(label=gettext_lazy("Đã có"), required=False)
    number = TextField(label=gettext_lazy("Số"), max_length=60, required=False)
    dated_on = DateField(label=gettext_lazy("Ngày"), required=False)
    note = TextField(label=gettext_lazy("Ghi chú"), max_length=200, required=False)

    def __init__(self, requirement, data=None, of_acts=frozenset(), made=MappingProxyType({})):
        """`of_acts` are the codes of the papers that acts bring: of those only the note is typed; `made` has the events
        of the acts that brought them."""
        row = requirement.row
        initial = {name: getattr(row, name) for name in self.base_fields} if row else {}
        super().__init__(data, prefix=requirement.paper.code, initial=initial)
        self.requirement, self.code = requirement, requirement.paper.code
        self.of_act, self.made_by = self.code in of_acts, made.get(self.code)
        for name in FOLLOWS if self.of_act else ():
            self.fields[name].disabled = True
        for name, field in self.fields.items():
            field.label = format_lazy("{}: {}", requirement.paper.title, self.base_fields[name].label)
            css = "form-check-input" if name == "had" else "form-control form-control-sm"
            field.widget.attrs |= {"class": css, "placeholder": self.base_fields[name].label}

    def clean(self) -> dict[str, Any]:
        """Refuse what was sent for a field that follows the act and is not what it says."""
        data = super().clean() or self.cleaned_data
        for name in FOLLOWS if self.of_act else ():
            sent = self.data.get(self.add_prefix(name))
            if sent and sent != self[name].value() and not _says(self.fields[name], sent, data.get(name)):
                self.add_error(name, _("Giấy này đi theo việc đã ghi trong hồ sơ; hãy sửa việc đó."))
        return data


def _says(field, sent, value):
    """Whether `sent` is another way of writing `value`."""
    try:
        return field.to_python(sent) == value
    except forms.ValidationError:
        return False
