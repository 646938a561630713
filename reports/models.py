"""Quotas, the terms they belong to and what they rest on; files made in the background; views kept under a name."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from branches.dates import now
from branches.models import Organisation
from reports.kept import Entry, Quarter, Touched, UnitTotals  # noqa: F401 - closed quarters, their own file


class Term(models.Model):
    """A congress term, counted over its five plan years ("2015–2020" plans the years 2016 to 2020)."""

    name = models.CharField(_("Nhiệm kỳ"), max_length=9, unique=True)
    first = models.DateField(_("Từ ngày"))
    last = models.DateField(_("Đến hết ngày"))
    basis = models.CharField(_("Căn cứ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("nhiệm kỳ")
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="term_ends_after_it_begins")
        ]

    def __str__(self):
        return self.name


class Basis(models.Model):
    """A resolution, decision or plan that quotas rest on; a number is given once a day by one issuer."""

    number = models.CharField(_("Số, ký hiệu"), max_length=200)
    on = models.DateField(_("Ngày của văn bản"))
    title = models.CharField(_("Trích yếu"), max_length=200, blank=True)
    issuer = models.CharField(_("Nơi ban hành"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("căn cứ giao")
        ordering = ["-on", "number"]
        constraints = [models.UniqueConstraint(fields=["number", "on", "issuer"], name="basis_once")]

    def __str__(self):
        return f"{self.number}, {self.on:%d/%m/%Y}"


class Membership(models.Model):
    """How many members a unit had at the end of a day: what a quota in per cent of the membership is reckoned on."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    on = models.DateField(_("Tại ngày"))
    number = models.PositiveIntegerField(_("Số đảng viên"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("số đảng viên")
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="membership_once_a_day")]

    def __str__(self):
        return f"{self.unit} {self.on:%d/%m/%Y}: {self.number}"


class QuotaQuerySet(models.QuerySet):
    def current(self):
        """What holds: the last row of each chain of assignments."""
        return self.filter(state=Quota.State.ASSIGNED, revision__isnull=True)

    def pending(self):
        """Proposals that no later one replaces and the level above has not answered."""
        return self.filter(state=Quota.State.PROPOSED, revision__isnull=True, answer__isnull=True)

    def heads(self):
        """Those that ask for members; the others ask for branches."""
        return self.exclude(kind=Quota.Kind.SHARE)

    def of(self, period, measure="admitted"):
        """Those set for exactly `period`."""
        return self.filter(first=period.first, last=period.last, measure=measure)

    def update(self, **values):
        raise TypeError("quotas are append-only")

    def delete(self):
        raise TypeError("quotas are append-only")


def _only(*present):
    """A condition: of the columns that say how much, those `present` are filled and the others are not."""
    columns = ("high", "rate", "membership", "number")
    return Q(**{f"{name}__isnull": name not in present for name in columns})


class Quota(models.Model):
    """What a unit is to reach from `first` to `last`, as proposed or assigned on one occasion.

    Rows are only added. One that `revises` another takes its place, which leaves one current row for a unit, period
    and measure (and one for the share of branches beside it); a proposal is answered by the row whose `answers` it
    is: an assignment, perhaps of another number, or a refusal with its reason.
    """

    class Kind(models.TextChoices):
        NUMBER = "number", _("số đảng viên của kỳ")
        RATE = "rate", _("tỷ lệ trên số đảng viên")
        AVERAGE = "average", _("bình quân mỗi năm của nhiệm kỳ")
        RANGE = "range", _("khoảng từ – đến")
        SHARE = "share", _("tỷ lệ chi bộ có kết nạp")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("đề nghị")
        ASSIGNED = "assigned", _("đã giao")
        DECLINED = "declined", _("không nhận đề nghị")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="quotas", verbose_name=_("Đơn vị"))
    measure = models.CharField(max_length=40, default="admitted")
    first = models.DateField(_("Từ ngày"))
    last = models.DateField(_("Đến hết ngày"))
    kind = models.CharField(_("Cách giao"), max_length=8, choices=Kind.choices, default=Kind.NUMBER)
    number = models.PositiveIntegerField(_("Chỉ tiêu"), null=True)
    high = models.PositiveIntegerField(_("Đến"), null=True)
    rate = models.DecimalField(_("Tỷ lệ %"), max_digits=5, decimal_places=2, null=True)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="quotas")
    basis = models.ForeignKey(Basis, models.PROTECT, null=True, related_name="quotas")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASSIGNED)
    reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    revises = models.OneToOneField("self", models.PROTECT, null=True, related_name="revision")
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỉ tiêu")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "measure", "first", "last", "state"],
                condition=Q(revises=None, state__in=("proposed", "assigned")) & ~Q(kind="share"),
                name="one_chain_of_heads_a_cell",
            ),
            models.UniqueConstraint(
                fields=["unit", "measure", "first", "last", "state"],
                condition=Q(revises=None, state__in=("proposed", "assigned")) & Q(kind="share"),
                name="one_chain_of_shares_a_cell",
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="quota_ends_after_it_begins"),
            models.CheckConstraint(
                condition=(Q(kind__in=("number", "average")) & _only("number"))
                | (Q(kind__in=("range",)) & _only("number", "high") & Q(high__gte=F("number")))
                | (Q(kind__in=("rate",)) & _only("rate", "membership"))
                | (Q(kind__in=("share",)) & _only("rate") & Q(rate__lte=100)),
                name="quota_says_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(basis__isnull=False) | ~Q(state="assigned"), name="quota_assigned_on_a_basis"
            ),
            models.CheckConstraint(
                condition=(Q(answers__isnull=False) & ~Q(reason="")) | ~Q(state="declined"),
                name="quota_declined_for_a_reason",
            ),
        ]

    def __str__(self):
        said = self.number if self.rate is None else f"{self.rate}%"
        return f"{self.unit} {self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}: {said}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("quotas are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("quotas are append-only")


