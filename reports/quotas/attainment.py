"""Attainment: what a unit admitted against its quota, for any unit, period and measure.

A quota is compared only in the period it was set for. One exception follows from its kind: the yearly average over a
term is the quota of each whole year of the term that has none of its own, and times the years that of the term.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.today import is_today, rows_under
from notation.dates import dmy, today
from notation.numbers import format_number
from reports.figures import figures
from reports.measures import ADMITTED, RURAL, Measure
from reports.models import Quota
from reports.periods import Period

Kind = Quota.Kind
Number = int | Decimal


# Arithmetic


def percent_of(part: Number, whole: Number | None) -> Decimal | None:
    """`part` over `whole` in per cent, not rounded; None when `whole` is missing or 0.

    Rounding is for whoever shows it, once, half up: 60.447 is 60.4 and 60.45, never 60.5 by way of 60.45.
    """
    return None if not whole else Decimal(part) * 100 / Decimal(whole)


def round_half_up(value: Decimal | None, digits: int = 2) -> Decimal | None:
    """`value` with `digits` decimals, half up; None stays None."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


# What a quota asks for


@dataclass(frozen=True)
class Target:
    """What `quota` asks for in a period: `number` members, of a range its lower end.

    In today's structure a unit has its own quota and those of what it took over from: `parts`, whose sum it is.
    """

    quota: Quota
    number: int
    parts: "tuple[Target, ...]" = ()

    @property
    def high(self) -> int | None:
        """A range's upper end, otherwise None."""
        if any(part.high for part in self.parts):
            return sum(part.high or part.number for part in self.parts)
        return None if self.parts else self.quota.high

    @property
    def words(self) -> str:
        """How the quota was put, with the denominator and its day where it has one."""
        return " + ".join(part.words for part in self.parts) or quota_in_words(self.quota)

    @property
    def derived(self) -> bool:
        """Whether the number had to be reckoned, and so must stand beside the words."""
        return bool(self.parts) or self.quota.kind in (Kind.RATE, Kind.AVERAGE)


def quota_in_words(quota: Quota) -> str:
    """What a quota says: "15", "từ 90 đến 100", "3,9% của 6.900 đảng viên ngày 31/12/2015"."""
    if quota.kind == Kind.RANGE:
        return _("từ %(low)s đến %(high)s") % {
            "low": format_number(quota.number),
            "high": format_number(quota.high),
        }
    if quota.kind == Kind.AVERAGE:
        return _("bình quân %(n)s mỗi năm") % {"n": format_number(quota.number)}
    if quota.rate is None:
        return format_number(quota.number)
    rate = format_number(quota.rate.normalize() if quota.rate % 1 else int(quota.rate))
    if quota.membership is None:
        return _("%(rate)s%% số chi bộ có kết nạp") % {"rate": rate}
    facts = {"rate": rate, "n": format_number(quota.membership.number), "day": dmy(quota.membership.on)}
    return _("%(rate)s%% của %(n)s đảng viên ngày %(day)s") % facts


def quota_target(quota: Quota, period: Period) -> Target:
    """The `Target` that `quota` makes in `period`: a rate in heads, half up; an average times the years."""
    if quota.rate is not None and quota.membership is not None:
        heads = Decimal(quota.rate * quota.membership.number) / 100
        return Target(quota, int(heads.quantize(Decimal(1), ROUND_HALF_UP)))
    number = quota.number or 0
    if quota.kind == Kind.AVERAGE:
        return Target(quota, number * (period.last.year - period.first.year + 1))
    return Target(quota, number)


def describe_difference(total: int, own: int | None) -> str:
    """How the sum of the units below stands to the parent's own quota: "khớp", "thiếu 4 so với 15", "vượt 2 …"."""
    if not own:
        return ""
    if total == own:
        return _("khớp với %(own)s") % {"own": format_number(own)}
    wording = _("thiếu %(n)s so với %(own)s") if total < own else _("vượt %(n)s so với %(own)s")
    return wording % {"n": format_number(abs(total - own)), "own": format_number(own)}


def is_year(first: date, last: date) -> bool:
    """Whether the days from `first` to `last` are one calendar year."""
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def holding_in(period: Period) -> Q:
    """A condition: the quotas that hold in `period`."""
    exact = Q(first=period.first, last=period.last)
    if not is_year(period.first, period.last):
        return exact
    return exact | Q(kind=Kind.AVERAGE, first__lte=period.first, last__gte=period.last)


