"""Everything that happened to a dossier, append-only."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.append_only import AppendOnlyModel
from admissions.models.dossier import Dossier
from admissions.states import State
from notation.dates import now


class Event(AppendOnlyModel):
    """Something that happened to a dossier: history, audit and outbox in one row, never changed afterwards.

    `no` counts the dossier's events from 1 without a gap, so a missing one shows. `on` is the day the thing
    happened, `at` the moment it was recorded. `changes` are the dossier's columns that it changed, as {column:
    [before, after]}; events of before it was kept have none.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events")
    no = models.PositiveIntegerField()
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=14, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=14, choices=State.choices)
    on = models.DateField()
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = gettext_lazy("diễn biến")
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["dossier", "no"], name="event_in_its_place")]
        # The few dossiers that were corrected are looked up by every forecast.
        indexes = [
            models.Index(
                fields=["dossier"],
                condition=models.Q(action__in=["correct", "take_back"]),
                name="event_corrections",
            )
        ]

    def __str__(self):
        return f"{self.dossier_id}/{self.no} {self.action}"
