"""Tags and drawings: numbers as the language writes them, links where there is a list, geometry that fits."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from notation.badges import draw_mark, draw_state
from notation.dates import dmy, format_weekday_date
from notation.numbers import format_number, format_percent, format_signed, width_percent
from reports import periods
from reports.pages.burnup import burnup_chart
from reports.pages.sentence import change_in_words
from reports.templatetags.figures import bullet, compare, figure, gap


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("vi", 1234.5, "1.234,5"),
        ("en", 1234.5, "1,234.5"),
        ("vi", -10, "\u221210"),
        ("vi", None, "–"),
        ("vi", 0, "0"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, number, written):
    with translation.override(language):
        assert format_number(number) == written


def test_differences_carry_their_sign_and_words():
    assert (format_signed(5), format_signed(-10), format_signed(0)) == ("+5", "\u221210", "0")
    assert (change_in_words(43), change_in_words(-10), change_in_words(0)) == (
        "tăng 43",
        "giảm 10",
        "không đổi",
    )
    assert (gap(2), gap(0), gap(None)) == ("vượt 2", "đạt", "–")
    assert gap(-2) == '<span class="minus">thiếu 2</span>'
    assert "còn 2" in gap(-2, True)


def test_dates_are_written_day_first_in_both_languages():
    for language, weekday in (("vi", "Thứ Hai"), ("en", "Monday")):
        with translation.override(language):
            assert dmy(date(2017, 2, 7)) == "07/02/2017"
            assert format_weekday_date(date(2017, 2, 27)) == f"{weekday}, 27/02/2017"


def test_a_figure_is_a_link_where_there_is_something_to_list():
    assert figure(1268, "/x") == '<a class="figure" href="/x">1.268</a>'
    assert (figure(0, "/x"), figure(None, "/x")) == ("0", "–")


def test_a_comparison_with_nothing_is_a_dash():
    assert (compare(83, 106), compare(3, 0)) == ("78,30%", "–")
    assert format_percent(None) == "–"


def test_a_state_is_a_shape_and_a_word():
    assert "Chờ thẩm định" in draw_state("wait", "Chờ thẩm định")
    assert 'aria-hidden="true"' in draw_mark("late")


def test_drawings_use_a_point_in_every_language_and_no_style():
    for language in ("vi", "en"):
        with translation.override(language):
            drawn = bullet(4, 1, 7, 26)
            assert 'width="15.38%"' in drawn
            assert "style" not in drawn
    assert width_percent(1, 3) == "33.33%"


def test_the_burn_up_line_stays_in_its_box_and_says_when_the_quota_was_reached():
    rows = [(date(2016, m, 15), 10, 5) for m in range(1, 13)]
    chart = burnup_chart(
        periods.year_period(2016), rows, periods.year_period(2015), rows[:6], 95, date(2016, 12, 31)
    )
    assert chart["total"] == 120
    assert chart["reached"] == date(2016, 10, 15)
    assert 0 <= chart["dot"][1] <= chart["height"]
    assert abs(chart["before_label_y"] - chart["total_y"]) >= 12
    assert len(chart["ticks"]) == 12


def test_an_empty_year_draws_a_flat_line():
    chart = burnup_chart(periods.year_period(2017), [], None, [], None, date(2017, 2, 27))
    assert (chart["total"], chart["quota_y"]) == (0, None)


@pytest.mark.parametrize(
    "basis, words", [("decision", "ngày ký quyết định"), ("ceremony", "ngày lễ kết nạp")]
)
def test_the_chart_says_by_which_date_it_counts(settings, basis, words):
    settings.COUNTED_BY = basis
    chart = burnup_chart(periods.year_period(2017), [], None, [], None, date(2017, 2, 27))
    page = Template("{% load figures %}{% burnup chart %}").render(Context({"chart": chart}))
    assert f"Theo {words}." in page
