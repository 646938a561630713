"""Successions followed as far as they go, whatever merges with or splits from what."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.models import Kind, Organisation, Succession, Tier
from branches.successions import describe_absence, origins_by_unit, stood_on, units_after
from tests import factories
from tests.examples import PropertyTestCase, examples

pytestmark = pytest.mark.django_db
FIRST = date(2016, 1, 1)


def test_a_unit_that_split_off_from_one_that_stands_has_no_origin(district):
    new = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Mới", valid_from=FIRST)
    Succession.objects.create(predecessor=district.rural, successor=new, on=FIRST, basis="QĐ 1")
    assert origins_by_unit() == {}
    assert not stood_on(new, date(2015, 12, 31))


def test_the_sentence_names_what_stands_on_that_day(district):
    new = factories.unit(district.home, Tier.BRANCH, Kind.STREET, "Mới", valid_from=FIRST)
    district.rural.valid_to = date(2015, 12, 31)
    district.rural.save()
    Succession.objects.create(predecessor=district.rural, successor=new, on=FIRST, basis="QĐ 1")
    assert describe_absence(district.rural, FIRST) == (
        "Chi bộ thôn Tân Nguyên đã kết thúc ngày 31/12/2015, kế tục là Chi bộ tổ dân phố Mới."
    )
    assert describe_absence(new, date(2015, 12, 31)) == "Chi bộ tổ dân phố Mới có từ ngày 01/01/2016."
    assert stood_on(new, date(2015, 12, 31)), "as what it took over from"


STEP = st.tuples(st.sampled_from(["merge", "split", "rename"]), st.integers(0, 99), st.integers(0, 99))


class AnyChanges(PropertyTestCase):
    """Each month something merges, splits or takes another name."""

    @settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(STEP, max_size=6))
    def test_heirs_stand_and_origins_are_the_way_back(self, steps):
        place = self.begin()
        standing, begin = [place.rural, place.school, place.far], FIRST
        for kind, one, other in steps:
            begin += timedelta(days=30)
            standing = self.change(standing, kind, one, other, begin)
        after = begin + timedelta(days=1)
        alive = set(Organisation.objects.branches().on(after)) - {place.firm}
        assert alive == set(standing)
        origins = origins_by_unit()
        for unit in Organisation.objects.branches():
            heirs = units_after(unit, after)
            assert all(heir.exists_on(after) and unit.pk in origins[heir.pk] for heir in heirs)
            assert bool(heirs) == unit.ended_before(after), "nothing that ended is without an heir"
        for unit in standing:
            assert stood_on(unit, FIRST), "all of it goes back to the beginning"
            assert not any(unit.pk in before for before in origins.values())

    def change(self, standing, kind, one, other, begin):
        old = [standing[one % len(standing)]]
        if kind == "merge" and len(standing) > 1:
            old.append(next(row for row in standing[other % len(standing) :] + standing if row != old[0]))
        new = [
            factories.unit(old[0].parent, Tier.BRANCH, Kind.VILLAGE, f"{begin:%d%m} {n}", valid_from=begin)
            for n in range(2 if kind == "split" else 1)
        ]
        for before in old:
            before.valid_to = begin - timedelta(days=1)
            before.save()
            for heir in new:
                Succession.objects.create(predecessor=before, successor=heir, on=begin, basis="QĐ")
        return [row for row in standing if row not in old] + new
