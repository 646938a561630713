"""One line of the year's work: how far off its day is, in words and shape."""

from datetime import date

import pytest

from admissions.worklist.errands import Errand

DAY = date(2017, 2, 27)


@pytest.mark.parametrize(
    ("due", "words", "mark"),
    [
        (date(2017, 2, 22), "quá 5 ngày", "late"),
        (DAY, "hôm nay", "soon"),
        (date(2017, 2, 28), "còn 1 ngày", "soon"),
        (date(2017, 3, 31), "còn 32 ngày", "wait"),
        (None, "", "wait"),
    ],
)
def test_an_errand_says_how_far_off_its_day_is(due, words, mark):
    errand = Errand(unit="a", what="b", url="/", due=due)
    assert (errand.left(DAY), errand.mark(DAY)) == (words, mark)
