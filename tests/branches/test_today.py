"""Where the people of a unit that ended belong today: after a merger, a split, a chain of both, and without an heir."""

from datetime import date

from branches.models import Kind, Succession, Tier
from branches.today import UnitToday, read_heirs
from tests import factories

END = date(2016, 6, 30)
ON = date(2016, 7, 1)


def village(under, name, since=ON):
    return factories.unit(under, Tier.BRANCH, Kind.VILLAGE, name, rural=True, valid_from=since)


def end(unit, *heirs, last=END):
    unit.valid_to = last
    unit.save()
    for heir in heirs:
        Succession.objects.create(predecessor=unit, successor=heir, on=heir.valid_from, basis="QĐ 19-QĐ/ĐU")


def test_a_register_in_which_nothing_ended_has_no_heirs(district):
    heirs = read_heirs()
    assert (heirs.places, heirs.whole, heirs.mixed) == ({}, {}, {})
    assert heirs.places_of(district.rural.pk, district.rural.path) == (district.rural.path,)


def test_two_branches_that_merge_belong_to_what_took_over(district):
    new = village(district.home, "Thôn Nguyên")
    end(district.rural, new)
    end(district.school, new)
    heirs = read_heirs()
    assert heirs.places == {district.rural.pk: (new.path,), district.school.pk: (new.path,)}
    assert (heirs.whole, heirs.mixed) == ({}, {}), "the commune kept all its branches"
    assert heirs.branches_into(new) == sorted([district.rural.pk, district.school.pk])
    assert heirs.shared_under(district.home) == []


def test_a_branch_that_is_split_belongs_to_both_halves_and_once_to_what_stands_above(district):
    halves = [village(district.home, name) for name in ("Tân Nguyên 1", "Tân Nguyên 2")]
    end(district.rural, *halves)
    heirs = read_heirs()
    assert set(heirs.places[district.rural.pk]) == {half.path for half in halves}
    assert heirs.shared_under(district.home) == [district.rural.pk]
    assert heirs.shared_under(district.root) == []


def test_a_chain_of_a_split_and_a_merger_is_followed_to_its_end(district):
    halves = [village(district.home, name) for name in ("Tân Nguyên 1", "Tân Nguyên 2")]
    end(district.rural, *halves)
    last = village(district.home, "Nguyên Thôn", since=date(2016, 10, 1))
    end(halves[0], last, last=date(2016, 9, 30))
    end(district.school, last, last=date(2016, 9, 30))
    assert set(read_heirs().places[district.rural.pk]) == {halves[1].path, last.path}


def test_a_unit_without_an_heir_belongs_to_what_stood_above_it(district):
    end(district.rural)
    assert read_heirs().places[district.rural.pk] == (district.home.path,)
    end(district.school)
    end(district.home, district.other)
    heirs = read_heirs()
    assert heirs.places[district.rural.pk] == (district.other.path,)
    assert heirs.whole == {district.home.pk: (district.other.path,)}


def test_a_commune_whose_villages_went_two_ways_is_told_apart_by_its_branches(district):
    third = factories.unit(district.root, Tier.BASE, Kind.COMMUNE, "Yên Đồng", valid_from=ON)
    end(district.rural, village(third, "Tân"))
    end(district.school, village(district.other, "Trường"))
    end(district.home, third, district.other)
    heirs = read_heirs()
    assert heirs.whole == {}
    assert heirs.mixed == {district.home.pk: tuple(sorted([district.rural.pk, district.school.pk]))}


def test_what_ends_later_or_is_taken_over_later_still_stands(district):
    end(district.rural, last=date(2017, 12, 31))
    assert read_heirs().places == {}


def test_a_unit_that_still_stands_keeps_the_history_of_what_split_off(district):
    new = village(district.home, "Tân Nguyên mới")
    Succession.objects.create(predecessor=district.rural, successor=new, on=ON, basis="QĐ 1")
    assert read_heirs().places == {}


def test_a_unit_of_today_is_the_same_row(district):
    row = UnitToday.objects.get(pk=district.home.pk)
    assert row == district.home
    assert row.title == district.home.title
