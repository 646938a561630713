"""A meeting records its results on many dossiers, or nothing."""

from datetime import date

import pytest

from admissions import meetings, workflow
from admissions.choices import Body
from admissions.meetings import DossierResult, MeetingRefused
from admissions.models import Document, Dossier, Event, Meeting, Vote
from admissions.rules import document_numbers
from admissions.states import State
from admissions.workflow import ACTS
from branches.models import Organisation
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
    assert meetings.bodies_of(district.firm, ON) == [Body.BRANCH]
    row = reach(factories.dossier(district.firm, district.staff), State.RESOLVED, district.staff)
    assert row not in meetings.dossiers_for_meeting(district.firm, Body.BASE, ON)


def test_what_waits_is_counted_where_one_may_record_it(district, three):
    assert meetings.meetings_due(district.branch, ON) == [(district.rural, Body.BRANCH, 3)]
    assert meetings.meetings_due(district.leader, ON) == []


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


def converting(district, branch):
    row = reach(factories.dossier(branch, district.staff), State.PROBATIONARY, district.staff)
    Dossier.objects.filter(pk=row.pk).update(probation_ends_on=date(2017, 2, 3))
    row.refresh_from_db()
    ballot = {"members": 18, "present": 18, "agree": 12, "disagree": 6}
    on = date(2017, 2, 10)
    number = document_numbers.propose_number_for(row, Body.BRANCH, on)
    workflow.perform(row, "conversion_agreed", by=district.staff, on=on, number=number, **ballot)
    return row


def test_five_of_fifteen_at_the_base_committee_leave_a_conversion_to_be_voted_on_again(district):
    row, other = converting(district, district.rural), converting(district, district.school)
    facts = ATTENDANCE | {"number": "07-NQ/ĐU", "members": 15, "away": 0, "exempt": 0, "present": 15}
    results = [DossierResult(row, 5, 10), DossierResult(other, 10, 5)]
    meeting = meetings.record_meeting(district.home, Body.BASE, results, by=district.commune, **facts)
    for one in (row, other):
        one.refresh_from_db()
    assert (row.state, row.failed_conversions, row.conversion_base_on) == (State.CONVERTING, 1, None)
    assert (other.state, other.failed_conversions, other.conversion_base_on) == (State.CONVERTING, 0, ON)
    assert [vote.passed for vote in meeting.votes.order_by("agree")] == [False, True]
    assert row in meetings.dossiers_for_meeting(district.home, Body.BASE, ON)


def test_passing_and_falling_short_are_never_one_act():
    outcomes = [outcome for act in ACTS.values() for outcome in act.outcomes]
    assert len(outcomes) == len(set(outcomes))
    for action, act in ACTS.items():
        assert len({outcome.passed for outcome in act.outcomes}) <= 1, action


def test_what_the_standing_committee_turns_down_keeps_its_votes_and_takes_no_number(district):
    rows = []
    for branch in (district.rural, district.school, district.far):
        rows.append(reach(factories.dossier(branch, district.staff), State.AWAITING, district.staff))
    facts = ATTENDANCE | {"number": "31-QĐ/HU", "members": 11, "away": 0, "exempt": 0, "present": 11}
    results = [DossierResult(rows[0], 6, 5), DossierResult(rows[1], 5, 6), DossierResult(rows[2], 11, 0)]
    meeting = meetings.record_meeting(district.root, Body.STANDING, results, by=district.staff, **facts)
    taken = meetings.dossiers_taken_up(meeting)
    assert sorted((row.vote.number, row.outcome) for row in taken) == [
        ("", "failed"),
        ("31-QĐ/HU", "passed"),
        ("32-QĐ/HU", "passed"),
    ]
    assert meetings.numbers_passed_over(meeting, taken) == []


def test_every_dossier_taken_up_is_listed_with_its_outcome(district, three):
    meeting = record(district, three, [(35, 0), (25, 10), (None, 0, "refer", "chờ ý kiến huyện")])
    taken = {row.dossier.pk: row for row in meetings.dossiers_taken_up(meeting)}
    assert [taken[row.pk].outcome for row in three] == ["passed", "failed", "refer"]
    assert taken[three[2].pk].reason == "chờ ý kiến huyện"
    assert meetings.count_taken_up([meeting]) == {meeting.pk: 3}


