"""Followers and teams: from when to when, and the posts of the same days."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Activity, Post
from accounts.roles import Role
from admissions.exceptions import Refused
from branches.hand_over import HandOver, hand_over_unit
from branches.models import Kind, Tier
from oversight import teams
from oversight.models import Follower, Team, TeamUnit
from tests import factories
from tests.factories import ASSIGNED as SINCE
from tests.factories import DOCUMENT as BASIS
from tests.factories import account

pytestmark = pytest.mark.django_db
LATER = date(2017, 2, 1)


def posts(user):
    rows = Post.objects.filter(user=user).order_by("unit__name", "since")
    return [(row.unit.name, row.role, row.since, row.until) for row in rows]


def test_a_follower_gets_the_post_of_the_same_days(district, oversight):
    assert posts(oversight.follower) == [("Trung Nguyên", Role.FOLLOWER, SINCE, None)]
    teams.end_follower(oversight.row, LATER, by=district.leader)
    assert posts(oversight.follower) == [("Trung Nguyên", Role.FOLLOWER, SINCE, LATER)]
    assert Activity.objects.filter(subject__contains="Thôi phụ trách Đảng bộ xã Trung Nguyên").exists()


def test_one_follows_a_commune_once_on_a_document_and_from_a_day_that_it_stands(district, oversight):
    for unit, since, basis, field in (
        (district.home, LATER, BASIS, "user"),
        (district.other, LATER, " ", "basis"),
        (district.rural, LATER, BASIS, "unit"),
        (district.other, date(2009, 1, 1), BASIS, "since"),
    ):
        with pytest.raises(Refused) as refusal:
            teams.assign_follower(oversight.follower, unit, since=since, basis=basis, by=district.leader)
        assert set(refusal.value.message_dict) == {field}
    assert Follower.objects.count() == 1
    with pytest.raises(PermissionDenied):
        facts = {"since": LATER, "basis": BASIS}
        teams.assign_follower(oversight.head, district.home, **facts, by=district.commune)


def test_everyone_in_a_team_may_enter_its_communes_while_both_last(district, oversight):
    assert posts(oversight.head) == [("Trung Nguyên", Role.WORK_TEAM, SINCE, None)]
    newcomer = account("moi", "Phan Thị Ngà")
    row = teams.add_team_member(oversight.team, newcomer, since=LATER, by=district.staff)
    teams.add_team_unit(oversight.team, district.other, since=LATER, by=district.staff)
    assert posts(newcomer) == [
        ("Trung Nguyên", Role.WORK_TEAM, LATER, None),
        ("Đồng Văn", Role.WORK_TEAM, LATER, None),
    ]
    teams.end_team_member(row, date(2017, 2, 20), by=district.staff)
    assert {post[3] for post in posts(newcomer)} == {date(2017, 2, 20)}
    teams.end_team(oversight.team, date(2017, 2, 25), by=district.staff)
    assert {post[3] for post in posts(oversight.member)} == {date(2017, 2, 25)}
    assert not TeamUnit.objects.filter(until=None).exists()


def test_a_commune_has_one_team_and_a_number_is_given_once(district, oversight):
    facts = {"since": LATER, "basis": BASIS, "head": oversight.follower, "members": [], "by": district.leader}
    with pytest.raises(Refused, match="đã giao Tổ công tác số 3"):
        teams.create_team(district.root, 4, units=[district.home], **facts)
    with pytest.raises(Refused, match="Đã có Tổ công tác số 3"):
        teams.create_team(district.root, 3, units=[district.other], **facts)
    assert Team.objects.count() == 1


def test_another_head_is_named_and_the_post_goes_on_without_a_seam(district, oversight):
    head = oversight.team.members.get(user=oversight.head)
    with pytest.raises(Refused, match="cử tổ trưởng khác trước"):
        teams.end_team_member(head, LATER, by=district.leader)
    member = oversight.team.members.get(user=oversight.member)
    teams.name_team_head(member, LATER, by=district.leader)
    heads = oversight.team.members.on(LATER).filter(head=True)
    assert [row.user for row in heads] == [oversight.member]
    assert posts(oversight.head) == [("Trung Nguyên", Role.WORK_TEAM, SINCE, None)]


def test_with_their_unit_assignments_end_and_begin_at_its_heir(district, oversight):
    heir = factories.unit(district.root, Tier.BASE, Kind.COMMUNE, "Nguyên Văn", valid_from=LATER)
    for unit in (district.rural, district.school):
        unit.valid_to = date(2017, 1, 31)
        unit.save()
    hand_over = HandOver(old=district.home, heirs=(heir,), on=LATER, basis="QĐ 5")
    handed = hand_over_unit(hand_over, by=district.admin)
    assert [(row.moved, row.left) for row in handed if row.what == "assignments"] == [(2, 0)]
    rows = Follower.objects.values_list("unit__name", "since", "until")
    assert set(rows) == {
        ("Trung Nguyên", SINCE, date(2017, 1, 31)),
        ("Nguyên Văn", LATER, None),
    }
    assert posts(oversight.head) == [
        ("Nguyên Văn", Role.WORK_TEAM, LATER, None),
        ("Trung Nguyên", Role.WORK_TEAM, SINCE, date(2017, 1, 31)),
    ]