def head_quotas(
    unit: Organisation, period: Period, measure: str = "admitted", units: Iterable[int] | None = None
) -> dict[int, Target]:
    """{primary key: `Target`} of the quotas in heads for `period`, for `unit` and everything below it, or for no
    more than the `units` with these primary keys. One statement."""
    where = {"unit__path__startswith": unit.path} if units is None else {"unit__in": units}
    rows = _holding([period], measure, **where).select_related("membership", "basis")
    return {pk: target for (pk, _period), target in _targets(rows, [period]).items()}


def own_quota(unit: Organisation, period: Period) -> int | None:
    """How many members `unit` is itself asked for in exactly `period`; None where no quota was set."""
    target = head_quotas(unit, period, units=[unit.pk]).get(unit.pk)
    return None if target is None else target.number


def quotas_of(
    units: Iterable[int] | QuerySet, wanted: Iterable[Period], measure: str = "admitted"
) -> dict[tuple[int, Period], Target]:
    """{(primary key, period): `Target`} of the units with these primary keys, for several periods. One statement;
    what a quota rests on is not read with it."""
    wanted = tuple(wanted)
    rows = _holding(wanted, measure, unit__in=units).only(*ASKED)
    return _targets(rows, wanted)


def targets_of(
    units: Sequence[Organisation], wanted: Iterable[Period], measure: str = "admitted"
) -> dict[tuple[int, Period], Target]:
    """As `quotas_of`, of each unit in the structure that it is seen in."""
    wanted = tuple(wanted)
    sources = quota_holders(units)
    found = quotas_of({pk for keys in sources.values() for pk in keys}, wanted, measure)
    targets = {}
    for pk, keys in sources.items():
        for period in wanted:
            parts = tuple(found[key, period] for key in keys if (key, period) in found)
            if parts:
                targets[pk, period] = sum_targets(parts)
    return targets


def quota_holders(units: Iterable[Organisation]) -> dict[int, list[int]]:
    """{primary key: those of the units whose quotas are its own}: in today's structure also what it took over from."""
    units = list(units)
    # Of the units of one page the first is asked: all of them stand in the same structure.
    origins = next((unit.heirs.origins for unit in units if is_today(unit)), {})
    return {unit.pk: [unit.pk, *sorted(origins.get(unit.pk, ()))] for unit in units}


def sum_targets(parts: tuple[Target, ...]) -> Target:
    """The one target of several quotas that are counted together."""
    return parts[0] if len(parts) == 1 else Target(parts[0].quota, sum(part.number for part in parts), parts)


ASKED = ("unit", "kind", "first", "last", "number", "high", "rate", "membership__number", "membership__on")
"""The columns that a target is worked out from: a page asks for dozens of quotas."""


@cache
def _current_heads():
    """Built once in a process: every page narrows it down, and building it takes longer than asking."""
    return Quota.objects.current().heads().order_by().select_related("membership")


def _holding(periods, measure, **where):
    return _current_heads().filter(reduce(or_, map(holding_in, periods)), **where, measure=measure)


def _targets(rows, wanted):
    found = {}
    # A quota of exactly a period goes before the average of a term that takes it in.
    for row in rows:
        for period in wanted:
            exact = (row.first, row.last) == (period.first, period.last)
            within = row.first <= period.first and period.last <= row.last
            average = row.kind == Kind.AVERAGE and within and is_year(period.first, period.last)
            if exact or (average and (row.unit_id, period) not in found):
                found[row.unit_id, period] = quota_target(row, period)
    return found


# What was reached


@dataclass
class Row:
    """One unit's figures for one period. `target` is None where no quota was set for exactly that period.

    `admitted` counts what the measure counts, `rural` those of them that rural branches admitted. Where the quota is
    a range, a unit inside it neither exceeds nor falls short.
    """

    unit: Organisation
    admitted: int
    rural: int
    target: Target | None
    children: "list[Row]" = field(default_factory=list)

    @property
    def other(self) -> int:
        return self.admitted - self.rural

    @property
    def quota(self) -> int | None:
        """The number that the quota asks for."""
        return None if self.target is None else self.target.number

    @property
    def high(self) -> int | None:
        return None if self.target is None else self.target.high

    @property
    def percent(self) -> Decimal | None:
        """Admitted over quota, of a range over its lower end, in per cent; None without a quota (rule 34)."""
        return percent_of(self.admitted, self.quota)

    @property
    def gap(self) -> int | None:
        """Admitted less quota; None without a quota. Inside a range it is 0, above it what exceeds the upper end."""
        if not self.quota:
            return None
        if self.high and self.admitted > self.quota:
            return max(0, self.admitted - self.high)
        return self.admitted - self.quota

    @property
    def inside(self) -> bool:
        """Whether the quota is a range and what was admitted lies in it."""
        return bool(self.high) and self.gap == 0

    @property
    def left(self) -> int | None:
        """What is still to admit; None without a quota, 0 once it is reached."""
        return None if not self.quota else max(0, self.quota - self.admitted)

    @property
    def rural_share(self) -> Decimal | None:
        """Rural branches' part of the admissions, in per cent; None without an admission."""
        return percent_of(self.rural, self.admitted)