def test_a_number_that_no_document_of_the_meeting_bears_is_named(district, three):
    meeting = record(district, three, [(35, 0), (34, 0), (33, 0)])
    meeting.votes.filter(number="08-NQ/CB").update(number="không số")
    assert meetings.numbers_passed_over(meeting, meetings.dossiers_taken_up(meeting)) == ["08-NQ/CB"]


def test_looking_before_recording_writes_nothing(district, three):
    events = Event.objects.count()
    lines = [DossierResult(three[0], 35, 0), DossierResult(three[1], 25, 10)]
    taken = meetings.preview_meeting(district.rural, Body.BRANCH, lines, by=district.staff, **ATTENDANCE)
    assert [(row.outcome, row.vote.number, row.dossier.state) for row in taken] == [
        ("passed", "07-NQ/CB", State.RESOLVED),
        ("failed", "08-NQ/CB", State.REFUSED),
    ]
    assert (Meeting.objects.count(), Vote.objects.count(), Event.objects.count()) == (0, 0, events)
    assert {row.state for row in Dossier.objects.all()} == {State.PREPARING}


@pytest.mark.parametrize(
    ("extra", "field", "words"),
    [
        ({"suspended": 1, "exclusion_reasons": {"suspended": "đ/c A"}}, "suspended", "HD 01, điểm 3.6b"),
        (
            {"excused": 1, "exclusion_reasons": {"excused": "ốm"}},
            "excused",
            "Quy định ngày 24/02/2017 không trừ",
        ),
    ],
)
def test_before_2025_the_suspended_and_the_excused_count(district, three, extra, field, words):
    with pytest.raises(MeetingRefused) as refusal:
        record(district, three, [(35, 0)] * 3, **extra)
    assert words in refusal.value.fields[field][0]


def test_from_july_2025_the_base_leaves_them_out_with_a_reason(district, settings):
    settings.TODAY = date(2025, 8, 29)
    on = date(2025, 8, 22)
    row = factories.dossier(district.rural, district.staff, listed_on=date(2024, 1, 5))
    reach(row, State.PREPARING, district.staff, apply=date(2025, 7, 7))
    factories.have_papers(row, district.staff, "branch", dated_on=date(2025, 7, 7))
    facts = ATTENDANCE | {"held_on": on, "members": 20, "away": 1, "exempt": 1, "present": 12}
    facts |= {"suspended": 1, "detained": 1, "excused": 1, "manner": "secret"}
    with pytest.raises(MeetingRefused) as refusal:
        record(district, [row], [(10, 2)], **facts)
    assert set(refusal.value.fields) == {"suspended", "detained", "excused"}, "each has its reason"
    why = {"suspended": "đ/c A", "detained": "đ/c B", "excused": "đ/c C ốm, chi ủy đồng ý"}
    meeting = record(district, [row], [(10, 2)], **facts, exclusion_reasons=why)
    vote = meeting.votes.get()
    assert (vote.base, vote.needed, vote.passed, vote.manner) == (15, 10, True, "secret")
    assert [str(kind.label) for kind, _n, _why in meeting.exclusions][-1] == "Vắng suốt, lý do được chấp nhận"


def test_members_away_on_business_still_count(district, settings, three):
    """20 official and 2 probationary members; 3 official ones are away on business: the base is 20."""
    facts = {"members": 20, "away": 0, "exempt": 0, "present": 17, "probationary": 1}
    meeting = record(district, three, [(14, 3), (13, 4), (17, 0)], **facts)
    votes = {vote.agree: vote for vote in meeting.votes.all()}
    assert {vote.base for vote in votes.values()} == {20}
    assert (votes[13].passed, votes[14].passed) == (False, True)


def test_scenario_01_who_is_absent_on_business_stays_in_the_base_and_probationers_do_not_count(district):
    """Twenty official members and two on probation; three of the former and one of the latter are away."""
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch")
    votes = {"members": 20, "excluded": 0, "present": 17, "agree": 14, "disagree": 3}
    workflow.perform(
        row, "branch_agrees", by=district.staff, on=date(2016, 12, 5), number="14-NQ/CB", **votes
    )
    vote = row.votes.get()
    assert (vote.base, vote.needed, vote.passed) == (20, 14, True)
