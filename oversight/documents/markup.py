"""Paragraphs and ruled tables of a Word file as markup, in the measures of a layout; every word in them escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from admissions.letters.layouts import Layout
from admissions.letters.word import fill_template

TEMPLATES = Path(__file__).parent / "templates"
TWIPS_PER_MM = 1440 / 25.4
TABLE_PT = 12
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


class Markup(str):
    """Markup of this module's own making; it takes the place of a whole paragraph."""

    __slots__ = ()

    def __html__(self):
        return str(self)


@dataclass(frozen=True)
class Cell:
    """The words of a cell of a table; `align` is "left", "center" or "right"."""

    words: str
    align: str = "left"
    bold: bool = False
    italic: bool = False


def clean_words(words: str) -> str:
    """Breaks, tabs and control characters would be the document's own, or cannot stand in one."""
    return "".join(c if c >= " " and c != "\x7f" else " " for c in words)


def _run(words, size, bold=False, italic=False):
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    form = f'<w:rPr>{marks}<w:sz w:val="{size * 2}"/></w:rPr>'
    return f'<w:r>{form}<w:t xml:space="preserve">{escape(clean_words(words))}</w:t></w:r>'


def draw_paragraphs(lines: Iterable[str], layout: Layout) -> Markup:
    """Each of `lines` a paragraph of the body."""
    indent = round(layout.indent_mm * TWIPS_PER_MM)
    form = (
        f'<w:pPr><w:spacing w:after="{layout.after_pt * 20}" w:line="{layout.line_pt * 20}" w:lineRule="exact"/>'
        f'<w:ind w:firstLine="{indent}"/><w:jc w:val="both"/></w:pPr>'
    )
    return Markup("".join(f"<w:p>{form}{_run(line, layout.body_pt)}</w:p>" for line in lines))


def draw_dotted(number: int, layout: Layout) -> Markup:
    """So many dotted lines to write on by hand."""
    form = (
        '<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9350"/></w:tabs>'
        f'<w:spacing w:after="0" w:line="{layout.line_pt * 24}" w:lineRule="exact"/></w:pPr>'
    )
    return Markup(f"<w:p>{form}<w:r><w:tab/></w:r></w:p>" * number)


def draw_grid(widths_mm: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A ruled table with its head repeated on every page, and a narrow line after it."""
    widths = [round(width * TWIPS_PER_MM) for width in widths_mm]
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in EDGES)
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    form = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = [_row([Cell(words, "center", bold=True) for words in head], widths, "<w:tblHeader/>")]
    lines += [_row(row, widths) for row in rows]
    after = '<w:p><w:pPr><w:spacing w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
    return Markup(f"<w:tbl>{form}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>{after}")


def _row(cells, widths, mark=""):
    parts = "".join(_cell(cell, width) for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{parts}</w:tr>"


def _cell(cell, width):
    form = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    spacing = '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
    shape = f'<w:pPr>{spacing}<w:jc w:val="{cell.align}"/></w:pPr>'
    return f"<w:tc>{form}<w:p>{shape}{_run(cell.words, TABLE_PT, cell.bold, cell.italic)}</w:p></w:tc>"


def fill_layout(kind: str, layout: Layout, values: dict[str, str]) -> bytes:
    """The template `kind` of `layout` with `values` in it."""
    plain = {
        name: words if isinstance(words, Markup) else clean_words(str(words))
        for name, words in values.items()
    }
    return fill_template((TEMPLATES / layout.key / f"{kind}.docx").read_bytes(), plain)
