"""A plan's targets by group, and the branches with a source that admit: numbers, arithmetic and links."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise

from admissions.sources.listing import read_lists
from branches.models import Organisation
from oversight.models import Plan
from oversight.target_groups import ALL, GROUPS, TargetGroup, list_admitted, list_listed, list_under_way
from reports import links
from reports.periods import Period
from reports.quotas import attainment, branch_share
from reports.quotas.attainment import percent_of

TOP = 130
"""Per cent of a target at the right end of its bar."""


@dataclass(frozen=True)
class GroupLine:
    """One group: what is asked, what was admitted, what is under way and on the lists; groups are never added up."""

    label: str | Promise
    key: str
    target: int | None
    admitted: int
    under_way: int
    listed: int
    urls: dict[str, str]

    @property
    def spare(self) -> int | None:
        """People at hand less what is still to admit, the group taken as a whole; None without a target."""
        if self.target is None:
            return None
        return self.under_way + self.listed - max(0, self.target - self.admitted)

    @property
    def lack(self) -> int:
        """How many people lack; 0 where there are enough."""
        return max(0, -(self.spare or 0))

    def width(self, number: int) -> float:
        """`number` in per cent of the target."""
        return float(percent_of(number, self.target) or 0)


def plan_people_url(plan: Plan, what: str, group: str = "all") -> str:
    """The people behind a number of a plan: `what` is "ket-nap", "ho-so" or "nguon"."""
    return f"{reverse('oversight:plan_people', args=[plan.pk])}?o={what}&nhom={group}"


def group_line(plan: Plan, period: Period, day: date, group: TargetGroup, target: int | None) -> GroupLine:
    """The numbers of one group of a plan, each with the list behind it."""
    unit = plan.unit
    admitted = (
        links.figure_url(unit, period, group.measure.key)
        if group.measure
        else plan_people_url(plan, "ket-nap", group.key)
    )
    return GroupLine(
        label=group.label,
        key=group.key,
        target=target,
        admitted=list_admitted(unit, period, group).count(),
        under_way=list_under_way(unit, day, group).count(),
        listed=list_listed(unit, day, group).count(),
        urls={
            "admitted": admitted,
            "under_way": plan_people_url(plan, "ho-so", group.key),
            "listed": plan_people_url(plan, "nguon", group.key),
        },
    )


def group_lines(plan: Plan, period: Period, day: date) -> list[GroupLine]:
    """A line for each sub-target of a plan, in the order of the groups."""
    order = list(GROUPS)
    rows = sorted(plan.sub_targets.all(), key=lambda row: order.index(row.measure))
    return [group_line(plan, period, day, GROUPS[row.measure], row.number) for row in rows]


def lacking(unit: Organisation, period: Period, day: date) -> tuple[int, int]:
    """(people that lack, units where they lack): sources do not move between the units under `unit`.

    Each unit with a quota counts by itself; what one has to spare helps no other.
    """
    lists = read_lists(unit, day)
    at_hand = lists.count_below(unit, lists.sources) + lists.count_below(unit, lists.under_way)
    lines = attainment.unit_and_children(unit, period)[1]
    lacks = [(row.left or 0) - at_hand[row.unit.pk] for row in lines if row.quota]
    return sum(lack for lack in lacks if lack > 0), sum(lack > 0 for lack in lacks)


@dataclass(frozen=True)
class Branches:
    """The branches with a source: those that admitted, that only have a dossier, that only have a source."""

    admitted: list[Organisation]
    under_way: list[Organisation]
    listed: list[Organisation]

    @property
    def total(self) -> int:
        return len(self.admitted) + len(self.under_way) + len(self.listed)


def branches_with_sources(unit: Organisation, period: Period, day: date) -> Branches:
    """The `Branches` of `unit`: each is in one of the three, so that they add up (Chợ Mới 2022)."""
    counted, admitted = branch_share.branches_counted(unit, period)
    lists = read_lists(unit, day)
    under_way, listed = (
        {branch for branch, _path in lists.branches(rows)} for rows in (lists.under_way, lists.sources)
    )
    groups: tuple[list[Organisation], ...] = ([], [], [])
    for branch in counted:
        for place, pks in enumerate((admitted, under_way, listed)):
            if branch.pk in pks:
                groups[place].append(branch)
                break
    return Branches(*groups)


def branches_url(plan: Plan, what: str) -> str:
    """The branches behind a number of "every branch with a source admits": "ket-nap", "ho-so" or "nguon"."""
    return f"{reverse('oversight:plan_branches', args=[plan.pk])}?o={what}"


def whole_plan_line(plan: Plan, period: Period, day: date, target: int | None) -> GroupLine:
    """The line over all groups: everybody, against the plan's own quota."""
    return group_line(plan, period, day, ALL, target)
