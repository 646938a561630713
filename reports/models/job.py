"""Files made in the background."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.dates import now


class Job(models.Model):
    """A file being made: who asked, for what, how far it is, and where the finished file lies.

    `params` says which report ("report", one of `exports.make.REPORTS`) and, where several units were chosen, which
    ("units", sorted primary keys). `attempt` counts how often a worker took it up; only the last one may finish it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Đang chờ")
        RUNNING = "running", gettext_lazy("Đang lập")
        DONE = "done", gettext_lazy("Đã xong")
        FAILED = "failed", gettext_lazy("Không lập được")
        CANCELLED = "cancelled", gettext_lazy("Đã hủy")
        EXPIRED = "expired", gettext_lazy("Đã hết hạn giữ")

    class Format(models.TextChoices):
        XLSX = "xlsx", gettext_lazy("Excel")
        DOCX = "docx", gettext_lazy("Word")
        PDF = "pdf", gettext_lazy("PDF")
        CSV = "csv", gettext_lazy("CSV")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    made_at = models.DateTimeField(default=now)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.CharField(max_length=40)
    format = models.CharField(max_length=4, choices=Format.choices, default=Format.XLSX)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    heartbeat = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = gettext_lazy("tệp báo cáo")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "unit", "period", "format", "params"],
                condition=Q(state__in=("waiting", "running")),
                name="one_pending_job_a_request",
            )
        ]

    def __str__(self):
        return f"{self.period} {self.unit} {self.state}"
