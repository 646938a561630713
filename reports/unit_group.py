"""The units that a report is about: one, or several that someone chose to count together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.today import is_today


@dataclass(frozen=True)
class UnitGroup:
    """One unit or more, none of which stands under another, in the order of their names; counted as one."""

    units: tuple[Organisation, ...]

    @property
    def single(self) -> Organisation | None:
        """The one unit, None of several."""
        return self.units[0] if len(self.units) == 1 else None

    @property
    def today(self) -> bool:
        """Whether the units are seen in today's structure."""
        return any(map(is_today, self.units))

    @property
    def title(self) -> str:
        if len(self.units) > 4:
            return _("%(n)d đơn vị được chọn") % {"n": len(self.units)}
        return "; ".join(unit.title for unit in self.units)

    @property
    def code(self) -> str:
        """As file names name the group."""
        more = "-va-khac" if len(self.units) > 3 else ""
        return "-".join(unit.code for unit in self.units[:3]) + more

    @property
    def pk(self) -> str:
        """As addresses name the group (`don-vi=1,2,3`)."""
        return ",".join(str(unit.pk) for unit in self.units)


def group_units(units: Iterable[Organisation]) -> UnitGroup:
    """The group of `units`; a unit that stands under another of them is counted with that one already."""
    units = sorted(units, key=lambda unit: (unit.sort_key, unit.pk))
    return UnitGroup(
        tuple(
            unit
            for unit in units
            if not any(unit.path.startswith(other.path) for other in units if other.pk != unit.pk)
        )
    )
