"""What was recorded wrong of a review or a visit is put right, with a reason; it is then as if typed right."""

import random
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Activity
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier, Event
from oversight import visits
from oversight.correcting import correct_review, correct_visit, tell_corrections
from oversight.models import Difficulty, RecordCorrection, Review, Task, Visit
from oversight.pages.overview import count_difficulties, review_overview
from oversight.reviews import Given, save_review
from oversight.tasks import report_task
from tests import factories
from tests.admissions.histories import all_of
from tests.examples import examples
from tests.oversight.conftest import FEBRUARY, JANUARY, answers
from tests.oversight.test_visits import conclude

KEPT = ("id", "at", "by_id", "version", "unit_id")
DAYS = [date(2017, 2, day) for day in (10, 14, 18)]


class RecordsPutRight(TestCase):
    @settings(max_examples=examples(40), deadline=None)
    @given(seed=st.integers(0, 10**6))
    def test_a_review_with_mistakes_once_corrected_is_the_review_typed_right(self, seed):
        place, chance = factories.district(), random.Random(seed)
        right = draw_review(chance)
        wrong = right | {
            key: value
            for key, value in draw_review(chance).items()
            if key != "what" and chance.random() < 0.5
        }
        with transaction.atomic():
            expected = told_of_review(place, live_review(place, right))
            transaction.set_rollback(True)
        review = live_review(place, wrong)
        values = {name: right[name] for name in right if name != "what" and right[name] != wrong[name]}
        if "difficulties" in values:
            values["difficulties"] = list(Difficulty.objects.filter(text__in=values["difficulties"]))
        if values:
            correct_review(review, values, by=place.commune, reason="gõ nhầm", seen=review.version)
        assert told_of_review(place, Review.objects.get(pk=review.pk)) == expected

    @settings(max_examples=examples(40), deadline=None)
    @given(seed=st.integers(0, 10**6))
    def test_a_visit_with_mistakes_once_corrected_is_the_visit_typed_right(self, seed):
        place, chance = factories.district(), random.Random(seed)
        right = draw_visit(chance)
        wrong = right | {key: value for key, value in draw_visit(chance).items() if chance.random() < 0.5}
        with transaction.atomic():
            expected = told_of_visit(live_visit(place, right))
            transaction.set_rollback(True)
        visit = live_visit(place, wrong)
        values = {name: right[name] for name in right if right[name] != wrong[name]}
        if values:
            correct_visit(visit, values, by=place.staff, reason="gõ nhầm", seen=visit.version)
        assert told_of_visit(Visit.objects.get(pk=visit.pk)) == expected


def draw_review(chance):
    return {
        "held_on": chance.choice(DAYS),
        "members": chance.randint(12, 14),
        "present": chance.randint(9, 12),
        "score": chance.choice([None, 80, 91]),
        "assessment": chance.choice(["good", "met", "short"]),
        "number": chance.choice(["04-NQ/CB", "05-NQ/CB"]),
        "what": chance.choice(["class", "procedure", "removal"]),
        "difficulties": chance.choice([[], ["Thanh niên đi làm xa"]]),
    }


def live_review(place, facts):
    """A review of February with a proposal for two people, one task given and one reported on."""
    people = {}
    for n, name in enumerate(("Lê Văn An", "Lê Văn Bình", "Lê Văn Chung")):
        days = {"listed_on": [date(2015, 3, 12), date(2017, 2, 12), date(2017, 2, 16)][n]}
        row = factories.dossier(place.rural, place.staff, person=factories.candidate(full_name=name), **days)
        if n == 0:
            people[row] = (facts["what"], "đi xa")
    task_before = save_review(place.rural, JANUARY, with_task(), by=place.branch).tasks.get()
    said = {name: facts[name] for name in facts if name not in ("what", "difficulties")}
    ticked = list(Difficulty.objects.filter(text__in=facts["difficulties"]))
    given = [Given(key="given-0", what="Gặp gỡ", who="Bí thư", before=date(2017, 3, 20))]
    more = {"people": people, "tasks": {task_before: "doing"}, "given": given, "difficulties": ticked}
    return save_review(place.rural, FEBRUARY, answers(**said, **more), by=place.branch)


