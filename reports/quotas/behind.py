"""How many people stand behind each quota: sources and dossiers under way, unit by unit (docs/domain.md, 2.7)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from admissions.sources.listing import Source
from branches.models import Organisation
from branches.today import Heirs, UnitToday, ids_in, is_today, rows_under
from notation.dates import today
from reports import links, periods
from reports.figures import figures
from reports.figures.placing import heirs_for
from reports.models import Quota
from reports.periods import Period
from reports.quotas import attainment

ASSIGNED, PROPOSED, LAST_YEAR = "assigned", "proposed", "last_year"
"""What the number beside the sources is: a quota that was given, one that was proposed, or that of last year."""


@dataclass(frozen=True)
class Aim:
    """What a unit is to admit in the year: a number and which of the three it is."""

    number: int
    basis: str

    @property
    def words(self) -> str:
        return {
            ASSIGNED: _("đã giao"),
            PROPOSED: _("đề nghị, chưa giao"),
            LAST_YEAR: _("lấy theo năm trước, chưa giao"),
        }[self.basis]


@dataclass
class Behind:
    """One line: what a unit is to admit, has admitted, and whom it has on its lists.

    `below` are the lines of its branches, where they are not shown: what one branch has spare helps no other. `notes`
    are what a page says beside its numbers.
    """

    unit: Organisation
    aim: Aim | None
    admitted: int
    rural: int
    sources: int
    under_way: int
    certified: int
    urls: dict[str, str]
    reviewed: date | None = None
    below: "list[Behind]" = field(default_factory=list)
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def quota(self) -> int | None:
        """The number of `aim`."""
        return self.aim.number if self.aim else None

    @property
    def left(self) -> int | None:
        """What is still to admit; None where nobody has said how many."""
        return None if self.aim is None else max(0, self.aim.number - self.admitted)

    @property
    def have(self) -> int:
        """Everyone on the lists: sources and dossiers under way."""
        return self.sources + self.under_way

    @property
    def lack(self) -> int:
        """By how many the people on the lists fall short, branch by branch."""
        own = max(0, self.left - self.have) if self.left is not None else 0
        return max(own, sum(line.lack for line in self.below))

    @property
    def spare(self) -> int:
        """By how many they exceed what is still to admit, where nothing lacks."""
        return 0 if self.left is None or self.lack else self.have - self.left

    @property
    def other(self) -> int:
        return self.admitted - self.rural

    @property
    def empty(self) -> bool:
        """Whether there is nobody at all who could be admitted."""
        return not self.have


@dataclass(frozen=True)
class Reckoning:
    """What the lines of a page are made of, each by primary key of a unit.

    `branches` have a line or are added up in one; `people` counts "sources", "under_way" and "certified", `admitted`
    the measures "admitted" and "rural" of the year up to `day`.
    """

    day: date
    branches: list[Organisation]
    people: Mapping[int, Counter[str]]
    admitted: Mapping[int, Counter[str]]
    aims: Mapping[int, Aim]

    def line(self, unit: Organisation, below: list[Behind] | None = None) -> Behind:
        """The line of `unit`; `below` are its branches' lines, made here where the page does not show them."""
        if below is None and not unit.is_branch:
            under = [row for row in self.branches if row.path.startswith(unit.path) and row != unit]
            below = [self.line(row) for row in under]
        people, admitted = self.people.get(unit.pk, Counter()), self.admitted.get(unit.pk, Counter())
        return Behind(
            unit,
            self.aims.get(unit.pk),
            admitted["admitted"],
            admitted["rural"],
            people["sources"],
            people["under_way"],
            people["certified"],
            urls=_urls(unit, self.day),
            below=below or [],
        )


def _urls(unit, day):
    until = days_until(day)
    return {
        "unit": links.source_list_url(unit, day),
        "quota": links.quotas_url(unit, periods.year_period(day.year)),
        "admitted": links.figure_url(unit, until),
        "sources": links.source_list_url(unit, day, "nguon"),
        "under_way": links.source_list_url(unit, day, "dang-lam"),
        "certified": links.source_list_url(unit, day, "co-gcn"),
    }


def days_until(day: date) -> Period:
    """The days of the year up to `day`."""
    return periods.any_days(date(day.year, 1, 1), day)


def reckon(unit: Organisation, day: date, people: Iterable[Source]) -> Reckoning:
    """The `Reckoning` of a unit in a fixed number of statements, whatever the number of lines."""
    people = list(people)
    counted = count_people(
        (
            (one.branch, "under_way" if one.under_way else "sources", one.course.has_certificate)
            for one in people
        ),
        heirs_for(unit),
    )
    year = periods.year_period(day.year)
    return Reckoning(
        day,
        list_branches(unit, day, (one.branch for one in people)),
        counted,
        figures.count_by_unit(unit, days_until(day)),
        read_aims_today(unit, year) if is_today(unit) else read_aims(unit, year),
    )


def list_branches(unit: Organisation, day: date, more: Iterable[Organisation] = ()) -> list[Organisation]:
    """The branches that stood under `unit` on `day`, and `more`, in the order of tables; of today's structure those
    that stand today."""
    below = rows_under(unit).objects.under(unit).branches().select_related("parent")
    rows = {row.pk: row for row in below.on(today() if is_today(unit) else day)}
    rows |= {} if is_today(unit) else {row.pk: row for row in more}
    return sorted(rows.values(), key=lambda row: row.place_in_tables)


def count_people(
    people: Iterable[tuple[Organisation, str, bool]], heirs: Heirs | None = None
) -> dict[int, Counter[str]]:
    """{primary key of a unit: Counter} of (branch, "sources" or "under_way", whether with a certificate), in the
    branch, or what took over from it by `heirs`, and every unit above it; only a source's certificate counts."""
    counts: dict[int, Counter[str]] = {}
    for branch, key, certified in people:
        one = Counter({key: 1, "certified": int(certified and key == "sources")})
        for pk in counting_units(branch, heirs):
            counts.setdefault(pk, Counter()).update(one)
    return counts


def counting_units(branch: Organisation, heirs: Heirs | None) -> set[int]:
    """The units that somebody of `branch` counts in: it and those above it, or by `heirs` what took over from it."""
    paths = (heirs or Heirs()).places_of(branch.pk, branch.path)
    return {pk for path in paths for pk in ids_in(path)}


def read_aims(unit: Organisation, year: Period) -> dict[int, Aim]:
    """{primary key: `Aim`}: the quota given for `year`, else the one proposed, else that of the year before."""
    before = periods.year_period(year.first.year - 1)
    aims = {pk: Aim(target.number, LAST_YEAR) for pk, target in attainment.head_quotas(unit, before).items()}
    waiting = Quota.objects.pending().heads().of(year).filter(unit__path__startswith=unit.path)
    for row in waiting.select_related("membership"):
        aims[row.unit_id] = Aim(attainment.quota_target(row, year).number, PROPOSED)
    return aims | {
        pk: Aim(target.number, ASSIGNED) for pk, target in attainment.head_quotas(unit, year).items()
    }


def read_aims_today(unit: Organisation, year: Period) -> dict[int, Aim]:
    """As `read_aims`, of the units of today with what they took over from; what was proposed is not."""
    before = periods.year_period(year.first.year - 1)
    below = UnitToday.objects.under(unit).on(today())
    given = attainment.targets_of([unit, *below], [before, year])
    aims = {pk: Aim(target.number, LAST_YEAR) for (pk, period), target in given.items() if period == before}
    return aims | {
        pk: Aim(target.number, ASSIGNED) for (pk, period), target in given.items() if period == year
    }