def among_rural(measure: Measure) -> Measure:
    """Those that `measure` counts and a rural branch admitted."""
    if measure is ADMITTED:
        return RURAL
    return Measure(f"{measure.key}+rural", measure.label, measure.condition & RURAL.condition)


def unit_row(
    unit: Organisation, period: Period, measure: Measure = ADMITTED, quota_period: Period | None = None
) -> Row:
    """The row of one unit, for any period and measure, against the quota of `quota_period` or of `period` itself."""
    both = (measure, among_rural(measure))
    admitted, rural = figures.tally_cells(unit, [(period, one) for one in both])
    asked = quota_period or period
    found = targets_of([unit], [asked], measure.key).get((unit.pk, asked))
    return Row(unit, admitted, rural, found)


def unit_and_children(
    unit: Organisation, period: Period, measure: Measure = ADMITTED, quota_period: Period | None = None
) -> tuple[Row, list[Row]]:
    """(row of `unit`, rows of the units directly under it in either period, places first); three statements."""
    counts = figures.count_by_child(unit, [(period, measure), (period, among_rural(measure))])
    asked = quota_period or period
    below = units_shown(unit, [period, asked])
    shown = [unit, *sorted(below, key=lambda row: row.place_in_tables)]
    given = targets_of(shown, [asked], measure.key)
    total, *rows = (_row(one, counts.get(one.pk, (0, 0)), given.get((one.pk, asked))) for one in shown)
    return total, rows


def units_shown(unit: Organisation, wanted: Iterable[Period]) -> list[Organisation]:
    """The units directly under `unit` that a table shows: those of one of the periods `wanted`, or those of today."""
    below = rows_under(unit).objects.filter(parent=unit)
    return list(below.on(today()) if is_today(unit) else below.during_any(one.days for one in wanted))


def _row(unit: Organisation, counts: tuple[int, ...], target: Target | None) -> Row:
    """The row of a unit with its two counts: of the measure, and of rural branches."""
    admitted, rural = counts
    return Row(unit, admitted, rural, target)


def attainment_tree(
    unit: Organisation, period: Period, quota_period: Period | None = None, measure: Measure = ADMITTED
) -> Row:
    """The row of `unit`, with the rows of the units below it that existed in `period` as its children.

    `quota_period` is the period whose quota is compared, where it is not `period` itself. Three queries,
    whatever the size of the tree.
    """
    rural = among_rural(measure)
    counts = figures.count_by_unit(unit, period, (measure, rural))
    asked = quota_period or period
    below = rows_under(unit).objects.under(unit)
    shown = list(below.on(today()) if is_today(unit) else below.during(period.first, period.last))
    if is_today(unit):
        given = {pk: target for (pk, _p), target in targets_of([unit, *shown], [asked], measure.key).items()}
    else:
        given = head_quotas(unit, asked, measure.key)
    rows = {}
    for organisation in shown:
        numbers = counts.get(organisation.pk, Counter())
        both = (numbers[measure.key], numbers[rural.key])
        rows[organisation.pk] = _row(organisation, both, given.get(organisation.pk))
    root = rows.setdefault(unit.pk, Row(unit, 0, 0, given.get(unit.pk)))
    for row in rows.values():
        if row is not root:
            rows.get(row.unit.parent_id, root).children.append(row)
    return root


def as_json(row: Row, period: Period) -> dict[str, Any]:
    """`row` as plain data, the keys of `manage.py attainment --json`."""
    return {
        "unit": row.unit.code,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "basis": settings.COUNTED_BY,
        "admitted": row.admitted,
        "rural": row.rural,
        "quota": row.quota,
        "percent": None if row.percent is None else float(round_half_up(row.percent) or 0),
        "children": [as_json(child, period) for child in row.children],
    }
