"""A letter asks the five points, with the figures of its day, and by a day."""

from datetime import date

import pytest

from oversight.documents.letter import POINTS, write_letter
from oversight.letters import ask_explanations
from reports import periods
from tests import factories
from tests.word_files import lines_of_file


@pytest.mark.django_db
def test_a_letter_asks_the_five_points(district):
    year = periods.year_period(2016)
    factories.quota(district.home, year, 3)
    facts = {"number": "45-CV/BTC", "on": date(2017, 1, 16), "due": date(2017, 2, 10), "by": district.staff}
    (asked,) = ask_explanations(district.root, [district.home], year, **facts)
    lines = lines_of_file(write_letter(asked))
    assert set(POINTS) < set(lines)
    assert "Số 45-CV/BTC" in lines
    assert "Kính gửi: Đảng ủy xã Trung Nguyên" in lines
    assert "Báo cáo gửi trước ngày 10/02/2017." in lines
    assert any("đã kết nạp 0 (0,0%), còn thiếu 3." in line for line in lines)
