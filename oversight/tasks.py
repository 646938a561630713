"""The verbs of tasks: give one, say what became of it, hand it over with its unit."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.hand_over import Handed, HandingOver, move_rows
from branches.models import Organisation
from branches.successions import describe_absence, units_after
from notation.dates import dmy, now, today
from notation.vietnamese import clean
from oversight.models import Explanation, Plan, Review, Task, TaskReport, Visit

WHAT, WHO, WORDS = 300, 160, 300
"""How many characters the words of a task, its person, and those of a report may have."""
GIVERS = (
    Permission.BRANCH_WORK,
    Permission.BASE_WORK,
    Permission.VISIT,
    Permission.OVERSEE,
    Permission.SET_QUOTA,
)
"""Whoever holds one of these at a unit gives tasks there and says what became of them."""


def may_give(user: User, unit: Organisation) -> bool:
    """Whether `user` gives tasks at `unit` or says what became of them; once it has ended, its heirs do too."""
    heirs = units_after(unit, today()) if unit.ended_before(today()) else []
    return any(user.may(permission, one) for one in (unit, *heirs) for permission in GIVERS)


@transaction.atomic
def assign_task(
    unit: Organisation,
    *,
    what: str,
    who: str,
    before: date | None,
    on: date,
    by: User,
    review: Review | None = None,
    visit: Visit | None = None,
    plan: Plan | None = None,
    explanation: Explanation | None = None,
    at: datetime | None = None,
) -> Task:
    """`who` at `unit` is to do `what` before the day `before`; it was given on the day `on`, by one of its origins.

    `at` is the moment of recording where it is not now.
    Raises `Refused` with sentences by field ("what", "who", "before"), `PermissionDenied`.
    """
    if not may_give(by, unit):
        raise PermissionDenied
    facts = {"what": clean(what), "who": clean(who)}
    wrong = check_task(**facts, before=before, on=on)
    if not unit.exists_on(on):
        wrong["what"] = describe_absence(unit, on)
    if wrong or before is None:
        raise Refused(wrong)
    origin = {"review": review, "visit": visit, "plan": plan, "explanation": explanation}
    return Task.objects.create(unit=unit, before=before, by=by, at=at or now(), **facts, **origin)


def check_task(*, what: str, who: str, before: date | None, on: date) -> dict[str, str]:
    """{field: what is wrong} of a task given on the day `on`."""
    wrong = {}
    for field, text, longest in (("what", what, WHAT), ("who", who, WHO)):
        if not text:
            wrong[field] = _("Ghi việc phải làm.") if field == "what" else _("Ghi ai làm.")
        elif len(text) > longest:
            words = _("Dài %(n)d ký tự; nhiều nhất %(most)d.")
            wrong[field] = words % {"n": len(text), "most": longest}
    if before is None:
        wrong["before"] = _("Ghi phải xong trước ngày nào.")
    elif before <= on:
        words = _("%(before)s không sau ngày giao việc (%(on)s).")
        wrong["before"] = words % {"before": dmy(before), "on": dmy(on)}
    return wrong


@transaction.atomic
def report_task(
    task: Task,
    *,
    state: str,
    on: date,
    by: User,
    before: date | None = None,
    words: str = "",
    review: Review | None = None,
    visit: Visit | None = None,
    at: datetime | None = None,
) -> TaskReport:
    """What was said of `task` on the day `on`: its state, and the day `before` which it was put off to.

    Said at a `review` or a `visit`, where there is one. The same said of the same day again is written once. Raises
    `Refused` with sentences by field ("state", "on", "before", "words"), `PermissionDenied`.
    """
    row = Task.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task.pk)
    if not may_give(by, row.unit):
        raise PermissionDenied
    words, last = clean(words), row.reports.last()
    wrong = _wrong_report(row, last, state=state, on=on, before=before, words=words)
    if wrong:
        raise Refused(wrong)
    said = {"on": on, "state": state, "before": before, "words": words}
    if last and all(getattr(last, name) == value for name, value in said.items()):
        return last
    row.done_on = (row.done_on or on) if state == Task.State.DONE else None
    row.state, row.before = state, before or row.before
    row.save(update_fields=["state", "done_on", "before"])
    task.state, task.done_on, task.before = row.state, row.done_on, row.before
    origin = {"review": review, "visit": visit}
    return TaskReport.objects.create(task=row, by=by, at=at or now(), **said, **origin)


def _wrong_report(task, last, *, state, on, before, words):
    wrong, done = {}, Task.State.DONE
    if state not in Task.State.values:
        wrong["state"] = _("Chọn xong, đang làm hay chưa làm.")
    if on > today():
        wrong["on"] = _("%(day)s chưa tới.") % {"day": dmy(on)}
    elif last and on < last.on:
        values = {"day": dmy(on), "last": dmy(last.on)}
        wrong["on"] = _("%(day)s trước lần báo gần nhất (%(last)s).") % values
    if before and state == done:
        wrong["before"] = _("Việc đã xong thì không lùi ngày.")
    elif before and before <= on:
        wrong["before"] = _("%(day)s đã qua vào ngày báo; ghi một ngày sau.") % {"day": dmy(before)}
    if task.state == done and state != done and task.done_on < on and not words:
        day = {"day": dmy(task.done_on)}
        wrong["words"] = _("Việc đã ghi xong ngày %(day)s; ghi vì sao nay chưa xong.") % day
    if len(words) > WORDS:
        wrong["words"] = _("Dài %(n)d ký tự; nhiều nhất %(most)d.") % {"n": len(words), "most": WORDS}
    return wrong


def hand_over_tasks(handing: HandingOver, *, by: User) -> list[Handed]:
    """Open tasks go over to the only heir of their unit; of several heirs nobody can tell whose they
    are: they stay until somebody passes them on (`passing_on`)."""
    facts = {"what": "tasks", "label": _("Việc được giao"), "how": _("hạn không đổi")}
    return [move_rows(handing, Task.objects.open().filter(unit__in=[*handing.units]), **facts)]
