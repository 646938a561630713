"""What is written beside the figures of a report."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.dates import now


class ReportText(models.Model):
    """What is written beside the figures of a unit's period: difficulties and tasks. Rows are only added; the last
    one of a unit and period holds."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="report_texts")
    period = models.CharField(max_length=40)
    difficulties = models.TextField(gettext_lazy("Khó khăn, hạn chế"), blank=True, max_length=5000)
    tasks = models.TextField(gettext_lazy("Nhiệm vụ kỳ tới"), blank=True, max_length=5000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("lời báo cáo")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "period"], name="text_of_a_report")]

    def __str__(self):
        return f"{self.unit} {self.period}"
