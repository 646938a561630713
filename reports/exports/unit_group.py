"""Several units that someone chose to report on together."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports import periods
from reports.closing import reading


@dataclass(frozen=True)
class UnitGroup:
    """Units none of which stands under another, in the order of their names; counted as one."""

    members: tuple

    @property
    def title(self):
        if len(self.members) > 4:
            return _("%(n)d đơn vị được chọn") % {"n": len(self.members)}
        return "; ".join(unit.title for unit in self.members)

    @property
    def code(self):
        return "-".join(unit.code for unit in self.members[:3]) + (
            "-va-khac" if len(self.members) > 3 else ""
        )

    @property
    def pk(self):
        """As addresses name them (`don-vi=1,2,3`)."""
        return ",".join(str(unit.pk) for unit in self.members)


def group_units(units):
    """The one unit, or `Chosen`; a unit that stands under another of them is counted with that one already."""
    units = sorted(units, key=lambda unit: (unit.sort_key, unit.pk))
    top = tuple(
        unit
        for unit in units
        if not any(unit.path.startswith(other.path) for other in units if other.pk != unit.pk)
    )
    return top[0] if len(top) == 1 else UnitGroup(top)


def units_of_group(unit):
    """The units that are counted: those chosen, or the one."""
    return unit.members if isinstance(unit, UnitGroup) else (unit,)


def column_spans(period):
    """The column groups of a period: itself and the year up to its end; a year or a term stands for itself."""
    if reading.is_closed(period):
        return period, period.so_far()
    if period.kind in ("year", "term"):
        return period, period
    year = periods.year_period(period.first.year)
    return period, year if period.last == year.last else periods.any_days(year.first, period.last)
