"""Attainment: what a unit admitted against its quota, for any unit and period."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

from branches.models import Organisation
from reports import figures
from reports.models import Quota


@dataclass
class Row:
    """One unit's figures for one period. `quota` is None where none was set for exactly that period."""

    unit: Organisation
    admitted: int
    rural: int
    quota: int | None
    children: list = field(default_factory=list)

    @property
    def other(self):
        return self.admitted - self.rural

    @property
    def percent(self):
        """Admitted over quota, in per cent; None without a quota (domain rule 34)."""
        return percent(self.admitted, self.quota)

    @property
    def gap(self):
        """Admitted less quota; None without a quota."""
        return None if self.quota is None else self.admitted - self.quota

    @property
    def left(self):
        """What is still to admit; None without a quota, 0 once it is reached."""
        return None if self.quota is None else max(0, self.quota - self.admitted)

    @property
    def rural_share(self):
        """Rural branches' part of the admissions, in per cent; None without an admission."""
        return percent(self.rural, self.admitted)


def percent(part, whole):
    """`part` over `whole` in per cent, not rounded; None when `whole` is missing or 0.

    Rounding is for whoever shows it, once, half up: 60.447 is 60.4 and 60.45, never 60.5 by way of 60.45.
    """
    return None if not whole else Decimal(part) * 100 / Decimal(whole)


def rounded(value, digits=2):
    """`value` with `digits` decimals, half up; None stays None."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def quotas(unit, period, measure="admitted"):
    """{primary key: number} of the quotas set for exactly `period`, for `unit` and everything below it."""
    rows = Quota.objects.filter(
        unit__path__startswith=unit.path, measure=measure, first=period.first, last=period.last
    )
    return dict(rows.values_list("unit_id", "number"))


def tree(unit, period, quota_period=None):
    """The row of `unit`, with the rows of the units below it that existed in `period` as its children.

    `quota_period` is the period whose quota is compared, where it is not `period` itself. Three queries,
    whatever the size of the tree.
    """
    counts = figures.by_unit(unit, period)
    given = quotas(unit, quota_period or period)
    rows = {}
    for organisation in Organisation.objects.under(unit).during(period.first, period.last):
        numbers = counts.get(organisation.pk, {})
        rows[organisation.pk] = Row(
            organisation, numbers.get("admitted", 0), numbers.get("rural", 0), given.get(organisation.pk)
        )
    root = rows.setdefault(unit.pk, Row(unit, 0, 0, given.get(unit.pk)))
    for row in rows.values():
        if row is not root:
            rows.get(row.unit.parent_id, root).children.append(row)
    return root


def as_json(row, period):
    """`row` as plain data, the keys of `manage.py attainment --json`."""
    return {
        "unit": row.unit.code,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "basis": settings.COUNTED_BY,
        "admitted": row.admitted,
        "rural": row.rural,
        "quota": row.quota,
        "percent": None if row.percent is None else float(rounded(row.percent)),
        "children": [as_json(child, period) for child in row.children],
    }
