"""Rewards and criticism: proposed, decided, entered into a register."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.dates import now
from oversight.models.scoped import UnitQuerySet


class Reward(models.Model):
    """A reward or a criticism of `unit` for the days `first` to `last`; rows are decided once.

    A base committee decides on its branches itself; with `asks_above` the level above it does.
    """

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", gettext_lazy("Giấy khen")
        PRAISE = "praise", gettext_lazy("Biểu dương")
        CRITICISM = "criticism", gettext_lazy("Phê bình")

    class State(models.TextChoices):
        PROPOSED = "proposed", gettext_lazy("Đề nghị")
        DECIDED = "decided", gettext_lazy("Đã quyết định")
        DECLINED = "declined", gettext_lazy("Không đồng ý")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="rewards")
    kind = models.CharField(gettext_lazy("Hình thức"), max_length=12, choices=Kind.choices)
    first = models.DateField(gettext_lazy("Từ ngày"))
    last = models.DateField(gettext_lazy("Đến hết ngày"))
    reason = models.CharField(gettext_lazy("Thành tích, lý do"), max_length=500)
    proposed_on = models.DateField(gettext_lazy("Ngày đề nghị"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asks_above = models.BooleanField(gettext_lazy("Đề nghị cấp trên xét"), default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED, editable=False)
    decided_on = models.DateField(gettext_lazy("Ngày quyết định"), null=True, editable=False)
    number = models.CharField(gettext_lazy("Số quyết định"), max_length=40, blank=True, editable=False)
    words = models.CharField(gettext_lazy("Ghi chú"), max_length=300, blank=True, editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=now)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("khen thưởng, phê bình")
        ordering = ["-proposed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "first", "last"], name="reward_once_a_period"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_on=None)
                | ~Q(state="proposed") & Q(decided_on__isnull=False),
                name="a_reward_decided_has_its_day",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.unit}"
