"""A meeting records its results on many dossiers, or nothing."""

from datetime import date

import pytest

from accounts.roles import Role
from admissions import meetings
from admissions.choices import Body
from admissions.meetings import DossierResult, MeetingRefused
from admissions.models import Document, Dossier, Meeting
from admissions.states import State
from branches.models import Kind, Organisation, Tier
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db

ON = date(2017, 2, 24)


ATTENDANCE = {"held_on": ON, "number": "07-NQ/CB", "members": 41, "away": 2, "exempt": 1, "present": 35}


def lines(rows, *typed):
    return {
        f"d{row.pk}-{name}": value
        for row, one in zip(rows, typed, strict=True)
        for name, value in {"version": row.version, **one}.items()
    }


def record(district, rows, results, **facts):
    lines = [DossierResult(row, *result) for row, result in zip(rows, results, strict=True)]
    return meetings.record_meeting(
        district.rural, Body.BRANCH, lines, by=district.staff, **ATTENDANCE | facts
    )


def test_one_meeting_records_each_outcome(district, three):
    meeting = record(district, three, [(35, 0), (25, 10), (None, 0, "set_aside", "Chờ kết quả thẩm tra")])
    for row in three:
        row.refresh_from_db()
    assert [row.state for row in three] == [State.RESOLVED, State.REFUSED, State.PREPARING]
    assert [(vote.agree, vote.base, vote.needed, vote.passed) for vote in meeting.votes.order_by("pk")] == [
        (35, 38, 26, True),
        (25, 38, 26, False),
    ]
    assert three[2].events.last().facts["reason"] == "Chờ kết quả thẩm tra"


def test_each_dossier_voted_on_gets_the_number_after(district, three):
    meeting = record(district, three, [(35, 0), (None, 0, "refer", "ý kiến"), (30, 5)])
    assert list(meeting.votes.order_by("pk").values_list("number", flat=True)) == ["07-NQ/CB", "08-NQ/CB"]
    assert list(Document.objects.values_list("number", flat=True)) == ["07-NQ/CB", "08-NQ/CB"]


def test_a_wrong_line_undoes_the_whole_meeting(district, three):
    with pytest.raises(MeetingRefused) as refusal:
        record(district, three, [(35, 0), (35, 5), (35, 0)])
    assert refusal.value.rows == {three[1].pk: {"agree": ["35 + 5 = 40 > 35 có mặt."]}}
    assert Meeting.objects.count() == 0
    assert {row.state for row in type(three[0]).objects.all()} == {State.PREPARING}


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"present": 39}, "present", "39 có mặt > 38 được tính"),
        ({"away": 41}, "away", "không còn ai"),
        ({"held_on": date(2017, 2, 28)}, "held_on", "28/02/2017 chưa tới"),
    ],
)
def test_an_attendance_that_does_not_add_up_names_its_field(district, three, wrong, field, words):
    with pytest.raises(MeetingRefused) as refusal:
        record(district, three, [(35, 0)] * 3, **wrong)
    assert words in refusal.value.fields[field][0]


def test_a_meeting_without_a_result_is_none(district):
    with pytest.raises(MeetingRefused, match="Chưa ghi kết quả"):
        record(district, [], [])


def test_a_dossier_that_changed_meanwhile_stops_the_meeting(district, three):
    three[0].version -= 1
    with pytest.raises(MeetingRefused) as refusal:
        record(district, three, [(35, 0)] * 3)
    assert "vừa có người ghi thêm" in refusal.value.rows[three[0].pk][None][0]
    assert Meeting.objects.count() == 0


