"""Where a running period will land: those admitted so far, those to be expected of the dossiers under way, and those
to be expected of applications still to come.

The rule, also printed beside the figure. Dossiers under way: for each one, what became in the last 24 months of the
dossiers that had stood at the same stage as long (or, if none had, at the stage before) gives the chance of a
decision within the working days that are left; the chances add up. Applications still to come: as many a working day
as in the last 24 months, each with the chance that the days then left are enough. The band holds the landing with
80 % (normal approximation), dossiers scattering as much more than independent ones as the decisions of those months
did. No season of the year is known to it, no change of pace, no plan.

Everything is read from the events up to the day asked for, so that the same rule can be put to days that are past:
`reports.forecast.backtest`, with what came out in `docs/forecast.md`.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, sqrt
from statistics import mean, variance

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from admissions.rules import working_days
from admissions.rules.working_days import Calendar
from admissions.states import CLOSED, UNDER_WAY, State
from branches.models import Organisation, Tier
from branches.today import is_today
from notation.dates import add_months, today
from notation.numbers import format_number
from reports.figures.figures import counted_on
from reports.figures.placing import ADMITTED_AT, HANDLED_AT, placed_under
from reports.forecast.told import changes_of_state, corrected_dossiers, count_acts
from reports.periods import Period
from reports.quotas.attainment import targets_of

MONTHS = 24
LEAST = 6
"""Months from which on their scatter tells anything."""
Z = 1.2816
"""How many standard deviations on both sides of its mean hold 80 % of a normal distribution."""

GOALS = {"decision": "decide", "ceremony": "ceremony"}
"""The act by which an admission counts, by the setting COUNTED_BY."""

AT_APPRAISAL = (State.RETURNED, State.RESENT, State.HELD, State.ASKED)
STAGES: dict[str, str] = {state: State.APPRAISAL if state in AT_APPRAISAL else state for state in UNDER_WAY}
"""A dossier returned, held or asked about stands at the stage of appraisal: too few do to have a rate of their own."""

STEPS = {
    State.RESOLVED: gettext_lazy("Chi bộ ra nghị quyết"),
    State.PROPOSED: gettext_lazy("Đảng ủy cơ sở đề nghị"),
    State.APPRAISAL: gettext_lazy("Ban Tổ chức nhận hồ sơ"),
    State.AWAITING: gettext_lazy("Trình Ban Thường vụ"),
}
"""The stages for which the last day is shown by which a dossier must have got there, as what leads to them."""


@dataclass(frozen=True)
class Road:
    """What events tell of one dossier up to a day: (stage, since) it entered in order, and how it ended."""

    stages: tuple
    ended_on: date | None = None
    admitted: bool = False


@dataclass(frozen=True)
class Rates:
    """What the 24 months before a day say, from `since` on, `working` working days.

    `hazards` {stage: [(waited, decided, closed, waiting)]} in order of `waited`: of `waiting` passages that lasted
    that many working days, how many ended on that very one, and how. `days` {stage: working days from there to the
    decision, in order}, of those decided. `applied` is how many roads began since, `dispersion` how much more the
    decisions of a month scatter than independent ones would.
    """

    since: date
    working: int
    hazards: dict
    days: dict
    applied: int = 0
    dispersion: float = 1.0

    def dispersion_of(self, applied: int) -> float:
        """The same for a part of the district with `applied` of the applications, as thinning lowers it."""
        return 1 + (self.dispersion - 1) * min(1.0, applied / self.applied) if self.applied else 1.0

    def chance(self, stage: str, waited: int, left: int) -> float | None:
        """The chance of being decided within `left` more working days after `waited` at `stage`.

        None when no one has waited longer than that: nothing is known then.
        """
        chance, still, longer = 0.0, 1.0, False
        for at, decided, closed, waiting in self.hazards.get(stage, ()):
            if at > waited:
                longer = True
                if at > waited + left:
                    break
                chance += still * decided / waiting
                still *= 1 - (decided + closed) / waiting
        return min(1.0, chance) if longer else None

    def arriving(self, left: int) -> float:
        """Decisions to be expected within `left` working days of one application on each of them."""
        total, still = 0.0, 1.0
        for at, decided, closed, waiting in self.hazards.get(State.PREPARING, ()):
            if at >= left:
                break
            total += still * decided / waiting * (left - at)
            still *= 1 - (decided + closed) / waiting
        return total

    def quantile(self, stage: str, share: float) -> int | None:
        """Working days within which `share` of the admitted came from `stage` to the decision; None without any."""
        days = self.days.get(stage)
        return days[max(0, ceil(share * len(days)) - 1)] if days else None


@dataclass(frozen=True)
class Landing:
    """A number at the period's end; `low` to `high` holds it with 80 %."""

    mid: int
    low: int
    high: int

    def holds(self, number: int) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True)
