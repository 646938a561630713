"""How documents are laid out, as dated data: the guidance of the Party's central office that is in force."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "layouts.toml"


@dataclass(frozen=True)
class Layout:
    """One guidance's measures, up to `in_force_to` (None: until further notice).

    `margins_mm` are top, bottom, left, right. With `pads_numbers` counts below ten are written with a zero
    before them; days below ten and the months 01 and 02 always are. `confidence` counts from `verified_from`.
    """

    key: str
    source: str
    verified_from: date
    confidence: str
    margins_mm: tuple[int, int, int, int]
    font: str
    motto_pt: int
    head_pt: int
    type_pt: int
    abstract_pt: int
    letter_abstract_pt: int
    body_pt: int
    line_pt: int
    after_pt: int
    indent_mm: int
    recipients_pt: int
    pads_numbers: bool
    in_force_to: date | None = None

    def confidence_on(self, day: date) -> str:
        """How sure the layout is for a document of `day`: "unverified" before its source."""
        return self.confidence if day >= self.verified_from else "unverified"


@cache
def load_layouts(file: Path = FILE) -> tuple[Layout, ...]:
    """Every layout, oldest first; raises `TypeError` on a word the shape does not know or lacks."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["layouts"]
    return tuple(Layout(**row | {"margins_mm": tuple(row["margins_mm"])}) for row in rows)


def layout_for(day: date) -> Layout:
    """The layout of a document dated `day` (HD 36-HD/VPTW 2018 up to 26/5/2026, then HD 05-HD/VPTW)."""
    return next(row for row in load_layouts() if row.in_force_to is None or day <= row.in_force_to)
