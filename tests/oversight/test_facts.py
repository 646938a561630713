"""The register's figures as of a day go by the dates of dossiers, not by where they stand today."""

from datetime import date

import pytest

from admissions.states import State
from oversight.facts import count_members, list_people_of_fact, read_facts
from reports.models import MemberCount
from reports.periods import year_period
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2015, 3, 11), None),
        (date(2015, 3, 12), "sources"),
        (date(2016, 8, 14), "sources"),
        (date(2016, 8, 15), "under_way"),
        (date(2017, 1, 9), "under_way"),
        (date(2017, 1, 10), None),
        (date(2017, 2, 3), "probationary"),
    ],
)
def test_somebody_is_counted_where_they_stood_on_the_day(district, day, key):
    row = factories.dossier(district.rural, district.staff)
    factories.reach(row, State.PROBATIONARY, district.staff)
    for group in ("sources", "under_way", "probationary"):
        assert list_people_of_fact(district.home, group, day).count() == (group == key), group
    assert not list_people_of_fact(district.other, "sources", date(2015, 3, 12)).exists()


def test_what_the_register_does_not_know_is_not_zero(district):
    facts = read_facts(district.home, date(2017, 2, 27))
    assert facts["members"] is facts["quota"] is facts["silent"] is None
    MemberCount.objects.create(unit=district.home, on=date(2016, 12, 31), number=403)
    factories.quota(district.home, year_period(2017), 15)
    facts = read_facts(district.home, date(2017, 2, 27))
    assert (facts["members"], facts["quota"]) == (403, 15)
    assert count_members(district.home, date(2016, 12, 30)) is None
