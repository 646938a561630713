"""Meetings, and the votes that are counted there."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.choices import Body, Exclusion, Manner
from admissions.models.dossier import Dossier
from branches.models import Organisation
from notation.dates import dmy, now


class Meeting(models.Model):
    """One meeting of one body on many dossiers: its attendance is entered once and holds for every ballot.

    `away` to `excused` are the kinds of members whom the base leaves out, by the names of `Exclusion`, and
    `exclusion_reasons` says why: {kind: words}. `probationary` members are present without a vote.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings")
    body = models.CharField(max_length=8, choices=Body.choices)
    held_on = models.DateField(gettext_lazy("Ngày họp"))
    number = models.CharField(gettext_lazy("Số nghị quyết đầu"), max_length=40, blank=True)
    members = models.PositiveSmallIntegerField(gettext_lazy("Đảng viên chính thức"))
    away = models.PositiveSmallIntegerField(gettext_lazy("Chuyển sinh hoạt tạm thời"), default=0)
    exempt = models.PositiveSmallIntegerField(gettext_lazy("Miễn sinh hoạt, vắng"), default=0)
    suspended = models.PositiveSmallIntegerField(Exclusion.SUSPENDED.label, default=0)
    detained = models.PositiveSmallIntegerField(Exclusion.DETAINED.label, default=0)
    excused = models.PositiveSmallIntegerField(Exclusion.EXCUSED.label, default=0)
    exclusion_reasons = models.JSONField(gettext_lazy("Lý do được trừ"), default=dict, blank=True)
    manner = models.CharField(
        gettext_lazy("Cách biểu quyết"), max_length=6, blank=True, choices=Manner.choices
    )
    present = models.PositiveSmallIntegerField(gettext_lazy("Có mặt"))
    probationary = models.PositiveSmallIntegerField(gettext_lazy("Dự bị, không biểu quyết"), default=0)
    chair = models.CharField(gettext_lazy("Chủ trì"), max_length=120, blank=True)
    secretary = models.CharField(gettext_lazy("Thư ký"), max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("cuộc họp")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.unit}, {dmy(self.held_on)}"

    @property
    def exclusions(self) -> list[tuple[Exclusion, int, str]]:
        """[(kind, number, reason)] of the members left out, in the order of `Exclusion`."""
        kinds = ((kind, getattr(self, kind)) for kind in Exclusion)
        return [(kind, number, self.exclusion_reasons.get(kind, "")) for kind, number in kinds if number]

    @property
    def excluded(self) -> int:
        return sum(number for _kind, number, _why in self.exclusions)

    @property
    def base(self) -> int:
        """The denominator of every vote of the meeting."""
        return self.members - self.excluded


class Vote(models.Model):
    """One ballot on one dossier. The denominator is the base, never those present (docs/domain.md, rule 15)."""

    Body = Body

    class Purpose(models.TextChoices):
        ADMISSION = "admission", gettext_lazy("Kết nạp")
        CONVERSION = "conversion", gettext_lazy("Công nhận chính thức")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="votes")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="votes")
    body = models.CharField(max_length=8, choices=Body.choices)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    held_on = models.DateField(gettext_lazy("Ngày họp"))
    number = models.CharField(gettext_lazy("Số nghị quyết"), max_length=40, blank=True)
    members = models.PositiveSmallIntegerField(gettext_lazy("Đảng viên chính thức"))
    excluded = models.PositiveSmallIntegerField(gettext_lazy("Được trừ theo quy định"), default=0)
    excluded_why = models.CharField(gettext_lazy("Trừ ai, vì sao"), max_length=300, blank=True)
    manner = models.CharField(
        gettext_lazy("Cách biểu quyết"), max_length=6, blank=True, choices=Manner.choices
    )
    present = models.PositiveSmallIntegerField(gettext_lazy("Có mặt"))
    agree = models.PositiveSmallIntegerField(gettext_lazy("Đồng ý"))
    disagree = models.PositiveSmallIntegerField(gettext_lazy("Không đồng ý"))
    needed = models.PositiveSmallIntegerField(editable=False)
    passed = models.BooleanField(editable=False)

    class Meta:
        verbose_name = gettext_lazy("biểu quyết")
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(excluded__lt=F("members")), name="vote_has_a_base"),
            models.CheckConstraint(
                condition=Q(present__lte=F("members") - F("excluded")), name="vote_present_within_base"
            ),
            models.CheckConstraint(
                condition=Q(present__gte=F("agree") + F("disagree")), name="vote_ballots_within_present"
            ),
            models.CheckConstraint(
                condition=Q(passed=True, agree__gte=F("needed")) | Q(passed=False, agree__lt=F("needed")),
                name="vote_passes_as_counted",
            ),
        ]

    def __str__(self):
        return f"{self.get_body_display()} {self.agree}/{self.base}"

    @property
    def base(self) -> int:
        """The denominator: official members (or committee members) less those the rules exclude."""
        return self.members - self.excluded

    @property
    def percent(self) -> Decimal:
        """Agreeing over the base, in per cent; the base is never those present (docs/domain.md, rule 15)."""
        return Decimal(self.agree) * 100 / self.base

    @property
    def absent(self) -> int:
        """Absent and still counted in the base."""
        return self.base - self.present
