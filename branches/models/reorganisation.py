"""Changes of the tree as a plan: what ends, what begins, on what ground, what was chosen, and what it moved."""

from datetime import date, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models.organisation import Organisation
from notation.dates import dmy, now


class ChangeKind(models.TextChoices):
    """What can happen to units. Each ends what it names; what begins takes over from it."""

    RENAME = "rename", gettext_lazy("đổi tên")
    KIND = "kind", gettext_lazy("đổi loại hình")
    PARENT = "parent", gettext_lazy("chuyển cấp trên")
    MERGE = "merge", gettext_lazy("hợp nhất, sáp nhập")
    SPLIT = "split", gettext_lazy("chia, tách")
    DISSOLVE = "dissolve", gettext_lazy("giải thể")
    TIER = "tier", gettext_lazy("nâng cấp, hạ cấp")
    BASE_BRANCH = "base_branch", gettext_lazy("thành hoặc thôi là chi bộ cơ sở")
    RURAL = "rural", gettext_lazy("nông thôn hay không")


class Reorganisation(models.Model):
    """A plan of changes to the units under one unit, carried out in one transaction on the ground of one document.

    `day` is the first day of the new structure. `totals` is the rehearsal that was agreed to when the plan was
    scheduled, `result` that of the carrying out (`branches.reorganisation.outcome.Rehearsal` as plain data).
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("đang soạn")
        SCHEDULED = "scheduled", gettext_lazy("chờ ngày")
        HELD = "held", gettext_lazy("dừng lại chờ xem")
        DONE = "done", gettext_lazy("đã thực hiện")
        UNDONE = "undone", gettext_lazy("đã hoàn tác")
        WITHDRAWN = "withdrawn", gettext_lazy("đã rút")

    title = models.CharField(gettext_lazy("Tên kế hoạch"), max_length=200)
    number = models.CharField(gettext_lazy("Số, ký hiệu"), max_length=80)
    decided_on = models.DateField(gettext_lazy("Ngày của văn bản"))
    issuer = models.CharField(gettext_lazy("Cơ quan ban hành"), max_length=160)
    day = models.DateField(gettext_lazy("Hiệu lực từ ngày"))
    note = models.TextField(gettext_lazy("Ghi chú"), blank=True)
    unit = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="reorganisations",
        verbose_name=gettext_lazy("Trong đơn vị"),
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_reason = models.CharField(gettext_lazy("Lý do hoàn tác"), max_length=300, blank=True)
    held_because = models.TextField(blank=True)
    totals = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = gettext_lazy("thay đổi tổ chức")
        ordering = ["-day", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return f"/don-vi/thay-doi/{self.pk}/"

    @property
    def basis(self) -> str:
        """What rests on it says so: "96-QĐ/HU ngày 20/02/2017"."""
        return _("%(number)s ngày %(day)s") % {"number": self.number, "day": dmy(self.decided_on)}

    @property
    def last(self) -> date:
        """The last day of the structure before."""
        return self.day - timedelta(days=1)

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed, rehearsed and carried out."""
        return self.state in (self.State.DRAFT, self.State.SCHEDULED, self.State.HELD)


class UnitChange(models.Model):
    """One change of a plan: the `units` end, and what `facts` describes begins, or `into` goes on with what they had.

    A row of `facts` is a new unit: {"key", "name", "kind", "tier", "parent": primary key of a unit or key of another
    new unit, "code", "rural", "is_base_branch"}; what a row leaves out is as it was. Of a change that makes one unit of
    one, the rows follow the order of the units by primary key, and one row alone is for all of them.
    """

    plan = models.ForeignKey(Reorganisation, models.CASCADE, related_name="changes")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(gettext_lazy("Cách đổi"), max_length=12, choices=ChangeKind.choices)
    units = models.ManyToManyField(Organisation, related_name="+")
    into = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = gettext_lazy("thay đổi của một kế hoạch")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="unit_change_in_its_place"),
        ]

    def __str__(self):
        return f"{self.plan_id}/{self.position} {self.kind}"


class Choice(models.Model):
    """What somebody chose where a plan leaves it open; `key` is that of `branches.reorganisation.outcome.Question`."""

    plan = models.ForeignKey(Reorganisation, models.CASCADE, related_name="choices")
    key = models.CharField(max_length=120)
    answer = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("lựa chọn")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="choice_once")]

    def __str__(self):
        return f"{self.plan_id} {self.key}"


class HandedRow(models.Model):
    """A row that the carrying out of a plan made, changed or removed, as it was before and as it was left.

    `model` is its label ("accounts.post"), `row` its primary key; `before` is None of a row that was made, `after` of
    one that was removed. An undoing puts `before` back, the last row first; a row of a model that only grows is
    `grown`: it stays, and the app that made it adds what undoes it.
    """

    plan = models.ForeignKey(Reorganisation, models.PROTECT, related_name="handed_rows")
    model = models.CharField(max_length=60)
    row = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    grown = models.BooleanField(default=False)

    class Meta:
        verbose_name = gettext_lazy("dòng được bàn giao")
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "model", "row"], name="handed_row_of_a_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="handed_row_says_something"
            )
        ]

    def __str__(self):
        return f"{self.model} {self.row}"
