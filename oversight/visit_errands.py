"""What of the followers' and teams' work is due to somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission, Role
from admissions.worklist.errands import Errand
from admissions.worklist.worklist import Worklist
from branches.models import Organisation, Tier
from notation.dates import dmy
from oversight.models import ExplanationRequest, Task, TeamUnit, Visit
from oversight.pages.calendar import Place, places_of
from oversight.pages.followed import Followed, followed_units, reviews_of_month
from oversight.pages.overview import MISSING, list_url
from oversight.review_periods import month_of
from oversight.visits import may_sign
from reports import links, periods
from reports.quotas.attainment import head_quotas

NEAR = timedelta(days=30)
"""Tasks due later than this are on their lists only."""


def list_visit_errands(user: User, day: date) -> list[Errand]:
    """Visits that `user` has to hold, arrange, write down or sign."""
    roles = {post.role for post in user.current_posts}
    found = _team_errands(user, day) if Role.WORK_TEAM in roles else []
    found += _follower_errands(user, day) if Role.FOLLOWER in roles else []
    # Whoever follows a commune or is in a team has a post for the same days.
    return [*found, *(_drafts(user, day) if roles & {Role.WORK_TEAM, Role.FOLLOWER} else ())]


def _team_errands(user, day):
    """Of a team's communes those that were not visited this quarter."""
    quarter = periods.quarter_of_day(day)
    given = TeamUnit.objects.on(day).filter(team__in=user.teams.on(day).values("team"))
    units = Organisation.objects.filter(team_units__in=given).distinct()
    return [visit_due(place, quarter) for place in places_of(list(units), quarter).values() if not place.done]


def visit_due(place: Place, quarter: periods.Period) -> Errand:
    """A team's visit that a quarter still asks for: on the day arranged, or by the quarter's end."""
    arranged = place.arranged
    told = (
        _("Lần gần nhất %(day)s.") % {"day": dmy(place.before.day)} if place.before else _("Chưa dự lần nào.")
    )
    what = (
        _("Dự sinh hoạt ngày %(day)s") % {"day": dmy(arranged.day)}
        if arranged
        else _("%(quarter)s chưa dự, chưa hẹn ngày") % {"quarter": capfirst(str(quarter))}
    )
    url = (
        reverse("oversight:visit", args=[arranged.pk])
        if arranged
        else f"{reverse('oversight:arrange')}?don-vi={place.unit.pk}"
    )
    due = arranged.day if arranged else quarter.last
    return Errand(unit=place.unit.title, what=what, url=url, due=due, detail=told)


def _follower_errands(user, day):
    """Of the units someone follows those they have not been to this quarter."""
    quarter, errands = periods.quarter_of_day(day), []
    for row in followed_units(user, day):
        rows = Visit.objects.under(row.unit).filter(follower=user, held_on__range=quarter.days)
        if rows.count() < settings.VISITS_PER_QUARTER:
            what = _("%(quarter)s đồng chí chưa làm việc với đơn vị") % {"quarter": capfirst(str(quarter))}
            url = f"{reverse('oversight:arrange')}?don-vi={row.unit.pk}"
            errands.append(Errand(unit=row.unit.title, what=what, url=url, due=quarter.last))
    return errands


def _drafts(user, day):
    """Visits that were held and are not signed, for whoever signs them by office, not by overseeing all."""
    mine = Q(follower=user) | Q(team__members__in=user.teams.on(day).filter(head=True))
    rows = Visit.objects.for_user(user, Permission.VISIT).filter(mine, held_on__isnull=False, signed_on=None)
    return [
        Errand(
            unit=row.unit.title,
            what=_("Ký kết luận buổi dự ngày %(day)s") % {"day": dmy(row.held_on)},
            url=reverse("oversight:visit", args=[row.pk]),
            due=row.held_on + timedelta(days=settings.CONCLUSION_DAYS),
        )
        for row in rows.select_related("unit", "team").distinct()
        if may_sign(user, row)
    ]


def task_due(task: Task) -> Errand:
    """An open task of a conclusion."""
    told = _("%(who)s, theo kết luận %(day)s") % {
        "who": task.who,
        "day": dmy(task.visit.day if task.visit else None),
    }
    url = reverse("oversight:visit", args=[task.visit_id])
    return Errand(unit=task.unit.title, what=task.what, url=url, due=task.before, detail=told)


# The home of a unit


@dataclass(frozen=True)
class _At:
    """A unit on a day, as the parts below ask for it."""

    unit: Organisation
    day: date


