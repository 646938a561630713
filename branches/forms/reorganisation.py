"""The forms of a plan of changes: the document it rests on, an answer to what it leaves open, why it is undone."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from branches.models import Organisation, Reorganisation
from notation.dates import dmy, today
from notation.fields import REQUIRED, TOO_LONG, DateField, TextField
from notation.forms import make_form_helper
from notation.search_select import SearchSelect

CHOOSE = gettext_lazy("Chọn một dòng trong danh sách.")
WORDS = {"required": REQUIRED, "max_length": TOO_LONG, "invalid_choice": CHOOSE}


def write_sentences(fields: Iterable[forms.Field]) -> None:
    """Give every field the house's sentences for what is wrong."""
    for field in fields:
        field.error_messages |= WORDS
        field.widget.attrs.setdefault("autocomplete", "off")


def make_row(*columns: tuple[str, int]) -> Row:
    """Fields side by side: (name, width in twelfths) each."""
    return Row(*(Column(name, css_class=f"col-md-{width}") for name, width in columns), css_class="gx-3")


class BasisForm(forms.Form):
    """The decision a plan rests on, and the first day of the new structure; without a title the changes give it."""

    title = TextField(
        label=gettext_lazy("Tên kế hoạch"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Để trống thì lấy theo thay đổi thứ nhất."),
    )
    number = TextField(label=gettext_lazy("Số, ký hiệu quyết định"), max_length=80)
    decided_on = DateField(label=gettext_lazy("Ngày quyết định"))
    issuer = TextField(label=gettext_lazy("Cơ quan ban hành"), max_length=160)
    day = DateField(
        label=gettext_lazy("Hiệu lực từ ngày"),
        help_text=gettext_lazy("Đơn vị cũ kết thúc vào hết ngày trước đó."),
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, unit: Organisation, data: Any = None, plan: Reorganisation | None = None) -> None:
        initial: dict[str, Any] = {"issuer": _issuer_of(unit), "day": today()}
        if plan:
            names = ("title", "number", "decided_on", "issuer", "day", "note", "version")
            initial = {name: getattr(plan, name) for name in names}
        super().__init__(data, initial=initial)
        write_sentences(self.fields.values())
        rows = [make_row(("number", 5), ("decided_on", 3), ("day", 4)), "issuer"]
        if plan is None:
            del self.fields["version"]
        else:
            rows += ["title", "version"]
        self.helper = make_form_helper(Layout(*rows, *(["title"] if plan is None else []), "note"))

    def clean(self) -> dict:
        data = super().clean() or {}
        decided, day = data.get("decided_on"), data.get("day")
        if decided and decided > today():
            self.add_error("decided_on", _("%(day)s chưa tới.") % {"day": dmy(decided)})
        if decided and day and day < decided:
            facts = {"day": dmy(day), "decided": dmy(decided)}
            self.add_error("day", _("Hiệu lực %(day)s trước ngày quyết định %(decided)s.") % facts)
        return data

    def basis(self) -> dict[str, Any]:
        """What `branches.drafts` writes of the plan itself."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _issuer_of(unit):
    return (
        _("Ban Thường vụ %(committee)s") % {"committee": unit.committee} if not unit.is_branch else unit.title
    )


class UndoForm(forms.Form):
    """Why a plan that was carried out is undone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = TextField(label=gettext_lazy("Lý do hoàn tác"), max_length=300)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        write_sentences(self.fields.values())
        self.helper = make_form_helper()


class VersionForm(forms.Form):
    """An act on a plan as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """An answer to one question of a plan: one of several, a text, or a number for each."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, question: Any, version: int, data: Any = None, *, alike: int = 0) -> None:
        super().__init__(data, initial={"version": version})
        self.question = question
        if question.kind == "numbers":
            answer = question.answer if isinstance(question.answer, dict) else {}
            for n, (value, label) in enumerate(question.choices):
                self.fields[f"n{n}"] = _number_field(label, answer.get(str(value)))
        elif question.kind == "text":
            self.fields["answer"] = TextField(
                label=_("Trả lời"), max_length=120, initial=question.answer or ""
            )
        else:
            self.fields["answer"] = _choice_field(question)
        if alike:
            words = ngettext(
                "Cùng cách cho %(n)d câu hỏi cùng loại còn lại",
                "Cùng cách cho cả %(n)d câu hỏi cùng loại còn lại",
                alike,
            )
            self.fields["alike"] = forms.BooleanField(label=words % {"n": alike}, required=False)
        write_sentences(self.fields.values())
        self.helper = make_form_helper()

    def answer(self) -> Any:
        """What is kept: a text, the value chosen, or {value: number}."""
        if self.question.kind != "numbers":
            return self.cleaned_data["answer"]
        values = [str(value) for value, _label in self.question.choices]
        return {value: self.cleaned_data[f"n{n}"] for n, value in enumerate(values)}


def _choice_field(question):
    """Radios of a few choices, a list that is searched of many."""
    few = len(question.choices) <= 6
    choices = [(str(value), label) for value, label in question.choices]
    return forms.ChoiceField(
        label=_("Lựa chọn"),
        choices=choices if few else [("", "—"), *choices],
        widget=forms.RadioSelect if few else SearchSelect,
        initial=None if question.answer is None else str(question.answer),
    )


def _number_field(label, number):
    widget = forms.TextInput({"inputmode": "numeric", "class": "w-num"})
    field = forms.IntegerField(label=label, min_value=0, max_value=99999, widget=widget, initial=number)
    field.error_messages["invalid"] = gettext_lazy("Ghi một số nguyên.")
    return field
