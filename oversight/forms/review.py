"""The form of a branch's review. Every answer has a default, so that a month without news takes two taps."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Proposal
from admissions.forms.base import make_count_field
from notation.fields import REQUIRED, TOO_LONG, DateField, TextField
from oversight.models import Review, Task
from oversight.pages.review import Asked, Person, ReviewPage, TaskRow, Ticked
from oversight.pages.review_words import PEOPLE_WORDS, describe_people
from oversight.reviews import KEEP, Answers, Given

KEPT = "keep"
"""The form's word for a person who is kept: an empty answer would be none."""
PERSON_CHOICES = (
    (KEPT, gettext_lazy("Giữ")),
    (Proposal.CLASS.value, gettext_lazy("Cử học lớp")),
    (Proposal.PROCEDURE.value, gettext_lazy("Cho làm thủ tục")),
    (Proposal.REMOVAL.value, gettext_lazy("Đưa ra")),
)
TASK_CHOICES = tuple(
    (state.value, state.label) for state in (Task.State.DONE, Task.State.DOING, Task.State.OPEN)
)


def _radios(label, choices):
    wrong = {"required": REQUIRED, "invalid_choice": gettext_lazy("Chọn một trong các ô.")}
    widget = forms.RadioSelect(attrs={"class": "form-check-input"})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages=wrong)


def _line(label, length, **attrs):
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})
    return TextField(label=label, max_length=length, required=False, widget=widget)


def _paragraph(label, length):
    widget = forms.Textarea(attrs={"class": "form-control", "rows": 2})
    made = forms.CharField(label=label, max_length=length, required=False, widget=widget)
    made.error_messages["max_length"] = TOO_LONG
    return made


class ReviewForm(forms.Form):
    """The review that `page` is about."""

    def __init__(self, page: ReviewPage, data: Any = None) -> None:
        super().__init__(data)
        self.page = page
        self._add_meeting(page)
        for asked in page.tasks:
            self.fields[asked.key] = _radios(asked.task.what, TASK_CHOICES)
            self.initial[asked.key] = asked.task.state
        for person in page.people:
            if not person.fixed:
                self.fields[person.key] = _radios(person.name, PERSON_CHOICES)
                self.fields[person.reason_key] = _line(_("Lý do đưa ra"), 200)
                self.initial.update({person.key: KEPT, person.reason_key: person.reason})
        if page.people:
            self.fields["number"] = _line(_("Số nghị quyết"), 40)
            self.initial["number"] = page.number
        for ticked in page.difficulties:
            widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
            label = ticked.row.text
            self.fields[ticked.key] = forms.BooleanField(label=label, required=False, widget=widget)
            self.initial[ticked.key] = ticked.ticked
        self._add_words(page, page.review)
        for row in page.given:
            self._add_task(row)
        for name in self.errors if data is not None else ():
            if name in self.fields:
                widget = self.fields[name].widget
                widget.attrs["class"] = f"{widget.attrs.get('class', '')} is-invalid".strip()

    def _add_meeting(self, page):
        self.fields["held_on"] = DateField(label=_("Ngày họp"))
        self.fields["present"] = make_count_field(_("Có mặt"))
        self.fields["members"] = make_count_field(_("Tổng số"))
        self.fields["score"] = make_count_field(_("Điểm"))
        self.fields["score"].required = False
        for name in ("held_on", "present", "members", "score"):
            self.fields[name].widget.attrs["class"] = "form-control short"
        self.initial |= page.meeting

    def _add_words(self, page, review):
        self.fields["words"] = _paragraph(_("Ghi thêm, nếu cần"), 1000)
        self.fields["measures"] = _paragraph(_("Biện pháp"), 1000)
        self.fields["assessment"] = _radios(_("Tự đánh giá"), Review.Assessment.choices)
        self.initial |= {
            "words": review.words if review else "",
            "measures": review.measures if review else "",
            "assessment": review.assessment if review else page.suggestion[0],
        }

    def _add_task(self, row):
        self.fields[f"{row.key}-what"] = _line(_("Việc"), 300)
        self.fields[f"{row.key}-who"] = _line(_("Người làm"), 160, list="people")
        self.fields[f"{row.key}-before"] = DateField(label=_("Trước ngày"), required=False)
        self.fields[f"{row.key}-before"].widget.attrs["class"] = "form-control"
        self.initial |= {f"{row.key}-{name}": getattr(row, name) for name in ("what", "who", "before")}

    # As the page draws it

    def task_answers(self) -> list[tuple[Asked, BoundField]]:
        return [(asked, self[asked.key]) for asked in self.page.tasks]

    def person_answers(self) -> list[tuple[Person, BoundField | None, BoundField | None]]:
        """[(person, the answer, its reason)]; None for whom nothing is asked."""
        return [
            (one, None, None) if one.fixed else (one, self[one.key], self[one.reason_key])
            for one in self.page.people
        ]

    def people_told(self) -> str:
        """What goes to the level above as the form stands: "giữ 1, cử học lớp 1"."""
        chosen = [str(field.value() or KEPT) for _one, field, _reason in self.person_answers() if field]
        return describe_people(KEEP if what == KEPT else what for what in chosen)

    def people_words(self) -> dict[str, str]:
        """{value of a person's answer: words with the place of the number}, for the script of the page."""
        return {what or KEPT: str(text) for what, text in PEOPLE_WORDS.items()}

    def ticks(self) -> list[tuple[Ticked, BoundField]]:
        return [(ticked, self[ticked.key]) for ticked in self.page.difficulties]

    def given_tasks(self) -> list[tuple[TaskRow, list[BoundField]]]:
        """[(line, its fields: what, who, before)]."""
        names = ("what", "who", "before")
        return [(row, [self[f"{row.key}-{name}"] for name in names]) for row in self.page.given]

    # What was typed

    def answers(self) -> Answers:
        """The `Answers` of the valid form."""
        said, page = self.cleaned_data, self.page
        return Answers(
            **{name: said[name] for name in ("held_on", "members", "present", "score", "assessment")},
            **{name: said[name] for name in ("words", "measures")},
            number=said.get("number", ""),
            difficulties=[one.row for one in page.difficulties if said[one.key]],
            people={one.dossier: self._said_of(one) for one in page.people if not one.fixed},
            tasks={one.task: said[one.key] for one in page.tasks},
            given=[row for row in map(self._given, page.given) if row.what or row.task],
        )

    def _said_of(self, person):
        what = self.cleaned_data[person.key]
        return KEEP if what == KEPT else what, self.cleaned_data[person.reason_key]

    def _given(self, row):
        said = {name: self.cleaned_data[f"{row.key}-{name}"] for name in ("what", "who", "before")}
        return Given(key=row.key, task=row.task, **said)
