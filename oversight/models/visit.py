"""A team or a follower attends a meeting, writes down what they found, and concludes."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.append_only import AppendOnlyModel
from branches.models import Organisation
from notation.dates import now
from oversight.models.scoped import UnitQuerySet
from oversight.models.team import Team


class Visit(models.Model):
    """A visit of `team`, or of `follower` where there is no team, to `unit`: arranged, held, concluded.

    `facts` are the register's figures on the day of the visit, {key: {"unit": n, "commune": n}}; they stay as they
    were. `conclusions` are what is to become tasks, {"unit", "what", "who", "before"} each, until it is signed. Once
    signed, a visit is only added to.
    """

    class Kind(models.TextChoices):
        BRANCH = "branch", gettext_lazy("Dự sinh hoạt chi bộ")
        COMMITTEE = "committee", gettext_lazy("Làm việc với cấp ủy cơ sở")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="visits")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="visits")
    follower = models.ForeignKey(User, models.PROTECT, null=True, related_name="visits")
    kind = models.CharField(gettext_lazy("Hình thức"), max_length=9, choices=Kind.choices)
    planned_on = models.DateField(gettext_lazy("Hẹn ngày"))
    held_on = models.DateField(gettext_lazy("Ngày dự"), null=True, blank=True)
    met = models.CharField(gettext_lazy("Làm việc với"), max_length=300, blank=True)
    members = models.PositiveSmallIntegerField(gettext_lazy("Số đảng viên"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(gettext_lazy("Có mặt"), null=True, blank=True)
    strengths = models.TextField(gettext_lazy("Ưu điểm"), max_length=1000, blank=True)
    causes = models.TextField(gettext_lazy("Nguyên nhân"), max_length=1000, blank=True)
    facts = models.JSONField(editable=False, encoder=DjangoJSONEncoder, default=dict)
    conclusions = models.JSONField(editable=False, encoder=DjangoJSONEncoder, default=list)
    conclusion_number = models.CharField(gettext_lazy("Số thông báo kết luận"), max_length=40, blank=True)
    signed_on = models.DateField(gettext_lazy("Ngày ký kết luận"), null=True, editable=False)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("buổi làm việc")
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(held_on__isnull=False), name="a_signed_visit_was_held"
            ),
            models.CheckConstraint(
                condition=Q(present=None) | Q(members=None) | Q(present__lte=F("members")),
                name="visit_present_are_members",
            ),
            models.CheckConstraint(
                condition=Q(team=None, follower__isnull=False) | Q(team__isnull=False, follower=None),
                name="a_visit_is_of_a_team_or_a_follower",
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.day:%d/%m/%Y}"

    @property
    def day(self) -> date:
        """The day it was held, or is arranged for."""
        return self.held_on or self.planned_on


class Shortcoming(models.Model):
    """One shortcoming that a visit found."""

    class Kind(models.TextChoices):
        SOURCES = "sources", gettext_lazy("Tạo nguồn")
        REFERRAL = "referral", gettext_lazy("Giới thiệu học lớp")
        NEW_MEMBERS = "new_members", gettext_lazy("Giúp đỡ đảng viên mới")
        OTHER = "other", gettext_lazy("Khác")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="shortcomings")
    kind = models.CharField(gettext_lazy("Loại"), max_length=12, choices=Kind.choices)
    words = models.CharField(gettext_lazy("Thiếu sót"), max_length=500)

    class Meta:
        verbose_name = gettext_lazy("thiếu sót")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.words}"


class VisitAddition(AppendOnlyModel):
    """What was added to a visit after its conclusion was signed."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="additions")
    words = models.CharField(gettext_lazy("Bổ sung"), max_length=500)
    on = models.DateField(gettext_lazy("Ngày"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("bổ sung kết luận")
        ordering = ["pk"]

    def __str__(self):
        return self.words
