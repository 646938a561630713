"""Classes of Party awareness, and who was nominated for them, attended, passed and got a certificate."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Permission
from admissions.choices import ClassStep, Grade
from admissions.models.dossier import Dossier
from branches.models import Organisation, within_scope
from notation.dates import dmy, now


class AwarenessClassQuerySet(models.QuerySet["AwarenessClass"]):
    def for_user(self, user: User) -> Self:
        """The classes opened inside the user's scope, or by a committee above it."""
        paths = user.scope()
        above = {int(pk) for path in paths for pk in path.split("/") if pk}
        return self.filter(within_scope(paths, "unit__") | Q(unit__in=above))


class AwarenessClass(models.Model):
    """A class (lớp bồi dưỡng nhận thức về Đảng) that the committee `unit` opens by a decision.

    The decision comes with the list of learners, hence after the nominations: until then it has no number and no day.
    `programme` has a subject a line, `committee` a member of the class committee a line.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="awareness_classes")
    name = models.CharField(gettext_lazy("Tên khóa"), max_length=80)
    number = models.CharField(gettext_lazy("Số quyết định mở lớp"), max_length=40, blank=True)
    decided_on = models.DateField(gettext_lazy("Ngày quyết định"), null=True, blank=True)
    organiser = models.CharField(gettext_lazy("Đơn vị tổ chức, cấp giấy chứng nhận"), max_length=160)
    place = models.CharField(gettext_lazy("Nơi học"), max_length=160)
    first = models.DateField(gettext_lazy("Từ ngày"))
    last = models.DateField(gettext_lazy("Đến ngày"))
    days = models.PositiveSmallIntegerField(gettext_lazy("Số ngày học"))
    programme = models.TextField(gettext_lazy("Chương trình, mỗi bài một dòng"), blank=True)
    committee_number = models.CharField(
        gettext_lazy("Số quyết định ban cán sự lớp"), max_length=40, blank=True
    )
    committee_on = models.DateField(gettext_lazy("Ngày quyết định ban cán sự lớp"), null=True, blank=True)
    committee = models.TextField(gettext_lazy("Ban cán sự lớp, mỗi người một dòng"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = AwarenessClassQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("lớp nhận thức")
        ordering = ["-first", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="class_name_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="class_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(days__gte=1), name="class_has_days"),
            models.CheckConstraint(
                condition=Q(number="", decided_on=None) | ~Q(number="") & Q(decided_on__isnull=False),
                name="a_decided_class_has_number_and_day",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("classes:class", args=[self.pk])

    @property
    def decision(self) -> str:
        """ "112-QĐ/HU, 10/02/2017", "" while there is none."""
        return f"{self.number}, {dmy(self.decided_on)}" if self.decided_on else ""

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def span(self) -> str:
        """ "20–24/02/2017", both dates in full where they are of two months."""
        same = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{self.first:%d}–{dmy(self.last)}" if same else f"{dmy(self.first)}–{dmy(self.last)}"

    @property
    def subjects(self) -> list[str]:
        return [line for line in self.programme.splitlines() if line]

    @property
    def members(self) -> list[str]:
        """The class committee."""
        return [line for line in self.committee.splitlines() if line]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def for_user(self, user: User, permission: Permission = Permission.SEE) -> Self:
        """Those whose dossiers lie in the units where today's posts of `user` allow `permission`."""
        return self.filter(within_scope(user.scope(permission), "dossier__branch__"))

    def by_unit(self) -> Self:
        """By base organisation and name, with the rows that a line of a list shows."""
        rows = self.select_related(
            "dossier__candidate", "dossier__branch", "branch", "commune", "awareness_class"
        )
        return rows.order_by("commune__sort_key", "commune", "dossier__candidate__sort_key", "pk")


class Enrolment(models.Model):
    """One person in one class, from the nomination to the certificate; `admissions.classes` alone writes it.

    `branch` and `commune` are those of the day of the nomination: a class is counted in the units of its time, and
    seen by whoever has the dossier today. Each list is those who reached a `step` (admissions.choices).
    """

    awareness_class = models.ForeignKey(AwarenessClass, models.PROTECT, related_name="enrolments")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="enrolments")
    branch = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    step = models.CharField(
        gettext_lazy("Bước"), max_length=10, choices=ClassStep.choices, default=ClassStep.NOMINATED
    )
    nominated_on = models.DateField(gettext_lazy("Ngày đề cử"))
    resolution = models.CharField(gettext_lazy("Số nghị quyết chi bộ"), max_length=40, blank=True)
    proposed_on = models.DateField(gettext_lazy("Cấp ủy cơ sở đề nghị"), null=True)
    checked_on = models.DateField(gettext_lazy("Cấp trên duyệt"), null=True)
    reason = models.CharField(gettext_lazy("Lý do"), max_length=200, blank=True)
    days_attended = models.PositiveSmallIntegerField(gettext_lazy("Số ngày dự"), null=True)
    score = models.DecimalField(gettext_lazy("Điểm"), max_digits=3, decimal_places=1, null=True)
    grade = models.CharField(gettext_lazy("Xếp loại"), max_length=10, blank=True, choices=Grade.choices)
    rewrite_by = models.DateField(gettext_lazy("Viết lại trước ngày"), null=True)
    certificate_number = models.CharField(gettext_lazy("Số giấy chứng nhận"), max_length=40, blank=True)
    certificate_on = models.DateField(gettext_lazy("Ngày cấp"), null=True)
    certificate_issuer = models.CharField(gettext_lazy("Nơi cấp"), max_length=160, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("học viên")
        constraints = [
            models.UniqueConstraint(fields=["awareness_class", "dossier"], name="enrolled_once_a_class"),
            models.UniqueConstraint(
                fields=["certificate_issuer", "certificate_number"],
                condition=~Q(certificate_number=""),
                name="certificate_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(step=ClassStep.CERTIFIED)
                | (~Q(certificate_number="") & Q(certificate_on__isnull=False)),
                name="a_certificate_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(step=ClassStep.DECLINED) | ~Q(reason=""), name="a_refusal_has_its_reason"
            ),
        ]

    def __str__(self):
        return f"{self.awareness_class}: {self.dossier}"

    @property
    def mark(self) -> str:
        return STEP_MARKS[self.step]

    @property
    def certificate(self) -> str:
        """ "01/2017, 28/02/2017", "" without one."""
        return f"{self.certificate_number}, {dmy(self.certificate_on)}" if self.certificate_number else ""

    def is_rewriting_late(self, day: date) -> bool:
        return self.step == ClassStep.REWRITE and self.rewrite_by is not None and self.rewrite_by < day


STEP_MARKS: dict[str, str] = {
    ClassStep.NOMINATED: "wait",
    ClassStep.PROPOSED: "wait",
    ClassStep.DECLINED: "na",
    ClassStep.APPROVED: "half",
    ClassStep.ABSENT: "no",
    ClassStep.ATTENDED: "half",
    ClassStep.REWRITE: "back",
    ClassStep.FAILED: "back",
    ClassStep.PASSED: "wait",
    ClassStep.CERTIFIED: "ok",
}
"""The shape before each step (docs/design.md, 7)."""
