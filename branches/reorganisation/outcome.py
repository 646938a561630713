"""What a rehearsal or a carrying out shows: the tree before and after, the totals, what moved, what to choose.

Plain data, kept with a plan as JSON: `as_data` and `read_rehearsal` are each other's inverse.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class TreeLine:
    """One line of a drawn tree. `unit` is the primary key of the unit, None of a line that stands for several."""

    depth: int
    title: str
    note: str = ""
    ends: bool = False
    is_new: bool = False
    unit: int | None = None


@dataclass(frozen=True, kw_only=True)
class TreeBeforeAfter:
    """The tree on the last day before and on the first day after (ISO), with how many units stand under the plan's."""

    before_day: str
    after_day: str
    before_count: int
    after_count: int
    before: list[TreeLine] = field(default_factory=list)
    after: list[TreeLine] = field(default_factory=list)
    branches_before: int = 0
    branches_after: int = 0


@dataclass(frozen=True, kw_only=True)
class TotalRow:
    """One row of one report before and after; `before` are its parts by the units concerned, empty where it has none.

    `proof_before` and `proof_after` are what must be equal beside the number: the fingerprint of a closed quarter, a
    line of numbers by measure.
    """

    key: str
    group: str
    label: str
    total_before: int
    total_after: int
    before: list[int] = field(default_factory=list)
    note: str = ""
    address: str = ""
    proof_before: str = ""
    proof_after: str = ""

    @property
    def equal(self) -> bool:
        return self.total_before == self.total_after and self.proof_before == self.proof_after


@dataclass(frozen=True, kw_only=True)
class MovedRow:
    """What goes where: `number` in all, `parts` by the units that end in their order, `left` without an heir.

    `stays` says that the row is there to be read alone: it stays with the units that end.
    """

    key: str
    label: str
    number: int
    how: str
    parts: list[int] = field(default_factory=list)
    address: str = ""
    left: int = 0
    stays: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody has to choose, or has chosen. `kind` is "choose" (one of `choices`), "text" or "numbers".

    "numbers" asks for a number of each of `choices`, {value: number}. `answer` is None while nobody has chosen. What
    blocks must be answered before the plan is carried out; anything else may be finished later.
    """

    key: str
    words: str
    kind: str = "choose"
    detail: str = ""
    blocking: bool = True
    choices: list[tuple[str, str]] = field(default_factory=list)
    answer: Any = None
    answered_by: str = ""
    answered_at: str = ""
    total: int | None = None
    """What the numbers of a "numbers" question must come to."""

    @property
    def is_open(self) -> bool:
        return self.answer is None


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """All of it, as of the moment `at` (ISO). `units` are the titles of the units that end, to which parts belong."""

    at: str
    tree: TreeBeforeAfter
    totals: list[TotalRow] = field(default_factory=list)
    moved: list[MovedRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    events: int = 0
    heirs: dict[str, int] = field(default_factory=dict)
    """The primary keys of the heirs by the keys that answers name them by, once they are written."""

    @property
    def all_equal(self) -> bool:
        return all(row.equal for row in self.totals)

    @property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions if question.is_open]

    @property
    def may_go(self) -> bool:
        """Whether nothing stands against carrying it out."""
        blocked = any(question.blocking for question in self.open_questions)
        return self.all_equal and not self.problems and not blocked


def as_data(rehearsal: Rehearsal) -> dict[str, Any]:
    """`rehearsal` as a plan keeps it."""
    return asdict(rehearsal)


def read_rehearsal(data: Mapping[str, Any]) -> Rehearsal:
    """The rehearsal that a plan keeps as `data`."""
    tree = dict(data["tree"])
    for side in ("before", "after"):
        tree[side] = [TreeLine(**line) for line in tree[side]]
    questions = [
        Question(**question | {"choices": [tuple(choice) for choice in question["choices"]]})
        for question in data["questions"]
    ]
    return Rehearsal(
        **{
            **data,
            "tree": TreeBeforeAfter(**tree),
            "totals": [TotalRow(**row) for row in data["totals"]],
            "moved": [MovedRow(**row) for row in data["moved"]],
            "questions": questions,
        }
    )


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """What an undoing asks: what was built on the new units since (`number` of `label`), `ok` where it hinders nothing.

    `detail` is what is shown in place of the number: "06/04".
    """

    key: str
    label: str
    number: int
    ok: bool
    detail: str = ""
