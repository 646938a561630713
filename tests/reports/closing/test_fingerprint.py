"""The fingerprint of a closing through the facts that the register began to keep later."""

import hashlib

import pytest

from admissions.models import Dossier
from reports.closing import adjustments
from reports.closing.close import close_quarter
from reports.closing.fingerprint import LISTED, canonical_line
from reports.models.closing import ClosedAdmission
from reports.periods import quarter_period

pytestmark = pytest.mark.django_db


def test_a_closing_of_before_a_fact_was_kept_has_the_fingerprint_it_had(place):
    """What is unknown has no cell; it is no change either when the register knows it now."""
    keys = [row.pk for row in place.rows]
    Dossier.objects.filter(pk__in=keys).update(admitted_demobilised=None)
    closing = close_quarter(quarter_period(2016, 4), by=place.admin)
    lines = ClosedAdmission.objects.filter(quarter=closing).values_list(*LISTED[:-1])
    listing = canonical_line(("2016-q4", "decision")) + b"".join(
        map(canonical_line, lines.order_by("year", "serial", "dossier"))
    )
    assert closing.fingerprint == hashlib.sha256(listing).hexdigest()
    Dossier.objects.filter(pk__in=keys).update(admitted_demobilised=True)
    assert adjustments.adjustments_of(closing, among=None) == []


def test_a_known_fact_is_a_cell_of_its_own(place):
    closing = close_quarter(quarter_period(2016, 4), by=place.admin)
    assert ClosedAdmission.objects.filter(quarter=closing, admitted_demobilised=False).count() == 4
    Dossier.objects.filter(pk=place.rows[1].pk).update(admitted_demobilised=True)
    (change,) = adjustments.adjustments_of(closing)
    assert [(cell.label, cell.old, cell.new) for cell in change.cells] == [("Bộ đội xuất ngũ", "không", "có")]
