"""The register's figures as of a day go by the dates of dossiers, not by where they stand today."""

from datetime import date

import pytest

from admissions import workflow
from admissions.sources.listing import list_people
from admissions.states import State
from oversight.branch_figures import list_people_of_figure
from oversight.facts import count_members, list_people_of_fact, read_facts
from oversight.target_groups import list_listed, list_under_way
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


def test_every_room_knows_the_same_people_of_a_day(district):
    """Also of somebody who went off the list and on it again, moved since, or came from elsewhere under way."""
    staff, pks = district.staff, []
    people = [factories.candidate(full_name=f"Lê Văn {name}") for name in ("An", "Bình", "Cường", "Dũng")]
    back, moved, going, admitted = (factories.dossier(district.rural, staff, person=one) for one in people)
    workflow.perform(back, "withdraw", by=staff, on=date(2016, 5, 20), reason="chuyển đi")
    workflow.perform(back, "relist", by=staff, on=date(2017, 2, 6))
    workflow.perform(moved, "move", by=staff, on=date(2016, 9, 1), branch=district.far, helper="Phạm Thị Mới")
    factories.reach(going, State.PREPARING, staff)
    factories.reach(admitted, State.PROBATIONARY, staff)
    days = (date(2016, 5, 19), date(2016, 5, 20), date(2016, 8, 31), date(2017, 2, 6), date(2017, 2, 27))
    for day in days:
        for unit in (district.rural, district.home, district.far):
            page = list_people(staff, unit, day)
            sources = {one.dossier.pk for one in page if not one.under_way}
            under_way = {one.dossier.pk for one in page if one.under_way}
            for key, expected in (("sources", sources), ("under_way", under_way)):
                listed = list_listed if key == "sources" else list_under_way
                for rows in (
                    list_people_of_fact(unit, key, day),
                    list_people_of_figure(unit, day, key),
                    listed(unit, day),
                ):
                    assert {row.pk for row in rows} == expected, (day, unit, key)
            pks.append((len(sources), len(under_way)))
    home = pks[1::3]
    assert home == [(4, 0), (3, 0), (1, 2), (1, 1), (1, 1)]
    assert pks[2::3] == [(0, 0), (0, 0), (0, 0), (1, 0), (1, 0)]
