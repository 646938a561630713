"""The chain of a unit as its page shows it: steps, units, why decisions were late, what was returned, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.rules.working_days import load_calendar
from branches.models import Organisation
from branches.today import is_today, rows_under
from notation.dates import dmy, today
from notation.numbers import NOTHING, format_number
from reports import links, periods
from reports.closing.since import AsClosed
from reports.figures import chain, chain_steps, delays
from reports.figures.chain import Chain, Tally
from reports.figures.chain_steps import STEPS, Step
from reports.measures import MEASURES
from reports.pages.sentence import Clause, Linked, Paragraph, when_in_words
from reports.pages.shares import PARTS
from reports.periods import Period


@dataclass(frozen=True)
class Group:
    """Of whom the chain is told: `key` names it in addresses, "" everybody.

    `measure` is the condition on the facts of an admission, `condition` that on dossiers at any step.
    """

    key: str
    label: str | Promise
    measure: Q = chain_steps.EVERYBODY

    @cached_property
    def condition(self) -> Q:
        return chain_steps.condition_of_people(self.measure) if self.key else chain_steps.EVERYBODY


SHORT = {"women": gettext_lazy("Nữ"), "youth": gettext_lazy("Đoàn viên")}
"""What the groups beside the periods are called there."""


def _group(part):
    key = part.keys[0]
    measure = reduce(or_, (MEASURES[key].condition for key in part.keys))
    return Group(key, SHORT.get(key, part.label), measure)


EVERYBODY = Group("", gettext_lazy("Mọi người"))
GROUPS = {group.key: group for group in (EVERYBODY, *(_group(part) for part in PARTS))}
"""Everybody and the shares that other pages show; they overlap and are never added up."""

FIRST = ("", *SHORT)
"""The groups that stand beside the periods; the others come below."""


@dataclass(frozen=True)
class Asked:
    """Which chain is asked for, and the addresses of what stands on its page."""

    unit: Organisation
    period: Period
    group: Group = EVERYBODY
    cohort: bool = False

    @property
    def query(self) -> str:
        """What names it in an address."""
        return self.url().partition("?")[2]

    def url(self) -> str:
        """The page of it."""
        return links.chain_url(self.unit, self.period, self.group.key, self.cohort)

    def people(self, unit: Organisation | None = None, **asked: str) -> str:
        """The list behind a figure of `unit`."""
        return links.chain_people_url(unit or self.unit, self.period, self.group.key, self.cohort, **asked)

    def list_step(self, step: str) -> str:
        return self.people(buoc=step)


@dataclass(frozen=True)
class StepLine:
    """A row of the steps; `few` where a median would tell of single people, `limit` the length of the limits; `notes`
    what a closing kept of numbers that are others now (`chain_closed`)."""

    no: int
    step: Step
    tally: Tally
    limit: str
    url: str
    late_url: str
    waiting: int | None
    waiting_url: str
    notes: Mapping[str, AsClosed] = field(default_factory=dict)

    @property
    def few(self) -> bool:
        return 0 < len(self.tally.days) < chain.LEAST


@dataclass(frozen=True)
class UnitLine:
    """A row of the units: (number, list, key) of four steps, and the time up to the decision; `notes` as above."""

    unit: Organisation
    url: str
    steps: tuple[tuple[int, str, str], ...]
    decided: Tally
    late_url: str
    notes: Mapping[str, AsClosed] = field(default_factory=dict)


IN_TABLE = ("listed", "certified", "resolved", "decided")
"""The steps that the table by unit counts."""


def chain_period() -> Period:
    """From the start of the year there is to report on up to today."""
    return periods.any_days(periods.default_period().first, today())


def period_switch(asked: Asked) -> list[dict]:
    """The periods beside the title: the default, its years, and the one that is shown."""
    span = chain_period()
    years = [periods.year_period(number) for number in range(span.first.year, span.last.year + 1)]
    found = [span, *years]
    if asked.period not in found:
        found.append(asked.period)
    return [
        {
            "words": _short(period),
            "url": replace(asked, period=period).url(),
            "current": period == asked.period,
        }
        for period in found
    ]


def _short(period):
    """ "01/2016–02/2017", "2016", "quý I/2017"."""
    if period.is_year:
        return period.code
    if period.is_any_days:
        return f"{period.first:%m/%Y}–{period.last:%m/%Y}"
    return str(period)


def group_switch(asked: Asked) -> tuple[list[dict], list[dict]]:
    """(the groups beside the title, the others)."""
    rows = [
        {
            "key": key,
            "words": group.label,
            "url": replace(asked, group=group).url(),
            "current": key == asked.group.key,
        }
        for key, group in GROUPS.items()
    ]
    shown = [row for row in rows if row["key"] in FIRST or row["current"]]
    return shown, [row for row in rows if row not in shown]


def step_lines(asked: Asked, counts: Chain, waiting: dict[str, int]) -> list[StepLine]:
    return [
        StepLine(
            no=n,
            step=step,
            tally=counts.whole[step.key],
            limit=limit_in_words(counts, step.key) if step.limited else "",
            url=asked.list_step(step.key),
            late_url=asked.people(buoc=step.key, xem="qua-han"),
            waiting=waiting.get(step.key),
            waiting_url=asked.people(buoc=step.key, xem="cho"),
        )
        for n, step in enumerate(STEPS, start=1)
    ]


def limit_in_words(counts: Chain, step: str) -> str:
    """The limits of a step in working days: "60", "30 + 30" of two in turn, "60, 90" where the law changed."""
    lengths = sorted(counts.limits[step])
    return ", ".join(" + ".join(map(format_number, row)) for row in lengths) or NOTHING


def chain_units(asked: Asked, counts: Chain) -> list[UnitLine]:
    """The units directly under the one asked for, the slowest first, those without a median last, by name."""
    unit, period = asked.unit, asked.period
    if unit.is_branch:
        return []
    below = rows_under(unit).objects.filter(parent=unit)
    units = below.on(today()) if is_today(unit) else below.during(*period.days)
    units |= below.filter(pk__in=counts.parts)
    lines = [_unit_line(asked, row, counts.parts.get(row.pk)) for row in units]
    return sorted(
        lines,
        key=lambda line: (
            -(line.decided.median or -1),
            -(line.decided.most or 0),
            line.unit.place_in_tables,
        ),
    )


def total_line(asked: Asked, counts: Chain) -> UnitLine:
    """The row of the whole unit."""
    return _unit_line(asked, asked.unit, counts.whole)


def _unit_line(asked, unit, tallies):
    tallies = tallies or chain.none_taken()
    return UnitLine(
        unit=unit,
        url=replace(asked, unit=unit).url(),
        steps=tuple((tallies[key].people, asked.people(unit, buoc=key), key) for key in IN_TABLE),
        decided=tallies["decided"],
        late_url=asked.people(unit, buoc="decided", xem="qua-han"),
    )


def waiting_in_words(asked: Asked, waiting: dict[str, int]) -> str:
    """How many wait before each step up to the decision, and that they are all sources and dossiers under way."""
    numbers = [waiting[step.key] for step in STEPS[1:6]]
    if not sum(numbers):
        return ""
    values = {
        "parts": " + ".join(map(format_number, numbers)),
        "sum": format_number(sum(numbers)),
        "day": dmy(today()),
    }
    if asked.cohort:
        return _("Đang chờ ngày %(day)s: %(parts)s = %(sum)s người của lứa này chưa có quyết định.") % values
    words = _(
        "Đang chờ ngày %(day)s: %(parts)s = %(sum)s người chưa có quyết định,"
        " là nguồn trong danh sách và hồ sơ đang làm."
    )
    return words % values


# Reasons


@dataclass(frozen=True)
class Reasons:
    """Rows (reason, number, address) that add up to `total`; `notes` as of `StepLine`, the total's under ""."""

    rows: tuple[tuple[str, int, str], ...]
    total: int
    url: str
    notes: Mapping[str, AsClosed] = field(default_factory=dict)


