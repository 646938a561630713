"""Who has sent the review of a month or a quarter and who has not, and the difficulties that were named."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from branches.models import Organisation, Tier
from notation.dates import today
from oversight.models import Difficulty, Review, ReviewReminder
from oversight.pages.review_words import Standing, review_url, standing_of, summarise_review
from oversight.review_periods import ReviewPeriod, review_quarter_of
from reports.periods import Period

HELD, MISSING, LATE = "da", "chua", "muon"
"""How the list of reviews is asked for: those sent, the branches that have not, those sent after the deadline."""
BRANCHES_BELOW = (Tier.BASE, Tier.SECTION, Tier.BRANCH)
"""Under a unit of these tiers the overview names each branch."""


def expected_branches(unit: Organisation, period: ReviewPeriod) -> QuerySet[Organisation]:
    """The branches under `unit` that stand at the end of `period`, or today while it runs: each owes a review."""
    rows = Organisation.objects.under(unit).branches().on(min(period.last, today()))
    return rows.select_related("parent").order_by("path")


@dataclass(frozen=True)
class BranchLine:
    """A branch in an overview: its review or None, how it stands, what it said, the days it was reminded."""

    unit: Organisation
    period: ReviewPeriod
    review: Review | None
    standing: Standing
    url: str
    words: str
    reminded: list[date]


@dataclass
class UnitLine:
    """A unit in an overview: of its `branches` so many have `held` the meeting; how they assess themselves."""

    unit: Organisation
    branches: int = 0
    held: int = 0
    late: int = 0
    assessed: Counter[str] = field(default_factory=Counter)
    scores: list[int] = field(default_factory=list)
    scores_above: list[int] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return self.branches - self.held

    @property
    def good(self) -> int:
        return self.assessed[Review.Assessment.GOOD]

    @property
    def met(self) -> int:
        return self.assessed[Review.Assessment.MET]

    @property
    def short(self) -> int:
        return self.assessed[Review.Assessment.SHORT]

    def add(self, line: BranchLine) -> None:
        self.branches += 1
        if line.review is None:
            return
        self.held += 1
        self.late += line.standing.late
        self.assessed[line.review.assessment] += 1
        if line.review.score is not None:
            self.scores.append(line.review.score)
        if line.review.score_above is not None:
            self.scores_above.append(line.review.score_above)

    @property
    def score(self) -> int | None:
        """The mean of the branches' own scores, rounded; None without one."""
        return round(sum(self.scores) / len(self.scores)) if self.scores else None

    @property
    def score_above(self) -> int | None:
        return round(sum(self.scores_above) / len(self.scores_above)) if self.scores_above else None


@dataclass(frozen=True)
class Overview:
    """The `total` of a unit, the lines of the units under it, and of each branch."""

    total: UnitLine
    units: list[UnitLine]
    branches: list[BranchLine]


def review_overview(unit: Organisation, period: ReviewPeriod) -> Overview:
    """The `Overview` of `unit` for `period`; four queries, whatever the size of the tree."""
    branches = list(expected_branches(unit, period))
    lines = branch_lines(branches, period)
    depth = len(unit.ancestor_ids())
    below = {row.pk: row for row in Organisation.objects.filter(parent=unit)}
    total, by_unit = UnitLine(unit), dict[int, UnitLine]()
    for line in lines:
        total.add(line)
        ids = line.unit.ancestor_ids()
        child = below.get(ids[depth]) if len(ids) > depth else None
        if child:
            by_unit.setdefault(child.pk, UnitLine(child)).add(line)
    units = sorted(by_unit.values(), key=lambda row: row.unit.place_in_tables)
    return Overview(total, units, lines)


def branch_lines(branches: list[Organisation], period: ReviewPeriod) -> list[BranchLine]:
    """The lines of these branches, places first, each by name under its unit."""
    rows = Review.objects.of(period.kind, period.first).filter(unit__in=branches)
    found = {row.unit_id: row for row in rows.prefetch_related("difficulties", "people")}
    reminded = defaultdict(list)
    for row in ReviewReminder.objects.of(period.kind, period.first).filter(unit__in=branches):
        reminded[row.unit_id].append(row.on)
    lines = [
        BranchLine(
            unit,
            period,
            found.get(unit.pk),
            standing_of(period, found.get(unit.pk), today()),
            review_url(unit, period),
            summarise_review(found[unit.pk]) if unit.pk in found else "",
            reminded[unit.pk],
        )
        for unit in branches
    ]
    order = {unit.pk: n for n, unit in enumerate(in_tables(branches))}
    return sorted(lines, key=lambda line: order[line.unit.pk])


def in_tables(branches: Iterable[Organisation]) -> list[Organisation]:
    """Branches of several units, places first, each by name under its unit."""
    return sorted(branches, key=lambda unit: (_name(unit.parent), unit.place_in_tables))


def _name(unit):
    return unit.place_in_tables if unit else (False, "")


def list_url(unit: Organisation, period: ReviewPeriod, kind: str = HELD, **asked: object) -> str:
    """The list of reviews, or of branches without one, that a figure counts."""
    more = "".join(f"&{name.replace('_', '-')}={value}" for name, value in asked.items())
    return f"{reverse('oversight:review_list')}?don-vi={unit.pk}&ky={period.code}&loai={kind}{more}"


def list_review_days(branches: list[Organisation], first: date) -> dict[int, date]:
    """{primary key of a branch: the day on which it reviewed the month that begins on `first`}."""
    rows = Review.objects.of(Review.Kind.MONTH, first).filter(unit__in=branches)
    return dict(rows.values_list("unit", "held_on"))


# Difficulties


@dataclass(frozen=True)
class DifficultyLine:
    """A difficulty: how many branches named it, in how many base organisations, and the address of their reviews."""

    difficulty: Difficulty
    branches: int
    bases: int
    url: str


def count_difficulties(unit: Organisation, period: ReviewPeriod) -> list[DifficultyLine]:
    """The difficulties named in the monthly reviews of `period` under `unit`, the most frequent first.

    Counted over units: a branch that named one in three months counts once. One branch names several, so the lines
    are never added up (docs/domain.md, rule 56).
    """
    months = Review.objects.under(unit).months_between(period.first, period.last)
    rows = months.filter(difficulties__nothing=False).values_list("difficulties", "unit__path").distinct()
    branches: dict[int, set[str]] = defaultdict(set)
    bases: dict[int, set[int]] = defaultdict(set)
    base_ids = set(Organisation.objects.communes().values_list("pk", flat=True))
    for pk, path in rows:
        branches[pk].add(path)
        bases[pk] |= base_ids & {int(part) for part in path.split("/") if part}
    named = Difficulty.objects.filter(pk__in=branches)
    lines = [
        DifficultyLine(
            row, len(branches[row.pk]), len(bases[row.pk]), list_url(unit, period, kho_khan=row.pk)
        )
        for row in named
    ]
    return sorted(lines, key=lambda line: (-line.branches, line.difficulty.pk))


def list_difficulties(unit: Organisation, quarter: Period) -> list[tuple[str, int, str]]:
    """[(difficulty, how many branches named it in the months of `quarter`, the address of their reviews)]."""
    lines = count_difficulties(unit, review_quarter_of(quarter.first))
    return [(line.difficulty.text, line.branches, line.url) for line in lines]
