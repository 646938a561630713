"""Writes a list of any length as a workbook of one sheet, row by row; it is never held in memory.

PostgreSQL writes the XML of the rows itself and copies it into the packed file. Other databases, and a transaction
whose rows no other connection sees, have the same XML written here, byte for byte. Text is always inline text, so
nothing of it is ever a formula; the same rows make the same bytes.
"""

# ruff: noqa: S608 - the statement wraps one of Django's own, whose values are bound before
import re
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.exports.document import Column, Progress, ignore_progress

HEAD = 3
"""The row of the column heads, from 1; above it stand the title and for whom the list is."""
MOST = 1_048_576 - HEAD
"""How many rows a sheet takes below its heads."""
FLUSHED_AT = 256 * 1024
STEP = 2000
"""So many rows between two reports of progress."""
MANY = 500_000
"""From so many rows on a sheet may pass two gigabytes before packing, and the file says so from its start."""


@dataclass(frozen=True)
class LongList:
    """A list that is read while it is written: `rows` gives tuples, one value for each of `columns`.

    Columns are of the kinds "text", "number" (whole ones) and "date".
    """

    name: str
    title: str
    place: str
    columns: tuple[Column, ...]
    rows: QuerySet
    foot: str = ""


class TooLong(Exception):
    """The list has more rows than a sheet."""


def write(path: Path, listing: LongList, *, progress: Progress = ignore_progress) -> None:
    """Write `listing` to `path`. `progress(done, total, doing)` is told of rows, and may stop the work by raising.

    Raises `TooLong` when the rows do not fit a sheet.
    """
    total = listing.rows.count()
    if total > MOST:
        raise TooLong(total)
    progress(0, total, listing.title)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for part, text in _parts(listing).items():
            with packed.open(part, "w") as file:
                file.write(text.encode())
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=total > MANY) as file:
            rows = _Rows(file, total, listing.title, progress)
            file.write(clean_xml(_before(listing).encode()))
            send_rows(listing, rows)
            rows.flush()
            file.write(clean_xml(_after(listing, rows.number).encode()))
    progress(rows.number, rows.number, _("Ghi tệp"))


class _Rows:
    """Takes the bytes of rows, one row a call; they are cleaned and flushed every 256 KiB."""

    def __init__(self, file, total, doing, progress):
        self.file, self.total, self.doing, self.progress = file, total, doing, progress
        self.buffer, self.number = bytearray(), 0

    def write(self, row):
        self.buffer += row
        self.number += 1
        if len(self.buffer) > FLUSHED_AT:
            self.flush()
        if self.number % STEP == 0:
            if self.number > MOST:
                raise TooLong(self.number)
            self.progress(self.number, max(self.number, self.total), self.doing)

    def flush(self):
        self.file.write(clean_xml(self.buffer))
        self.buffer.clear()


# What both ways of writing share

