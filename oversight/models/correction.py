"""What was recorded wrong of a review or a visit, and put right."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.append_only import AppendOnlyModel
from notation.dates import now
from oversight.models.review import Review
from oversight.models.visit import Visit


class RecordCorrection(AppendOnlyModel):
    """Each field before and after, {field: [before, after]} as they are read; by whom, when and why. Only added."""

    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="corrections")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="corrections")
    changes = models.JSONField(default=dict)
    reason = models.CharField(gettext_lazy("Lý do"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("việc sửa rà soát, buổi làm việc")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None, visit__isnull=False) | Q(review__isnull=False, visit=None),
                name="a_correction_is_of_a_review_or_a_visit",
            ),
        ]

    def __str__(self):
        return f"{self.review or self.visit}: {self.reason}"
