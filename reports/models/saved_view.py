"""Pages kept under a name."""

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation
from notation.dates import now


class SavedView(models.Model):
    """A page with its sorting, columns and filters under a name, for everyone whose scope takes in the unit."""

    class Page(models.TextChoices):
        RANKING = "ranking", gettext_lazy("Xếp hạng chi bộ")
        DASHBOARD = "dashboard", gettext_lazy("Chỉ tiêu")
        DOSSIERS = "dossiers", gettext_lazy("Hồ sơ")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=10, choices=Page.choices)
    name = models.CharField(gettext_lazy("Tên"), max_length=80)
    query = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("cách xem đã lưu")
        ordering = ["page", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "page", "name"], name="view_name_once_a_unit")]

    def __str__(self):
        return self.name
