"""A unit's plan is written from its quotas and sources; what is not there is said."""

import pytest

from oversight.documents.plan_draft import draft_plan, year_of_plan
from reports import periods
from tests import factories
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2017)


def test_the_plan_of_a_commune_holds_its_quota_its_branches_and_what_lacks(district):
    factories.quota(district.home, YEAR, 3)
    factories.quota(district.rural, YEAR, 2)
    factories.dossier(district.rural, district.staff)
    lines = lines_of_file(draft_plan(district.home, YEAR))
    assert "KẾ HOẠCH" in lines
    assert "Chỉ tiêu năm 2017: 3 (KH 1, 01/01/2017)." in lines
    assert "Cộng chỉ tiêu các đơn vị: 2, thiếu 1 so với 3." in lines
    start = lines.index("Tân Nguyên")
    assert lines[start : start + 6] == ["Tân Nguyên", "0", "2", "0", "1", "1"]


def test_a_unit_without_quotas_has_a_draft_that_says_so(district):
    lines = lines_of_file(draft_plan(district.home, YEAR))
    assert "Cấp trên chưa giao chỉ tiêu năm 2017; bản này lập theo nguồn hiện có." in lines
    assert "Chưa giao chỉ tiêu riêng cho nhóm nào." in lines


@pytest.mark.parametrize(
    ("text", "year"), [("2017", YEAR), ("17", None), ("", None), ("20x7", None), ("1" * 9, None)]
)
def test_only_a_year_is_a_year(text, year):
    assert year_of_plan(text) == year
