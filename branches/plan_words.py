"""What a plan says in sentences: its changes, what its act is called, what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import ChangeKind, Organisation, Reorganisation, Tier, UnitChange
from notation.dates import dmy
from notation.numbers import format_number

NAMED = 4
"""How many units a sentence names; more are counted."""


def new_title(units: Sequence[Organisation], facts: Mapping[str, Any]) -> str:
    """The title of the unit that a row of `UnitChange.facts` describes; what it leaves out is as in the first unit."""
    first = units[0] if units else Organisation()
    names = ("tier", "kind", "name", "is_base_branch")
    return Organisation(**{name: facts.get(name, getattr(first, name)) for name in names}).title


def join_titles(units: Iterable[Organisation]) -> str:
    """ "A, B và C"; of many their number."""
    titles = [row.title for row in units]
    if len(titles) > NAMED:
        return count_units(units)
    return join_words(titles)


def join_words(words: Sequence[str]) -> str:
    """ "A, B và C"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s và %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def count_units(units: Iterable[Organisation]) -> str:
    """ "3 chi bộ", "2 đảng bộ", and "5 đơn vị" where there are some of both."""
    units = list(units)
    return _count(len(units), {row.is_branch for row in units})


def _count(n, branches):
    if branches == {True}:
        words = ngettext("%(n)s chi bộ", "%(n)s chi bộ", n)
    elif branches == {False}:
        words = ngettext("%(n)s đảng bộ", "%(n)s đảng bộ", n)
    else:
        words = ngettext("%(n)s đơn vị", "%(n)s đơn vị", n)
    return words % {"n": format_number(n)}


def new_units(change: UnitChange) -> list[dict[str, Any]]:
    """The rows of a change's facts that describe a unit; a file may put a remark before them."""
    return [row for row in change.facts if set(row) != {"detail"}]


def describe_change(change: UnitChange) -> str:
    """One change as a sentence without its full stop: "Nhập Chi bộ thôn A và Chi bộ thôn B thành Chi bộ thôn C"."""
    units = list(change.units.all())
    rows = new_units(change)
    first = rows[0] if rows else {}
    words = {
        "units": join_titles(units),
        "new": join_words([new_title(units, row) for row in rows]),
        "into": change.into.title if change.into else _("đơn vị chưa chọn"),
        "kind": Organisation(kind=first.get("kind", "")).get_kind_display(),
        "level": _name_level(units, first),
        "parent": _parent_title(change.plan, first.get("parent")),
    }
    return _sentence(change, first) % words


def _name_level(units, facts):
    """What a unit of another level is called: its new title, or the level where the title stays."""
    if "tier" not in facts:
        return ""
    title, label = new_title(units, facts), str(Tier(facts["tier"]).label)
    return title if title != units[0].title else label[:1].lower() + label[1:]


def _sentence(change, first):
    """The sentence of a kind, with its placeholders."""
    if change.kind == ChangeKind.MERGE:
        return _("Nhập %(units)s thành %(new)s") if first else _("Nhập %(units)s vào %(into)s")
    if change.kind == ChangeKind.RURAL:
        rural = first.get("rural")
        return _("%(units)s nay là nông thôn") if rural else _("%(units)s không còn là nông thôn")
    if change.kind == ChangeKind.BASE_BRANCH:
        becomes = first.get("is_base_branch")
        return _("%(units)s thành chi bộ cơ sở") if becomes else _("%(units)s thôi là chi bộ cơ sở")
    if change.kind == ChangeKind.TIER:
        if "parent" in first:
            return _("%(units)s thành %(level)s, trực thuộc %(parent)s")
        return _("%(units)s thành %(level)s")
    return {
        ChangeKind.RENAME: _("Đổi tên %(units)s thành %(new)s"),
        ChangeKind.KIND: _("Đổi loại hình %(units)s thành %(new)s (%(kind)s)"),
        ChangeKind.PARENT: _("Chuyển %(units)s về trực thuộc %(parent)s"),
        ChangeKind.SPLIT: _("Tách %(units)s thành %(new)s"),
        ChangeKind.DISSOLVE: _("Giải thể %(units)s, chuyển về %(into)s"),
    }[ChangeKind(change.kind)]