NOT_XML = bytes(code for code in range(32) if chr(code) not in "\t\n")
"""Characters that XML cannot hold. Among them are those that separate the cells of a copied row."""
EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
EMPTY = "<c/>"
CELLS = {
    "text": ('<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"),
    "number": ('<c s="4"><v>', "</v></c>"),
    "date": ('<c s="1"><v>', "</v></c>"),
}
ESCAPED = re.compile(rb"_(?=x[0-9A-Fa-f]{4}_)")


def clean_xml(xml: bytes) -> bytes:
    """Bytes of XML without what a reader would refuse, or take for the code of another character ("_x0041_")."""
    xml = xml.translate(None, NOT_XML)
    if b"_x" in xml:
        xml = ESCAPED.sub(b"_x005F_", xml)
    if b"\xef\xbf" in xml:
        xml = xml.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    return xml


def _cell(value, kind):
    if value is None or value == "":
        return EMPTY
    if kind == "text":
        value = escape(value)
    elif kind == "date":
        value = (value - EPOCH).days
    return f"{value}".join(CELLS[kind])


def send_rows(listing: LongList, to: _Rows) -> None:
    """Give `to` every row of `listing` as bytes."""
    connection = connections[listing.rows.db]
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        send_rows_apart(listing, to, connection)
    else:
        send_rows_read_here(listing, to)


def send_rows_apart(listing: LongList, to: _Rows, connection: BaseDatabaseWrapper) -> None:
    """Have PostgreSQL write the rows over a connection of its own: progress is told over the usual one."""
    with closing(connection.copy()) as own:
        send_rows_by_copy(listing, to, own)


def send_rows_read_here(listing: LongList, to: _Rows) -> None:
    """Write each row of `listing` here and give it `to`."""
    kinds = [column.kind for column in listing.columns]
    for row in listing.rows.iterator(chunk_size=STEP):
        cells = "".join(map(_cell, row, kinds))
        to.write(f"<row>{cells}</row>\n".encode())


def send_rows_by_copy(listing: LongList, to: _Rows, own: BaseDatabaseWrapper) -> None:
    """Have PostgreSQL write each row of `listing` and give it `to`, over the connection `own`."""
    try:
        statement, values = listing.rows.query.sql_with_params()
    except EmptyResultSet:
        return
    names = [f"c{n}" for n in range(len(listing.columns))]
    cells = ", ".join(_in_sql(name, column.kind) for name, column in zip(names, listing.columns, strict=True))
    with own.cursor() as cursor:
        rows = cursor.mogrify(statement, values).decode()
        # An empty cell is NULL. Separators and quotes are control characters, which `cleaned` takes out again.
        cursor.copy_expert(
            f"COPY (SELECT '<row>', {cells}, '</row>' FROM ({rows}) AS r ({', '.join(names)})) TO STDOUT"
            f" (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01', NULL '{EMPTY}', ENCODING 'UTF8')",
            to,
        )


def _in_sql(name, kind):
    """The SQL that says what `_cell` says."""
    if kind == "text":
        name = f"nullif({name}, '')"
        for character, code in (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;")):
            name = f"replace({name}, '{character}', '{code}')"
    elif kind == "date":
        name = f"({name} - DATE '{EPOCH}')"
    before, after = CELLS[kind]
    return f"'{before}' || {name} || '{after}'"


# The parts of the file

DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FORMATS = "http://schemas.openxmlformats.org"
MAIN = f"{FORMATS}/spreadsheetml/2006/main"
LINKS = f"{FORMATS}/package/2006/relationships"
OFFICE = f"{FORMATS}/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FONT = '<name val="Times New Roman"/><family val="1"/>'
LINE = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
CENTRED = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
LEFT = '<alignment vertical="center"/>'


def _style(number=0, font=0, border=0, inside=""):
    ids = f'numFmtId="{number}" fontId="{font}" fillId="0" borderId="{border}" xfId="0"'
    return f'<xf {ids} applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">{inside}</xf>'


STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    f'<fonts count="3"><font><sz val="12"/>{FONT}</font><font><b/><sz val="12"/>{FONT}</font>'
    f'<font><b/><sz val="14"/>{FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="2"><border/><border>{LINE}</border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="5">{_style(inside=LEFT)}{_style(number=164, inside=CENTRED)}'
    f"{_style(font=1, border=1, inside=CENTRED)}{_style(font=2)}{_style(inside=CENTRED)}</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
"""Style 0 is plain, 1 a date, 2 a column's head, 3 the title, 4 a number."""


def _parts(listing):
    """{name in the file: text} of everything but the sheet."""
    link = '<Relationship Id="rId{}" Type="' + OFFICE + '/{}" Target="{}"/>'
    kinds = {
        "workbook": f"{TYPE}.sheet.main",
        "styles": f"{TYPE}.styles",
        "worksheets/sheet1": f"{TYPE}.worksheet",
    }
    types = "".join(f'<Override PartName="/xl/{k}.xml" ContentType="{v}+xml"/>' for k, v in kinds.items())
    name = escape(listing.name, {'"': "&quot;"})
    heads = f"'{escape(listing.name.replace(chr(39), chr(39) * 2))}'!${HEAD}:${HEAD}"
    book = (
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{heads}</definedName></definedNames>'
    )
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{FORMATS}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}">{link.format(1, "officeDocument", "xl/workbook.xml")}'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">'
        f"{link.format(1, 'worksheet', 'worksheets/sheet1.xml')}{link.format(2, 'styles', 'styles.xml')}"
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>',
    }
    return {part: DECLARED + text for part, text in texts.items()}


def _before(listing):
    """The sheet up to its rows: page, frozen heads, widths, the lines above the heads, the heads."""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
        for n, column in enumerate(listing.columns, start=1)
    )
    heads = "".join(_styled(column.head, 2) for column in listing.columns)
    corner = f'<pane xSplit="2" ySplit="{HEAD}" topLeftCell="C{HEAD + 1}" activePane="bottomRight" state="frozen"/>'
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{corner}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15.75"/><cols>{widths}</cols><sheetData>'
        f"<row>{_styled(listing.title, 3)}</row>\n<row>{_styled(listing.place, 0)}</row>\n"
        f'<row ht="48" customHeight="1">{heads}</row>\n'
    )


def _styled(text, style):
    return f'<c s="{style}" t="inlineStr"><is><t>{escape(str(text))}</t></is></c>'


def _after(listing, number):
    """The sheet below its rows: the filter over `number` of them, A3 across, the foot of each page."""
    foot = f"&L&8{listing.foot.replace('&', '&&')[:200]}" if listing.foot else ""
    last = _letters(len(listing.columns))
    return (
        f'</sheetData><autoFilter ref="A{HEAD}:{last}{HEAD + number}"/>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escape(foot)}&amp;R&amp;P/&amp;N</oddFooter></headerFooter></worksheet>"
    )


def _letters(n):
    """The name of the n-th column, from 1: "A", "Z", "AA"."""
    n, rest = divmod(n - 1, 26)
    return (_letters(n) if n else "") + chr(ord("A") + rest)
