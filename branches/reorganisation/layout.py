"""What a plan makes of the tree: which units end, which begin, and who takes over from whom. Nothing is written.

What stands below a unit that ends is carried along: it ends too and begins anew, with the same facts, below the heir,
unless the plan says something else of it.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.models import ChangeKind, Organisation, Reorganisation, Tier
from branches.names import spoken_name
from branches.reorganisation.new_unit import INHERITED, Heir, NewUnit
from branches.reorganisation.outcome import Question
from branches.reorganisation.wishes import ask_branch, ask_heir, ask_rural, name_units
from branches.successions import units_after
from notation.dates import dmy
from notation.vietnamese import clean


@dataclass(kw_only=True)
class Layout:
    """`ends` from the top down, `begins` likewise (a parent before what stands under it).

    `heirs` says who takes over from each unit that ends, by its primary key; `tops` are those of the units that end
    which the plan itself names, in its order: to them the parts of all numbers belong. `standing` are the units of the
    plan's scope before the change, by primary key.
    """

    ends: list[Organisation] = field(default_factory=list)
    begins: list[NewUnit] = field(default_factory=list)
    heirs: dict[int, tuple[Heir, ...]] = field(default_factory=dict)
    tops: list[Organisation] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    standing: dict[int, Organisation] = field(default_factory=dict)

    @cached_property
    def named(self) -> dict[int, Organisation]:
        """The units that the plan names, by primary key; once the layout is drawn."""
        return {top.pk: top for top in self.tops}

    def top_of(self, unit: Organisation) -> Organisation | None:
        """Of the units that the plan names the nearest at or above `unit`."""
        return next((self.named[pk] for pk in reversed(unit.ancestor_ids()) if pk in self.named), None)


def draw_layout(plan: Reorganisation) -> Layout:
    """What `plan` makes of the tree of its day, with what was chosen so far; `problems` are sentences."""
    drawing = _Drawing(plan)
    drawing.read_changes()
    drawing.sort_tops()
    drawing.carry_children()
    drawing.place_units()
    drawing.check_units()
    return drawing.layout


class _Drawing:
    """A layout as it is being drawn."""

    def __init__(self, plan: Reorganisation) -> None:
        self.plan, self.layout = plan, Layout()
        self.answers = {row.key: row.answer for row in plan.choices.all()}
        scope = Organisation.objects.under(plan.unit).on(plan.last).select_related("parent").order_by("path")
        self.layout.standing = {row.pk: row for row in scope}
        self.changes = list(plan.changes.prefetch_related("units").select_related("into"))
        self.wanted: dict[str, Any] = {}
        self.by_key: dict[str, NewUnit] = {}

    def _say(self, words, **facts):
        self.layout.problems.append(words % {"day": dmy(self.plan.day), **facts})

    # The changes that the plan names

    def read_changes(self) -> None:
        if not self.changes:
            self._say(_("Kế hoạch chưa có thay đổi nào."))
        for change in self.changes:
            named = sorted(change.units.all(), key=lambda row: (row.path, row.pk))
            units = [row for row in map(self._of_day, named) if self._can_end(row)]
            if units:
                self._read(change, units)

    def _of_day(self, unit):
        """`unit`, or what alone took over from it by an earlier plan."""
        if unit.ended_before(self.plan.last):
            after = units_after(unit, self.plan.last)
            if len(after) == 1:
                return self.layout.standing.get(after[0].pk, after[0])
        return unit

    def _can_end(self, unit):
        if unit.pk not in self.layout.standing:
            self._say(
                _("%(unit)s không có trong phạm vi của kế hoạch vào ngày trước %(day)s."), unit=unit.title
            )
        elif unit.valid_to is not None:
            self._say(_("%(unit)s đã kết thúc ngày %(end)s."), unit=unit.title, end=dmy(unit.valid_to))
        elif unit in self.layout.tops:
            self._say(_("%(unit)s nằm trong hai thay đổi của kế hoạch."), unit=unit.title)
        else:
            return True
        return False

    def _read(self, change, units):
        rows = [row for row in change.facts if {*row} != {"detail"}]
        if change.kind in (ChangeKind.MERGE, ChangeKind.DISSOLVE):
            heirs = self._only_heir(change, units, rows)
        elif change.kind == ChangeKind.SPLIT:
            heirs = self._halves(change, units[0], rows)
        else:
            for place, unit in enumerate(units):
                facts = rows[place] if len(rows) == len(units) else (rows[0] if rows else {})
                suffix = f".{place + 1}" if len(units) > 1 else ""
                new = self._new(facts, (unit,), f"{facts.get('key') or f'c{change.position}'}{suffix}")
                self._end(unit, (new,))
            return
        for unit in units if heirs else ():
            self._end(unit, heirs)

    def _only_heir(self, change, units, rows):
        if change.kind == ChangeKind.MERGE and rows:
            return (self._new(rows[0], tuple(units), rows[0].get("key") or f"c{change.position}"),)
        heir: Heir | None = self._of_day(change.into) if change.into else None
        if heir is None and rows and rows[0].get("into"):
            heir = self.by_key.get(rows[0]["into"])
        if heir is None:
            question, heir = ask_heir(change, units, self.layout.standing, self.answers)
            self.layout.questions.append(question)
        if heir is not None and heir in units:
            self._say(_("%(unit)s không thể nhận chính mình."), unit=heir.title)
            return ()
        return (heir,) if heir is not None else ()

    def _halves(self, change, unit, rows):
        if len(rows) + bool(change.into) < 2:
            self._say(_("Tách %(unit)s: cần ít nhất hai đơn vị mới."), unit=unit.title)
        halves, codes = [], [unit.code, *_free_codes(unit, len(rows))]
        for place, facts in enumerate(rows):
            code = codes[place]
            key = facts.get("key") or f"c{change.position}.{place + 1}"
            halves.append(self._new({"code": code} | facts, (unit,), key))
        return (*halves, self._of_day(change.into)) if change.into else tuple(halves)

    def _new(self, facts, origins, key):
        said = {name: getattr(origins[0], name) for name in INHERITED}
        said |= {name: facts[name] for name in INHERITED if facts.get(name) not in (None, "")}
        said["name"], said["code"] = clean(said["name"]), clean(said["code"])
        if facts.get("name"):
            said["name"] = spoken_name(said["name"], said["kind"])
        branch = said["tier"] == Tier.BRANCH or said["is_base_branch"]
        if not branch:
            said["rural"] = False
        elif "rural" not in facts and len({row.rural for row in origins}) > 1:
            question, said["rural"] = ask_rural(key, origins, self.answers)
            self.layout.questions.append(question)
        if said["tier"] != Tier.BASE:
            said["is_base_branch"] = False
        new = NewUnit(key=key, parent=None, origins=origins, **said)
        if key in self.by_key:
            self._say(_("Hai đơn vị mới cùng khóa “%(key)s”."), key=key)
        self.by_key[key], self.wanted[key] = new, facts.get("parent")
        self.layout.begins.append(new)
        return new

    def _end(self, unit, heirs):
        self.layout.tops.append(unit)
        self.layout.ends.append(unit)
        self.layout.heirs[unit.pk] = heirs

    def sort_tops(self) -> None:
        """As tables list them: from the top down, places first, each by name."""
        self.layout.tops.sort(key=lambda row: (len(row.ancestor_ids()), row.place_in_tables, row.pk))

    # What stands below

    def carry_children(self) -> None:
        heirs = self.layout.heirs
        for unit in self.layout.standing.values():
            if unit.pk in heirs or unit.parent_id not in heirs or unit.valid_to is not None:
                continue
            new = self._new({}, (unit,), f"u{unit.pk}")
            heirs[unit.pk] = (new,)
            self.layout.ends.append(unit)
        self.layout.ends.sort(key=lambda row: (len(row.ancestor_ids()), row.path))

    # Where the new ones stand

    def place_units(self) -> None:
        outside = [value for value in self.wanted.values() if isinstance(value, int)]
        known = Organisation.objects.filter(undone=False).in_bulk(outside)
        for new in self.layout.begins:
            new.parent = self._parent_of(new, known)
        self.layout.begins.sort(key=lambda new: (_depth(new), new.key))
        heirs = self.layout.heirs
        going_on = [row for row in self.layout.standing.values() if row.pk not in heirs and not row.valid_to]
        questions, problems = name_units(self.layout.begins, going_on, self.answers)
        self.layout.questions += questions
        self.layout.problems += problems

    def _parent_of(self, new, known):
        wanted = self.wanted[new.key]
        if isinstance(wanted, str) and wanted:
            if wanted not in self.by_key:
                self._say(_("Không có đơn vị mới “%(key)s” để đặt %(unit)s."), key=wanted, unit=new.title)
            return self.by_key.get(wanted)
        if wanted:
            if wanted not in known or not self._of_day(known[wanted]).exists_on(self.plan.last):
                self._say(_("Đơn vị cấp trên của %(unit)s không có vào ngày %(day)s."), unit=new.title)
            above = self._of_day(known[wanted]) if wanted in known else None
            return self._standing_after(above.pk if above else wanted, above, new)
        if new.tier == Tier.PROVINCE:
            return None
        old = new.origins[0]
        return self._standing_after(old.parent_id, old.parent, new)

    def _standing_after(self, pk, unit, new):
        """The unit `pk` itself where it goes on, what takes over from it where it ends."""
        heirs = self.layout.heirs.get(pk)
        if heirs is None:
            return unit
        if len(heirs) == 1:
            return heirs[0]
        question, heir = ask_branch(new, heirs, self.answers)
        self.layout.questions.append(question)
        return heir or heirs[0]

    # Whether it can be

    def check_units(self) -> None:
        codes: set[str] = set()
        codes_used = set(
            Organisation.objects.filter(valid_from=self.plan.day, undone=False).values_list("code", flat=True)
        )
        above = {id(new.parent) for new in self.layout.begins}
        for new in self.layout.begins:
            if new.code in codes | codes_used:
                self._say(_("Mã %(code)s dùng hai lần từ ngày %(day)s."), code=new.code)
            codes.add(new.code)
            if id(new) in above and (new.tier == Tier.BRANCH or new.is_base_branch):
                self._say(_("%(unit)s là chi bộ nên không có đơn vị trực thuộc."), unit=new.title)
            self._check(new)
        self._check_heirs()

    def _check(self, new):
        parent = new.parent.as_unit() if isinstance(new.parent, NewUnit) else new.parent
        unit = new.as_unit(valid_from=self.plan.day)
        unit.parent = replace_dates(parent, self.plan.day) if isinstance(new.parent, NewUnit) else parent
        try:
            unit.clean()
        except ValidationError as refusal:
            self.layout.problems += refusal.messages

    def _check_heirs(self):
        for unit in self.layout.tops:
            for heir in self.layout.heirs[unit.pk]:
                if isinstance(heir, Organisation) and (
                    heir.pk in self.layout.heirs or not heir.exists_on(self.plan.day)
                ):
                    self._say(_("%(unit)s không có vào ngày %(day)s."), unit=heir.title)
                branch = heir.as_unit().is_branch if isinstance(heir, NewUnit) else heir.is_branch
                if unit.is_branch and not branch:
                    words = _("%(unit)s không phải là chi bộ: chọn một chi bộ nhận hồ sơ của %(old)s.")
                    self._say(words, unit=heir.title, old=unit.title)


def replace_dates(unit: Organisation, day: Any) -> Organisation:
    """`unit`, which is not saved, as standing from `day` on."""
    unit.valid_from = day
    return unit


def _depth(new):
    """How many new units stand above a new unit."""
    depth, above = 0, new.parent
    while isinstance(above, NewUnit):
        depth, above = depth + 1, above.parent
        if depth > 8:
            break
    return depth


LONGEST_STEM = 16
"""A code has 20 characters at most."""


def _free_codes(unit, number):
    """`number` codes for the further halves of `unit`, "09043-2" and on, that no unit ever had."""
    stem = unit.code[:LONGEST_STEM]
    taken = set(Organisation.objects.filter(code__startswith=f"{stem}-").values_list("code", flat=True))
    codes = (f"{stem}-{n}" for n in count(2))
    return list(islice((code for code in codes if code not in taken), number))
