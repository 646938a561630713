"""That two people of the register are not one, although they look alike."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.candidate import Candidate
from notation.dates import now


class DifferentPeople(models.Model):
    """Two candidates whom somebody looked at and told apart; they are not taken for doubles again."""

    first = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    second = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("hai người khác nhau")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="told_apart_in_order"),
        ]

    def __str__(self):
        return f"{self.first} ≠ {self.second}"
