"""The chain of a closed quarter: what its closing kept, beside the register's numbers where the two differ."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.models import Dossier
from branches.models import Organisation
from notation.dates import dmy
from notation.numbers import format_number
from notation.vietnamese import sort_key
from reports.closing import year_reading
from reports.closing.since import AsClosed, compare_with_closing
from reports.figures import chain
from reports.figures.chain import Chain, Tally, none_taken
from reports.figures.chain_steps import Step
from reports.figures.delays import Returns
from reports.models import ClosedLine, QuarterClosing
from reports.pages.chain import (
    IN_TABLE,
    Asked,
    Reasons,
    StepLine,
    UnitLine,
    chain_lead,
    late_reasons,
    returns_of,
)

SPEEDS = ("median", "most")


@dataclass(frozen=True)
class KeptChain:
    """What `closing` kept of the chain that is asked for."""

    asked: Asked
    closing: QuarterClosing

    @cached_property
    def counts(self) -> Chain:
        return year_reading.closed_chain(self.closing, self.asked.unit, self.asked.group.measure)

    @cached_property
    def late_reasons(self) -> dict[str, list[int]]:
        return year_reading.closed_delays(self.closing, self.asked.unit, self.asked.group.measure)

    @cached_property
    def returns(self) -> Returns:
        return year_reading.closed_returns(self.closing, self.asked.unit, self.asked.group.measure)

    @cached_property
    def difficulties(self) -> dict[str, int]:
        kind = ClosedLine.Kind.DIFFICULTY
        return year_reading.count_by_key(self.closing, self.asked.unit, kind)

    def people(self, unit: Organisation | None = None, /, **asked: str) -> str:
        """The list behind a number, as it was kept."""
        return self.asked.people(unit, lan=str(self.closing.pk), **asked)


def read_kept_chain(asked: Asked) -> KeptChain | None:
    """The `KeptChain` of a quarter whose closing kept the year; None of a cohort, which goes on after it."""
    closing = None if asked.cohort else year_reading.closing_with_year(asked.period)
    return KeptChain(asked, closing) if closing else None


@dataclass(frozen=True)
class ChainReasons:
    """[(main reason, how many)] of late decisions and of returns, the most frequent first; `overdue` of those late
    still wait for theirs."""

    late: list[tuple[str, int]]
    returned: list[tuple[str, int]]
    overdue: int = 0


def read_chain_reasons(asked: Asked) -> ChainReasons:
    """The `ChainReasons` of what is asked for: as closed where its closing kept them, else of the register."""
    if kept := read_kept_chain(asked):
        return ChainReasons(_counted(kept.late_reasons), _counted(kept.returns.by_reason))
    counts = chain.read_chain(asked.unit, asked.period, asked.group.condition, cohort=asked.cohort)
    late = late_reasons(asked, counts).rows
    return ChainReasons(
        [(reason, number) for reason, number, _url in late],
        _counted(returns_of(asked).by_reason),
        len(counts.whole["decided"].overdue),
    )


def _counted(found):
    return [(reason, len(pks)) for reason, pks in found.items()]


@dataclass(frozen=True)
class KeptRow:
    """A row of a list that a closing kept: the person, the branch of that day, and what is said beside."""

    name: str
    dossier: Dossier
    branch: Organisation
    words: str


def list_kept_people(kept: KeptChain, step: Step | None, what: str, reason: str) -> list[KeptRow]:
    """The rows behind a number that a closing kept of the chain, by name: of a step, of those who were too late in it,
    or of the returns where there is no step."""
    unit, measure = kept.asked.unit, kept.asked.group.measure
    if step is None:
        rows = year_reading.kept_return_lines(kept.closing, unit, measure, reason=reason)
        told = [KeptRow(row.facts["name"], row.person, row.unit, row.key) for row in rows]
    else:
        late = reason if what else None
        rows = year_reading.kept_step_lines(kept.closing, unit, step.key, measure, late=late)
        told = [KeptRow(row.facts["name"], row.person, row.unit, _words_of_step(row)) for row in rows]
    return sorted(told, key=lambda row: (sort_key(row.name), row.dossier.pk))


def _words_of_step(row):
    """ "12/10/2016, 41 ngày làm việc; Đảng ủy cơ sở gửi muộn": the day, how long it took, why it was late."""
    told = [dmy(date.fromisoformat(row.facts["on"]))]
    if (days := row.facts.get("days")) is not None:
        told.append(ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", days) % {"n": format_number(days)})
    return "; ".join(filter(None, [", ".join(told), row.facts.get("reason", "")]))


def note_steps(lines: list[StepLine], kept: KeptChain | None) -> list[StepLine]:
    """The lines, each with what was closed where that is another number."""
    if kept is None:
        return lines
    return [
        replace(line, notes=_notes_of(kept, line.tally, kept.counts.whole[line.step.key], line.step.key))
        for line in lines
    ]


def note_units(lines: list[UnitLine], kept: KeptChain | None) -> list[UnitLine]:
    """The lines of units, or of the whole, as `note_steps`; a unit that had numbers that day alone has its line."""
    return lines if kept is None else [_note_unit(line, kept) for line in lines]


def _note_unit(line, kept):
    whole = line.unit == kept.asked.unit
    then = kept.counts.whole if whole else kept.counts.parts.get(line.unit.pk, none_taken())
    notes = {
        key: note
        for key, (number, _url, _key) in zip(IN_TABLE, line.steps, strict=True)
        if (note := compare_with_closing(number, then[key].people, kept.people(line.unit, buoc=key)))
    }
    speeds = _notes_of(kept, line.decided, then["decided"], "decided", line.unit)
    return replace(line, notes=notes | {key: speeds[key] for key in (*SPEEDS, "late") if key in speeds})


def _notes_of(kept: KeptChain, now: Tally, then: Tally, step: str, unit: Organisation | None = None):
    """{"people", "late", "median", "most": what was closed}, of those that differ."""
    url = kept.people(unit, buoc=step)
    late = kept.people(unit, buoc=step, xem="qua-han")
    found: dict[str, AsClosed | None] = {
        "people": compare_with_closing(now.people, then.people, url),
        "late": compare_with_closing(len(now.passed), len(then.passed), late),
    }
    for name in SPEEDS:
        found[name] = compare_with_closing(getattr(now, name), getattr(then, name), url)
    return {key: note for key, note in found.items() if note}


def note_reasons(found: Reasons, then: dict[str, list[int]], kept: KeptChain, **asked: str) -> Reasons:
    """The reasons with what was closed; one that was counted that day alone has its row."""
    now = {reason: number for reason, number, _url in found.rows}
    gone = [(reason, 0, "") for reason in then if reason not in now]
    notes = {
        reason: note
        for reason in (*now, *(reason for reason, _number, _url in gone))
        if (
            note := compare_with_closing(
                now.get(reason, 0), len(then.get(reason, ())), kept.people(None, ly_do=reason, **asked)
            )
        )
    }
    total = compare_with_closing(found.total, sum(map(len, then.values())), kept.people(None, **asked))
    return replace(found, rows=(*found.rows, *gone), notes=notes | ({"": total} if total else {}))


def note_difficulties(
    rows: list[tuple[str, int, str]], kept: KeptChain | None
) -> tuple[list[tuple[str, int, str]], dict[str, AsClosed]]:
    """(the difficulties, what was closed of those that differ); one that was counted that day alone has its row."""
    if kept is None:
        return rows, {}
    now = {words: number for words, number, _url in rows}
    rows = rows + [(words, 0, "") for words in kept.difficulties if words not in now]
    pairs = {
        words: compare_with_closing(now.get(words, 0), kept.difficulties.get(words, 0), "")
        for words, _number, _url in rows
    }
    return rows, {words: note for words, note in pairs.items() if note}


def chain_words(asked: Asked) -> str:
    """What goes into the written report of a quarter: the paragraph, and the reasons with their numbers; as closed
    where its closing kept them."""
    kept = read_kept_chain(asked)
    if kept:
        counts = kept.counts
        rows = tuple((reason, number, "") for reason, number in _counted(kept.late_reasons))
        reasons = Reasons(rows, sum(number for _reason, number, _url in rows), "")
    else:
        counts = chain.read_chain(asked.unit, asked.period, asked.group.condition, cohort=asked.cohort)
        reasons = late_reasons(asked, counts)
    words = chain_lead(asked, counts, reasons).plain
    if asked.group.key:
        words = f"{asked.group.label}: {words}"
    if len(reasons.rows) > 1:
        parts = ", ".join(f"{reason} {format_number(number)}" for reason, number, _url in reasons.rows)
        words += " " + _("Lý do chính: %(parts)s.") % {"parts": parts}
    return words
