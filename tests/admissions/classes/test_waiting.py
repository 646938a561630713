"""Who waits for a class."""

from datetime import date

import pytest

from admissions import classes, procedure, workflow
from admissions.choices import ClassStep
from admissions.classes.waiting import list_expired, list_waiting, weigh_queue
from tests.classes_held import LAST, send, source

DAY = date(2017, 2, 27)


def waiting(user):
    return [row.candidate.full_name for row in list_waiting(user, DAY).select_related("candidate")]


def test_who_was_sent_and_has_no_certificate_waits_and_each_sees_their_own(district, sources):
    source(district.rural, district.staff, "Bùi Thị Chưa")
    assert waiting(district.staff) == ["Bùi Thị An", "Bùi Thị Bích", "Lê Văn Chung"]
    assert waiting(district.commune) == ["Bùi Thị An", "Bùi Thị Bích"]


def test_a_place_in_a_class_ends_the_wait_and_missing_it_begins_it_again(district, course, approved):
    assert waiting(district.staff) == []
    rows = [classes.Presence(row, n) for row, n in zip(approved, (5, 0, 5), strict=True)]
    classes.record_attendance(course, rows, by=district.staff, on=LAST)
    assert waiting(district.staff) == ["Bùi Thị Bích"]
    rows = [
        classes.Assessment(approved[0], ClassStep.PASSED, "good"),
        classes.Assessment(approved[2], ClassStep.FAILED, reason="không nộp bài"),
    ]
    classes.record_results(course, rows, by=district.staff, on=date(2017, 2, 15))
    assert waiting(district.staff) == ["Bùi Thị Bích", "Lê Văn Chung"], (
        "who passed waits for a signature only"
    )


def test_a_nomination_that_nobody_answered_holds_no_place_once_the_class_is_over(district, nominated):
    assert len(waiting(district.staff)) == 3
    assert not list_waiting(district.staff, date(2017, 2, 1)).exists()


def test_after_sixty_months_a_person_waits_when_sent_again(district, course):
    row = source(district.rural, district.staff, "Bùi Thị Lại", listed_on=date(2011, 1, 5))
    send(row, district.staff, date(2011, 3, 1))
    old = {"had": True, "number": "7/2011", "dated_on": date(2011, 6, 1), "note": ""}
    workflow.record_papers(row, {procedure.CERTIFICATE: old}, by=district.staff)
    assert waiting(district.staff) == []
    assert list(list_expired(district.staff, DAY)) == [row]
    send(row, district.staff, date(2017, 1, 9))
    assert waiting(district.staff) == ["Bùi Thị Lại"]
    assert not list_expired(district.staff, DAY).exists()


@pytest.mark.parametrize(("least", "enough"), [(3, True), (4, False)])
def test_the_queue_is_weighed_against_the_settings(district, course, sources, settings, least, enough):
    settings.CLASS_SIZE_LEAST = least
    long = source(district.far, district.staff, "Lê Văn Lâu")
    workflow.perform(long, "apply", by=district.staff, on=date(2015, 6, 1))
    type(long).objects.filter(pk=long.pk).update(class_agreed_on=date(2016, 8, 26))
    type(long).objects.filter(pk=sources[0].pk).update(class_agreed_on=None)
    queue = weigh_queue(district.staff, DAY)
    assert (queue.number, queue.under_way, queue.long) == (3, 1, 1)
    assert (queue.enough, queue.first, queue.due) == (enough, long, date(2017, 5, 6))
