"""The rehearsal that a page shows of a plan, its trees nested, its totals in groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Max

from branches.drafts import WRITTEN
from branches.models import Reorganisation
from branches.reorganisation.outcome import Rehearsal, TotalRow, TreeLine, as_data, read_rehearsal
from branches.reorganisation.rehearsal import rehearse
from notation.dates import today
from notation.numbers import format_number

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

State = Reorganisation.State
FRESH = 600
"""Seconds for which a rehearsal of an unchanged plan is shown again; whoever carries it out gets a new one."""
MOST_PARTS = 5
"""How many parts of a number a row can be read with."""


def rehearse_for_page(plan: Reorganisation, *, by: "_User", anew: bool = False) -> Rehearsal:
    """What carrying `plan` out would do, at most `FRESH` seconds old; `anew` tries it now."""
    last_choice = plan.choices.aggregate(last=Max("at"))["last"]
    key = f"rehearsal:{plan.pk}:{plan.version}:{last_choice}:{today()}".replace(" ", "_")
    kept = None if anew else cache.get(key)
    if kept is not None:
        return read_rehearsal(kept)
    rehearsal = rehearse(plan, by=by)
    cache.set(key, as_data(rehearsal), FRESH)
    return rehearsal


def shown_rehearsal(plan: Reorganisation, *, by: "_User", anew: bool = False) -> Rehearsal | None:
    """The rehearsal a page shows: of what was done, of what was agreed to, or of now; None where there is none yet."""
    if plan.state in (State.DONE, State.UNDONE):
        return read_rehearsal(plan.result) if plan.result else None
    if plan.state == State.SCHEDULED and plan.totals:
        return read_rehearsal(plan.totals)
    if plan.state in WRITTEN and plan.changes.exists():
        return rehearse_for_page(plan, by=by, anew=anew)
    return None


@dataclass
class Branch:
    """A line of a drawn tree and what stands below it."""

    row: TreeLine
    below: list["Branch"] = field(default_factory=list)


def nest_lines(lines: Sequence[TreeLine]) -> list[Branch]:
    """Lines with depths as a tree; the first level is that of the least depth."""
    tops: list[Branch] = []
    open_branches: list[Branch] = []
    for row in lines:
        branch = Branch(row)
        while open_branches and open_branches[-1].row.depth >= row.depth:
            open_branches.pop()
        (open_branches[-1].below if open_branches else tops).append(branch)
        open_branches.append(branch)
    return tops


@dataclass(frozen=True)
class TotalLine:
    """A total with its number in the whole table, and how much it differs."""

    number: int
    row: TotalRow

    @property
    def difference(self) -> int:
        return self.row.total_after - self.row.total_before

    @property
    def sum(self) -> str:
        """What the number before is the sum of; "" where it has one part, or too many to read."""
        return add_up(self.row.before) if len(self.row.before) <= MOST_PARTS else ""


def add_up(parts: Sequence[int]) -> str:
    """ "21 + 15 + 14", "13 − 1"; "" of a single part."""
    if len(parts) < 2:
        return ""
    more = (f" {'−' if part < 0 else '+'} {format_number(abs(part))}" for part in parts[1:])
    return format_number(parts[0]) + "".join(more)


def group_totals(totals: Sequence[TotalRow], most: int | None = None) -> list[tuple[str, list[TotalLine]]]:
    """[(group, lines)], numbered through; `most` of a group that are not 0 before and after, and those that differ."""
    groups: dict[str, list[TotalRow]] = {}
    for row in totals:
        groups.setdefault(row.group, []).append(row)
    numbers = count(1)
    found = []
    for group, rows in groups.items():
        lines = [TotalLine(next(numbers), row) for row in rows]
        if most is not None:
            telling = [line for line in lines if line.row.total_before or line.row.total_after][:most]
            lines = [line for line in lines if line in telling or not line.row.equal]
        if lines:
            found.append((group, lines))
    return found
