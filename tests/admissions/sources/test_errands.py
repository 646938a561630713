from datetime import date

import pytest

from admissions import workflow
from admissions.sources.errands import list_source_errands
from notation.dates import today
from tests import factories

pytestmark = pytest.mark.django_db


def told(user):
    return [(row.unit, row.what, row.due) for row in list_source_errands(user, today())]


@pytest.fixture
def due(district):
    """A proposal and a missing remark in the home commune, and the same in another."""
    for branch in (district.rural, district.far):
        row = factories.dossier(branch, district.staff)
        facts = {"what": "class", "number": "03-NQ/CB"}
        workflow.perform(row, "propose_source", by=district.staff, on=date(2017, 2, 14), **facts)


def test_the_commune_is_told_of_proposals_and_remarks_of_its_own(district, due):
    assert told(district.commune) == [
        ("Đảng bộ xã Trung Nguyên", "1 đề nghị của chi bộ chờ cấp ủy cho ý kiến", None),
        ("Đảng bộ xã Trung Nguyên", "1 người chưa có nhận xét của người giúp đỡ trong kỳ", date(2017, 3, 31)),
    ]


def test_the_branch_is_told_of_remarks_alone(district, due):
    what = "1 người chưa có nhận xét của người giúp đỡ trong kỳ"
    assert told(district.branch) == [("Chi bộ thôn Tân Nguyên", what, date(2017, 3, 31))]


def test_the_district_is_not_told_what_is_the_work_of_its_units(district, due):
    assert [told(user) for user in (district.staff, district.leader, district.admin)] == [[], [], []]


def test_nothing_is_due_where_nothing_waits(district):
    assert told(district.commune) == []
