"""Forms for quotas: the amount in its five kinds, the document it rests on, a proposal, a day's membership."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Organisation
from notation.fields import REQUIRED, TOO_LONG, DateField, TextField
from notation.forms import make_form_helper
from notation.stale import READ, normalise_lines, pack_read, texts_of
from reports import measures
from reports.models import Basis, MemberCount, Quota
from reports.quotas import assign

WHOLE = {"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}
WORDS = {
    "required": REQUIRED,
    "invalid": gettext_lazy("Ghi một số."),
    "invalid_choice": gettext_lazy("Chọn một trong danh sách."),
    "max_length": TOO_LONG,
}


class WholeField(forms.Field):
    """A whole number as it is written here: 1.000 is a thousand."""

    def __init__(self, *, most=assign.MOST, **kwargs):
        super().__init__(widget=forms.TextInput(attrs=WHOLE), **kwargs)
        self.most = most

    def to_python(self, value):
        return assign.whole_number(str(value or ""), self.most)


def whole_number_field(label: str | Promise, **kwargs: Any) -> WholeField:
    return WholeField(label=label, required=False, **kwargs)


class RateField(forms.DecimalField):
    """A rate in per cent, with a comma or a point."""

    def to_python(self, value):
        return super().to_python(value.replace(",", ".").rstrip("% ") if isinstance(value, str) else value)


class BasisForm(forms.Form):
    """The document a quota rests on: one that was used before, or its number and date."""

    known_basis = forms.ModelChoiceField(
        Basis.objects.none(),
        label=gettext_lazy("Căn cứ đã dùng"),
        required=False,
        empty_label=gettext_lazy("Văn bản khác"),
    )
    basis = TextField(label=gettext_lazy("Số, ký hiệu căn cứ giao"), max_length=200, required=False)
    basis_on = DateField(label=gettext_lazy("Ngày của văn bản"), required=False)
    basis_title = TextField(label=gettext_lazy("Trích yếu"), max_length=200, required=False)

    def __init__(self, *args, unit, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit, self.period = unit, period
        if "known_basis" in self.fields:
            self.fields["known_basis"].queryset = assign.known_bases(unit)
        for field in self.fields.values():
            field.error_messages |= WORDS
        self.helper = make_form_helper()
        self.helper.layout = Layout(
            Row(*(Column(name, css_class="col-md-6") for name in self.fields), css_class="gx-3")
        )

    def clean(self):
        data = super().clean()
        if "known_basis" in self.fields and not data.get("known_basis"):
            missing = {
                "basis": _("Chọn văn bản đã dùng, hoặc ghi số của văn bản khác."),
                "basis_on": REQUIRED,
            }
            for name, sentence in missing.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data

    def basis_row(self):
        """The `Basis` that was chosen or typed, written down when it is new; raises `Refused`."""
        data = self.cleaned_data
        if data["known_basis"]:
            return data["known_basis"]
        title = data["basis_title"]
        return assign.record_basis(data["basis"], data["basis_on"], issuer=self.unit.title, title=title)


class QuotaForm(BasisForm):
    """A quota for one unit in any of the five kinds. Without a kind it is a number, without a measure the total."""

    unit = forms.ModelChoiceField(None, label=gettext_lazy("Đơn vị"), empty_label="—")
    measure = forms.ChoiceField(label=gettext_lazy("Tiêu chí"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Cách giao"), required=False, choices=Quota.Kind.choices)
    number = whole_number_field(
        gettext_lazy("Chỉ tiêu"),
        help_text=gettext_lazy("Của kỳ, bình quân mỗi năm, hoặc mức dưới của khoảng."),
    )
    high = whole_number_field(gettext_lazy("Mức trên"), help_text=gettext_lazy("Chỉ khi giao một khoảng."))
    rate = RateField(
        label=gettext_lazy("Tỷ lệ %"),
        required=False,
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs=WHOLE | {"inputmode": "decimal"}),
        help_text=gettext_lazy("Trên số đảng viên, hoặc trên số chi bộ trực thuộc."),
    )
    base_on = DateField(
        label=gettext_lazy("Lấy số đảng viên ngày"),
        required=False,
        help_text=gettext_lazy("Chỉ khi giao tỷ lệ trên số đảng viên."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("unit", "measure", "kind", "number", "high", "rate", "base_on")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = lambda row: row.title
        self.fields["unit"].error_messages["invalid_choice"] = _(
            "Không có đơn vị này trong phạm vi của đồng chí."
        )
        self.fields["measure"].choices = measures.measure_choices(unknown=False)

    def clean(self):
        data = super().clean()
        data["measure"] = data.get("measure") or "admitted"
        data["kind"] = data.get("kind") or Quota.Kind.NUMBER
        data["membership"] = None
        if data.get("base_on") and data.get("unit"):
            data["membership"] = MemberCount.objects.filter(unit=data["unit"], on=data["base_on"]).first()
            if data["membership"] is None:
                self.add_error("base_on", _("Chưa ghi số đảng viên của đơn vị tại ngày này."))
        return data

    def amount(self):
        data = self.cleaned_data
        return assign.Amount(*(data.get(name) for name in assign.Amount.__dataclass_fields__))

    def add_refusal(self, refusal):
        """Put what a verb refused at the fields it names."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal.messages)
            return
        for name, sentences in refusal.message_dict.items():
            self.add_error("base_on" if name == "membership" else name, sentences)


