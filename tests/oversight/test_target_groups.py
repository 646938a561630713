"""The people behind a sub-target: by frozen facts once admitted, by today's before."""

from datetime import date

import pytest

from admissions.catalogues.groups import rename_group
from admissions.models import PriorityGroup
from admissions.states import State
from oversight.target_groups import ALL, GROUPS, list_admitted, list_listed, list_under_way
from reports import periods
from tests import factories

pytestmark = pytest.mark.django_db
YEAR, TODAY = periods.year_period(2017), date(2017, 2, 27)


def test_one_person_counts_in_every_group_that_they_belong_to(district):
    factories.admitted(district.rural, district.staff, sex="female", in_youth_union=True)
    counted = {key for key, group in GROUPS.items() if list_admitted(district.root, YEAR, group).exists()}
    assert counted == {"rural", "women", "youth", "farmers"}


def test_the_groups_of_those_on_the_way_are_told_by_what_is_known_today(district):
    factories.dossier(district.rural, district.staff)
    person = factories.candidate(sex="male", occupation="pupil", citizen_id="135746902")
    row = factories.dossier(district.school, district.staff, person=person)
    factories.reach(row, State.PREPARING, district.staff)
    assert list_listed(district.root, TODAY, GROUPS["women"]).count() == 1
    assert list_under_way(district.root, TODAY, GROUPS["women"]).count() == 0
    assert list_under_way(district.root, TODAY, GROUPS["learners"]).get() == row


def test_a_firm_is_told_by_its_kind(district):
    factories.dossier(district.firm, district.staff)
    assert list_listed(district.root, TODAY, GROUPS["private-firms"]).count() == 1
    assert list_listed(district.home, TODAY, GROUPS["private-firms"]).count() == 0


def test_an_earlier_day_knows_who_was_on_the_way_then(district):
    factories.admitted(district.rural, district.staff)  # applied on 15/08/2016, decided on 10/01/2017
    assert list_listed(district.root, date(2016, 8, 14), ALL).count() == 1
    assert list_under_way(district.root, date(2016, 8, 15), ALL).count() == 1
    assert list_under_way(district.root, date(2017, 1, 10), ALL).count() == 0
    assert list_under_way(district.root, TODAY, ALL).count() == 0


def test_recruits_are_those_ticked_whatever_their_group_is_called(district):
    person = factories.candidate(sex="male", citizen_id="135746903")
    listed = factories.dossier(district.rural, district.staff, person=person)
    admitted = factories.admitted(district.rural, district.staff, full_name="Vũ Văn Quân")
    group = PriorityGroup.objects.get(name="Sắp nhập ngũ")
    rename_group(group, "Tuyển quân 2017", by=district.admin)
    for row in (listed, admitted):
        row.candidate.groups.add(group)
    assert list_listed(district.root, TODAY, GROUPS["recruits"]).get() == listed
    assert list_admitted(district.root, YEAR, GROUPS["recruits"]).get() == admitted
    assert list_under_way(district.root, TODAY, GROUPS["recruits"]).count() == 0
