"""The companion lists: the units' own rows, births apart, what is still open."""

import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from admissions.models import Dossier
from reports import periods
from reports.exports import companion_lists
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


@pytest.mark.parametrize("key", companion_lists.LISTS)
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_a_communes_list_never_holds_another_communes_row(admissions, made, key, format):
    assert "Vũ Thị" in everything(made([admissions.root], Q1, format, report=key)) or key in (
        "den-han",
        "nguon",
    )
    text = everything(made([admissions.home], Q1, format, report=key))
    assert "Vũ Thị" not in text and "Báo Văn" not in text


def everything(path):
    """All the text of a file, whatever its format."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    return path.read_bytes().decode("utf-8", "ignore")


def test_the_lists_separate_the_births_of_men_and_women(admissions):
    found = companion_lists.companion_table("ket-nap", factories.source(Q1, admissions.root))
    heads = [column.head for column in found.columns]
    men, women = heads.index("Ngày sinh nam"), heads.index("Ngày sinh nữ")
    rows = {row.cells[1]: row.cells for row in found.rows if row.kind == "row"}
    assert rows["Lê Văn Đạt"][men] and rows["Lê Văn Đạt"][women] is None
    assert rows["Vũ Thị Dung"][women] and rows["Vũ Thị Dung"][men] is None
    groups = [row.cells[1] for row in found.rows if row.kind == "head"]
    assert groups == ["Đảng bộ xã Đồng Văn: 1 đảng viên", "Đảng bộ xã Trung Nguyên: 3 đảng viên"]


def test_the_lists_of_what_is_open(client, admissions):
    assert len(companion_lists.companion_table("chua-le", factories.source(Q1, admissions.root)).rows) == 5
    assert companion_lists.companion_table("den-han", factories.source(Q1, admissions.root)).rows == ()
    Dossier.objects.filter(candidate__full_name="Vũ Thị Em").update(
        state="probationary",
        ceremony_on=date(2016, 2, 20),
        decision_received_on=date(2016, 2, 12),
        probation_ends_on=date(2017, 2, 20),
    )
    (row,) = companion_lists.companion_table("den-han", factories.source(Q1, admissions.root)).rows
    assert row.cells[1] == "Vũ Thị Em" and row.cells[-2] == 7
    client.force_login(admissions.staff)
    page = markup(client.get("/bao-cao/danh-sach/?loai=den-han&ky=2017-q1"))
    assert "Vũ Thị Em" in page and "20/02/2017" in page
    client.force_login(admissions.commune)
    page = markup(client.get("/bao-cao/danh-sach/?loai=den-han&ky=2017-q1"))
    assert "Vũ Thị Em" not in page and "Không có ai" in page


def test_an_empty_list_says_that_there_is_nobody(admissions, made):
    sheet = load_workbook(made([admissions.root], Q1, "xlsx", report="den-han"))["Danh sách"]
    assert sheet["A7"].value == "Không có ai."
