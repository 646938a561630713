"""A branch reviews its work each month; the level above reopens, scores and reminds (docs/domain.md, rule 55)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings

from accounts.models import Activity
from accounts.roles import Role
from admissions import workflow
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier, Event
from branches.hand_over import HandOver, hand_over_unit
from branches.models import Kind, Tier
from oversight import reviews
from oversight.models import Difficulty, Review, ReviewReminder, Task
from oversight.review_periods import month_of, parse_review_period, review_quarter_of
from oversight.reviews import Given, save_review
from tests import factories
from tests.oversight.conftest import FEBRUARY, JANUARY, answers

pytestmark = pytest.mark.django_db


def refused(district, said, period=FEBRUARY, **facts):
    with pytest.raises(Refused) as refusal:
        save_review(district.rural, period, said, by=district.branch, **facts)
    return refusal.value


# Saving


def test_a_review_keeps_the_figures_of_the_day_of_its_meeting(district, source):
    review = save_review(district.rural, FEBRUARY, answers(), by=district.branch)
    assert (review.figures["sources"], review.figures["under_way"]) == (1, 0)
    workflow.perform(source, "apply", by=district.staff, on=date(2017, 2, 26))
    save_review(district.rural, FEBRUARY, answers(score=82), by=district.branch, seen=1)
    review.refresh_from_db()
    assert (review.figures["sources"], review.score, review.version) == (1, 82, 2)
    save_review(district.rural, FEBRUARY, answers(held_on=date(2017, 2, 26)), by=district.branch, seen=2)
    review.refresh_from_db()
    assert (review.figures["sources"], review.figures["under_way"]) == (0, 1)


@pytest.mark.parametrize("what", ["class", "procedure", "removal"])
def test_a_proposal_goes_to_the_dossier_with_the_number_of_the_resolution(district, source, what):
    said = answers(people={source: (what, "đi làm xa lâu ngày")}, number="03-NQ/CB")
    review = save_review(district.rural, FEBRUARY, said, by=district.branch)
    row = Dossier.objects.get()
    assert (row.proposal, row.proposed_on) == (what, date(2017, 2, 25))
    event = Event.objects.get(action="propose_source")
    assert event.facts["number"] == "03-NQ/CB"
    assert review.people.get().proposal == what
    assert district.rural.documents.filter(number="03-NQ/CB").exists()


def test_who_is_kept_has_no_event(district, source):
    events = Event.objects.count()
    save_review(district.rural, FEBRUARY, answers(people={source: ("", "")}), by=district.branch)
    assert Event.objects.count() == events
    assert Review.objects.get().people.get().proposal == ""


def test_a_removal_needs_a_reason_and_nothing_is_written_without(district, source):
    said = answers(people={source: ("removal", " ")}, number="03-NQ/CB")
    assert set(refused(district, said).message_dict) == {f"reason-{source.pk}"}
    assert not Review.objects.exists() and Dossier.objects.get().proposal == ""


def test_a_proposal_needs_the_number_of_a_resolution(district, source):
    assert set(refused(district, answers(people={source: ("class", "")})).message_dict) == {"number"}


def test_a_number_used_on_another_day_is_refused_at_its_field(district, source):
    said = answers(people={source: ("class", "")}, number="14-NQ/CB")
    factories.reach(factories.dossier(district.rural, district.staff), "resolved", district.staff)
    assert set(refused(district, said).message_dict) == {"number"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"held_on": date(2017, 2, 28)}, "held_on"),
        ({"held_on": date(2017, 1, 31)}, "held_on"),
        ({"present": 15}, "present"),
        ({"score": 101}, "score"),
        ({"assessment": "x"}, "assessment"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(district, said, field):
    assert set(refused(district, answers(**said)).message_dict) == {field}


def test_no_difficulty_goes_with_no_other(district, far_away):
    both = [far_away, Difficulty.objects.get(nothing=True)]
    assert set(refused(district, answers(difficulties=both)).message_dict) == {"difficulties"}


def test_tasks_are_asked_for_and_given(district, january):
    given = Given(key="given-0", what="Cử 1 người học lớp", who="Lượng", before=date(2017, 3, 20))
    review = save_review(district.rural, FEBRUARY, answers(given=[given]), by=district.branch)
    task = Task.objects.get()
    assert (task.review, task.unit, task.state) == (review, district.rural, "open")
    march = month_of(date(2017, 3, 1))
    with override_settings(TODAY=date(2017, 3, 27)):
        said = answers(held_on=date(2017, 3, 25), tasks={task: "done"})
        save_review(district.rural, march, said, by=district.branch)
    task.refresh_from_db()
    assert (task.state, task.done_on, task.reports.get().review.first) == (
        "done",
        date(2017, 3, 25),
        march.first,
    )


def test_a_task_given_may_be_put_otherwise_or_taken_back(district):
    facts = {"who": "Lượng", "before": date(2017, 3, 20)}
    said = answers(given=[Given(key="given-0", what="Cử học lớp", **facts)])
    save_review(district.rural, FEBRUARY, said, by=district.branch)
    task = Task.objects.get()
    said = answers(given=[Given(key="given-1", what="Cử 2 người học lớp", task=task, **facts)])
    save_review(district.rural, FEBRUARY, said, by=district.branch, seen=1)
    assert Task.objects.get().what == "Cử 2 người học lớp"
    said = answers(given=[Given(key="given-1", what="", task=task, **facts)])
    save_review(district.rural, FEBRUARY, said, by=district.branch, seen=2)
    assert not Task.objects.exists()


def test_a_task_without_who_is_refused_at_its_line(district):
    said = answers(given=[Given(key="given-new0", what="Họp", who="", before=date(2017, 3, 20))])
    assert set(refused(district, said).message_dict) == {"given-new0-who"}


def test_a_form_that_was_read_before_somebody_saved_is_stale(district):
    save_review(district.rural, FEBRUARY, answers(), by=district.branch)
    with pytest.raises(Stale):
        save_review(district.rural, FEBRUARY, answers(score=90), by=district.branch, seen=0)


def test_saving_is_logged(district, january):
    assert "Rà soát tháng 1/2017" in Activity.objects.get(action="setting").subject


def test_only_the_branch_or_a_level_above_writes(district):
    far = factories.user("xa-khac", Role.COMMUNE_COMMITTEE, district.other)
    for user in (far, district.leader, district.admin):
        with pytest.raises(PermissionDenied):
            save_review(district.rural, FEBRUARY, answers(), by=user)
    with pytest.raises(PermissionDenied):
        save_review(district.home, FEBRUARY, answers(), by=district.commune)


# Its deadline


def test_after_the_deadline_the_level_above_reopens_it_with_a_reason(district):
    save_review(district.rural, FEBRUARY, answers(), by=district.branch)
    with override_settings(TODAY=date(2017, 3, 1)):
        refusal = refused(district, answers(score=80), seen=1)
        assert "28/02/2017" in refusal.messages[0]
        review = Review.objects.get()
        with pytest.raises(PermissionDenied):
            reviews.reopen_review(review, until=date(2017, 3, 3), reason="ghi nhầm", by=district.branch)
        with pytest.raises(Refused):
            reviews.reopen_review(review, until=date(2017, 2, 28), reason=" ", by=district.commune)
        reviews.reopen_review(review, until=date(2017, 3, 3), reason="ghi nhầm điểm", by=district.commune)
        save_review(district.rural, FEBRUARY, answers(score=80), by=district.branch, seen=1)
    review.refresh_from_db()
    assert (review.score, review.reopened_why, review.reopened_by) == (80, "ghi nhầm điểm", district.commune)
    with override_settings(TODAY=date(2017, 3, 4)):
        refused(district, answers(score=81), seen=2)


def test_a_review_that_was_missed_is_still_sent_and_counts_as_late(district, january):
    assert reviews.was_late(january)
    assert reviews.is_open(january), "the day it was saved"
    february = save_review(district.rural, FEBRUARY, answers(), by=district.branch)
    assert not reviews.was_late(february)


@override_settings(REVIEW_DEADLINE_DAYS=5)
def test_the_deadline_is_a_setting():
    assert FEBRUARY.deadline == date(2017, 3, 5)


def test_an_address_names_a_month_or_a_quarter():
    assert parse_review_period("2017-02") == FEBRUARY
    quarter = parse_review_period("2017-q1")
    assert (quarter, quarter.last, quarter.code) == (
        review_quarter_of(date(2017, 2, 3)),
        date(2017, 3, 31),
        "2017-q1",
    )
    assert [str(month) for month in quarter.months] == ["tháng 1/2017", "tháng 2/2017", "tháng 3/2017"]
    assert parse_review_period("2017-13") is parse_review_period("x") is None


# The level above


def test_the_level_above_scores_the_meeting(district, january):
    reviews.score_review(january, 85, by=district.commune)
    january.refresh_from_db()
    assert (january.score_above, january.scored_by) == (85, district.commune)
    with pytest.raises(Refused):
        reviews.score_review(january, 101, by=district.commune)
    with pytest.raises(PermissionDenied):
        reviews.score_review(january, 85, by=district.branch)


def test_branches_without_a_review_are_reminded_once_a_day(district, january):
    units = [district.rural, district.school]
    assert [row.unit for row in reviews.remind_branches(units, JANUARY, by=district.commune)] == [
        district.school
    ]
    assert reviews.remind_branches(units, JANUARY, by=district.commune) == []
    with pytest.raises(PermissionDenied):
        reviews.remind_branches([district.far], JANUARY, by=district.commune)
    assert ReviewReminder.objects.count() == 1


def test_the_reviews_of_a_unit_that_ended_stay_with_it(district, january):
    heir = factories.unit(district.home, Tier.BRANCH, Kind.STREET, "Một", valid_from=date(2017, 2, 1))
    facts = {"old": district.rural, "heirs": (heir,), "on": date(2017, 2, 1), "basis": "QĐ 1, 20/01/2017"}
    hand_over_unit(HandOver(**facts), by=district.admin)
    january.refresh_from_db()
    assert january.unit == district.rural
    with pytest.raises(Refused, match="đã kết thúc"):
        save_review(district.rural, FEBRUARY, answers(), by=district.staff)
