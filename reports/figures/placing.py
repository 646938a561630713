"""Which dossiers stand at or under a unit: by the units of their time, or by those of today (`branches.today`).

One answer in two forms, a condition of the ORM and one of SQL, on any two columns that name a base organisation and a
branch: those of the admission, or those that a dossier is handled in.
"""

# ruff: noqa: S608 - statements are put together from this file's own words; every value is a parameter

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from admissions.models.dossier import DossierQuerySet
from branches.models import Organisation, Tier
from branches.today import Heirs, UnitToday, ids_in, is_today

AT_OR_BELOW_BASE = (Tier.BASE, Tier.SECTION, Tier.BRANCH)
ADMITTED_AT = ("admitted_commune", "admitted_branch")
"""The base organisation and the branch that admitted."""
HANDLED_AT = ("commune", "branch")
"""Those that handle a dossier today."""


def admitted_under(rows: DossierQuerySet, unit: Organisation) -> DossierQuerySet:
    """Of `rows`, the admissions by branches that stood under `unit` on the day of admission, or belong there today."""
    return rows.filter(placed_under(unit, *ADMITTED_AT))


def placed_under(unit: Organisation, commune: str, branch: str) -> Q:
    """A condition: the columns `commune` and `branch` name units at or below `unit`."""
    if is_today(unit):
        return _placed_today(unit).condition(commune, branch)
    if unit.tier == Tier.BASE:
        return Q(**{commune: unit.pk})
    if unit.tier == Tier.BRANCH:
        return Q(**{f"{commune}__in": unit.ancestor_ids(), branch: unit.pk})
    if unit.tier == Tier.SECTION:
        below = Organisation.objects.filter(parent=unit).order_by().values("pk")
        return Q(**{f"{commune}__in": unit.ancestor_ids(), f"{branch}__in": below})
    return Q(**{f"{commune}__in": _bases_under(unit).values("pk")})


def _bases_under(unit):
    bases = Organisation.objects.communes().order_by()
    return bases.filter(parent=unit) if unit.tier == Tier.DISTRICT else bases.under(unit)


def sql_admitted_under(unit: Organisation) -> tuple[str, list]:
    """`admitted_under` as (condition, values) of a statement, on columns that the covering index begins with."""
    return sql_placed_under(unit, *(f"{name}_id" for name in ADMITTED_AT))


def sql_handled_under(unit: Organisation) -> tuple[str, list]:
    """(condition, values): the dossiers that are handled at or below `unit` today."""
    return sql_placed_under(unit, *(f"{name}_id" for name in HANDLED_AT))


def sql_placed_under(unit: Organisation, commune: str, branch: str) -> tuple[str, list]:
    """(condition, values): the dossiers whose columns `commune` and `branch` name units at or below `unit`."""
    if is_today(unit):
        return _placed_today(unit).sql(commune, branch)
    if unit.tier == Tier.BASE:
        return f"{commune} = %s", [unit.pk]
    if unit.tier in (Tier.BRANCH, Tier.SECTION):
        above = f"{commune} IN ({', '.join(map(str, unit.ancestor_ids()))})"
        if unit.tier == Tier.BRANCH:
            return f"{above} AND {branch} = %s", [unit.pk]
        below = "SELECT id FROM branches_organisation WHERE parent_id = %s"
        return f"{above} AND {branch} IN ({below})", [unit.pk]
    below, values = sql_bases(unit)
    return f"{commune} IN (SELECT id FROM branches_organisation WHERE {below})", values


def sql_bases(unit: Organisation) -> tuple[str, list]:
    """(condition, values): the base organisations under a district or a province."""
    if unit.tier == Tier.DISTRICT:
        return f"tier = '{Tier.BASE}' AND parent_id = %s", [unit.pk]
    return f"tier = '{Tier.BASE}' AND path LIKE %s", [f"{unit.path}%"]


# Today's structure


