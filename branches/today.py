"""Today's structure: which units of today the people of a unit that ended belong to.

A figure is counted in the units of its time. Seen in today's structure an admission of a unit that ended counts in what
took over from it, directly or through others. After a split it counts in every half, shared ("chung"), and once in what
stands above both. A unit that ended without a successor counts in the unit that stood above it, or in what took over
from that one. What a unit that still stands gave away stays its own history.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeGuard

from django.db import connection
from django.db.models import Count, Max, Min, Q, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from branches.models import Organisation, OrganisationManager, Succession, Tier
from branches.successions import origins_by_unit
from notation.dates import today

Paths = tuple[str, ...]


class UnitToday(Organisation):
    """A unit that stands, with everything that today's structure counts in it.

    Figures of a `UnitToday`, and the addresses that lead to them, are those of today's structure; of a plain
    `Organisation` they are those of the structure of their time.
    """

    objects: ClassVar = OrganisationManager()

    @cached_property
    def heirs(self) -> "Heirs":
        """The heirs of the whole register, read once for this unit."""
        return read_heirs()

    @cached_property
    def keeps_rows(self) -> bool:
        """Whether all who ever stood under this unit belong to the unit directly under it that they stood under then.

        Its figures, and those of its rows, are then the same in both structures.
        """
        return self.heirs.tell_once(("keeps rows", self.pk), lambda: self.heirs.keep_rows(self))

    class Meta:
        proxy = True
        app_label = "branches"
        verbose_name = gettext_lazy("đơn vị trong cơ cấu hôm nay")


def is_today(unit: object) -> TypeGuard[UnitToday]:
    """Whether figures of `unit` are those of today's structure."""
    return isinstance(unit, UnitToday)


def as_today(unit: Organisation) -> "UnitToday":
    """The same row as a unit of today's structure."""
    names = [field.attname for field in unit._meta.concrete_fields]
    row: UnitToday = UnitToday.from_db(unit._state.db, names, [getattr(unit, name) for name in names])
    row._state.fields_cache = dict(unit._state.fields_cache)
    return row


def seen_like(unit: Organisation, other: Organisation) -> Organisation:
    """`unit` in the structure that `other` is seen in."""
    return as_today(unit) if is_today(other) and not is_today(unit) else unit


def rows_under(unit: Organisation) -> "type[Organisation]":
    """The class whose rows a table of `unit` shows: its own."""
    return UnitToday if is_today(unit) else Organisation


def origin_since(unit: Organisation) -> date:
    """The first day of `unit`, in today's structure of what it took over from."""
    if not is_today(unit):
        return unit.valid_from
    rows = Organisation.objects.filter(pk__in=unit.heirs.origins.get(unit.pk, ())).aggregate(
        day=Min("valid_from")
    )
    return min(filter(None, [unit.valid_from, rows["day"]]))


@dataclass(frozen=True)
class Heirs:
    """Where the people of every unit that ended belong today.

    `places` are {primary key of a unit that ended: paths of the units of today}. `whole` are {primary key of a base
    organisation that ended: paths of base organisations, or of what stands above these}: all who were admitted under it
    belong there, so that its branches need not be told apart. `mixed` are {primary key of a base organisation whose
    branches went different ways: those that ended}; a base organisation in neither kept all its branches. `bases` are
    {primary key of an ended branch: its base organisation}, `paths` their own. `origins` are those of
    `successions.origins_by_unit`.
    """

    places: dict[int, Paths] = field(default_factory=dict)
    whole: dict[int, Paths] = field(default_factory=dict)
    mixed: dict[int, tuple[int, ...]] = field(default_factory=dict)
    bases: dict[int, int] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    origins: dict[int, set[int]] = field(default_factory=dict)
    _told: dict[tuple, Any] = field(default_factory=dict, compare=False, repr=False)

    def tell_once(self, key: tuple, make: Callable[[], Any]) -> Any:
        """What `make` gives, worked out once for `key` as long as the tree does not change."""
        if key not in self._told:
            self._told[key] = make()
        return self._told[key]

    def places_of(self, pk: int, path: str) -> Paths:
        """The paths of today's units that the unit `pk`, whose own path is `path`, belongs to."""
        return self.places.get(pk, (path,))

    def bases_of(self, pk: int, path: str) -> Paths:
        """As `places_of`, of a base organisation counted as a whole or of a branch of a mixed one."""
        return self.whole.get(pk) or self.places_of(pk, path)

    def branches_into(self, unit: Organisation) -> list[int]:
        """Primary keys of the branches that ended and whose people belong at or under `unit` today."""
        return sorted(pk for pk in self.bases if _any_under(self.places[pk], unit.path))

    def keep_rows(self, unit: Organisation) -> bool:
        """Whether no branch under `unit` went to another row of its table, or out of it, and none came in."""
        depth = len(unit.ancestor_ids())

        def row_of(path):
            if not path.startswith(unit.path):
                return None
            return ids_in(path)[depth] if is_below(path, unit.path) else unit.pk

        return all({row_of(self.paths[pk])} == set(map(row_of, self.places[pk])) for pk in self.bases)

    def shared_under(self, unit: Organisation, *, by_branch: bool = False) -> list[int]:
        """Of these, the branches that more than one unit directly under `unit`, or branch, took over from."""
        key = ("shared", unit.pk, by_branch)
        return self.tell_once(key, lambda: self._find_shared(unit, by_branch))

    def _find_shared(self, unit, by_branch):
        at = -1 if by_branch else len(unit.ancestor_ids())
        shared = []
        for pk in self.branches_into(unit):
            rows = {ids_in(path)[at] for path in self.places[pk] if is_below(path, unit.path)}
            if len(rows) > 1:
                shared.append(pk)
        return shared