class ProposalForm(QuotaForm):
    """A quota that a base committee asks for; it rests on no document, and may say why."""

    known_basis = basis = basis_on = basis_title = None  # type: ignore[assignment]  # Django: takes a field away
    reason = TextField(label=gettext_lazy("Lý do"), max_length=300, required=False)


class MembershipForm(forms.Form):
    """How many members a unit had on a day."""

    unit: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Đơn vị"), empty_label="—"
    )
    on = DateField(label=gettext_lazy("Tại ngày"))
    number = WholeField(label=gettext_lazy("Số đảng viên"), most=10_000_000)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = lambda row: row.title
        for field in self.fields.values():
            field.error_messages |= WORDS
        self.helper = make_form_helper()


class ReportTextForm(forms.Form):
    """What is written beside the figures of a period; each line is a paragraph."""

    difficulties = forms.CharField(
        label=gettext_lazy("Khó khăn, hạn chế"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
    )
    tasks = forms.CharField(
        label=gettext_lazy("Nhiệm vụ kỳ tới"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= WORDS
        self.standing = texts_of(self, ("difficulties", "tasks"))
        self.fields[READ] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=pack_read(self.standing)
        )
        self.helper = make_form_helper()

    def clean(self):
        # A browser sends line breaks of its own; the same words are the same version.
        texts = ((name, text) for name, text in self.cleaned_data.items() if name != READ)
        return {name: normalise_lines(text).strip() for name, text in texts}


class ReopenForm(forms.Form):
    """Why a closed quarter is to be opened again."""

    reason = TextField(label=gettext_lazy("Lý do mở lại"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages |= WORDS
        self.helper = make_form_helper()


class VerifyForm(forms.Form):
    """A fingerprint as printed, or a workbook in which it is printed."""

    code = forms.CharField(
        label=gettext_lazy("Mã đối chiếu"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc tệp Excel (.xlsx), không quá 5 MB"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "empty": gettext_lazy("Tệp này trống."),
            "invalid": gettext_lazy("Chọn tệp trước đã."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages |= WORDS | {"max_length": TOO_LONG}
        self.helper = make_form_helper()

    def clean(self):
        if not self.errors and not self.cleaned_data.get("code") and not self.cleaned_data.get("file"):
            self.add_error("code", _("Ghi mã hoặc chọn tệp."))
        return self.cleaned_data
