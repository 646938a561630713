"""Who decides on the admissions of a base organisation, over time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.choices import Decider
from branches.models import Organisation, Tier, holds_on
from notation.dates import dmy, now


class DecidingBodyQuerySet(models.QuerySet["DecidingBody"]):
    def on(self, day: date) -> Self:
        """The rows that hold on `day`."""
        return self.filter(holds_on(day))


class DecidingBody(models.Model):
    """From `since` to `until` the base organisation `unit` decides itself, on the document `basis`.

    Without a row the standing committee of the district above decides, and where there is no district the unit's
    own (docs/domain.md, 1.4). An authorised base committee decides by another share than a standing committee.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="deciding_bodies")
    decider = models.CharField(gettext_lazy("Ai quyết định kết nạp"), max_length=10, choices=Decider.choices)
    since = models.DateField(gettext_lazy("Từ ngày"))
    until = models.DateField(gettext_lazy("Đến hết ngày"), null=True, blank=True)
    basis = models.CharField(gettext_lazy("Căn cứ (số, ngày văn bản)"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = DecidingBodyQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("thẩm quyền quyết định")
        ordering = ["unit", "since"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], name="deciding_body_begins_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="deciding_body_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.unit}, {dmy(self.since)}: {self.get_decider_display()}"


def deciding_body_of(commune: Organisation, on: date) -> tuple[Organisation, Decider]:
    """(the unit whose body decides on the admissions of `commune` on the day `on`, which of its bodies)."""
    rows = DecidingBody.objects.filter(unit=commune.pk, since__lte=on).order_by("-since")
    for decider, until in rows.values_list("decider", "until"):
        if until is None or until >= on:
            return commune, Decider(decider)
    above = commune.parent
    return (above if above and above.tier == Tier.DISTRICT else commune), Decider.STANDING
