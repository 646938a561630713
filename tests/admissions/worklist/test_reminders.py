"""Limits that come up or have passed, for one person."""

from datetime import date

import pytest

from admissions.worklist import reminders

pytestmark = pytest.mark.django_db

TODAY = date(2017, 2, 27)


def told(rows):
    return [(row.dossier, row.limit, row.stage) for row in rows]


def test_overdue_and_near_limits_and_ending_probations_are_due(district, reminders_due):
    late, soon, ending, _waiting = reminders_due
    found = reminders.due_for(district.staff, TODAY)
    assert told(found) == [
        (late, "decision", "late"),
        (ending, "probation", "soon"),
        (soon, "decision", "soon"),
    ]
    assert [row.words for row in found] == ["quá 4 ngày làm việc", "còn 7 ngày", "còn 6 ngày làm việc"]


def test_a_post_is_reminded_of_its_own_units_only(district, reminders_due):
    late, _soon, ending, _waiting = reminders_due
    assert [row.dossier for row in reminders.due_for(district.commune, TODAY)] == [late, ending]
    assert [row.dossier for row in reminders.due_for(district.branch, TODAY)] == [late]


def test_the_questions_do_not_grow_with_the_dossiers(district, reminders_due, django_assert_num_queries):
    district.staff.current_posts  # noqa: B018 - asked for once a request
    with django_assert_num_queries(3):
        assert len(reminders.upcoming_limits(district.staff, TODAY)) == 5
