"""Members through a quarter: at the start, admitted, arrived, departed, left, at the end. It must come out.

Those admitted are the register's own figure and are never typed. The start of a quarter is the end of the one before;
where none was kept for that one, the start is typed. All rows of a page are saved or none.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused
from admissions.models import Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK, amend_events
from admissions.states import State
from branches.models import Organisation, Tier
from notation.dates import format_moment, now
from notation.numbers import NOTHING, format_number
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED
from reports.models import ClosedMovement, MembershipMovement, QuarterClosing, UnitTotals
from reports.periods import Period
from reports.quotas.assign import whole_number

TYPED = ("start", "arrived", "departed", "left", "end")
"""What is typed; `start` only where the quarter before is not recorded."""
OPTIONAL = ("arrived", "departed", "left")
"""Columns where an empty cell says that there was nobody."""
MOST = 999_999


@dataclass
class Line:
    """One branch in one quarter. `known_start` is the end of the quarter before, None where that is not recorded.

    `typed` holds what stands in the cells, `errors` {column: sentence}, `saved` the row as kept. `known` is how many
    the register itself saw arrive, depart and leave: no fewer can be kept.
    """

    branch: Organisation
    admitted: int
    known_start: int | None
    saved: MembershipMovement | ClosedMovement | None
    typed: dict
    errors: dict = field(default_factory=dict)
    known: Counter = field(default_factory=Counter)

    @property
    def columns(self) -> list[str]:
        """The columns that are typed, in the order of the page, without a start that is known."""
        return [column for column in TYPED if column != "start" or self.known_start is None]

    @property
    def kept(self) -> dict[str, str]:
        """{column: text} as kept, empty where nothing is."""
        row = self.saved
        return {column: "" if row is None else str(getattr(row, column)) for column in self.columns}

    @property
    def cells(self) -> list[tuple[str, str, str, str]]:
        """[(column, name in the form, text, error)] in the order of the page, without a start that is known."""
        return [
            (column, field_name(column, self.branch.pk), self.typed[column], self.errors.get(column, ""))
            for column in self.columns
        ]

    @property
    def imbalance(self) -> str:
        """What is wrong with the kept row by the figures of today, "" when it comes out."""
        if self.saved is None:
            return ""
        row = self.saved
        if self.known_start is not None and row.start != self.known_start:
            words = _("đầu quý ghi %(start)s, cuối quý trước là %(before)s")
            return words % {"start": format_number(row.start), "before": format_number(self.known_start)}
        for column in self.known:
            if said := self.too_few(column, getattr(row, column)):
                return said
        return describe_imbalance(row.start, self.admitted, row.arrived, row.departed, row.left, row.end)

    def too_few(self, column: str, number: int) -> str:
        """What is wrong with `number` people when the register knows of more of them, "" when it does not."""
        if number >= self.known[column]:
            return ""
        words = _("sổ kết nạp đã ghi %(known)s người %(what)s trong quý, ở đây ghi %(number)s")
        return words % {"known": self.known[column], "what": str(WORDS[column]), "number": number}


WORDS = {
    "arrived": gettext_lazy("chuyển đến"),
    "departed": gettext_lazy("chuyển đi"),
    "left": gettext_lazy("mất hoặc ra khỏi Đảng"),
}
"""The columns of which the register itself knows, in words."""
MEMBERS = (State.DECIDED, State.PROBATIONARY, State.CONVERTING, State.OFFICIAL)
GONE_BY = {"transfer": "departed", "died": "left", "leave": "left", "decline_reviewed": "left"}
"""{act that ends a membership here: the column that it counts in}."""


def known_movements(unit: Organisation, period: Period) -> dict[int, Counter]:
    """{branch: {column: number}} of the members whom the register saw come and go at or under `unit` in `period`.

    Events count as they read today, with what was corrected in them and without what was taken back.
    """
    known: dict[int, Counter] = defaultdict(Counter)
    for event in _comings_and_goings(unit):
        if not period.includes(event.on):
            continue
        if event.action in GONE_BY and event.from_state in MEMBERS:
            known[event.dossier.branch_id][GONE_BY[event.action]] += 1
        elif event.action == "arrive" and event.to_state in MEMBERS:
            known[event.facts["branch"]["id"]]["arrived"] += 1
    return known


def _comings_and_goings(unit):
    told = Event.objects.filter(action__in=(*GONE_BY, "arrive"), dossier__branch__path__startswith=unit.path)
    changing = Q(action__in=(CORRECT, TAKE_BACK), dossier__in=told.values("dossier"))
    rows = Event.objects.filter(Q(pk__in=told.values("pk")) | changing).select_related("dossier")
    for _dossier, events in groupby(rows.order_by("dossier_id", "no"), key=lambda event: event.dossier_id):
        yield from amend_events(events)


def field_name(column: str, pk: int) -> str:
    """The name of a cell in the form."""
    return f"{column}-{pk}"


def describe_imbalance(start: int, admitted: int, arrived: int, departed: int, left: int, end: int) -> str:
    """How far a row is from coming out, with the whole sum; "" when it does."""
    reckoned = start + admitted + arrived - departed - left
    if reckoned == end:
        return ""
    words = _(
        "lệch %(by)s: đầu quý %(start)s + kết nạp %(admitted)s + chuyển đến %(arrived)s − chuyển đi %(departed)s"
        " − ra khỏi %(left)s = %(reckoned)s, ghi %(end)s"
    )
    numbers = {
        "by": abs(end - reckoned),
        "start": start,
        "admitted": admitted,
        "arrived": arrived,
        "departed": departed,
        "left": left,
        "reckoned": reckoned,
        "end": end,
    }
    return words % {name: format_number(number) for name, number in numbers.items()}


def branches_in_quarter(unit: Organisation, period: Period) -> list[Organisation]:
    """The branches at or under `unit` that existed in the quarter, rural ones first, each by name."""
    rows = Organisation.objects.under(unit).branches().during(period.first, period.last)
    return sorted(rows.select_related("parent"), key=lambda row: (not row.rural, row.sort_key, row.pk))


def rows_of(unit: Organisation, period: Period) -> QuerySet[MembershipMovement]:
    """The kept rows of a quarter at or under `unit`."""
    return MembershipMovement.objects.filter(
        branch__path__startswith=unit.path, year=period.first.year, quarter=period.number
    )


def movement_lines(unit: Organisation, period: Period, typed: Mapping[str, str] | None = None) -> list[Line]:
    """A `Line` for each branch; `typed` is what was sent: a cell that was not sent holds what is kept."""
    kept = {row.branch_id: row for row in rows_of(unit, period).select_related("by")}
    ends = dict(rows_of(unit, periods.preceding_quarter(period)).values_list("branch_id", "end"))
    counts, known = figures.count_by_unit(unit, period), known_movements(unit, period)
    lines = []
    for branch in branches_in_quarter(unit, period):
        saved = kept.get(branch.pk)
        cells = {name: "" if saved is None else str(getattr(saved, name)) for name in TYPED}
        sent = typed or {}
        for name in TYPED:
            cells[name] = sent.get(field_name(name, branch.pk), cells[name]).strip()[:20]
        admitted = counts.get(branch.pk, Counter())["admitted"]
        seen = known.get(branch.pk, Counter())
        lines.append(Line(branch, admitted, ends.get(branch.pk), saved, cells, known=seen))
    return lines


def kept_cells(lines: list[Line]) -> dict[str, str]:
    """{name in the form: text as kept}: what somebody who opens the page reads."""
    return {field_name(column, line.branch.pk): text for line in lines for column, text in line.kept.items()}


def settle_lines(lines: list[Line], read: Mapping[str, str]) -> None:
    """Leave the rows that somebody else wrote since they were `read`; one typed over here too gets errors instead."""
    for line in lines:
        names = {column: field_name(column, line.branch.pk) for column in line.columns}
        theirs = [column for column in line.columns if line.kept[column] != read.get(names[column], "")]
        touched = [column for column in line.columns if line.typed[column] != read.get(names[column], "")]
        if not theirs or all(line.typed[column] == line.kept[column] for column in line.columns):
            continue
        for column in theirs:
            if column not in touched:
                line.typed[column] = line.kept[column]
            if touched:
                line.errors[column] = _tell_other(line, column)


def _tell_other(line, column):
    if line.saved is None:
        return _("Người khác vừa bỏ số liệu của hàng này; xem lại rồi ghi.")
    facts = {"who": line.saved.by.full_name, "at": format_moment(line.saved.at), "n": line.kept[column]}
    return _("%(who)s, %(at)s ghi %(n)s; xem lại hàng này rồi ghi.") % facts


def record_movements(
    unit: Organisation,
    period: Period,
    typed: Mapping[str, str],
    *,
    by: User,
    read: Mapping[str, str] | None = None,
    reason: str = "",
) -> int:
    """Keep what was typed for every branch at or under `unit`; how many rows changed.

    A row that was emptied is taken out; a cell that was not sent stays. `read` is what the page showed when it was
    opened, None for a caller that reads the rows itself. Every change leaves a line in the log, with `reason`. Raises
    `Refused` with a sentence for every cell that cannot stand ({"end-231": …}), having kept nothing.
    """
    with transaction.atomic():
        list(rows_of(unit, period).select_for_update())
        later = dict(rows_of(unit, periods.following_quarter(period)).values_list("branch_id", "start"))
        lines = movement_lines(unit, period, typed)
        if read is not None:
            settle_lines(lines, read)
        changed = 0
        problems: dict[str, str] = {}
        for line in lines:
            before = line.kept
            if not line.errors and _record(line, period, later.get(line.branch.pk), by):
                changed += 1
                _log_change(line, period, before, reason, by)
            problems |= {field_name(column, line.branch.pk): said for column, said in line.errors.items()}
        if problems:
            raise Refused(problems)
        return changed


def _log_change(line, period, before, reason, by):
    """A line of the log: what stood in a row and what stands there now, in the order of the columns."""
    old, new = (
        " ".join(row[column] or "0" for column in line.columns)
        if any(row[column] for column in line.columns)
        else NOTHING
        for row in (before, line.typed)
    )
    with override("vi"):
        words = f"Tăng giảm đảng viên {period}, {line.branch.title}: {old} → {new}"
    log_change(by, f"{words} ({reason})" if reason else words)


def _record(line, period, later_start, by):
    """Keep one row; says whether it changed. What is wrong goes into the errors of the line."""
    numbers = _numbers(line)
    if line.errors or (numbers is None and line.saved is None):
        return False
    end = None if numbers is None else numbers["end"]
    if later_start is not None and end != later_start:
        words = _("%(quarter)s đã ghi đầu quý %(n)s; bỏ số liệu quý đó trước")
        line.errors["end"] = words % {
            "quarter": periods.following_quarter(period),
            "n": format_number(later_start),
        }
        return False
    if numbers is None:
        line.saved.delete()
        return True
    line.errors |= {column: said for column in line.known if (said := line.too_few(column, numbers[column]))}
    if line.errors:
        return False
    if said := describe_imbalance(admitted=line.admitted, **numbers):
        line.errors["end"] = said
        return False
    if line.saved is not None and all(getattr(line.saved, key) == n for key, n in numbers.items()):
        return False
    MembershipMovement.objects.update_or_create(
        branch=line.branch,
        year=period.first.year,
        quarter=period.number,
        defaults=numbers | {"by": by, "at": now()},
    )
    return True


def _numbers(line):
    """{column: number} of what was typed; None when the row was left empty."""
    if not any(line.typed[column] for column in line.columns):
        return None
    numbers = {}
    for column in line.columns:
        try:
            number = whole_number(line.typed[column], MOST)
        except Refused:
            line.errors[column] = _("Ghi một số nguyên từ 0, không quá 6 chữ số.")
            continue
        if number is None and column not in OPTIONAL:
            line.errors[column] = _("Ghi số đảng viên.")
        numbers[column] = number or 0
    if line.known_start is not None:
        numbers["start"] = line.known_start
    return numbers


@dataclass(frozen=True)
class Sums:
    """The rows at or under a unit added up; `recorded` of `branches` are kept, `wrong` of them do not come out."""

    unit: Organisation
    start: int
    admitted: int
    arrived: int
    departed: int
    left: int
    end: int
    recorded: int
    branches: int
    wrong: int

    @property
    def imbalance(self) -> str:
        """How far the sums are from coming out, "" when they do."""
        return describe_imbalance(self.start, self.admitted, self.arrived, self.departed, self.left, self.end)

    @property
    def wrong_words(self) -> str:
        return f"{format_number(self.wrong)} {_('chi bộ lệch')}" if self.wrong else ""

    @property
    def fault(self) -> str:
        """What does not come out: the sums themselves, or else branches; "" where all does."""
        return self.imbalance or self.wrong_words

    @property
    def sentence(self) -> str:
        """How many branches are recorded, and how many of them do not come out."""
        numbers = {"n": format_number(self.recorded), "of": format_number(self.branches)}
        said = _("%(n)s/%(of)s chi bộ đã ghi.") % numbers
        return f"{said} {_('%(n)s chi bộ lệch.') % {'n': format_number(self.wrong)}}" if self.wrong else said


def movement_sums(unit: Organisation, lines: list[Line]) -> Sums:
    """`Sums` of the kept rows among `lines`; those admitted count where the row is kept."""
    kept = [line for line in lines if line.saved is not None]
    columns = {name: sum(getattr(line.saved, name) for line in kept) for name in TYPED}
    wrong = sum(bool(line.imbalance) for line in kept)
    admitted = sum(line.admitted for line in kept)
    return Sums(unit, admitted=admitted, recorded=len(kept), branches=len(lines), wrong=wrong, **columns)


def closed_lines(unit: Organisation, closing: QuarterClosing) -> list[Line]:
    """A `Line` for each branch as it stood when the quarter was closed; the cells hold what was kept."""
    rows = {row.branch_id: row for row in closing.movements.filter(branch__path__startswith=unit.path)}
    branches = branches_in_quarter(unit, periods.quarter_period(closing.year, closing.number))
    totals = UnitTotals.objects.filter(quarter=closing, unit__in=branches).order_by()
    admitted = {pk: own.get(ADMITTED.key, 0) for pk, own in totals.values_list("unit", "own")}
    lines = []
    for branch in branches:
        row = rows.get(branch.pk)
        cells = {name: "" if row is None else str(getattr(row, name)) for name in TYPED}
        known = row.before if row else None
        lines.append(Line(branch, admitted.get(branch.pk, 0), known, row, cells))
    return lines


def changed_since(then: Line, now: Line) -> list[tuple[str, str]]:
    """[(column, number of today)] of what differs from the closed line; "–" where the row was taken out."""
    columns = [name for name in TYPED if then.typed[name] != now.typed[name]]
    changed = [(name, now.typed[name] or NOTHING) for name in columns]
    return changed + ([("admitted", str(now.admitted))] if then.admitted != now.admitted else [])


def rolled_up(unit: Organisation, period: Period) -> tuple[Sums, list[Sums]]:
    """(`Sums` of `unit`, [`Sums` of each unit directly under it]) from the kept rows."""
    return roll_up_lines(unit, movement_lines(unit, period))


def roll_up_lines(unit: Organisation, lines: list[Line]) -> tuple[Sums, list[Sums]]:
    """(`Sums` of `unit`, [`Sums` of each unit directly under it]) of the `lines` of its branches."""
    if unit.tier == Tier.BRANCH or unit.is_base_branch:
        return movement_sums(unit, lines), []
    depth = len(unit.ancestor_ids())
    groups: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.branch.ancestor_ids()[depth], []).append(line)
    children = Organisation.objects.filter(pk__in=groups)
    ordered = sorted(children, key=lambda child: child.place_in_tables)
    return movement_sums(unit, lines), [movement_sums(child, groups[child.pk]) for child in ordered]
