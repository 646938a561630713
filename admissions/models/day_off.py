from django.db import models
from django.utils.translation import gettext_lazy

from notation.dates import dmy


class DayOff(models.Model):
    """A day that differs from its weekday: a day off, or a Saturday or Sunday that is worked in exchange."""

    class Kind(models.TextChoices):
        OFF = "off", gettext_lazy("Ngày nghỉ")
        WORK = "work", gettext_lazy("Làm bù")

    on = models.DateField(gettext_lazy("Ngày"), unique=True)
    kind = models.CharField(gettext_lazy("Loại"), max_length=4, choices=Kind.choices, default=Kind.OFF)
    name = models.CharField(gettext_lazy("Tên"), max_length=120)

    class Meta:
        verbose_name = gettext_lazy("ngày nghỉ, làm bù")
        ordering = ["on"]

    def __str__(self):
        return f"{dmy(self.on)} {self.name}"
