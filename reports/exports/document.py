"""Tables as plain data: the page and every format show the same rows and columns.

A cell is text, a number, a date, None (nothing to say), a `Share` or a `Sum`. What it looks like follows from its
column and its row; a workbook turns shares and sums into formulas, everything else shows their value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notation.dates import dmy
from notation.numbers import format_number
from reports.quotas.attainment import Number, percent_of, round_half_up

Progress = Callable[[int, int, str], None]
"""Called with (steps done, all steps, what is being done); may stop the work by raising."""


def ignore_progress(done: int, total: int, doing: str) -> None:
    """The `Progress` that nobody follows."""


@dataclass(frozen=True)
class Column:
    """One column: head, width in characters, and kind: "text", "number", "mean", "percent" or "date"."""

    key: str
    head: str
    width: int
    kind: str = "text"


@dataclass(frozen=True)
class Share:
    """The cell of one column over that of another, by their keys, in per cent; `value` is None without a whole."""

    part: str
    whole: str
    value: Decimal | None


@dataclass(frozen=True)
class Sum:
    """The sum of the cells of the same column in the rows `first` to `last` (from 0, both included)."""

    value: Number
    first: int
    last: int


Plain = str | int | Decimal | date | None
Cell = Plain | Share | Sum
DECIMALS = {"percent": 2, "mean": 1}
"""How many decimals numbers of a kind of column have, where they have any."""


@dataclass(frozen=True)
class Row:
    """One row; `kind` is "row", "total", "head" or "mean". `url` is the page behind it, where there is one."""

    cells: tuple[Cell, ...]
    kind: str = "row"
    url: str = ""


@dataclass(frozen=True)
class Table:
    """A section of a report, a sheet of its workbook.

    `tall` rows hold two lines of text; a `signed` table has room for the signatures beneath. `form` is the name of the
    statistics form that it follows.
    """

    key: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    tall: bool = False
    signed: bool = False
    form: str = ""

    def place(self, key: str) -> int:
        """Where the column of this key stands, from 0."""
        return [column.key for column in self.columns].index(key)


@dataclass(frozen=True)
class Issuer:
    """Who issues a report: the superior and the name in capitals, the letters of its number, the place, who signs."""

    superior: str
    name: str
    letters: str
    place: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """What a file holds. `place` says for whom and for which days; `foot` stands at the end of every page.

    `units` names whom the report is about. `opening`, `difficulties` and `tasks` are the words of the written report,
    paragraphs by line breaks.
    """

    title: str
    units: str
    place: str
    day: date
    tables: tuple[Table, ...]
    issuer: Issuer
    basis: str = ""
    foot: str = ""
    opening: str = ""
    difficulties: str = ""
    tasks: str = ""


def make_share(part_key: str, whole_key: str, part: Number | None, whole: Number | None) -> Share:
    """The `Share` of two numbers that stand in the columns of these keys."""
    value = round_half_up(percent_of(part, whole)) if part is not None and whole else None
    return Share(part_key, whole_key, value)


def make_sum(value: Number | None, parts: Sequence[Number | None], first: int) -> Cell:
    """The `Sum` of `parts`, which stand from the row `first` on; the plain `value` where they do not add up to it.

    A workbook reckons its sums when it is opened: it must not come to another number than the page and the files.
    """
    numbers = [part or 0 for part in parts]
    if value is None or not numbers or sum(numbers) != value:
        return value
    return Sum(value, first, first + len(numbers) - 1)


def cell_value(cell: Cell) -> Plain:
    """A share or a sum as its value, anything else as it is."""
    return cell.value if isinstance(cell, Share | Sum) else cell


def print_cell(cell: Cell, kind: str) -> str:
    """A cell of a column of this kind as a reader sees it; a dash for a number that there is not."""
    value = cell_value(cell)
    if value is None:
        return "" if kind in ("text", "date") else "–"
    if isinstance(value, date):
        return dmy(value)
    if isinstance(value, str):
        return value
    if kind in DECIMALS:
        return f"{Decimal(value):.{DECIMALS[kind]}f}".replace(".", ",")
    return format_number(value)
