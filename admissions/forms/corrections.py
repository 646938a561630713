"""The forms of a correction: the act or the facts as they are recorded, why, and who is to agree."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.signing import Signer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.forms.act_problems import Problem
from admissions.forms.acts import MAKE, ActForm, lay_out_act
from admissions.forms.base import BranchField, make_column, make_form_field
from admissions.models import Dossier, Event
from admissions.workflow import ACTS
from admissions.workflow.act import FieldKind
from admissions.workflow.corrections import second_people, try_correction
from admissions.workflow.counted_facts import correctable_facts, fact_at_admission, fact_field
from admissions.workflow.drafts import asked_by_outcome, draft_correction, fields_of, keep_value
from branches.models import Organisation
from notation.births import Birth
from notation.fields import TextField
from notation.forms import make_form_helper

OF_THE_CORRECTION = ("version", "seen", "correction_reason", "named", "why")
"""Fields that are not of what is corrected."""


class CorrectionFields(forms.Form):
    """What every correction asks beside its values; `seen` are the values whose consequences were shown."""

    def add_correction_fields(self, dossier: Dossier, user: User, *, takes_two: bool) -> None:
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields["correction_reason"] = TextField(
            label=gettext_lazy("Lý do sửa"),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        )
        if takes_two:
            self.fields["named"] = forms.ModelChoiceField(
                second_people(dossier, user),
                label=gettext_lazy("Người đồng ý"),
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                empty_label=gettext_lazy("ai có quyền quyết định cũng được"),
            )

    def values(self) -> dict[str, Any]:
        """{field: value} of what is corrected."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OF_THE_CORRECTION}

    def signature(self, dossier: Dossier) -> str:
        """A mark of the values that were shown and of the dossier as it was, which no one else can make."""
        kept: dict[str, Any] = {"dossier": [dossier.pk, dossier.version]}
        kept |= {name: keep_value(value) for name, value in self.values().items()}
        return Signer(salt="correction").signature(json.dumps(kept, sort_keys=True, default=str))

    def was_seen(self, dossier: Dossier) -> bool:
        """Whether the consequences of just these values were shown, for the dossier as it is now."""
        return self.cleaned_data["seen"] == self.signature(dossier)


class CorrectActForm(CorrectionFields, ActForm):
    """The fields of an act, filled with what is recorded of it."""

    def __init__(
        self, event: Event, dossier: Dossier, user: User, data: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(event.action, dossier, user, data)
        self.event = event
        act, fields = ACTS[event.action], fields_of(event)
        for name, field in fields.items():
            if name not in self.fields:
                self.fields[name] = MAKE[field.kind](field)
            if field.kind == FieldKind.REASON:
                del self.fields[name]
                continue
            self.fields[name].initial = _typed(
                field.kind, event.on if name == "on" else event.facts.get(name, field.initial)
            )
            if field.kind == FieldKind.BRANCH and self.fields[name].initial:
                kept = Organisation.objects.filter(pk=self.fields[name].initial).first()
                self.fields[name] = BranchField(user, keep=kept, permission=act.permission, label=field.label)
                self.fields[name].initial = kept and kept.pk
        if "reason" in act.fields:
            self.fields["reason"].required = True
        self._beyond = asked_by_outcome(event)
        for name in self._beyond.keys() & (data or {}).keys():
            self._ask_beyond(name)
        self.add_correction_fields(dossier, user, takes_two=act.takes_two)
        left = {name: field for name, field in (fields | self._beyond).items() if name in self.fields}
        self.helper = make_form_helper(lay_out_act(left))

    def find_problems(self) -> list[Problem]:
        """What cannot be of the fields that could be read, where others could not; the page weighs a whole form."""
        if not self.errors:
            return []
        values = {name: value for name, value in self.values().items() if name in fields_of(self.event)}
        with suppress(Refused):  # nothing is corrected
            draft = draft_correction(self.dossier, self.event, values)
            try:
                with try_correction(draft, self.user, []):
                    pass
            except Refused as refusal:
                return [
                    (name, words)
                    for name, sentences in refusal.by_field.items()
                    for words in sentences
                    if name in self.fields and name not in self.errors
                ]
        return []

    def ask_what_is_lacking(self, refusal: Refused) -> None:
        """Ask too for what the act needs that the corrected vote comes to, where `refusal` says that it lacks."""
        for name in self._beyond.keys() & getattr(refusal, "error_dict", {}).keys() - self.fields.keys():
            self._ask_beyond(name)
            self.helper.layout.append(name)

    def _ask_beyond(self, name):
        field = self._beyond[name]
        self.fields[name] = MAKE[field.kind](field)
        self.fields[name].help_text = _("Số phiếu đã sửa thành kết quả khác nên phải ghi ô này.")


def _typed(kind, value):
    if kind in (FieldKind.BRANCH, FieldKind.DOUBLE) and isinstance(value, Mapping):
        return value["id"]
    return "" if value is None else value


class CorrectFactsForm(CorrectionFields):
    """The facts that reports count, filled with what was frozen at admission."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        dossier: Dossier,
        user: User,
        data: Mapping[str, str] | None = None,
        proposed: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={"version": dossier.version})
        names = correctable_facts(dossier)
        for name in names:
            value = fact_at_admission(dossier, name)
            if name == "branch":
                field: forms.Field = BranchField(
                    user, keep=dossier.admitted_branch or dossier.branch, permission=Permission.ENTER
                )
                field.label = gettext_lazy("Chi bộ kết nạp")
            else:
                field = make_form_field(fact_field(name)) or forms.CharField()
            field.initial = getattr(value, "pk", value)
            if proposed and name in proposed:
                field.initial = proposed[name]
            self.fields[name] = field
        self.add_correction_fields(dossier, user, takes_two=True)
        boxes = [name for name in names if isinstance(self.fields[name], forms.BooleanField)]
        others = [make_column(name, 6) for name in names if name not in boxes]
        self.helper = make_form_helper(Layout("version", Row(*others), *boxes))


def as_typed(value: Any) -> str:
    """A value as an address carries it to the form of the facts."""
    if isinstance(value, Birth):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "on" if value else ""
    return str(getattr(value, "pk", value))
