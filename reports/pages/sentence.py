"""Sentences of figures, and the paragraph that a report opens with.

A percentage is put into words by one rule (`percent_in_words`): a whole number stands as it is; with a
fraction below 3/4 it is "hơn" the whole number below, from 3/4 on "gần" the next one. So 51,47 and 60,45 are
"hơn 51%" and "hơn 60%", 9,84 is "gần 10%", and 26,67 stays "hơn 26%", as the press writes it, which floors
unless it is just under. Less than 1 % is "chưa đến 1%". A rough number of people (`people_in_words`) is
"trên" the tens below it, the hundreds from a thousand on. No word ever says more than its figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Protocol

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.models import Organisation
from notation.dates import today
from notation.numbers import format_number
from reports import links, periods
from reports.closing.since import Changes, Since
from reports.figures import figures
from reports.measures import ADMITTED, RURAL, Measure
from reports.periods import Period
from reports.quotas import attainment
from reports.quotas.attainment import Target, percent_of

JUST_UNDER = Decimal("0.75")
"""From this fraction on a percentage is said to be nearly the next whole one."""


def percent_in_words(value: Decimal) -> str:
    """A percentage of 0 or more in words: "51%", "hơn 51%", "gần 10%", "chưa đến 1%"."""
    whole = int(Decimal(value).to_integral_value(ROUND_FLOOR))
    rest = Decimal(value) - whole
    if rest == 0:
        return f"{format_number(whole)}%"
    if rest >= JUST_UNDER:
        return _("gần %(n)s%%") % {"n": format_number(whole + 1)}
    return (
        _("hơn %(n)s%%") % {"n": format_number(whole)}
        if whole
        else _("chưa đến %(n)s%%") % {"n": format_number(1)}
    )


def people_in_words(number: int) -> str:
    """A number of people said roughly: "trên 540", from a thousand on "trên 6.900"; below 20 as it is."""
    step = 100 if number >= 1000 else 10
    below = number // step * step
    return (
        format_number(number)
        if number in (below, *range(20))
        else _("trên %(n)s") % {"n": format_number(below)}
    )


def against_quota(admitted: int, quota: int | None, high: int | None = None, *, plan: bool = False) -> str:
    """Admitted against quota in words: "vượt gần 10% so với chỉ tiêu", "đạt chỉ tiêu", "đạt hơn 93% chỉ tiêu".

    Inside a quota that is a range, up to `high`, it is just that; above it the upper end counts. Empty without a quota.
    `plan` says "kế hoạch", as for a quota that was set for another period than is counted.
    """
    if quota is not None and high:
        if quota <= admitted <= high:
            return _("trong khoảng chỉ tiêu %(low)s–%(high)s") % {
                "low": format_number(quota),
                "high": format_number(high),
            }
        quota = high if admitted > high else quota
    reached = percent_of(admitted, quota)
    if reached is None:
        return ""
    if reached == 100:
        return _("đạt kế hoạch") if plan else _("đạt chỉ tiêu")
    if reached > 100:
        words = _("vượt %(percent)s so với kế hoạch") if plan else _("vượt %(percent)s so với chỉ tiêu")
        return words % {"percent": percent_in_words(reached - 100)}
    words = _("đạt %(percent)s kế hoạch") if plan else _("đạt %(percent)s chỉ tiêu")
    return words % {"percent": percent_in_words(reached)}


@dataclass(frozen=True)
class Linked:
    """A number and the address behind it: of the list it counts, or, `counted` False, of where it was set.

    `since` stands beside it where the number differs from what was closed: "267 (268 khi khóa, −1)".
    """

    number: int
    url: str
    counted: bool = True
    since: Since | None = None

    def __str__(self):
        number = format_number(self.number)
        return f"{number} ({self.since.in_words(self.number)})" if self.since else number

    def __html__(self):
        number = format_number(self.number)
        if self.number:
            tag = '<a class="figure" href="{}">{}</a>' if self.counted else '<a href="{}">{}</a>'
            number = format_html(tag, self.url, number)
        if self.since is None:
            return number
        words = self.since.in_words(self.number)
        return format_html('{} (<a class="since" href="{}">{}</a>)', number, self.since.url, words)


@dataclass(frozen=True)
class Link:
    """Words and the address that they lead to."""

    words: str
    url: str

    def __str__(self):
        return self.words

    def __html__(self):
        return format_html('<a href="{}">{}</a>', self.url, self.words)


@dataclass(frozen=True)
class Gap:
    """A distance from a quota: "vượt 2", "đạt", "thiếu 2", or "còn 2" while the period runs."""

    number: int
    running: bool = False

    def __str__(self):
        if self.number == 0:
            return _("đạt")
        words = _("vượt %(n)s") if self.number > 0 else _("còn %(n)s") if self.running else _("thiếu %(n)s")
        return words % {"n": format_number(abs(self.number))}

    def __html__(self):
        words = conditional_escape(str(self))
        return format_html('<span class="minus">{}</span>', words) if self.number < 0 else words


def change_in_words(number: int) -> str:
    """A difference in words: "tăng 43", "giảm 10", "không đổi"."""
    if number == 0:
        return _("không đổi")
    return (_("tăng %(n)s") if number > 0 else _("giảm %(n)s")) % {"n": format_number(abs(number))}


@dataclass(frozen=True)
class Clause:
    """Words with places for `values`, `%(name)s` each: text, or what has an `__html__` as `Linked` has."""

    words: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """For a file: numbers without links."""
        return self.words % {key: str(value) for key, value in self.values.items()}

    @property
    def html(self) -> SafeString:
        """For a page: each number the link to its list."""
        shown = {key: conditional_escape(value) for key, value in self.values.items()}
        return mark_safe(str(conditional_escape(self.words)) % shown)  # noqa: S308 - both are escaped


@dataclass(frozen=True)
class Paragraph:
    """The opening of a report; `mismatch` where the quota it compares with was set for another period."""

    clauses: tuple[Clause, ...]
    mismatch: bool = False

    @property
    def plain(self) -> str:
        return "".join(clause.plain for clause in self.clauses)

    @property
    def html(self) -> SafeString:
        return mark_safe("".join(clause.html for clause in self.clauses))  # noqa: S308 - escaped clause by clause


@dataclass(frozen=True)
class Figures:
    """What a clause needs of one unit and period: the two counts with their links, and the quota.

    `rural` is None for a branch: it is rural or not, as a whole.
    """

    admitted: Linked
    rural: Linked | None
    target: Target | None

    def rest(self, *, plan: bool = False) -> list[Clause]:
        """[clauses] after the number admitted: against the quota, and the rural branches' part."""
        found = []
        target = self.target
        if target and (words := against_quota(self.admitted.number, target.number, target.high, plan=plan)):
            found.append(Clause(", %(against)s", {"against": words}))
        if self.rural and self.rural.number:
            share = percent_of(self.rural.number, self.admitted.number) or Decimal()
            words = _(", trong đó %(rural)s đảng viên ở chi bộ nông thôn, chiếm %(share)s")
            found.append(Clause(words, {"rural": self.rural, "share": percent_in_words(share)}))
        return found


