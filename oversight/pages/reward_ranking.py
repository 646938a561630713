"""The ranking for rewards: units directly under one, by points; every point with the arithmetic that it comes from.

The rules are rows of `RULES`, their weights the setting REWARD_WEIGHTS. No rule counts for more than its weight but
the quota, which counts up to half as much again for those who exceed it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Event
from branches.models import Organisation
from notation.dates import today
from notation.numbers import format_number
from oversight.pages.plan_groups import branches_with_sources
from reports import links, periods
from reports.figures import figures
from reports.measures import ADMITTED
from reports.periods import Period
from reports.quotas import attainment
from reports.quotas.attainment import round_half_up

MOST = Decimal("1.5")
"""More than one and a half times its quota gives no further points."""
GIVEN_BACK, RECEIVED = "give_back", "receive"


@dataclass(frozen=True)
class Facts:
    """What the rules look at, of one unit."""

    row: attainment.Row
    with_sources: int
    admitting: int
    quarters: int
    elapsed: int
    received: int
    returned: int


@dataclass(frozen=True)
class Rule:
    """`part(facts)` is (part, whole): the points are part over whole times the weight; None gives none."""

    key: str
    label: str | Promise
    words: str | Promise
    part: Callable[[Facts], tuple[int, int] | None]
    most: Decimal = Decimal(1)

    @property
    def weight(self) -> int:
        return settings.REWARD_WEIGHTS[self.key]


RULES = (
    Rule(
        "quota",
        gettext_lazy("Đạt chỉ tiêu"),
        gettext_lazy("số kết nạp trên chỉ tiêu, tính đến một lần rưỡi"),
        lambda facts: (facts.row.admitted, facts.row.quota) if facts.row.quota else None,
        MOST,
    ),
    Rule(
        "sources",
        gettext_lazy("Chi bộ có nguồn"),
        gettext_lazy("chi bộ đã kết nạp trên số chi bộ có nguồn"),
        lambda facts: (facts.admitting, facts.with_sources) if facts.with_sources else None,
    ),
    Rule(
        "quarters",
        gettext_lazy("Đều các quý"),
        gettext_lazy("số quý có kết nạp trên số quý đã qua của kỳ"),
        lambda facts: (facts.quarters, facts.elapsed) if facts.elapsed else None,
    ),
    Rule(
        "returns",
        gettext_lazy("Hồ sơ không bị trả"),
        gettext_lazy("hồ sơ không phải trả lại trên số hồ sơ huyện nhận"),
        lambda facts: (max(0, facts.received - facts.returned), facts.received) if facts.received else None,
    ),
)


@dataclass(frozen=True)
class Score:
    """The points of one rule; `words` show how they come about: "19/15 × 50 = 63,3"."""

    rule: Rule
    points: Decimal
    words: str


@dataclass(frozen=True)
class Ranked:
    """One unit with its place, its scores and their sum; equal sums share a place."""

    place: int
    row: attainment.Row
    scores: tuple[Score, ...]
    points: Decimal
    urls: dict[str, str]

    @property
    def reached(self) -> bool:
        return self.row.quota is not None and self.row.admitted >= self.row.quota

    @property
    def missed(self) -> bool:
        return self.row.quota is not None and self.row.admitted < self.row.quota


def score_rule(rule: Rule, facts: Facts) -> Score:
    """The points of one rule, to one decimal, with their arithmetic."""
    pair = rule.part(facts)
    if pair is None:
        return Score(rule, Decimal(0), "–")
    part, whole = pair
    share = min(Decimal(part) / Decimal(whole), rule.most)
    points = round_half_up(share * rule.weight, 1) or Decimal(0)
    ratio = f"{format_number(part)}/{format_number(whole)}"
    if share == rule.most != 1:
        ratio = _("%(ratio)s, tính %(most)s") % {"ratio": ratio, "most": format_number(rule.most)}
    return Score(rule, points, f"{ratio} × {rule.weight} = {format_number(points)}")


def rank_units(unit: Organisation, period: Period) -> list[Ranked]:
    """The units directly under `unit` that have a quota for `period`, the most points first."""
    rows = [row for row in attainment.unit_and_children(unit, period)[1] if row.quota]
    facts = _facts_of(unit, period, rows)
    scored = []
    for row in rows:
        scores = tuple(score_rule(rule, facts[row.unit.pk]) for rule in RULES)
        scored.append((sum((score.points for score in scores), Decimal(0)), row, scores))
    scored.sort(key=lambda one: (-one[0], one[1].unit.sort_key))
    found: list[Ranked] = []
    for n, (points, row, scores) in enumerate(scored, start=1):
        place = found[-1].place if found and found[-1].points == points else n
        about = f"?don-vi={unit.pk}&ky={period.code}"
        urls = {
            "ask": f"{reverse('oversight:ask_explanations')}{about}&chon={row.unit.pk}",
            "propose": f"{reverse('oversight:propose_reward')}{about}&cho={row.unit.pk}",
            "admitted": links.figure_url(row.unit, period),
            "quota": links.quotas_url(row.unit, period),
            "unit": links.dashboard_url(row.unit, period),
        }
        found.append(Ranked(place, row, scores, points, urls))
    return found


def _facts_of(unit, period, rows):
    day = min(today(), period.last)
    quarters = [one for one in _quarters_in(period) if one.first <= day]
    by_quarter = figures.count_by_child(unit, [(one, ADMITTED) for one in quarters]) if quarters else {}
    branches = branches_with_sources(unit, period, day)
    with_sources = _by_child(unit, [*branches.admitted, *branches.under_way, *branches.listed])
    admitting = _by_child(unit, branches.admitted)
    events = {action: _count_events(unit, period, action) for action in (RECEIVED, GIVEN_BACK)}
    return {
        row.unit.pk: Facts(
            row=row,
            with_sources=with_sources[row.unit.pk],
            admitting=admitting[row.unit.pk],
            quarters=sum(number > 0 for number in by_quarter.get(row.unit.pk, ())),
            elapsed=len(quarters),
            received=events[RECEIVED][row.unit.pk],
            returned=events[GIVEN_BACK][row.unit.pk],
        )
        for row in rows
    }


def _quarters_in(period):
    """The quarters that lie wholly in `period`."""
    years = range(period.first.year, period.last.year + 1)
    quarters = [one for year in years for one in periods.year_period(year).quarters()]
    return [one for one in quarters if period.first <= one.first and one.last <= period.last]


def _by_child(unit, branches):
    depth = len(unit.ancestor_ids())
    return Counter(pk for branch in branches for pk in branch.ancestor_ids()[depth : depth + 1])


def _count_events(unit, period, action):
    """{primary key: how often `action` happened in `period`} for the units directly under `unit`."""
    depth = len(unit.ancestor_ids())
    rows = Event.objects.filter(
        action=action, on__range=period.days, dossier__branch__path__startswith=unit.path
    )
    found: Counter[int] = Counter()
    counted = rows.order_by().values_list("dossier__branch__path").annotate(n=Count("pk"))
    for path, number in counted:
        found.update({int(pk): number for pk in path.split("/")[depth : depth + 1] if pk})
    return found
