"""The tasks of a unit: open, overdue, done; where each comes from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Organisation
from notation.dates import dmy
from oversight.models import Task
from oversight.models.task import TaskQuerySet
from oversight.pages.review_words import review_url
from oversight.review_periods import period_of

LEFT = "don-vi-cu"
"""The open tasks of units that ended, which an heir has yet to take over."""
FILTERS = {
    "mo": gettext_lazy("Chưa xong"),
    "qua": gettext_lazy("Quá hạn"),
    LEFT: gettext_lazy("Của đơn vị đã kết thúc"),
    "xong": gettext_lazy("Đã xong"),
    "tat-ca": gettext_lazy("Tất cả"),
}
"""How the list is asked for (`trang-thai`), with its words."""


def filter_tasks(rows: TaskQuerySet, asked: str, day: date) -> TaskQuerySet:
    """`rows` as `asked`, a key of `FILTERS`."""
    if asked == "mo":
        return rows.open()
    if asked == "qua":
        return rows.overdue(day)
    if asked == LEFT:
        return rows.open().left()
    return rows.filter(state=Task.State.DONE) if asked == "xong" else rows


def count_tasks(rows: TaskQuerySet, day: date) -> dict[str, int]:
    """{key of `FILTERS`: how many}, in one query."""
    late = ~Q(state=Task.State.DONE) & Q(before__lt=day)
    ended = Q(unit__valid_to__isnull=False, unit__successions__isnull=False)
    found = rows.order_by().aggregate(
        all=Count("pk", distinct=True),
        done=Count("pk", filter=Q(state=Task.State.DONE), distinct=True),
        late=Count("pk", filter=late, distinct=True),
        left=Count("pk", filter=~Q(state=Task.State.DONE) & ended, distinct=True),
    )
    return {
        LEFT: found["left"],
        "mo": found["all"] - found["done"],
        "qua": found["late"],
        "xong": found["done"],
        "tat-ca": found["all"],
    }


def tasks_url(unit: Organisation, asked: str = "mo") -> str:
    return f"{reverse('oversight:tasks')}?don-vi={unit.pk}&trang-thai={asked}"


@dataclass(frozen=True)
class TaskLine:
    """A task with the shape of its state, and where it comes from with the address of that."""

    task: Task
    mark: str
    origin: str
    url: str


def task_line(task: Task, day: date) -> TaskLine:
    """The `TaskLine` of a task, whose origins are read with it."""
    origin, url = describe_origin(task)
    return TaskLine(task, task.mark(day), origin, url)


def describe_origin(task: Task) -> tuple[str, str]:
    """(where a task comes from, the address of that or "")."""
    if task.review:
        period = period_of(task.review)
        return _("Rà soát %(period)s") % {"period": period}, review_url(task.review.unit, period)
    if task.visit:
        day = task.visit.held_on or task.visit.planned_on
        words = _("Buổi làm việc %(day)s") % {"day": dmy(day)}
        return words, reverse("oversight:visit", args=[task.visit_id])
    if task.plan:
        return str(task.plan), reverse("oversight:plan", args=[task.plan_id])
    if task.explanation:
        words = _("Giải trình, %(number)s") % {"number": task.explanation.request.number}
        return words, reverse("oversight:letter", args=[task.explanation.request_id])
    return _("Giao riêng"), ""


def with_origins(rows: TaskQuerySet) -> TaskQuerySet:
    """`rows` with their units and origins, in one query."""
    return rows.select_related("unit__parent", "review__unit", "visit", "plan__basis", "explanation__request")