class Counts(Protocol):
    """What counts the admissions of one unit and knows its quotas."""

    @property
    def unit(self) -> Organisation: ...

    def counts(self, period: Period) -> dict[str, int]: ...

    def target(self, period: Period) -> Target | None: ...

    def since(self, period: Period, measure: Measure = ADMITTED) -> Since | None: ...


@dataclass(frozen=True)
class Register:
    """Counts and quotas of one unit; `counted` holds counts that the caller has at hand, by period.

    `changes` are those since quarters were closed, None where the counts are those of a closing.
    """

    unit: Organisation
    counted: dict[Period, dict[str, int]] = field(default_factory=dict)
    changes: Changes | None = None

    def counts(self, period: Period) -> dict[str, int]:
        """{"admitted": …, "rural": …} of a period."""
        return self.counted.get(period) or figures.count_unit(self.unit, period, (ADMITTED, RURAL))

    def target(self, period: Period) -> Target | None:
        """What the unit's quota for a period asks for."""
        return attainment.targets_of([self.unit], [period]).get((self.unit.pk, period))

    def since(self, period: Period, measure: Measure = ADMITTED) -> Since | None:
        """What has changed in a number since it was closed."""
        return self.changes.since(self.unit, period, measure) if self.changes else None


def read_figures(register: Counts, period: Period, quota_period: Period | None = None) -> Figures:
    """The `Figures` of a unit; the quota is that of `quota_period`, or of `period` itself."""
    unit, counts = register.unit, register.counts(period)
    return Figures(
        Linked(counts["admitted"], links.figure_url(unit, period), since=register.since(period)),
        None
        if unit.is_branch
        else Linked(
            counts["rural"], links.figure_url(unit, period, "rural"), since=register.since(period, RURAL)
        ),
        register.target(quota_period or period),
    )


