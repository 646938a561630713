"""The report as a Word file: the head of a Party document, what was typed, tables and signatures."""

import re
from itertools import pairwise

import pytest
from docx import Document as Word

from reports import periods
from reports.exports import wording

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


def test_the_written_report_has_the_head_of_a_party_document_and_what_was_typed(admissions, made):
    wording.keep_report_text(
        admissions.root,
        Q1,
        by=admissions.staff,
        difficulties="Nguồn giảm <b>&\nGiấy tờ thiếu",
        tasks="Mở lớp",
    )
    word = Word(made([admissions.root], Q1, "docx"))
    head = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert head[0] == "HUYỆN ỦY YÊN LẠC\nBAN TỔ CHỨC\n*"
    assert head[1].startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert re.fullmatch(r"Số +-BC/BTC", head[2])
    assert head[3] == "Yên Lạc, ngày 27 tháng 02 năm 2017"
    words = [paragraph.text for paragraph in word.paragraphs]
    assert "BÁO CÁO" in words and "-----" in words
    assert any(text.startswith("Quý I/2017, toàn huyện kết nạp 4 đảng viên") for text in words)
    assert "Nguồn giảm <b>&" in words and "Giấy tờ thiếu" in words
    assert "3. Nhiệm vụ kỳ tới" in words


def test_a_part_that_was_not_typed_has_no_heading(admissions, made):
    wording.keep_report_text(admissions.root, Q1, by=admissions.staff, difficulties="", tasks="Mở lớp")
    words = [p.text for p in Word(made([admissions.root], Q1, "docx")).paragraphs]
    assert "2. Nhiệm vụ kỳ tới" in words
    assert not any("Khó khăn" in text for text in words)


def test_a_communes_report_is_its_committees(admissions, made):
    word = Word(made([admissions.home], Q1, "docx"))
    head = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert head[0] == "ĐẢNG BỘ HUYỆN YÊN LẠC\nĐẢNG ỦY XÃ TRUNG NGUYÊN\n*"
    assert head[2].endswith("-BC/ĐU")
    assert "T/M ĐẢNG ỦY" in word.tables[-1].rows[0].cells[1].text


def test_no_two_tables_of_the_written_report_stand_side_by_side(admissions, made):
    """Word makes one table of two with nothing between them; the last one would take in the signatures."""
    body = Word(made([admissions.root], Q1, "docx")).element.body
    kinds = [child.tag.rpartition("}")[2] for child in body]
    assert ("tbl", "tbl") not in list(pairwise(kinds))
    assert kinds.count("tbl") == 5


def test_what_comes_last_stays_with_the_signatures(admissions, tmp_path, made):
    def kept():
        *_before, last, _after = Word(made([admissions.root], Q1, "docx")).tables
        return {bool(p._p.xpath(".//w:keepNext")) for cell in last.rows[-1].cells for p in cell.paragraphs}

    assert kept() == {True}
    wording.keep_report_text(admissions.root, Q1, by=admissions.staff, difficulties="Nguồn giảm", tasks="")
    assert kept() == {False}
    (last,) = [p for p in Word(tmp_path / "x.docx").paragraphs if p.text == "Nguồn giảm"]
    assert last._p.xpath(".//w:keepNext")
