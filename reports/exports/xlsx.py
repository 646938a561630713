"""The quarter's workbook: Biểu 2, the table by unit, the list behind it. Text stays text, dates are dates."""

import re
from datetime import datetime

import xlsxwriter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.attainment import percent, rounded
from reports.exports import quarter
from reports.periods import ROMAN

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
STYLES = {
    "text": {"border": 1, "text_wrap": True},
    "dash": {"border": 1, "align": "right"},
    "head": {"border": 1, "bold": True, "align": "center", "text_wrap": True},
    "group": {"border": 1, "italic": True, "bold": True},
    "number": {"border": 1, "num_format": "#,##0"},
    "bold_number": {"border": 1, "num_format": "#,##0", "bold": True},
    "bold": {"border": 1, "bold": True},
    "mean": {"border": 1, "num_format": "#,##0.0"},
    "percent": {"border": 1, "num_format": "#,##0.00"},
    "date": {"border": 1, "num_format": "dd/mm/yyyy", "align": "center"},
    "title": {"bold": True, "align": "center", "font_size": 14},
    "line": {"align": "center"},
    "line_bold": {"align": "center", "bold": True},
    "note": {"italic": True, "text_wrap": True},
}


@translation.override("vi")
def write(path, unit, period, *, progress=lambda done, total, doing: None):
    """Write the workbook of `unit` for `period`, a quarter or a year, to `path`, in Vietnamese for every reader.

    The same data gives the same bytes. `progress(done, total, doing)` is told of every sheet and of every hundred
    rows of the list.
    """
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": title(period), "created": datetime(period.last.year, period.last.month, 1)})
    styles = {name: book.add_format(FONT | style) for name, style in STYLES.items()}
    people = list(quarter.people(unit, period))
    total = len(people) + 2
    progress(0, total, _("Biểu 2"))
    _form_2(_sheet(book, _("Biểu 2"), unit, period, styles, 5), unit, period, styles)
    progress(1, total, _("Theo đơn vị"))
    _by_unit(_sheet(book, _("Theo đơn vị"), unit, period, styles, 9), unit, period, styles)
    progress(2, total, _("Danh sách"))
    _people(_sheet(book, _("Danh sách"), unit, period, styles, 15), people, styles, progress, total)
    book.close()


def title(period):
    if period.kind == "year":
        return _("Kết quả kết nạp đảng viên năm %(year)d") % {"year": period.first.year}
    return _("Kết quả kết nạp đảng viên quý %(n)s năm %(year)d") % {
        "n": ROMAN[period.number - 1],
        "year": period.first.year,
    }


def basis():
    if settings.COUNTED_BY == "ceremony":
        return _("Kỳ tính theo ngày lễ kết nạp.")
    return _("Kỳ tính theo ngày ký quyết định kết nạp.")


HEAD = 5
"""The row (from 0) of the column heads; above it stands the document's own heading."""


