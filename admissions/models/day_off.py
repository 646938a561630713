from django.db import models
from django.utils.translation import gettext_lazy as _


class DayOff(models.Model):
    """A day that differs from its weekday: a day off, or a Saturday or Sunday that is worked in exchange."""

    class Kind(models.TextChoices):
        OFF = "off", _("Ngày nghỉ")
        WORK = "work", _("Làm bù")

    on = models.DateField(_("Ngày"), unique=True)
    kind = models.CharField(_("Loại"), max_length=4, choices=Kind.choices, default=Kind.OFF)
    name = models.CharField(_("Tên"), max_length=120)

    class Meta:
        verbose_name = _("ngày nghỉ, làm bù")
        ordering = ["on"]

    def __str__(self):
        return f"{self.on:%d/%m/%Y} {self.name}"