def late_reasons(asked: Asked, counts: Chain) -> Reasons:
    """Why decisions came after their limit, one main reason each."""
    found = delays.delay_reasons(counts.whole["decided"].passed, load_calendar())
    rows = tuple(
        (reason, len(pks), asked.people(buoc="decided", xem="qua-han", ly_do=reason))
        for reason, pks in found.items()
    )
    url = asked.people(buoc="decided", xem="qua-han")
    return Reasons(rows, sum(number for _reason, number, _url in rows), url)


def returns_of(asked: Asked) -> delays.Returns:
    """The returns in the period; of a cohort all of them."""
    rows = chain_steps.dossiers_at(asked.unit, asked.group.condition)
    if asked.cohort:
        takers = chain_steps.list_takers(asked.unit, asked.period, STEPS[0], asked.group.condition)
        return delays.read_returns(takers, None)
    return delays.read_returns(rows, asked.period)


def return_reasons(asked: Asked, returns: delays.Returns) -> Reasons:
    """Why dossiers were returned, one main reason for each return."""
    rows = tuple(
        (reason, len(pks), asked.people(xem="tra-lai", ly_do=reason))
        for reason, pks in returns.by_reason.items()
    )
    return Reasons(rows, returns.times, asked.people(xem="tra-lai"))


