"""What a closing keeps of the year around admission: who took a step, who was returned, who stood on a source list.

Rows are written once, with the closing; the database's own triggers hold to that (`reports.closing.triggers`). Every
number that a quarter's report shows of the year is made of them, and each opens them.
"""

from django.db import models
from django.utils.translation import gettext_lazy

from admissions.models import Dossier
from admissions.models.append_only import AppendOnlyModel
from branches.models import Organisation
from reports.models.closing import QuarterClosing


class ClosedYear(AppendOnlyModel):
    """That a closing kept the year too; one of before this was kept has no such row.

    `fingerprint` is the SHA-256 of its lines (`reports.closing.year_fingerprint`).
    """

    closing = models.OneToOneField(QuarterClosing, models.PROTECT, related_name="year_kept")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = gettext_lazy("công tác trong năm của quý đã khóa")

    def __str__(self):
        return str(self.closing)


class ClosedLine(AppendOnlyModel):
    """One line: by its `kind`, what `key`, `unit`, `dossier` and `number` mean.

    `unit` is the branch of that day, or the organisation that is counted. `facts` are what is shown beside it.
    """

    class Kind(models.TextChoices):
        STEP = "step", gettext_lazy("bước của chuỗi")  # key: the step
        RETURN = "return", gettext_lazy("lượt trả lại")  # key: the main reason
        PART = "part", gettext_lazy("dòng của biểu 10, phần II")  # key: the row
        BEFORE = "before", gettext_lazy("dòng đó, cùng kỳ năm trước")  # key: the row; number: how many
        SOURCE = "source", gettext_lazy("người trong danh sách")  # key: "sources" or "under_way"
        AIM = "aim", gettext_lazy("chỉ tiêu đứng trước nguồn")  # key: what it is; number: how many
        DIFFICULTY = "difficulty", gettext_lazy("khó khăn chi bộ nêu")  # key: its words
        REVIEW = "review", gettext_lazy("rà soát của chi bộ")  # key: its assessment

    closing = models.ForeignKey(
        QuarterClosing, models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=200)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+", db_index=False)
    number = models.PositiveIntegerField(default=1)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = gettext_lazy("dòng của quý đã khóa")
        ordering = ["pk"]
        indexes = [models.Index(fields=["closing", "kind"], name="closed_line_closing_kind")]

    def __str__(self):
        return f"{self.closing} {self.kind} {self.key}"

    @property
    def person(self) -> Dossier:
        """The dossier of a line that counts somebody."""
        assert self.dossier
        return self.dossier
