"""A visit of a team or a follower: arranged, held, written down, signed; afterwards only added to.

There is no central form of a visit's minutes (docs/domain.md, Visits).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused, Stale
from admissions.rules import working_days
from branches.models import Organisation, Tier
from branches.successions import describe_absence
from notation.dates import dmy, today
from notation.vietnamese import clean
from oversight.facts import facts_of_visit
from oversight.models import Shortcoming, Task, Team, Visit, VisitAddition
from oversight.tasks import assign_task, check_task

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Conclusion:
    """What is to become a task: which unit is responsible, what, who, and before which day."""

    unit: Organisation
    what: str
    who: str
    before: date


# Who may


def may_record(user: User, visit: Visit) -> bool:
    return user.may(Permission.VISIT, visit.unit)


def may_sign(user: User, visit: Visit) -> bool:
    """Whether `user` signs the conclusion: the head of the team on that day, the follower, or whoever oversees."""
    if user.may(Permission.OVERSEE, visit.unit):
        return True
    if not may_record(user, visit):
        return False
    if visit.team is None:
        return visit.follower_id == user.pk
    return visit.team.members.on(visit.day).filter(user=user, head=True).exists()


def teams_for(user: User, unit: Organisation, day: date) -> list[Team]:
    """The teams in whose name `user` arranges a visit to `unit`: those that visit it on `day` and they are in."""
    teams = Team.objects.on(day).filter(units__in=unit.base_organisation.team_units.on(day))
    if not user.may(Permission.OVERSEE, unit):
        teams = teams.filter(members__in=user.teams.on(day))
    return list(teams.distinct())


def followers_for(user: User, unit: Organisation, day: date) -> list[User]:
    """The followers in whose name `user` arranges a visit to `unit`: they themselves, or any for whoever oversees."""
    rows = unit.base_organisation.followers.on(day).select_related("user")
    if not user.may(Permission.OVERSEE, unit):
        rows = rows.filter(user=user)
    return [row.user for row in rows]


# The days of a visit


@transaction.atomic
def arrange_visit(
    unit: Organisation, *, on: date, by: User, team: Team | None = None, follower: User | None = None
) -> Visit:
    """Arrange a visit to `unit`, a branch or a base committee; raises `Refused` ("unit", "on"), `PermissionDenied`."""
    if not by.may(Permission.VISIT, unit):
        raise PermissionDenied
    wrong = {}
    if not unit.is_branch and unit.tier not in (Tier.BASE, Tier.SECTION):
        wrong["unit"] = _("Chọn một chi bộ hoặc một tổ chức cơ sở đảng.")
    elif not unit.exists_on(on):
        wrong["on"] = describe_absence(unit, on)
    elif team not in teams_for(by, unit, on) and follower not in followers_for(by, unit, on):
        words = _("Ngày %(day)s không có tổ công tác, ủy viên nào của đồng chí phụ trách %(unit)s.")
        wrong["unit"] = words % {"day": dmy(on), "unit": unit.title}
    elif Visit.objects.filter(unit=unit, team=team, follower=follower, planned_on=on).exists():
        wrong["on"] = _("Đã hẹn %(unit)s ngày %(day)s.") % {"unit": unit.title, "day": dmy(on)}
    if wrong:
        raise Refused(wrong)
    kind = Visit.Kind.BRANCH if unit.is_branch else Visit.Kind.COMMITTEE
    who = {"team": team, "follower": None if team else follower}
    return Visit.objects.create(unit=unit, kind=kind, planned_on=on, by=by, **who)


@transaction.atomic
def move_visit(visit: Visit, on: date, *, by: User, seen: int) -> None:
    """Arrange another day for a visit that was not held."""
    row = _taken(visit, by, seen)
    if row.held_on:
        raise Refused(_("Buổi này đã dự ngày %(day)s.") % {"day": dmy(row.held_on)})
    if not row.unit.exists_on(on):
        raise Refused({"on": describe_absence(row.unit, on)})
    row.planned_on = on
    _keep(row, "planned_on")


@transaction.atomic
def cancel_visit(visit: Visit, *, by: User, seen: int) -> None:
    """Take back an arrangement; a visit that was held stays."""
    row = _taken(visit, by, seen)
    if row.held_on:
        raise Refused(_("Buổi này đã dự ngày %(day)s.") % {"day": dmy(row.held_on)})
    log_change(by, f"Bỏ hẹn {row.unit.title}, {dmy(row.planned_on)}")
    row.delete()


@transaction.atomic
def hold_visit(
    visit: Visit, *, on: date, met: str, members: int | None, present: int | None, by: User, seen: int
) -> None:
    """The visit was held on `on`; the register's figures of that day are taken down.

    Raises `Refused` ("on", "met", "present"), `Stale`, `PermissionDenied`.
    """
    row, wrong = _taken(visit, by, seen), {}
    if on > today():
        wrong["on"] = _("%(day)s chưa tới.") % {"day": dmy(on)}
    elif not row.unit.exists_on(on):
        wrong["on"] = describe_absence(row.unit, on)
    if not clean(met):
        wrong["met"] = _("Ghi làm việc với ai.")
    if present is not None and members is not None and present > members:
        wrong["present"] = _("Có mặt %(n)d, nhiều hơn số đảng viên %(most)d.") % {
            "n": present,
            "most": members,
        }
    if wrong:
        raise Refused(wrong)
    row.met, row.members, row.present = clean(met), members, present
    if row.held_on != on:
        row.held_on, row.facts = on, facts_of_visit(row.unit, on)
    _keep(row, "met", "members", "present", "held_on", "facts")


def _taken(visit, by, seen):
    """The row as it is now, locked, for someone who may write it and saw its latest version; not signed yet."""
    row = Visit.objects.select_for_update(of=("self",)).select_related("unit", "team").get(pk=visit.pk)
    if not may_record(by, row):
        raise PermissionDenied
    if row.signed_on:
        raise Refused(_("Kết luận đã ký ngày %(day)s, chỉ bổ sung được.") % {"day": dmy(row.signed_on)})
    if row.version != seen:
        raise Stale(_("Buổi này vừa có người ghi thêm; xem lại rồi ghi."))
    return row


def _keep(row, *columns):
    row.version = F("version") + 1
    row.save(update_fields=[*columns, "version"])


# What was found and concluded


@transaction.atomic
def write_findings(
    visit: Visit,
    *,
    strengths: str,
    causes: str,
    shortcomings: Iterable[tuple[str, str]],
    conclusions: Sequence[Conclusion],
    by: User,
    seen: int,
) -> None:
    """Write down strengths, shortcomings (kind, words), causes, and what is to be concluded; replaces what stood there.

    Raises `Refused` ("conclusions"), `Stale`, `PermissionDenied`.
    """
    row = _taken(visit, by, seen)
    if row.held_on is None:
        raise Refused(_("Ghi ngày dự trước."))
    row.strengths, row.causes = strengths.strip(), causes.strip()
    row.conclusions = [
        {"unit": one.unit.pk, "what": clean(one.what), "who": clean(one.who), "before": one.before}
        for one in conclusions
    ]
    _keep(row, "strengths", "causes", "conclusions")
    row.shortcomings.all().delete()
    for kind, words in shortcomings:
        Shortcoming.objects.create(visit=row, kind=kind, words=clean(words))


@transaction.atomic
def sign_visit(visit: Visit, *, number: str = "", by: User, seen: int, on: date | None = None) -> list[Task]:
    """Sign the conclusion on the day `on`, today: it stays as it is. Returns the tasks that it becomes.

    Raises `Refused` ("number", "conclusions"), `Stale`, `PermissionDenied`.
    """
    row = _taken(visit, by, seen)
    if not may_sign(by, row):
        raise Refused(_("Tổ trưởng, ủy viên phụ trách hoặc Ban Tổ chức ký kết luận."))
    if row.held_on is None:
        raise Refused(_("Ghi ngày dự trước."))
    tasks = []
    for one in conclusions_of(row):
        if wrong := check_task(what=one.what, who=one.who, before=one.before, on=row.held_on):
            raise Refused(" ".join(wrong.values()))
        unit = one.unit if one.unit.exists_on(row.held_on) else row.unit
        tasks.append(
            assign_task(unit, what=one.what, who=one.who, before=one.before, on=row.held_on, by=by, visit=row)
        )
    row.conclusion_number, row.signed_on, row.signed_by = clean(number), on or today(), by
    row.conclusions = []
    _keep(row, "conclusion_number", "signed_on", "signed_by", "conclusions")
    log_change(by, f"Ký kết luận {row.unit.title}, {dmy(row.held_on)}: {len(tasks)} việc")
    return tasks


@transaction.atomic
def add_to_visit(
    visit: Visit, words: str, *, by: User, conclusion: Conclusion | None = None
) -> VisitAddition:
    """Add `words`, a task or both to a visit whose conclusion is signed; raises `Refused`, `PermissionDenied`."""
    if not may_sign(by, visit):
        raise PermissionDenied
    if visit.signed_on is None:
        raise Refused(_("Kết luận chưa ký; ghi thẳng vào kết luận."))
    if not clean(words) and not conclusion:
        raise Refused({"words": _("Ghi điều bổ sung.")})
    if conclusion:
        one = conclusion
        words = clean(words) or f"Giao thêm việc: {one.what}"
        assign_task(one.unit, what=one.what, who=one.who, before=one.before, on=today(), by=by, visit=visit)
    return VisitAddition.objects.create(visit=visit, words=clean(words), on=today(), by=by)


def propose_deadline(day: date) -> date:
    """The day before which a task of a conclusion is due when nothing else is said, moved past a day off.

    Ten days unless the installation says otherwise; from a weekend to Monday (docs/domain.md, Visits).
    """
    due = day + timedelta(days=settings.CONCLUSION_DAYS)
    try:
        return working_days.load_calendar().next_working(due)
    except working_days.NoCalendar:
        while due.weekday() > 4:
            due += DAY
        return due


def conclusions_of(visit: Visit) -> list[Conclusion]:
    """What a visit concluded: as it is written down, once signed as the tasks were given."""
    if visit.signed_on:
        return [
            Conclusion(row.unit, row.what, row.who, row.before) for row in visit.tasks.select_related("unit")
        ]
    units = Organisation.objects.in_bulk([one["unit"] for one in visit.conclusions])
    return [
        Conclusion(units[one["unit"]], one["what"], one["who"], date.fromisoformat(str(one["before"])))
        for one in visit.conclusions
    ]


# The visit before


def former_visit(visit: Visit) -> Visit | None:
    """The last visit to the same unit whose conclusion was signed, held before this one."""
    rows = Visit.objects.filter(unit=visit.unit, signed_on__isnull=False, held_on__lte=visit.day)
    return rows.exclude(pk=visit.pk).order_by("-held_on", "-pk").first()


def former_tasks(visit: Visit) -> QuerySet[Task]:
    """The tasks that this visit asks of: all of the conclusion before, and what earlier ones left open."""
    former = former_visit(visit)
    if former is None:
        return Task.objects.none()
    earlier = Task.objects.filter(visit__unit=visit.unit, visit__held_on__lte=former.day)
    told = Q(reports__visit=visit)
    left = ~Q(state=Task.State.DONE)
    return (
        earlier.exclude(visit=visit).filter(Q(visit=former) | left | told).distinct().order_by("before", "pk")
    )
