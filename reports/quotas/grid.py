"""The grid of quotas of the units under one: typed or pasted, checked, and given together or not at all."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier
from admissions.states import State
from branches.models import Organisation
from notation.vietnamese import fold
from reports import links, periods
from reports.figures import figures
from reports.measures import Measure
from reports.models import Basis, Quota
from reports.periods import Period
from reports.quotas import attainment
from reports.quotas.assign import Amount, assign_quota, quota_history, whole_number
from reports.quotas.attainment import quota_in_words


def child_units(unit: Organisation, period: Period) -> list[Organisation]:
    """The units directly under `unit` that existed in `period`, places first."""
    rows = Organisation.objects.filter(parent=unit).during(period.first, period.last)
    return sorted(rows, key=lambda row: row.place_in_tables)


def count_sources(unit: Organisation) -> Counter[int]:
    """{primary key: people on the source list today} for the units directly under `unit`."""
    depth = len(unit.ancestor_ids())
    counts: Counter[int] = Counter()
    rows = Dossier.objects.under(unit).filter(state=State.LISTED).values_list("branch__path").order_by()
    for path, number in rows.annotate(dossiers=Count("pk")):
        counts.update({int(pk): number for pk in path.split("/")[depth : depth + 1] if pk})
    return counts


def grid_token(parent: Organisation, period: Period, measure: str = "admitted") -> str:
    """A digest of what stands in the grid of `parent`: another value means that someone changed it meanwhile."""
    rows = Quota.objects.of(period, measure).filter(unit__parent=parent).order_by("pk")
    keys = ",".join(map(str, rows.values_list("pk", flat=True)))
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


@dataclass
class GridLine:
    """One unit of the grid: what it did, has at hand, was given and asks for; what is typed, and what is wrong."""

    unit: Organisation
    past: list[tuple[int | None, str]]
    sources: int
    under_way: int
    last: int | None
    now: attainment.Target | None
    proposal: Quota | None
    typed: str
    error: str = ""

    @property
    def name(self) -> str:
        return f"q{self.unit.pk}"

    @property
    def names(self) -> str:
        """What a pasted line may call the unit, without marks, between bars."""
        unit = self.unit
        return "|".join(dict.fromkeys(map(fold, (unit.short_name, unit.name, unit.title))))

    @property
    def sources_url(self) -> str:
        return links.sources_url(self.unit)

    @property
    def under_way_url(self) -> str:
        return links.under_way_url(self.unit)

    @property
    def heads(self) -> int:
        """What the cell adds to the sum: the number typed, or what stands where nothing is typed."""
        try:
            number = whole_number(self.typed)
        except Refused:
            return 0
        return (self.now.number if self.now else 0) if number is None else number


def years_before(period: Period) -> list[Period]:
    """The two years before the period begins, the earlier first."""
    return [periods.year_period(period.first.year - 2), periods.year_period(period.first.year - 1)]


def left_to_gone_units(
    unit: Organisation, period: Period, measure: Measure, sums: list[int | None]
) -> list[tuple[Period, int, str]]:
    """[(year, what `unit` admitted, its list)] of the years in which units that are no more admitted a part of it.

    `sums` are the sums of the units shown, for each of `years_before`.
    """
    years = years_before(period)
    whole = figures.tally_cells(unit, [(year, measure) for year in years])
    return [
        (year, number, links.figure_url(unit, year, measure.key))
        for year, number, total in zip(years, whole, sums, strict=True)
        if total is not None and number != total
    ]


def read_lines(
    unit: Organisation, period: Period, measure: Measure, shown: list[Organisation], typed: Mapping[str, str]
) -> list[GridLine]:
    """A line for each unit shown; a fixed number of statements."""
    years, pks, begin = years_before(period), [row.pk for row in shown], figures.register_begin()
    counts = figures.count_by_child(unit, [(year, measure) for year in years])
    sources, under_way = count_sources(unit), figures.under_way_by_child(unit)
    given = attainment.quotas_of(pks, [period, years[1]], measure.key)
    waiting = Quota.objects.pending().heads().of(period, measure.key).filter(unit__in=pks)
    proposals = {row.unit_id: row for row in waiting.select_related("membership")}
    lines = []
    for row in shown:
        pk, now, last = row.pk, given.get((row.pk, period)), given.get((row.pk, years[1]))
        past = [
            (number if begin and begin <= year.last else None, links.figure_url(row, year, measure.key))
            for number, year in zip(counts.get(pk, (0, 0)), years, strict=True)
        ]
        plain = str(now.number) if now is not None and now.quota.kind == Quota.Kind.NUMBER else ""
        text = typed.get(f"q{pk}", plain)
        lines.append(
            GridLine(
                row,
                past,
                sources=sources[pk],
                under_way=under_way[pk],
                last=None if last is None else last.number,
                now=now,
                proposal=proposals.get(pk),
                typed=text[:20],
            )
        )
    return lines


def paste_column(lines: list[GridLine], text: str) -> list[str]:
    """Fill the column from what was pasted, by the units' names where it has them; [what is wrong], filling nothing."""
    cells = parse_pasted(text[:20_000])
    if not cells:
        return [_("Chưa dán cột số nào.")]
    if all(name for name, _cell in cells):
        by_name = {name: line for line in lines for name in line.names.split("|")}
        unknown = [name[:60] for name, _cell in cells if fold(name) not in by_name]
        if unknown:
            words = _("Không có đơn vị “%(name)s” trong lưới; chưa điền gì.")
            return [words % {"name": name} for name in unknown]
        matched = [(by_name[fold(name)], cell) for name, cell in cells]
    elif len(cells) > len(lines):
        facts = {"n": len(cells), "rows": len(lines)}
        return [_("Cột dán có %(n)d số, lưới có %(rows)d đơn vị; chưa điền gì.") % facts]
    else:
        matched = list(zip(lines, (cell for _name, cell in cells), strict=False))
    for line, cell in matched:
        line.typed = cell[:20]
    return []


