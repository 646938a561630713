"""What is kept beside a dossier: its papers, its votes, and everything that happened to it."""

from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from admissions.models.dossier import Dossier
from admissions.states import State
from branches.dates import now
from branches.models import Organisation


class Paper(models.Model):
    """That a paper is there: its number, its date, where it is kept. The paper itself is never stored here."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    code = models.CharField(_("Mẫu"), max_length=20)
    had = models.BooleanField(_("Đã có"), default=True)
    number = models.CharField(_("Số"), max_length=60, blank=True)
    dated_on = models.DateField(_("Ngày"), null=True, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("giấy tờ")
        constraints = [models.UniqueConstraint(fields=["dossier", "code"], name="paper_once")]

    def __str__(self):
        return f"{self.code} {self.number}"


class Document(models.Model):
    """A number that a body gave to a document, once in each of its terms (domain rule 37).

    `number` as printed ("14-NQ/CB") is `serial` and `symbol`; several dossiers may be in one document.
    """

    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    symbol = models.CharField(_("Ký hiệu"), max_length=20)
    term_since = models.DateField(_("Nhiệm kỳ từ"))
    serial = models.PositiveSmallIntegerField(_("Số"))
    number = models.CharField(_("Số, ký hiệu"), max_length=40)
    dated_on = models.DateField(_("Ngày"))
    dossiers = models.ManyToManyField(Dossier, related_name="documents")

    class Meta:
        verbose_name = _("văn bản")
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "symbol", "term_since", "serial"], name="document_number_once_a_term"
            )
        ]

    def __str__(self):
        return f"{self.number}, {self.dated_on:%d/%m/%Y}"


class Body(models.TextChoices):
    """Who meets and votes on dossiers."""

    BRANCH = "branch", _("Chi bộ")
    BASE = "base", _("Cấp ủy cơ sở")
    STANDING = "standing", _("Ban Thường vụ")


class Meeting(models.Model):
    """One meeting of one body on many dossiers: its attendance is entered once and holds for every ballot.

    `away` and `exempt` are the two kinds of members whom the base leaves out (QĐ 29, 9.3.2); `probationary`
    members are present without a vote.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings")
    body = models.CharField(max_length=8, choices=Body.choices)
    held_on = models.DateField(_("Ngày họp"))
    number = models.CharField(_("Số nghị quyết đầu"), max_length=40, blank=True)
    members = models.PositiveSmallIntegerField(_("Đảng viên chính thức"))
    away = models.PositiveSmallIntegerField(_("Chuyển sinh hoạt tạm thời"), default=0)
    exempt = models.PositiveSmallIntegerField(_("Miễn sinh hoạt, vắng"), default=0)
    present = models.PositiveSmallIntegerField(_("Có mặt"))
    probationary = models.PositiveSmallIntegerField(_("Dự bị, không biểu quyết"), default=0)
    chair = models.CharField(_("Chủ trì"), max_length=120, blank=True)
    secretary = models.CharField(_("Thư ký"), max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("cuộc họp")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.unit}, {self.held_on:%d/%m/%Y}"


class Vote(models.Model):
    """One ballot on one dossier. The denominator is the base, never those present (domain rule 15)."""

    Body = Body

    class Purpose(models.TextChoices):
        ADMISSION = "admission", _("Kết nạp")
        CONVERSION = "conversion", _("Công nhận chính thức")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="votes")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="votes")
    body = models.CharField(max_length=8, choices=Body.choices)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    held_on = models.DateField(_("Ngày họp"))
    number = models.CharField(_("Số nghị quyết"), max_length=40)
    members = models.PositiveSmallIntegerField(_("Đảng viên chính thức"))
    excluded = models.PositiveSmallIntegerField(_("Được trừ theo quy định"), default=0)
    present = models.PositiveSmallIntegerField(_("Có mặt"))
    agree = models.PositiveSmallIntegerField(_("Đồng ý"))
    disagree = models.PositiveSmallIntegerField(_("Không đồng ý"))
    needed = models.PositiveSmallIntegerField(editable=False)
    passed = models.BooleanField(editable=False)

    class Meta:
        verbose_name = _("biểu quyết")
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
        """Agreeing over the base, in per cent; the base is never those present (domain rule 15)."""
        return Decimal(self.agree) * 100 / self.base

    @property
    def absent(self) -> int:
        """Absent and still counted in the base."""
        return self.base - self.present


class AppendOnly(models.QuerySet):
    """Rows that are written once."""

    def update(self, **kwargs):
        raise TypeError("events are append-only")

    def delete(self):
        raise TypeError("events are append-only")


class Event(models.Model):
    """Something that happened to a dossier: history, audit and outbox in one row, never changed afterwards.

    `no` counts the dossier's events from 1 without a gap, so a missing one shows. `on` is the day the thing
    happened, `at` the moment it was recorded.
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

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("diễn biến")
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["dossier", "no"], name="event_in_its_place")]

    def __str__(self):
        return f"{self.dossier_id}/{self.no} {self.action}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("events are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("events are append-only")
