"""Units that end hand over what they have to the units that take over from them, in one transaction.

What there is to hand over lies in the apps above: each offers functions, and `settings.HANDED_OVER_BY` names them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from branches.models import Organisation, Reorganisation, Succession
from branches.row_keeper import RowKeeper
from notation.dates import dmy, today
from notation.vietnamese import clean

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """`old` ended on the day before `on`; `heirs` took over on the ground of `basis`, number and date of a decision.

    One heir gets everything. Of several each gets what is chosen for it: `dossiers` and `posts` are {primary key:
    heir}, `heads` {primary key of an heir: how much of the rest of the year's quota}. What nobody chose stays where it
    is and may be handed over later, by another call.
    """

    old: Organisation
    heirs: tuple[Organisation, ...]
    on: date
    basis: str
    dossiers: Mapping[int, Organisation] = field(default_factory=dict)
    posts: Mapping[int, Organisation] = field(default_factory=dict)
    heads: Mapping[int, int] = field(default_factory=dict)

    @property
    def last(self) -> date:
        """The last day of `old`."""
        return self.on - timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a change rests on, where more is known of it than a line: as quotas keep it."""

    number: str
    on: date
    issuer: str


@dataclass(kw_only=True)
class HandingOver:
    """All `units` that end on the day before `on`, with the `heirs` of each, by primary key.

    `dossiers` and `posts` are {primary key of the row: heir}; `rests` {unit: the heir of what nobody chose}; `heads`
    {heir: how much of the rest of the year's quota}; `quotas` {primary key of a quota: {heir: how much of its rest}};
    `answers` everything that was chosen for a plan, by the keys of its questions, and `by_key` the heirs by the keys
    that answers name them by. `rows` remembers what is done, `plan` is None of a unit that is handed over by itself.
    """

    units: dict[int, Organisation]
    heirs: dict[int, tuple[Organisation, ...]]
    on: date
    basis: str
    document: Document | None = None
    dossiers: Mapping[int, Organisation] = field(default_factory=dict)
    posts: Mapping[int, Organisation] = field(default_factory=dict)
    rests: Mapping[int, Organisation] = field(default_factory=dict)
    heads: Mapping[int, int] = field(default_factory=dict)
    quotas: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    by_key: Mapping[str, Organisation] = field(default_factory=dict)
    rows: RowKeeper = field(default_factory=RowKeeper)
    plan: Reorganisation | None = None

    @classmethod
    def of_one(cls, one: HandOver) -> "HandingOver":
        """That of a single unit."""
        chosen: dict[str, Any] = {"dossiers": one.dossiers, "posts": one.posts, "heads": one.heads}
        units, heirs = {one.old.pk: one.old}, {one.old.pk: one.heirs}
        return cls(units=units, heirs=heirs, on=one.on, basis=one.basis, **chosen)

    @property
    def last(self) -> date:
        """The last day of the units that end."""
        return self.on - timedelta(days=1)

    def only_heir(self, unit: int) -> Organisation | None:
        """Who takes over everything from the unit with this primary key, None of several."""
        heirs = self.heirs[unit]
        return heirs[0] if len(heirs) == 1 else None

    def heir_of(self, unit: int, pk: int, chosen: Mapping[int, Organisation]) -> Organisation | None:
        """Who gets the row `pk` of a unit, None while nobody has chosen."""
        return self.only_heir(unit) or chosen.get(pk) or self.rests.get(unit)

    @cached_property
    def single(self) -> dict[int, Organisation]:
        """{primary key: heir} of the units that have one."""
        return {pk: heirs[0] for pk, heirs in self.heirs.items() if len(heirs) == 1}

    @cached_property
    def origins(self) -> dict[int, list[int]]:
        """{primary key of an heir: those of the units that it takes over from}."""
        found: dict[int, list[int]] = {}
        for pk, heirs in self.heirs.items():
            for heir in heirs:
                found.setdefault(heir.pk, []).append(pk)
        return found


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Of what somebody has to choose before the units of a plan end: for each that several take over from, its heirs
    as [(how answers name the heir, its title)]; and what is merged, {how answers name the heir: (title, units)}."""

    on: date
    split: Mapping[int, list[tuple[str, str]]]
    merged: Mapping[str, tuple[str, list[int]]]
    answers: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Handed:
    """How many rows of `what` were handed over, and how many are left without an heir.

    `key` and `label` name the row of a table, `how` says what becomes of them, `parts` are {primary key of a unit that
    ended: number}. With `stays` they stay with the units that ended and are told of all the same.
    """

    what: str
    moved: int
    left: int = 0
    key: str = ""
    label: str = ""
    how: str = ""
    parts: Mapping[int, int] = field(default_factory=dict)
    stays: bool = False


def hand_over_all(handing: HandingOver, *, by: "_User") -> list[Handed]:
    """Hand over what the units of `handing` have, which have ended; what each function of the apps above says."""
    handed: list[Handed] = []
    for name in settings.HANDED_OVER_BY:
        handed += import_string(name)(handing, by=by)
    return handed


def move_rows(handing: HandingOver, rows: QuerySet, *, what: str, label: str, how: str) -> Handed:
    """Give `rows`, which have a unit, to the only heir of their unit; those of a split unit are left."""
    by_unit: dict[int, list[int]] = {}
    for pk, unit in rows.order_by("pk").values_list("pk", "unit"):
        by_unit.setdefault(unit, []).append(pk)
    moved = 0
    for unit, pks in by_unit.items():
        if heir := handing.only_heir(unit):
            moved += handing.rows.update(rows.model._default_manager.filter(pk__in=pks), unit=heir)
    parts = {unit: len(pks) for unit, pks in by_unit.items()}
    left = sum(parts.values()) - moved
    return Handed(what=what, key=what, label=label, how=how, moved=moved, left=left, parts=parts)


@transaction.atomic
def hand_over_unit(hand_over: HandOver, *, by: "_User") -> list[Handed]:
    """End a unit, write its successions, and hand over what it has. Raises `ValidationError`, `PermissionDenied`."""
    old = hand_over.old
    if not by.may("change_units", old.parent or old):  # type: ignore[attr-defined]  # accounts.User
        raise PermissionDenied
    _check(hand_over)
    if old.valid_to is None:
        old.valid_to = hand_over.last
        old.save()
    for heir in hand_over.heirs:
        facts = {"on": hand_over.on, "basis": clean(hand_over.basis)}
        Succession.objects.get_or_create(predecessor=old, successor=heir, defaults=facts)
    return sum_handed(hand_over_all(HandingOver.of_one(hand_over), by=by))


def sum_handed(handed: Iterable[Handed]) -> list[Handed]:
    """One row for each `what`, in the order of the first, without those that stay."""
    sums: dict[str, tuple[int, int, str]] = {}
    for row in handed:
        if not row.stays:
            moved, left, label = sums.get(row.what, (0, 0, row.label))
            sums[row.what] = moved + row.moved, left + row.left, label
    return [
        Handed(what=what, moved=moved, left=left, label=label) for what, (moved, left, label) in sums.items()
    ]


def _check(hand_over):
    """Raise `ValidationError` unless the unit can end that day and the heirs can take over."""
    old, on = hand_over.old, hand_over.on
    facts = {"unit": old.title, "day": dmy(on)}
    if on > today():
        raise ValidationError(_("%(day)s chưa tới.") % facts)
    if not clean(hand_over.basis):
        raise ValidationError(_("Cần số và ngày của quyết định làm căn cứ."))
    if not old.exists_on(hand_over.last) or old.valid_to not in (None, hand_over.last):
        raise ValidationError(_("%(unit)s không kết thúc vào ngày trước %(day)s.") % facts)
    if old.children.on(on).exists():
        raise ValidationError(
            _("%(unit)s còn đơn vị trực thuộc sau ngày %(day)s; kết thúc các đơn vị ấy trước.") % facts
        )
    if not hand_over.heirs:
        raise ValidationError(_("%(unit)s chưa có đơn vị kế tục.") % facts)
    for heir in hand_over.heirs:
        if heir.pk == old.pk or not heir.exists_on(on):
            raise ValidationError(_("%(unit)s không có vào ngày %(day)s.") % (facts | {"unit": heir.title}))
    for heir in (*hand_over.dossiers.values(), *hand_over.posts.values()):
        if not any(heir.path.startswith(one.path) for one in hand_over.heirs):
            words = _("%(heir)s không kế tục %(unit)s.")
            raise ValidationError(words % (facts | {"heir": heir.title}))
