"""Correcting what was recorded: at once or by two people, with every guard asked again."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused, Stale
from admissions.history import describe_event
from admissions.models import Correction, Dossier, Ethnicity, Event
from admissions.states import State
from tests import factories
from tests.admissions.histories import all_of
from tests.factories import BRANCH_BALLOT, reach
from tests.kept import kept

pytestmark = pytest.mark.django_db


def act_of(row, action):
    """The act as it reads today."""
    return workflow.find_act(row, row.events.filter(action=action).last().no)


def draft(row, action, **values):
    """A draft of one act, of facts where `action` is ""."""
    row = Dossier.objects.select_related("candidate").get(pk=row.pk)
    return workflow.draft_correction(row, act_of(row, action) if action else None, values)


def correct(row, action, place, *, reason="đọc nhầm", **values):
    """Ask and agree; the event of the correction."""
    asked = workflow.ask_correction(draft(row, action, **values), by=place.staff, reason=reason)
    return workflow.agree_correction(asked, by=place.leader) if isinstance(asked, Correction) else asked


@kept
def probationary(district):
    return reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)


def test_what_is_not_statutory_is_corrected_at_once(district, running):
    event = workflow.ask_correction(
        draft(running, "receive", on=date(2016, 12, 27)), by=district.staff, reason="gõ nhầm"
    )
    assert isinstance(event, Event)
    kept = Dossier.objects.get(pk=running.pk)
    assert (kept.received_on, kept.state, kept.state_since) == (
        date(2016, 12, 27),
        State.APPRAISAL,
        date(2016, 12, 27),
    )
    event.refresh_from_db()
    assert event.changes == {
        "received_on": ["2016-12-28", "2016-12-27"],
        "state_since": ["2016-12-28", "2016-12-27"],
    }
    assert describe_event(event) == (
        "Phùng Thị Lan sửa Nhận hồ sơ để thẩm định: Ngày nhận hồ sơ 28/12/2016 → 27/12/2016. Lý do: “gõ nhầm”."
    )


def test_what_is_statutory_waits_for_a_second_person_and_changes_nothing_meanwhile(district, probationary):
    before = all_of(probationary)
    asked = workflow.ask_correction(
        draft(probationary, "decide", on=date(2017, 1, 9)),
        by=district.staff,
        reason="đọc nhầm",
        named=district.leader,
    )
    assert isinstance(asked, Correction)
    assert all_of(probationary) == before
    event = workflow.agree_correction(asked, by=district.leader)
    kept = Dossier.objects.get(pk=probationary.pk)
    assert kept.decided_on == date(2017, 1, 9)
    assert kept.papers.get(code="9-KND").dated_on == date(2017, 1, 9)
    assert [(row.number, row.dated_on) for row in kept.documents.filter(issuer=district.root)] == [
        ("31-QĐ/HU", date(2017, 1, 9))
    ]
    assert kept.probation_ends_on == before["columns"]["probation_ends_on"], "it runs from the ceremony"
    asked.refresh_from_db()
    assert (asked.state, asked.event, asked.answered_by) == (Correction.State.AGREED, event, district.leader)
    assert f"Người đồng ý: {district.leader.full_name}." in describe_event(event)


def test_the_ceremony_moves_the_end_of_probation(district, probationary):
    correct(probationary, "ceremony", district, on=date(2017, 1, 23))
    kept = Dossier.objects.get(pk=probationary.pk)
    assert (kept.ceremony_on, kept.probation_ends_on) == (date(2017, 1, 23), date(2018, 1, 23))


def test_the_branch_meeting_moves_the_version_of_the_procedure(district, running):
    reach_in_time = correct(running, "apply", district, on=date(2016, 5, 3))
    assert reach_in_time.changes["applied_on"]
    correct(running, "branch_agrees", district, on=date(2016, 7, 20))
    kept = Dossier.objects.get(pk=running.pk)
    assert (kept.branch_resolved_on, kept.procedure) == (date(2016, 7, 20), "qd45-2011")
    assert kept.votes.get(body="branch").held_on == date(2016, 7, 20)


def test_votes_are_counted_anew(district, running):
    correct(running, "branch_agrees", district, members=21, present=20, agree=16, disagree=4)
    vote = running.votes.get(body="branch")
    assert (vote.members, vote.agree, vote.needed, vote.passed) == (21, 16, 14, True)


def test_a_vote_that_would_fall_short_is_refused_while_later_acts_rest_on_it(district, running):
    with pytest.raises(Refused) as refusal:
        correct(running, "branch_agrees", district, agree=11, disagree=5)
    assert refusal.value.messages == [
        "Ghi đảng ủy cơ sở đề nghị ngày 20/12/2016 không còn đúng: hồ sơ lúc đó ở trạng thái “Không kết nạp”"
    ]


def test_refused_with_a_sentence_where_a_later_fact_depends_on_it(district, probationary):
    before = all_of(probationary)
    with pytest.raises(Refused) as refusal:
        correct(probationary, "decide", district, on=date(2017, 2, 10))
    assert refusal.value.messages == [
        "Ghi ngày chi bộ nhận quyết định ngày 13/01/2017 không còn đúng: 13/01/2017 trước ngày 10/02/2017"
        " (Ngày ký quyết định kết nạp); kiểm lại một trong hai ngày."
    ]
    assert all_of(probationary) == before
    assert not Correction.objects.exists()


def test_the_second_person_is_another_one_who_may_decide_there(district, probationary):
    asked = workflow.ask_correction(
        draft(probationary, "decide", on=date(2017, 1, 9)), by=district.staff, reason="đọc nhầm"
    )
    with pytest.raises(Refused, match="phải khác người đề nghị"):
        workflow.agree_correction(asked, by=district.staff)
    with pytest.raises(Refused, match="việc này do người có quyền ghi quyết định"):
        workflow.agree_correction(asked, by=district.commune)
    assert not Correction.objects.waiting_for(district.staff).exists()
    assert not Correction.objects.waiting_for(district.commune).exists()
    assert list(Correction.objects.waiting_for(district.leader)) == [asked]


def test_what_waits_can_be_given_back_with_a_reason_or_withdrawn(district, probationary):
    def asked():
        return workflow.ask_correction(
            draft(probationary, "decide", on=date(2017, 1, 9)), by=district.staff, reason="đọc nhầm"
        )

    first = asked()
    with pytest.raises(Refused, match="đang có một việc sửa chờ"):
        asked()
    with pytest.raises(Refused, match="Cần ghi lý do"):
        workflow.decline_correction(first, by=district.leader, words=" ")
    workflow.decline_correction(first, by=district.leader, words="xem lại bản gốc")
    second = asked()
    with pytest.raises(Refused, match="Chỉ người đề nghị"):
        workflow.withdraw_correction(second, by=district.leader)
    workflow.withdraw_correction(second, by=district.staff)
    with pytest.raises(Stale, match="vừa có người trả lời"):
        workflow.agree_correction(Correction.objects.get(pk=second.pk), by=district.leader)
    assert Dossier.objects.get(pk=probationary.pk).decided_on == date(2017, 1, 10)


def test_a_dossier_that_went_on_is_reckoned_anew_when_agreed(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    asked = workflow.ask_correction(
        draft(row, "decide", on=date(2017, 1, 16)), by=district.staff, reason="đọc nhầm"
    )
    workflow.perform(Dossier.objects.get(pk=row.pk), "ceremony", by=district.staff, on=date(2017, 1, 15))
    with pytest.raises(Refused, match="Ghi lễ kết nạp ngày 15/01/2017 không còn đúng"):
        workflow.agree_correction(asked, by=district.leader)


def test_the_dossier_as_it_was_seen_is_agreed_to_or_none(district, probationary):
    asked = workflow.ask_correction(
        draft(probationary, "decide", on=date(2017, 1, 9)), by=district.staff, reason="đọc nhầm"
    )
    seen = Dossier.objects.get(pk=probationary.pk).version
    workflow.record_papers(Dossier.objects.get(pk=probationary.pk), {}, by=district.staff)
    with pytest.raises(Stale):
        workflow.agree_correction(asked, by=district.leader, version=seen)


def test_a_correction_is_undone_only_by_another(district, probationary):
    before = all_of(probationary)
    correct(probationary, "decide", district, on=date(2017, 1, 9))
    correct(probationary, "decide", district, on=date(2017, 1, 10))
    assert all_of(probationary) == before
    assert probationary.events.filter(action="correct").count() == 2


def test_nothing_corrected_and_nothing_said_are_refused(district, probationary):
    with pytest.raises(Refused, match="Chưa sửa ô nào"):
        draft(probationary, "decide", on=date(2017, 1, 10))
    with pytest.raises(Refused, match="Cần ghi ô này"):
        draft(probationary, "decide", number=" ")
    with pytest.raises(Refused) as refusal:
        workflow.ask_correction(
            draft(probationary, "decide", number="32-QĐ/HU"), by=district.staff, reason=" "
        )
    assert "correction_reason" in refusal.value.message_dict


def test_only_whoever_may_record_an_act_asks_for_its_correction(district, probationary):
    with pytest.raises(Refused, match="việc này do người có quyền"):
        workflow.ask_correction(
            draft(probationary, "decide", on=date(2017, 1, 9)), by=district.commune, reason="đọc nhầm"
        )


# Facts


def test_a_wrong_sex_and_ethnic_group_are_put_right_in_the_person_and_in_what_was_frozen(
    district, probationary
):
    tay = Ethnicity.objects.get(name="Tày")
    correct(probationary, "", district, sex="male", ethnicity=tay)
    kept = Dossier.objects.select_related("candidate").get(pk=probationary.pk)
    assert (kept.candidate.sex, kept.admitted_sex) == ("male", "male")
    assert (kept.candidate.ethnicity, kept.admitted_ethnicity, kept.admitted_minority) == (tay, tay, True)


def test_a_wrong_birthday_is_asked_of_the_conditions_again_and_moves_the_age(district, probationary):
    correct(probationary, "", district, born_on=date(1990, 1, 11))
    kept = Dossier.objects.select_related("candidate").get(pk=probationary.pk)
    assert (kept.admitted_age, kept.admitted_born_on) == (26, date(1990, 1, 11))
    with pytest.raises(Refused, match="Chưa đủ 18 tuổi"):
        correct(probationary, "", district, born_on=date(2000, 1, 11))


def test_what_was_wrong_at_admission_and_has_changed_since_keeps_what_it_became(district, probationary):
    row = Dossier.objects.select_related("candidate").get(pk=probationary.pk)
    row.candidate.occupation = "student"
    workflow.edit_dossier(
        row.candidate, row, by=district.staff, changed={"occupation": ["farmer", "student"]}
    )
    correct(row, "", district, occupation="pupil")
    kept = Dossier.objects.select_related("candidate").get(pk=row.pk)
    assert (kept.admitted_occupation, kept.candidate.occupation) == ("pupil", "student")


def test_a_corrected_day_of_the_decision_leaves_what_has_changed_since_alone(district, probationary):
    row = Dossier.objects.select_related("candidate").get(pk=probationary.pk)
    row.candidate.occupation = "student"
    workflow.edit_dossier(
        row.candidate, row, by=district.staff, changed={"occupation": ["farmer", "student"]}
    )
    correct(row, "decide", district, on=date(2017, 1, 9))
    assert Dossier.objects.get(pk=row.pk).admitted_occupation == "farmer"


def test_a_wrong_branch_is_put_right_from_the_start(district, probationary):
    correct(probationary, "", district, branch=district.school)
    kept = Dossier.objects.get(pk=probationary.pk)
    assert (kept.branch, kept.admitted_branch, kept.admitted_rural) == (
        district.school,
        district.school,
        False,
    )
    assert kept.documents.filter(issuer=district.school).exists()


def test_a_wrong_branch_is_put_right_before_the_decision_too(district, running):
    correct(running, "", district, branch=district.school)
    kept = Dossier.objects.get(pk=running.pk)
    assert (kept.branch, kept.admitted_branch, kept.state) == (district.school, None, State.APPRAISAL)
    assert {row.issuer for row in kept.documents.all()} == {district.school, district.home}


def test_a_wrong_sex_is_wrong_in_every_dossier_of_the_person(district):
    first = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    facts = {"kind": "procedure", "number": "40-QĐ/HU", "reason": "sai thủ tục"}
    workflow.perform(first, "annul", by=district.leader, on=date(2017, 1, 20), **facts)
    again = workflow.start_again(Dossier.objects.get(pk=first.pk))
    again.listed_on = date(2017, 1, 21)
    workflow.enter_dossier(again.candidate, again, by=district.staff)
    acts = ("apply", "branch_agrees", "base_agrees", "receive", "put_forward", "decide")
    moved = {action: date(2017, 2, 1 + n) for n, action in enumerate(acts)}
    reach(again, State.DECIDED, district.staff, **moved)
    correct(again, "", district, sex="male")
    assert set(Dossier.objects.values_list("admitted_sex", "candidate__sex")) == {("male", "male")}


# Mistakes and corrections together


def test_an_act_whose_mistake_was_corrected_can_be_corrected_once_more_by_its_current_values(
    district, running
):
    correct(running, "branch_agrees", district, number="15-NQ/CB")
    assert draft(running, "branch_agrees", number="16-NQ/CB").changes == {"number": ["15-NQ/CB", "16-NQ/CB"]}
    assert act_of(running, "branch_agrees").facts["agree"] == BRANCH_BALLOT["agree"]


def test_a_vote_whose_numbers_turn_becomes_the_act_that_they_come_to_and_turns_back(district):
    row = reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
    short = draft(row, "branch_agrees", agree=3, disagree=BRANCH_BALLOT["present"] - 3)
    assert short.changes["action"] == ["branch_agrees", "branch_declines"]
    event = workflow.agree_correction(
        workflow.ask_correction(short, by=district.staff, reason="đếm nhầm phiếu"), by=district.leader
    )
    kept = Dossier.objects.get(pk=row.pk)
    assert (kept.state, kept.votes.get().passed) == (State.REFUSED, False)
    assert "Việc Ghi chi bộ đồng ý → Chi bộ không đủ hai phần ba" in describe_event(event)
    typed_right = factories.dossier(district.rural, district.staff)
    reach(typed_right, State.PREPARING, district.staff)
    factories.have_papers(typed_right, district.staff, "branch")
    facts = {**BRANCH_BALLOT, "agree": 3, "disagree": BRANCH_BALLOT["present"] - 3, "number": "41-NQ/CB"}
    workflow.perform(typed_right, "branch_declines", by=district.staff, on=kept.branch_resolved_on, **facts)
    assert kept.state == typed_right.state
    assert {p.code for p in kept.papers.all()} == {p.code for p in typed_right.papers.all()}
    correct(row, "branch_agrees", district, agree=BRANCH_BALLOT["agree"], disagree=BRANCH_BALLOT["disagree"])
    kept.refresh_from_db()
    assert (kept.state, kept.votes.get().passed) == (State.RESOLVED, True)
