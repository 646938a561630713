"""The source lists at the end of a closed quarter: what its closing kept, where the number is another one now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from admissions.choices import IntroducedBy
from admissions.sources import listing
from branches.models import Organisation
from notation.dates import dmy
from reports import links, periods
from reports.closing import year_reading
from reports.closing.since import AsClosed, compare_with_closing
from reports.closing.year_reading import ClosedSource
from reports.models import QuarterClosing
from reports.pages.chain_closed import KeptRow
from reports.quotas.behind import Behind

CERTIFIED = (listing.CERTIFIED, listing.EXPIRING)
NUMBERS = {
    "admitted": "",
    "left": "",
    "sources": "nguon",
    "under_way": "dang-lam",
    "certified": "co-gcn",
    "lack": "",
}
"""{number of a `Behind`: the key of its list, "" where it counts nobody on the list}."""
FILTERS: dict[str, Callable[[ClosedSource], bool]] = {
    "": lambda person: True,
    "nguon": lambda person: not person.under_way,
    "dang-lam": lambda person: person.under_way,
    "co-gcn": lambda person: not person.under_way and person.course[0] in CERTIFIED,
}


@dataclass(frozen=True)
class KeptSources:
    """What `closing` kept of the lists of `unit`."""

    unit: Organisation
    closing: QuarterClosing

    @cached_property
    def people(self) -> list[ClosedSource]:
        return year_reading.closed_sources(self.closing, [self.unit])

    def keep(self, only: str) -> list[ClosedSource]:
        """The people that `only` names: a key of `FILTERS`, "nhom-3" or "gioi-thieu-youth" as on the page of a day.

        Raises `KeyError` for no such key.
        """
        kind, _dash, value = only.rpartition("-")
        if kind == "nhom" and value.isdecimal():
            return [one for one in self.people if int(value) in one.groups]
        if only.startswith("gioi-thieu-"):
            value = only.removeprefix("gioi-thieu-")
            return [one for one in self.people if (one.introduced_by or "chua-ghi") == value]
        return [one for one in self.people if FILTERS[only](one)]

    @cached_property
    def groups(self) -> dict[str, str]:
        """{name of a group: the key of its list}."""
        return {name: f"nhom-{pk}" for one in self.people for pk, name in one.groups.items()}

    @cached_property
    def introducers(self) -> dict[str, str]:
        """{an introducing organisation: the key of its list}."""
        values = {one.introduced_by for one in self.people}
        words = dict(IntroducedBy.choices)
        return {
            str(words[value]) if value else _("Chưa ghi"): f"gioi-thieu-{value or 'chua-ghi'}"
            for value in sorted(values)
        }

    def url(self, only: str, unit: Organisation | None = None) -> str:
        """The list of whom `only` names, as it was kept."""
        return links.closed_sources_url(unit or self.unit, self.closing, only)


def read_kept_sources(unit: Organisation, day: date) -> KeptSources | None:
    """The `KeptSources` where `day` is the end of a quarter whose closing kept the year."""
    quarter = periods.quarter_of_day(day)
    closing = year_reading.closing_with_year(quarter) if day == quarter.last else None
    return KeptSources(unit, closing) if closing else None


def note_lines(kept: KeptSources, total: Behind, rows: list[Behind]) -> None:
    """Write into the lines what was closed of those of their numbers that are others now."""
    units = [line.unit for line in (total, *rows)]
    reckoning = year_reading.closed_reckoning(kept.closing, kept.unit, kept.people, units)
    then = [reckoning.line(line.unit) for line in rows]
    whole = reckoning.line(kept.unit, then if rows and not kept.unit.is_branch else [])
    for line, was in zip((total, *rows), (whole, *then), strict=True):
        notes = {
            name: compare_with_closing(
                getattr(line, name), getattr(was, name), kept.url(only, line.unit) if only else ""
            )
            for name, only in NUMBERS.items()
        }
        line.notes = {name: note for name, note in notes.items() if note}


Counted = list[tuple[str, int, str]]
"""[(name, number, address)] of groups or of introducing organisations."""


def note_counts(
    kept: KeptSources | None, counted: Counted, keys: Mapping[str, str]
) -> tuple[Counted, dict[str, AsClosed]]:
    """(`counted` and what was counted that day alone, {name: what was closed} of the numbers that are others now).

    `keys` are {name: the key of its list} as it was kept.
    """
    if kept is None:
        return counted, {}
    now = {name: number for name, number, _url in counted}
    rows = counted + [(name, 0, "") for name in keys if name not in now]
    notes = {}
    for name, number, _url in rows:
        then = len(kept.keep(keys[name])) if name in keys else 0
        if note := compare_with_closing(number, then, kept.url(keys.get(name, ""))):
            notes[name] = note
    return rows, notes


def list_kept_sources(kept: KeptSources, only: str) -> list[KeptRow]:
    """The rows of the list that `only` names."""
    return [
        KeptRow(one.name, one.line.person, one.branch, ", ".join([dmy(one.listed_on), one.course[1]]))
        for one in kept.keep(only)
    ]
