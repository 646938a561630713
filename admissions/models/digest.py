"""The reminders that were mailed."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from notation.dates import dmy


class Digest(models.Model):
    """That someone was sent the mail of a day; the row comes first, so that no day is sent twice."""

    user = models.ForeignKey(User, models.PROTECT, related_name="digests")
    on = models.DateField()
    lines = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = gettext_lazy("thư nhắc hạn")
        constraints = [models.UniqueConstraint(fields=["user", "on"], name="one_digest_a_day")]

    def __str__(self):
        return f"{self.user}, {dmy(self.on)}"