class Job(models.Model):
    """A file being made: who asked, for what, how far it is, and where the finished file lies.

    `params` says which report ("report", one of `exports.files.REPORTS`) and, where several units were chosen, which
    ("units", sorted primary keys). `attempt` counts how often a worker took it up; only the last one may finish it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang lập")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không lập được")
        CANCELLED = "cancelled", _("Đã hủy")
        EXPIRED = "expired", _("Đã hết hạn giữ")

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Excel")
        DOCX = "docx", _("Word")
        PDF = "pdf", _("PDF")
        CSV = "csv", _("CSV")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    made_at = models.DateTimeField(default=now)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.CharField(max_length=40)
    format = models.CharField(max_length=4, choices=Format.choices, default=Format.XLSX)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    heartbeat = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("tệp báo cáo")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "unit", "period", "format", "params"],
                condition=Q(state__in=("waiting", "running")),
                name="one_pending_job_a_request",
            )
        ]

    def __str__(self):
        return f"{self.period} {self.unit} {self.state}"


class SavedView(models.Model):
    """A page with its sorting, columns and filters under a name, for everyone whose scope takes in the unit."""

    class Page(models.TextChoices):
        RANKING = "ranking", _("Xếp hạng chi bộ")
        DASHBOARD = "dashboard", _("Chỉ tiêu")
        DOSSIERS = "dossiers", _("Hồ sơ")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=10, choices=Page.choices)
    name = models.CharField(_("Tên"), max_length=80)
    query = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("cách xem đã lưu")
        ordering = ["page", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "page", "name"], name="view_name_once_a_unit")]

    def __str__(self):
        return self.name


class ReportText(models.Model):
    """What is written beside the figures of a unit's period: difficulties and tasks. Rows are only added; the last
    one of a unit and period holds."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="report_texts")
    period = models.CharField(max_length=40)
    difficulties = models.TextField(_("Khó khăn, hạn chế"), blank=True, max_length=5000)
    tasks = models.TextField(_("Nhiệm vụ kỳ tới"), blank=True, max_length=5000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("lời báo cáo")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "period"], name="text_of_a_report")]

    def __str__(self):
        return f"{self.unit} {self.period}"


class MembershipMovement(models.Model):
    """The members of a branch through a quarter, as typed; those admitted come from the register's own figures.

    Saved only when start + admitted + arrived - departed - left = end and the start is the end of the quarter before.
    """

    branch = models.ForeignKey(Organisation, models.PROTECT, related_name="movements")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField(_("Đầu quý"))
    arrived = models.PositiveIntegerField(_("Chuyển đến"), default=0)
    departed = models.PositiveIntegerField(_("Chuyển đi"), default=0)
    left = models.PositiveIntegerField(_("Ra khỏi Đảng"), default=0)
    end = models.PositiveIntegerField(_("Cuối quý"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("tăng giảm đảng viên")
        ordering = ["year", "quarter", "branch"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "year", "quarter"], name="movement_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="movement_in_a_quarter"),
        ]

    def __str__(self):
        return f"{self.branch} {self.year}-q{self.quarter}: {self.end}"
