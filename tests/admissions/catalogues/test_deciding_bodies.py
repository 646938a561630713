"""Who decides on admissions, over time: the district, a commune's standing committee, an authorised committee."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from admissions import meetings, workflow
from admissions.catalogues.deciding_bodies import add_deciding_body, end_deciding_body
from admissions.choices import Body, Decider
from admissions.exceptions import Refused
from admissions.letters.context import letter_context
from admissions.meetings import DossierResult, MeetingRefused
from admissions.models import Document, deciding_body_of
from admissions.states import State
from branches.models import Kind, Tier
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db

SINCE = date(2017, 1, 1)
ON = date(2017, 2, 24)
BASIS = "QĐ 15-QĐ/HU, 28/12/2016"


def authorise(district, decider=Decider.AUTHORISED, **changes):
    facts = {"since": SINCE, "until": None, "basis": BASIS} | changes
    return add_deciding_body(district.home, decider, by=district.admin, **facts)


def test_without_a_row_the_district_decides_and_where_there_is_none_the_unit_itself(district):
    assert deciding_body_of(district.home, ON) == (district.root, Decider.STANDING)
    province = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Phú Thọ")
    commune = factories.unit(province, Tier.BASE, Kind.COMMUNE, "Tề Lỗ")
    assert deciding_body_of(commune, ON) == (commune, Decider.STANDING)
    assert meetings.bodies_of(commune, ON) == [Body.STANDING], "its own standing committee has its screen"


def test_a_row_holds_from_its_first_day_to_its_last(district):
    row = authorise(district)
    end_deciding_body(row, date(2017, 1, 31), by=district.admin)
    deciders = [deciding_body_of(district.home, day)[1] for day in (SINCE, date(2017, 1, 31))]
    assert deciders == [Decider.AUTHORISED, Decider.AUTHORISED]
    for day in (date(2016, 12, 31), date(2017, 2, 1)):
        assert deciding_body_of(district.home, day) == (district.root, Decider.STANDING)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"basis": " "}, "basis", "Ghi số, ngày"),
        ({"until": date(2016, 12, 1)}, "until", "01/12/2016 trước ngày 01/01/2017"),
        ({"since": date(2009, 1, 1)}, "since", "không có vào ngày này"),
        ({"decider": "nobody"}, "decider", "Chọn ai"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(district, changes, field, words):
    with pytest.raises(Refused) as refusal:
        authorise(district, **changes)
    assert words in refusal.value.message_dict[field][0]


def test_two_rows_of_a_unit_do_not_overlap_and_a_base_branch_has_no_committee(district):
    authorise(district)
    with pytest.raises(Refused, match="Đã ghi từ 01/01/2017"):
        authorise(district, Decider.STANDING, since=date(2017, 2, 1))
    with pytest.raises(Refused, match="không có cấp ủy cơ sở"):
        facts = {"since": SINCE, "until": None, "basis": BASIS}
        add_deciding_body(district.firm, Decider.STANDING, by=district.admin, **facts)
    with pytest.raises(PermissionDenied):
        add_deciding_body(district.other, Decider.STANDING, by=district.staff, **facts)


def awaiting(district, branch):
    """A dossier that its branch resolved and the board put forward, without a step of a base committee."""
    row = reach(factories.dossier(branch, district.staff), State.RESOLVED, district.staff)
    assert "tự quyết định" in workflow.why_not(row, "base_agrees", district.staff)
    workflow.perform(row, "receive", by=district.staff, on=date(2017, 2, 1))
    factories.have_papers(row, district.staff, "branch", "board", dated_on=date(2017, 1, 5))
    assert not row.papers.filter(code="8-KND").exists(), "no resolution of a base committee is asked for"
    workflow.perform(row, "put_forward", by=district.staff, on=date(2017, 2, 2))
    return row


@pytest.mark.parametrize(
    ("decider", "members", "agree", "state"),
    [
        (Decider.AUTHORISED, 15, 10, State.DECIDED),
        (Decider.AUTHORISED, 15, 9, State.REFUSED),
        (Decider.STANDING, 9, 5, State.DECIDED),
        (Decider.STANDING, 10, 5, State.REFUSED),
    ],
)
def test_an_authorised_committee_needs_two_thirds_of_all_a_standing_one_more_than_half(
    district, decider, members, agree, state
):
    since = date(2016, 1, 1)
    authorise(district, decider, since=since)
    row = awaiting(district, district.rural)
    assert row in meetings.dossiers_for_meeting(district.home, Body.STANDING, ON)
    assert meetings.dossiers_for_meeting(district.root, Body.STANDING, ON) == []
    assert meetings.meetings_due(district.staff, ON) == [(district.home, Body.STANDING, 1)]
    facts = {"held_on": ON, "number": "01-QĐ/ĐU", "members": members, "present": members}
    results = [DossierResult(row, agree, members - agree)]
    meetings.record_meeting(district.home, Body.STANDING, results, by=district.staff, **facts)
    row.refresh_from_db()
    assert row.state == state
    if state == State.DECIDED:
        assert Document.objects.get(number="01-QĐ/ĐU").issuer == district.home


def test_the_vote_rule_follows_the_body_of_the_day_of_the_meeting(district):
    row = authorise(district, since=date(2016, 1, 1))
    dossier = awaiting(district, district.rural)
    end_deciding_body(row, date(2017, 2, 20), by=district.admin)
    assert dossier in meetings.dossiers_for_meeting(district.root, Body.STANDING, ON)
    facts = {"held_on": ON, "number": "31-QĐ/HU", "members": 11, "present": 11}
    results = [DossierResult(dossier, 6, 5)]
    meetings.record_meeting(district.root, Body.STANDING, results, by=district.staff, **facts)
    dossier.refresh_from_db()
    assert dossier.state == State.DECIDED, "more than half of a standing committee is enough"


def test_under_hd_06_the_single_act_is_held_to_two_thirds_too(district, settings):
    """QĐ 294, 4.3.2a and HD 06, 3.7a are certain: fewer do not decide."""
    settings.TODAY = date(2025, 12, 1)
    authorise(district, since=date(2016, 1, 1))
    row = factories.dossier(district.rural, district.staff, listed_on=date(2024, 1, 5))
    reach(row, State.PREPARING, district.staff, apply=date(2025, 7, 7))
    factories.have_papers(row, district.staff, "branch", dated_on=date(2025, 7, 7))
    workflow.perform(row, "branch_agrees", by=district.staff, on=date(2025, 8, 4), **factories.BRANCH_BALLOT)
    workflow.perform(row, "receive", by=district.staff, on=date(2025, 8, 5))
    workflow.perform(row, "put_forward", by=district.staff, on=date(2025, 8, 6))
    votes = {"members": 15, "present": 15, "agree": 9, "disagree": 6}
    with pytest.raises(Refused, match="cần ít nhất 10"):
        workflow.perform(row, "decide", by=district.staff, on=date(2025, 8, 20), number="01-QĐ/ĐU", **votes)


def test_letters_name_the_committee_that_decides(district):
    authorise(district, since=date(2016, 1, 1))
    row = awaiting(district, district.rural)
    workflow.perform(row, "decide", by=district.staff, on=ON, number="01-QĐ/ĐU")
    words = letter_context("9-KND", row)
    assert words["deciding"] == "Đảng ủy xã Trung Nguyên"
    assert words["signs_for"] == "T/M ĐẢNG ỦY"
    assert "Ban Thường vụ" not in words["upward"]


def test_its_screen_takes_the_meeting_of_an_authorised_committee(client, district):
    authorise(district, since=date(2016, 1, 1))
    row = awaiting(district, district.rural)
    client.force_login(district.staff)
    page = markup(client.get(f"/ho-so/hop/moi/{district.home.pk}/standing/"))
    assert "Đảng ủy cơ sở được ủy quyền họp xét" in page
    assert row.candidate.full_name in page
    assert "Cần 2/3 số cấp ủy viên" in page
    assert client.get(f"/ho-so/hop/moi/{district.home.pk}/base/").status_code == 404, "it proposes to nobody"


def test_its_own_board_records_it_under_a_post_at_the_commune_and_sees_no_other(client, district):
    """The commune's board for building the Party holds the posts that the district's board holds above."""
    authorise(district, Decider.STANDING, since=date(2016, 1, 1))
    row = awaiting(district, district.rural)
    own = factories.user("ban-xay-dung", Role.BOARD_STAFF, district.home)
    assert meetings.meetings_due(own, ON) == [(district.home, Body.STANDING, 1)]
    client.force_login(own)
    page = markup(client.get(f"/ho-so/hop/moi/{district.home.pk}/standing/"))
    assert row.candidate.full_name in page
    assert client.get(f"/ho-so/hop/moi/{district.root.pk}/standing/").status_code == 404
    facts = {"held_on": ON, "number": "01-QĐ/ĐU", "members": 9, "present": 9}
    meetings.record_meeting(district.home, Body.STANDING, [DossierResult(row, 5, 4)], by=own, **facts)
    row.refresh_from_db()
    assert (row.state, row.decision_number) == (State.DECIDED, "01-QĐ/ĐU")
    assert client.get(row.get_absolute_url()).status_code == 200


def test_the_page_adds_a_row_and_writes_down_its_end(client, district):
    client.force_login(district.admin)
    url = "/danh-muc/tham-quyen/"
    typed = {"unit": district.home.pk, "decider": "authorised", "since": "01/01/2017", "basis": ""}
    answer = client.post(url, typed)
    assert answer.status_code == 422
    page = markup(client.post(url, typed | {"basis": BASIS}, follow=True))
    assert "Đảng ủy cơ sở được ủy quyền" in page
    row = district.home.deciding_bodies.get()
    page = markup(client.post(f"{url}{row.pk}/het/", {"until": "01/12/2016"}, follow=True))
    assert "01/12/2016 trước ngày 01/01/2017." in page
    page = markup(client.post(f"{url}{row.pk}/het/", {"until": "31/01/2017"}, follow=True))
    assert "31/01/2017" in page
    client.force_login(district.branch)
    assert client.post(url, typed).status_code == 403


def test_a_meeting_of_a_committee_that_does_not_decide_is_refused(district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    facts = {"held_on": ON, "number": "01-QĐ/ĐU", "members": 9, "present": 9}
    with pytest.raises(MeetingRefused, match="không quyết định"):
        meetings.record_meeting(
            district.home, Body.STANDING, [DossierResult(row, 9, 0)], by=district.staff, **facts
        )
