"""The quarter's workbook: the figures of the page, real dates and numbers, sums as formulas, nothing that runs."""

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import load_workbook

from admissions.models import Candidate
from reports import periods
from reports.exports import form_2 as quarter
from reports.exports import make
from reports.figures import figures
from reports.measures import DEMOBILISED, MEASURES, parts_of
from tests import factories
from tests.kept import kept

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


@kept
def admissions(district):
    """Three in this quarter (two rural), one in the same quarter last year."""
    factories.admitted(district.rural, district.staff, on=date(2017, 1, 10), in_youth_union=True)
    factories.admitted(
        district.rural, district.staff, on=date(2017, 2, 8), full_name="Lê Văn Đạt", sex="male"
    )
    factories.admitted(district.school, district.staff, on=date(2017, 2, 8), full_name="Trần Thị Ánh")
    factories.admitted(district.far, district.staff, on=date(2016, 2, 10), full_name="Vũ Thị Dung")
    factories.quota(district.home, periods.year_period(2017), 4)
    return district


@pytest.fixture
def book(admissions, tmp_path):
    path = tmp_path / "quy.xlsx"
    make.write_file(path, [admissions.root], Q1)
    return path


def values(sheet, first=7):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_the_form_has_the_figures_of_the_page(admissions, book):
    sheet = load_workbook(book, data_only=True)["Biểu 2"]
    shown = {row[1]: row[2:] for row in values(sheet)}
    assert shown["Tổng số đảng viên kết nạp"] == [3, 1, 300]
    assert shown["Tại chi bộ nông thôn"] == [2, 1, 200]
    assert shown["Nữ"] == [2, 1, 200]
    assert shown["Đoàn viên TNCS Hồ Chí Minh"] == [1, 0, "–"]
    assert shown["Đơn vị cơ sở có tổ chức đảng"][0] == 3
    counted = figures.count_unit(admissions.root, Q1, MEASURES.values())
    lines = quarter.form_2([factories.source(Q1, admissions.root)])
    rows = {line.key: line.cells[0][0] for line in lines if line.key}
    assert rows == {key: sum(counted[part] for part in parts_of(key)) for key in rows}
    told = {part for key in rows for part in parts_of(key)}
    assert {key for key in counted if key not in told and not key.endswith("-unknown")} == {DEMOBILISED.key}


def test_totals_are_formulas_whose_kept_values_are_their_sums(book):
    formulas, kept = load_workbook(book), load_workbook(book, data_only=True)
    for name, column in (("Biểu 2", "C"), ("Theo đơn vị", "C")):
        cell = formulas[name][f"{column}7"].value
        assert cell.startswith("=SUM(")
        first, last = cell[5:-1].split(":")
        span = kept[name][first:last]
        assert kept[name][f"{column}7"].value == sum(row[0].value for row in span) == 3


def test_shares_are_formulas_too(book):
    formulas, kept = load_workbook(book), load_workbook(book, data_only=True)
    assert formulas["Biểu 2"]["E7"].value == "=ROUND(C7/D7*100,2)"
    row = next(r for r in kept["Theo đơn vị"].iter_rows(min_row=8) if r[1].value == "Đảng bộ xã Trung Nguyên")
    assert [row[7].value, row[8].value, row[9].value] == [3, 4, 75]


def test_the_list_has_a_row_for_each_admission_by_given_name_with_real_dates(book):
    rows = values(load_workbook(book)["Danh sách"])
    assert [row[1] for row in rows] == ["Trần Thị Ánh", "Đỗ Thị Thanh Bình", "Lê Văn Đạt"]
    assert rows[1][4] == datetime(1992, 8, 14)
    assert rows[1][3] is None, "women and men have columns of their own"
    assert rows[2][14] == datetime(2017, 2, 8)
    assert load_workbook(book)["Danh sách"]["O7"].number_format == "dd/mm/yyyy"


