"""A number that differs from what was closed stands beside it, wherever it is shown."""

from datetime import date

import pytest
from django.utils import translation

from reports import periods
from reports.closing import close, since
from reports.exports import wording
from reports.figures import figures
from reports.measures import MEASURES
from reports.periods import quarter_period
from tests import factories
from tests.closings import annul
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q4, YEAR = periods.quarter_period(2016, 4), periods.year_period(2016)


@kept
def annulled(shut):
    """Q4/2016 closed with four, one of whom, a woman of the commune's school, was annulled afterwards."""
    annul(shut.rows[2], shut.leader)
    return shut


def words(unit, period, measure="admitted"):
    """What is said beside the number of today, None where nothing is."""
    found = since.read_changes(unit).since(unit, period, MEASURES[measure])
    return found and found.in_words(figures.list_figure(unit, period, MEASURES[measure]).count())


def test_nothing_is_said_of_a_number_that_is_as_it_was_closed(shut):
    assert words(shut.root, Q4) is None


def test_a_closed_number_is_said_with_what_changed_in_each_unit_it_concerns(annulled):
    assert words(annulled.root, Q4) == "4 khi khóa, −1"
    assert words(annulled.home, Q4) == "3 khi khóa, −1"
    assert words(annulled.school, Q4) == "1 khi khóa, −1"
    assert words(annulled.other, Q4) is None


def test_a_measure_that_the_change_does_not_touch_is_as_it_was(annulled):
    assert words(annulled.root, Q4, "women") == "3 khi khóa, −1"
    assert words(annulled.root, Q4, "rural") is None


def test_a_year_of_which_a_part_is_open_was_never_closed_as_a_number(annulled):
    assert words(annulled.root, YEAR) == "−1 sau khi khóa"


def test_a_year_whose_quarters_are_all_closed_says_its_closed_sum(place):
    for n in (1, 2, 3, 4):
        close.close_quarter(quarter_period(2016, n), by=place.admin)
    annul(place.rows[0], place.leader)
    assert words(place.root, YEAR) == "5 khi khóa, −1"


def test_one_less_and_one_more_leave_the_number_as_it_was(annulled):
    late = {"on": date(2016, 12, 20), "full_name": "Lê Văn Thêm", "exception": "ghi sót"}
    factories.admitted(annulled.rural, annulled.staff, **late)
    assert words(annulled.home, Q4) is None


def test_days_that_cut_the_quarter_in_two_hold_no_closed_number(annulled):
    assert words(annulled.root, periods.any_days(date(2016, 11, 1), date(2016, 12, 31))) is None


@pytest.mark.parametrize(
    "address",
    [
        "/chi-tieu/?ky=2016-q4",
        "/chi-tieu/dat/?ky=2016-q4",
        "/chi-tieu/xep-hang/?ky=2016-q4",
    ],
)
def test_the_pages_say_both_numbers_and_lead_to_the_adjustments(annulled, client, address):
    client.force_login(annulled.leader)
    page = markup(client.get(f"{address}&don-vi={annulled.home.pk}"))
    assert "khi khóa, −1" in page
    assert "/bao-cao/2016/4/?don-vi=" in page and "#dieu-chinh" in page


def test_the_lead_says_them_in_its_sentence(annulled, client):
    client.force_login(annulled.leader)
    page = markup(client.get(f"/chi-tieu/?ky=2016-q4&don-vi={annulled.root.pk}"))
    link = f'<a class="since" href="/bao-cao/2016/4/?don-vi={annulled.root.pk}#dieu-chinh">4 khi khóa, −1</a>'
    assert f"({link}) đảng viên" in page


def test_the_page_of_the_quarter_says_closed_adjusted_and_present(annulled, client):
    client.force_login(annulled.leader)
    page = markup(client.get(f"/bao-cao/2016/4/?don-vi={annulled.root.pk}"))
    assert "Tổng số khi khóa 4, điều chỉnh −1, hiện nay 3." in page


def test_a_report_of_the_year_says_them_and_the_closed_quarters_own_report_its_closed_number(annulled):
    with translation.override("vi"):
        year = wording.opening_sentences(factories.source(YEAR, annulled.root))
        quarter = wording.opening_sentences(factories.source(Q4, annulled.root))
    assert "(−1 sau khi khóa) đảng viên" in year
    assert "kết nạp 4 đảng viên" in quarter and "khi khóa" not in quarter