def _sheet(book, name, unit, period, styles, columns):
    """A sheet with the heading of a Party document, A4 landscape, its head rows frozen and repeated."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.7)
    sheet.repeat_rows(HEAD)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.set_footer("&R&P/&N")
    left = max(1, columns // 2 - 1)
    sheet.merge_range(0, 0, 0, left, settings.DISTRICT_NAME.upper(), styles["line"])
    sheet.merge_range(0, left + 1, 0, columns - 1, "ĐẢNG CỘNG SẢN VIỆT NAM", styles["line_bold"])
    sheet.merge_range(1, 0, 1, left, _("BAN TỔ CHỨC"), styles["line_bold"])
    sheet.merge_range(2, 0, 2, columns - 1, title(period).upper(), styles["title"])
    where = _("%(unit)s, từ %(first)s đến %(last)s. %(basis)s") % {
        "unit": unit.title,
        "first": f"{period.first:%d/%m/%Y}",
        "last": f"{period.last:%d/%m/%Y}",
        "basis": basis(),
    }
    sheet.merge_range(3, 0, 3, columns - 1, where, styles["line"])
    return sheet


def _text(value):
    return CONTROL.sub("", str(value))


def _heads(sheet, styles, heads, widths):
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD, column, _text(head), styles["head"])
    sheet.set_row(HEAD, 36)
    sheet.set_row(2, 26)


def _share(sheet, row, column, styles, part, whole, part_cell, whole_cell):
    """`part` over `whole` in per cent as a formula with its value; a dash where there is nothing to compare with."""
    if not whole:
        sheet.write_string(row, column, "–", styles["dash"])
        return
    formula = f"=ROUND({part_cell}/{whole_cell}*100,2)"
    value = float(rounded(percent(part, whole)))
    sheet.write_formula(row, column, formula, styles["percent"], value)


def _form_2(sheet, unit, period, styles):
    year = period.first.year
    heads = [_("TT"), _("Tiêu chí"), _("Kỳ này (%(y)d)") % {"y": year}]
    heads += [_("Cùng kỳ năm trước (%(y)d)") % {"y": year - 1}, _("So sánh (%)")]
    _heads(sheet, styles, heads, (8, 62, 16, 16, 16))
    row = HEAD
    lines = quarter.form_2(unit, [period])
    places = {}
    for line in lines:
        row += 1
        places[line.key] = row
        strong = line.kind in ("total", "head")
        sheet.write_string(row, 0, _text(line.no), styles["bold" if strong else "text"])
        sheet.write_string(
            row,
            1,
            _text(line.label),
            styles["group" if line.kind == "head" else "bold" if strong else "text"],
        )
        if not line.cells:
            for column in (2, 3, 4):
                sheet.write_blank(row, column, None, styles["text"])
            continue
        now, before, *_urls = line.cells[0]
        style = styles["mean" if line.kind == "mean" else "bold_number" if strong else "number"]
        for column, value in ((2, now), (3, before)):
            if value is None:
                sheet.write_string(row, column, "–", styles["dash"])
            else:
                sheet.write_number(row, column, float(value), style)
        if line.kind == "mean" or now is None:
            sheet.write_string(row, 4, "–", styles["dash"])
        else:
            cells = xl_rowcol_to_cell(row, 2), xl_rowcol_to_cell(row, 3)
            _share(sheet, row, 4, styles, now, before, *cells)
    _total_from_parts(sheet, lines, places, styles)
    sheet.print_area(0, 0, row, 4)


def _total_from_parts(sheet, lines, places, styles):
    """The total is the sum of the age bands, which fall apart without remainder."""
    parts = [line for line in lines if line.key.startswith("age-")]
    total = next(line for line in lines if line.kind == "total")
    for column, n in ((2, 0), (3, 1)):
        first = xl_rowcol_to_cell(places[parts[0].key], column)
        last = xl_rowcol_to_cell(places[parts[-1].key], column)
        value = total.cells[0][n]
        sheet.write_formula(places["admitted"], column, f"=SUM({first}:{last})", styles["bold_number"], value)


def _by_unit(sheet, unit, period, styles):
    year = period.first.year
    heads = [_("TT"), _("Đơn vị"), _("Kết nạp"), _("Nông thôn"), _("Nữ"), _("Đoàn viên"), _("Cùng kỳ %(y)d")]
    heads = [head % {"y": year - 1} if "%" in head else head for head in heads]
    heads += [_("Từ đầu năm"), _("Chỉ tiêu năm")]
    _heads(sheet, styles, [*heads, _("Đạt (%)")], (6, 40, 11, 11, 11, 11, 12, 12, 12, 12))
    total, lines = quarter.by_unit(unit, period)
    first, last = HEAD + 2, HEAD + 1 + len(lines)
    rows = [(HEAD + 1, total, True)] + [(first + n, line, False) for n, line in enumerate(lines)]
    for row, line, is_total in rows:
        number = styles["bold_number" if is_total else "number"]
        name = _("Toàn đơn vị") if is_total else line.unit.title
        sheet.write_string(row, 0, "" if is_total else str(row - first + 1), styles["text"])
        sheet.write_string(row, 1, _text(name), styles["bold" if is_total else "text"])
        values = [line.now[m.key] for m in quarter.BY_UNIT] + [line.before["admitted"], line.cumulative]
        for column, value in enumerate(values, start=2):
            if is_total and lines:
                cells = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
                sheet.write_formula(row, column, f"=SUM({cells})", number, value)
            else:
                sheet.write_number(row, column, value, number)
        if line.quota is None:
            sheet.write_string(row, 8, "–", styles["dash"])
        else:
            sheet.write_number(row, 8, line.quota, number)
        cells = xl_rowcol_to_cell(row, 7), xl_rowcol_to_cell(row, 8)
        _share(sheet, row, 9, styles, line.cumulative, line.quota, *cells)
    sheet.print_area(0, 0, last, 9)


COLUMNS = (
    (_l("TT"), 5, "text", lambda n, d: str(n)),
    (_l("Họ và tên"), 26, "text", lambda n, d: d.candidate.full_name),
    (_l("Số hồ sơ"), 11, "text", lambda n, d: d.number),
    (_l("Ngày sinh nam"), 12, "date", lambda n, d: d.candidate.born_on if d.admitted_sex == "male" else None),
    (
        _l("Ngày sinh nữ"),
        12,
        "date",
        lambda n, d: d.candidate.born_on if d.admitted_sex == "female" else None,
    ),
    (_l("Dân tộc"), 9, "text", lambda n, d: d.candidate.ethnicity.name),
    (_l("Tôn giáo"), 10, "text", lambda n, d: d.candidate.religion.name),
    (_l("Học vấn"), 10, "text", lambda n, d: d.get_admitted_education_display()),
    (_l("Chuyên môn"), 16, "text", lambda n, d: d.get_admitted_qualification_display()),
    (_l("Nghề nghiệp"), 34, "text", lambda n, d: d.get_admitted_occupation_display()),
    (_l("Chi bộ"), 30, "text", lambda n, d: d.admitted_branch.title),
    (_l("Nông thôn"), 8, "text", lambda n, d: "x" if d.admitted_rural else ""),
    (_l("Đảng bộ"), 26, "text", lambda n, d: d.admitted_commune.title),
    (_l("Quyết định"), 14, "text", lambda n, d: d.decision_number),
    (_l("Ngày quyết định"), 12, "date", lambda n, d: d.decided_on),
    (_l("Ngày lễ"), 12, "date", lambda n, d: d.ceremony_on),
)
"""The columns of the list: head, width, kind and value of the n-th dossier."""


def _people(sheet, people, styles, progress, total):
    _heads(sheet, styles, [head for head, *_rest in COLUMNS], [width for _head, width, *_rest in COLUMNS])
    for n, dossier in enumerate(people, start=1):
        sheet.set_row(HEAD + n, 33)  # two lines, which is what the longest occupations need
        for column, (_head, _width, kind, value) in enumerate(COLUMNS):
            written = value(n, dossier)
            if written is None:
                sheet.write_blank(HEAD + n, column, None, styles[kind])
            elif kind == "date":
                sheet.write_datetime(
                    HEAD + n, column, datetime(written.year, written.month, written.day), styles[kind]
                )
            else:
                sheet.write_string(HEAD + n, column, _text(written), styles[kind])
        if n % 100 == 0:
            progress(n + 2, total, _("Danh sách"))
    progress(total, total, _("Xong"))
    sheet.autofilter(HEAD, 0, HEAD + len(people), len(COLUMNS) - 1)
    sheet.print_area(0, 0, HEAD + max(1, len(people)), len(COLUMNS) - 1)