def test_a_cell_never_starts_a_formula_from_data(admissions, tmp_path):
    Candidate.objects.filter(full_name="Lê Văn Đạt").update(full_name='=HYPERLINK("http://x","y")\x07')
    make.write_file(tmp_path / "x.xlsx", [admissions.root], Q1)
    sheet = load_workbook(tmp_path / "x.xlsx")["Danh sách"]
    (cell,) = [c for row in sheet.iter_rows(min_row=7) for c in row if "HYPERLINK" in str(c.value)]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x","y")', "s")


def test_the_workbook_is_vietnamese_whatever_the_reader_has_chosen(admissions, book, tmp_path):
    with translation.override("en"):
        make.write_file(tmp_path / "en.xlsx", [admissions.root], Q1)
    assert (tmp_path / "en.xlsx").read_bytes() == book.read_bytes()


def test_sheets_are_a4_with_frozen_heads_the_forms_upright(book):
    for sheet in load_workbook(book):
        upright = "portrait" if sheet.title.startswith("Biểu") else "landscape"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (upright, 9)
        assert sheet.freeze_panes == "C7"
        assert sheet.print_title_rows == "$6:$6"
        assert "Kỳ tính theo ngày ký quyết định" in sheet["A4"].value


def test_the_same_data_gives_the_same_bytes(admissions, book, tmp_path):
    make.write_file(tmp_path / "again.xlsx", [admissions.root], Q1)
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_a_commune_gets_its_own_rows_only(admissions, tmp_path):
    make.write_file(tmp_path / "x.xlsx", [admissions.other], periods.quarter_period(2016, 1))
    rows = values(load_workbook(tmp_path / "x.xlsx")["Danh sách"])
    assert [row[1] for row in rows] == ["Vũ Thị Dung"]


def test_counting_by_ceremony_is_one_setting_and_is_printed(admissions, tmp_path, settings):
    settings.COUNTED_BY = "ceremony"
    assert figures.count_unit(admissions.root, Q1, MEASURES.values())["admitted"] == 0
    make.write_file(tmp_path / "x.xlsx", [admissions.root], Q1)
    assert "Kỳ tính theo ngày lễ kết nạp" in load_workbook(tmp_path / "x.xlsx")["Biểu 2"]["A4"].value


def test_an_annulled_admission_counts_nowhere(admissions):
    from admissions import workflow
    from admissions.models import Dossier

    row = Dossier.objects.get(candidate__full_name="Lê Văn Đạt")
    facts = {"kind": "criteria", "number": "1-QĐ/HU", "reason": "sai tiêu chuẩn"}
    workflow.perform(row, "annul", by=admissions.leader, on=date(2017, 2, 20), **facts)
    assert figures.count_unit(admissions.root, Q1, MEASURES.values())["admitted"] == 2


def test_the_command_writes_the_same_file(admissions, book, tmp_path):
    out = StringIO()
    call_command("export_quarter", "2017", "1", "--output", str(tmp_path / "c.xlsx"), stdout=out)
    assert (tmp_path / "c.xlsx").read_bytes() == book.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("2099", "1", "--output", "x.xlsx"), "2099"),
        (("2017", "5", "--output", "x.xlsx"), "invalid choice"),
        (("2017", "1", "--output", "/nowhere/x.xlsx"), "There is no directory"),
        (("2017", "1", "--output", "/proc/x.xlsx", "--unit", "khong-co"), "khong-co"),
    ],
)
def test_the_command_says_what_is_wrong(admissions, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("export_quarter", *arguments)


def test_a_workbook_bears_its_issuers_head_and_has_room_for_the_signatures(admissions, made):
    def cells(units):
        return {
            cell.value for row in load_workbook(made(units, Q1, "xlsx"))["Biểu 2"].iter_rows() for cell in row
        }

    assert {"HUYỆN ỦY YÊN LẠC", "BAN TỔ CHỨC", "NGƯỜI LẬP BIỂU", "TRƯỞNG BAN"} <= cells([admissions.root])
    found = cells([admissions.home])
    assert {
        "ĐẢNG BỘ HUYỆN YÊN LẠC",
        "ĐẢNG ỦY XÃ TRUNG NGUYÊN",
        "T/M ĐẢNG ỦY",
        "BÍ THƯ",
        "Biểu 2-TCTW",
    } <= found
    assert "BAN TỔ CHỨC" not in found
