"""A held plan, and what is still to be chosen of one that was carried out, stand on the day's page."""

from datetime import date

import pytest

from branches.models import Reorganisation
from branches.reorganisation.carry_out import carry_out
from branches.reorganisation.questions import choose
from oversight import teams
from oversight.reorganisation_errands import list_reorganisation_errands
from tests import factories
from tests.reorganisations import merge, plan

pytestmark = pytest.mark.django_db
TODAY = date(2017, 2, 27)


def told(user):
    return [(row.what, row.detail) for row in list_reorganisation_errands(user, TODAY)]


def test_a_held_plan_is_told_to_whoever_may_change_units(district):
    row = plan(district.root, district.admin, merge(district.home, district.other, name="Trung Văn"))
    assert told(district.admin) == []
    Reorganisation.objects.filter(pk=row.pk).update(state="held", held_because="lệch")
    assert told(district.admin) == [("Thay đổi tổ chức dừng lại chờ xem: Sắp xếp lại", "lệch")]
    assert told(district.staff) == []


def test_what_is_still_to_be_chosen_is_told_until_somebody_has(district):
    first, second = factories.account("mot", "Tạ Văn Hùng"), factories.account("hai", "Đào Thị Nhung")
    for user, unit in ((first, district.home), (second, district.other)):
        facts = {"since": factories.ASSIGNED, "basis": factories.DOCUMENT, "by": district.leader}
        teams.assign_follower(user, unit, **facts)
    row = plan(district.root, district.admin, merge(district.home, district.other, name="Trung Văn"))
    carry_out(row, by=district.admin)
    assert told(district.admin) == [("Còn phải chọn: Sắp xếp lại", "1 việc")]
    choose(row, "follower:c1", str(first.pk), by=district.admin)
    assert told(district.admin) == []
