"""Closed quarters: the closing, an entry for each admission as it stood that day, and the totals made of them.

Rows are written once; the database's own triggers hold to that (`reports.closing.triggers`).
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models import AdmissionFacts, Dossier
from admissions.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from admissions.models.dossier import NumberedRow
from branches.models import Organisation
from notation.births import DAY, Birth
from notation.dates import now

PERSON = {
    "full_name": "candidate__full_name",
    "born_on": "admitted_born_on",
    "born_precision": "candidate__born_precision",
    "ethnicity": "admitted_ethnicity__name",
    "religion": "admitted_religion__name",
}
"""{column of an entry: where the register has it}, of what a quarter's list prints of the person."""


class QuarterClosingQuerySet(AppendOnlyQuerySet):
    """Which quarters are closed, and were."""

    def written(self) -> Self:
        """The closings that were finished, valid or opened again since."""
        return self.exclude(fingerprint="")

    def valid(self) -> Self:
        """The closings that stand."""
        return self.written().filter(reopened_at=None)

    def of_quarter(self, year: int, number: int) -> Self:
        """Every closing of a quarter, the last one first, with the people who closed and reopened it."""
        rows = self.filter(year=year, number=number).order_by("-pk")
        return rows.select_related("closed_by", "reopen_by", "reopen_second")

    def standings(self) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """({(year, number)} of the quarters that are closed, {(year, number)} of all that ever were)."""
        rows = list(self.written().order_by().values_list("year", "number", "reopened_at"))
        valid = {(year, number) for year, number, reopened_at in rows if reopened_at is None}
        return valid, {(year, number) for year, number, _reopened in rows}

    def numbers_in(self, year: int) -> set[int]:
        """The quarters of a year, by their numbers."""
        return set(self.filter(year=year).values_list("number", flat=True))

    def within(self, first: date, last: date) -> Self:
        """The closings of the quarters that lie wholly between two days, both included."""
        begin = -(-_months(first, first.day > 1) // 3)
        end = _months(last + timedelta(days=1)) // 3
        return self.alias(place=F("year") * 4 + F("number") - 1).filter(place__gte=begin, place__lt=end)

    def by_quarter(self) -> dict[tuple[int, int], int]:
        """{(year, number): primary key} of the valid closings that count as the register does."""
        rows = self.valid().filter(counted_by=settings.COUNTED_BY).order_by()
        return {(year, number): pk for year, number, pk in rows.values_list("year", "number", "pk")}

    def mark(self, **values: Any) -> int:
        """Write the fingerprint, or what a reopening adds; the database refuses any other column."""
        return models.QuerySet.update(self, **values)


def _months(day: date, more: int = 0) -> int:
    """How many months have begun before the month of `day`, since the year 0."""
    return day.year * 12 + day.month - 1 + more


class QuarterClosing(AppendOnlyModel):
    """One closing of a quarter of the whole register. Closing again after a reopening is another row.

    `begun_on` is the day of the register's first decision as it was known then: before it nothing is compared.
    `parts` are the closings that its other columns are put together from, {span: [primary key]}. `adjusted` holds the
    adjustments of earlier quarters that were recorded during this one, as its report shows them. `unconfirmed` are the
    primary keys of the units that had not confirmed their figures, None where nobody was asked to yet.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(default=now)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    counted_by = models.CharField(max_length=8)
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    begun_on = models.DateField(null=True)
    parts = models.JSONField(default=dict)
    adjusted = models.JSONField(default=list)
    unconfirmed = models.JSONField(null=True)
    reopen_reason = models.CharField(gettext_lazy("Lý do mở lại"), max_length=300, blank=True)
    reopen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reopen_asked_at = models.DateTimeField(null=True)
    reopen_second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)

    objects: ClassVar = QuarterClosingQuerySet.as_manager()

    class Meta:
        db_table = "reports_quarter"
        verbose_name = gettext_lazy("quý đã khóa")
        ordering = ["year", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], condition=Q(reopened_at=None), name="one_valid_closing_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None)
                | (~Q(reopen_reason="") & Q(reopen_by__isnull=False, reopen_second__isnull=False))
                & ~Q(reopen_by=F("reopen_second")),
                name="reopening_takes_two_and_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.year}-q{self.number}"

    @property
    def day(self):
        """The day on which it was closed."""
        return localtime(self.closed_at).date()

    def summed(self, span):
        """The primary keys of the closings whose own numbers a column takes in."""
        own = [self.pk] if span in (Span.QUARTER, Span.YEAR) else []
        return own + self.parts.get(span, [])


class ClosedAdmission(NumberedRow, AppendOnlyModel, AdmissionFacts):
    """One admission as it stood when its quarter was closed: its facts, and what the quarter's list prints."""

    # No row of a closing can go, so that nothing is left for the database to check of every entry.
    quarter = models.ForeignKey(
        QuarterClosing, models.PROTECT, related_name="entries", db_index=False, db_constraint=False
    )
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    decision_number = models.CharField(gettext_lazy("Số quyết định"), max_length=40)
    full_name = models.CharField(gettext_lazy("Họ và tên"), max_length=120)
    sort_key = models.CharField(max_length=700)
    born_on = models.DateField(gettext_lazy("Ngày sinh"))
    born_precision = models.CharField(gettext_lazy("Biết ngày sinh đến"), max_length=5, default=DAY)
    ethnicity = models.CharField(gettext_lazy("Dân tộc"), max_length=60)
    religion = models.CharField(gettext_lazy("Tôn giáo"), max_length=80)

    class Meta:
        db_table = "reports_entry"
        verbose_name = gettext_lazy("đảng viên của quý đã khóa")
        ordering = ["year", "serial"]
        constraints = [models.UniqueConstraint(fields=["quarter", "dossier"], name="entry_once_a_closing")]

    def __str__(self):
        return f"{self.number} {self.full_name}"

    @property
    def candidate(self):
        """The person as the list prints them, by the names that a dossier's candidate has."""
        named = {name: SimpleNamespace(name=getattr(self, name)) for name in ("ethnicity", "religion")}
        birth = Birth(self.born_on, self.born_precision)
        return SimpleNamespace(full_name=self.full_name, birth=birth, sex=self.admitted_sex, **named)

    person_admitted = candidate


class Span(models.TextChoices):
    """The four columns of a quarter's report."""

    QUARTER = "quarter", gettext_lazy("quý")
    BEFORE = "before", gettext_lazy("cùng quý năm trước")
    YEAR = "year", gettext_lazy("từ đầu năm")
    YEAR_BEFORE = "year_before", gettext_lazy("cùng kỳ năm trước, từ đầu năm")


SHOWN = (Span.QUARTER, Span.BEFORE, Span.YEAR)
"""The columns that the table by unit shows; the fourth is of the whole unit only."""


ENDED, DAY = "ended", "day"
"""Beside the columns: the last day of a unit that ended before the quarter did, as a proleptic ordinal."""


class UnitTotals(AppendOnlyModel):
    """The numbers of one unit in a closed quarter, each by the key of its measure or one of `snapshot`'s; no zeros.

    `own` are those that are counted from the quarter's entries. A column of its report is the sum of the `own` numbers
    of the closings it takes in (`QuarterClosing.summed`) and of what stands `beside` them, {span: {key: number}}: what
    changed in those quarters before this closing, days that none of them holds, and what no sum of quarters gives.
    `below` are the units directly under it that stood in a column of the table by unit (`SHOWN`).
    """

    quarter = models.ForeignKey(
        QuarterClosing, models.PROTECT, related_name="totals", db_index=False, db_constraint=False
    )
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    own = models.JSONField(default=dict)
    beside = models.JSONField(default=dict)
    below = models.JSONField(default=list)

    class Meta:
        verbose_name = gettext_lazy("số liệu của quý đã khóa")
        constraints = [models.UniqueConstraint(fields=["quarter", "unit"], name="totals_once_a_unit")]

    def __str__(self):
        return f"{self.quarter} {self.unit_id}"


class ChangedSinceClosing(models.Model):
    """A dossier that changed in what a quarter's list says of it, after one was closed that it counted in or counts in.

    The database's own triggers write it (`reports.closing.triggers`), whatever way the change came; whether anything
    differs in the end is for `province` and `adjustments` to say.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        db_table = "reports_touched"
        verbose_name = gettext_lazy("hồ sơ đổi sau khi khóa quý")

    def __str__(self):
        return str(self.dossier_id)
