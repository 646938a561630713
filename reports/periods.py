"""Periods: a year, a quarter, a term, or any two days. Both ends belong to the period."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from notation.dates import add_months, dmy, today
from reports.models import Term

ROMAN = ("I", "II", "III", "IV")
QUARTER = re.compile(r"(\d{4})-q([1-4])")
HALF = re.compile(r"(\d{4})-h([12])")
DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


class PeriodKind(StrEnum):
    """What a period is; a half is six months, `DAYS` are any two days."""

    YEAR = "year"
    QUARTER = "quarter"
    HALF = "half"
    TERM = "term"
    DAYS = "days"


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included; `code` is how an address or a command names it."""

    first: date
    last: date
    code: str
    kind: PeriodKind

    def __str__(self) -> str:
        if self.is_year:
            return _("năm %(year)d") % {"year": self.first.year}
        if self.is_quarter:
            return _("quý %(n)s/%(year)d") % {"n": ROMAN[self.number - 1], "year": self.first.year}
        if self.is_half:
            words = _("6 tháng đầu năm %(year)d") if self.number == 1 else _("6 tháng cuối năm %(year)d")
            return words % {"year": self.first.year}
        if self.is_term:
            return _("nhiệm kỳ %(name)s") % {"name": self.code.replace("-", "–")}
        if self.whole_months:
            return _months_in_words(self)
        return _("từ %(first)s đến %(last)s") % {"first": dmy(self.first), "last": dmy(self.last)}

    @property
    def is_year(self) -> bool:
        return self.kind == PeriodKind.YEAR

    @property
    def is_quarter(self) -> bool:
        return self.kind == PeriodKind.QUARTER

    @property
    def is_half(self) -> bool:
        return self.kind == PeriodKind.HALF

    @property
    def is_term(self) -> bool:
        return self.kind == PeriodKind.TERM

    @property
    def is_any_days(self) -> bool:
        return self.kind == PeriodKind.DAYS

    @property
    def is_settable(self) -> bool:
        """Whether quotas are set for such a period: a year or a term."""
        return self.is_year or self.is_term

    @property
    def spans_years(self) -> bool:
        """Whether it reaches over the end of a year: then no single year's quota and sum stand beside it."""
        return self.first.year != self.last.year

    @property
    def whole_months(self) -> int:
        """Of how many whole months it is that have a name together: one month, the first months of a year, or years.

        0 where they have none.
        """
        if self.first.day != 1 or (self.last + timedelta(days=1)).day != 1:
            return 0
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        named = months == 1 or (self.first.month == 1 and (months < 12 or months % 12 == 0))
        return months if named else 0

    @property
    def name_in_files(self) -> str:
        """How the name of a file says it: "2016-q4", "2016-9-thang", "2016-01-05-den-2017-02-27"."""
        months = self.whole_months if self.is_any_days else 0
        if months == 1:
            return f"{self.first:%Y-%m}"
        if months and not self.spans_years and months < 12:
            return f"{self.first.year}-{months}-thang"
        return self.code.replace("..", "-den-")

    @property
    def number(self) -> int:
        """Which quarter of its year the period begins in, 1 to 4."""
        return (self.first.month + 2) // 3

    @property
    def days(self) -> tuple[date, date]:
        """(first, last)."""
        return self.first, self.last

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last

    def year_before(self) -> "Period | None":
        """The same period one year earlier, to the end of a month where it ends with one; a term has none."""
        if self.is_term:
            return None
        if self.is_year:
            return year_period(self.first.year - 1)
        if self.is_quarter:
            return quarter_period(self.first.year - 1, self.number)
        if self.is_half:
            return half_period(self.first.year - 1, 1 if self.number == 1 else 2)
        after = self.last + timedelta(days=1)
        last = add_months(after, -12) - timedelta(days=1) if after.day == 1 else add_months(self.last, -12)
        return any_days(add_months(self.first, -12), last)

    def year(self) -> "Period":
        """The year that the period begins in."""
        return year_period(self.first.year)

    def year_to_date(self) -> "Period":
        """The year up to the end of the period; a year, a term or what reaches over a year's end stands for itself."""
        if self.is_year or self.is_term or self.spans_years:
            return self
        year = self.year()
        return year if self.last == year.last else any_days(year.first, self.last)

    def quarters(self) -> "list[Period]":
        """The four quarters of the year that the period begins in."""
        return [quarter_period(self.first.year, n) for n in (1, 2, 3, 4)]


