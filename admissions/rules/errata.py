"""What errata of the procedure moved: limits of dossiers before and after the correction (decision 21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.models import Dossier
from admissions.procedure.errata import Erratum
from admissions.procedure.spec import Clock, Version, stages_of
from admissions.procedure.wording import length_of_clock
from admissions.rules import deadlines
from admissions.rules.working_days import Calendar
from notation.dates import dmy

MET_BY = {"decision": "decided_on", "conversion_decision": "conversion_decided_on"}
"""The dossier's date that meets a limit which an erratum may move."""


@dataclass(frozen=True)
class CorrectedClock:
    """A limit that `erratum` changed: the clock before and after it."""

    erratum: Erratum
    before: Clock
    after: Clock

    @property
    def change(self) -> str:
        """ "60 → 45 ngày làm việc, gia hạn 30 → 15 ngày làm việc": what is other in numbers."""
        parts = []
        if self.before.length != self.after.length:
            values = {"before": self.before.length, "after": length_of_clock(self.after)}
            parts.append(_("%(before)d → %(after)s") % values)
        if self.before.extension != self.after.extension:
            values = {"before": self.before.extension, "after": self.after.extension}
            parts.append(_("gia hạn %(before)d → %(after)d ngày làm việc") % values)
        return ", ".join(parts)

    @property
    def sentence(self) -> str:
        """ "Đính chính ngày 26/11/2026: 60 → 45 ngày làm việc, gia hạn 30 → 15 (QĐ 294, điểm 4.3.1)."."""
        values = {"day": dmy(self.erratum.on), "change": self.change, "clause": self.after.clause}
        return _("Đính chính ngày %(day)s: %(change)s (%(clause)s).") % values


def corrected_clocks(version: Version) -> dict[str, list[CorrectedClock]]:
    """{key of a clock: what each erratum changed of its numbers} of `version`; clocks that were added are left out."""
    corrected: dict[str, list[CorrectedClock]] = {}
    stages = stages_of(version)
    for erratum, before, after in zip(version.errata, stages, stages[1:], strict=False):
        clocks = {clock.key: clock for clock in before.clocks}
        for clock in after.clocks:
            row = CorrectedClock(erratum, clocks.get(clock.key, clock), clock)
            if row.change:
                corrected.setdefault(clock.key, []).append(row)
    return corrected


@dataclass(frozen=True)
class MovedLimit:
    """One limit of one dossier as it was shown before the errata and as it is."""

    dossier: Dossier
    before: deadlines.Deadline
    after: deadlines.Deadline
    met_on: date | None

    @property
    def title(self) -> str:
        return str(self.after.clock.title)

    @property
    def becomes_late(self) -> bool:
        """Whether what was done in time by the limit as it was shown is late by the right one, or the other way."""
        if self.met_on is None or self.before.due is None or self.after.due is None:
            return False
        return (self.met_on > self.before.due) != (self.met_on > self.after.due)


def moved_limits(dossier: Dossier, calendar: Calendar, today: date, pauses: tuple = ()) -> list[MovedLimit]:
    """The limits of `dossier` that end on another day, or could be extended otherwise, than its version's file said."""
    version = procedure.version_of(dossier)
    released = {clock.key: clock for clock in stages_of(version)[0].clocks}
    moved = []
    for key in corrected_clocks(version):
        before = deadlines.deadline_of_clock(dossier, released[key], calendar, today, pauses)
        after = deadlines.deadline_of_clock(dossier, version.clock(key), calendar, today, pauses)
        if before.due != after.due:
            moved.append(MovedLimit(dossier, before, after, getattr(dossier, MET_BY[key], None)))
    return moved


def corrected_versions() -> list[Version]:
    """The versions of which an erratum changed a limit."""
    return [version for version in procedure.load_versions() if corrected_clocks(version)]


def list_moved_limits(dossiers: Iterable[Dossier], calendar: Calendar, today: date) -> list[MovedLimit]:
    """`moved_limits` of all of `dossiers`, whose events are read where a limit stops on a return."""
    rows = []
    for dossier in dossiers:
        version = procedure.version_of(dossier)
        stops = dossier.returns and any(clock.stops_on_return for clock in version.clocks)
        pauses = deadlines.pauses_of(dossier.events.all(), today) if stops else ()
        rows += moved_limits(dossier, calendar, today, pauses)
    return rows
