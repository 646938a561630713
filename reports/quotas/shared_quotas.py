"""What a hand-over adds to and takes from quotas, each cell revised once; proposals that wait; and all of it back."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.models import User
from branches.hand_over import Handed, HandingOver
from branches.models import Organisation, Reorganisation
from branches.row_keeper import RowKeeper
from reports import periods
from reports.models import Basis, Quota
from reports.periods import Period
from reports.quotas.assign import NEEDS, Amount
from reports.quotas.attainment import quota_in_words, quota_target

if TYPE_CHECKING:
    from typing import Protocol

    class ReachedBefore(Protocol):
        def number(self, unit: int, first: date, measure: str) -> int: ...


Kind, State = Quota.Kind, Quota.State
COLUMNS = ("kind", "number", "high", "rate", "membership")
"""The columns that say how much a quota asks for."""


class Cells:
    """How the quotas in heads of many units change, by (unit, period, measure)."""

    def __init__(self, handing: HandingOver) -> None:
        self.handing = handing
        self.changes: dict[tuple[int, date, date, str, str], list[tuple[int, int]]] = defaultdict(list)

    def add(self, unit: int, days: Period, measure: str, low: int, high: int, kind: str = "") -> None:
        """Add `low` heads, to a range's upper end `high`; `kind` says how where it is written even if it is nothing:
        of an AVERAGE these are heads a year."""
        if low or high or kind:
            self.changes[unit, days.first, days.last, measure, kind].append((low, high))

    def write(self, *, by: User) -> None:
        """Revise each cell once; the reason shows the sum."""
        units = {unit for unit, *_cell in self.changes}
        current = {
            (row.unit_id, row.first, row.last, row.measure): row
            for row in Quota.objects.current().heads().filter(unit__in=units).select_related("membership")
        }
        basis = record_document(self.handing) if self.changes else None
        for (unit, first, last, measure, kind), changes in self.changes.items():
            own = current.get((unit, first, last, measure))
            amount = _changed(own, changes, kind, periods.any_days(first, last))
            facts = {"unit_id": unit, "first": first, "last": last, "measure": measure, "by": by}
            said = {name: getattr(amount, name) for name in COLUMNS}
            reason = " + ".join(str(low) for low, _high in changes) if len(changes) > 1 else ""
            row = Quota.objects.create(**facts, **said, revises=own, basis=basis, reason=reason[:300])
            self.handing.rows.grow(row)


def record_document(handing: HandingOver) -> Basis:
    """The document that the change rests on, written down when it is new."""
    document = handing.document
    if document is None:
        return Basis.objects.get_or_create(number=handing.basis, on=handing.on, issuer="")[0]
    facts: dict[str, Any] = {"number": document.number, "on": document.on, "issuer": document.issuer}
    return Basis.objects.get_or_create(**facts)[0]


def _changed(own, changes, kind, period):
    low, high = (sum(column) for column in zip(*changes, strict=True))
    if kind == Kind.AVERAGE or (own and own.kind == Kind.AVERAGE):
        return Amount(kind=Kind.AVERAGE, number=(own.number if own else 0) + low)
    target = quota_target(own, period).number if own else 0
    number, most = target + low, (own.high if own and own.high else target) + high
    return Amount(number=number) if most == number else Amount(kind=Kind.RANGE, number=number, high=most)


def spread_average(cells: Cells, quota: Quota, given: Mapping[int, int], reached: "ReachedBefore") -> None:
    """An average over a term: what is left of the running year, and the whole years that follow, go to the heirs.

    The old unit keeps its average for the years before, and of the running year what it reached. A year that has a
    quota of its own goes by that one.
    """
    on, measure = cells.handing.on, quota.measure
    begun = (on.month, on.day) != (1, 1)
    if begun and given and quota.first.year <= on.year:
        year = periods.year_period(on.year)
        if not Quota.objects.current().heads().of(year, measure).filter(unit=quota.unit_id).exists():
            own = reached.number(quota.unit_id, year.first, measure)
            rest = max(0, sum(given.values()) - own)
            cells.add(quota.unit_id, year, measure, own, own, Kind.NUMBER)
            for heir, number in given.items():
                part = min(number, rest)
                rest -= part
                cells.add(heir, year, measure, part, part)
    first = max(quota.first.year, on.year + begun)
    years = range(first, quota.last.year + 1)
    for heir, number in given.items() if years else ():
        held = Quota.objects.current().filter(unit=heir, kind=Kind.AVERAGE, measure=measure)
        row = held.filter(first__lte=date(first, 1, 1), last__gte=quota.last).first()
        if row is None and len(years) > 1:
            cells.add(
                heir, periods.any_days(date(first, 1, 1), quota.last), measure, number, number, Kind.AVERAGE
            )
            continue
        for n in years:
            year = periods.year_period(n)
            exact = Quota.objects.current().heads().of(year, measure).filter(unit=heir).exists()
            base = row.number if row and not exact else 0
            cells.add(heir, year, measure, (base or 0) + number, (base or 0) + number)


# Proposals that wait


def hand_over_proposals(handing: HandingOver, *, by: User) -> list[Handed]:
    """A proposal that waits becomes one of the heir, for as much more than it was asked for; the old one is answered.

    It says whose it was.
    """
    waiting = list(Quota.objects.pending().filter(unit__in=[*handing.units]).select_related("unit", "by"))
    parts, moved = Counter(row.unit_id for row in waiting), 0
    more: dict[tuple, list[Quota]] = defaultdict(list)
    for row in waiting:
        heir = handing.only_heir(row.unit_id)
        if heir is not None and row.kind in (Kind.NUMBER, Kind.RANGE):
            more[heir.pk, row.first, row.last, row.measure].append(row)
            moved += 1
    for (heir, first, last, measure), rows in more.items():
        _propose(handing, Organisation.objects.get(pk=heir), periods.any_days(first, last), measure, rows)
    label, how = _("Đề nghị chỉ tiêu đang mở"), _("thành đề nghị của đơn vị mới, ghi tên đơn vị cũ")
    left = len(waiting) - moved
    return [
        Handed(what="proposals", key="proposals", label=label, how=how, moved=moved, left=left, parts=parts)
    ]


def _propose(handing, heir, days, measure, rows):
    heads = Quota.objects.current().heads().of(days, measure)
    asked = heads.filter(unit=heir).select_related("membership").first()
    number = quota_target(asked, days).number if asked else 0
    words = []
    for row in rows:
        before = _asked_before(handing, row, heads, days)
        number += (row.number or 0) - before
        words.append(f"{row.unit.place_name}: {quota_in_words(row)}")
        reason = _("chuyển thành đề nghị của %(unit)s") % {"unit": heir.title}
        handing.rows.grow(_answer(row, reason))
    own = Quota.objects.of(days, measure).heads().filter(unit=heir, state=State.PROPOSED, revision=None)
    reason = _("đề nghị của %(units)s") % {"units": "; ".join(words)}
    row = Quota.objects.create(
        unit=heir,
        first=days.first,
        last=days.last,
        measure=measure,
        number=max(0, number),
        state=State.PROPOSED,
        revises=own.first(),
        reason=reason[:300],
        by=rows[0].by,
    )
    handing.rows.grow(row)


def _asked_before(handing, proposal, heads, days):
    """What the unit of a proposal was asked for before it handed over."""
    row = heads.filter(unit=proposal.unit_id).select_related("revises__membership").first()
    if row is None:
        return 0
    mine = {grown.pk for grown in handing.rows.grown}
    while row.pk in mine and row.revises is not None:
        row = row.revises
    return 0 if row.pk in mine else quota_target(row, days).number


def _answer(proposal, reason):
    said = {name: getattr(proposal, name) for name in COLUMNS}
    facts = {"first": proposal.first, "last": proposal.last, "measure": proposal.measure, "by": proposal.by}
    return Quota.objects.create(
        unit_id=proposal.unit_id,
        state=State.DECLINED,
        answers=proposal,
        reason=reason[:300],
        **facts,
        **said,
    )


# And back


def hand_back_quotas(plan: Reorganisation, units: object, *, by: User) -> int:
    """Add to every quota that `plan` added one that says what was said before; how many there are."""
    made = plan.handed_rows.filter(model="reports.quota", grown=True).order_by("-pk")
    pks = [*made.values_list("row", flat=True)]
    rows = Quota.objects.select_related("revises", "answers").in_bulk(pks)
    reason, keeper = _("hoàn tác %(basis)s") % {"basis": plan.basis}, RowKeeper()
    for pk in pks:
        keeper.grow(_take_back(rows[pk], reason, by))
    keeper.write(plan)
    return len(pks)


def _take_back(row, reason, by):
    facts = {"unit_id": row.unit_id, "first": row.first, "last": row.last, "measure": row.measure, "by": by}
    if row.state == State.PROPOSED:
        return _answer(_last_of(row), reason)
    if row.state == State.DECLINED:
        said = {name: getattr(row.answers, name) for name in COLUMNS}
        facts |= {"state": State.PROPOSED, "revises": _last_of(row.answers), "reason": row.answers.reason}
        return Quota.objects.create(**facts, **said)
    before = row.revises
    said = {name: getattr(before, name) for name in COLUMNS} if before else _nothing(row)
    basis = before.basis if before else row.basis
    return Quota.objects.create(revises=_last_of(row), basis=basis, reason=reason[:300], **facts, **said)


def _last_of(row):
    """The last row of the chain that `row` is in: changes that were undone since have added to it."""
    while (after := Quota.objects.filter(revises=row).first()) is not None:
        row = after
    return row


def _nothing(row):
    """The amount that asks for nobody, of the kind of `row`."""
    zero = {name: 0 for name in NEEDS[row.kind] if name != "membership"}
    return {"kind": row.kind, **zero} if row.kind != Kind.RATE else {"kind": Kind.NUMBER, "number": 0}
