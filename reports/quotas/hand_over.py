"""What units that ended still had to admit goes over to their heirs; their own quotas become what they reached.

So the quotas of a table add up as before. Rows are only added: each is a revision that rests on the decision.
"""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from branches.hand_over import Asking, Handed, HandingOver
from branches.models import Organisation
from branches.reorganisation.outcome import Question
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES
from reports.models import MemberCount, Quota
from reports.periods import Period
from reports.quotas.attainment import is_year, quota_in_words, quota_target
from reports.quotas.shared_quotas import Cells, record_document, spread_average

Kind = Quota.Kind
PerHeir = dict[int, tuple[int, int]]
"""{primary key of an heir: (how many members it takes over, and of a range's upper end)}."""


def hand_over_quotas(handing: HandingOver, *, by: User) -> list[Handed]:
    """Hand over the rest of every quota that is not over, to one heir whole, to several as was chosen.

    An average over a term goes on with its whole years; a share of branches where all that an heir takes over from had
    the same.
    """
    quotas = list(_running(handing.units, handing.on))
    cells, reached = Cells(handing), _Reached(handing.units, handing.on)
    parts, left, moved = Counter[int](), 0, 0
    shares = [quota for quota in quotas if quota.kind == Kind.SHARE]
    for quota in quotas:
        if quota.kind == Kind.SHARE:
            continue
        number = quota_target(quota, _days(quota)).number
        if is_year(quota.first, quota.last) and quota.measure == ADMITTED.key:
            parts[quota.unit_id] += number
        if quota.kind == Kind.AVERAGE:
            given = _given(handing, quota, (number_a_year(quota), number_a_year(quota)))
            spread_average(cells, quota, {heir: low for heir, (low, _high) in given.items()}, reached)
            due = number_a_year(quota) > 0
        else:
            rest = reached.rest_of(quota)
            given, due = _given(handing, quota, rest), rest[1] > 0
            for heir, (low, high) in given.items():
                cells.add(heir, _days(quota), quota.measure, low, high)
                cells.add(quota.unit_id, _days(quota), quota.measure, -low, -high)
        moved += bool(given)
        left += due and not given
    cells.write(by=by)
    facts: dict[str, Any] = {"label": _("Chỉ tiêu năm %(year)d") % {"year": handing.on.year}, "key": "quotas"}
    handed = Handed(
        what="quotas", how=_("cộng, giữ lịch sử từng đơn vị"), moved=moved, left=left, parts=parts, **facts
    )
    return [handed, _hand_over_shares(handing, shares, by)]


def number_a_year(quota: Quota) -> int:
    """The members that an average asks for each year."""
    return quota.number or 0


def _running(units, on):
    rows = Quota.objects.current().filter(unit__in=[*units], last__gte=on)
    return rows.select_related("membership", "unit").order_by("pk")


def _days(quota) -> Period:
    return periods.any_days(quota.first, quota.last)


class _Reached:
    """What units reached of quotas before they ended, counted once for each period of the whole tree."""

    def __init__(self, units: dict[int, Organisation], on: date) -> None:
        self.on, self.last = on, date.fromordinal(on.toordinal() - 1)
        roots = {int(unit.path.split("/")[0]) for unit in units.values()}
        self.roots = list(Organisation.objects.filter(pk__in=roots))
        self.counts: dict[tuple[date, str], dict[int, int]] = {}

    def number(self, unit: int, first: date, measure: str) -> int:
        """How many of `measure` the unit admitted from `first` to its last day."""
        if first > self.last:
            return 0
        if (first, measure) not in self.counts:
            counted: dict[int, int] = {}
            for root in self.roots:
                span = periods.any_days(first, self.last)
                rows = figures.count_by_unit(root, span, [MEASURES[measure]])
                counted |= {pk: numbers[measure] for pk, numbers in rows.items()}
            self.counts[first, measure] = counted
        return self.counts[first, measure].get(unit, 0)

    def rest_of(self, quota: Quota) -> tuple[int, int]:
        """What is left of a quota in heads, and of a range's upper end."""
        reached = self.number(quota.unit_id, quota.first, quota.measure)
        target = quota_target(quota, _days(quota)).number
        return max(0, target - reached), max(0, (quota.high or target) - reached)


