"""Working days: weekdays less days off, plus the Saturdays and Sundays that are worked in exchange.

The first day is not counted, the last one is; what ends on a day off ends on the next working day, which
counting in working days does by itself (Bộ luật Dân sự 2015, điều 147 and 148).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from admissions.models import DayOff

DAY = timedelta(days=1)


class NoCalendar(LookupError):
    """A year that is needed has no days off entered."""


@dataclass(frozen=True)
class Calendar:
    """Days off with their names, the weekend days that are worked, and the years that have been entered."""

    off: Mapping[date, str]
    worked: frozenset[date]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day; raises `NoCalendar` when its year has not been entered."""
        if day.year not in self.years:
            raise NoCalendar(
                _("Chưa có lịch ngày nghỉ năm %(year)d; quản trị cần nhập trước khi tính hạn.")
                % {"year": day.year}
            )
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def add(self, start: date, days: int) -> tuple[date, list[date]]:
        """The day on which `days` working days after `start` end, and the weekdays off that were skipped."""
        if days <= 0:
            return start, []
        year = (start + DAY).year
        place, working = bisect_right(self._working(year), start), self._working(year)
        while days > len(working) - place:
            days -= len(working) - place
            year, place = year + 1, 0
            working = self._working(year)
        end = working[place + days - 1]
        off = self._weekdays_off
        return end, off[bisect_right(off, start) : bisect_right(off, end)]

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.between(end, start)
        years = range((start + DAY).year, end.year + 1)
        return sum(
            bisect_right(self._working(year), end) - bisect_right(self._working(year), start)
            for year in years
        )

    def worked_between(self, start: date, end: date) -> tuple[date, ...]:
        """The Saturdays and Sundays after `start` up to and including `end` that are worked."""
        return tuple(sorted(day for day in self.worked if start < day <= end and day.weekday() >= 5))

    def _working(self, year):
        """The working days of `year` in order; raises `NoCalendar`."""
        if year not in self._years:
            first = date(year, 1, 1)
            days = (first + DAY * n for n in range((date(year + 1, 1, 1) - first).days))
            self._years[year] = [day for day in days if self.is_working(day)]
        return self._years[year]

    @cached_property
    def _years(self):
        return {}

    @cached_property
    def _weekdays_off(self):
        return sorted(day for day in self.off if day.weekday() < 5 and day not in self.worked)

    def next_working(self, day: date) -> date:
        """`day` itself, or the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day


def load_calendar() -> Calendar:
    """The calendar as administrators keep it; one query."""
    rows = list(DayOff.objects.values_list("on", "kind", "name"))
    return Calendar(
        {on: name for on, kind, name in rows if kind == DayOff.Kind.OFF},
        frozenset(on for on, kind, name in rows if kind == DayOff.Kind.WORK),
        frozenset(on.year for on, kind, name in rows),
    )
