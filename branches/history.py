"""How a unit came to be what it is: its beginning and end, and what became of the units at and under it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from branches.models import Mandate, Organisation, Succession
from branches.names import strip_title


@dataclass(frozen=True)
class Change:
    """One change of the structure: the first day on which it holds, what it was, and its basis, "" without one."""

    on: date
    words: str
    basis: str


def list_changes(unit: Organisation, until: date) -> list[Change]:
    """The changes of `unit` and of the units under it up to `until`, the latest first."""
    below = Succession.objects.filter(predecessor__path__startswith=unit.path)
    steps = (below | Succession.objects.filter(successor=unit)).select_related("predecessor", "successor")
    lines = list(_told(steps))
    lines += [
        Change(row.since, _("Nhiệm kỳ %(name)s") % {"name": row.name}, "")
        for row in Mandate.objects.filter(unit=unit)
    ]
    if unit.valid_to:
        lines.append(Change(unit.valid_to, _("Kết thúc"), ""))
    lines.append(Change(unit.valid_from, _("Có trong sổ"), unit.basis))
    return sorted((line for line in lines if line.on <= until), key=lambda line: line.on, reverse=True)


def _told(steps):
    """The successions of one day and one basis as one line each: a split, a merger, or one that follows another."""
    after, before = defaultdict(list), defaultdict(list)
    for step in steps:
        after[step.on, step.basis, step.predecessor].append(step.successor)
        before[step.on, step.basis, step.successor].append(step.predecessor)
    for (day, basis, old), heirs in after.items():
        if len(heirs) > 1:
            words = _("Tách %(before)s thành %(after)s")
            yield Change(day, words % {"before": old.title, "after": _names(heirs)}, basis)
        elif len(before[day, basis, heirs[0]]) == 1:
            words = _("%(before)s thành %(after)s")
            yield Change(day, words % {"before": old.title, "after": heirs[0].title}, basis)
    for (day, basis, heir), olds in before.items():
        if len(olds) > 1 and all(len(after[day, basis, old]) == 1 for old in olds):
            words = _("Nhập %(before)s thành %(after)s")
            yield Change(day, words % {"before": _names(olds), "after": heir.title}, basis)


def _names(units):
    first, *others = sorted(units, key=lambda row: row.sort_key)
    return _(" và ").join([first.title, *(strip_title(row.title, row) for row in others)])
