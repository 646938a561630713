"""A day off moves the deadlines that run across it."""

from datetime import date

import pytest

from admissions import procedure
from admissions.catalogues import days_off
from admissions.models import DayOff
from admissions.rules import deadlines, working_days

pytestmark = pytest.mark.django_db

MONDAY = date(2017, 2, 13)


SUNDAY = date(2017, 2, 12)


def test_a_day_off_moves_the_deadlines_that_run_across_it(running, district):
    weigh = days_off.consequence_of
    assert weigh(DayOff(on=MONDAY, kind="off")).moved == 1
    assert weigh(DayOff(on=SUNDAY, kind="off")) == days_off.Consequence(0, changes_nothing=True)
    assert weigh(DayOff(on=SUNDAY, kind="work")).moved == 1
    assert weigh(DayOff(on=date(2016, 11, 7), kind="off")).moved == 0
    assert weigh(DayOff.objects.get(on=date(2017, 1, 27)), removed=True).moved == 1


def test_the_deadline_is_then_another(running, district):
    version = procedure.version_of(running)
    before = deadlines.running_deadline(running, version, working_days.load_calendar(), date(2017, 2, 27)).due
    days_off.add_day(MONDAY, "off", "Nghỉ bù", by=district.admin)
    assert (
        deadlines.running_deadline(running, version, working_days.load_calendar(), date(2017, 2, 27)).due
        > before
    )
