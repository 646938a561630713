"""The tables of a report add up."""

import pytest
from openpyxl import load_workbook

from admissions.models import Dossier, Ethnicity
from reports import periods

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


def test_the_form_by_ethnic_group_and_religion_adds_up(admissions, made):
    dat = Dossier.objects.filter(candidate__full_name="Lê Văn Đạt")
    dat.update(admitted_ethnicity=Ethnicity.objects.get(name="Tày"))
    path = made([admissions.root], Q1, "xlsx")
    rows = [
        [c.value for c in row]
        for row in load_workbook(path, data_only=True)["Biểu 2 (tiếp theo)"].iter_rows(min_row=7)
    ]
    assert [row[:5] for row in rows[:3]] == [
        ["I", "Dân tộc, cộng bằng tổng số", 4, 3, 1],
        ["1", "Kinh", 3, 3, 1],
        ["2", "Tày", 1, 0, 0],
    ]
    assert load_workbook(path)["Biểu 2 (tiếp theo)"]["C7"].value == "=SUM(C8:C9)"
