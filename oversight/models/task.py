"""What somebody has to do before a day, and what was said of it since."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.dates import now
from oversight.models.letter import Explanation
from oversight.models.plan import Plan
from oversight.models.review import Review
from oversight.models.scoped import InheritedQuerySet
from oversight.models.visit import Visit


class TaskQuerySet(InheritedQuerySet):
    def open(self) -> Self:
        return self.exclude(state=Task.State.DONE)

    def overdue(self, day: date) -> Self:
        """Open tasks whose day has passed on `day`."""
        return self.open().filter(before__lt=day)


class Task(models.Model):
    """`who` at `unit` does `what` before the day `before`; it comes from one review, visit, plan or letter."""

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Chưa làm")
        DOING = "doing", gettext_lazy("Đang làm")
        DONE = "done", gettext_lazy("Xong")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="tasks")
    what = models.CharField(gettext_lazy("Việc"), max_length=300)
    who = models.CharField(gettext_lazy("Người làm"), max_length=160)
    before = models.DateField(gettext_lazy("Trước ngày"))
    state = models.CharField(
        gettext_lazy("Nay"), max_length=5, choices=State.choices, default=State.OPEN, editable=False
    )
    done_on = models.DateField(null=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="tasks", editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="tasks", editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="tasks", editable=False)
    explanation = models.ForeignKey(
        Explanation, models.PROTECT, null=True, related_name="tasks", editable=False
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("việc")
        ordering = ["before", "pk"]
        indexes = [models.Index(fields=["unit", "state", "before"], name="task_unit_state_before")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | ~Q(state="done") & Q(done_on=None),
                name="a_task_done_has_its_day",
            )
        ]

    def __str__(self):
        return self.what

    def mark(self, day: date) -> str:
        """The shape of its state on `day` (docs/design.md, 7)."""
        if self.state == Task.State.DONE:
            return "ok"
        if self.before < day:
            return "late"
        return "half" if self.state == Task.State.DOING else "wait"


class TaskReport(models.Model):
    """What was said of a task on one day, at a review or a visit or between them: its state, a later day."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    on = models.DateField(gettext_lazy("Ngày"))
    state = models.CharField(max_length=5, choices=Task.State.choices)
    before = models.DateField(gettext_lazy("Lùi đến"), null=True, blank=True)
    words = models.CharField(gettext_lazy("Ghi thêm"), max_length=300, blank=True)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="task_reports", editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="task_reports", editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("báo cáo việc")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.task}: {self.get_state_display()}"