def list_unit_errands(user: User, unit: Organisation, day: date) -> dict[str, list[Errand]]:
    """{"quota", "dossiers", "visits", "reviews", "tasks", "letters": what is due at or under `unit`}, each by day."""
    at, quarter = _At(unit, day), periods.quarter_of_day(day)
    tasks = Task.objects.under(unit).open().filter(before__lte=day + NEAR).select_related("unit", "visit")
    place = places_of([unit], quarter)[unit.pk] if unit.tier == Tier.BASE else None
    found = {
        "quota": list(_quotas(at)),
        "dossiers": list(_limits(user, [at])),
        "visits": [visit_due(place, quarter)] if place and not place.done else [],
        "reviews": list(_reviews(at)),
        "tasks": [_task_of_unit(task) for task in tasks],
        "letters": list(_answers(at)),
    }
    return {
        key: sorted(rows, key=lambda one: (one.due is None, one.due or date.max))
        for key, rows in found.items()
    }


def _task_of_unit(task):
    if task.visit_id:
        return task_due(task)
    url = reverse("oversight:task", args=[task.pk])
    return Errand(unit=task.unit.title, what=task.what, url=url, due=task.before, detail=task.who)


# The follower's own page


def list_follower_errands(user: User, rows: list[Followed]) -> list[Errand]:
    """What needs a follower in their units, by day: visits, tasks, limits, reviews, quotas, answers."""
    if not rows:
        return []
    day, quarter = rows[0].day, periods.quarter_of_day(rows[0].day)
    errands: list[Errand] = []
    for row in rows:
        errands += [task_due(task) for task in row.tasks if task.before <= day + NEAR]
        if not row.place.done:
            errands.append(visit_due(row.place, quarter))
        errands += [*_reviews(row), *_quotas(row), *_answers(row)]
    errands += [*_follower_errands(user, day), *_drafts(user, day), *_limits(user, rows)]
    return sorted(errands, key=lambda one: (one.due is None, one.due or date.max, one.unit, one.what))


def _reviews(row) -> Iterable[Errand]:
    """The branches that have not reviewed the month of the day."""
    done = reviews_of_month(row.unit, row.day).values("unit")
    branches = Organisation.objects.under(row.unit).branches().on(row.day)
    lacking = list(branches.exclude(pk__in=done))
    if not lacking:
        return []
    values = {"n": len(lacking), "month": row.day.month}
    names = ", ".join(unit.short_name for unit in lacking[:4]) + ("…" if len(lacking) > 4 else "")
    month = month_of(row.day)
    words = _("%(n)d chi bộ chưa rà soát tháng %(month)d") % values
    url = list_url(row.unit, month, MISSING)
    return [Errand(unit=row.unit.title, what=words, url=url, due=month.deadline, detail=names)]


def _quotas(row) -> Iterable[Errand]:
    """A quota that the unit has and has not given on to any branch."""
    year = periods.year_period(row.day.year)
    given = head_quotas(row.unit, year)
    if row.unit.is_branch or row.unit.pk not in given or len(given) > 1:
        return []
    words = _("Chưa giao chỉ tiêu %(year)d cho chi bộ") % {"year": row.day.year}
    return [Errand(unit=row.unit.title, what=words, url=links.quotas_url(row.unit, year))]


def _answers(row) -> Iterable[Errand]:
    """Letters that ask for an explanation and have no answer."""
    rows = ExplanationRequest.objects.under(row.unit).filter(answer=None, on__lte=row.day)
    return [
        Errand(
            unit=request.unit.title,
            what=_("Nhắc trả lời giải trình"),
            url=reverse("oversight:letter", args=[request.pk]),
            due=request.due,
            detail=f"{request.number}, {dmy(request.on)}",
        )
        for request in rows.select_related("unit")
    ]


def _limits(user, rows) -> Iterable[Errand]:
    """The limits of dossiers that are over or end within a week."""
    desk = Worklist(user)
    inside = tuple(row.unit.path for row in rows)
    due = [
        one for key in ("qua", "7") for one in desk.groups[key] if one.dossier.branch.path.startswith(inside)
    ]
    return [
        Errand(
            unit=one.dossier.candidate.full_name,
            what=str(one.deadline.clock.title),
            url=one.dossier.get_absolute_url(),
            due=one.deadline.due,
            detail=f"{one.dossier.branch.title}. {one.deadline.brief}",
        )
        for one in due
    ]
