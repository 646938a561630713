"""What a corrected vote becomes: the act that its numbers come to, with what that act asks beyond."""

from datetime import date

import pytest

from admissions import workflow
from admissions.consequences import weigh_correction
from admissions.exceptions import Refused
from admissions.history import describe_event
from admissions.meetings import DossierResult, record_meeting
from admissions.models import Correction, Dossier
from admissions.states import State
from admissions.workflow.drafts import asked_by_outcome
from tests import factories
from tests.admissions.histories import all_of
from tests.factories import reach

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 20)
FACTS = {"members": 15, "present": 15, "number": "31-QĐ/HU"}
SHORT = {"agree": 6, "disagree": 9}
PASSED = {"agree": 13, "disagree": 2}


@pytest.fixture
def two(district):
    """Two dossiers whose decision is awaited."""
    names = ("Bùi Thị Mây", "Lê Văn Đạt")
    people = [factories.candidate(full_name=name) for name in names]
    rows = [factories.dossier(district.rural, district.staff, person=person) for person in people]
    return [reach(row, State.AWAITING, district.staff) for row in rows]


def vote(place, rows, **ballot):
    results = [DossierResult(row, **ballot) for row in rows]
    record_meeting(place.root, "standing", results, by=place.staff, held_on=DAY, **FACTS)
    return [Dossier.objects.get(pk=row.pk) for row in rows]


def draft(row, action, **values):
    row = Dossier.objects.select_related("candidate").get(pk=row.pk)
    target = workflow.find_act(row, row.events.filter(action=action).last().no)
    return workflow.draft_correction(row, target, values)


def correct(place, row, action, **values):
    asked = workflow.ask_correction(draft(row, action, **values), by=place.staff, reason="đếm nhầm phiếu")
    assert isinstance(asked, Correction), "it takes two"
    return workflow.agree_correction(asked, by=place.leader)


def test_a_decision_whose_votes_fall_short_is_no_admission_as_if_it_had_been_typed_so(district, two):
    row, right = two
    vote(district, [row], **PASSED)
    event = correct(district, row, "decide", reason="chưa đủ phiếu", **SHORT)
    kept = Dossier.objects.get(pk=row.pk)
    assert (kept.state, kept.decided_on, kept.decision_number) == (State.REFUSED, None, "")
    assert (kept.admitted_branch, kept.votes.get(body="standing").passed) == (None, False)
    vote(district, [right], **SHORT)
    left_out = ("branch_id", "commune_id", "state_since")
    for part in ("papers", "limits"):
        assert all_of(kept)[part] == all_of(right)[part]
    mine, other = all_of(kept)["columns"], all_of(right)["columns"]
    assert {k: v for k, v in mine.items() if k not in left_out} == {
        k: v for k, v in other.items() if k not in left_out
    }
    assert not any("QĐ/HU" in number for _issuer, number, _day in all_of(kept)["documents"])
    told = describe_event(event)
    assert "Việc Ghi quyết định kết nạp → Không kết nạp" in told and "Lý do – → chưa đủ phiếu" in told


def test_its_reason_is_asked_for(district, two):
    (row, _other) = vote(district, two, **PASSED)
    with pytest.raises(Refused) as refusal:
        correct(district, row, "decide", **SHORT)
    assert refusal.value.message_dict == {"reason": ["Cần ghi lý do."]}
    act = workflow.find_act(row, row.events.get(action="decide").no)
    assert list(asked_by_outcome(act)) == ["reason"]


def test_a_vote_that_was_not_one_to_refuse_becomes_the_decision_with_its_number_and_turns_back(district, two):
    (row, _other) = vote(district, two, **SHORT)
    with pytest.raises(Refused) as refusal:
        correct(district, row, "refuse", **PASSED)
    assert refusal.value.message_dict == {"number": ["Cần số của văn bản."]}
    correct(district, row, "refuse", number="32-QĐ/HU", **PASSED)
    kept = Dossier.objects.get(pk=row.pk)
    assert (kept.state, kept.decided_on, kept.decision_number) == (State.DECIDED, DAY, "32-QĐ/HU")
    assert kept.admitted_branch == district.rural
    assert "reason" not in workflow.find_act(kept, kept.events.get(action="refuse").no).facts
    correct(district, row, "refuse", reason="đọc nhầm biên bản", **SHORT)
    kept.refresh_from_db()
    assert (kept.state, kept.decided_on, kept.decision_number) == (State.REFUSED, None, "")


@pytest.mark.parametrize(
    ("action", "on", "facts", "why"),
    [
        (
            "hand_over",
            date(2017, 2, 21),
            {},
            "Ghi ngày chi bộ nhận quyết định ngày 21/02/2017 không còn đúng",
        ),
        ("ceremony", date(2017, 2, 24), {}, "Ghi lễ kết nạp ngày 24/02/2017 không còn đúng"),
        ("died", date(2017, 2, 24), {}, "Ghi đã mất ngày 24/02/2017 không còn đúng"),
        (
            "annul",
            date(2017, 2, 24),
            {"kind": "procedure", "number": "40-QĐ/HU", "reason": "sai thủ tục"},
            "Hủy quyết định kết nạp ngày 24/02/2017 không còn đúng",
        ),
    ],
)
def test_it_is_refused_where_later_acts_rest_on_the_admission(district, two, action, on, facts, why):
    (row, _other) = vote(district, two, **PASSED)
    by = district.leader if action == "annul" else district.staff
    workflow.perform(row, action, by=by, on=on, **facts)
    before = all_of(row)
    with pytest.raises(Refused, match=why):
        correct(district, row, "decide", reason="chưa đủ phiếu", **SHORT)
    assert all_of(row) == before


def test_another_dossier_of_the_meeting_that_falls_short_too_has_the_same_reason(district, two):
    rows = vote(district, two, agree=10, disagree=3)
    with pytest.raises(Refused) as refusal:
        correct(district, rows[0], "decide", members=21, agree=11)
    assert refusal.value.messages == [f"Hồ sơ {rows[1].number} phải sửa theo mà chưa được: Cần ghi lý do."]
    correct(district, rows[0], "decide", members=21, reason="chưa đủ phiếu")
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.REFUSED}


def test_another_dossier_of_the_meeting_that_is_admitted_too_has_the_next_number(district, two):
    rows = vote(district, two, agree=10, disagree=3)
    correct(district, rows[0], "decide", members=21, reason="chưa đủ phiếu")
    change = draft(rows[0], "decide", members=15, number="32-QĐ/HU")
    assert weigh_correction(change, district.staff).together == [f"{rows[1].number} · 33-QĐ/HU"]
    correct(district, rows[0], "decide", members=15, number="32-QĐ/HU")
    numbers = Dossier.objects.order_by("pk").values_list("state", "decision_number")
    assert list(numbers) == [(State.DECIDED, "32-QĐ/HU"), (State.DECIDED, "33-QĐ/HU")]


def test_a_correction_never_makes_a_second_living_dossier_of_one_person(district):
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch", dated_on=row.applied_on)
    ballot = {**factories.BRANCH_BALLOT, "agree": 5, "disagree": 11}
    workflow.perform(row, "branch_declines", by=district.staff, on=date(2016, 12, 5), **ballot)
    again = factories.dossier(
        district.school, district.staff, person=row.candidate, listed_on=date(2017, 1, 10)
    )
    asked = draft(row, "branch_declines", agree=15, disagree=1)
    with pytest.raises(Refused, match=f"Người này đã có hồ sơ {again.number} đang theo dõi"):
        workflow.ask_correction(asked, by=district.staff, reason="đếm nhầm phiếu")