def _given(handing, quota, rest) -> PerHeir:
    """What each heir takes over of `rest`; nothing where nobody chose among several, or the sum is another today."""
    heir = handing.only_heir(quota.unit_id)
    if heir:
        return {heir.pk: rest} if rest[1] else {}
    chosen = handing.quotas.get(quota.pk)
    if chosen is not None:
        if sum(chosen.values()) != rest[0]:
            return {}
        first = next(iter(chosen), None)
        return {pk: (n, n + (rest[1] - rest[0]) * (pk == first)) for pk, n in chosen.items()}
    runs = is_year(quota.first, quota.last) and quota.first <= handing.on
    if quota.measure != ADMITTED.key or not runs or not handing.heads:
        return {}
    given: PerHeir = {}
    low, high = rest
    for one in handing.heirs[quota.unit_id]:
        low_part = min(handing.heads.get(one.pk, 0), low)
        high_part = min(handing.heads.get(one.pk, 0), high)
        low, high = low - low_part, high - high_part
        if high_part:
            given[one.pk] = low_part, high_part
    return given


def _hand_over_shares(handing, shares, by):
    """The share of branches, to each heir all of whose origins had the same; an heir that has its own keeps it."""
    by_cell: dict[tuple, dict[int, Quota]] = defaultdict(dict)
    for quota in shares:
        by_cell[quota.first, quota.last, quota.measure][quota.unit_id] = quota
    moved = set()
    for (first, last, measure), quotas in by_cell.items():
        for heir, origins in handing.origins.items():
            found = [quotas.get(pk) for pk in origins]
            if found[0] is None or len({quota.rate if quota else None for quota in found}) > 1:
                continue
            same = {"unit_id": heir, "first": first, "last": last, "measure": measure, "kind": Kind.SHARE}
            if not Quota.objects.current().filter(**same).exists():
                basis = record_document(handing)
                row = Quota.objects.create(**same, rate=found[0].rate, basis=basis, by=by)
                handing.rows.grow(row)
            moved |= {quota.pk for quota in found if quota}
    parts = Counter(quota.unit_id for quota in shares)
    label, how = _("Chỉ tiêu tỷ lệ chi bộ"), _("giữ khi các đơn vị cũ cùng tỷ lệ")
    left = len(shares) - len(moved)
    return Handed(what="quotas", key="shares", label=label, how=how, moved=len(moved), left=left, parts=parts)


def ask_about_quotas(asking: Asking) -> list[Question]:
    """How the rest of each quota of a split unit is divided among its heirs."""
    units = {row.pk: row for row in Organisation.objects.filter(pk__in=[*asking.split])}
    reached = _Reached(units, asking.on)
    questions = []
    for quota in _running(units, asking.on):
        if quota.kind == Kind.SHARE:
            continue
        average = quota.kind == Kind.AVERAGE
        rest = number_a_year(quota) if average else reached.rest_of(quota)[0]
        key = f"quota:{quota.pk}"
        if not rest:
            continue
        words = _("Chia chỉ tiêu còn lại của %(unit)s, %(period)s (%(words)s)")
        facts = {"unit": quota.unit.title, "period": _named(quota), "words": quota_in_words(quota)}
        answer = asking.answers.get(key)
        fits = isinstance(answer, dict) and sum(answer.values()) == rest
        questions.append(
            Question(
                key=key,
                words=words % facts,
                kind="numbers",
                choices=asking.split[quota.unit_id],
                total=rest,
                answer=answer if fits else None,
            )
        )
    return questions


def _named(quota):
    if is_year(quota.first, quota.last):
        return str(periods.year_period(quota.first.year))
    return str(_days(quota))


def hand_over_member_counts(handing: HandingOver, *, by: User) -> list[Handed]:
    """An heir begins with the members of all that it takes over from, as of the last day on which all were counted.

    That is a change of units and no admission; the counts of before stay.
    """
    counts: dict[int, dict[date, int]] = defaultdict(dict)
    rows = MemberCount.objects.filter(unit__in=[*handing.units], on__lt=handing.on)
    for unit, on, number in rows.order_by("on").values_list("unit", "on", "number"):
        counts[unit][on] = number
    tops = {pk for pk, unit in handing.units.items() if unit.parent_id not in handing.units}
    last = {unit: numbers[max(numbers)] for unit, numbers in counts.items() if unit in tops}
    written = []
    for heir, origins in handing.origins.items():
        if any(handing.only_heir(pk) is None for pk in origins):
            continue
        common = set.intersection(*(set(counts.get(pk, ())) for pk in origins))
        if common and not MemberCount.objects.filter(unit=heir, on=max(common)).exists():
            total = sum(counts[pk][max(common)] for pk in origins)
            written.append(MemberCount(unit_id=heir, on=max(common), number=total, by=by))
    handing.rows.create(MemberCount.objects.bulk_create(written))
    label, how = _("Đảng viên đầu kỳ"), _("tính chuyển đơn vị, không phải kết nạp")
    moved = sum(last.values())
    return [Handed(what="member_counts", key="member_counts", label=label, how=how, moved=moved, parts=last)]
