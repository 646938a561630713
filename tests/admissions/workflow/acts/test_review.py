"""Votes on conversion that fall short, reporting them upward, and the decision after the last one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Document, Dossier
from admissions.rules import document_numbers
from admissions.states import State
from tests import factories
from tests.examples import PropertyTestCase, examples
from tests.factories import reach

pytestmark = pytest.mark.django_db

ENDS = date(2017, 2, 3)
SHORT = {"members": 15, "present": 15, "agree": 5, "disagree": 10}
ENOUGH = {"members": 15, "present": 15, "agree": 10, "disagree": 5}


def on_probation(district, branch=None):
    """Someone whose probation is over."""
    row = reach(
        factories.dossier(branch or district.rural, district.staff), State.PROBATIONARY, district.staff
    )
    Dossier.objects.filter(pk=row.pk).update(probation_ends_on=ENDS)
    row.refresh_from_db()
    return row


def vote(row, action, district, day, body="branch", **ballot):
    on = date(2017, 2, day)
    number = document_numbers.propose_number_for(row, body, on)
    return workflow.perform(row, action, by=district.staff, on=on, number=number, **ballot)


def converting(district):
    row = on_probation(district)
    vote(row, "conversion_agreed", district, 6, **ENOUGH)
    return row


def test_a_base_committees_shortfall_is_kept_and_voted_on_again(district):
    row = converting(district)
    vote(row, "conversion_short", district, 7, "base", **SHORT)
    assert (row.state, row.failed_conversions, row.conversion_base_on) == (State.CONVERTING, 1, None)
    assert [(v.body, v.agree, v.passed) for v in row.votes.filter(purpose="conversion")] == [
        ("branch", 10, True),
        ("base", 5, False),
    ]
    assert not row.papers.filter(code="15-KND", had=True).exists(), "there is no proposal yet"
    assert "15-KNĐ" in workflow.why_not(row, "convert", district.staff)
    vote(row, "conversion_proposed", district, 8, "base", **ENOUGH)
    assert row.conversion_base_on == date(2017, 2, 8)
    assert row.papers.get(code="15-KND").had


def test_five_of_fifteen_do_not_propose_by_the_single_act_either(district):
    row = converting(district)
    with pytest.raises(Refused, match="cần ít nhất 10"):
        vote(row, "conversion_proposed", district, 7, "base", **SHORT)
    row.refresh_from_db()
    with pytest.raises(Refused, match="là đủ"):
        vote(row, "conversion_short", district, 7, "base", **ENOUGH)
    assert Dossier.objects.get(pk=row.pk).version == row.version


def test_rule_28_votes_of_branch_and_base_committee_count_together(district):
    row = on_probation(district)
    vote(row, "conversion_failed", district, 6, **SHORT)
    vote(row, "conversion_failed", district, 7, **SHORT)
    vote(row, "conversion_agreed", district, 8, **ENOUGH)
    assert not row.reported_up
    vote(row, "conversion_short", district, 9, "base", **SHORT)
    assert row.reported_up
    for action in ("conversion_short", "conversion_proposed", "convert"):
        assert "đã biểu quyết 3 lần không đạt" in workflow.why_not(row, action, district.staff)
    assert "chưa có nghị quyết" in workflow.why_not(row, "convert_short", district.staff)


@pytest.mark.parametrize("road", ["conversion_failed", "conversion_short"])
def test_after_the_last_vote_the_committee_above_recognises_from_the_same_official_date(district, road):
    row = on_probation(district) if road == "conversion_failed" else converting(district)
    for day in (13, 14, 15):
        vote(row, road, district, day, "branch" if road == "conversion_failed" else "base", **SHORT)
    number = {"number": "40-QĐ/HU", "reason": "đủ tư cách"}
    workflow.perform(row, "recognise_reviewed", by=district.staff, on=date(2017, 2, 27), **number)
    assert (row.state, row.official_on) == (State.OFFICIAL, ENDS)
    assert (row.conversion_decided_on, row.conversion_number) == (date(2017, 2, 27), "40-QĐ/HU")


def test_or_it_does_not_recognise_and_the_person_is_no_member_any_more(district):
    row = on_probation(district)
    for day in (6, 7, 8):
        vote(row, "conversion_failed", district, day, **SHORT)
    facts = {"number": "41-QĐ/HU", "how": "not_recognised", "reason": "không đủ tư cách"}
    workflow.perform(row, "decline_reviewed", by=district.staff, on=date(2017, 2, 27), **facts)
    assert (row.state, row.left_how, row.left_on) == (State.LEFT, "not_recognised", date(2017, 2, 27))
    assert row.stands, "the admission stays in the figures of its year"
    assert Document.objects.filter(number="41-QĐ/HU", dossiers=row).exists()


def test_the_committee_above_does_not_decide_before_the_last_vote(district):
    row = on_probation(district)
    vote(row, "conversion_failed", district, 6, **SHORT)
    for action in ("recognise_reviewed", "decline_reviewed"):
        assert "chưa biểu quyết đủ 3 lần" in workflow.why_not(row, action, district.staff)


def test_a_failed_vote_is_reported_upward_once_and_told_in_the_history(district, client):
    row = on_probation(district)
    assert "không có lần biểu quyết nào" in workflow.why_not(row, "report_up", district.branch)
    vote(row, "conversion_failed", district, 6, **SHORT)
    facts = {"number": "3-BC/CB", "to": "Đảng ủy xã Trung Nguyên"}
    workflow.perform(row, "report_up", by=district.branch, on=date(2017, 2, 8), **facts)
    assert "đã ghi báo cáo" in workflow.why_not(row, "report_up", district.branch)
    vote(row, "conversion_failed", district, 9, **SHORT)
    assert workflow.why_not(row, "report_up", district.branch) is None, "the next vote, the next report"
    client.force_login(district.staff)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Báo cáo kết quả không đạt lên Đảng ủy xã Trung Nguyên, số 3-BC/CB." in page


def test_the_deciding_bodys_shortfall_keeps_its_votes_and_the_dossier(district):
    row = converting(district)
    vote(row, "conversion_proposed", district, 8, "base", **ENOUGH)
    factories.have_papers(row, district.staff, "conversion", dated_on=date(2017, 2, 8))
    facts = {"members": 11, "present": 11, "agree": 5, "disagree": 6}
    workflow.perform(row, "convert_short", by=district.staff, on=date(2017, 2, 10), **facts)
    assert (row.state, row.conversion_decided_on) == (State.CONVERTING, None)
    assert (row.votes.last().agree, row.votes.last().passed, row.votes.last().number) == (5, False, "")
    workflow.perform(row, "convert", by=district.staff, on=date(2017, 2, 13), number="42-QĐ/HU")
    assert row.official_on == ENDS


def test_a_branch_with_two_official_members_cannot_meet_on_conversion(district):
    row = on_probation(district)
    with pytest.raises(Refused, match="tăng cường đảng viên hoặc ghép chi bộ"):
        vote(row, "conversion_agreed", district, 6, members=2, present=2, agree=2, disagree=0)
    row.refresh_from_db()
    vote(row, "conversion_agreed", district, 6, members=3, present=2, agree=2, disagree=0)
    assert row.state == State.CONVERTING


class AnyVoteOnConversion(PropertyTestCase):
    @settings(max_examples=examples(15), deadline=None)
    @given(st.data())
    def test_exactly_one_of_the_two_acts_takes_a_ballot(self, data):
        """Whatever the numbers, a vote of either body passes or falls short, and its act alone is accepted."""
        district = self.begin()
        members = data.draw(st.integers(3, 40))
        present = data.draw(st.integers(1, members))
        agree = data.draw(st.integers(0, present))
        ballot = {"members": members, "present": present, "agree": agree, "disagree": present - agree}
        body = data.draw(st.sampled_from(("branch", "base")))
        row = on_probation(district) if body == "branch" else converting(district)
        passed, short = {
            "branch": ("conversion_agreed", "conversion_failed"),
            "base": ("conversion_proposed", "conversion_short"),
        }[body]
        right, wrong = (passed, short) if 3 * agree >= 2 * members else (short, passed)
        with pytest.raises(Refused):
            vote(row, wrong, district, 8, body, **ballot)
        row.refresh_from_db()
        before = row.failed_conversions
        vote(row, right, district, 8, body, **ballot)
        assert row.failed_conversions - before == (right == short)
        assert row.votes.last().passed is (right == passed)
