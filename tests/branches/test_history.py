"""The changes of a unit in words: splits, mergers, one after the other, with their basis."""

from datetime import date

from branches.history import list_changes
from branches.models import Kind, Mandate, Tier
from tests import factories
from tests.branches.test_today import end, village


def told(unit, until=date(2017, 2, 27)):
    return [(line.on, line.words, line.basis) for line in list_changes(unit, until)]


def test_a_split_a_merger_and_a_succession_are_each_one_line(district):
    halves = [village(district.home, f"Tân Nguyên {n}") for n in (1, 2)]
    end(district.rural, *halves)
    last = factories.unit(
        district.home, Tier.BRANCH, Kind.VILLAGE, "Nguyên Thôn", rural=True, valid_from=date(2016, 10, 1)
    )
    end(halves[0], last, last=date(2016, 9, 30))
    end(district.school, last, last=date(2016, 9, 30))
    Mandate.objects.create(unit=district.home, name="2015–2020", since=date(2015, 6, 12))
    assert told(district.home) == [
        (
            date(2016, 10, 1),
            "Nhập Chi bộ thôn Tân Nguyên 1 và Trường THCS thành Chi bộ thôn Nguyên Thôn",
            "QĐ 19-QĐ/ĐU",
        ),
        (
            date(2016, 7, 1),
            "Tách Chi bộ thôn Tân Nguyên thành Chi bộ thôn Tân Nguyên 1 và thôn Tân Nguyên 2",
            "QĐ 19-QĐ/ĐU",
        ),
        (date(2015, 6, 12), "Nhiệm kỳ 2015–2020", ""),
        (factories.BEGIN, "Có trong sổ", ""),
    ]
    assert next(day for day, _words, _basis in told(district.home, date(2016, 8, 1))) == date(2016, 7, 1)


def test_a_unit_that_took_over_and_one_that_ended_tell_it_too(district):
    new = village(district.home, "Nguyên")
    end(district.rural, new)
    assert told(new)[0][1] == "Chi bộ thôn Tân Nguyên thành Chi bộ thôn Nguyên"
    words = [words for _day, words, _basis in told(district.rural)]
    assert words == ["Chi bộ thôn Tân Nguyên thành Chi bộ thôn Nguyên", "Kết thúc", "Có trong sổ"]
