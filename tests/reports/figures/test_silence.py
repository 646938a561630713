"""Silence follows successions, and no branch is judged by days on which it did not stand."""

from datetime import date

import pytest

from branches.models import Kind, Organisation, Succession, Tier
from reports import periods
from reports.figures import silence
from reports.pages import dashboard, ranking
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2018)


def take_over(old, new, on):
    Organisation.objects.filter(pk=old.pk).update(valid_to=date.fromordinal(on.toordinal() - 1))
    Succession.objects.create(predecessor=old, successor=new, on=on, basis="QĐ 5")


@pytest.fixture
def three(district, settings):
    """On 27/02/2019: a branch founded in October, one that took over in July 2018 from one that admitted in March."""
    settings.TODAY = date(2019, 2, 27)
    factories.admitted(district.far, district.staff, on=date(2015, 2, 10))
    factories.admitted(district.rural, district.staff, on=date(2018, 3, 12))
    district.new = factories.unit(
        district.home, Tier.BRANCH, Kind.VILLAGE, "Mới", rural=True, valid_from=date(2018, 10, 1)
    )
    district.heir = factories.unit(
        district.home, Tier.BRANCH, Kind.STREET, "Tân Nguyên", valid_from=date(2018, 7, 1)
    )
    take_over(district.rural, district.heir, date(2018, 7, 1))
    return district


def silent_everywhere(place, unit):
    """Names of the silent branches, and that the three ways to count them agree."""
    rows = set(silence.silent_branches(unit, YEAR))
    quiet, _branches = silence.branches_by_child(unit, YEAR)[unit.pk]
    assert quiet == len(rows)
    lines = ranking.ranking_lines(unit, YEAR)
    assert {line.row.unit for line in lines if line.silent} == rows
    total, _rows = dashboard.dashboard_lines(dashboard.read_page(unit, YEAR))
    assert total.silent == len(rows)
    return rows


def test_neither_a_new_branch_nor_the_heir_of_one_that_admitted_is_silent(three):
    assert silent_everywhere(three, three.home) == {three.school}


def test_a_succession_ends_no_silence(three):
    heir = factories.unit(three.other, Tier.BRANCH, Kind.STREET, "Báo Văn", valid_from=date(2018, 7, 1))
    take_over(three.far, heir, date(2018, 7, 1))
    assert heir in silent_everywhere(three, three.root), "the old one admitted no one since 2015"


def test_a_source_that_was_not_handed_over_yet_counts_for_the_heir(three):
    heir = factories.unit(three.other, Tier.BRANCH, Kind.STREET, "Báo Văn", valid_from=date(2018, 7, 1))
    factories.dossier(three.far, three.staff, listed_on=date(2018, 5, 1))
    take_over(three.far, heir, date(2018, 7, 1))
    assert heir not in silent_everywhere(three, three.root)


def test_the_heir_of_a_branch_as_young_as_the_window_is_not_judged(three):
    young = factories.unit(
        three.home, Tier.BRANCH, Kind.VILLAGE, "Trẻ", rural=True, valid_from=date(2017, 6, 1)
    )
    heir = factories.unit(three.home, Tier.BRANCH, Kind.STREET, "Trẻ", valid_from=date(2018, 7, 1))
    take_over(young, heir, date(2018, 7, 1))
    assert heir not in silent_everywhere(three, three.home)


def test_a_ranking_compares_no_branch_with_a_year_before_it_stood(three):
    lines = {line.row.unit: line for line in ranking.ranking_lines(three.home, YEAR)}
    assert (lines[three.new].before, lines[three.heir].before, lines[three.school].before) == (None, None, 0)
    lead = ranking.ranking_lead(three.home, YEAR, list(lines.values()), 8).plain
    assert "(kể cả 1 chi bộ đã kết thúc trong kỳ)" in lead
