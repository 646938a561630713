"""The calendar of a quarter: what each team has held, has arranged and has not arranged, and what came of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q

from accounts.models import User
from accounts.roles import Permission
from branches.models import Organisation, within_scope
from notation.dates import today
from oversight.models import Shortcoming, Task, Team, TeamMember, TeamUnit, Visit
from reports.periods import Period


@dataclass(frozen=True)
class Place:
    """A base organisation in a team's quarter: the visits held, the next one arranged, the last one before."""

    unit: Organisation
    held: tuple[Visit, ...]
    arranged: Visit | None
    before: Visit | None

    @property
    def done(self) -> bool:
        """Whether it was visited as often as a quarter asks for."""
        return len(self.held) >= settings.VISITS_PER_QUARTER

    @property
    def mark(self) -> str:
        return "ok" if self.done else "wait" if self.arranged else "soon"


@dataclass(frozen=True)
class TeamRow:
    """One team with its head, None where none is named, and its places."""

    team: Team
    head: TeamMember | None
    places: tuple[Place, ...]

    @property
    def held(self) -> list[Place]:
        return [place for place in self.places if place.held]

    @property
    def open(self) -> list[Place]:
        return [place for place in self.places if not place.done and place.arranged]

    @property
    def missing(self) -> list[Place]:
        return [place for place in self.places if not place.done and not place.arranged]

    @property
    def done(self) -> int:
        return sum(place.done for place in self.places)


@dataclass(frozen=True)
class Calendar:
    """The teams in a reader's scope; `alone` are the places of no team."""

    period: Period
    rows: list[TeamRow]
    alone: list[Organisation]

    @property
    def places(self) -> list[Place]:
        return [place for row in self.rows for place in row.places]

    @property
    def done(self) -> int:
        return sum(place.done for place in self.places)

    @property
    def left(self) -> int:
        return len(self.places) - self.done

    @property
    def missing(self) -> int:
        return sum(not place.done and place.arranged is None for place in self.places)


def day_in(period: Period) -> date:
    """The day as of which a period's assignments are shown: its last, today's while it runs, its first to come."""
    return max(period.first, min(period.last, today()))


def quarter_calendar(user: User, period: Period) -> Calendar:
    """The `Calendar` of the base organisations that `user` sees."""
    day = day_in(period)
    scope = within_scope(user.scope(), "unit__")
    given = TeamUnit.objects.on(day).filter(scope).select_related("team", "unit")
    places = places_of([row.unit for row in given], period)
    by_team: dict[int, list[Organisation]] = {}
    teams = {row.team_id: row.team for row in given}
    for row in sorted(given, key=lambda row: row.unit.place_in_tables):
        by_team.setdefault(row.team_id, []).append(row.unit)
    heads = TeamMember.objects.on(day).filter(team__in=teams, head=True).select_related("user")
    head_of = {row.team_id: row for row in heads}
    rows = [
        TeamRow(team, head_of.get(pk), tuple(places[unit.pk] for unit in by_team[pk]))
        for pk, team in sorted(teams.items(), key=lambda item: (item[1].number, item[0]))
    ]
    alone = Organisation.objects.for_user(user).communes().on(day).exclude(pk__in=places)
    return Calendar(period, rows, sorted(alone, key=lambda unit: unit.place_in_tables))


def places_of(units: list[Organisation], period: Period) -> dict[int, Place]:
    """{primary key: `Place`} of base organisations, by the visits of teams at or below them."""
    rows = Visit.objects.filter(within_scope([unit.path for unit in units], "unit__"), team__isnull=False)
    found: dict[int, dict[str, list[Visit]]] = {
        unit.pk: {"held": [], "open": [], "before": []} for unit in units
    }
    for visit in rows.select_related("unit", "team").order_by("planned_on", "pk"):
        place = next(pk for pk in visit.unit.ancestor_ids() if pk in found)
        if visit.day < period.first:
            kind = "before" if visit.held_on else ""
        elif visit.day <= period.last:
            kind = "held" if visit.held_on else "open"
        else:
            kind = ""
        if kind:
            found[place][kind].append(visit)
    return {
        unit.pk: Place(
            unit,
            tuple(sorted(found[unit.pk]["held"], key=lambda visit: visit.day)),
            next(iter(found[unit.pk]["open"]), None),
            max(found[unit.pk]["before"], key=lambda visit: visit.day, default=None),
        )
        for unit in units
    }


def findings_for(user: User) -> Q:
    """A condition on visits: what they found may be read. A unit reads it once signed, who visits at once."""
    inside = within_scope(user.scope(), "unit__")
    visiting = within_scope(user.scope(Permission.VISIT), "unit__")
    return inside & (Q(signed_on__isnull=False) | visiting)


def shortcomings_in(user: User, period: Period) -> "list[tuple[Shortcoming.Kind, int]]":
    """[(kind, how many shortcomings the visits of `period` found)] of the visits that `user` may read."""
    visits = Visit.objects.filter(findings_for(user), held_on__range=period.days)
    rows = Shortcoming.objects.filter(visit__in=visits).order_by().values_list("kind").annotate(Count("pk"))
    counts = Counter(dict(rows))
    return [(kind, counts[kind]) for kind in Shortcoming.Kind]


def conclusion_tasks(user: User) -> "tuple[int, int]":
    """(open tasks of conclusions in the scope of `user`, those of them whose day has passed)."""
    tasks = Task.objects.for_user(user).filter(visit__isnull=False).open()
    return tasks.count(), tasks.overdue(today()).count()
