"""What is checked before a quarter is closed."""

import pytest

from admissions.exceptions import Refused
from admissions.models import Dossier
from reports.closing.checks import run_checks
from reports.closing.close import close_quarter
from reports.models.closing import QuarterClosing
from reports.periods import quarter_period

pytestmark = pytest.mark.django_db


def test_a_figure_that_comes_out_otherwise_the_second_time_stops_the_closing(place):
    Dossier.objects.filter(pk=place.rows[0].pk).update(admitted_sex="male")
    with pytest.raises(Refused, match="cách thứ hai"):
        close_quarter(quarter_period(2016, 4), by=place.admin)


def test_a_missing_event_stops_the_closing(place):
    Dossier.objects.filter(pk=place.rows[0].pk).update(event_count=99)
    with pytest.raises(Refused, match="liền mạch"):
        close_quarter(quarter_period(2016, 4), by=place.admin)
    assert not QuarterClosing.objects.exists()


def test_a_decision_that_the_branch_has_not_received_only_warns(place):
    assert "warn" in {check.state for check in run_checks(quarter_period(2016, 4))}
    close_quarter(quarter_period(2016, 4), by=place.admin)
