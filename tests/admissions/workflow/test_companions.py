"""One meeting, one document, one person: what is wrong of them is put right in all their dossiers."""

from datetime import date

import pytest

from admissions import workflow
from admissions.history import describe_event
from admissions.meetings import DossierResult, record_meeting
from admissions.models import Correction, Document, Dossier, Meeting
from admissions.workflow.companions import companions_of
from tests import factories

pytestmark = pytest.mark.django_db
DAY, RIGHT = date(2017, 2, 20), date(2017, 2, 13)


def correct(row, action, place, **values):
    row = Dossier.objects.get(pk=row.pk)
    target = workflow.find_act(row, row.events.filter(action=action).last().no)
    draft = workflow.draft_correction(row, target, values)
    found = companions_of(draft)
    asked = workflow.ask_correction(draft, by=place.staff, reason="đọc nhầm")
    assert isinstance(asked, Correction)
    workflow.agree_correction(asked, by=place.leader)
    return {other.dossier.pk for other in found}


def test_the_day_of_a_meeting_is_put_right_for_all_its_ballots(district, three):
    results = [DossierResult(row, agree=16, disagree=1) for row in three[:2]]
    results.append(DossierResult(three[2], outcome="set_aside", reason="chưa đủ"))
    facts = {"members": 18, "present": 17, "away": 0, "number": "14-NQ/CB"}
    meeting = record_meeting(district.rural, "branch", results, by=district.staff, held_on=DAY, **facts)
    others = correct(three[0], "branch_agrees", district, on=RIGHT, members=19)
    assert others == {three[1].pk, three[2].pk}
    assert set(
        Dossier.objects.filter(pk__in=[r.pk for r in three[:2]]).values_list(
            "branch_resolved_on", "votes__held_on", "votes__members"
        )
    ) == {(RIGHT, RIGHT, 19)}
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.held_on, meeting.members, meeting.present) == (RIGHT, 19, 17)
    assert three[2].events.get(action="correct").facts["fields"] == {"on": ["2017-02-20", "2017-02-13"]}


def test_what_is_of_one_ballot_alone_stays_with_it(district, three):
    results = [DossierResult(row, agree=16, disagree=1) for row in three[:2]]
    facts = {"members": 18, "present": 17, "number": "14-NQ/CB"}
    record_meeting(district.rural, "branch", results, by=district.staff, held_on=DAY, **facts)
    assert correct(three[0], "branch_agrees", district, agree=15, disagree=2) == set()
    assert sorted(Dossier.objects.filter(votes__isnull=False).values_list("votes__agree", flat=True)) == [
        15,
        16,
    ]


def test_the_ballot_that_a_meeting_gave_a_decision_is_corrected_too(district):
    row = factories.reach(factories.dossier(district.rural, district.staff), "awaiting", district.staff)
    facts = {"members": 15, "present": 14, "number": "31-QĐ/HU"}
    results = [DossierResult(row, agree=13, disagree=1)]
    record_meeting(district.root, "standing", results, by=district.staff, held_on=DAY, **facts)
    correct(row, "decide", district, agree=12, disagree=2)
    assert row.votes.get(body="standing").agree == 12
    assert "Đồng ý 13 → 12" in describe_event(row.events.get(action="correct"))


def test_one_decision_on_two_people_has_one_day(district):
    one = factories.admitted(district.rural, district.staff)
    other = factories.admitted(district.school, district.staff, full_name="Bùi Thị Mây")
    assert one.decision_number == other.decision_number
    assert correct(one, "decide", district, on=date(2017, 1, 9)) == {other.pk}
    assert set(Dossier.objects.values_list("decided_on", flat=True)) == {date(2017, 1, 9)}
    document = Document.objects.get(number="31-QĐ/HU")
    assert (document.dated_on, document.dossiers.count()) == (date(2017, 1, 9), 2)


def test_another_number_leaves_the_document_to_the_others(district):
    one = factories.admitted(district.rural, district.staff)
    factories.admitted(district.school, district.staff, full_name="Bùi Thị Mây")
    assert correct(one, "decide", district, number="32-QĐ/HU") == set()
    numbers = sorted(Document.objects.filter(issuer=district.root).values_list("number", "dossiers__pk"))
    assert len(numbers) == 2 and {number for number, _pk in numbers} == {"31-QĐ/HU", "32-QĐ/HU"}