def _parent_title(plan, parent):
    """The title of the unit that facts put a new one under: a primary key, or the key of a new unit of `plan`."""
    if parent is None:
        return ""
    if isinstance(parent, int):
        unit = Organisation.objects.filter(pk=parent).first()
        return unit.title if unit else ""
    return dict(list_new_units(plan)).get(parent, "")


def list_new_units(plan: Reorganisation, but: UnitChange | None = None) -> list[tuple[str, str]]:
    """(key, title) of the new units of a plan under which others may be put; `but` is left out."""
    rows = []
    for change in plan.changes.prefetch_related("units"):
        if but is None or change.pk != but.pk:
            units = list(change.units.all())
            named = [new for new in new_units(change) if "key" in new and _has_below(units, new)]
            rows += [(new["key"], new_title(units, new)) for new in named]
    return rows


def _has_below(units, new):
    tier = new.get("tier") or (units[0].tier if units else "")
    branch = new.get("is_base_branch", units[0].is_base_branch if units else False)
    return tier != Tier.BRANCH and not branch


ONE_TO_ONE = {
    ChangeKind.RENAME: lambda n: ngettext(
        "Đổi tên %(n)s đơn vị từ %(day)s", "Đổi tên %(n)s đơn vị từ %(day)s", n
    ),
    ChangeKind.KIND: lambda n: ngettext(
        "Đổi loại hình %(n)s đơn vị từ %(day)s", "Đổi loại hình %(n)s đơn vị từ %(day)s", n
    ),
    ChangeKind.PARENT: lambda n: ngettext(
        "Chuyển %(n)s đơn vị từ %(day)s", "Chuyển %(n)s đơn vị từ %(day)s", n
    ),
    ChangeKind.TIER: lambda n: ngettext(
        "Đổi cấp %(n)s đơn vị từ %(day)s", "Đổi cấp %(n)s đơn vị từ %(day)s", n
    ),
    ChangeKind.BASE_BRANCH: lambda n: ngettext(
        "Đổi %(n)s tổ chức cơ sở đảng từ %(day)s", "Đổi %(n)s tổ chức cơ sở đảng từ %(day)s", n
    ),
    ChangeKind.RURAL: lambda n: ngettext(
        "Ghi lại %(n)s chi bộ từ %(day)s", "Ghi lại %(n)s chi bộ từ %(day)s", n
    ),
}
"""What the act of a plan is called whose changes are all of one such kind; the others count what ends and begins."""


def name_act(plan: Reorganisation, changes: Sequence[UnitChange]) -> str:
    """The words of the button: how many units end, how many begin, and from when."""
    kinds = {ChangeKind(change.kind) for change in changes}
    ends = [row for change in changes for row in change.units.all()]
    facts = {"n": format_number(len(ends)), "day": dmy(plan.day)}
    if len(kinds) == 1 and (kind := kinds.pop()) in ONE_TO_ONE:
        return ONE_TO_ONE[kind](len(ends)) % facts
    begins = [
        new.get("is_base_branch") or _is_branch(change, new)
        for change in changes
        for new in new_units(change)
    ]
    ending = _("Kết thúc %(units)s") % {"units": count_units(ends)}
    beginning = _(", lập %(units)s") % {"units": _count(len(begins), set(begins))} if begins else ""
    return _("%(ends)s từ %(day)s") % {"ends": ending + beginning, "day": dmy(plan.day)}


def _is_branch(change, new):
    units = list(change.units.all())
    return Organisation(
        tier=new.get("tier") or units[0].tier,
        is_base_branch=new.get("is_base_branch", units[0].is_base_branch),
    ).is_branch


def suggest_title(plan: Reorganisation) -> str:
    """What a plan is called whose writer gave no title: its first change, and how many more."""
    changes = list(plan.changes.prefetch_related("units"))
    if not changes:
        return _("Thay đổi tổ chức từ %(day)s") % {"day": dmy(plan.day)}
    words = describe_change(changes[0])
    if len(changes) > 1:
        more = len(changes) - 1
        words += ngettext(" và %(n)d thay đổi khác", " và %(n)d thay đổi khác", more) % {"n": more}
    return words if len(words) <= 200 else f"{words[:199]}…"