def with_task():
    given = [Given(key="given-0", what="Rà soát", who="Bí thư", before=date(2017, 3, 31))]
    return answers(held_on=date(2017, 1, 21), given=given)


def told_of_review(place, review):
    """All that is said of a review, in the dossiers, and wherever it is counted."""
    fields = [field.attname for field in Review._meta.concrete_fields]
    line = review_overview(place.root, FEBRUARY).total
    return {
        "row": {name: getattr(review, name) for name in fields if name not in KEPT},
        "difficulties": sorted(row.text for row in review.difficulties.all()),
        "dossiers": [
            {key: value for key, value in all_of(row).items() if key != "limits"}
            for row in Dossier.objects.order_by("pk")
        ],
        "reports": list(review.task_reports.values_list("on", "state")),
        "tasks": list(Task.objects.order_by("pk").values_list("what", "state", "before")),
        "overview": (line.held, dict(line.assessed), line.scores),
        "counted": [(one.difficulty.text, one.branches) for one in count_difficulties(place.root, FEBRUARY)],
    }


def draw_visit(chance):
    return {
        "held_on": chance.choice(DAYS),
        "met": chance.choice(["Bí thư", "Phó bí thư"]),
        "members": chance.choice([None, 14, 15]),
        "present": chance.choice([None, 9, 12]),
        "conclusion_number": chance.choice(["12-TB/HU", "13-TB/HU"]),
    }


def live_visit(place, facts):
    """A visit whose conclusion is signed, and which asked after a task of the one before."""
    people = factories.overseers(place)
    for n, day in enumerate((date(2017, 2, 12), date(2017, 2, 16))):
        person = factories.candidate(full_name=f"Lê Văn {n}")
        factories.dossier(place.rural, place.staff, person=person, listed_on=day)
    before = factories.held_visit(place.rural, people.team, place.staff, on=date(2017, 1, 12))
    (task,) = conclude(before, place.staff, "Rà soát nguồn", number="")
    visit = visits.arrange_visit(place.rural, on=date(2017, 2, 20), by=people.head, team=people.team)
    told = {name: facts[name] for name in ("met", "members", "present")}
    visits.hold_visit(visit, on=facts["held_on"], **told, by=people.head, seen=0)
    visit.refresh_from_db()
    report_task(task, state="doing", on=visit.held_on, by=place.staff, visit=visit)
    conclude(visit, people.head, "Giao việc", number=facts["conclusion_number"])
    return visit


def told_of_visit(visit):
    fields = [field.attname for field in Visit._meta.concrete_fields]
    skipped = (*KEPT, "team_id", "signed_by_id")
    return {
        "row": {name: getattr(visit, name) for name in fields if name not in skipped},
        "reports": list(visit.task_reports.values_list("on", "state")),
        "tasks": list(Task.objects.order_by("pk").values_list("what", "state", "before")),
        "shortcomings": list(visit.shortcomings.values_list("kind", "words")),
    }


# Single rules


@pytest.mark.django_db
def test_a_review_is_corrected_by_the_level_above_after_the_deadline_and_says_so(district, january):
    Review.objects.filter(pk=january.pk).update(at=datetime(2017, 1, 30, 9, tzinfo=UTC))
    values = {"held_on": date(2017, 1, 20), "present": 11}
    with pytest.raises(PermissionDenied):
        correct_review(january, values, by=district.branch, reason="nhầm", seen=1)
    row = correct_review(january, values, by=district.commune, reason="gõ nhầm", seen=1)
    assert row.changes == {"held_on": ["21/01/2017", "20/01/2017"], "present": ["12", "11"]}
    assert (row.by, row.reason) == (district.commune, "gõ nhầm")
    ((_one, told),) = tell_corrections(january)
    assert told[0] == ("Ngày họp", "21/01/2017", "20/01/2017")
    assert Activity.objects.latest("pk").subject.startswith("Sửa rà soát tháng 1/2017")
    with pytest.raises(Stale):
        correct_review(january, {"present": 9}, by=district.commune, reason="nhầm", seen=1)


