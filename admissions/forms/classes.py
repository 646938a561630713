"""The forms of awareness classes: the class itself, and the lines of its people at each step."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import ClassStep, Grade
from admissions.classes import Answer, Assessment, Nominee, Presence
from admissions.forms.base import make_column, make_count_field
from admissions.models import AwarenessClass, Dossier, Enrolment, Reason
from notation.dates import today
from notation.fields import DateField, TextField
from notation.forms import make_form_helper
from notation.vietnamese import clean


class LinesField(forms.CharField):
    """Several lines, each in the spelling that is stored; empty ones are left out."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> str:
        lines = (clean(line) for line in (value or "").splitlines())
        return "\n".join(line for line in lines if line)


def _label(name):
    return AwarenessClass._meta.get_field(name).verbose_name


class ClassForm(forms.Form):
    """What the decision on a class says."""

    name = TextField(label=_label("name"), max_length=80)
    number = TextField(label=_label("number"), max_length=40, required=False)
    decided_on = DateField(label=_label("decided_on"), required=False)
    organiser = TextField(label=_label("organiser"), max_length=160)
    place = TextField(label=_label("place"), max_length=160)
    first = DateField(label=_label("first"))
    last = DateField(label=_label("last"))
    days = make_count_field(_label("days"), initial=5)
    programme = LinesField(label=_label("programme"), max_length=2000, required=False)
    committee_number = TextField(label=_label("committee_number"), max_length=40, required=False)
    committee_on = DateField(label=_label("committee_on"), required=False)
    committee = LinesField(label=_label("committee"), max_length=1000, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = make_form_helper(
            Layout(
                "name",
                Row(make_column("number", 6), make_column("decided_on", 6)),
                Row(make_column("first", 4), make_column("last", 4), make_column("days", 4)),
                "organiser",
                "place",
                "programme",
                Row(make_column("committee_number", 6), make_column("committee_on", 6)),
                "committee",
            )
        )

    def fill(self, course: AwarenessClass) -> AwarenessClass:
        """`course` with what was typed, unsaved."""
        for name, value in self.cleaned_data.items():
            setattr(course, name, value)
        return course


def values_of(course: AwarenessClass) -> dict[str, Any]:
    """What the form of a class starts from."""
    return {name: getattr(course, name) for name in ClassForm.base_fields}


class StepForm(forms.Form):
    """The day on which something was recorded for many."""

    on = DateField(label=gettext_lazy("Ngày"))

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"on": today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            css = field.widget.attrs.get("class", "")
            field.widget.attrs["class"] = f"form-control {css}".strip()


class ResultStepForm(StepForm):
    rewrite_by = DateField(label=gettext_lazy("Bài viết lại nộp trước ngày"), required=False)


class CertificateStepForm(StepForm):
    number = TextField(
        label=gettext_lazy("Từ số"), max_length=20, widget=forms.TextInput(attrs={"class": "w-no"})
    )
    issuer = TextField(label=gettext_lazy("Nơi cấp"), max_length=160)


class Line(forms.Form):
    """One person's line at a step; `about` is their dossier or their place in the class."""

    name: str
    letter = "e"

    def __init__(
        self, about: Dossier | Enrolment, data: Any = None, *, warnings: tuple[str, ...] = ()
    ) -> None:
        super().__init__(data, prefix=f"{self.letter}{about.pk}", initial=self.start(about, warnings))
        self.about, self.warnings = about, warnings
        self.dossier = about.dossier if isinstance(about, Enrolment) else about
        self.unit = about.commune
        for field in self.fields.values():
            kinds = ((forms.CheckboxInput, "form-check-input"), (forms.Select, "form-select"))
            usual = next((css for kind, css in kinds if isinstance(field.widget, kind)), "form-control")
            field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {usual}".strip()
            field.widget.attrs["aria-label"] = f"{field.label}, {self.dossier.candidate.full_name}"

    def start(self, about: Any, warnings: tuple[str, ...]) -> dict[str, Any]:
        """What the line shows before anybody typed."""
        return {}

    @property
    def enrolment(self) -> Enrolment:
        assert isinstance(self.about, Enrolment)
        return self.about

    @property
    def taken_up(self) -> bool:
        """Whether something was typed for this person."""
        return True


class _Ticked(Line):
    picked = forms.BooleanField(label=gettext_lazy("Chọn"), required=False)

    @property
    def taken_up(self) -> bool:
        return bool(self.cleaned_data["picked"])


class NomineeLine(_Ticked):
    letter = "d"
    resolution = TextField(label=gettext_lazy("Nghị quyết chi bộ"), max_length=40, required=False)

    def make_row(self) -> Nominee:
        return Nominee(self.dossier, self.cleaned_data["resolution"])


class AnswerLine(Line):
    answer = forms.ChoiceField(label=gettext_lazy("Ý kiến"), required=False)
    reason = TextField(label=gettext_lazy("Lý do không duyệt"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [("", "—"), ("yes", _("Đồng ý")), ("no", _("Không duyệt"))]
        self.fields["reason"].widget.attrs["list"] = "reasons"

    def start(self, about: Any, warnings: tuple[str, ...]) -> dict[str, Any]:
        fresh = about.step in (ClassStep.NOMINATED, ClassStep.PROPOSED) and not warnings
        return {"answer": "yes" if fresh else "", "reason": about.reason}

    @property
    def taken_up(self) -> bool:
        return bool(self.cleaned_data["answer"])

    def make_row(self) -> Answer:
        data = self.cleaned_data
        return Answer(self.enrolment, data["answer"] == "yes", data["reason"])


class PresenceLine(Line):
    days = make_count_field(gettext_lazy("Số ngày dự"))
    reason = TextField(label=gettext_lazy("Lý do vắng"), max_length=200, required=False)

    def start(self, about: Any, warnings: tuple[str, ...]) -> dict[str, Any]:
        known = about.days_attended
        return {"days": about.awareness_class.days if known is None else known, "reason": about.reason}

    def make_row(self) -> Presence:
        return Presence(self.enrolment, self.cleaned_data["days"], self.cleaned_data["reason"])


class AssessmentLine(Line):
    score = forms.DecimalField(
        label=gettext_lazy("Điểm"),
        required=False,
        max_digits=3,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-num", "autocomplete": "off"}),
    )
    result = forms.ChoiceField(label=gettext_lazy("Kết quả"), required=False)
    reason = TextField(label=gettext_lazy("Ghi chú, lý do"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [
            ("", "—"),
            *((grade.value, grade.label) for grade in Grade),
            (ClassStep.REWRITE.value, _("Viết lại bài")),
            (ClassStep.FAILED.value, _("Không đạt, phải học lại")),
        ]

    def start(self, about: Any, warnings: tuple[str, ...]) -> dict[str, Any]:
        result = about.grade or (about.step if about.step in (ClassStep.REWRITE, ClassStep.FAILED) else "")
        return {"score": about.score, "result": result, "reason": about.reason}

    @property
    def taken_up(self) -> bool:
        return bool(self.cleaned_data["result"]) and self.has_changed()

    def make_row(self, rewrite_by: Any = None) -> Assessment:
        data, result = self.cleaned_data, self.cleaned_data["result"]
        facts = {"score": data["score"], "reason": data["reason"]}
        if result in Grade.values:
            return Assessment(self.enrolment, ClassStep.PASSED, result, **facts)
        return Assessment(self.enrolment, ClassStep(result), rewrite_by=rewrite_by, **facts)


class CertificateLine(_Ticked):
    def start(self, about: Any, warnings: tuple[str, ...]) -> dict[str, Any]:
        return {"picked": True}


class TakeBackForm(forms.Form):
    reason = TextField(label=gettext_lazy("Lý do"), max_length=200)


def offered_reasons() -> list[str]:
    """The reasons that are offered for not approving a nomination."""
    return [row.text for row in Reason.objects.filter(use=Reason.Use.CLASS, active=True)]
