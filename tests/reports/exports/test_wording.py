"""The opening sentences of a report."""

from datetime import date

import pytest

from reports import periods
from reports.exports import wording
from reports.models import Term
from tests import factories

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


def test_the_opening_says_the_year_so_far_and_the_year_before(admissions):
    factories.quota(admissions.root, periods.year_period(2016), 8)
    factories.admitted(admissions.far, admissions.staff, on=date(2016, 5, 10), full_name="Vũ Thị Giang")
    assert wording.opening_sentences(factories.source(Q1, admissions.root)).endswith(
        "Cùng kỳ năm trước kết nạp 1 đảng viên, kỳ này tăng 3."
    )
    second = wording.opening_sentences(factories.source(periods.quarter_period(2016, 2), admissions.root))
    assert "Lũy kế từ đầu năm kết nạp 2 đảng viên, đạt 25,00% chỉ tiêu năm (8)." in second
    half = wording.opening_sentences(factories.source(periods.half_period(2016, 1), admissions.root))
    assert "Lũy kế" not in half and "Đạt 25,00% chỉ tiêu năm (8)." in half
    assert "kỳ này" not in wording.opening_sentences(
        factories.source(periods.term_period(term()), admissions.root)
    )


def term():
    facts = {"first": date(2016, 1, 1), "last": date(2020, 12, 31)}
    return Term.objects.get_or_create(name="2015–2020", defaults=facts)[0]
