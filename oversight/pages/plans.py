"""What the page of a plan shows: the sentence, what rests on it, sums, tasks, and who has not handed quotas down."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from branches.models import Organisation, Tier
from notation.dates import dmy, today
from notation.numbers import format_number, format_percent
from oversight.models import ExplanationRequest, Follower, Plan, Task, Team
from oversight.pages.plan_groups import (
    Branches,
    GroupLine,
    branches_with_sources,
    group_lines,
    lacking,
    whole_plan_line,
)
from oversight.plans import list_family, plan_period
from reports import links
from reports.figures import figures
from reports.models import Basis, Quota
from reports.pages.sentence import Clause, Link, Linked, Paragraph
from reports.periods import Period
from reports.quotas import attainment
from reports.quotas.attainment import percent_of


@dataclass(frozen=True)
class Waiting:
    """A unit with a quota that has given none to its branches: its quota, what it has under way, and what is known."""

    unit: Organisation
    target: int
    under_way: int
    notes: list[str]
    urls: dict[str, str]


@dataclass(frozen=True)
class Resting:
    """One line of what rests on a plan: how many, of what, since which document, and where it is read."""

    number: int
    words: str
    detail: str
    url: str


@dataclass
class PlanPage:
    """Everything that the page of `plan` says, read once each."""

    plan: Plan
    today: date = field(default_factory=today)

    @cached_property
    def period(self) -> Period:
        return plan_period(self.plan)

    @cached_property
    def day(self) -> date:
        """The day that sources and dossiers are told of: today, or the plan's last day once it is over."""
        return min(self.today, self.plan.last)

    @property
    def unit(self) -> Organisation:
        return self.plan.unit

    @cached_property
    def family(self) -> list[Plan]:
        return list_family(self.plan)

    @cached_property
    def target(self) -> int | None:
        """The unit's own quota for the plan's days."""
        return attainment.own_quota(self.unit, self.period)

    @cached_property
    def quotas(self) -> list[Quota]:
        """The quotas in heads of the units below that rest on this document or on one that follows it, places first."""
        bases = [row.basis_id for row in self.family]
        rows = Quota.objects.current().heads().of(self.plan).filter(basis__in=bases)
        rows = rows.filter(unit__path__startswith=self.unit.path).exclude(unit=self.unit)
        found = rows.select_related("unit", "basis", "membership")
        return sorted(found, key=lambda row: row.unit.place_in_tables)

    @cached_property
    def bases(self) -> list[Basis]:
        """The documents that those quotas name, each once."""
        return list({row.basis: None for row in self.quotas if row.basis})

    @cached_property
    def total(self) -> GroupLine:
        return whole_plan_line(self.plan, self.period, self.day, self.target)

    @cached_property
    def groups(self) -> list[GroupLine]:
        return group_lines(self.plan, self.period, self.day)

    @cached_property
    def lacking(self) -> tuple[int, int] | None:
        """(people, units) that lack sources; None for what reaches over a year: its sources are yet to come."""
        if not self.period.is_year or not self.children:
            return None
        return lacking(self.unit, self.period, self.day)

    @cached_property
    def branches(self) -> Branches | None:
        return branches_with_sources(self.unit, self.period, self.day) if self.plan.every_branch else None

    @cached_property
    def tasks(self) -> list[tuple[Task, str]]:
        """[(task, the shape of its state)] of this document and of those that follow it."""
        rows = Task.objects.filter(plan__in=self.family).select_related("unit")
        return [(task, task.mark(self.today)) for task in rows.order_by("before", "pk")]

    @cached_property
    def children(self) -> list[tuple[Organisation, int]]:
        """[(unit, quota)] of the units directly below that have a quota for the plan's days, places first."""
        rows = attainment.unit_and_children(self.unit, self.period)[1]
        return [(row.unit, row.quota) for row in rows if row.quota]

    @cached_property
    def bound(self) -> list[tuple[Organisation, int]]:
        """Of these the ones that have branches to give a year's quotas to."""
        if not self.period.is_year:
            return []
        return [(unit, target) for unit, target in self.children if not unit.is_branch]

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Those of `bound` that have given no quota to a branch."""
        given = Quota.objects.current().heads().of(self.period).filter(unit__path__startswith=self.unit.path)
        paths = set(given.values_list("unit__path", flat=True))
        lacks = [
            (unit, target)
            for unit, target in self.bound
            if not any(path.startswith(unit.path) and path != unit.path for path in paths)
        ]
        if not lacks:
            return []
        under_way = figures.under_way_by_child(self.unit)
        notes = _known_of([unit for unit, _target in lacks], self.period)
        return [
            Waiting(
                unit,
                target,
                under_way[unit.pk],
                notes.get(unit.pk, []),
                {
                    "unit": links.dashboard_url(unit, self.period),
                    "quota": links.quotas_url(unit, self.period),
                    "under_way": links.under_way_url(unit),
                },
            )
            for unit, target in lacks
        ]

    @cached_property
    def sums(self) -> list[tuple[str, int, str]]:
        """[(whose, how much together, the quotas)]: places, then the others; empty where nothing was given."""
        parts: dict[bool, list[int]] = {True: [], False: []}
        for unit, target in self.children:
            parts[unit.is_place].append(target)
        if self.unit.tier == Tier.BASE:
            words = {True: _("chi bộ nông thôn"), False: _("chi bộ khác")}
        else:
            words = {True: _("xã, thị trấn"), False: _("khối cơ quan, trường, doanh nghiệp")}
        url = links.quotas_url(self.unit, self.period)
        return [
            (f"{format_number(len(found))} {words[place]}", sum(found), url)
            for place, found in parts.items()
            if found
        ]

    @property
    def given(self) -> int:
        return sum(number for _words, number, _url in self.sums)

    @property
    def difference(self) -> int | None:
        """The quotas of the units less the plan's total; None where either is missing."""
        return None if self.target is None or not self.sums else self.given - self.target

    @property
    def short(self) -> int:
        """How far the quotas of the units stay below the plan's total; 0 where they do not."""
        return max(0, -(self.difference or 0))

    @property
    def handed_down(self) -> int:
        """How many of the units that have branches have given them quotas."""
        return len(self.bound) - len(self.waiting)

    @cached_property
    def resting(self) -> list[Resting]:
        """What rests on the document, each line with where it is read; without what there is none of."""
        lines = [*self._quota_lines(), *self._task_line(), *_people_lines(self.unit, self.day)]
        lines += [
            Resting(1, row.get_kind_display(), f"{row.basis}. {row.basis.title}", plan_url(row))
            for row in self.plan.followed_by.select_related("basis")
            if row.unit_id == self.unit.pk
        ]
        return [line for line in lines if line.number]

    def _quota_lines(self):
        bases = "; ".join(map(str, self.bases))
        yield Resting(len(self.quotas), _("chỉ tiêu đơn vị"), bases, links.quotas_url(self.unit, self.period))
        yield Resting(len(self.groups), _("chỉ tiêu theo nhóm"), _("không cộng với nhau"), "#nhom")
        below = Plan.objects.filter(rests_on=self.plan).exclude(unit=self.unit).count()
        url = f"{reverse('oversight:plans')}?can-cu={self.plan.pk}"
        yield Resting(below, _("văn bản của đơn vị trực thuộc"), _("căn cứ vào văn bản này"), url)

    def _task_line(self):
        open_ = [task for task, _mark in self.tasks if task.state != Task.State.DONE]
        near = _("gần nhất %(day)s") % {"day": dmy(open_[0].before)} if open_ else _("đã xong cả")
        yield Resting(len(self.tasks), _("việc có thời hạn"), near, "#viec")

    @cached_property
    def lead(self) -> Paragraph:
        """What was reached of the plan, who is under way, who handed quotas down, and how its tasks stand."""
        clauses = [*self._reached(), *self._handed_down(), *self._tasks_in_words()]
        return Paragraph(tuple(clauses))

    def _reached(self):
        if self.plan.first > self.today:
            yield Clause(_("Kế hoạch bắt đầu từ ngày %(day)s."), {"day": dmy(self.plan.first)})
            return
        admitted = Linked(self.total.admitted, self.total.urls["admitted"])
        under_way = Linked(self.total.under_way, self.total.urls["under_way"])
        values = {"day": dmy(self.day), "admitted": admitted, "under_way": under_way}
        if self.target:
            url = links.quotas_url(self.unit, self.period)
            values |= {
                "target": Linked(self.target, url, counted=False),
                "share": format_percent(percent_of(self.total.admitted, self.target)),
            }
            words = _(
                "Đến %(day)s kết nạp %(admitted)s trên %(target)s (%(share)s), %(under_way)s người đang làm hồ sơ."
            )
        else:
            words = _(
                "Đến %(day)s kết nạp %(admitted)s, %(under_way)s người đang làm hồ sơ;"
                " chưa giao tổng chỉ tiêu của kỳ này."
            )
        yield Clause(words, values)

    def _handed_down(self):
        if not self.bound:
            return
        values = {
            "done": Link(format_number(self.handed_down), "#chua"),
            "all": format_number(len(self.bound)),
        }
        yield Clause(" " + _("Có %(done)s trên %(all)s đơn vị đã giao chỉ tiêu đến chi bộ."), values)

    def _tasks_in_words(self):
        if not self.tasks:
            return
        marks = Counter(mark for _task, mark in self.tasks)
        parts = {
            _("%(n)s việc xong"): marks["ok"],
            _("%(n)s việc đang làm"): marks["half"],
            _("%(n)s việc quá hạn"): marks["late"],
            _("%(n)s việc chưa đến hạn"): marks["wait"],
        }
        yield Clause(" " + _("Trong %(n)s việc của kế hoạch, "), {"n": format_number(len(self.tasks))})
        there = [(words, number) for words, number in parts.items() if number]
        for n, (words, number) in enumerate(there):
            yield Clause(words, {"n": Link(format_number(number), "#viec")})
            yield Clause("." if n == len(there) - 1 else ", ")

    @property
    def state(self) -> tuple[str, str]:
        """(shape, word) of the plan today."""
        if self.plan.first > self.today:
            return "wait", _("chưa đến kỳ")
        return ("half", _("đang thực hiện")) if self.plan.last >= self.today else ("done", _("đã hết kỳ"))


