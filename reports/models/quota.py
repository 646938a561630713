"""Quotas, the terms they belong to and what they rest on."""

from datetime import date
from typing import ClassVar, Protocol, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from branches.models import Organisation
from notation.dates import dmy, now


class Term(models.Model):
    """A congress term, counted over its five plan years ("2015–2020" plans the years 2016 to 2020)."""

    name = models.CharField(gettext_lazy("Nhiệm kỳ"), max_length=9, unique=True)
    first = models.DateField(gettext_lazy("Từ ngày"))
    last = models.DateField(gettext_lazy("Đến hết ngày"))
    basis = models.CharField(gettext_lazy("Căn cứ"), max_length=200, blank=True)

    class Meta:
        verbose_name = gettext_lazy("nhiệm kỳ")
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="term_ends_after_it_begins")
        ]

    def __str__(self):
        return self.name


class Basis(models.Model):
    """A resolution, decision or plan that quotas rest on; a number is given once a day by one issuer."""

    number = models.CharField(gettext_lazy("Số, ký hiệu"), max_length=200)
    on = models.DateField(gettext_lazy("Ngày của văn bản"))
    title = models.CharField(gettext_lazy("Trích yếu"), max_length=200, blank=True)
    issuer = models.CharField(gettext_lazy("Nơi ban hành"), max_length=160, blank=True)

    class Meta:
        verbose_name = gettext_lazy("căn cứ giao")
        ordering = ["-on", "number"]
        constraints = [models.UniqueConstraint(fields=["number", "on", "issuer"], name="basis_once")]

    def __str__(self):
        return f"{self.number}, {dmy(self.on)}"


class MemberCount(models.Model):
    """How many members a unit had at the end of a day: what a quota in per cent of the membership is reckoned on."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    on = models.DateField(gettext_lazy("Tại ngày"))
    number = models.PositiveIntegerField(gettext_lazy("Số đảng viên"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "reports_membership"
        verbose_name = gettext_lazy("số đảng viên")
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="membership_once_a_day")]

    def __str__(self):
        return f"{self.unit} {dmy(self.on)}: {self.number}"


class Days(Protocol):
    """Anything from one day to another, both included: a period, a quota."""

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...


class QuotaQuerySet(AppendOnlyQuerySet):
    def current(self) -> Self:
        """What holds: the last row of each chain of assignments."""
        return self.filter(state=Quota.State.ASSIGNED, revision__isnull=True)

    def pending(self) -> Self:
        """Proposals that no later one replaces and the level above has not answered."""
        return self.filter(state=Quota.State.PROPOSED, revision__isnull=True, answer__isnull=True)

    def heads(self) -> Self:
        """Those that ask for members; the others ask for branches."""
        return self.exclude(kind=Quota.Kind.SHARE)

    def of(self, period: Days, measure: str = "admitted") -> Self:
        """Those set for exactly `period`."""
        return self.filter(first=period.first, last=period.last, measure=measure)


def _only(*present):
    """A condition: of the columns that say how much, those `present` are filled and the others are not."""
    columns = ("high", "rate", "membership", "number")
    return Q(**{f"{name}__isnull": name not in present for name in columns})


class Quota(AppendOnlyModel):
    """What a unit is to reach from `first` to `last`, as proposed or assigned on one occasion.

    Rows are only added. One that `revises` another takes its place, which leaves one current row for a unit, period
    and measure (and one for the share of branches beside it); a proposal is answered by the row whose `answers` it
    is: an assignment, perhaps of another number, or a refusal with its reason.
    """

    class Kind(models.TextChoices):
        NUMBER = "number", gettext_lazy("số đảng viên của kỳ")
        RATE = "rate", gettext_lazy("tỷ lệ trên số đảng viên")
        AVERAGE = "average", gettext_lazy("bình quân mỗi năm của nhiệm kỳ")
        RANGE = "range", gettext_lazy("khoảng từ – đến")
        SHARE = "share", gettext_lazy("tỷ lệ chi bộ có kết nạp")

    class State(models.TextChoices):
        PROPOSED = "proposed", gettext_lazy("đề nghị")
        ASSIGNED = "assigned", gettext_lazy("đã giao")
        DECLINED = "declined", gettext_lazy("không nhận đề nghị")

    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="quotas", verbose_name=gettext_lazy("Đơn vị")
    )
    measure = models.CharField(max_length=40, default="admitted")
    first = models.DateField(gettext_lazy("Từ ngày"))
    last = models.DateField(gettext_lazy("Đến hết ngày"))
    kind = models.CharField(
        gettext_lazy("Cách giao"), max_length=8, choices=Kind.choices, default=Kind.NUMBER
    )
    number = models.PositiveIntegerField(gettext_lazy("Chỉ tiêu"), null=True)
    high = models.PositiveIntegerField(gettext_lazy("Đến"), null=True)
    rate = models.DecimalField(gettext_lazy("Tỷ lệ %"), max_digits=5, decimal_places=2, null=True)
    membership = models.ForeignKey(MemberCount, models.PROTECT, null=True, related_name="quotas")
    basis = models.ForeignKey(Basis, models.PROTECT, null=True, related_name="quotas")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASSIGNED)
    reason = models.CharField(gettext_lazy("Lý do"), max_length=300, blank=True)
    revises = models.OneToOneField("self", models.PROTECT, null=True, related_name="revision")
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    objects: ClassVar = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("chỉ tiêu")
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
        amount = self.number if self.rate is None else f"{self.rate}%"
        return f"{self.unit} {dmy(self.first)}–{dmy(self.last)}: {amount}"
