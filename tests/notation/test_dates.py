"""Arithmetic with whole months."""

from datetime import date

import pytest

from notation.dates import add_months

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
