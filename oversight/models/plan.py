"""Resolutions and plans: what rests on a document, and what it wants beside the quotas of units."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.dates import dmy, now
from oversight.models.scoped import UnitQuerySet
from reports.models import Basis


class Plan(models.Model):
    """A resolution, plan or decision of `unit`; `basis` is its number, day and title, which quotas rest on too."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", gettext_lazy("Nghị quyết")
        PLAN = "plan", gettext_lazy("Kế hoạch")
        DECISION = "decision", gettext_lazy("Quyết định")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="plans")
    kind = models.CharField(gettext_lazy("Loại văn bản"), max_length=10, choices=Kind.choices)
    basis = models.OneToOneField(Basis, models.PROTECT, related_name="plan")
    rests_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=gettext_lazy("Căn cứ"),
    )
    first = models.DateField(gettext_lazy("Từ ngày"))
    last = models.DateField(gettext_lazy("Đến hết ngày"))
    lead = models.CharField(gettext_lazy("Chủ trì"), max_length=160, blank=True)
    content = models.TextField(gettext_lazy("Nội dung"), max_length=8000, blank=True)
    every_branch = models.BooleanField(gettext_lazy("Chi bộ có nguồn đều kết nạp"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("nghị quyết, kế hoạch")
        ordering = ["-first", "pk"]

    def __str__(self):
        return str(self.basis)

    @property
    def span(self) -> str:
        """ "2017" or "2016–2020" where whole years are meant, both days otherwise."""
        first, last = self.first, self.last
        if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
            return f"{dmy(first)} – {dmy(last)}"
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"


class SubTarget(models.Model):
    """How many of one group a plan wants admitted; groups overlap, so these are never added up.

    `measure` is a key of `oversight.target_groups`.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sub_targets")
    measure = models.CharField(max_length=40)
    number = models.PositiveIntegerField(gettext_lazy("Chỉ tiêu"))

    class Meta:
        verbose_name = gettext_lazy("chỉ tiêu theo nhóm")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "measure"], name="sub_target_once")]

    def __str__(self):
        return f"{self.measure}: {self.number}"
