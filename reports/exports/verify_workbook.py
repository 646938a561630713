"""Whether a fingerprint, or the figures of a workbook, are those of a closed quarter."""

import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import load_workbook

from accounts.models import User
from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Organisation, within_scope
from reports import periods
from reports.closing import reading
from reports.closing.source import FromClosing
from reports.exports import report_tables
from reports.exports.document import cell_value
from reports.exports.form_2 import read_report
from reports.exports.form_sets import SETS, find_form_set
from reports.exports.xlsx import HEAD
from reports.models.closing import QuarterClosing
from reports.unit_group import UnitGroup, group_units

MAX_BYTES = 5 * 2**20
MAX_UNPACKED = 50 * 2**20
ROWS = 200
"""How many rows of Biểu 2 are read at most; the form has some seventy."""
SHOWN = 10
CODE = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?: ?[0-9a-f]{8}){7}(?![0-9a-f])")
UNITS = re.compile(r"đơn vị số (\d+(?:,\d+)*)")


@dataclass(frozen=True)
class Differing:
    """A cell that is not as it was closed: where, and the two values in words."""

    place: str
    label: str
    closed: str
    found: str


@dataclass(frozen=True)
class Verdict:
    """What was found; `differs` are the first cells that are not as they were closed, `more` how many others.

    `closing` is None where no closing has the fingerprint, `unit` where no workbook was read or the reader may not see
    its units.
    """

    fingerprint: str
    closing: QuarterClosing | None
    read: bool = False
    unit: UnitGroup | None = None
    differs: tuple = ()
    more: int = 0

    @property
    def printed(self) -> str:
        return reading.group_fingerprint(self.fingerprint)

    @property
    def valid(self) -> bool:
        return self.closing is not None and self.closing.reopened_at is None

    @property
    def period(self) -> periods.Period | None:
        return periods.quarter_period(self.closing.year, self.closing.number) if self.closing else None


def of_code(text: str) -> Verdict:
    """The verdict on a typed fingerprint, or its first sixteen digits, with or without spaces.

    Raises `Refused` where it is none.
    """
    code = re.sub(r"\s", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{16,64}", code):
        words = _("Mã đối chiếu có 64 chữ số 0–9, a–f, ghi ít nhất 16 chữ số đầu; mã vừa ghi có %(n)d ký tự.")
        raise Refused({"code": words % {"n": len(code)}})
    closing = _closing(code)
    return Verdict(closing.fingerprint if closing else code, closing)


def of_workbook(file: UploadedFile, user: User) -> Verdict:
    """The verdict on an uploaded workbook; the cells of a unit are compared only for who may see that unit.

    Raises `Refused`: too large, no workbook, no fingerprint in it. Nothing of the file is kept.
    """
    cells = _read(file)
    words = " ".join(cell for row in cells for cell in row if isinstance(cell, str))
    code, units = CODE.search(words), UNITS.search(words)
    if code is None:
        raise Refused(
            {"file": _("Trang Biểu 2 của tệp này không in mã đối chiếu: không lập từ một quý đã khóa.")}
        )
    fingerprint = code[0].replace(" ", "")
    closing = _closing(fingerprint)
    if closing is None or units is None:
        return Verdict(fingerprint, closing, read=True)
    named = units[1].split(",")[:200]
    pks = {int(pk) for pk in named if len(pk) < 10}
    rows = list(Organisation.objects.filter(within_scope(user.scope(Permission.SEE)), pk__in=pks))
    if len(rows) != len({*named}):
        return Verdict(fingerprint, closing, read=True)
    group = group_units(rows)
    differs = _compare(cells, FromClosing(group, closing))
    more = max(0, len(differs) - SHOWN)
    return Verdict(fingerprint, closing, True, group, tuple(differs[:SHOWN]), more)


def _closing(fingerprint):
    rows = QuarterClosing.objects.filter(fingerprint__startswith=fingerprint).select_related(
        "closed_by", "reopen_by"
    )
    return rows.order_by("-pk").first()


@override("vi")
def _read(file):
    """The first rows of the sheet Biểu 2."""
    if file.size > MAX_BYTES:
        raise Refused({"file": _("Tệp lớn hơn 5 MB.")})
    try:
        with zipfile.ZipFile(file) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MAX_UNPACKED:
            raise Refused({"file": _("Tệp giải nén lớn hơn 50 MB; không đọc.")})
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            names = [name for name in book.sheetnames if name in {str(form.name) for form in SETS}]
            if not names:
                raise Refused({"file": _("Tệp này không có trang Biểu 2.")})
            rows = book[names[0]].iter_rows(max_row=ROWS, max_col=5, values_only=True)
            return [tuple(row) + (None,) * (5 - len(row)) for row in rows]
        finally:
            book.close()
    except Refused:
        raise
    except Exception as error:  # a file from outside may break a reader in any way
        raise Refused({"file": _("Không đọc được: tệp này không phải là tệp Excel (.xlsx).")}) from error


def _table_of(cells, source):
    """The form that the file shows, by its labels: a file drawn up before a set was known keeps the rows it has."""
    own = find_form_set(source.period.last)
    forms = [own, *(form for form in SETS if form.rows is not own.rows)]
    there = {row[1] for row in cells[HEAD + 1 :]}
    tables = [report_tables.form_2_table(read_report(source, form)) for form in forms]
    return max(tables, key=lambda table: len(there & {row.cells[1] for row in table.rows}) / len(table.rows))


@override("vi")
def _compare(cells, source):
    """Every cell of the form that is not as it was closed, rows that are missing or too many among them."""
    table = _table_of(cells, source)
    differs = []
    for n, row in enumerate(table.rows):
        at = HEAD + 1 + n
        there = cells[at] if at < len(cells) else (None,) * 5
        for place, (cell, was) in enumerate(zip(there, row.cells, strict=True)):
            if not _same(cell, cell_value(was)):
                label = str(row.cells[1])
                differs.append(
                    Differing(f"{'ABCDE'[place]}{at + 1}", label, _print(cell_value(was)), _print(cell))
                )
    after = cells[HEAD + 1 + len(table.rows) :]
    for n, row in enumerate(after, start=HEAD + 2 + len(table.rows)):
        if any(isinstance(cell, int | float) for cell in row):
            differs.append(Differing(f"A{n}", _("dòng thêm"), "–", _print(row[1])))
    return differs


def _same(cell, was):
    if was is None:
        return cell in (None, "–", "")
    if isinstance(was, str):
        return (cell or "") == was or (not was and cell == "–")
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return False
    return abs(Decimal(str(cell)) - Decimal(was)) < Decimal("0.005")


def _print(cell):
    if cell is None or cell == "":
        return "–"
    return str(cell)[:60].replace(".", ",") if isinstance(cell, float | Decimal) else str(cell)[:60]
