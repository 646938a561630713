from datetime import date

import pytest

from admissions.models import Candidate, Dossier, PriorityGroup
from admissions.sources.groups import RULES, facts_of_groups, groups_of
from admissions.sources.listing import list_people
from tests import factories

pytestmark = pytest.mark.django_db


def names(person):
    return {row.name for row in groups_of(person, PriorityGroup.objects.filter(active=True))}


def test_every_rule_that_a_group_may_follow_is_known():
    assert set(RULES) == set(dict(PriorityGroup._meta.get_field("rule").choices))


def test_a_person_is_in_every_group_whose_fact_holds():
    assert names(factories.candidate(in_youth_union=True)) == {"Sản xuất", "Phụ nữ", "Thanh niên"}
    assert names(factories.candidate(sex="male", occupation="student", demobilised=True)) == {
        "Học sinh, sinh viên",
        "Xuất ngũ",
    }


def test_a_group_without_a_fact_is_ticked_on_the_person(district):
    person = factories.dossier(district.rural, district.staff).candidate
    person.ticked = [PriorityGroup.objects.get(name="Sắp nhập ngũ")]
    person.save()
    assert names(Candidate.objects.get(pk=person.pk)) == {"Sản xuất", "Phụ nữ", "Sắp nhập ngũ"}


def test_a_person_saved_without_ticks_keeps_those_there_are(district):
    person = factories.dossier(district.rural, district.staff).candidate
    person.groups.add(PriorityGroup.objects.get(name="Sắp nhập ngũ"))
    Candidate.objects.get(pk=person.pk).save()
    assert person.groups.count() == 1


def test_a_group_no_longer_in_use_is_not_counted(district):
    PriorityGroup.objects.filter(name="Phụ nữ").update(active=False)
    assert names(factories.candidate()) == {"Sản xuất"}


def test_whom_a_decision_admitted_is_in_the_groups_that_it_fixed_on_earlier_days_too(district):
    row = factories.admitted(district.rural, district.staff, in_youth_union=True)
    Candidate.objects.filter(pk=row.candidate_id).update(in_youth_union=False, occupation="state_official")
    (found,) = list_people(district.staff, district.root, date(2016, 8, 20))
    assert {group.name for group in found.groups} == {"Sản xuất", "Phụ nữ", "Thanh niên"}
    assert found.groups == groups_of(row.candidate, found.groups, facts_of_groups(row))
    still = factories.dossier(district.rural, district.staff, person=factories.candidate(full_name="Lê An"))
    Candidate.objects.filter(pk=still.candidate_id).update(in_youth_union=True)
    still = Dossier.objects.select_related("candidate").get(pk=still.pk)
    assert facts_of_groups(still) == still.candidate
