"""A branch assesses its work of developing members, every month and every quarter."""

from datetime import date
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.choices import Proposal
from admissions.models import Dossier
from branches.models import Organisation
from notation.dates import now
from oversight.models.scoped import UnitQuerySet


class Difficulty(models.Model):
    """A difficulty that branches may tick; administrators add to the list, and nothing is deleted from it.

    One row says that there is `nothing`: it goes with no other, and is no difficulty where these are counted.
    """

    text = models.CharField(gettext_lazy("Khó khăn"), max_length=120, unique=True)
    active = models.BooleanField(gettext_lazy("Đang dùng"), default=True)
    nothing = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = gettext_lazy("khó khăn")
        ordering = ["pk"]

    def __str__(self):
        return self.text


class ReviewQuerySet(UnitQuerySet):
    def of(self, kind: str, first: date) -> Self:
        """Those of the month or the quarter that begins on `first`."""
        return self.filter(kind=kind, first=first)

    def months_between(self, first: date, last: date) -> Self:
        """Those of the months from `first` to `last`."""
        return self.filter(kind=Review.Kind.MONTH, first__gte=first, first__lte=last)


class Review(models.Model):
    """What the meeting of the branch `unit` found for one month, or for one quarter as the sum of its months.

    `figures` are those of the register on the day of the meeting (`branch_figures.BranchFigures`). A row is open
    until its deadline; after it the level above reopens it, with a reason, until `reopened_until`. `number` is that of
    the resolution by which people were proposed.
    """

    class Kind(models.TextChoices):
        MONTH = "month", gettext_lazy("tháng")
        QUARTER = "quarter", gettext_lazy("quý")

    class Assessment(models.TextChoices):
        GOOD = "good", gettext_lazy("Tốt")
        MET = "met", gettext_lazy("Đạt")
        SHORT = "short", gettext_lazy("Chưa đạt")

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    first = models.DateField(gettext_lazy("Từ ngày"))
    last = models.DateField(gettext_lazy("Đến hết ngày"))
    held_on = models.DateField(gettext_lazy("Ngày họp"))
    members = models.PositiveSmallIntegerField(gettext_lazy("Số đảng viên"))
    present = models.PositiveSmallIntegerField(gettext_lazy("Có mặt"))
    score = models.PositiveSmallIntegerField(gettext_lazy("Điểm buổi sinh hoạt / 100"), null=True, blank=True)
    score_above = models.PositiveSmallIntegerField(
        gettext_lazy("Điểm do cấp trên chấm / 100"), null=True, blank=True
    )
    scored_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    number = models.CharField(gettext_lazy("Số nghị quyết"), max_length=40, blank=True)
    assessment = models.CharField(gettext_lazy("Tự đánh giá"), max_length=5, choices=Assessment.choices)
    difficulties = models.ManyToManyField(Difficulty, related_name="reviews", blank=True)
    words = models.TextField(gettext_lazy("Ghi thêm"), max_length=1000, blank=True)
    measures = models.TextField(gettext_lazy("Biện pháp"), max_length=1000, blank=True)
    figures = models.JSONField(editable=False, encoder=DjangoJSONEncoder, default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0, editable=False)
    reopened_until = models.DateField(null=True, editable=False)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    reopened_why = models.CharField(max_length=300, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("rà soát")
        ordering = ["-first", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "first"], name="review_once_a_period"),
            models.CheckConstraint(condition=Q(present__lte=F("members")), name="review_present_are_members"),
            models.CheckConstraint(
                condition=(Q(score=None) | Q(score__lte=100))
                & (Q(score_above=None) | Q(score_above__lte=100)),
                name="review_scores_out_of_100",
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.first:%m/%Y}"


class ReviewedPerson(models.Model):
    """What a review said of one person on the list; `proposal` is "" for someone it keeps as they are."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="people")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reviewed")
    proposal = models.CharField(gettext_lazy("Ý kiến"), max_length=10, blank=True, choices=Proposal.choices)
    words = models.CharField(gettext_lazy("Lý do"), max_length=200, blank=True)

    class Meta:
        verbose_name = gettext_lazy("người được rà soát")
        constraints = [models.UniqueConstraint(fields=["review", "dossier"], name="reviewed_once")]

    def __str__(self):
        return f"{self.dossier}: {self.get_proposal_display() or gettext_lazy('Giữ')}"


class ReviewReminder(models.Model):
    """The level above reminded the branch `unit` of a review that it has not sent; rows are only added."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="review_reminders")
    kind = models.CharField(max_length=8, choices=Review.Kind.choices)
    first = models.DateField()
    on = models.DateField(gettext_lazy("Ngày nhắc"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("lần nhắc rà soát")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "first", "on"], name="review_reminded_once_a_day")
        ]

    def __str__(self):
        return f"{self.unit} {self.on:%d/%m/%Y}"