@pytest.mark.django_db
def test_a_correction_that_cannot_be_writes_nothing(district, january):
    for values, reason, words in (
        ({"held_on": date(2017, 3, 1)}, "nhầm", "chưa tới"),
        ({"present": 40}, "nhầm", "có mặt"),
        ({"score": 101}, "nhầm", "Điểm"),
        ({"present": 12}, "nhầm", "Chưa sửa ô nào"),
        ({"present": 11}, "  ", "lý do"),
    ):
        with pytest.raises(Refused, match=words):
            correct_review(january, values, by=district.commune, reason=reason, seen=1)
    january.refresh_from_db()
    assert (january.present, january.version) == (12, 1) and not RecordCorrection.objects.exists()


@pytest.mark.django_db
def test_the_proposal_of_a_review_is_corrected_in_the_dossier(district, source):
    said = answers(people={source: ("class", "")}, number="03-NQ/CB")
    review = save_review(district.rural, FEBRUARY, said, by=district.branch)
    values = {"held_on": date(2017, 2, 24), "number": "04-NQ/CB"}
    correct_review(review, values, by=district.commune, reason="sai biên bản", seen=1)
    assert Dossier.objects.get(pk=source.pk).proposed_on == date(2017, 2, 24)
    event = Event.objects.get(action="correct")
    assert event.facts["fields"] == {
        "on": ["2017-02-25", "2017-02-24"],
        "number": ["03-NQ/CB", "04-NQ/CB"],
    }
    assert [row.number for row in district.rural.documents.all()] == ["04-NQ/CB"]


@pytest.mark.django_db
def test_a_signed_visit_is_corrected_with_the_figures_of_its_right_day(district, oversight):
    factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 24))
    visit = visits.arrange_visit(district.rural, on=date(2017, 2, 23), by=oversight.head, team=oversight.team)
    facts = {"met": "Bí thư", "members": None, "present": None, "by": oversight.head}
    visits.hold_visit(visit, on=date(2017, 2, 23), **facts, seen=0)
    visit.refresh_from_db()
    with pytest.raises(PermissionDenied):
        correct_visit(visit, {"met": "Phó"}, by=oversight.head, reason="nhầm", seen=1)
    conclude(visit, oversight.head, "Giao việc")
    assert visit.facts["sources"]["unit"] == 0
    row = correct_visit(
        visit, {"held_on": date(2017, 2, 24)}, by=oversight.head, reason="ghi nhầm", seen=visit.version
    )
    visit.refresh_from_db()
    assert (visit.held_on, visit.facts["sources"]["unit"]) == (date(2017, 2, 24), 1)
    assert row.changes == {"held_on": ["23/02/2017", "24/02/2017"]}
    with pytest.raises(Refused, match="không trước hạn"):
        Task.objects.filter(visit=visit).update(before=date(2017, 2, 22))
        values = {"held_on": date(2017, 2, 22)}
        correct_visit(visit, values, by=oversight.head, reason="nhầm", seen=visit.version)


@pytest.mark.django_db
def test_the_pages_correct_and_the_database_keeps_what_was_said(client, district, january):
    client.force_login(district.commune)
    url = f"/theo-doi/ra-soat/{district.rural.pk}/2017-01/sua/"
    assert client.get(url).status_code == 200
    data = {"version": 1, "held_on": "20/01/2017", "members": 14, "present": 12, "assessment": "met"}
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"correction_reason": "gõ nhầm"}).status_code == 302
    page = client.get(url.removesuffix("sua/")).content.decode()
    assert "20/01/2017" in page and "gõ nhầm" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("DELETE FROM oversight_recordcorrection")
