"""The one door: what it lets through, what it refuses and in which words, and that it leaves an event."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from admissions import workflow
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier, Event, Paper, Vote
from admissions.rules import document_numbers
from admissions.states import DATES_OF, State
from tests import factories
from tests.factories import BASE_BALLOT, BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(district):
    return factories.dossier(district.rural, district.staff)


def words(refusal):
    return " ".join(refusal.value.messages)


def test_the_road_leads_from_the_source_list_to_official_membership(district, listed):
    staff = district.staff
    reach(listed, State.PROBATIONARY, staff)
    assert listed.probation_ends_on == date(2018, 2, 3)
    Dossier.objects.filter(pk=listed.pk).update(
        ceremony_on=date(2016, 1, 20),
        probation_ends_on=date(2017, 1, 20),
        **dict.fromkeys(
            (
                "applied_on",
                "branch_resolved_on",
                "base_resolved_on",
                "received_on",
                "decided_on",
                "put_forward_on",
                "decision_received_on",
            ),
            date(2015, 12, 1),
        ),
    )
    listed.refresh_from_db()
    ballot = BRANCH_BALLOT | {"number": "15-NQ/CB"}
    workflow.perform(listed, "conversion_agreed", by=staff, on=date(2017, 2, 6), **ballot)
    ballot = BASE_BALLOT | {"number": "63-NQ/ĐU"}
    workflow.perform(listed, "conversion_proposed", by=staff, on=date(2017, 2, 10), **ballot)
    assert "10-KNĐ" in workflow.why_not(listed, "convert", staff)
    factories.have_papers(listed, staff, "conversion")
    workflow.perform(listed, "convert", by=staff, on=date(2017, 2, 20), number="77-QĐ/HU")
    assert listed.state == State.OFFICIAL
    assert listed.official_on == date(2017, 1, 20), (
        "the end of the twelve months, though decided a month later"
    )


def test_each_act_leaves_one_event_with_both_states_and_its_facts(district, listed):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    event = listed.events.last()
    assert (event.no, event.action, event.from_state, event.to_state) == (
        2,
        "apply",
        State.LISTED,
        State.PREPARING,
    )
    assert (event.on, event.by) == (date(2016, 8, 15), district.staff)


def test_events_cannot_be_changed_or_deleted(listed):
    event = listed.events.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(TypeError):
        Event.objects.filter(dossier=listed).update(action="x")
    with pytest.raises(TypeError):
        Event.objects.all().delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE admissions_event SET action = 'x'", "DELETE FROM admissions_event"]
)
def test_the_database_itself_refuses_to_change_an_event(listed, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_second_click_changes_nothing(district, listed):
    twice = Dossier.objects.get(pk=listed.pk)
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    with pytest.raises(Stale):
        workflow.perform(twice, "apply", by=district.staff, on=date(2016, 8, 15))
    assert listed.events.count() == 2


def test_six_of_ten_votes_are_not_two_thirds_and_change_nothing(district, listed):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(listed, district.staff, "branch")
    ballot = {"number": "1-NQ/CB", "members": 10, "present": 10, "agree": 6, "disagree": 4}
    with pytest.raises(Refused) as refusal:
        workflow.perform(listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **ballot)
    assert "6 đồng ý trên 10: cần ít nhất 7" in words(refusal)
    kept = Dossier.objects.get(pk=listed.pk)
    assert (kept.state, kept.branch_resolved_on, kept.votes.count()) == (State.PREPARING, None, 0)


@pytest.mark.parametrize(
    ("ballot", "passes"),
    [
        ({"members": 9, "present": 9, "agree": 6, "disagree": 3}, True),
        ({"members": 10, "present": 7, "agree": 6, "disagree": 1}, False),
        ({"members": 10, "excluded": 1, "present": 9, "agree": 6, "disagree": 3}, True),
        ({"members": 3, "present": 2, "agree": 2, "disagree": 0}, True),
    ],
)
def test_rule_15_the_base_is_all_official_members_less_those_excluded_never_those_present(
    district, listed, ballot, passes
):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(listed, district.staff, "branch")
    action = "branch_agrees" if passes else "branch_declines"
    workflow.perform(listed, action, by=district.staff, on=date(2016, 12, 5), number="1-NQ/CB", **ballot)
    assert Vote.objects.get(dossier=listed).passed is passes
    assert listed.state == (State.RESOLVED if passes else State.REFUSED)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"agree": 15, "disagree": 5}, "15 + 5 = 20 > 16 có mặt"),
        ({"present": 19}, "19 có mặt > 18 được tính"),
        ({"excluded": 18}, "18 được trừ thì không còn ai"),
        ({"number": "  "}, "Cần số của văn bản"),
    ],
)
def test_rule_16_a_ballot_that_does_not_add_up_names_the_identity_that_is_broken(
    district, listed, wrong, sentence
):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(listed, district.staff, "branch")
    with pytest.raises(Refused) as refusal:
        workflow.perform(
            listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT | wrong
        )
    assert sentence in words(refusal)


def test_rule_19_a_decision_before_the_resolution_is_refused_with_both_dates(district, listed):
    reach(listed, State.AWAITING, district.staff)
    with pytest.raises(Refused) as refusal:
        workflow.perform(listed, "decide", by=district.staff, on=date(2016, 12, 1), number="1-QĐ/HU")
    assert "01/12/2016 trước ngày 05/12/2016" in words(refusal)
    assert Dossier.objects.get(pk=listed.pk).decided_on is None


def test_nothing_is_dated_in_the_future(district, listed):
    with pytest.raises(Refused, match="28/02/2017 chưa tới"):
        workflow.perform(listed, "apply", by=district.staff, on=date(2017, 2, 28))


def test_rule_09_someone_under_eighteen_by_the_month_cannot_be_voted_on(district):
    young = factories.dossier(
        district.rural,
        district.staff,
        person=factories.candidate(born_on=date(1999, 1, 31)),
        listed_on=date(2016, 1, 4),
    )
    workflow.perform(young, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(young, district.staff, "branch")
    with pytest.raises(Refused) as refusal:
        workflow.perform(young, "branch_agrees", by=district.staff, on=date(2016, 12, 31), **BRANCH_BALLOT)
    assert "đủ tuổi từ tháng 01/2017" in words(refusal)
    young.refresh_from_db()
    workflow.perform(young, "branch_agrees", by=district.staff, on=date(2017, 1, 3), **BRANCH_BALLOT)
    assert young.state == State.RESOLVED, "counted by month, not by day"


def test_rule_11_a_certificate_is_good_for_sixty_months_to_the_day(district, listed):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    row = {"had": True, "number": "1", "dated_on": date(2011, 12, 4), "note": ""}
    workflow.record_papers(listed, {"CN-NTVD": row}, by=district.staff)
    with pytest.raises(Refused, match="phải học lại"):
        workflow.perform(listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT)
    listed.refresh_from_db()
    workflow.record_papers(listed, {"CN-NTVD": row | {"dated_on": date(2011, 12, 5)}}, by=district.staff)
    workflow.perform(listed, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT)
    assert listed.state == State.RESOLVED


def test_rule_09_over_sixty_needs_the_provinces_consent(district):
    old = factories.dossier(
        district.rural, district.staff, person=factories.candidate(born_on=date(1956, 11, 1))
    )
    workflow.perform(old, "apply", by=district.staff, on=date(2016, 8, 15))
    factories.have_papers(old, district.staff, "branch")
    with pytest.raises(Refused, match="Ban Thường vụ Tỉnh ủy"):
        workflow.perform(old, "branch_agrees", by=district.staff, on=date(2016, 12, 5), **BRANCH_BALLOT)
    old.refresh_from_db()
    workflow.perform(
        old,
        "branch_agrees",
        by=district.staff,
        on=date(2016, 12, 5),
        consent="12-CV/TU, 01/11/2016",
        **BRANCH_BALLOT,
    )
    assert old.state == State.RESOLVED


def test_rule_02_the_branch_meeting_binds_the_procedure_of_its_day(district):
    for on, key in ((date(2016, 7, 24), "qd45-2011"), (date(2016, 7, 25), "qd29-2016")):
        row = factories.dossier(district.rural, district.staff)
        reach(row, State.RESOLVED, district.staff, apply=date(2016, 4, 4), branch_agrees=on)
        assert row.procedure == key


def test_a_dossier_that_lacks_a_paper_is_not_put_forward_and_says_which(district, listed):
    reach(listed, State.APPRAISAL, district.staff)
    Paper.objects.filter(dossier=listed, code="5-KND").update(had=False)
    reason = workflow.why_not(listed, "put_forward", district.staff)
    assert reason == "thiếu 1 giấy tờ (5-KNĐ)"
    with pytest.raises(Refused, match="5-KNĐ"):
        workflow.perform(listed, "put_forward", by=district.staff, on=date(2017, 1, 5))


def test_a_resolution_brings_its_paper(district, listed):
    reach(listed, State.PROPOSED, district.staff)
    assert Paper.objects.get(dossier=listed, code="6-KND").number == "14-NQ/CB"
    assert Paper.objects.get(dossier=listed, code="8-KND").dated_on == date(2016, 12, 20)


def test_rule_20_a_return_keeps_the_resolutions_and_is_counted(district, listed):
    reach(listed, State.APPRAISAL, district.staff)
    workflow.perform(
        listed, "give_back", by=district.staff, on=date(2017, 1, 12), reason="thiếu dấu giáp lai"
    )
    assert (listed.state, listed.returns, listed.branch_resolved_on) == (State.RETURNED, 1, date(2016, 12, 5))
    workflow.perform(listed, "receive", by=district.staff, on=date(2017, 2, 9))
    assert (listed.state, listed.returns) == (State.APPRAISAL, 1)


@pytest.mark.parametrize("action", ["give_back", "hold", "refuse", "withdraw"])
def test_ways_round_and_out_need_a_reason(district, listed, action):
    reach(listed, State.APPRAISAL, district.staff)
    with pytest.raises(Refused, match="Cần ghi lý do"):
        workflow.perform(listed, action, by=district.staff, on=date(2017, 1, 12), reason=" ")


def test_held_and_resumed(district, listed):
    reach(listed, State.APPRAISAL, district.staff)
    workflow.perform(listed, "hold", by=district.staff, on=date(2017, 1, 12), reason="chờ thẩm tra")
    workflow.perform(listed, "resume", by=district.staff, on=date(2017, 2, 1))
    assert listed.state == State.APPRAISAL


def test_withdrawn_and_listed_again_begins_a_new_round(district, listed):
    reach(listed, State.RESOLVED, district.staff)
    workflow.perform(listed, "withdraw", by=district.staff, on=date(2017, 1, 12), reason="xin rút")
    workflow.perform(listed, "relist", by=district.staff, on=date(2017, 2, 1))
    assert (listed.state, listed.listed_on, listed.branch_resolved_on, listed.procedure) == (
        *(State.LISTED, date(2017, 2, 1), None, ""),
    )
    assert listed.certified_on == date(2015, 10, 24), "the class need not be taken again"
    assert listed.votes.count() == 1, "the first vote is kept"


def test_rule_29_an_annulled_admission_keeps_its_record_and_its_kind(district, listed):
    reach(listed, State.DECIDED, district.staff)
    facts = {"kind": "procedure", "number": "214-QĐ/HU", "reason": "sai thẩm quyền"}
    workflow.perform(listed, "annul", by=district.leader, on=date(2017, 2, 20), **facts)
    assert (listed.state, listed.annulment_kind, listed.decided_on) == (
        State.ANNULLED,
        "procedure",
        date(2017, 1, 10),
    )


def test_a_base_branch_sends_its_resolution_straight_to_the_board(district):
    row = reach(factories.dossier(district.firm, district.staff), State.RESOLVED, district.staff)
    assert "thẳng" in workflow.why_not(row, "base_agrees", district.staff)
    workflow.perform(row, "receive", by=district.staff, on=date(2016, 12, 28))
    assert row.state == State.APPRAISAL


def test_a_subordinate_branch_needs_its_base_committee_first(district, listed):
    reach(listed, State.RESOLVED, district.staff)
    assert "đảng ủy cơ sở" in workflow.why_not(listed, "receive", district.staff)


def test_the_facts_of_admission_do_not_change_with_the_person(district, listed):
    reach(listed, State.DECIDED, district.staff)
    assert (listed.admitted_age, listed.admitted_rural, listed.admitted_occupation) == (24, True, "farmer")
    person = listed.candidate
    person.occupation, person.sex = "student", "male"
    workflow.edit_dossier(person, listed, by=district.staff, changed={"sex": ["female", "male"]})
    kept = Dossier.objects.get(pk=listed.pk)
    assert (kept.admitted_occupation, kept.admitted_sex) == ("farmer", "female")


def test_rule_28_three_failed_votes_on_conversion_leave_no_fourth(district, listed):
    reach(listed, State.PROBATIONARY, district.staff)
    Dossier.objects.filter(pk=listed.pk).update(probation_ends_on=date(2017, 2, 3))
    listed.refresh_from_db()
    failed = {"members": 10, "present": 10, "agree": 6, "disagree": 4}
    for day in (6, 7, 8):
        on = date(2017, 2, day)
        number = document_numbers.propose_number_for(listed, "branch", on)
        workflow.perform(listed, "conversion_failed", by=district.staff, on=on, number=number, **failed)
        assert listed.state == State.PROBATIONARY
    assert "báo cáo cấp trên" in workflow.why_not(listed, "conversion_agreed", district.staff)


def test_probation_is_not_reviewed_before_it_ends(district, listed):
    reach(listed, State.PROBATIONARY, district.staff)
    with pytest.raises(Refused, match="03/02/2018"):
        workflow.perform(
            listed, "conversion_agreed", by=district.staff, on=date(2017, 2, 20), **BRANCH_BALLOT
        )


@pytest.mark.parametrize(
    ("role", "action", "may"),
    [
        ("commune", "base_agrees", True),
        ("branch", "base_agrees", False),
        ("staff", "base_agrees", True),
        ("leader", "base_agrees", False),
        ("admin", "base_agrees", False),
    ],
)
def test_who_records_the_base_committees_resolution(district, listed, role, action, may):
    reach(listed, State.RESOLVED, district.staff)
    reason = workflow.why_not(listed, action, getattr(district, role))
    assert (reason is None) == may


def test_rule_40_a_commune_may_not_act_for_another(district):
    far = factories.dossier(district.far, district.staff)
    with pytest.raises(Refused):
        workflow.perform(far, "apply", by=district.commune, on=date(2016, 8, 15))
    with pytest.raises(Refused, match="ngoài phạm vi"):
        factories.dossier(district.far, district.commune)


def test_rule_13_introducers_are_two_people_and_not_the_candidate(district):
    with pytest.raises(Refused, match="Trùng với người thứ nhất"):
        factories.dossier(district.rural, district.staff, second_introducer="le  van toan")
    with pytest.raises(Refused, match="Không tự giới thiệu"):
        factories.dossier(district.rural, district.staff, introducer="Đỗ Thị Thanh Bình")
    with pytest.raises(Refused, match="thứ hai"):
        factories.dossier(district.rural, district.staff, second_introducer="")
    assert Dossier.objects.count() == 0


def test_one_identity_number_belongs_to_one_person(district):
    factories.dossier(district.rural, district.staff, person=factories.candidate(citizen_id="135000111"))
    with pytest.raises(Refused) as refusal:
        factories.dossier(district.rural, district.staff, person=factories.candidate(citizen_id="135000111"))
    assert "citizen_id" in refusal.value.message_dict


def test_numbers_run_through_the_year_and_continue_after_one_given(district):
    first = factories.dossier(district.rural, district.staff)
    second = factories.dossier(district.rural, district.staff)
    assert (first.number, second.number) == ("2015/0001", "2015/0002")
    person = factories.candidate()
    given = Dossier(
        branch=district.rural,
        introduction="member_youth",
        introducer="Lê Văn Toản",
        helper="Lê Văn Toản",
        listed_on=date(2015, 6, 1),
    )
    workflow.enter_dossier(person, given, by=district.staff, number=(2015, 40))
    assert factories.dossier(district.rural, district.staff).number == "2015/0041"


@pytest.mark.parametrize("state", [state for state, dates in DATES_OF.items() if dates != ("listed_on",)])
def test_the_database_holds_a_state_to_its_dates(district, listed, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=listed.pk).update(state=state)


def test_the_database_refuses_half_the_facts_of_an_admission(district, listed):
    reach(listed, State.DECIDED, district.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=listed.pk).update(admitted_age=None)


def test_the_database_refuses_dates_that_run_backwards(district, listed):
    reach(listed, State.PROPOSED, district.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=listed.pk).update(branch_resolved_on=date(2016, 12, 21))


def test_a_base_committees_share_is_not_certain_law_and_only_shows(district, listed):
    reach(listed, State.RESOLVED, district.staff)
    ballot = BASE_BALLOT | {"agree": 9, "disagree": 6}
    workflow.perform(listed, "base_agrees", by=district.staff, on=date(2016, 12, 20), **ballot)
    assert listed.state == State.PROPOSED
    assert not listed.votes.get(body="base").passed
