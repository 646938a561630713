"""Statutory clocks as arithmetic: from a version of the procedure, a dossier's dates and a calendar, never counted.

Every deadline can say its own reckoning in one sentence, with the days skipped and the clause.
"""

import itertools
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions import procedure
from admissions.models import Dossier, Event
from admissions.procedure import Version
from admissions.procedure.spec import Clock
from admissions.procedure.vocabulary import EXTENSIONS, OF_PAPER, WHEN
from admissions.rules.as_corrected import amend_events
from admissions.rules.working_days import Calendar, NoCalendar
from admissions.states import State
from notation.dates import add_months, dmy

RUNNING: Mapping[str, str] = {
    State.RESOLVED: "decision",
    State.PROPOSED: "decision",
    State.APPRAISAL: "decision",
    State.RETURNED: "decision",
    State.RESENT: "decision",
    State.HELD: "decision",
    State.ASKED: "decision",
    State.AWAITING: "decision",
    State.DECIDED: "ceremony",
    State.PROBATIONARY: "conversion_review",
    State.CONVERTING: "conversion_decision",
}
"""The clock that runs in each state; in the others none does."""

SOON = 7
"""Working days left at which a limit is soon; the end of probation is soon by days of the calendar."""


@dataclass(frozen=True)
class Deadline:
    """A limit for one dossier. `left` counts working days from today, negative when overdue.

    `due` is None while it cannot be reckoned; `missing` then says what is lacking. Where `due` is known and its year
    has no days off entered, `left` is None and `days_left` counts days of the calendar. `skipped` are the weekdays
    off with their names, `worked` the weekend days that count.
    """

    clock: Clock
    start: date | None = None
    due: date | None = None
    left: int | None = None
    days_left: int | None = None
    skipped: tuple = ()
    worked: tuple[date, ...] = ()
    missing: str = ""
    extension: int = 0
    paused: int = 0

    @property
    def mark(self) -> str:
        if self.remaining is None:
            return "na"
        return "late" if self.remaining < 0 else "soon" if self.remaining <= SOON else ""

    @property
    def remaining(self) -> int | None:
        """Working days left, days of the calendar where these cannot be counted; None while nothing is due."""
        return self.days_left if self.left is None else self.left

    @property
    def words(self) -> str:
        """ "còn 6 ngày làm việc", "hôm nay", "quá 4 ngày làm việc"; what is missing when it cannot be said."""
        if self.left is None:
            return self._in_days
        if self.left == 0:
            return _("hôm nay")
        if self.left < 0:
            return ngettext("quá %(n)d ngày làm việc", "quá %(n)d ngày làm việc", -self.left) % {
                "n": -self.left
            }
        return ngettext("còn %(n)d ngày làm việc", "còn %(n)d ngày làm việc", self.left) % {"n": self.left}

    @property
    def short(self) -> str:
        """The same in a tight cell whose head says that working days are meant: "còn 6 ngày"."""
        if self.left is None:
            return self._in_days
        if self.left == 0:
            return _("hôm nay")
        if self.left < 0:
            return ngettext("quá %(n)d ngày", "quá %(n)d ngày", -self.left) % {"n": -self.left}
        return ngettext("còn %(n)d ngày", "còn %(n)d ngày", self.left) % {"n": self.left}

    @property
    def _in_days(self):
        """How far off a day is whose working days cannot be counted: "còn 400 ngày theo lịch"."""
        if self.days_left is None:
            return self.missing
        if self.days_left == 0:
            return _("hôm nay")
        words = _("quá %(n)d ngày theo lịch") if self.days_left < 0 else _("còn %(n)d ngày theo lịch")
        return words % {"n": abs(self.days_left)}

    @property
    def brief(self) -> str:
        """The reckoning in one line of a list: "60 ngày làm việc từ nghị quyết chi bộ 05/12/2016, trừ 02/01 và 5
        ngày Tết (QĐ 29, điểm 4.3.1)".
        """
        if self.due is None:
            return self.missing
        length = self.clock.length + self.extension + self.paused
        values = {"n": length, "what": self.clock.anchor_name, "start": dmy(self.start)}
        if self.clock.unit == "months":
            words = _("%(n)d tháng từ %(what)s %(start)s") % values
        else:
            words = _("%(n)d ngày làm việc từ %(what)s %(start)s") % values
        tet = sum(_is_lunar_new_year(name) for _day, name in self.skipped)
        off = [f"{day:%d/%m}" for day, name in self.skipped if not _is_lunar_new_year(name)]
        off += [_("%(n)d ngày Tết") % {"n": tet}] if tet else []
        if off:
            words = _("%(words)s, trừ %(days)s") % {"words": words, "days": _joined(off)}
        if self.worked:
            words = _with_worked(words, self.worked)
        return f"{words} ({self.clock.clause})"

    @property
    def sentence(self) -> str:
        """The reckoning in one sentence, without the clause: it is printed beside it."""
        if self.due is None:
            return self.missing
        values = {"n": self.clock.length, "what": self.clock.anchor_name, "start": dmy(self.start)}
        if self.clock.unit == "months":
            return _("%(n)d tháng kể từ %(what)s %(start)s.") % values
        values["skipped"] = _list_of_days(self.skipped)
        values["worked"] = _joined([f"{day:%d/%m}" for day in self.worked])
        if self.skipped:
            if self.worked:
                values["skipped"] = _with_worked(values["skipped"], self.worked)
            words = _("%(n)d ngày làm việc kể từ %(what)s %(start)s, không tính %(skipped)s.") % values
        elif self.worked:
            words = (
                _("%(n)d ngày làm việc kể từ %(what)s %(start)s, tính cả ngày làm bù %(worked)s.") % values
            )
        else:
            words = _("%(n)d ngày làm việc kể từ %(what)s %(start)s, không có ngày nghỉ lễ nào.") % values
        if self.extension:
            words += " " + _("Đã gia hạn thêm %(n)d ngày làm việc.") % {"n": self.extension}
        if self.paused:
            words += " " + _("Không tính %(n)d ngày làm việc hồ sơ bị trả lại.") % {"n": self.paused}
        return words