class Forecast:
    """The landing of a unit and what it is made of.

    `alone` is the landing without applications still to come. `unknown` of the dossiers under way have waited
    longer than any in 24 months and are expected to bring no one.
    """

    day: date
    last: date
    admitted: int
    under_way: int
    expected: float
    to_come: float
    unknown: int
    sample: int
    landing: Landing
    alone: Landing
    quota: int | None = None
    last_days: tuple = ()

    @property
    def gap(self) -> int | None:
        """The landing less the quota; None without a quota."""
        return None if self.quota is None else self.landing.mid - self.quota

    @property
    def expected_words(self) -> str:
        return format_number(floor(self.expected + 0.5))

    @property
    def to_come_words(self) -> str:
        return format_number(floor(self.to_come + 0.5))

    @property
    def leave_by(self) -> date | None:
        """By when the branch must have resolved so that four dossiers in five count; None where it is not known."""
        return next((most for stage, _half, most in self.last_days if stage == State.RESOLVED), None)

    @property
    def last_days_in_words(self) -> list[tuple[Promise, date, date]]:
        return [(STEPS[stage], half, most) for stage, half, most in self.last_days]


def roads_of_dossiers(rows: Iterable[tuple[int, str, str, date]], goal: str) -> dict[int, Road]:
    """{dossier: Road} of `rows`, (dossier, action, to_state, on) in the order of each dossier's events.

    A dossier taken up again after it was closed begins a new road; only its last one is kept.
    """
    roads: dict[int, Road] = {}
    for dossier, action, state, on in rows:
        road = roads.get(dossier)
        open_stages = road.stages if road and road.ended_on is None else ()
        if action == goal or state in CLOSED:
            if open_stages:
                roads[dossier] = Road(open_stages, on, action == goal)
        elif state in STAGES or (open_stages and state == State.DECIDED):
            stage = STAGES.get(state, state)
            if not open_stages or open_stages[-1][0] != stage:
                roads[dossier] = Road((*open_stages, (stage, on)))
    return roads


def rates_of(roads: Iterable[Road], first: date, day: date, working: Calendar) -> Rates:
    """The `Rates` of the roads that were open between `first` and the day before `day`.

    Someone who still waits counts among the waiting for as long as they have; who waited before `first` counts
    from then on only (delayed entry and censoring, as Aalen and Johansen estimate).
    """
    passages: dict[str, list[tuple[int, int, Road]]] = {}
    lasting: dict[str, list[int]] = {}
    until = day - timedelta(days=1)
    roads = [road for road in roads if road.ended_on is None or road.ended_on >= first]
    for road in roads:
        for stage, since in road.stages:
            lasted = max(1, working.between(since, road.ended_on or until))
            begun = working.between(since, first) if since < first else 0
            passages.setdefault(stage, []).append((begun, lasted, road))
            if road.admitted:
                lasting.setdefault(stage, []).append(lasted)
    hazards = {stage: _hazards(rows) for stage, rows in passages.items()}
    since = max(first, min((road.stages[0][1] for road in roads), default=first))
    length = working.between(since, until) if since < until else 0
    days = {stage: sorted(rows) for stage, rows in lasting.items()}
    applied = sum(road.stages[0][1] >= since for road in roads)
    decided = [road.ended_on for road in roads if road.admitted and road.ended_on]
    return Rates(since, length, hazards, days, applied, dispersion_of(decided, day))


