"""A dossier put together again from its events is the dossier, whatever was done to it."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier, Paper, Vote
from admissions.states import State
from admissions.workflow.replay import replay
from tests import factories
from tests.admissions.histories import all_of, live_through
from tests.examples import PropertyTestCase, examples
from tests.factories import reach


def replayed(row):
    """All that a dossier is after its events were applied once more."""
    again = Dossier.objects.get(pk=row.pk)
    with transaction.atomic():
        replay(again, again.events.all())
        Dossier.objects.filter(pk=again.pk).update(
            **{f.attname: getattr(again, f.attname) for f in Dossier._meta.concrete_fields if f.name != "id"}
        )
        result = all_of(again)
        transaction.set_rollback(True)
    return result


class Histories(PropertyTestCase):
    @settings(max_examples=examples(60), deadline=None)
    @given(seed=st.integers(0, 10**6))
    def test_any_history_gives_the_same_dossier_again(self, seed):
        place = self.begin()
        row = live_through(place, random.Random(seed))
        assert replayed(row) == all_of(row)


@pytest.mark.django_db
@pytest.mark.parametrize("told", [0, 1, 3])
def test_a_history_of_an_old_register_whose_events_keep_no_changes_gives_it_too(district, told):
    row = reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)
    before = all_of(row)
    events = list(row.events.all())
    for event in events[: len(events) - told]:
        event.changes = {}
    again = Dossier.objects.get(pk=row.pk)
    with transaction.atomic():
        replay(again, events)
        assert {name: getattr(again, name) for name in before["columns"]} == before["columns"]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_an_old_move_before_any_resolution_cannot_be_rewound_and_says_so(district):
    row = factories.dossier(district.rural, district.staff)
    facts = {"number": "1-CN/ĐU", "branch": district.school, "helper": "Lê Văn An"}
    workflow.perform(row, "move", by=district.staff, on=date(2016, 5, 1), **facts)
    for event in (events := list(row.events.all())):
        event.changes = {}
    with pytest.raises(Refused, match="Sổ cũ không ghi hồ sơ ở chi bộ nào trước ngày chuyển 01/05/2016"):
        replay(Dossier.objects.get(pk=row.pk), events)


@pytest.mark.django_db
def test_the_rows_of_the_votes_stay_the_same_rows(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    before = list(Vote.objects.filter(dossier=row).order_by("pk").values())
    replay(Dossier.objects.get(pk=row.pk), row.events.all())
    assert list(Vote.objects.filter(dossier=row).order_by("pk").values()) == before


@pytest.mark.django_db
def test_papers_that_no_act_brings_are_left_alone(district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    Paper.objects.filter(dossier=row, code="2-KND").update(number="7", note="tủ 2")
    Paper.objects.filter(dossier=row, code="9-KND").update(note="bản gốc ở tủ 3")
    replay(Dossier.objects.get(pk=row.pk), row.events.all())
    kept = {paper.code: paper for paper in row.papers.all()}
    assert (kept["2-KND"].number, kept["2-KND"].note) == ("7", "tủ 2")
    assert (kept["9-KND"].number, kept["9-KND"].note) == ("31-QĐ/HU", "bản gốc ở tủ 3")
    assert kept["9-KND"].dated_on == date(2017, 1, 10) + timedelta()
