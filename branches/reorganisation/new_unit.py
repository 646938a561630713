"""A unit that a plan begins, before it is written, and how answers name whoever takes over."""

from dataclasses import dataclass
from typing import Any

from branches.models import Organisation

INHERITED = ("tier", "kind", "name", "code", "rural", "is_base_branch")
"""What a new unit has from the one that it takes over from, where the plan says nothing else."""


@dataclass(kw_only=True, eq=False)
class NewUnit:
    """A unit that begins. `key` names it within the plan, `parent` is a unit that goes on or another new one."""

    key: str
    parent: "Organisation | NewUnit | None"
    tier: str
    kind: str
    name: str
    code: str
    rural: bool = False
    is_base_branch: bool = False
    origins: tuple[Organisation, ...] = ()
    row: Organisation | None = None
    """The unit itself, once it is written."""

    def as_unit(self, **facts: Any) -> Organisation:
        """The unit, not saved."""
        said = {name: getattr(self, name) for name in INHERITED}
        return Organisation(**said | facts)

    @property
    def title(self) -> str:
        return self.as_unit().title


Heir = Organisation | NewUnit


def heir_key(heir: Heir) -> str:
    """How answers name an heir: the key of a new unit, "unit:12" of one that goes on."""
    return heir.key if isinstance(heir, NewUnit) else f"unit:{heir.pk}"
