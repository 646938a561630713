"""A forecast reads events as corrected, and without those that were taken back."""

from datetime import date

import pytest
from django.db.models import Q

from admissions import workflow
from admissions.models import Dossier
from admissions.states import State
from reports.forecast.told import acts_done, changes_of_state
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db


def test_a_corrected_day_counts_where_it_is_right(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    other = factories.admitted(district.school, district.staff, on=date(2017, 1, 11))
    assert sorted(acts_done("decide", date(2017, 1, 10), date(2017, 1, 11))) == sorted([row.pk, other.pk])
    draft = workflow.draft_correction(
        Dossier.objects.get(pk=row.pk),
        workflow.find_act(row, row.events.get(action="decide").no),
        {"on": date(2017, 1, 9)},
    )
    workflow.agree_correction(
        workflow.ask_correction(draft, by=district.staff, reason="đọc nhầm"), by=district.leader
    )
    assert acts_done("decide", date(2017, 1, 10), date(2017, 1, 11)) == [other.pk]
    assert acts_done("decide", None, date(2017, 1, 9)) == [row.pk]
    days = [on for pk, action, _state, on in changes_of_state(date(2017, 1, 9), Q()) if action == "decide"]
    assert days == [date(2017, 1, 9)]


def test_what_was_taken_back_was_not_done(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    workflow.take_back(Dossier.objects.get(pk=row.pk), by=district.staff, no=row.version)
    assert acts_done("decide", None, date(2017, 2, 27)) == []
    states = [state for _pk, _action, state, _on in changes_of_state(date(2017, 2, 27), Q())]
    assert states[-1] == State.AWAITING
