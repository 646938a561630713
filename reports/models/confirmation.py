"""What a unit said of its own figures of a quarter, and that it was reminded to."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from branches.models import Organisation
from notation.dates import now


class QuarterConfirmationQuerySet(AppendOnlyQuerySet):
    def of_quarter(self, year: int, number: int) -> Self:
        """The rows of a quarter in the order in which they were written, with who wrote them."""
        return self.filter(year=year, number=number).select_related("by").order_by("pk")


class QuarterConfirmation(AppendOnlyModel):
    """A unit confirms its own figures of a quarter, takes that back, or is reminded; the last of the first two holds.

    `numbers` are those it confirmed, {key of a measure: number of members}, no zeros; `without` the units directly
    under it that had not confirmed theirs.
    """

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", gettext_lazy("Xác nhận")
        WITHDRAWN = "withdrawn", gettext_lazy("Rút xác nhận")
        REMINDED = "reminded", gettext_lazy("Nhắc")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="quarter_confirmations")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    numbers = models.JSONField(default=dict)
    without = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects: ClassVar = QuarterConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("xác nhận số liệu quý")
        ordering = ["pk"]
        indexes = [models.Index(fields=["year", "number", "unit"], name="confirmation_of_a_quarter")]
        constraints = [
            models.CheckConstraint(condition=Q(number__range=(1, 4)), name="confirmation_of_one_quarter")
        ]

    def __str__(self):
        return f"{self.unit} {self.year}-q{self.number}: {self.get_kind_display()}"
