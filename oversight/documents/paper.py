"""A document of oversight as a Word file: the Party's layout around headings, paragraphs and tables."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import override

from admissions.letters.layouts import layout_for
from admissions.letters.word import fill_template
from reports.exports.document import Issuer, Table
from reports.exports.docx import Markup, draw_paragraph, draw_table

TEMPLATES = Path(__file__).parent / "templates"
ROOM_FOR_NUMBER = " " * 6
"""Where the clerk writes the number, and the day, that the register does not give."""


@dataclass(frozen=True)
class Heading:
    """A heading of the body."""

    words: str


Block = Heading | str | Table
"""What a body is made of; a table brings its name as the line above it."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """`type` in capitals, "" for a letter to an `addressee`; `letters` follow the number ("KH", "CV", "BC")."""

    type: str
    letters: str
    abstract: str
    issuer: Issuer
    blocks: tuple[Block, ...]
    to: str
    day: date
    number: str = ""
    addressee: str = ""


@override("vi")
def fill_paper(paper: Paper) -> bytes:
    """The Word file of `paper`, in the layout of its day. Source: HD 36-HD/VPTW 2018, HD 05-HD/VPTW 2026."""
    layout, issuer, day = layout_for(paper.day), paper.issuer, paper.day
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    values = {
        "superior": issuer.superior,
        "issuer": issuer.name,
        "number": paper.number or f"{ROOM_FOR_NUMBER}-{paper.letters}/{issuer.letters}",
        "place_and_date": f"{issuer.place}, ngày {day.day:02} tháng {month} năm {day.year}",
        "abstract": paper.abstract,
        "to": paper.to,
        "signs_for": issuer.signs[0],
        "signs_as": issuer.signs[1] if len(issuer.signs) > 1 else "",
        "body": Markup("".join(_draw_block(block, layout) for block in paper.blocks)),
    }
    values |= {"type": paper.type} if paper.type else {"addressee": paper.addressee}
    template = TEMPLATES / layout.key / ("paper.docx" if paper.type else "letter.docx")
    return fill_template(template.read_bytes(), values)


def _draw_block(block, layout):
    if isinstance(block, Heading):
        return draw_paragraph(block.words, layout, bold=True, kept=True)
    if isinstance(block, Table):
        gap = draw_paragraph("", layout)
        return draw_paragraph(block.name, layout, bold=True, kept=True) + draw_table(block) + gap
    return "".join(draw_paragraph(line.strip(), layout) for line in block.splitlines() if line.strip())