def _with_worked(words, worked):
    days = _joined([f"{day:%d/%m}" for day in worked])
    return _("%(words)s, tính cả ngày làm bù %(days)s") % {"words": words, "days": days}


def _list_of_days(skipped):
    """Days off by name, those of Tết together: "02/01 (Tết Dương lịch) và 5 ngày Tết (26, 27, 30, 31/01 và 01/02)"."""
    tet = [day for day, name in skipped if _is_lunar_new_year(name)]
    parts = [
        f"{day:%d/%m} ({name.replace(' (nghỉ bù)', ', nghỉ bù')})"
        for day, name in skipped
        if not _is_lunar_new_year(name)
    ]
    if tet:
        days = [f"{d:%d}" if d.month == n.month else f"{d:%d/%m}" for d, n in itertools.pairwise(tet)]
        days.append(f"{tet[-1]:%d/%m}")
        parts.append(_("%(n)d ngày Tết (%(days)s)") % {"n": len(tet), "days": _joined(days)})
    return _joined(parts)


def _is_lunar_new_year(name):
    return "Tết" in name and "Dương lịch" not in name


def _joined(words):
    return _(" và ").join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def reckon_deadline(
    clock: Clock, start: date, calendar: Calendar, today: date, *, extension: int = 0, pauses: tuple = ()
) -> Deadline:
    """The deadline of `clock` when it starts on `start`. A year without a calendar is said, not guessed.

    A limit in months needs no calendar. `extension` is in working days; `pauses` are (from, to) days on which the
    dossier was returned and taken in again, and count only for a clock that stops on a return.
    """
    paused, skipped, worked = 0, list[date](), tuple[date, ...]()
    try:
        if clock.unit == "months":
            due = add_months(start, clock.length)
        else:
            for first, last in pauses if clock.stops_on_return else ():
                if first < calendar.add(start, clock.length + extension + paused)[0]:
                    paused += calendar.between(max(first, start), last)
            due, skipped = calendar.add(start, clock.length + extension + paused)
            worked = calendar.worked_between(start, due)
    except NoCalendar as error:
        return Deadline(clock, start, missing=str(error))
    return Deadline(
        clock,
        start,
        due,
        left=_working_days_left(calendar, today, due),
        days_left=(due - today).days,
        skipped=tuple((day, calendar.off.get(day, "")) for day in skipped),
        worked=worked,
        extension=extension,
        paused=paused,
    )


def _working_days_left(calendar, today, due):
    """Working days from `today` to `due`, None where a year between them has no calendar."""
    try:
        return calendar.between(today, due)
    except NoCalendar:
        return None


