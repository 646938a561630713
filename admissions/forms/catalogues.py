"""The forms of the catalogues: days off, reasons, Word templates."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import GroupRule
from admissions.forms.base import make_column
from admissions.letters.word import MAX_BYTES
from admissions.models import DayOff, Reason
from notation.fields import REQUIRED, DateField, TextField
from notation.forms import make_form_helper

WHOLE_NUMBER = gettext_lazy("Ghi một số nguyên.")


def _line(label, length):
    return TextField(label=label, max_length=length)


def _choice(label, choices):
    wrong = {"required": REQUIRED, "invalid_choice": gettext_lazy("Chọn một dòng trong danh sách.")}
    return forms.ChoiceField(label=label, choices=choices, error_messages=wrong)


class DayForm(forms.Form):
    """A day off, or a weekend day that is worked."""

    on = DateField(label=gettext_lazy("Ngày"))
    kind = _choice(gettext_lazy("Loại"), DayOff.Kind.choices)
    name = _line(gettext_lazy("Tên"), 120)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "Như ghi trong thông báo nghỉ lễ: Tết Nguyên Đán, Quốc khánh (nghỉ bù)."
        )
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.helper = make_form_helper(Layout(Row(make_column("on", 4), make_column("kind", 4)), "name"))

    @property
    def key(self) -> str:
        """What the consequence was shown for; another day or kind has another consequence."""
        return f"{self.cleaned_data['on']:%Y-%m-%d} {self.cleaned_data['kind']}"


class ReckonForm(forms.Form):
    """A first day and a number of working days; the names are those of the address."""

    tu = DateField(label=gettext_lazy("Kể từ ngày"))
    so = forms.IntegerField(
        label=gettext_lazy("Số ngày làm việc"),
        min_value=1,
        max_value=2000,
        widget=forms.TextInput(attrs={"class": "w-num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": REQUIRED,
            "invalid": WHOLE_NUMBER,
            "min_value": gettext_lazy("Ghi từ 1 ngày trở lên."),
            "max_value": gettext_lazy("Nhiều nhất 2000 ngày."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            css = f"form-control {field.widget.attrs['class']}"
            field.widget.attrs["class"] = f"{css} is-invalid" if name in self.errors else css


class ReasonForm(forms.Form):
    """A reason to offer."""

    use = _choice(gettext_lazy("Dùng khi"), Reason.Use.choices)
    text = _line(gettext_lazy("Lý do"), 200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autocomplete"] = "off"
        self.helper = make_form_helper(Layout("use", "text"))


class GroupForm(forms.Form):
    """A priority group, and the fact that makes somebody one of it; without a fact it is ticked."""

    name = _line(gettext_lazy("Nhóm"), 60)
    rule = forms.ChoiceField(
        label=gettext_lazy("Ai thuộc nhóm"),
        choices=[("", gettext_lazy("đánh dấu ở hồ sơ từng người")), *GroupRule.choices],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.helper = make_form_helper(Layout("name", "rule"))


class TemplateForm(forms.Form):
    """A Word file to use instead; `letters.check_template` checks it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Word (.docx), không quá 1 MB"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": gettext_lazy("Chọn tệp trước đã."),
            "empty": gettext_lazy("Tệp này trống."),
            "invalid": gettext_lazy("Chọn tệp trước đã."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = make_form_helper(Layout("file"))

    def clean_file(self) -> UploadedFile:
        """The file; one that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("Tệp mẫu lớn hơn 1 MB; bỏ bớt hình trong tệp."))
        return file
