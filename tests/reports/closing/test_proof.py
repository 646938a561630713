"""Closed figures and adjustments make the live ones."""

from datetime import date

import pytest

from admissions import workflow
from admissions.models import Dossier
from reports.closing import adjustments, proof
from reports.figures import recount
from tests import factories
from tests.closings import annul, frozen, holds

pytestmark = pytest.mark.django_db


def test_a_closing_is_proved_by_the_day_it_counted_by(shut, settings):
    annul(shut.rows[3], shut.leader)
    settings.COUNTED_BY = "ceremony"
    found = proof.prove_closing(shut.closing)
    assert found.holds and found.adjustments == 1, found


def test_who_comes_goes_or_dies_changes_no_closed_quarter(shut):
    """An arrival whose decision and ceremony fall into it, one of its admitted who dies, another who moves away."""
    before = frozen(shut.closing)
    first, second = shut.rows[:2]
    workflow.perform(Dossier.objects.get(pk=first.pk), "died", by=shut.staff, on=date(2017, 2, 20))
    away = {"to": "huyện Bình Xuyên", "number": "3-GT/HU"}
    workflow.perform(
        Dossier.objects.get(pk=second.pk), "transfer", by=shut.staff, on=date(2017, 2, 21), **away
    )
    arrival = workflow.Arrival(
        stage=workflow.Stage.DECIDED,
        on=date(2016, 11, 20),
        place="huyện Bình Xuyên",
        number="4-GT/HU",
        elsewhere_on=date(2016, 11, 10),
        elsewhere_number="9-QĐ/HU",
    )
    copied = ("branch", "introduction", "introducer", "second_introducer", "helper")
    row = Dossier(**{name: getattr(first, name) for name in copied})
    workflow.take_up_arrival(factories.candidate(), row, arrival, by=shut.staff)
    workflow.perform(row, "ceremony", by=shut.staff, on=date(2016, 12, 15))
    assert adjustments.adjustments_of(shut.closing) == []
    assert frozen(shut.closing) == before
    holds(shut.closing)
    assert recount.recount_figures(shut.root).agrees
