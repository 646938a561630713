from datetime import date

import pytest

from admissions import workflow
from admissions.sources import remarks
from admissions.states import State
from notation.dates import today
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db


def remark(district, row, on, helper="Nguyễn Văn Thực"):
    workflow.perform(row, "remark_helper", by=district.staff, on=on, helper=helper, text="chăm chỉ")


def lacking(district, day=None):
    rows = remarks.list_helped(district.staff, district.root)
    return [row.dossier.pk for row in rows if row.lacks_remark(day or today())]


def test_the_period_is_the_quarter_unless_set_otherwise(settings):
    assert remarks.remark_period(date(2017, 2, 27)) == (date(2017, 1, 1), date(2017, 3, 31))
    settings.HELPER_REMARK_MONTHS = 6
    assert remarks.remark_period(date(2017, 8, 1)) == (date(2017, 7, 1), date(2017, 12, 31))
    settings.HELPER_REMARK_MONTHS = 5
    assert remarks.remark_period(date(2017, 12, 1)) == (date(2017, 11, 1), date(2017, 12, 31))


def test_a_remark_is_missing_until_there_is_one_in_the_period(district):
    row = factories.dossier(district.rural, district.staff)
    remark(district, row, date(2016, 12, 20))
    assert lacking(district) == [row.pk]
    remark(district, row, date(2017, 2, 20))
    assert lacking(district) == []


def test_none_is_asked_of_who_was_listed_in_the_last_month_or_where_the_setting_is_0(district, settings):
    factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 20))
    assert lacking(district, date(2017, 2, 27)) != []
    settings.HELPER_REMARK_MONTHS = 1
    assert lacking(district, date(2017, 2, 27)) == []
    settings.HELPER_REMARK_MONTHS = 0
    assert lacking(district, date(2017, 8, 1)) == []


def test_members_on_probation_are_helped_too_and_officials_no_longer(district):
    row = reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)
    factories.admitted(district.far, district.staff)
    helped = remarks.list_helped(district.commune, district.home)
    assert [one.dossier.pk for one in helped] == [row.pk]


def test_a_helper_is_one_name_in_one_base_organisation(district, settings):
    settings.HELPER_LOAD = 1
    for branch in (district.rural, district.school, district.far):
        factories.dossier(branch, district.staff)
    helpers = remarks.list_helpers(district.staff, remarks.list_helped(district.staff, district.root))
    assert [(len(row.helped), row.unit, row.overloaded) for row in helpers] == [
        (2, district.home, True),
        (1, district.other, False),
    ]


def test_a_helper_who_bears_the_name_of_a_member_who_left_is_pointed_out(district):
    person = factories.candidate(full_name="Nguyễn Văn Thực")
    others = {"helper": "Lê Văn Toản", "second_introducer": "Phạm Văn Khác"}
    row = factories.dossier(district.rural, district.staff, person=person, **others)
    gone = reach(row, State.PROBATIONARY, district.staff)
    workflow.perform(
        gone, "transfer", by=district.staff, on=date(2017, 2, 20), to="huyện khác", number="2-CV/HU"
    )
    factories.dossier(district.school, district.staff)
    factories.dossier(district.far, district.staff)
    helpers = remarks.list_helpers(district.staff, remarks.list_helped(district.staff, district.root))
    assert {row.unit: row.gone for row in helpers} == {district.home: [gone], district.other: []}
