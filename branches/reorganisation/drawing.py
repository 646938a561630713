"""The tree before and after a change, line by line: what ends and begins in full, the rest as a number."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from branches.models import Organisation, Reorganisation
from branches.reorganisation.layout import Layout
from branches.reorganisation.new_unit import NewUnit
from branches.reorganisation.outcome import TreeBeforeAfter, TreeLine
from notation.numbers import format_number

MOST = 60
"""Lines of one side; the tree of the day shows the rest."""


def draw_trees(plan: Reorganisation, layout: Layout) -> TreeBeforeAfter:
    """The units below the plan's before and after; the new units need not be written."""
    standing = layout.standing
    under = [row for row in standing.values() if row.parent_id == plan.unit_id]
    new_root = next(iter(layout.heirs.get(plan.unit_id, ())), plan.unit)
    begun = [new for new in layout.begins if new.parent is new_root or _same(new.parent, new_root)]
    ended = sum(row.pk in layout.heirs for row in under)
    number = sum(row.is_branch for row in standing.values())
    after = number - sum(row.is_branch for row in layout.ends) + _branches_begun(layout)
    return TreeBeforeAfter(
        before_day=plan.last.isoformat(),
        after_day=plan.day.isoformat(),
        before_count=len(under),
        after_count=len(under) - ended + len(begun),
        branches_before=number,
        branches_after=after,
        before=_before(plan, layout, under),
        after=_after(plan, layout, new_root, len(under) - ended),
    )


def _same(one, other):
    return isinstance(one, Organisation) and isinstance(other, Organisation) and one.pk == other.pk


def _branches_begun(layout):
    return sum(new.as_unit().is_branch for new in layout.begins)


def _count_branches(number):
    return _("%(n)s chi bộ") % {"n": format_number(number)} if number else ""


def _before(plan, layout, under):
    below = Counter(
        pk for row in layout.standing.values() if row.is_branch for pk in row.ancestor_ids() if pk != row.pk
    )
    base = len(plan.unit.ancestor_ids())
    lines = [] if plan.unit in layout.tops else [TreeLine(depth=0, title=plan.unit.title, unit=plan.unit.pk)]
    for unit in layout.tops:
        note = ", ".join(filter(None, [_count_branches(below[unit.pk]), _("kết thúc")]))
        depth = len(unit.ancestor_ids()) - base
        lines.append(TreeLine(depth=depth, title=unit.title, note=note, ends=True, unit=unit.pk))
    others = sum(row.pk not in layout.heirs for row in under)
    return _cut(lines) + _others(others)


def _after(plan, layout, root, others):
    number: Counter[int] = Counter()
    for new in layout.begins:
        if new.as_unit().is_branch:
            above = new.parent
            while isinstance(above, NewUnit):
                number[id(above)] += 1
                above = above.parent
    lines = [] if isinstance(root, NewUnit) else [TreeLine(depth=0, title=root.title, unit=root.pk)]
    carried = _carried_along(layout)
    for new in layout.begins:
        if not _is_named(layout, new):
            continue
        note = ", ".join(filter(None, [_("mới"), _count_branches(number[id(new)])]))
        depth = _depth_below(new, root)
        lines.append(TreeLine(depth=depth, title=new.title, note=note, is_new=True))
        lines += _carried_lines(carried[id(new)], depth + 1)
    for unit, heirs in ((unit, layout.heirs[unit.pk]) for unit in layout.tops):
        for heir in heirs:
            if isinstance(heir, Organisation):
                note = _("nhận của %(unit)s") % {"unit": unit.title}
                depth = max(1, len(heir.ancestor_ids()) - len(plan.unit.ancestor_ids()))
                lines.append(TreeLine(depth=depth, title=heir.title, note=note, unit=heir.pk))
    return _cut(lines) + _others(others)


def _is_named(layout, new):
    """Whether the plan itself names the unit; the others are carried along."""
    return any(origin.pk in layout.named for origin in new.origins)


def _depth_below(new, root):
    depth, above = 0, new
    while above is not root and above is not None:
        depth, above = depth + 1, above.parent
        if _same(above, root):
            break
    return depth


def _carried_along(layout):
    """{id of a new unit that the plan names: {name of where they come from: branches carried along below it}}."""
    carried: dict[int, Counter[str]] = defaultdict(Counter)
    for other in layout.begins:
        if not _is_named(layout, other) and other.as_unit().is_branch:
            top = layout.top_of(other.origins[0])
            carried[id(_named_above(layout, other))][top.name if top else other.origins[0].name] += 1
    return carried


def _carried_lines(carried, depth):
    """ "24 chi bộ từ Tam Hồng"."""
    words = _("%(n)s chi bộ từ %(unit)s")
    return [
        TreeLine(depth=depth, title=words % {"n": format_number(n), "unit": name})
        for name, n in carried.items()
    ]


def _named_above(layout, other):
    """The nearest new unit above another that the plan itself names."""
    above = other.parent
    while isinstance(above, NewUnit) and not _is_named(layout, above):
        above = above.parent
    return above


def _cut(lines: Sequence[TreeLine]) -> list[TreeLine]:
    if len(lines) <= MOST:
        return list(lines)
    more = _("và %(n)s dòng nữa") % {"n": format_number(len(lines) - MOST)}
    return [*lines[:MOST], TreeLine(depth=1, title=more)]


def _others(number):
    if not number:
        return []
    return [TreeLine(depth=1, title=_("%(n)s đơn vị khác, không đổi") % {"n": format_number(number)})]
