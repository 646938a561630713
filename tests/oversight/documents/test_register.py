"""The register of rewards is printed as Word and Excel; an empty one says so."""

import io
from datetime import date

import openpyxl
import pytest

from oversight.documents.register import write_register_docx, write_register_xlsx
from oversight.pages.rewards import list_decided
from oversight.rewards import decide_reward, propose_reward
from reports import periods
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db
YEAR, DAY = periods.year_period(2016), date(2017, 2, 27)


def test_the_register_holds_what_was_decided(district):
    facts = {"kind": "certificate", "reason": "Vượt chỉ tiêu.", "on": date(2017, 1, 18)}
    row = propose_reward(district.home, YEAR, **facts, by=district.leader)
    decide_reward(row, agrees=True, number="12-QĐ/HU", on=date(2017, 1, 24), by=district.leader)
    rows = list_decided(district.staff, district.root, YEAR)
    lines = lines_of_file(write_register_docx(district.root, YEAR, rows, DAY))
    start = lines.index(district.home.title)
    assert lines[start + 1 : start + 6] == [
        "Giấy khen",
        "năm 2016",
        "Vượt chỉ tiêu.",
        "12-QĐ/HU",
        "24/01/2017",
    ]
    book = openpyxl.load_workbook(io.BytesIO(write_register_xlsx(district.root, YEAR, rows, DAY)))
    assert book.active["B7"].value == district.home.title


def test_an_empty_register_says_so(district):
    lines = lines_of_file(write_register_docx(district.root, YEAR, [], DAY))
    assert "Chưa có quyết định khen thưởng, phê bình nào cho năm 2016." in lines
