"""The written report as a Word file, from a template that may be replaced: names and conditions, nothing that runs."""

from pathlib import Path
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from admissions.catalogues import templates
from admissions.letters.layouts import Layout
from admissions.letters.word import fill_template
from reports.exports import docx_template, party_layout
from reports.exports.document import Document, Progress, Table, ignore_progress, print_cell

TEMPLATES = docx_template.FOLDER
TEXT_MM = 165
TWIPS_PER_MM = 1440 / 25.4
TABLE_PT = 10
FEW_ROWS = 3
"""So many rows at least stand under the head of a table, or over the signatures, on one page with them."""
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


class Markup(str):
    """Markup of this module's own making, every word in it escaped; it takes the place of a whole paragraph."""

    __slots__ = ()

    def __html__(self):
        return str(self)


@override("vi")
def write(path: Path, document: Document, *, progress: Progress = ignore_progress) -> None:
    """Write the report to `path`, from the district's template or the one built in.

    Raises `Refused` where a template of the district's cannot be filled any more.
    """
    layout = party_layout.current_layout()
    values = party_layout.layout_values(document)
    values |= {name: _clean(words) for name, words in values.items()}
    values["difficulties"] = _typed(document.difficulties, layout)
    values["tasks"] = _typed(document.tasks, layout)
    tables = party_layout.tables_in_order(document)
    parts = []
    typed = values["difficulties"] or values["tasks"]
    for n, table in enumerate(tables, start=1):
        progress(len(tables) + n - 1, 2 * len(tables), table.name)
        signed = n == len(tables) and not typed
        parts.append(_caption(n, table, layout) + draw_table(table, signed=signed) + _after(signed))
    values["tables"] = Markup("".join(parts))
    progress(2 * len(tables), 2 * len(tables), _("Ghi tệp"))
    path.write_bytes(fill_template(_in_use(layout), values))


def _in_use(layout):
    """The district's template for the layout, or the one that comes with it."""
    return (
        templates.own_bytes(docx_template.KEY, layout.key)
        or (TEMPLATES / layout.key / "report.docx").read_bytes()
    )


def _clean(words):
    # Breaks, tabs and control characters would be the document's own, or cannot stand in one.
    return "".join(c if c >= " " and c != "\x7f" else " " for c in words)


def _words(words):
    return escape(_clean(words))


def _run(words, size, bold=False, italic=False):
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    size = f'<w:sz w:val="{size * 2}"/>'
    return f'<w:r><w:rPr>{marks}{size}</w:rPr><w:t xml:space="preserve">{_words(words)}</w:t></w:r>'


def _typed(text, layout):
    """What was typed, a paragraph for each line, the last one kept with what follows.

    "" where nothing was typed, so that a template can leave the head out.
    """
    paragraphs = party_layout.split_paragraphs(text)
    last = len(paragraphs) - 1
    parts = (draw_paragraph(words, layout, kept=n == last) for n, words in enumerate(paragraphs))
    return Markup("".join(parts)) if paragraphs else ""


def draw_paragraph(words: str, layout: Layout, *, bold: bool = False, kept: bool = False) -> Markup:
    """A paragraph of the body; one that is `kept` stays on the page of what follows."""
    indent = round(layout.indent_mm * TWIPS_PER_MM)
    keep = "<w:keepNext/>" if kept else ""
    form = (
        f'<w:pPr>{keep}<w:spacing w:after="{layout.after_pt * 20}" w:line="{layout.line_pt * 20}"'
        f' w:lineRule="exact"/><w:ind w:firstLine="{indent}"/><w:jc w:val="both"/></w:pPr>'
    )
    return Markup(f"<w:p>{form}{_run(words, layout.body_pt, bold)}</w:p>")


def _caption(n, table, layout):
    words = party_layout.table_caption(n, table)
    form = '<w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80"/></w:pPr>'
    return f"<w:p>{form}{_run(words, layout.recipients_pt, bold=True)}</w:p>"


def _after(signed):
    # Two tables with nothing between them would be one, for Word as for others.
    keep = "<w:keepNext/>" if signed else ""
    spacing = f'<w:spacing w:after="0" w:line="{240 if signed else 120}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{keep}{spacing}<w:rPr><w:sz w:val="8"/></w:rPr></w:pPr></w:p>'


def draw_table(table: Table, *, signed: bool = False) -> Markup:
    """A ruled table as wide as the text, its head repeated on every page; `signed` with the signatures under it."""
    total = sum(column.width for column in table.columns)
    widths = [round(TEXT_MM * TWIPS_PER_MM * column.width / total) for column in table.columns]
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in EDGES)
    margins = "".join(f'<w:{side} w:w="50" w:type="dxa"/>' for side in ("left", "right"))
    form = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    pairs = zip(table.columns, widths, strict=True)
    head = "".join(_cell(c.head, w, "center", bold=True, kept=True) for c, w in pairs)
    kept = _kept(len(table.rows), signed)
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    rows += [_row(row, table, widths, n in kept or row.kind == "head") for n, row in enumerate(table.rows)]
    return Markup(f"<w:tbl>{form}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")


def _kept(count, signed):
    """The rows, from 0, that stay on the page of the next row or of what follows the table."""
    last = count if signed else count - 1
    if count <= party_layout.WHOLE:
        return range(last)
    return {*range(FEW_ROWS), *(range(count - FEW_ROWS, count) if signed else ())}


def _row(row, table, widths, kept):
    """One row; `kept` on the page of the next."""
    strong = row.kind in ("total", "head")
    cells = "".join(
        _cell(
            print_cell(cell, column.kind),
            width,
            "left" if column.kind == "text" else "right",
            bold=strong,
            italic=row.kind == "head",
            kept=kept,
        )
        for cell, column, width in zip(row.cells, table.columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(words, width, align, *, bold=False, italic=False, kept=False):
    form = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    keep = "<w:keepNext/>" if kept else ""
    mark = f'<w:rPr><w:sz w:val="{TABLE_PT * 2}"/></w:rPr>'  # or an empty cell is as high as the body's text
    spacing = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    shape = f'<w:pPr>{keep}{spacing}<w:jc w:val="{align}"/>{mark}</w:pPr>'
    return f"<w:tc>{form}<w:p>{shape}{_run(words, TABLE_PT, bold, italic)}</w:p></w:tc>"
