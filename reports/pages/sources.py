"""What the page of the source lists shows, as plain data: the people, and what stands behind each quota."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.choices import IntroducedBy
from admissions.models import PriorityGroup
from admissions.sources import listing
from admissions.sources.listing import Source
from branches.models import Organisation, Tier
from branches.today import is_today, rows_under
from notation.dates import today
from reports import links, periods
from reports.figures.placing import heirs_for
from reports.pages.sources_closed import KeptSources, note_lines, read_kept_sources
from reports.periods import Period
from reports.quotas.behind import Behind, counting_units, reckon

BELOW = (Tier.BASE, Tier.SECTION, Tier.BRANCH)
"""The units whose page has a line for each branch; above them it has one for each unit directly under it."""

UNKNOWN = "chua-ghi"
"""The key of those of whom no introducing organisation is known."""


@dataclass(frozen=True)
class SourcesPage:
    """The lists of the branches of `unit` on `day`: all `people`, and the lines of `units` with their sum."""

    unit: Organisation
    day: date
    people: list[Source]
    total: Behind
    rows: list[Behind]
    empty_branches: list[Organisation]
    groups: list[PriorityGroup]
    shows_reviews: bool
    kept: KeptSources | None = None

    @property
    def year(self) -> Period:
        return periods.year_period(self.day.year)

    @cached_property
    def bases(self) -> set[str]:
        """Which kinds of number stand in the lines."""
        return {line.aim.basis for line in self.rows if line.aim}

    @property
    def top(self) -> float:
        """The longest bar of the drawing, with room at its end."""
        return max([1, *(max(r.admitted + r.have, r.aim.number if r.aim else 0) for r in self.rows)]) * 1.13

    @cached_property
    def short(self) -> list[Behind]:
        return [line for line in self.rows if line.lack]

    @property
    def reviewed(self) -> int:
        return sum(line.reviewed is not None for line in self.rows)

    def keep(self, only: str) -> list[Source]:
        """The people that the key `only` names; raises `KeyError` for no such key."""
        meant = FILTERS[only] if only else None
        return [person for person in self.people if meant is None or meant(person)]

    def url(self, only: str) -> str:
        return links.source_list_url(self.unit, self.day, only)

    def count(self, only: str) -> tuple[int, str]:
        """(how many the key names, the address of their list)."""
        return len(self.keep(only)), self.url(only)


def _at(key: str) -> Callable[[Source], bool]:
    return lambda person: not person.under_way and person.course.key == key


FILTERS: dict[str, Callable[[Source], bool]] = {
    "nguon": lambda person: not person.under_way,
    "dang-lam": lambda person: person.under_way,
    "co-gcn": lambda person: not person.under_way and person.course.has_certificate,
    "de-nghi": lambda person: person.proposed,
    listing.EXPIRING: _at(listing.EXPIRING),
    listing.EXPIRED: _at(listing.EXPIRED),
    listing.LEARNING: _at(listing.LEARNING),
    listing.AGREED: _at(listing.AGREED),
    listing.NOT_SENT: _at(listing.NOT_SENT),
}
"""Who is meant by each key that an address may bear; groups and organisations have keys of their own."""


def filter_people(page: SourcesPage, only: str) -> list[Source]:
    """The people of the list that `only` names: a key of `FILTERS`, "nhom-3" or "gioi-thieu-youth".

    Raises `KeyError` for no such key.
    """
    kind, _dash, value = only.rpartition("-")
    if kind == "nhom" and value.isdecimal():
        return [person for person in page.people if int(value) in {row.pk for row in person.groups}]
    if only.startswith("gioi-thieu-"):
        value = only.removeprefix("gioi-thieu-")
        known = "" if value == UNKNOWN else IntroducedBy(value) if value in IntroducedBy.values else None
        if known is None:
            raise KeyError(only)
        return [person for person in page.people if person.dossier.introduced_by == known]
    return page.keep(only)


def count_groups(page: SourcesPage) -> list[tuple[str, int, str]]:
    """[(name, number, address)] of the groups that anybody is in, the largest first; they overlap."""
    numbers = Counter(row.pk for person in page.people for row in person.groups)
    rows = [(row.name, numbers[row.pk], page.url(f"nhom-{row.pk}")) for row in page.groups if numbers[row.pk]]
    return sorted(rows, key=lambda row: -row[1])


def count_introducers(page: SourcesPage) -> list[tuple[str, int, str]]:
    """[(name, number, address)] of those who introduced people; the numbers add up to all of them."""
    numbers = Counter(person.dossier.introduced_by for person in page.people)
    rows = [
        (str(one.label), numbers[one], page.url(f"gioi-thieu-{one}")) for one in IntroducedBy if numbers[one]
    ]
    rows.sort(key=lambda row: -row[1])
    if numbers[""]:
        rows.append((_("Chưa ghi"), numbers[""], page.url(f"gioi-thieu-{UNKNOWN}")))
    return rows


# What stands behind each quota


def read_sources(user: User, unit: Organisation, day: date) -> SourcesPage:
    """The page of `unit` on `day`, of the people whom `user` may see."""
    people = listing.list_people(user, unit, day)
    read = reckon(unit, day, people)
    branches = read.branches
    if unit.tier in BELOW:
        rows = [read.line(branch) for branch in branches]
    else:
        shown = rows_under(unit).objects.filter(parent=unit).on(today() if is_today(unit) else day)
        rows = [read.line(row) for row in sorted(shown, key=lambda row: row.place_in_tables)]
    reviewed = _reviews(rows, day)
    having = {pk for person in people for pk in counting_units(person.branch, heirs_for(unit))}
    total = read.line(unit, rows if unit.tier != Tier.BRANCH else [])
    kept = None if is_today(unit) else read_kept_sources(unit, day)
    if kept:
        note_lines(kept, total, rows)
    return SourcesPage(
        unit=unit,
        day=day,
        people=people,
        total=total,
        rows=rows,
        empty_branches=[row for row in branches if row.pk not in having],
        groups=list(PriorityGroup.objects.filter(active=True)),
        shows_reviews=reviewed,
        kept=kept,
    )


def _reviews(rows, day):
    """Write into `rows` when their branches reviewed the list in the month of `day`; whether anything tells it."""
    name = settings.REVIEWED_BY
    if not name or not all(line.unit.is_branch for line in rows):
        return False
    days = import_string(name)([line.unit for line in rows], day.replace(day=1))
    for line in rows:
        line.reviewed = days.get(line.unit.pk)
    return True


def months_near(day: date) -> list[tuple[date, bool]]:
    """[(the day on which a month is shown, whether it is the month of `day`)]: the month of today and the two before,
    or those that end with the month of `day` where that is longer ago."""
    last = today()
    anchor = day if (last.year * 12 + last.month) - (day.year * 12 + day.month) > 2 else last
    first, ends = anchor.replace(day=1), []
    for _month in range(3):
        after = (first + timedelta(days=32)).replace(day=1)
        ends.append(min(after - timedelta(days=1), last))
        first = (first - timedelta(days=1)).replace(day=1)
    return [(end, (end.year, end.month) == (day.year, day.month)) for end in reversed(ends)]