def dispersion_of(days: Iterable[date], day: date) -> float:
    """Variance over mean of the decisions of a calendar month, from the first month of `days` to the last whole one
    before `day`; never below 1, and 1 where they are fewer than `LEAST` months."""
    counts = Counter((on.year, on.month) for on in days if (on.year, on.month) < (day.year, day.month))
    if not counts:
        return 1.0
    (year, month), months = min(counts), []
    while (year, month) < (day.year, day.month):
        months.append(counts[year, month])
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return max(1.0, variance(months) / mean(months)) if len(months) >= LEAST else 1.0


def _hazards(rows):
    begun, lasted = sorted(row[0] for row in rows), sorted(row[1] for row in rows)
    decided = Counter(days for _begun, days, road in rows if road.admitted)
    closed = Counter(days for _begun, days, road in rows if road.ended_on and not road.admitted)
    found = ((at, bisect_left(begun, at) - bisect_left(lasted, at)) for at in sorted({*decided, *closed}))
    return [(at, decided[at], closed[at], waiting) for at, waiting in found if waiting]


def chances_of(
    roads: Iterable[Road], rates: Rates, day: date, left: int, working: Calendar
) -> Iterator[float | None]:
    """The chance of each road to be decided within `left` working days after `day`.

    Where no one has waited so long at the present stage, the stage before is asked, back to the application; None
    when none of them knows.
    """
    known = {}
    for road in roads:
        for stage, since in reversed(road.stages):
            wait = stage, working.between(since, day)
            if wait not in known:
                known[wait] = rates.chance(*wait, left)
            if known[wait] is not None:
                break
        yield known[wait]


def reckon_landing(
    admitted: int, chances: Sequence[float], to_come: float = 0.0, dispersion: float = 1.0
) -> Landing:
    """The `Landing` of dossiers with these `chances` and of `to_come` decisions of which none has begun yet.

    Their number varies `dispersion` times as much as a sum of independent coins and a Poisson number. Clamped to what
    is possible: no one admitted is lost, and no dossier under way brings two.
    """
    middle = round(admitted + sum(chances) + to_come, 6)
    spread = round(Z * sqrt(dispersion * (sum(p * (1 - p) for p in chances) + to_come)), 6)
    high = ceil(middle + spread)
    if not to_come:
        high = min(high, admitted + len(chances))
    return Landing(floor(middle + 0.5), max(admitted, floor(middle - spread)), high)


def last_starting_day(end: date, days: int, working: Calendar) -> date:
    """The last day from which `days` working days still end on or before `end`, itself a working day."""
    while not working.is_working(end):
        end -= timedelta(days=1)
    while days > 0:
        end -= timedelta(days=1)
        days -= working.is_working(end)
    return end


# From the events


def _goal():
    return GOALS[settings.COUNTED_BY]


def _of(unit):
    if is_today(unit):
        return placed_under(unit, *(f"dossier__{name}" for name in HANDLED_AT))
    return Q(dossier__branch__path__startswith=unit.path)


def state_on(unit: Organisation, day: date, corrected: list[int] | None = None) -> dict[int, Road]:
    """{dossier: its Road} of those under way at `unit` at the end of `day`, from the events alone; one query.

    Branches are those that follow the dossiers today: a dossier moved since counts at its present one.
    """
    open_since = Q(dossier__state__in=(*UNDER_WAY, State.DECIDED)) | Q(dossier__state_since__gt=day)
    rows = changes_of_state(day, _of(unit) & open_since, corrected)
    return {pk: road for pk, road in roads_of_dossiers(rows, _goal()).items() if road.ended_on is None}


