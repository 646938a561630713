"""Dates of birth as far as they are known."""

from datetime import date

import pytest

from notation.births import DAY, MONTH, YEAR, Birth, parse_birth, tell_age

D = date


@pytest.mark.parametrize(
    ("typed", "birth", "shown"),
    [
        ("1991", Birth(D(1991, 1, 1), YEAR), "1991"),
        ("00/00/1991", Birth(D(1991, 1, 1), YEAR), "1991"),
        ("năm 1991", Birth(D(1991, 1, 1), YEAR), "1991"),
        ("5/1991", Birth(D(1991, 5, 1), MONTH), "05/1991"),
        ("05-1991", Birth(D(1991, 5, 1), MONTH), "05/1991"),
        ("00/5/1991", Birth(D(1991, 5, 1), MONTH), "05/1991"),
        ("tháng 5 năm 1991", Birth(D(1991, 5, 1), MONTH), "05/1991"),
        ("1/1/1991", Birth(D(1991, 1, 1), DAY), "01/01/1991"),
        ("ngày 05 tháng 02 năm 1991", Birth(D(1991, 2, 5), DAY), "05/02/1991"),
    ],
)
def test_what_is_known_is_kept_and_shown_as_such(typed, birth, shown):
    assert parse_birth(typed) == birth
    assert str(birth) == shown
    assert parse_birth(shown) == birth


@pytest.mark.parametrize(
    "typed", ["91", "13/1991", "00/13/1991", "1850", "0/1991", "00/00/91", "tháng 0 năm 1991"]
)
def test_what_is_no_date_of_birth_is_refused_in_words(typed):
    with pytest.raises(ValueError, match="không"):
        parse_birth(typed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1991", "14/08/1991", True),
        ("8/1991", "14/08/1991", True),
        ("7/1991", "14/08/1991", False),
        ("1991", "7/1991", True),
        ("1990", "7/1991", False),
        ("13/08/1991", "14/08/1991", False),
    ],
)
def test_two_may_be_one_as_far_as_both_are_known(one, other, same):
    births = parse_birth(one), parse_birth(other)
    assert births[0].may_equal(births[1]) is births[1].may_equal(births[0]) is same


def test_an_age_is_told_as_far_as_it_is_known():
    assert tell_age(parse_birth("14/08/1992"), D(2016, 12, 5)) == "24 tuổi 4 tháng"
    assert tell_age(parse_birth("8/1992"), D(2016, 12, 5)) == "24 tuổi 4 tháng"
    assert tell_age(parse_birth("1992"), D(2016, 12, 5)) == "24 tuổi, chỉ biết năm sinh"
