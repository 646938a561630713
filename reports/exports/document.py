"""Tables as plain data: every format, and the page, shows the same rows and columns.

A cell is text, a number, a date, None (nothing to say), a `Share` or a `Sum`. What it looks like follows from its
column and its row; a workbook turns shares and sums into formulas, everything else shows their value.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notation.dates import dmy
from notation.numbers import format_number
from reports.quotas.attainment import percent_of, round_half_up


def ignore_progress(done, total, doing):
    """Progress that nobody follows."""


@dataclass(frozen=True)
class Column:
    """One column: head, width in characters, and kind: "text", "number", "mean", "percent" or "date"."""

    head: str
    width: int
    kind: str = "text"


@dataclass(frozen=True)
class Share:
    """One column of the row over another in per cent, two decimals; None in `value` where there is no whole."""

    part: int
    whole: int
    value: Decimal | None


@dataclass(frozen=True)
class Sum:
    """The sum of the cells of the same column in the rows `first` to `last` (from 0, both included)."""

    value: int
    first: int
    last: int


@dataclass(frozen=True)
class Row:
    """One row; `kind` is "row", "total", "head" or "mean". `url` is the page behind it, where there is one."""

    cells: tuple
    kind: str = "row"
    url: str = ""


@dataclass(frozen=True)
class Table:
    """A section of a report, a sheet of its workbook. `tall` rows hold two lines of text; what is `signed` has room
    for the signatures beneath."""

    key: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    tall: bool = False
    signed: bool = False


@dataclass(frozen=True)
class Document:
    """What a file holds. `place` says for whom and for which days; `foot` stands at the end of every page.

    `heads` are the superior and the issuer in capitals, `signs` who signs. `opening`, `difficulties` and `tasks` are
    the words of the written report, paragraphs by line breaks.
    """

    title: str
    place: str
    day: date
    tables: tuple[Table, ...]
    foot: str = ""
    heads: tuple[str, str] = ("", "")
    signs: tuple[str, ...] = ()
    opening: str = ""
    difficulties: str = ""
    tasks: str = ""


def make_share(part_column, whole_column, part, whole):
    """The `Share` of two numbers that stand in these columns."""
    value = round_half_up(percent_of(part, whole)) if part is not None and whole else None
    return Share(part_column, whole_column, value)


def cell_value(cell):
    """A share or a sum as its value, anything else as it is."""
    return cell.value if isinstance(cell, Share | Sum) else cell


def print_cell(cell, column):
    """A cell as a reader sees it, in Vietnamese notation; a dash for a number that there is not."""
    found = cell_value(cell)
    if found is None:
        return "" if column.kind in ("text", "date") else "–"
    if isinstance(found, date):
        return dmy(found)
    if isinstance(found, bool | str):
        return str(found)
    if column.kind == "percent":
        return f"{Decimal(found):.2f}".replace(".", ",")
    if column.kind == "mean":
        return f"{Decimal(found):.1f}".replace(".", ",")
    return format_number(found)
