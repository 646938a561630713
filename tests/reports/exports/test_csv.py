"""Comma-separated values: Vietnamese in a spreadsheet, and no formula."""

import csv

import pytest

from admissions.models import Candidate
from reports import periods

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


def test_a_csv_opens_in_vietnamese_and_starts_no_formula(admissions, made):
    Candidate.objects.filter(full_name="Lê Văn Đạt").update(full_name='=HYPERLINK("http://x","y")')
    Candidate.objects.filter(full_name="Trần Thị Ánh").update(full_name="@SUM(A1)")
    path = made([admissions.home], Q1, "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(path.open(encoding="utf-8-sig", newline="")) for cell in row]
    assert '\'=HYPERLINK("http://x","y")' in cells and "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
