"""What of oversight is due to somebody on the day's page (`admissions.worklist.errands`)."""

from datetime import date, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import GRANTS, Permission
from admissions.worklist.errands import Errand
from branches.models import Organisation
from branches.successions import origins_by_unit
from notation.dates import dmy
from oversight.models import Review, ReviewReminder, Task
from oversight.pages.overview import MISSING, expected_branches, in_tables, list_url
from oversight.pages.review_words import review_url
from oversight.pages.tasks import LEFT, tasks_url
from oversight.review_periods import ReviewPeriod, month_of

AHEAD = timedelta(days=14)
"""A task is due so many days before its own day."""
ABOVE = (Permission.OVERSEE, Permission.BASE_WORK)
"""Whoever holds one of these at a unit passes on what ended units below it left."""
NAMED = 3
"""How many branches a line of a commune names."""


def own_units(user: User, permission: Permission) -> list[Organisation]:
    """The units at which a post of `user` itself allows `permission`, each once."""
    posts = [post for post in user.current_posts if permission in GRANTS.get(post.role, ())]
    return list({post.unit_id: post.unit for post in posts}.values())


def list_review_errands(user: User, day: date) -> list[Errand]:
    """The reviews that a branch has still to write, and for a base committee its branches that have not sent one."""
    errands = []
    for unit in own_units(user, Permission.BRANCH_WORK):
        if unit.is_branch:
            errands += _owed(unit, day)
        elif unit.tier not in ("province", "district"):
            errands += _awaited(unit, day)
    return errands


def due_periods(day: date) -> list[ReviewPeriod]:
    """The periods whose reviews are due on `day`: this month, its quarter in the last month of it, and what is over.

    The month and the quarter before count only where the register already kept reviews by then.
    """
    month = month_of(day)
    quarter = month.quarter
    started = Review.objects.filter(first__lte=month.before.first).exists()
    over = [month.before, *([quarter.before] if month.first == quarter.first else [])] if started else []
    return [*over, month, *([quarter] if month.last == quarter.last else [])]


def _owed(unit, day):
    for period in due_periods(day):
        stood = unit.exists_on(min(period.last, day))
        if not stood or Review.objects.filter(unit=unit).of(period.kind, period.first).exists():
            continue
        reminders = ReviewReminder.objects.filter(unit=unit).of(period.kind, period.first)
        reminded = reminders.aggregate(on=Max("on"))["on"]
        yield Errand(
            unit=unit.title,
            what=_("Rà soát %(period)s") % {"period": period},
            url=review_url(unit, period),
            due=period.deadline,
            detail=_("Cấp trên nhắc ngày %(day)s") % {"day": dmy(reminded)} if reminded else "",
        )


def _awaited(unit, day):
    for period in due_periods(day):
        sent = Review.objects.of(period.kind, period.first).filter(unit=OuterRef("pk"))
        branches = list(expected_branches(unit, period).annotate(sent=Exists(sent)))
        missing = in_tables([row for row in branches if not row.sent])
        if not missing or (len(missing) == len(branches) and period.deadline - day > AHEAD):
            continue
        names = ", ".join(row.short_name for row in missing[:NAMED])
        more = len(missing) - NAMED
        yield Errand(
            unit=unit.title,
            what=_("%(n)d chi bộ chưa gửi rà soát %(period)s") % {"n": len(missing), "period": period},
            url=list_url(unit, period, MISSING),
            due=period.deadline,
            detail=_("%(names)s và %(n)d chi bộ nữa") % {"names": names, "n": more} if more > 0 else names,
        )


def list_task_errands(user: User, day: date) -> list[Errand]:
    """The tasks of one's own unit due within two weeks, how many its branches are late with, and what is left of units
    that ended."""
    errands = _left_tasks(user)
    for unit in own_units(user, Permission.BRANCH_WORK):
        rows = Task.objects.filter(unit=unit).open()
        errands += [
            Errand(
                unit=unit.title,
                what=task.what,
                url=reverse("oversight:task", args=[task.pk]),
                due=task.before,
                detail=task.who,
            )
            for task in rows.filter(before__lte=day + AHEAD)
        ]
        late = Task.objects.under(unit).exclude(unit=unit).overdue(day)
        found = late.order_by().aggregate(n=Count("pk"), first=Min("before"))
        if found["n"]:
            words = _("%(n)d việc của đơn vị trực thuộc quá hạn") % found
            url = tasks_url(unit, "qua")
            errands.append(Errand(unit=unit.title, what=words, url=url, due=found["first"]))
    return errands


def _left_tasks(user):
    """Open tasks of units that ended, each for its heirs, and how many of them for whoever is above."""
    origins = origins_by_unit()
    if not origins:
        return []
    errands, own = [], set()
    for unit in own_units(user, Permission.BRANCH_WORK):
        rows = Task.objects.open().left().filter(unit__in=origins.get(unit.pk, ()))
        for task in rows.select_related("unit__parent"):
            own.add(task.pk)
            words = _("%(who)s; việc của %(old)s đã kết thúc, chưa chuyển")
            errands.append(
                Errand(
                    unit=unit.title,
                    what=task.what,
                    url=reverse("oversight:task", args=[task.pk]),
                    due=task.before,
                    detail=words % {"who": task.who, "old": task.unit.title},
                )
            )
    above = {unit.pk: unit for one in ABOVE for unit in own_units(user, one)}
    for unit in above.values():
        rows = Task.objects.open().under_or_left(unit).left().exclude(pk__in=own)
        found = rows.order_by().aggregate(n=Count("pk", distinct=True), first=Min("before"))
        if found["n"]:
            words = _("%(n)d việc của đơn vị đã kết thúc, chưa chuyển cho đơn vị kế tục") % found
            errands.append(Errand(unit=unit.title, what=words, url=tasks_url(unit, LEFT), due=found["first"]))
    return errands
