"""The page of the day: limits by working days, counters, conversions."""

from datetime import date

import pytest

from accounts.roles import Role
from admissions.models import Dossier
from admissions.worklist.worklist import COUNTERS, Worklist

pytestmark = pytest.mark.django_db


def test_limits_stand_in_groups_by_working_days(district, desk):
    groups = {key: [due.dossier for due in dues] for key, dues in Worklist(district.staff).groups.items()}
    assert groups["qua"] == [desk[0]]
    assert groups["7"] == [desk[1]]
    (due,) = Worklist(district.staff).groups["7"]
    assert due.deadline.brief == (
        "60 ngày làm việc từ nghị quyết chi bộ 05/12/2016, trừ 02/01 và 5 ngày Tết (QĐ 29, điểm 4.3.1)"
    )


def test_rule_27_conversions_are_announced_by_the_day_their_probation_ends(district, desk):
    found = dict(Worklist(district.staff).conversions)
    assert found == {7: 0, 15: 1, 30: 1, 60: 1, 90: 1, "qua": 0}
    Dossier.objects.filter(pk=desk[2].pk).update(probation_ends_on=date(2017, 2, 27))
    assert dict(Worklist(district.staff).conversions) == {7: 0, 15: 0, 30: 0, 60: 0, 90: 0, "qua": 1}


def test_each_role_sees_its_own_work_in_its_own_scope(district, desk):
    assert [c.state for c in Worklist(district.branch).counters] == ["listed", "preparing", "decided"]
    assert [c.state for c in Worklist(district.commune).counters] == ["resolved", "proposed", "returned"]
    assert [due.dossier for due in Worklist(district.commune).within(None, 30)] == [desk[0]]


def test_a_role_without_counters_still_has_its_page_of_the_day(client, district, desk, monkeypatch):
    monkeypatch.delitem(COUNTERS, Role.BOARD_STAFF)
    client.force_login(district.staff)
    assert Worklist(district.staff).counters == []
    assert client.get("/ho-so/hom-nay/").status_code == 200


def test_every_role_has_its_counters():
    assert set(COUNTERS) == set(Role)
