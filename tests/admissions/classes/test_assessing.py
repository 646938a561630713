"""Results of the class."""

from datetime import date
from decimal import Decimal

import pytest

from admissions import classes
from admissions.choices import ClassStep
from tests.classes_held import step_of

DAY = date(2017, 2, 15)


def test_who_writes_again_or_failed_may_pass_within_the_class(district, course, attended):
    row = attended[0]
    again = classes.Assessment(row, ClassStep.REWRITE, score=Decimal("4"), rewrite_by=date(2017, 3, 10))
    classes.record_results(course, [again], by=district.staff, on=DAY)
    assert (step_of(row), row.rewrite_by) == (ClassStep.REWRITE, date(2017, 3, 10))
    assert row.is_rewriting_late(date(2017, 3, 11))
    failed = classes.Assessment(row, ClassStep.FAILED, reason="không nộp bài")
    classes.record_results(course, [failed], by=district.staff, on=DAY)
    passed = classes.Assessment(row, ClassStep.PASSED, "fair", Decimal("6.5"))
    classes.record_results(course, [passed], by=district.staff, on=DAY)
    assert (step_of(row), row.grade, row.rewrite_by, row.reason) == (ClassStep.PASSED, "fair", None, "")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"result": ClassStep.PASSED}, "Chọn xếp loại"),
        ({"result": ClassStep.PASSED, "grade": "good", "score": Decimal("11")}, "từ 0 đến 10"),
        ({"result": ClassStep.REWRITE}, "Ghi ngày"),
        ({"result": ClassStep.REWRITE, "rewrite_by": date(2017, 1, 1)}, "Ghi ngày"),
        ({"result": ClassStep.FAILED}, "lý do"),
        ({"result": ClassStep.CERTIFIED}, "Chọn kết quả"),
    ],
)
def test_a_result_is_whole(district, course, attended, facts, words):
    with pytest.raises(classes.ClassRefused, match=words):
        classes.record_results(course, [classes.Assessment(attended[0], **facts)], by=district.staff, on=DAY)


def test_nobody_has_a_result_without_attending(district, course, approved):
    row = classes.Assessment(approved[0], ClassStep.PASSED, "good")
    with pytest.raises(classes.ClassRefused, match="Được duyệt"):
        classes.record_results(course, [row], by=district.staff, on=DAY)
