"""Members of a branch through a quarter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.append_only import AppendOnlyModel
from branches.models import Organisation
from notation.dates import now
from reports.models.closing import QuarterClosing


class MembershipMovement(models.Model):
    """The members of a branch through a quarter, as typed; those admitted come from the register's own figures.

    Saved only when start + admitted + arrived - departed - left = end and the start is the end of the quarter before.
    """

    branch = models.ForeignKey(Organisation, models.PROTECT, related_name="movements")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField(gettext_lazy("Đầu quý"))
    arrived = models.PositiveIntegerField(gettext_lazy("Chuyển đến"), default=0)
    departed = models.PositiveIntegerField(gettext_lazy("Chuyển đi"), default=0)
    left = models.PositiveIntegerField(gettext_lazy("Ra khỏi Đảng"), default=0)
    end = models.PositiveIntegerField(gettext_lazy("Cuối quý"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("tăng giảm đảng viên")
        ordering = ["year", "quarter", "branch"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "year", "quarter"], name="movement_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="movement_in_a_quarter"),
        ]

    def __str__(self):
        return f"{self.branch} {self.year}-q{self.quarter}: {self.end}"


class ClosedMovement(AppendOnlyModel):
    """A row of `MembershipMovement` as it stood when its quarter was closed; who was admitted is in its totals.

    `before` is the end of the quarter before as it was recorded that day, None where it was not. The fingerprint does
    not cover these rows: it is that of the list of those admitted.
    """

    closing = models.ForeignKey(QuarterClosing, models.PROTECT, related_name="movements", db_constraint=False)
    branch = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    before = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField()
    arrived = models.PositiveIntegerField()
    departed = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = gettext_lazy("tăng giảm đảng viên của quý đã khóa")
        constraints = [
            models.UniqueConstraint(fields=["closing", "branch"], name="closed_movement_once_a_branch")
        ]

    def __str__(self):
        return f"{self.closing} {self.branch_id}: {self.end}"