def returns_in_words(counts: Chain) -> str:
    """The median up to the decision with and without a return; "" where both are of too few."""
    medians = [chain.share_done(days, 0.5) for days in (counts.returned, counts.straight)]
    if medians == [None, None]:
        return ""
    few = _("ít hơn %(n)d người") % {"n": chain.LEAST}
    words = [
        few if days is None else _("trung vị %(n)s ngày") % {"n": format_number(days)} for days in medians
    ]
    return _("Hồ sơ có trả lại: %(with)s; không trả lại: %(without)s.") % {
        "with": words[0],
        "without": words[1],
    }


def difficulties_of(unit: Organisation, quarter: Period) -> list[tuple[str, int, str]]:
    """[(difficulty, how many branches wrote it down in `quarter`, address)], as oversight counts them."""
    return import_string(settings.DIFFICULTIES_BY)(unit, quarter)


# In words


def chain_lead(asked: Asked, counts: Chain, reasons: Reasons) -> Paragraph:
    """How many took the main steps, how long the decision takes, and why it was late."""
    values = {
        key: Linked(counts.whole[key].people, asked.list_step(key))
        for key in ("listed", "certified", "decided", "official")
    } | {"when": when_in_words(asked.period), "period": str(asked.period)}
    if asked.cohort:
        words = _(
            "Trong %(listed)s người vào danh sách %(period)s, đến nay %(certified)s có giấy chứng nhận,"
            " %(decided)s có quyết định kết nạp, %(official)s được công nhận chính thức."
        )
    else:
        words = _(
            "%(when)s, %(listed)s người vào danh sách, %(certified)s có giấy chứng nhận,"
            " %(decided)s có quyết định kết nạp, %(official)s được công nhận chính thức."
        )
    return Paragraph((Clause(words, values), *_speed(counts), *_late(counts, reasons)))


def _speed(counts):
    decided = counts.whole["decided"]
    if decided.median is None:
        return []
    words = _(
        " Từ nghị quyết chi bộ đến quyết định, một nửa xong trong %(median)s ngày làm việc, chín phần mười trong"
        " %(most)s."
    )
    days = {"median": format_number(decided.median), "most": format_number(decided.most)}
    return [Clause(words, days)]


def _late(counts, reasons):
    if not counts.whole["decided"].people:
        return []
    values = {"limit": limit_in_words(counts, "decided"), "late": Linked(reasons.total, reasons.url)}
    if not reasons.total:
        return [Clause(_(" Không hồ sơ nào quá %(limit)s ngày."), values)]
    values["reason"] = reasons.rows[0][0]
    return [Clause(_(" Quá %(limit)s ngày: %(late)s hồ sơ, nhiều nhất vì “%(reason)s”."), values)]
