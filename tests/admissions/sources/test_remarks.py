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


# Helpers who are members of the register and no longer there

OTHERS = {"helper": "Lê Văn Toản", "second_introducer": "Phạm Văn Khác"}


def member(district, state=State.PROBATIONARY, name="Nguyễn Văn Thực", **days):
    person = factories.candidate(full_name=name)
    row = factories.dossier(district.rural, district.staff, person=person, **OTHERS)
    return reach(row, state, district.staff, **days)


def gone_of(district, user=None):
    user = user or district.staff
    helpers = remarks.list_helpers(user, remarks.list_helped(user, district.root))
    return {
        (row.unit, row.name): [(one.dossier, one.words) for one in row.gone]
        for row in helpers
        if row.name == "Nguyễn Văn Thực"
    }


def act(row, action, district, **facts):
    workflow.perform(row, action, by=district.staff, on=date(2017, 2, 20), **facts)


ENDS = [
    ("transfer", {"to": "huyện khác", "number": "2-CV/HU"}, "Đã chuyển đi"),
    ("died", {}, "Đã mất"),
    (
        "leave",
        {"how": "expelled", "number": "33-QĐ/HU", "reason": "vi phạm"},
        "Không còn là đảng viên",
    ),
]


@pytest.mark.parametrize(("action", "facts", "words"), ENDS)
def test_a_helper_who_is_a_member_who_left_died_or_was_expelled_is_pointed_out(
    district, action, facts, words
):
    gone = member(district)
    act(gone, action, district, **facts)
    factories.dossier(district.school, district.staff)
    factories.dossier(district.far, district.staff)
    assert gone_of(district) == {
        (district.home, "Nguyễn Văn Thực"): [(gone, words)],
        (district.other, "Nguyễn Văn Thực"): [],
    }


def test_a_helper_whose_dossier_moved_to_another_commune_is_pointed_out_without_a_way_into_it(district):
    moved = member(district)
    factories.dossier(district.school, district.staff)
    assert gone_of(district) == {(district.home, "Nguyễn Văn Thực"): []}
    act(moved, "move", district, branch=district.far, helper="Lê Văn Xa", number="5-CV/HU")
    found = gone_of(district, district.commune)
    assert found == {(district.home, "Nguyễn Văn Thực"): [(moved, f"đã chuyển đến {district.other.title}")]}
    commune = remarks.list_helpers(district.commune, remarks.list_helped(district.commune, district.home))
    assert [moved.pk in row.visible for row in commune] == [False]
    staff = remarks.list_helpers(district.staff, remarks.list_helped(district.staff, district.home))
    assert [moved.pk in row.visible for row in staff] == [True]


def test_one_who_moved_to_another_branch_of_the_commune_no_longer_helps_in_the_old(district):
    moved = member(district)
    factories.dossier(district.rural, district.staff)
    act(moved, "move", district, branch=district.school, helper="Lê Văn Xa", number="5-CV/HU")
    assert gone_of(district) == {
        (district.home, "Nguyễn Văn Thực"): [(moved, f"đã chuyển sang {district.school.title}")]
    }


def test_a_namesake_who_left_before_the_helper_was_assigned_is_somebody_else(district):
    gone = member(district)
    act(gone, "died", district)
    factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 22))
    assert gone_of(district) == {(district.home, "Nguyễn Văn Thực"): []}


def test_a_member_whose_decision_was_annulled_is_no_helper(district):
    row = member(district, State.DECIDED)
    facts = {"kind": "criteria", "number": "34-QĐ/HU", "reason": "khai man"}
    workflow.perform(row, "annul", by=district.leader, on=date(2017, 2, 20), **facts)
    factories.dossier(district.rural, district.staff)
    assert gone_of(district) == {(district.home, "Nguyễn Văn Thực"): [(row, str(row.state_words))]}
