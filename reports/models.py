"""Quotas and the terms they belong to, and the files that are made in the background."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from branches.dates import now
from branches.models import Organisation


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


class Quota(models.Model):
    """How many members a unit is to admit from `first` to `last`, by a dated resolution or plan."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="quotas", verbose_name=_("Đơn vị"))
    measure = models.CharField(max_length=20, default="admitted")
    first = models.DateField(_("Từ ngày"))
    last = models.DateField(_("Đến hết ngày"))
    number = models.PositiveIntegerField(_("Chỉ tiêu"))
    basis = models.CharField(_("Căn cứ giao"), max_length=200)
    basis_on = models.DateField(_("Ngày của văn bản"))

    class Meta:
        verbose_name = _("chỉ tiêu")
        constraints = [
            models.UniqueConstraint(fields=["unit", "measure", "first", "last"], name="quota_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="quota_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.unit} {self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}: {self.number}"


class Job(models.Model):
    """A file being made: who asked, for what, how far it is, and where the finished file lies."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang lập")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không lập được")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    made_at = models.DateTimeField(default=now)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("tệp báo cáo")
        ordering = ["-made_at"]

    def __str__(self):
        return f"{self.period} {self.unit} {self.state}"


class SavedView(models.Model):
    """A page with its sorting, columns and filters under a name, for everyone whose scope takes in the unit."""

    class Page(models.TextChoices):
        RANKING = "ranking", _("Xếp hạng chi bộ")
        DASHBOARD = "dashboard", _("Chỉ tiêu")

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
