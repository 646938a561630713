"""The sentences of a quarter's page."""

from datetime import UTC, datetime

import pytest

from reports import periods
from reports.closing import close
from reports.closing.adjustments import ADDED, Adjustment
from reports.pages import quarter

pytestmark = pytest.mark.django_db

YEAR = periods.year_period(2016)


def told_to(unit, closing, **facts):
    """An adjustment of `closing` as the page of `unit` tells it."""
    change = Adjustment(closing, 1, 2016, 9, "Đỗ Văn Mới", ADDED, place="Trung Nguyên", **facts)
    line = close.Line(periods.quarter_period(2016, 4), closing, 4, 5, (change,))
    ((_line, (told,)),) = quarter.year_when_closed(unit, YEAR, [line])["lines"]
    return told


def test_a_note_says_whether_a_quarter_is_closed_or_runs(shut):
    words = quarter.quarter_note(periods.quarter_period(2016, 4), shut.closing).words
    assert words.startswith("khóa 27/02/2017")
    assert words.endswith(shut.admin.full_name)
    assert quarter.quarter_note(periods.quarter_period(2017, 1), None).words == "đến 27/02/2017"


def test_only_a_closed_quarter_promises_the_figures_of_its_closing(shut):
    assert quarter.files_note(4, None, "Biểu 2, Biểu 2B") == (
        "Biểu 2, Biểu 2B, theo đơn vị, danh sách 4 đảng viên."
    )
    assert quarter.files_note(4, shut.closing, "Biểu 2").endswith(
        "đảng viên. Số liệu trong tệp đúng như khi khóa."
    )


def test_an_adjustment_names_its_base_organisation_above_these_only(shut):
    facts = {"by": "Lê Thị Ba", "at": datetime(2017, 1, 20, 2, tzinfo=UTC), "why": "ghi sót"}
    above, below = told_to(shut.root, shut.closing, **facts), told_to(shut.far, shut.closing, **facts)
    assert above.words.startswith("Đỗ Văn Mới, Trung Nguyên, ")
    assert above.words.endswith(": ghi sót.")
    assert above.recorded == "Lê Thị Ba, 20/01/2017 09:00; báo cáo trong quý I/2017."
    assert "Trung Nguyên" not in below.words


def test_an_adjustment_that_no_event_tells_of_says_so(shut):
    told = told_to(shut.root, shut.closing)
    assert told.words.endswith(": Không diễn biến nào ghi việc này.")
    assert told.recorded == ""


def test_nothing_is_shown_of_a_year_without_a_closed_quarter(place):
    assert quarter.year_when_closed(place.root, YEAR, close.quarter_lines(place.root, YEAR)) is None
