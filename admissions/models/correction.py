"""A correction that someone asked for, and what became of it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Permission
from admissions.models.dossier import Dossier
from admissions.models.event import Event
from branches.models import within_scope
from notation.dates import now


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def for_list(self) -> "CorrectionQuerySet":
        """With the rows that a line of a list shows."""
        return self.select_related(
            "dossier__candidate", "dossier__commune", "target", "asked_by", "answered_by"
        )

    def for_user(self, user: User) -> "CorrectionQuerySet":
        """Those of dossiers in the scope of `user`."""
        return self.filter(within_scope(user.scope(Permission.SEE), "dossier__branch__"))

    def waiting_for(self, user: User) -> "CorrectionQuerySet":
        """Those that `user` may answer: asked by someone else, where `user` may decide."""
        rows = self.filter(state=Correction.State.WAITING).exclude(asked_by=user)
        return rows.filter(within_scope(user.scope(Permission.DECIDE), "dossier__branch__"))


class Correction(models.Model):
    """What someone asks to be corrected in a dossier, waiting for a second person.

    `target` is the event of the act to be corrected, None for facts of the person and the admission. `changes` are
    {field: [before, after]} as events keep values; `version` is the dossier's when it was asked. Once agreed it has
    become `event`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Đang chờ")
        AGREED = "agreed", gettext_lazy("Đã đồng ý")
        DECLINED = "declined", gettext_lazy("Đã trả lại")
        WITHDRAWN = "withdrawn", gettext_lazy("Đã rút")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections")
    target = models.ForeignKey(Event, models.PROTECT, null=True, related_name="corrections")
    changes = models.JSONField(encoder=DjangoJSONEncoder)
    reason = models.CharField(gettext_lazy("Lý do sửa"), max_length=500)
    version = models.PositiveIntegerField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    named = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("Người đồng ý")
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    words = models.CharField(gettext_lazy("Lý do trả lại"), max_length=500, blank=True)
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("việc sửa")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state="waiting"), name="one_correction_waits_a_dossier"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(answered_by__isnull=False, event__isnull=False) & ~Q(answered_by=F("asked_by")),
                name="an_agreed_correction_took_two",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_correction_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.dossier_id} {self.state}"
