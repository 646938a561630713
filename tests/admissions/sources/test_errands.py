from datetime import date

import pytest

from admissions import workflow
from admissions.sources.errands import list_source_errands
from admissions.states import State
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


def test_the_day_says_that_a_helper_may_be_gone_until_another_is_assigned(district):
    others = {"helper": "Lê Văn Toản", "second_introducer": "Phạm Văn Khác"}
    person = factories.candidate(full_name="Nguyễn Văn Thực")
    gone = factories.dossier(district.rural, district.staff, person=person, **others)
    factories.reach(gone, State.PROBATIONARY, district.staff)
    helped = factories.dossier(district.rural, district.staff)
    workflow.perform(
        helped, "remark_helper", by=district.staff, on=today(), helper="Nguyễn Văn Thực", text="tốt"
    )
    workflow.perform(gone, "died", by=district.staff, on=date(2017, 2, 20))
    (errand,) = list_source_errands(district.branch, today())
    what = "1 người giúp đỡ có thể không còn ở đơn vị: kiểm lại, phân công người khác"
    assert (errand.what, errand.detail) == (what, "Nguyễn Văn Thực")
    assert errand.url.endswith(f"?don-vi={district.rural.pk}&loc=roi#roi")
    helped.refresh_from_db()
    facts = {"helper": "Lê Văn Toản", "reason": "đ/c Thực mất"}
    workflow.perform(helped, "change_helper", by=district.staff, on=today(), **facts)
    assert list_source_errands(district.branch, today()) == []