def mark_errors(lines: list[GridLine]) -> None:
    """Mark the cells that could not be saved as they are; each says itself what is wrong."""
    current = {line.unit.pk: line.now.quota for line in lines if line.now is not None}
    _numbers, wrong = read_column({line.unit: line.typed for line in lines}, current)
    for line in lines:
        line.error = wrong.get(line.unit, "")


def parse_pasted(text: str) -> list[tuple[str, str]]:
    """[(name or "", cell)] as a spreadsheet copies them: a line each, no empty tail.

    The cell is the last column of several, the name the last of those before it that is no number.
    """
    cells = []
    for line in text.rstrip().splitlines() if text.strip() else ():
        *before, cell = (part.strip() for part in line.split("\t"))
        cells.append((next((part for part in reversed(before) if _is_name(part)), ""), cell))
    return cells


def _is_name(text):
    return bool(text) and not all(letter.isdigit() or letter in " .,-" for letter in text)


def read_column(
    typed: dict[Organisation, str], current: dict[int, Quota]
) -> tuple[dict[Organisation, int | None], dict[Organisation, str]]:
    """({unit: number or None}, {unit: what is wrong}) of what was typed; `current` says what stands assigned.

    A unit that has a number keeps one: an emptied cell is an error, not a deletion.
    """
    numbers, wrong = {}, {}
    for unit, text in typed.items():
        try:
            numbers[unit] = whole_number(text)
        except Refused as refusal:
            wrong[unit] = " ".join(refusal.messages)
            continue
        former = current.get(unit.pk)
        if numbers[unit] is None and former is not None and former.kind == Quota.Kind.NUMBER:
            wrong[unit] = _("Đã giao %(n)s; không giao nữa thì ghi 0.") % {"n": quota_in_words(former)}
    return numbers, wrong


@transaction.atomic
def give_column(
    parent: Organisation,
    period: Period,
    typed: dict[Organisation, str],
    *,
    by: User,
    basis: Basis,
    seen: str,
    measure: str = "admitted",
) -> int:
    """How many quotas of the units under `parent` were written: all that changed, or with `Refused` none.

    `typed` is {unit: text}; `seen` the `grid_token` as the one who types saw it.
    """
    if not by.may(Permission.SET_QUOTA, parent):
        raise PermissionDenied
    if grid_token(parent, period, measure) != seen:
        raise Stale(_("Người khác vừa sửa lưới này. Xem số mới bên cạnh rồi giao lại."))
    rows = Quota.objects.current().heads().of(period, measure).filter(unit__parent=parent)
    current = {row.unit_id: row for row in rows.select_related("membership")}
    numbers, wrong = read_column(typed, current)
    if wrong:
        raise Refused({f"q{unit.pk}": sentence for unit, sentence in wrong.items()})
    written = 0
    for unit, number in numbers.items():
        if number is None or _stands(current.get(unit.pk), number, unit, period, measure):
            continue
        amount = Amount(number=number)
        written += assign_quota(unit, period, amount, by=by, basis=basis, measure=measure)[1]
    return written


def _stands(former, number, unit, period, measure):
    """Whether the cell says nothing new: the number assigned already, and none that waits to be agreed to.

    A proposal of another number goes on waiting: an untouched cell is no answer.
    """
    same = former is not None and Amount(number=number).said_by(former)
    return same and not quota_history(unit, period, measure).pending().filter(number=number).exists()
