"""Totals that must be equal before and after a change of the tree; the apps above offer them (`TOTALLED_BY`)."""

from dataclasses import dataclass, field
from datetime import date

from branches.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Totalled:
    """What is totalled: the register below `top` as it stood (`then`, the plan's unit) and as it stands (`top`), and
    the units `concerned`: before the change those that end, after it their heirs. `day` is the first after it."""

    then: Organisation
    top: Organisation
    concerned: tuple[Organisation, ...]
    day: date


@dataclass(frozen=True, kw_only=True)
class Total:
    """One row of one report; `parts` by the units concerned. `proof` must be equal beside the number."""

    key: str
    group: str
    label: str
    number: int
    parts: list[int] = field(default_factory=list)
    note: str = ""
    address: str = ""
    proof: str = ""
