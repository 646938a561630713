"""Fields for what people type: dates, lines of text, names. What is wrong is said in a sentence that names it."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notation.dates import dmy, parse_date
from notation.vietnamese import HYPHENS, clean, clean_name

TOO_LONG = gettext_lazy("Dài %(show_value)d ký tự; nhiều nhất %(limit_value)d.")
REQUIRED = gettext_lazy("Ô này phải nhập.")
GROUPING = f" .{HYPHENS}"
"""What people put between the groups of a long number."""
NAME_MARKS = " -'."


class DateField(forms.Field):
    """A date as people type it; what is wrong with one is said in a sentence that names it."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "data-date": "", "class": "w-date", "autocomplete": "off"}
    )
    default_error_messages = {"required": REQUIRED}

    def prepare_value(self, value: Any) -> Any:
        return dmy(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_date(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or None)


class TextField(forms.CharField):
    """One line of text in the spelling that is stored: NFC, single spaces; no pictures or control characters."""

    default_error_messages = {"required": REQUIRED, "max_length": TOO_LONG}

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")

    def run_validators(self, value: str) -> None:
        for char in value:
            if unicodedata.category(char) in ("So", "Cs", "Co", "Cn"):
                raise forms.ValidationError(_("Ký tự “%(char)s” không ghi được vào sổ.") % {"char": char})
        super().run_validators(value)


class IdentityNumberField(TextField):
    """The number of an identity card, 9 digits, or of a citizen, 12; however people group them."""

    def to_python(self, value: Any) -> str:
        return "".join(char for char in super().to_python(value) if char not in GROUPING)

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if value and not (value.isascii() and value.isdecimal() and len(value) in (9, 12)):
            raise forms.ValidationError(
                _("“%(number)s” có %(n)d ký tự; số CMND có 9 chữ số, số định danh có 12.")
                % {"number": value, "n": len(value)}
            )


class NameField(TextField):
    """A person's name: letters and the few marks that names have. One word is a name too; see `remark_name`."""

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value))

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        wrong = next((c for c in value if not (unicodedata.category(c)[0] in "LM" or c in NAME_MARKS)), None)
        if wrong:
            raise forms.ValidationError(
                _("“%(char)s” không dùng trong họ tên; họ tên chỉ có chữ cái, dấu cách, dấu nối, dấu chấm.")
                % {"char": wrong}
            )
        if value and not any(char.isalpha() for char in value):
            raise forms.ValidationError(_("Ghi họ tên bằng chữ, như “Nguyễn Thị Hạnh”."))


def remark_name(name: str) -> str:
    """What looks odd about a name, "" for the usual: some peoples' papers carry one word (docs/domain.md, 6.1)."""
    if not name or len(name.split()) > 1:
        return ""
    return _("“%(name)s” chỉ có một từ; nếu giấy tờ ghi như vậy thì để nguyên.") % {"name": name}
