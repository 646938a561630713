"""A fact of an admission is one column and one row; the rest follows."""

from datetime import date

import pytest
from django.db import models

from admissions.models import AdmissionFacts, Dossier
from admissions.models.admission_facts import (
    DATES,
    LATER,
    READ_FROM,
    PrintedFacts,
    all_or_none,
    fact_names,
)
from reports.closing.adjustments import cell_label
from reports.exports import detail_list
from reports.models import ClosedAdmission
from tests import factories


class WiderFacts(AdmissionFacts):
    """The facts with a made-up one more."""

    admitted_left_handed = models.BooleanField("Thuận tay trái", null=True, editable=False)

    class Meta:
        abstract = True


def test_every_fact_is_read_from_somewhere():
    assert list(READ_FROM) == [*fact_names(), *fact_names(PrintedFacts)]


def test_every_fact_has_a_name_in_vietnamese():
    for name in fact_names():
        assert str(AdmissionFacts._meta.get_field(name).verbose_name) != name.replace("_", " "), name


def test_a_made_up_fact_gets_its_label_in_the_words_of_an_adjustment():
    assert cell_label("admitted_left_handed", WiderFacts) == "Thuận tay trái"
    assert cell_label("decided_on") == "Ngày quyết định"
    assert cell_label("admitted_branch_id") == "Chi bộ"


def test_a_made_up_fact_falls_under_the_check_of_all_or_none():
    assert fact_names(WiderFacts) == [*fact_names(), "admitted_left_handed"]
    for side, empty in zip(all_or_none(WiderFacts).children, (True, False), strict=True):
        assert ("admitted_left_handed__isnull", empty) in side.children


def test_a_fact_that_is_kept_since_later_may_lack_in_an_admission_of_before(district):
    row = factories.admitted(district.rural, district.staff)
    assert row.admitted_demobilised is False
    Dossier.objects.filter(pk=row.pk).update(admitted_demobilised=None)
    assert all(
        f"{name}__isnull" not in dict(side.children) for side in all_or_none().children for name in LATER
    )


def test_the_facts_kept_since_later_stand_last_as_the_fingerprint_has_them():
    assert tuple(fact_names()[-len(LATER) :]) == LATER


def test_the_check_of_the_database_is_that_of_the_facts():
    (check,) = (row for row in Dossier._meta.constraints if row.name == "admission_facts_all_or_none")
    assert check.condition == all_or_none()


def test_an_entry_of_a_closed_quarter_has_every_fact():
    facts = {field.name for field in AdmissionFacts._meta.local_fields}
    assert facts <= {field.name for field in ClosedAdmission._meta.local_fields}


def test_the_detail_list_shows_every_fact_that_is_not_left_out():
    shown = {fact.dossier for fact in detail_list.FACTS}
    assert {*fact_names(), *DATES} - {*detail_list.LEFT_OUT} <= shown
    assert not shown & {*detail_list.LEFT_OUT}


@pytest.mark.parametrize(
    ("born_on", "age"), [(date(1992, 1, 10), 25), (date(1992, 1, 11), 24), (date(1992, 2, 29), 24)]
)
def test_the_age_is_that_of_the_last_birthday_before_the_decision(born_on, age):
    dossier = Dossier(decided_on=date(2017, 1, 10))
    dossier.candidate = factories.Candidate(born_on=born_on)
    assert READ_FROM["admitted_age"](dossier) == age


def test_admission_freezes_what_the_person_and_the_branch_are_that_day(district):
    row = factories.admitted(district.rural, district.staff, in_youth_union=True)
    row.refresh_from_db()
    for column, read in READ_FROM.items():
        assert getattr(row, column) == read(row), column
    assert row.stands
    assert Dossier.objects.standing().get() == row
