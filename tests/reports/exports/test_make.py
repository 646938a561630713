"""Files of every format from one definition: the same numbers, the units' own rows, whatever the period."""

import csv
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from docx import Document as Word
from openpyxl import load_workbook

from reports import periods
from reports.exports import document as tables
from reports.exports import form_2, make, wording
from reports.figures import figures
from reports.measures import MEASURES
from reports.models import Term
from tests import factories

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)
NAMES = ("Đỗ Thị Thanh Bình", "Lê Văn Đạt", "Trần Thị Ánh", "Vũ Thị Dung")


@pytest.mark.parametrize("format", make.FORMATS)
def test_a_communes_file_never_holds_another_communes_row(admissions, made, format):
    path = made([admissions.home], Q1, format)
    text = everything(path)
    assert "Vũ Thị" not in text
    assert "Đồng Văn" not in text and "Báo Văn" not in text
    if format in ("xlsx", "csv"):
        assert all(name in text for name in NAMES[:3])


def everything(path):
    """All the text of a file, whatever its format."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    return path.read_bytes().decode("utf-8", "ignore")


def test_every_format_says_the_same_numbers(admissions, made):
    made_ = make.make_document(factories.source(Q1, admissions.root))
    form, _form_2b, units, _people = made_.tables
    sheet = load_workbook(made([admissions.root], Q1, "xlsx"), data_only=True)["Biểu 2"]
    shown = [
        [tables.print_cell(cell, column.kind) for cell, column in zip(row.cells, form.columns, strict=True)]
        for row in form.rows
    ]
    for n, row in enumerate(form.rows):
        kept = sheet.cell(7 + n, 3).value
        assert (tables.cell_value(row.cells[2]) or 0) == (0 if kept in (None, "–") else kept)
    word = Word(made([admissions.root], Q1, "docx"))
    assert [[cell.text for cell in row.cells] for row in word.tables[1].rows][1:] == shown
    lines = list(csv.reader(made([admissions.root], Q1, "csv").open(encoding="utf-8-sig")))
    assert ["I", "Tổng số đảng viên kết nạp", "4", "1", "400.00"] in lines
    assert tables.cell_value(units.rows[0].cells[2]) == 4


@pytest.mark.parametrize("code", ["2016-h1", "2016-h2", "2016", "2017-q1", "2015-2020"])
def test_a_report_of_any_period_says_what_the_figures_say(admissions, made, code):
    Term.objects.get_or_create(
        name="2015–2020", defaults={"first": date(2016, 1, 1), "last": date(2020, 12, 31)}
    )
    period = periods.parse_period(code)
    counted = figures.count_unit(admissions.root, period, MEASURES.values())
    for format in make.FORMATS:
        path = made([admissions.root], period, format)
        if format == "xlsx":
            sheet = load_workbook(path, data_only=True)["Biểu 2"]
            assert sheet["C7"].value == counted["admitted"]
    assert (
        figures.count_unit(admissions.root, periods.parse_period("2016-h1"), MEASURES.values())["admitted"]
        == 1
    )


def test_six_months_are_two_quarters():
    assert periods.half_period(2016, 2).first == periods.quarter_period(2016, 3).first
    assert periods.half_period(2016, 2).last == periods.quarter_period(2016, 4).last
    assert periods.half_period(2016, 1).year_before().code == "2015-h1"
    assert str(periods.parse_period("2016-h2")) == "6 tháng cuối năm 2016"
    with pytest.raises(periods.NoPeriod):
        periods.parse_period("2016-h3")


def test_chosen_units_are_counted_together_and_none_twice(admissions, made):
    both = factories.source(Q1, admissions.other, admissions.home, admissions.rural)
    assert [unit.pk for unit in both.group.units] == [admissions.other.pk, admissions.home.pk]
    total, rows = form_2.unit_lines(both)
    assert total.now["admitted"] == sum(row.now["admitted"] for row in rows) == 4
    assert both.people().count() == 4
    sheet = load_workbook(made([admissions.other, admissions.school], Q1, "xlsx"), data_only=True)[
        "Danh sách"
    ]
    assert [row[1].value for row in sheet.iter_rows(min_row=7)] == ["Trần Thị Ánh", "Vũ Thị Dung"]
    assert "kết nạp 2 đảng viên" in wording.opening_sentences(
        factories.source(Q1, admissions.other, admissions.school)
    )


@pytest.mark.parametrize("format", make.FORMATS)
def test_the_command_writes_every_format(admissions, tmp_path, made, format):
    target = tmp_path / f"q.{format}"
    call_command(
        "export_quarter",
        "2017",
        "1",
        "--format",
        format,
        "--output",
        str(target),
        "--unit",
        admissions.home.code,
    )
    assert target.stat().st_size > 500
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    if format in ("xlsx", "csv"):
        assert target.read_bytes() == made([admissions.home], Q1, format).read_bytes()


def test_the_fingerprint_of_a_closed_quarter_stands_in_every_foot(admissions, tmp_path):
    document = replace(make.make_document(factories.source(Q1, admissions.root)), foot="Mã đối chiếu 1234")
    for format in ("docx", "pdf", "xlsx"):
        path = tmp_path / f"foot.{format}"
        make.FORMATS[format](path, document)
    sheets = list(load_workbook(tmp_path / "foot.xlsx"))
    assert all("Mã đối chiếu 1234" in sheet.oddFooter.left.text for sheet in sheets)
    section = Word(tmp_path / "foot.docx").sections[0]
    for foot in (section.first_page_footer, section.footer):
        assert foot.paragraphs[0].text == "Mã đối chiếu 1234"


def test_a_report_of_a_quarter_that_is_not_closed_says_so_in_its_foot(admissions, tmp_path):
    said = "BẢN NHÁP, QUÝ CHƯA KHÓA. Số liệu theo sổ ngày 27/02/2017."
    assert make.make_document(factories.source(Q1, admissions.root)).foot == said
    for other in (periods.year_period(2016), periods.half_period(2016, 1)):
        assert (
            make.make_document(factories.source(other, admissions.root)).foot
            == "Số liệu theo sổ ngày 27/02/2017."
        )
    assert make.list_document("ket-nap", factories.source(Q1, admissions.root)).foot == said
    assert make.list_document("chua-le", factories.source(Q1, admissions.root)).foot == "", (
        "it says its own day"
    )
