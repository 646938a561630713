"""A forecast reads events as corrected, and without those that were taken back."""

from datetime import date

import pytest
from django.db.models import Q

from admissions import workflow
from admissions.models import Dossier
from admissions.states import State
from reports.forecast.told import changes_of_state, corrected_dossiers, count_acts
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db


def test_a_corrected_day_counts_where_it_is_right(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    factories.admitted(district.school, district.staff, on=date(2017, 1, 11))
    assert decisions(date(2017, 1, 10), date(2017, 1, 11)) == 2
    draft = workflow.draft_correction(
        Dossier.objects.get(pk=row.pk),
        workflow.find_act(row, row.events.get(action="decide").no),
        {"on": date(2017, 1, 9)},
    )
    workflow.agree_correction(
        workflow.ask_correction(draft, by=district.staff, reason="đọc nhầm"), by=district.leader
    )
    assert corrected_dossiers() == [row.pk]
    assert (
        decisions(date(2017, 1, 10), date(2017, 1, 11)),
        decisions(date(2017, 1, 1), date(2017, 1, 9)),
    ) == (1, 1)
    days = [on for pk, action, _state, on in changes_of_state(date(2017, 1, 9), Q()) if action == "decide"]
    assert days == [date(2017, 1, 9)]


def test_a_corrected_annulment_leaves_out_from_its_right_day(district):
    row = factories.admitted(district.rural, district.staff)
    facts = {"kind": "criteria", "number": "40-QĐ/HU", "reason": "sai tiêu chuẩn"}
    workflow.perform(row, "annul", by=district.leader, on=date(2017, 2, 20), **facts)
    draft = workflow.draft_correction(
        Dossier.objects.get(pk=row.pk),
        workflow.find_act(row, row.version),
        {"on": date(2017, 2, 10)},
    )
    other = factories.user("truong-ban", "board_leader", district.root)
    workflow.agree_correction(workflow.ask_correction(draft, by=district.leader, reason="đọc nhầm"), by=other)
    first, last = date(2017, 1, 1), date(2017, 1, 31)
    assert count_acts("decide", first, last, Q(), unless="annul", until=date(2017, 2, 9)) == 1
    assert count_acts("decide", first, last, Q(), unless="annul", until=date(2017, 2, 10)) == 0


def decisions(first, last):
    return count_acts("decide", first, last, Q())


def test_what_was_taken_back_was_not_done(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    workflow.take_back(Dossier.objects.get(pk=row.pk), by=district.staff, no=row.version)
    assert decisions(date(2010, 1, 1), date(2017, 2, 27)) == 0
    states = [state for _pk, _action, state, _on in changes_of_state(date(2017, 2, 27), Q())]
    assert states[-1] == State.AWAITING
