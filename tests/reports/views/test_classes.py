"""Files of awareness classes."""

from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from accounts.models import Activity
from admissions import classes


def words_of(data):
    paper = docx.Document(BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def cells_of(data):
    return [cell for row in load_workbook(BytesIO(data)).active.values for cell in row if cell is not None]


def test_lists_hold_the_people_by_unit_and_the_reader_is_logged(staff, course, approved):
    cells = cells_of(staff.get(f"/nguon/lop/{course.pk}/tep/de-cu/").content)
    assert {"Bùi Thị An", "Lê Văn Chung", "5-NQ/CB"} <= set(cells)
    assert "Đảng bộ xã Trung Nguyên: 2 người" in cells
    assert Activity.objects.filter(action="fetch", subject="de-cu-khoa-i-nam-2017.xlsx").exists()
    words = words_of(staff.get(f"/nguon/lop/{course.pk}/tep/hoc-vien/").content)
    assert "kèm theo Quyết định số 112-QĐ/HU, ngày 10/01/2017 của Huyện ủy Yên Lạc" in words


def test_certificates_are_a_draft_until_given(staff, district, course, passed):
    assert "bản nháp" in words_of(staff.get(f"/nguon/lop/{course.pk}/tep/so-gcn/").content)
    day = course.last
    classes.give_certificates(course, passed, by=district.staff, on=day, number="11/2017")
    words = words_of(staff.get(f"/nguon/lop/{course.pk}/tep/so-gcn/").content)
    assert "bản nháp" not in words and "13/2017" in words
    words = words_of(staff.get(f"/nguon/lop/{course.pk}/tep/gcn/").content)
    assert "BÙI THỊ AN" in words and "Số: 11/2017/CN" in words and "Xếp loại: Khá" in words
    assert "Bùi Thị An" in cells_of(staff.get(f"/nguon/lop/{course.pk}/tep/du-hoc/").content)


@pytest.mark.parametrize("key", ["de-cu", "hoc-vien", "du-hoc", "so-gcn", "gcn"])
def test_a_commune_gets_its_own_people_only(client, district, course, passed, key):
    client.force_login(district.commune)
    data = client.get(f"/nguon/lop/{course.pk}/tep/{key}/").content
    words = " ".join(map(str, cells_of(data))) if key in ("de-cu", "du-hoc") else words_of(data)
    assert "bùi thị an" in words.lower()
    assert "lê văn chung" not in words.lower()


def test_the_queue_is_a_workbook_and_a_key_that_names_nothing_is_not_there(staff, course, sources):
    assert "Lê Văn Chung" in cells_of(staff.get("/nguon/lop/cho/tep/").content)
    assert staff.get(f"/nguon/lop/{course.pk}/tep/khac/").status_code == 404
