"""The documents that were made from a dossier."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.dossier import Dossier
from notation.dates import now


class MadeLetter(models.Model):
    """A Word file made from a dossier: what it said, so that it shows when that is not right any more.

    `values` are {placeholder: words}. The file itself is not kept.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="made_letters")
    kind = models.CharField(gettext_lazy("Văn bản"), max_length=12)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    values = models.JSONField()

    class Meta:
        verbose_name = gettext_lazy("văn bản đã lập")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.dossier_id} {self.kind}"
