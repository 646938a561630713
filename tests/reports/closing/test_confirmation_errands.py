"""What of the confirmations is due on the day's page."""

from datetime import date

import pytest

from reports.closing.close import close_quarter
from reports.closing.confirmation_errands import list_confirmation_errands
from reports.closing.confirmations import confirm_quarter
from reports.periods import quarter_period

pytestmark = pytest.mark.django_db
Q4, TODAY = quarter_period(2016, 4), date(2017, 2, 27)


def errands(user):
    return [(errand.what, errand.due) for errand in list_confirmation_errands(user, TODAY)]


def test_each_is_told_of_the_own_unit_and_of_those_below(place):
    due = date(2017, 1, 10)
    assert errands(place.commune) == [("Xác nhận số liệu quý IV/2016", due)]
    assert errands(place.staff) == [("3 đơn vị chưa xác nhận số liệu quý IV/2016", due)]
    assert errands(place.branch) == []
    confirm_quarter(place.home, Q4, by=place.commune)
    assert errands(place.commune) == []
    assert errands(place.staff) == [("2 đơn vị chưa xác nhận số liệu quý IV/2016", due)]


def test_without_a_day_to_close_by_nothing_is_late_and_after_the_closing_nothing_is_due(place, settings):
    settings.CLOSING_DAYS = 0
    assert errands(place.commune) == [("Xác nhận số liệu quý IV/2016", None)]
    close_quarter(Q4, by=place.admin)
    assert errands(place.commune) == errands(place.staff) == []
