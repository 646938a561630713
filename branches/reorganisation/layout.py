"""What a plan makes of the tree: which units end, which begin, and who takes over from whom. Nothing is written."""

from dataclasses import dataclass, field

from branches.models import Organisation, Reorganisation


@dataclass(kw_only=True)
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


@dataclass(kw_only=True)
class Layout:
    """`ends` from the top down, `begins` likewise (a parent before what stands under it).

    `heirs` says who takes over from each unit that ends, by its primary key; `tops` are those of the units that end
    which the plan itself names, in its order: to them the parts of all numbers belong.
    """

    ends: list[Organisation] = field(default_factory=list)
    begins: list[NewUnit] = field(default_factory=list)
    heirs: dict[int, tuple["NewUnit | Organisation", ...]] = field(default_factory=dict)
    tops: list[Organisation] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def draw_layout(plan: Reorganisation) -> Layout:
    """What `plan` makes of the tree of its day, with what was chosen so far; `problems` are sentences."""
    raise NotImplementedError