def _months_in_words(period):
    months = period.whole_months
    values = {"n": months, "month": period.first.month, "year": period.first.year, "last": period.last.year}
    if months == 1:
        return _("tháng %(month)d/%(year)d") % values
    if months == 12:
        return _("năm %(year)d") % values
    if months > 12:
        return _("%(n)d năm %(year)d–%(last)d") % (values | {"n": months // 12})
    return (_("%(n)d tháng đầu năm %(year)d") if months <= 6 else _("%(n)d tháng năm %(year)d")) % values


class NoPeriod(ValueError):
    """The text names no period."""


def year_period(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), str(number), PeriodKind.YEAR)


def quarter_period(number: int, n: int) -> Period:
    first = date(number, 3 * n - 2, 1)
    return Period(first, add_months(first, 3) - timedelta(days=1), f"{number}-q{n}", PeriodKind.QUARTER)


def quarter_of_day(day: date) -> Period:
    """The quarter that `day` lies in."""
    return quarter_period(day.year, (day.month + 2) // 3)


def preceding_quarter(period: Period) -> Period:
    """The quarter before the first day of `period`."""
    return quarter_of_day(period.first - timedelta(days=1))


def following_quarter(period: Period) -> Period:
    """The quarter after the last day of `period`."""
    return quarter_of_day(period.last + timedelta(days=1))


def nine_months(number: int) -> Period:
    """The first nine months of a year."""
    return any_days(date(number, 1, 1), date(number, 9, 30))


def half_period(number: int, n: int) -> Period:
    """The first or the second six months of a year."""
    first = date(number, 6 * n - 5, 1)
    return Period(first, add_months(first, 6) - timedelta(days=1), f"{number}-h{n}", PeriodKind.HALF)


def span_of_years(first: int, last: int) -> Period:
    """Whole years from `first` to `last`."""
    return any_days(date(first, 1, 1), date(last, 12, 31))


def term_period(row: Term) -> Period:
    """The period of a `Term` row; "2015–2020" is coded "2015-2020"."""
    return Period(row.first, row.last, row.name.replace("–", "-"), PeriodKind.TERM)


def any_days(first: date, last: date) -> Period:
    """The period between any two days; raises `NoPeriod` where the last is before the first."""
    if last < first:
        days = {"last": dmy(last), "first": dmy(first)}
        raise NoPeriod(_("Ngày cuối %(last)s trước ngày đầu %(first)s.") % days)
    return Period(first, last, f"{first:%Y-%m-%d}..{last:%Y-%m-%d}", PeriodKind.DAYS)


def parse_period(code: str) -> Period:
    """The period that `code` names: "2016", "2016-q4", "2015-2020", "2016-01-01..2017-02-27". Raises `NoPeriod`.

    No register reaches beyond the years 1900 to 2100.
    """
    if any(not 1900 <= int(number) <= 2100 for number in re.findall(r"\d{4}", code)):
        raise NoPeriod(_("Không có kỳ “%(code)s”.") % {"code": code[:40]})
    try:
        if re.fullmatch(r"[12]\d{3}", code):
            return year_period(int(code))
        if parts := QUARTER.fullmatch(code):
            return quarter_period(int(parts[1]), int(parts[2]))
        if parts := HALF.fullmatch(code):
            return half_period(int(parts[1]), int(parts[2]))
        if parts := DAYS.fullmatch(code):
            return any_days(date.fromisoformat(parts[1]), date.fromisoformat(parts[2]))
    except (ValueError, OverflowError) as error:
        raise NoPeriod(str(error)) from error
    row = Term.objects.filter(name=code.replace("-", "–")).first()
    if row is None:
        raise NoPeriod(_("Không có kỳ “%(code)s”.") % {"code": code})
    return term_period(row)


def default_period() -> Period:
    """The year of the last quarter that has ended: the period that there is to report on."""
    return year_period(preceding_quarter(quarter_of_day(today())).first.year)


def last_ended_quarter() -> Period:
    """The last quarter that has ended."""
    return [q for q in default_period().quarters() if q.last < today()][-1]