def test_the_base_committee_takes_what_its_branches_resolved(district, three):
    record(district, three, [(35, 0), (34, 1), (33, 2)])
    taken = meetings.dossiers_for_meeting(district.home, Body.BASE, ON)
    assert [row.candidate.full_name for row in taken] == ["Nguyễn Đức Anh", "Phùng Quang Đạt", "Lê Thị Hà"]
    facts = ATTENDANCE | {"number": "01-NQ/ĐU", "members": 15, "away": 0, "exempt": 0, "present": 15}
    lines = [DossierResult(row, 10, 5) for row in taken]
    meetings.record_meeting(district.home, Body.BASE, lines, by=district.commune, **facts)
    assert {row.state for row in type(three[0]).objects.all()} == {State.PROPOSED}


def test_the_standing_committee_decides_by_more_than_a_half(district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    other = reach(
        factories.dossier(district.school, district.staff),
        State.AWAITING,
        district.staff,
    )
    facts = ATTENDANCE | {"number": "31-QĐ/HU", "members": 11, "away": 0, "exempt": 0, "present": 11}
    lines = [DossierResult(row, 6, 5), DossierResult(other, 5, 6)]
    meetings.record_meeting(district.root, Body.STANDING, lines, by=district.staff, **facts)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.decision_number) == (State.DECIDED, "31-QĐ/HU")
    assert (other.state, other.decided_on) == (State.REFUSED, None)


def test_a_base_branch_has_no_committee_and_its_dossiers_skip_it(district):
    assert meetings.bodies_of(district.firm) == [Body.BRANCH]
    row = reach(factories.dossier(district.firm, district.staff), State.RESOLVED, district.staff)
    assert row not in meetings.dossiers_for_meeting(district.firm, Body.BASE, ON)


def test_what_waits_is_counted_where_one_may_record_it(district, three):
    assert meetings.meetings_due(district.branch, ON) == [(district.rural, Body.BRANCH, 3)]
    assert meetings.meetings_due(district.leader, ON) == []


def test_the_condition_of_the_database_and_of_the_tree_say_the_same(district):
    province = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Phú Thọ")
    commune = factories.unit(province, Tier.BASE, Kind.COMMUNE, "Tam Hồng")
    village = factories.unit(commune, Tier.BRANCH, Kind.VILLAGE, "Lâm Xuyên", rural=True)
    section = factories.unit(commune, Tier.SECTION, Kind.OTHER, "Khối trường học")
    school = factories.unit(section, Tier.BRANCH, Kind.PUBLIC_UNIT, "Trường Tiểu học")
    firm = factories.unit(province, Tier.BASE, Kind.PRIVATE_ENTERPRISE, "Công ty Gạch", is_base_branch=True)
    staff = factories.user("tinh", Role.BOARD_STAFF, province)
    for branch in (district.rural, district.school, district.firm):
        factories.dossier(branch, district.staff)
    for branch in (village, school, firm):
        factories.dossier(branch, staff)
    straight = {district.firm, village, firm}
    rows = Dossier.objects.select_related("branch")
    assert {row.branch for row in rows.filter(meetings.SENDS_STRAIGHT_UP)} == straight
    assert {row.branch for row in rows.filter(~meetings.SENDS_STRAIGHT_UP)} == {
        district.rural,
        district.school,
        school,
    }
    assert {row.branch for row in rows if row.branch.sends_straight_up} == straight


def test_a_unit_that_ended_holds_no_meeting_and_none_is_due(district, three):
    Organisation.objects.filter(pk=district.rural.pk).update(valid_to=date(2017, 2, 20))
    district.rural.refresh_from_db()
    with pytest.raises(MeetingRefused) as refusal:
        record(district, three, [(35, 0), (35, 0), (35, 0)])
    assert refusal.value.fields == {
        "held_on": ["Chi bộ thôn Tân Nguyên đã kết thúc ngày 20/02/2017."],
    }
    assert not [
        unit for unit, _body, _n in meetings.meetings_due(district.staff, ON) if unit == district.rural
    ]
    early = record(district, three, [(35, 0), (35, 0), (35, 0)], held_on=date(2017, 2, 18))
    assert early.votes.count() == 3, "a meeting it held in its time is recorded"