def running_deadline(
    dossier: Dossier, version: Version, calendar: Calendar, today: date, pauses: tuple = ()
) -> Deadline | None:
    """The deadline that runs for `dossier` in its present state, None when no clock runs."""
    key = RUNNING.get(dossier.state)
    if key == "decision" and version.has_clock("transfer_decision") and dossier.arrived_on:
        key = "transfer_decision"
    return deadline_of_clock(dossier, version.clock(key), calendar, today, pauses) if key else None


def decided_too_late_after_transfer(
    version: Version, decided_on: date, transferred_on: date, calendar: Calendar
) -> Clock | None:
    """The clock of `version` by which a decision signed after a transfer has lapsed; None while it is valid."""
    if decided_on <= transferred_on or not version.has_clock("transfer_validity"):
        return None
    clock = version.clock("transfer_validity")
    due = reckon_deadline(clock, transferred_on, calendar, decided_on).due
    return clock if due and decided_on > due else None


def all_deadlines(
    dossier: Dossier, version: Version, calendar: Calendar, today: date, pauses: tuple = ()
) -> list[Deadline]:
    """Every limit of the version whose anchor the dossier has, in the order of the procedure."""
    rows = [deadline_of_clock(dossier, clock, calendar, today, pauses) for clock in version.clocks]
    return [row for row in rows if row.start]


def deadline_of_clock(
    dossier: Dossier, clock: Clock, calendar: Calendar, today: date, pauses: tuple = ()
) -> Deadline:
    """The limit that `clock` sets for `dossier`, whatever its state.

    A clock whose anchor date is not recorded says so instead of taking another date (docs/domain.md, rule 23).
    """
    start = _start_of(dossier, clock)
    if start is None:
        words = _("Chưa ghi %(what)s nên chưa tính được hạn.")
        return Deadline(clock, missing=words % {"what": clock.anchor_name})
    return reckon_deadline(
        clock, start, calendar, today, extension=extension_of(dossier, clock), pauses=pauses
    )


def date_on_dossier(dossier: Dossier, name: str) -> date | None:
    """The day of the dossier's column `name`, or of the paper that "paper:CODE" names; None when not recorded."""
    if not name.startswith(OF_PAPER):
        return getattr(dossier, name)
    code = name.removeprefix(OF_PAPER)
    return next((row.dated_on for row in dossier.papers.all() if row.code == code and row.had), None)


def _start_of(dossier, clock):
    """The day that the clock runs from; papers that were all made anew after the limit start it again."""
    start = date_on_dossier(dossier, clock.anchor)
    if start is None or not clock.redo:
        return start
    anew = [date_on_dossier(dossier, f"{OF_PAPER}{code}") for code in codes_to_redo(dossier, clock)]
    days = [day for day in anew if day is not None]
    again = days and len(days) == len(anew) and min(days) >= add_months(start, clock.length)
    return min(days) if again else start


def codes_to_redo(dossier: Dossier, clock: Clock) -> list[str]:
    """The papers among `clock.redo` that the procedure asks of `dossier`."""
    papers = procedure.version_of(dossier).papers
    return [p.code for p in papers if p.code in clock.redo and WHEN[p.when].applies(dossier)]


def extension_of(dossier: Any, clock: Clock) -> int:
    """Working days that the limit was extended by; never more than a regulation that was read allows (decision 21)."""
    if clock.key not in EXTENSIONS:
        return 0
    extension = getattr(dossier, EXTENSIONS[clock.key], 0)
    return min(extension, clock.extension) if clock.confidence == "verified" else extension


def spans_in_states(events: Iterable[Event], states: Container[str], today: date) -> tuple:
    """(from, to) of each time a dossier was in one of `states`, from its events in order; an open one ends today.

    The events are read as corrected, and without those that were taken back.
    """
    spans, since = [], None
    for event in amend_events(events):
        if event.to_state in states and since is None:
            since = event.on
        elif since and event.to_state not in states:
            spans.append((since, event.on))
            since = None
    return (*spans, (since, today)) if since else tuple(spans)


def pauses_of(events: Iterable[Event], today: date) -> tuple:
    """The times a dossier was returned for completion."""
    return spans_in_states(events, (State.RETURNED,), today)


def days_in(events: Iterable[Event], states: Container[str], calendar: Calendar, today: date) -> int:
    """Working days a dossier has spent in `states`; raises `NoCalendar`."""
    return sum(calendar.between(first, last) for first, last in spans_in_states(events, states, today))