@dataclass(frozen=True)
class _Today:
    """Where the people of a unit of today stand in the rows.

    At a base organisation or above it those are all of `unit` but the base organisations `gone` and the branches `out`,
    and of other units all of the base organisations `come` and of `strangers` the branches `into`. Below a base
    organisation they are the branches `into` of the base organisations `come`, and no others.
    """

    unit: Organisation
    gone: tuple[int, ...] = ()
    out: tuple[int, ...] = ()
    come: tuple[int, ...] = ()
    strangers: tuple[int, ...] = ()
    into: tuple[int, ...] = ()

    @classmethod
    def of(cls, unit: UnitToday) -> "_Today":
        heirs = unit.heirs
        if unit.tier in (Tier.SECTION, Tier.BRANCH):
            return cls._of_branches(unit, heirs)
        gone: list[int] = []
        come: list[int] = []
        out, strangers, into = [], [], []
        inside = _inside(unit, [*heirs.whole, *heirs.mixed])
        for base, paths in heirs.whole.items():
            belongs = any(path.startswith(unit.path) for path in paths)
            if belongs != (base in inside):
                (come if belongs else gone).append(base)
        for base, branches in heirs.mixed.items():
            here = [pk for pk in branches if any(p.startswith(unit.path) for p in heirs.places[pk])]
            if base in inside:
                out += [pk for pk in branches if pk not in here]
            elif here:
                strangers.append(base)
                into += here
        return cls(unit, *map(tuple, (gone, out, come, strangers, into)))

    @classmethod
    def _of_branches(cls, unit, heirs):
        ended = heirs.branches_into(unit)
        standing = [unit.pk]
        if unit.tier == Tier.SECTION:
            below = Organisation.objects.filter(parent=unit, tier=Tier.BRANCH).order_by()
            standing = [pk for pk in below.values_list("pk", flat=True) if pk not in heirs.places]
        bases = {*unit.ancestor_ids(), *(heirs.bases[pk] for pk in ended)}
        return cls(unit, come=tuple(sorted(bases)), into=(*standing, *ended))

    @property
    def _alone(self):
        return self.unit.tier in (Tier.SECTION, Tier.BRANCH)

    def condition(self, commune, branch):
        if self._alone:
            return Q(**{f"{commune}__in": self.come, f"{branch}__in": self.into})
        condition = Q(**{f"{commune}__in": self._bases()})
        if self.out:
            condition &= ~Q(**{f"{branch}__in": self.out})
        if self.strangers:
            condition &= ~Q(**{f"{commune}__in": self.strangers}) | Q(**{f"{branch}__in": self.into})
        return condition

    def _bases(self):
        more = (*self.come, *self.strangers)
        if self.unit.tier == Tier.BASE:
            return [*more] if self.unit.pk in self.gone else [self.unit.pk, *more]
        under = _bases_under(self.unit).exclude(pk__in=self.gone)
        if self.unit.tier == Tier.DISTRICT:
            # Named one by one they are looked up in an index; a subquery on both sides of an "or" is not.
            return [*under.values_list("pk", flat=True), *more]
        return (under | Organisation.objects.filter(pk__in=more).order_by()).values("pk")

    def sql(self, commune, branch):
        if self._alone:
            return f"{commune} IN ({_named(self.come)}) AND {branch} IN ({_named(self.into)})", []
        more, values = _named((*self.come, *self.strangers)), []
        if self.unit.tier == Tier.BASE:
            bases = ", ".join(filter(None, [str(self.unit.pk) if not self.gone else "", more])) or "NULL"
        else:
            under, values = sql_bases(self.unit)
            if self.gone:
                under = f"{under} AND id NOT IN ({_named(self.gone)})"
            bases = f"SELECT id FROM branches_organisation WHERE {under}"
            bases += f" OR id IN ({more})" if more else ""
        words = [f"{commune} IN ({bases})"]
        if self.out:
            words.append(f"{branch} NOT IN ({_named(self.out)})")
        if self.strangers:
            words.append(
                f"({commune} NOT IN ({_named(self.strangers)}) OR {branch} IN ({_named(self.into)}))"
            )
        return " AND ".join(words), values


def _placed_today(unit):
    """`_Today.of`, worked out once for each unit: a page asks it a dozen times."""
    return unit.heirs.tell_once(("placed", unit.pk), lambda: _Today.of(unit))


def _inside(unit, bases):
    """Those of `bases`, primary keys, that stand or stood under `unit`."""
    if not bases:
        return set()
    rows = Organisation.objects.filter(pk__in=bases).order_by().values_list("pk", "path")
    return {pk for pk, path in rows if path.startswith(unit.path)}


def _named(keys: Iterable[int]) -> str:
    """Primary keys as the statement names them; they are numbers of the register's own."""
    return ", ".join(map(str, keys))


# What the rows are counted by


def sql_atom(unit: Organisation, commune: str, branch: str, by_base: bool) -> str:
    """The column that rows are grouped by: the branch, or above base organisations these where all went one way."""
    if not by_base:
        return branch
    mixed = unit.heirs.mixed if is_today(unit) else {}
    return f"CASE WHEN {commune} IN ({_named(mixed)}) THEN {branch} ELSE {commune} END" if mixed else commune


def ids_of_atom(
    unit: Organisation, heirs: Heirs | None, pk: int, path: str, by_base: bool
) -> list[tuple[int, ...]]:
    """[the primary keys from `unit` down] for each place at or under it that the unit `pk` with `path` counts in.

    `heirs` is None in the structure of the time, where it is one.
    """
    depth = len(unit.ancestor_ids()) - 1
    if heirs is None:
        return [tuple(ids_in(path)[depth:])]
    places = heirs.bases_of(pk, path) if by_base else heirs.places_of(pk, path)
    return [tuple(ids_in(place)[depth:]) for place in places if place.startswith(unit.path)]


def heirs_for(unit: Organisation) -> Heirs | None:
    """The `Heirs` where `unit` is one of today's structure."""
    return unit.heirs if is_today(unit) else None
