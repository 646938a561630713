"""The month or the quarter of a review, and until when the branch writes it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from notation.dates import add_months
from notation.numbers import roman_numeral
from oversight.models import Review
from reports import periods

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
QUARTER = re.compile(r"(\d{4})-q([1-4])")
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class ReviewPeriod:
    """A month or a quarter, by its `kind` and its `first` day."""

    kind: Review.Kind
    first: date

    def __str__(self) -> str:
        return str(self.period)

    @property
    def is_month(self) -> bool:
        return self.kind == Review.Kind.MONTH

    @property
    def last(self) -> date:
        return add_months(self.first, 1 if self.is_month else 3) - timedelta(days=1)

    @property
    def code(self) -> str:
        """How an address names it: "2017-02", "2017-q1"."""
        return f"{self.first:%Y-%m}" if self.is_month else f"{self.first.year}-q{self.period.number}"

    @property
    def short(self) -> str:
        """Without its year: "tháng 2", "quý I"."""
        if self.is_month:
            return _("tháng %(n)d") % {"n": self.first.month}
        return _("quý %(n)s") % {"n": roman_numeral(self.period.number)}

    @property
    def period(self) -> periods.Period:
        """The same days as reports know them."""
        return (
            periods.any_days(self.first, self.last) if self.is_month else periods.quarter_of_day(self.first)
        )

    @property
    def deadline(self) -> date:
        """The last day on which the branch writes it (the setting REVIEW_DEADLINE_DAYS after its end)."""
        return self.last + timedelta(days=settings.REVIEW_DEADLINE_DAYS)

    @property
    def before(self) -> "ReviewPeriod":
        return ReviewPeriod(self.kind, add_months(self.first, -1 if self.is_month else -3))

    @property
    def after(self) -> "ReviewPeriod":
        return ReviewPeriod(self.kind, add_months(self.first, 1 if self.is_month else 3))

    @property
    def quarter(self) -> "ReviewPeriod":
        return review_quarter_of(self.first)

    @property
    def months(self) -> "list[ReviewPeriod]":
        """The months in it: one, or three."""
        return [month_of(add_months(self.first, n)) for n in range(1 if self.is_month else 3)]


def month_of(day: date) -> ReviewPeriod:
    return ReviewPeriod(Review.Kind.MONTH, day.replace(day=1))


def review_quarter_of(day: date) -> ReviewPeriod:
    return ReviewPeriod(Review.Kind.QUARTER, periods.quarter_of_day(day).first)


def period_of(review: Review) -> ReviewPeriod:
    return ReviewPeriod(Review.Kind(review.kind), review.first)


def parse_review_period(code: str) -> ReviewPeriod | None:
    """The period that `code` names, None for no such period."""
    if (match := MONTH.fullmatch(code)) and int(match[1]) in YEARS:
        return month_of(date(int(match[1]), int(match[2]), 1))
    if (match := QUARTER.fullmatch(code)) and int(match[1]) in YEARS:
        return review_quarter_of(date(int(match[1]), 3 * int(match[2]), 1))
    return None