def opening_paragraph(register: Counts, period: Period, compared: Period | None = None) -> Paragraph:
    """The opening of a report on the unit of `register`; a page's `PageFigures` serves as a register too.

    A year that has ended is told with the year before it. A period of any two days is compared with a quota only
    where the reader chose the year whose quota it is, `compared`; the paragraph then says that the two differ.
    """
    unit = register.unit
    earlier = period.year_before() if period.is_year and period.last < today() else None
    if earlier and register.counts(earlier)["admitted"]:
        return _two_years(register, period)
    counted = read_figures(register, period, compared)
    words = _("%(when)s, %(who)s kết nạp %(admitted)s đảng viên")
    first = Clause(words, {"when": when_in_words(period), "who": unit.whole, "admitted": counted.admitted})
    clauses = [first, *counted.rest(plan=compared is not None), Clause(".")]
    if compared is None or counted.target is None:
        return Paragraph(tuple(clauses))
    words = _("Kỳ không khớp: đếm %(period)s, chỉ tiêu %(quota)s giao cho %(year)s.")
    quota = Linked(counted.target.number, links.quotas_url(unit, compared), counted=False)
    told = Clause(words, {"period": str(period), "quota": quota, "year": str(compared)})
    return Paragraph((*clauses, Clause(" "), told), mismatch=True)


def _two_years(register, year):
    both = periods.span_of_years(year.first.year - 1, year.first.year)
    two, one, who = read_figures(register, both), read_figures(register, year), register.unit.whole
    words = _("Trong 2 năm %(years)s, %(who)s kết nạp %(admitted)s đảng viên")
    if year.first.year == recent_year():
        words = _("Trong 2 năm gần đây, %(who)s kết nạp %(admitted)s đảng viên")
    years = f"{both.first.year}–{both.last.year}"
    first = Clause(words, {"years": years, "who": who, "admitted": two.admitted})
    words = _("; riêng %(year)s kết nạp %(admitted)s đảng viên")
    second = Clause(words, {"year": str(year), "admitted": one.admitted})
    return Paragraph((first, *two.rest(), second, *one.rest(), Clause(".")))


def recent_year() -> int:
    """The last year that has ended."""
    return today().year - 1


def when_in_words(period: Period) -> str:
    """When, as a sentence begins: "Từ đầu năm 2016 đến nay", "Quý IV/2016", "Từ 05/01/2016 đến 31/03/2016"."""
    to_now = period.last == today() or (period.is_year and period.includes(today()))
    if to_now and (period.first.month, period.first.day) == (1, 1):
        return _("Từ đầu năm %(year)d đến nay") % {"year": period.first.year}
    return capfirst(str(period))
