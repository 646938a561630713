"""Members at the start of a year, and the rate of admissions to them: "7,61% của 4.704 đảng viên đầu năm".

A rate to the membership always names its denominator (docs/domain.md, rule 36). The start of a year is the end of the
day before it; a count of 1 January goes before one of 31 December.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.today import is_today
from notation.dates import dmy
from notation.numbers import format_number, format_percent
from reports.models import MemberCount, Quota
from reports.periods import Period
from reports.quotas.attainment import Row, percent_of, quota_holders


@dataclass(frozen=True)
class Rate:
    """What a unit `admitted` against its `members` at the start of the year, None where these are not known.

    `lacking` of the units directly under it have no count either, so that there is no sum to stand for its own.
    """

    admitted: int
    members: int | None
    lacking: int = 0

    @property
    def percent(self) -> Decimal | None:
        return percent_of(self.admitted, self.members)

    @property
    def words(self) -> str:
        """The rate with its denominator, or what is lacking for it; "" where nothing is known at all."""
        if self.members:
            words = _("%(rate)s của %(members)s đảng viên đầu năm")
            return words % {"rate": format_percent(self.percent, 2), "members": format_number(self.members)}
        if self.lacking:
            return _("thiếu số đảng viên đầu năm của %(n)s đơn vị") % {"n": format_number(self.lacking)}
        return ""


def reached_in_words(row: Row) -> str:
    """Of a quota that is a share of the members, the share reached with its denominator; "" of another quota."""
    quota = row.target and row.target.quota
    if not quota or quota.kind != Quota.Kind.RATE or quota.membership is None:
        return ""
    words = _("đã kết nạp %(rate)s của %(members)s đảng viên ngày %(day)s")
    rate = format_percent(percent_of(row.admitted, quota.membership.number), 2)
    return words % {
        "rate": rate,
        "members": format_number(quota.membership.number),
        "day": dmy(quota.membership.on),
    }


def start_of_year(period: Period) -> date | None:
    """The first day of the year that `period` lies in; None where it lies in several."""
    return None if period.spans_years else period.year().first


def members_at_start(units: Iterable[int] | QuerySet, period: Period) -> dict[int, int]:
    """{primary key: members} at the start of the year of `period`, of those of `units` that have a count."""
    first = start_of_year(period)
    if first is None:
        return {}
    days = (first - timedelta(days=1), first)
    rows = MemberCount.objects.filter(unit__in=units, on__in=days).order_by("on")
    return dict(rows.values_list("unit", "number"))


def sum_members_at_start(units: Sequence[Organisation], period: Period) -> dict[int, int]:
    """As `members_at_start`, of each unit in the structure that it is seen in: the sum of what it took over from."""
    holders = quota_holders(units)
    found = members_at_start({pk for keys in holders.values() for pk in keys}, period)
    return {
        pk: sum(found[key] for key in keys if key in found)
        for pk, keys in holders.items()
        if any(key in found for key in keys)
    }


def rate_of(
    unit: Organisation,
    admitted: int,
    children: Iterable[Organisation],
    members: dict[int, int],
    period: Period,
) -> Rate:
    """The `Rate` of `unit` by its own count, or by those of the units directly under it at the start of the year.

    `members` are those of `members_at_start`, of the unit and its `children`. Where not one of them has a count the
    rate lacks nothing: the register does not keep it.
    """
    if unit.pk in members:
        return Rate(admitted, members[unit.pk])
    first = start_of_year(period)
    stood = [row for row in children if first is not None and (is_today(row) or row.exists_on(first))]
    known = [members[row.pk] for row in stood if row.pk in members]
    if not known:
        return Rate(admitted, None)
    if len(known) < len(stood):
        return Rate(admitted, None, len(stood) - len(known))
    return Rate(admitted, sum(known))
