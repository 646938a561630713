"""A letter to a unit behind its plan, and the unit's answer."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.dates import now
from oversight.models.scoped import InheritedQuerySet


class ExplanationRequest(models.Model):
    """The district asks `unit` why it is behind for the days `first` to `last`, to be answered before `due`."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="explanation_requests")
    first = models.DateField(gettext_lazy("Từ ngày"))
    last = models.DateField(gettext_lazy("Đến hết ngày"))
    number = models.CharField(gettext_lazy("Số công văn"), max_length=40)
    on = models.DateField(gettext_lazy("Ngày công văn"))
    due = models.DateField(gettext_lazy("Trả lời trước ngày"))
    quota = models.PositiveIntegerField(gettext_lazy("Chỉ tiêu"))
    reached = models.PositiveIntegerField(gettext_lazy("Đã kết nạp"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = InheritedQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("yêu cầu giải trình")
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "first", "last", "number"], name="explanation_asked_once")
        ]

    def __str__(self):
        return f"{self.number}, {self.unit}"


class Explanation(models.Model):
    """The unit's answer: causes, the number it will still reach, measures; its milestones are tasks."""

    request = models.OneToOneField(ExplanationRequest, models.PROTECT, related_name="answer")
    on = models.DateField(gettext_lazy("Ngày trả lời"))
    carried_out = models.TextField(gettext_lazy("Tình hình thực hiện"), max_length=1000)
    causes = models.TextField(gettext_lazy("Khó khăn, nguyên nhân"), max_length=1000)
    still = models.PositiveIntegerField(gettext_lazy("Số còn kết nạp được"))
    measures = models.TextField(gettext_lazy("Biện pháp"), max_length=1000)
    supervisor = models.CharField(gettext_lazy("Cấp ủy viên theo dõi tạo nguồn"), max_length=160, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("giải trình")

    def __str__(self):
        return str(self.request)
