from datetime import date

import pytest

from admissions import workflow
from admissions.models import Dossier
from admissions.sources import listing
from admissions.states import State
from notation.dates import today
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db
CLASS = {"what": "class", "number": "03-NQ/CB"}


def names(user, unit, day):
    return [person.dossier.pk for person in listing.list_people(user, unit, day)]


def test_on_the_list_from_the_day_of_the_listing_until_the_decision(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    days = {
        date(2015, 3, 11): [],
        date(2015, 3, 12): [row.pk],
        date(2017, 1, 9): [row.pk],
        date(2017, 1, 10): [],
    }
    assert {day: names(district.staff, district.home, day) for day in days} == days
    assert names(district.staff, district.home, today()) == []


def test_under_way_from_the_day_of_the_application(district):
    reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    for day, under_way in ((date(2016, 8, 14), False), (date(2016, 8, 15), True), (today(), True)):
        assert [one.under_way for one in listing.list_people(district.staff, district.home, day)] == [
            under_way
        ]


def test_todays_list_is_what_the_states_say(district):
    listed = factories.dossier(district.rural, district.staff)
    going = reach(factories.dossier(district.school, district.staff), State.APPRAISAL, district.staff)
    factories.admitted(district.rural, district.staff)
    people = listing.list_people(district.staff, district.root, today())
    assert {one.dossier.pk: one.under_way for one in people} == {listed.pk: False, going.pk: True}


def test_off_the_list_and_on_it_again_each_day_has_its_own(district):
    row = factories.dossier(district.rural, district.staff)
    workflow.perform(row, "withdraw", by=district.staff, on=date(2016, 5, 20), reason="chuyển đi")
    workflow.perform(row, "relist", by=district.staff, on=date(2017, 2, 6))
    days = {
        date(2016, 5, 19): [row.pk],
        date(2016, 5, 20): [],
        date(2017, 2, 5): [],
        date(2017, 2, 6): [row.pk],
    }
    assert {day: names(district.staff, district.home, day) for day in days} == days


def test_an_act_that_was_taken_back_leaves_the_list_as_it_was(district):
    row = factories.dossier(district.rural, district.staff)
    workflow.perform(row, "withdraw", by=district.staff, on=date(2016, 5, 20), reason="chuyển đi")
    workflow.take_back(row, by=district.staff, no=row.event_count)
    assert names(district.staff, district.home, date(2016, 12, 31)) == [row.pk]


def test_before_a_move_the_person_was_on_the_list_of_the_former_branch(district):
    row = factories.dossier(district.rural, district.staff)
    workflow.perform(
        row, "move", by=district.staff, on=date(2016, 5, 4), branch=district.school, helper="Phạm Thị Mới"
    )
    before, after = date(2016, 5, 3), date(2016, 5, 4)
    assert (
        names(district.staff, district.rural, before)
        == names(district.staff, district.school, after)
        == [row.pk]
    )
    assert (
        names(district.staff, district.rural, after) == names(district.staff, district.school, before) == []
    )


def test_whoever_went_to_another_commune_is_shown_there_alone(district):
    row = factories.dossier(district.rural, district.staff)
    workflow.perform(
        row, "move", by=district.staff, on=date(2016, 5, 4), branch=district.far, helper="Phạm Thị Mới"
    )
    before = date(2016, 5, 3)
    assert names(district.commune, district.home, before) == []
    assert names(district.staff, district.home, before) == [row.pk]


def test_a_commune_sees_nobody_of_another(district):
    factories.dossier(district.far, district.staff)
    assert names(district.commune, district.root, today()) == []


def test_waiting_for_the_class_from_the_agreement_to_the_certificate(district):
    row = factories.dossier(district.rural, district.staff)
    assert listing.course_of(row, today()).key == listing.NOT_SENT
    workflow.perform(row, "propose_source", by=district.staff, on=date(2017, 1, 5), **CLASS)
    workflow.perform(row, "agree_proposal", by=district.staff, on=date(2017, 1, 12))
    assert listing.course_of(row, date(2017, 1, 11)).key == listing.NOT_SENT
    assert listing.course_of(row, date(2017, 1, 12)).key == listing.AGREED
    assert listing.course_of(row, today(), "Học khóa I/2017, chờ GCN").key == listing.LEARNING


@pytest.mark.parametrize(
    ("certified", "key"),
    [
        (date(2016, 10, 24), listing.CERTIFIED),
        (date(2012, 5, 18), listing.EXPIRING),
        (date(2011, 5, 18), listing.EXPIRED),
    ],
)
def test_a_certificate_counts_for_its_months(district, certified, key):
    row = factories.dossier(district.rural, district.staff, listed_on=date(2011, 1, 4))
    Dossier.objects.filter(pk=row.pk).update(certified_on=certified)
    row.refresh_from_db()
    assert listing.course_of(row, today()).key == key


def test_a_certificate_has_done_its_service_once_the_branch_has_resolved(district):
    row = reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    Dossier.objects.filter(pk=row.pk).update(certified_on=date(2011, 5, 18))
    row.refresh_from_db()
    assert listing.course_of(row, today()).key == listing.CERTIFIED
