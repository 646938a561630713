"""Closed figures and adjustments make the live ones."""

import pytest

from reports.closing import proof
from tests.closings import annul

pytestmark = pytest.mark.django_db


def test_a_closing_is_proved_by_the_day_it_counted_by(shut, settings):
    annul(shut.rows[3], shut.leader)
    settings.COUNTED_BY = "ceremony"
    found = proof.prove_closing(shut.closing)
    assert found.holds and found.adjustments == 1, found
