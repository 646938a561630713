"""Word templates that replace those that come with the software."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from notation.dates import now


class LetterTemplate(models.Model):
    """A Word template that replaces the one that comes with the software, for one document and one layout.

    One that was replaced or given up stays: `until` says since when it is no longer used.
    """

    kind = models.CharField(gettext_lazy("Văn bản"), max_length=12)
    layout = models.CharField(gettext_lazy("Thể thức"), max_length=20)
    name = models.CharField(gettext_lazy("Tên tệp"), max_length=120)
    data = models.BinaryField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    until = models.DateTimeField(gettext_lazy("Dùng đến"), null=True)

    class Meta:
        verbose_name = gettext_lazy("mẫu văn bản")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "layout"], condition=models.Q(until=None), name="one_template_a_layout"
            )
        ]

    def __str__(self):
        return f"{self.kind}, {self.layout}"
