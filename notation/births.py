"""Dates of birth as far as they are known: to the day, to the month, or the year alone."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notation.dates import check_month, dmy, parse_date
from notation.fields import DateField

DAY, MONTH, YEAR = "day", "month", "year"
PRECISIONS = [
    (DAY, gettext_lazy("ngày")),
    (MONTH, gettext_lazy("tháng")),
    (YEAR, gettext_lazy("năm")),
]
"""To what a date of birth is known."""

MONTH_AND_YEAR = r"(?:0{1,2}[/.\-])?(\d\d?)[/.\-](\d{4})|tháng\s+(\d\d?)\s*,?\s*(?:năm\s+)?(\d{4})"
YEAR_ALONE = r"(?:0{1,2}[/.\-]0{1,2}[/.\-]|năm\s+)?(\d{4})"


@dataclass(frozen=True)
class Birth:
    """A date of birth; what is not known of it is the first: 01/1991 is kept as `on` 01/01/1991, to the month."""

    on: date
    precision: str = DAY

    def __str__(self) -> str:
        return {MONTH: f"{self.on:%m/%Y}", YEAR: f"{self.on:%Y}"}.get(self.precision, dmy(self.on))

    @property
    def kept(self) -> str:
        """As a fact of an event keeps it: 1991-05-12, 1991-05, 1991."""
        return self.on.isoformat()[: {MONTH: 7, YEAR: 4}.get(self.precision, 10)]

    @classmethod
    def from_kept(cls, text: str) -> "Birth":
        """The date of birth that `kept` wrote down."""
        return cls(date.fromisoformat(f"{text}-01-01"[:10]), {4: YEAR, 7: MONTH}.get(len(text), DAY))

    @property
    def latest(self) -> date:
        """The first day of the last month in which the person may be born; `on` where the month is known."""
        return self.on.replace(month=12) if self.precision == YEAR else self.on

    def may_equal(self, other: "Birth") -> bool:
        """Whether the two may be one date of birth, as far as both are known."""
        known = {DAY: 3, MONTH: 2, YEAR: 1}
        parts = min(known[self.precision], known[other.precision])
        mine, theirs = ((one.on.year, one.on.month, one.on.day) for one in (self, other))
        return mine[:parts] == theirs[:parts]


def parse_birth(text: str) -> Birth:
    """A date of birth typed as a date, as month and year (5/1991, 00/5/1991) or as a year (1991, 00/00/1991).

    Raises `ValueError` with a sentence that says what is wrong.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if match := re.fullmatch(YEAR_ALONE, text, re.IGNORECASE):
        year = int(match.group(1))
        check_month(text, year, 1)
        return Birth(date(year, 1, 1), YEAR)
    if match := re.fullmatch(MONTH_AND_YEAR, text, re.IGNORECASE):
        month, year = (int(part) for part in match.groups() if part)
        check_month(text, year, month)
        return Birth(date(year, month, 1), MONTH)
    return Birth(parse_date(text))


class BirthField(DateField):
    """A date of birth as people type it, as far as they know it; gives a `Birth`."""

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Birth) else super().prepare_value(value)

    def to_python(self, value: Any) -> Birth | None:  # type: ignore[override]  # a date as far as it is known
        if value in self.empty_values or isinstance(value, Birth):
            return value or None
        try:
            return parse_birth(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def tell_age(birth: Birth, on: date) -> str:
    """How old someone is on a day, by month as the branch counts; by year where the month is not known."""
    if birth.precision == YEAR:
        return _("%(y)d tuổi, chỉ biết năm sinh") % {"y": on.year - birth.on.year}
    months = (on.year - birth.on.year) * 12 + on.month - birth.on.month
    return _("%(y)d tuổi %(m)d tháng") % {"y": months // 12, "m": months % 12}
