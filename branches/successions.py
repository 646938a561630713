"""What became of a unit that ended, and where a unit came from: successions followed as far as they go."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from branches.models import Organisation, Succession, within_scope
from notation.dates import dmy


def units_after(unit: Organisation, day: date) -> list[Organisation]:
    """The units that stand on `day` and took over from `unit`, directly or through others; by name."""
    found: dict[int, Organisation] = {}
    seen, ended = {unit.pk}, [unit.pk]
    while ended:
        steps = Succession.objects.filter(predecessor__in=ended, on__lte=day).select_related("successor")
        after = {step.successor_id: step.successor for step in steps if step.successor_id not in seen}
        seen |= after.keys()
        found |= {pk: row for pk, row in after.items() if row.exists_on(day)}
        ended = [pk for pk, row in after.items() if row.ended_before(day)]
    return sorted(found.values(), key=lambda row: (row.sort_key, row.pk))


def origins_by_unit() -> dict[int, set[int]]:
    """{primary key: primary keys of all units it took over from, directly or through others}, one statement.

    Only what ended is an origin: a unit that split off from one that still stands has its own history.
    """
    before = defaultdict(set)
    steps = Succession.objects.filter(predecessor__valid_to__isnull=False)
    for predecessor, successor in steps.order_by().values_list("predecessor", "successor"):
        before[successor].add(predecessor)
    found = {}
    for pk in before:
        seen: set[int] = set()
        waiting = [*before[pk]]
        while waiting:
            origin = waiting.pop()
            if origin not in seen and origin != pk:
                seen.add(origin)
                waiting += before.get(origin, ())
        found[pk] = seen
    return found


def ended_before_heirs(paths: Iterable[str]) -> set[int]:
    """Primary keys of the ended units that a unit under one of `paths` took over from, directly or through others."""
    origins = origins_by_unit()
    if not origins:
        return set()
    heirs = Organisation.objects.filter(within_scope(paths), pk__in=origins).values_list("pk", flat=True)
    return {origin for heir in heirs for origin in origins[heir]}


def paths_before(unit: Organisation) -> list[str]:
    """Paths of the units that ended and that `unit` alone took over from, directly or through others."""
    paths: list[str] = []
    seen, later = {unit.pk}, [unit.pk]
    while later:
        alone = Succession.objects.filter(successor__in=later, predecessor__valid_to__isnull=False)
        alone = alone.alias(heirs=Count("predecessor__successions")).filter(heirs=1)
        rows = dict(alone.order_by().values_list("predecessor", "predecessor__path"))
        later = [pk for pk in rows if pk not in seen]
        paths += [rows[pk] for pk in later]
        seen.update(later)
    return paths


def stood_on(unit: Organisation, day: date) -> bool:
    """Whether `unit`, or one that it took over from, existed on `day`."""
    if unit.exists_on(day):
        return True
    origins = origins_by_unit().get(unit.pk, set())
    return Organisation.objects.filter(pk__in=origins).on(day).exists()


def describe_absence(unit: Organisation, day: date) -> str:
    """Why `unit` could do nothing on `day`, as a sentence: ended, with what took over from it, or not yet there."""
    if day < unit.valid_from:
        return _("%(unit)s có từ ngày %(day)s.") % {"unit": unit.title, "day": dmy(unit.valid_from)}
    facts = {"unit": unit.title, "day": dmy(unit.valid_to) if unit.valid_to else ""}
    after = units_after(unit, day)
    if not after:
        return _("%(unit)s đã kết thúc ngày %(day)s.") % facts
    facts["after"] = _(" và ").join(row.title for row in after)
    return _("%(unit)s đã kết thúc ngày %(day)s, kế tục là %(after)s.") % facts