def plan_url(plan: Plan) -> str:
    return reverse("oversight:plan", args=[plan.pk])


def _people_lines(unit, day):
    """The teams, the followers and the classes of `unit` on `day`."""
    teams = Team.objects.on(day).filter(unit=unit)
    bases = "; ".join(dict.fromkeys(teams.values_list("basis", flat=True)))
    home = reverse("oversight:plans")
    yield Resting(teams.count(), _("tổ công tác"), bases, _address("oversight:teams", home))
    follows = Follower.objects.on(day).under(unit)
    bases = "; ".join(dict.fromkeys(follows.values_list("basis", flat=True)))
    people = follows.values("user").distinct().count()
    words = _("ủy viên phụ trách %(n)s đơn vị") % {
        "n": format_number(follows.values("unit").distinct().count())
    }
    yield Resting(people, words, bases, _address("oversight:followers", home))
    yield from _class_lines(unit, day)


def _class_lines(unit, day):
    """The awareness classes of the year, where the register keeps classes."""
    models = {model.__name__: model for model in apps.get_app_config("admissions").get_models()}
    if "AwarenessClass" not in models:
        return
    rows = models["AwarenessClass"]._default_manager.filter(unit=unit, first__year=day.year, first__lte=day)
    url = _address("classes:classes", reverse("oversight:plans"))
    yield Resting(rows.count(), _("lớp nhận thức trong năm"), "", url)


def _address(name, otherwise):
    """The address of a page that another part of the register may have."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return otherwise


def _known_of(units, period):
    """{primary key: [what is known of why a unit has given no quotas yet]}."""
    notes: dict[int, list[str]] = {}
    asked = ExplanationRequest.objects.filter(unit__in=units, answer=None).order_by("-on")
    for row in asked:
        notes.setdefault(row.unit_id, []).append(
            _("Chưa trả lời giải trình %(number)s") % {"number": row.number}
        )
    for row in Quota.objects.pending().of(period).filter(unit__in=units):
        words = _("Đề nghị chỉ tiêu %(n)s, chưa trả lời")
        notes.setdefault(row.unit_id, []).append(words % {"n": attainment.quota_in_words(row)})
    return notes
