"""Today, dates as people type them, and arithmetic with whole months."""

import calendar
import re
import unicodedata
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notation.numbers import NOTHING


def today() -> date:
    """The day the register stands on: the setting TODAY for a demonstration, otherwise the day in Vietnam."""
    return settings.TODAY or timezone.localdate()


def now() -> datetime:
    """The present moment, moved to `today()` when a demonstration stands on another day. Aware."""
    moment = timezone.localtime()
    return (
        moment.replace(year=today().year, month=today().month, day=today().day) if settings.TODAY else moment
    )


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier, when negative), clipped to the end of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


WRITTEN = r"(?:ngày\s+)?(\d\d?)\s+tháng\s+(\d\d?)\s*,?\s*(?:năm\s+)?(\d{4}|\d\d)"
"""A date as documents write it: "ngày 05 tháng 02 năm 2016"."""
NUMERIC = r"(\d\d?)[/.\-](\d\d?)[/.\-](\d{4}|\d\d)"
IN_TEXT = re.compile(
    rf"(?<![\w/.\-])(?:{WRITTEN}|(\d\d?)[/.\-](\d\d?)[/.\-](\d{{4}})|(\d\d?)/(\d\d?)/(\d\d))(?![\w/])",
    re.IGNORECASE,
)
"""A date inside a sentence; a year of two digits only with slashes, as numbers of documents have dots and dashes."""


def parse_date(text: str) -> date:
    """A date typed as dd/mm/yyyy (also d/m/yy, ddmmyyyy, with dots or dashes), yyyy-mm-dd or written out.

    Two-digit years mean the latest such year that is not after next year. Raises `ValueError` with a sentence
    that says what is wrong with the date.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if match := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", text):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(rf"{NUMERIC}|(\d\d)(\d\d)(\d{{4}})|{WRITTEN}", text, re.IGNORECASE):
        day, month, year = (int(part) for part in match.groups() if part)
    else:
        raise ValueError(_("“%(text)s” không phải là ngày; ghi như 05/02/1996.") % {"text": text[:20]})
    year = full_year(year)
    check_month(text, year, month)
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise ValueError(
            _("%(text)s không có trong lịch, tháng %(month)d có %(length)d ngày")
            % {"text": text, "month": month, "length": length}
        )
    return date(year, month, day)


def full_year(year: int) -> int:
    """A year of two digits in full: the latest such year that is not after next year."""
    if year >= 100:
        return year
    century = today().year // 100 * 100
    return year + (century if century + year <= today().year + 1 else century - 100)


def check_month(text: str, year: int, month: int) -> None:
    """Raise `ValueError` with a sentence for a year or a month of `text` that is none."""
    if not 1900 <= year <= 2100:
        raise ValueError(_("Năm %(year)d không đúng.") % {"year": year})
    if not 1 <= month <= 12:
        raise ValueError(_("%(text)s không có trong lịch: tháng từ 1 đến 12.") % {"text": text})


def split_dates(text: str) -> tuple[str, list[date]]:
    """(`text` without its dates, the dates in it), dates in numbers and written out; what is in no calendar stays."""
    dates = []

    def take(match):
        try:
            dates.append(parse_date(match.group()))
        except ValueError:
            return match.group()
        return " "

    return IN_TEXT.sub(take, unicodedata.normalize("NFC", text)), dates


def dmy(day: date | None) -> str:
    """dd/mm/yyyy; nothing is a dash."""
    return NOTHING if day is None else f"{day:%d/%m/%Y}"


def format_moment(at: datetime) -> str:
    """dd/mm/yyyy hh:mm in Vietnam's time."""
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}"


WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def format_weekday_date(day: date) -> str:
    """The weekday in words and the date: "Thứ Hai, 27/02/2017"."""
    return f"{WEEKDAYS[day.weekday()]}, {dmy(day)}"