def measure_rates(unit: Organisation, day: date, working: Calendar) -> Rates:
    """The `Rates` of the district that `unit` belongs to, from the 24 months before `day`.

    A commune has too few dossiers for rates of its own. Events of `day` itself are left out: the rates hold for the
    whole day and are kept in the cache for ten minutes.
    """
    district = _district(unit)
    key = f"forecast:{district.pk}:{day}:{settings.COUNTED_BY}"
    rates = cache.get(key)
    if rates is None:
        first, column = add_months(day, -MONTHS), f"dossier__{counted_on()}"
        open_then = Q(dossier__state__in=(*UNDER_WAY, State.DECIDED)) | Q(dossier__state_since__gte=first)
        among = Q(**{f"{column}__gte": first}) | Q(open_then, **{column: None})
        rows = changes_of_state(day - timedelta(days=1), _of(district) & among)
        rates = rates_of(roads_of_dossiers(rows, _goal()).values(), first, day, working)
        cache.set(key, rates, 600)
    return rates


def _district(unit):
    if unit.tier == Tier.DISTRICT:
        return unit
    return Organisation.objects.filter(pk__in=unit.ancestor_ids(), tier=Tier.DISTRICT).first() or unit


def count_applications(unit: Organisation, first: date, day: date, corrected: list[int] | None = None) -> int:
    """How many applications `unit` had from `first` to the day before `day`."""
    return count_acts("apply", first, day - timedelta(days=1), _of(unit), corrected=corrected)


def admitted_on(unit: Organisation, period: Period, day: date, corrected: list[int] | None = None) -> int:
    """Who was admitted from the period's first day to the end of `day`, the decision not annulled by then."""
    among, last = Q(dossier__admitted_branch__path__startswith=unit.path), min(day, period.last)
    if is_today(unit):
        among = placed_under(unit, *(f"dossier__{name}" for name in ADMITTED_AT))
    return count_acts(_goal(), period.first, last, among, unless="annul", until=day, corrected=corrected)


def forecast_unit(
    unit: Organisation, period: Period, day: date | None = None, working: Calendar | None = None
) -> Forecast:
    """The `Forecast` of `unit` for `period` as of the end of `day` (today). Raises `working_days.NoCalendar`."""
    day, working = day or today(), working or working_days.load_calendar()
    corrected = corrected_dossiers()
    rates, left = measure_rates(unit, day, working), working.between(day, period.last)
    by_dossier = list(chances_of(state_on(unit, day, corrected).values(), rates, day, left, working))
    chances = [chance or 0.0 for chance in by_dossier]
    admitted = admitted_on(unit, period, day, corrected)
    applied = count_applications(unit, rates.since, day, corrected)
    pace, dispersion = applied / rates.working if rates.working else 0, rates.dispersion_of(applied)
    to_come = pace * rates.arriving(left)
    target = targets_of([unit], [period]).get((unit.pk, period))
    return Forecast(
        day=day,
        last=period.last,
        admitted=admitted,
        under_way=len(chances),
        expected=sum(chances),
        to_come=to_come,
        unknown=by_dossier.count(None),
        sample=len(rates.days.get(State.PREPARING, ())),
        landing=reckon_landing(admitted, chances, to_come, dispersion),
        alone=reckon_landing(admitted, chances, dispersion=dispersion),
        quota=None if target is None else target.number,
        last_days=tuple(_last_days(rates, period.last, working)),
    )


def _last_days(rates, end, working):
    """(stage, last day for half of the dossiers, last day for four in five), where the sample knows the stage."""
    for stage in STEPS:
        if rates.days.get(stage):
            yield (
                stage,
                *(last_starting_day(end, rates.quantile(stage, share), working) for share in (0.5, 0.8)),
            )
