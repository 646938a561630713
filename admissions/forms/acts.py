"""The forms of the acts and of the table of papers. What each act asks for stands in its row."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions import procedure
from admissions.forms import act_problems
from admissions.forms.base import BranchField, make_column, make_count_field
from admissions.models import Dossier, Event, Reason
from admissions.procedure.wording import exclusions_in_words
from admissions.rules import document_numbers, helping
from admissions.rules.deadlines import RUNNING
from admissions.rules.duplicates import doubles_of
from admissions.rules.required_papers import Requirement
from admissions.workflow import ACTS
from admissions.workflow.act import Field, FieldKind, paragraph_field
from notation.dates import today
from notation.fields import REQUIRED, DateField, NameField, TextField, remark_name
from notation.forms import make_form_helper
from notation.stale import texts_of, typed_texts, with_texts


def _text_field(field):
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return TextField(label=field.label, max_length=field.max_length, required=field.required, widget=widget)


def _paragraph_field(field):
    widget = forms.Textarea(attrs={"rows": 3})
    return TextField(label=field.label, max_length=field.max_length, required=field.required, widget=widget)


def _count_field(field):
    return make_count_field(field.label, initial=field.initial, help_text=field.help_text)


def _choice_field(field):
    choices = field.choices
    return forms.ChoiceField(
        label=field.label, choices=choices, widget=forms.RadioSelect, required=field.required
    )


def _reason_field(field):
    rows = Reason.objects.filter(use=field.reasons, active=True)
    return forms.ModelChoiceField(rows, label=field.label, required=field.required, empty_label="—")


def _helper_field(field, dossier):
    """A choice among those who help the person or have helped them, the present helper first."""
    names = [row.name for row in helping.helpers_over_time(dossier, dossier.events.all())]
    names = list(dict.fromkeys(reversed(names)))
    return forms.ChoiceField(
        label=field.label, choices=[(name, name) for name in names], initial=names[0], error_messages=_CHOOSE
    )


_CHOOSE = {"invalid_choice": gettext_lazy("Chọn một người đang hoặc đã giúp đỡ.")}

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


class DoubleField(forms.ModelChoiceField):
    """The dossiers of one person, each with what tells them apart."""

    widget = forms.RadioSelect

    def __init__(self, rows, **kwargs):
        super().__init__(rows, empty_label=None, **kwargs)
        self.error_messages["required"] = REQUIRED

    def label_from_instance(self, dossier):
        person, state = dossier.person, str(dossier.state_words).lower()
        return f"{dossier}, {person.birth}, {person.residence}; {dossier.branch.title}, {state}"


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
        self.act, self.action, self.dossier, self.user = act, action, dossier, user
        for name, field in act.fields.items():
            if field.kind == FieldKind.BRANCH:
                self.fields[name] = BranchField(user, permission=act.permission, label=field.label)
            elif field.kind == FieldKind.DOUBLE:
                self.fields[name] = DoubleField(doubles_of(dossier).for_user(user), label=field.label)
            elif field.kind == FieldKind.HELPER:
                self.fields[name] = _helper_field(field, dossier)
            else:
                self.fields[name] = MAKE[field.kind](field)
        self._propose(act, dossier)
        empty = [name for name in act.fields if self.fields[name].initial is None]
        if empty:
            self.fields[empty[0]].widget.attrs["autofocus"] = True
        self.helper = make_form_helper(lay_out_act(act.fields))
        if data is not None and "exception" in data:
            self.ask_why()

    def clean(self) -> dict[str, Any]:
        """Add everything that is wrong with the act, at once; see `act_problems`."""
        data = super().clean() or self.cleaned_data
        for name, words in self.find_problems():
            if name == "exception" and name not in self.fields:
                self.ask_why()
            self.add_error(name if name in self.fields else None, words)
        return data

    def find_problems(self) -> list[act_problems.Problem]:
        """What is wrong with the act beside what could not be read."""
        return act_problems.find_problems(self.action, self.dossier, self.facts(), self.errors, self.user)

    def ask_why(self) -> None:
        """Ask too why this is recorded in a quarter whose report is closed."""
        self.fields["exception"] = MAKE[EXCEPTION.kind](EXCEPTION)
        self.helper.layout.append("exception")

    def _propose(self, act, dossier):
        if act.body and "number" in self.fields:
            self.fields["number"].initial = document_numbers.propose_number_for(dossier, act.body, today())
        if act.body and "excluded" in self.fields:
            rule = procedure.version_of(dossier).votes[act.body]
            self.fields["excluded"].help_text = exclusions_in_words(rule)
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
        if chosen and "reason" in facts:
            facts["reason"] = ": ".join(filter(None, [chosen.text, facts["reason"]]))
        return facts

    def warnings(self) -> list[str]:
        """What looks odd about the names typed; never a reason to refuse."""
        names = (name for name, field in self.fields.items() if isinstance(field, NameField))
        return [remark for name in names if (remark := remark_name(self.cleaned_data.get(name, "")))]


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
        """A number or a date that was typed says that the paper is there, unless its tick was taken away.

        Refuse what was sent for a field that follows the act and is not what it says.
        """
        data = super().clean() or self.cleaned_data
        for name in FOLLOWS if self.of_act else ():
            sent = self.data.get(self.add_prefix(name))
            if sent and sent != self[name].value() and not _says(self.fields[name], sent, data.get(name)):
                self.add_error(name, _("Giấy này đi theo việc đã ghi trong hồ sơ; hãy sửa việc đó."))
        typed = {name for name in ("number", "dated_on") if data.get(name)}
        if typed & set(self.changed_data) and "had" not in self.changed_data:
            data["had"] = True
        return data


def _says(field, sent, value):
    """Whether `sent` is another way of writing `value`."""
    try:
        return field.to_python(sent) == value
    except forms.ValidationError:
        return False


def paper_lines(
    required: Sequence[Requirement],
    data: Mapping[str, str] | None = None,
    *,
    of_acts: Collection[str] = (),
    made: Mapping[str, Event] = MappingProxyType({}),
) -> list[PaperForm]:
    """A line for each paper of `required`; in `data`, what was not sent stays as it is.

    `of_acts` and `made` are as in `PaperForm`.
    """
    lines = [PaperForm(requirement, None, of_acts, made) for requirement in required]
    if data is None:
        return lines
    typed = with_texts(data, typed_texts(data, standing_texts(lines)))
    return [PaperForm(requirement, typed, of_acts, made) for requirement in required]


def standing_texts(lines: Sequence[PaperForm]) -> dict[str, str]:
    """{name in the form: text} of what is recorded of the papers."""
    return {name: text for line in lines for name, text in texts_of(line).items()}