def ids_in(path: str) -> list[int]:
    """The primary keys of a path, from the root down."""
    return [int(pk) for pk in path.split("/") if pk]


def is_below(path: str, top: str) -> bool:
    """Whether `path` leads to a unit under the one of `top`, not to that one itself."""
    return len(path) > len(top) and path.startswith(top)


def _any_under(paths, top):
    return any(path.startswith(top) for path in paths)


_KEPT: dict[tuple, Heirs] = {}
"""The answer for the tree as it was last found, by its stamp."""


def read_heirs() -> Heirs:
    """The `Heirs` of the whole register; kept while the tree does not change, but not inside a transaction, whose
    rows may still be taken back."""
    if connection.in_atomic_block:
        return _find_heirs()
    stamp = _stamp_of_tree()
    if stamp not in _KEPT:
        heirs = _find_heirs()
        _KEPT.clear()
        _KEPT[stamp] = heirs
    return _KEPT[stamp]


def _stamp_of_tree():
    """What changes with every unit that ends or takes over, and with the day."""
    ended = Q(valid_to__lt=today())
    units = Organisation.objects.aggregate(
        Max("pk"),
        n=Count("pk", filter=ended),
        sum=Sum("pk", filter=ended),
        last=Max("valid_to", filter=ended),
    )
    steps = Succession.objects.aggregate(
        Max("pk"), Count("pk"), Sum("predecessor"), Sum("successor"), Sum("successor__parent")
    )
    return (connection.settings_dict["NAME"], today(), *units.values(), *steps.values())


@dataclass(frozen=True)
class _Place:
    """A unit of today, and the base organisation that it stands under, both by path."""

    path: str
    base: str


def _place(path, tier, parent_tier):
    up = 0
    if tier == Tier.SECTION or (tier == Tier.BRANCH and parent_tier != Tier.SECTION):
        up = 1
    elif tier == Tier.BRANCH:
        up = 2
    ids = path.rstrip("/").split("/")
    return _Place(path, "/".join(ids[: len(ids) - up]) + "/")


def _find_heirs():
    """The `Heirs`, by two statements."""
    ended_rows = Organisation.objects.filter(valid_to__lt=today()).order_by()
    ended = {
        pk: row
        for pk, *row in ended_rows.values_list(
            "pk", "path", "tier", "is_base_branch", "parent", "parent__tier"
        )
    }
    if not ended:
        return Heirs()
    after = defaultdict(list)
    steps = Succession.objects.filter(predecessor__in=ended_rows.values("pk"), on__lte=today()).order_by()
    columns = ("path", "tier", "parent__tier")
    for old, new, *place in steps.values_list(
        "predecessor", "successor", *(f"successor__{name}" for name in columns)
    ):
        after[old].append((new, place))
    places = _follow(ended, after)
    bases = {}
    for pk, (path, tier, alone, _parent, parent_tier) in ended.items():
        if tier == Tier.BRANCH or alone:
            bases[pk] = ids_in(path)[-3 if parent_tier == Tier.SECTION else -1 if alone else -2]
    whole, mixed = _tell_apart(ended, places, bases)
    return Heirs(
        places={pk: tuple(sorted(place.path for place in found)) for pk, found in places.items()},
        whole=whole,
        mixed=mixed,
        bases=bases,
        paths={pk: ended[pk][0] for pk in bases},
        origins=origins_by_unit(),
    )


def _follow(ended, after):
    """{primary key of a unit that ended: {`_Place`}}."""
    places: dict[int, frozenset[_Place]] = {}

    def find(pk, on_the_way):
        if pk in places:
            return places[pk]
        path, _tier, _alone, parent, parent_tier = ended[pk]
        found = set()
        for new, place in after.get(pk, ()):
            if new not in ended:
                found.add(_place(*place))
            elif new not in on_the_way:
                found |= find(new, {*on_the_way, pk})
        if not found and parent in ended:
            found = set(find(parent, {*on_the_way, pk}))
        elif not found and parent is not None:
            above = "/".join(path.rstrip("/").split("/")[:-1]) + "/"
            # Above a branch stands a section or a base organisation, whose own base is found in the same way.
            found = {_place(above, parent_tier, None)}
        if not on_the_way:
            places[pk] = frozenset(found)
        return frozenset(found)

    for pk in ended:
        find(pk, set())
    return places


def _tell_apart(ended, places, bases):
    """(`whole`, `mixed`) of `Heirs`."""
    branches = defaultdict(list)
    for pk, base in bases.items():
        branches[base].append(pk)
    whole, mixed = {}, {}
    for base, of_base in branches.items():
        went = {frozenset(place.base for place in places[pk]) for pk in of_base}
        if base in ended and len(went) == 1:
            whole[base] = tuple(sorted(went.pop()))
        elif base in ended or any(_leaves(found, base) for found in went):
            mixed[base] = tuple(sorted(of_base))
    return whole, mixed


def _leaves(found, base):
    """Whether some of the people went from the standing base organisation `base` elsewhere, or nowhere."""
    return not found or any(ids_in(path)[-1] != base for path in found)
