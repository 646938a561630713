"""What a unit became, and the terms of office that documents are numbered through."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from branches.models.organisation import Organisation


class Succession(models.Model):
    """`predecessor` ended and `successor` took over on a day: many to one is a merger, one to many a split."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="origins")
    on = models.DateField(gettext_lazy("Ngày"))
    basis = models.CharField(gettext_lazy("Căn cứ"), max_length=200)

    class Meta:
        verbose_name = gettext_lazy("kế tục")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="no_unit_succeeds_itself"),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"


class Mandate(models.Model):
    """A term of office (nhiệm kỳ) of a unit's committee, from its congress on; documents are numbered through it.

    A unit without mandates of its own follows those of the unit above (HD 36-HD/VPTW 2018: numbers start at 01
    with the term and run through it, not by calendar year).
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    name = models.CharField(gettext_lazy("Nhiệm kỳ"), max_length=40)
    since = models.DateField(gettext_lazy("Từ ngày"))

    class Meta:
        verbose_name = gettext_lazy("nhiệm kỳ")
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["unit", "since"], name="mandate_begins_once")]

    def __str__(self):
        return f"{self.name}, {self.unit}"


def term_since(unit: Organisation, day: date) -> date:
    """The day on which the term that `unit` is in on `day` began; the unit's own first day when no term is known."""
    rows = Mandate.objects.filter(unit__in=unit.ancestor_ids(), since__lte=day).values_list(
        "unit_id", "since"
    )
    depth = {pk: place for place, pk in enumerate(unit.ancestor_ids())}
    return max(((depth[pk], since) for pk, since in rows), default=(0, unit.valid_from))[1]
