"""What was typed over a section of the written report; every version is kept."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from branches.models import Organisation
from notation.dates import now


class ReportPassage(AppendOnlyModel):
    """The text of one section of the report of `unit` for `period`; an empty one leaves it to the figures."""

    class Section(models.TextChoices):
        SITUATION = "situation", gettext_lazy("Đặc điểm, tình hình")
        LEADERSHIP = "leadership", gettext_lazy("Công tác lãnh đạo, chỉ đạo")
        STRENGTHS = "strengths", gettext_lazy("Ưu điểm")
        CAUSES = "causes", gettext_lazy("Hạn chế, nguyên nhân")
        TASKS = "tasks", gettext_lazy("Nhiệm vụ, giải pháp")
        PROPOSALS = "proposals", gettext_lazy("Đề xuất, kiến nghị")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="report_passages")
    period = models.CharField(max_length=40)
    section = models.CharField(max_length=10, choices=Section.choices)
    text = models.TextField(max_length=5000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects: ClassVar = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("đoạn của báo cáo")
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "period", "section"], name="passage_unit_period_section")]

    def __str__(self):
        return f"{self.unit}, {self.period}: {self.get_section_display()}"
