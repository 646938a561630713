"""Workbooks: a sheet for each table. Text stays text, dates are dates, sums and shares are formulas."""

import re
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.exports.document import Document, Progress, Share, Sum, ignore_progress

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
STYLES: dict[str, dict[str, object]] = {
    "text": {"border": 1, "text_wrap": True},
    "dash": {"border": 1, "align": "right"},
    "heading": {"border": 1, "bold": True, "align": "center", "text_wrap": True},
    "group": {"border": 1, "italic": True, "bold": True},
    "number": {"border": 1, "num_format": "#,##0"},
    "bold_number": {"border": 1, "num_format": "#,##0", "bold": True},
    "bold": {"border": 1, "bold": True},
    "mean": {"border": 1, "num_format": "#,##0.0"},
    "percent": {"border": 1, "num_format": "#,##0.00"},
    "date": {"border": 1, "num_format": "dd/mm/yyyy", "align": "center"},
    "title": {"bold": True, "align": "center", "font_size": 14},
    "line": {"align": "center"},
    "foot": {"font_size": 9},
    "line_bold": {"align": "center", "bold": True},
    "line_italic": {"align": "center", "italic": True},
}
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROW = 6
"""Columns of a sheet that stands upright: its last rows and the signatures have room on one page."""
ROOM_TO_SIGN = 5
"""Rows left for the signatures and names."""
DAY = "ngày        tháng        năm            "
"""Whoever signs writes the day: a workbook of a closed quarter is the same on every day."""
HEAD = 5
"""The row (from 0) of the column heads; above it stands the document's own heading."""


def write(path: Path, document: Document, *, progress: Progress = ignore_progress) -> None:
    """Write `document` as a workbook to `path`; nothing of it lies anywhere else meanwhile.

    `progress` is told of every sheet and of every hundred rows of one.
    """
    book = xlsxwriter.Workbook(str(path), AS_TYPED | {"in_memory": True})
    book.set_properties(
        {"title": document.title, "created": datetime(document.day.year, document.day.month, 1)}
    )
    styles = {name: book.add_format(FONT | style) for name, style in STYLES.items()}
    count = len(document.tables)
    for n, table in enumerate(document.tables):
        progress(count + n, 2 * count, table.name)
        sheet = _sheet(book, document, table, styles)
        for place, row in enumerate(table.rows):
            _row(sheet, HEAD + 1 + place, row, table, styles)
            if place % 100 == 99:
                progress(count + n, 2 * count, table.name)
        if not table.rows:
            words, wide = _("Không có ai."), len(table.columns) - 1
            sheet.merge_range(HEAD + 1, 0, HEAD + 1, wide, words, styles["text"])
        if table.tall:
            sheet.autofilter(HEAD, 0, HEAD + len(table.rows), len(table.columns) - 1)
        last = HEAD + max(1, len(table.rows))
        if document.foot and n == 0:
            last += 2
            sheet.write_string(last, 1, _text(document.foot), styles["foot"])
        if table.signed:
            last = _signatures(sheet, last + 2, len(table.columns) - 1, document.issuer.signs, styles)
        sheet.print_area(0, 0, last, len(table.columns) - 1)
    progress(2 * count, 2 * count, _("Ghi tệp"))
    book.close()


def _sheet(book, document, table, styles):
    """A sheet with the heading of a Party document, A4, its head rows frozen and repeated."""
    sheet, last = book.add_worksheet(table.name), len(table.columns) - 1
    if last < NARROW:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sides = {"left": 0.5, "right": 0.4} if table.tall else {"left": 0.8, "right": 0.6}
    sheet.set_margins(**sides, top=0.8, bottom=0.7)
    sheet.repeat_rows(HEAD)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.set_footer(
        f"&L&8{_text(document.foot).replace('&', '&&')[:200]}&R&P/&N" if document.foot else "&R&P/&N"
    )
    left, issuer = _left(last), document.issuer
    sheet.merge_range(0, 0, 0, left, _text(issuer.superior), styles["line"])
    sheet.merge_range(0, left + 1, 0, last, "ĐẢNG CỘNG SẢN VIỆT NAM", styles["line_bold"])
    sheet.merge_range(1, 0, 1, left, _text(issuer.name), styles["line_bold"])
    sheet.merge_range(1, left + 1, 1, last, table.form or table.name, styles["line_italic"])
    sheet.merge_range(2, 0, 2, last, _text(document.title.upper()), styles["title"])
    sheet.merge_range(3, 0, 3, last, _text(document.place), styles["line"])
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEAD, place, _text(column.head), styles["heading"])
    sheet.set_row(HEAD, 36)
    sheet.set_row(2, 26)
    return sheet


def _left(last):
    """The last column of the left half."""
    return max(1, (last + 1) // 2 - 1)


def _signatures(sheet, at, last, signs, styles):
    """Who drew the table up and who signs it, with room for the day and the names; the last row of it."""
    left = _left(last)
    sheet.merge_range(at, left + 1, at, last, DAY, styles["line_italic"])
    sheet.merge_range(at + 1, 0, at + 1, left, _("NGƯỜI LẬP BIỂU"), styles["line_bold"])
    for n, words in enumerate(signs):
        style = styles["line" if n else "line_bold"]
        sheet.merge_range(at + 1 + n, left + 1, at + 1 + n, last, _text(words), style)
    return at + len(signs) + ROOM_TO_SIGN


def _text(value):
    return CONTROL.sub("", str(value))


def _row(sheet, at, row, table, styles):
    if table.tall and row.kind == "row":
        sheet.set_row(at, 33)  # two lines, which is what the longest occupations need
    for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        if isinstance(cell, Share):
            _share(sheet, at, place, cell, table, styles)
        else:
            _cell(sheet, at, place, cell, column, row.kind, styles)


def _share(sheet, at, place, share, table, styles):
    if share.value is None:
        sheet.write_string(at, place, "–", styles["dash"])
        return
    part, whole = (xl_rowcol_to_cell(at, table.place(key)) for key in (share.part, share.whole))
    formula = f"=ROUND({part}/{whole}*100,2)"
    sheet.write_formula(at, place, formula, styles["percent"], float(share.value))


def _cell(sheet, at, place, cell, column, kind, styles):
    strong = kind in ("total", "head")
    if isinstance(cell, Sum):
        first, last = (xl_rowcol_to_cell(HEAD + 1 + row, place) for row in (cell.first, cell.last))
        sheet.write_formula(at, place, f"=SUM({first}:{last})", styles["bold_number"], cell.value)
    elif isinstance(cell, date):
        sheet.write_datetime(at, place, datetime(cell.year, cell.month, cell.day), styles["date"])
    elif cell is None and column.kind == "date":
        sheet.write_blank(at, place, None, styles["date"])
    elif cell is None:
        sheet.write_string(at, place, "–", styles["dash"])
    elif isinstance(cell, str):
        style = "group" if kind == "head" and place == 1 else "bold" if strong else "text"
        _words(sheet, at, place, cell, styles[style])
    else:
        style = "mean" if kind == "mean" else "bold_number" if strong else "number"
        sheet.write_number(at, place, float(cell), styles[style])


def _words(sheet, at, place, words, style):
    if words:
        sheet.write_string(at, place, _text(words), style)
    else:
        sheet.write_blank(at, place, None, style)
