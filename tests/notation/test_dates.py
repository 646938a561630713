"""Arithmetic with whole months, and dates as people write them."""

import unicodedata
from datetime import date

import pytest

from notation.dates import add_months, parse_date, split_dates

D = date


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (D(2016, 2, 29), 12, D(2017, 2, 28)),
        (D(2016, 1, 31), 1, D(2016, 2, 29)),
        (D(2015, 10, 24), 60, D(2020, 10, 24)),
        (D(2016, 12, 31), 2, D(2017, 2, 28)),
        (D(2017, 3, 31), -1, D(2017, 2, 28)),
    ],
)
def test_months_are_clipped_to_the_months_end(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    "text",
    [
        "ngày 05 tháng 02 năm 2016",
        "05 tháng 02 năm 2016",
        "Ngày 5 Tháng 2 Năm 2016",
        "ngày 5 tháng 2 năm 16",
        "5 tháng 2, 2016",
        "ngày  05  tháng 2 năm 2016",
        unicodedata.normalize("NFD", "ngày 05 tháng 02 năm 2016"),
        "5/2/16",
        "05.02.2016",
        "2016-02-05",
    ],
)
def test_a_date_is_read_in_numbers_and_written_out(text):
    assert parse_date(text) == D(2016, 2, 5)


@pytest.mark.parametrize("text", ["ngày 31 tháng 02 năm 2016", "05 tháng 13 năm 2016", "tháng 02 năm 2016"])
def test_a_written_date_that_is_none_is_refused_in_words(text):
    with pytest.raises(ValueError, match="không"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "rest", "dates"),
    [
        ("Công văn số 12-CV/TU ngày 05 tháng 02 năm 2016", "Công văn số 12-CV/TU ", [D(2016, 2, 5)]),
        ("12-CV/TU, 05/02/2016", "12-CV/TU, ", [D(2016, 2, 5)]),
        ("12-CV/TU ngày 5/2/16", "12-CV/TU ngày ", [D(2016, 2, 5)]),
        ("12-CV/TU ngày 31 tháng 02 năm 2016", "12-CV/TU ngày 31 tháng 02 năm 2016", []),
        ("số 10-11-12/TU", "số 10-11-12/TU", []),
        ("ngày 05 tháng 02 năm 2016", "", [D(2016, 2, 5)]),
    ],
)
def test_the_dates_of_a_sentence_are_told_from_its_numbers(text, rest, dates):
    found = split_dates(text)
    assert (found[0].strip(), found[1]) == (rest.strip(), dates)
