"""The papers of a dossier, and the numbers that bodies give to documents."""

from django.db import models
from django.utils.translation import gettext_lazy

from admissions.models.dossier import Dossier
from branches.models import Organisation
from notation.dates import dmy


class Paper(models.Model):
    """That a paper is there: its number, its date, where it is kept. The paper itself is never stored here."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    code = models.CharField(gettext_lazy("Mẫu"), max_length=20)
    had = models.BooleanField(gettext_lazy("Đã có"), default=True)
    number = models.CharField(gettext_lazy("Số"), max_length=60, blank=True)
    dated_on = models.DateField(gettext_lazy("Ngày"), null=True, blank=True)
    note = models.CharField(gettext_lazy("Ghi chú"), max_length=200, blank=True)

    class Meta:
        verbose_name = gettext_lazy("giấy tờ")
        constraints = [models.UniqueConstraint(fields=["dossier", "code"], name="paper_once")]

    def __str__(self):
        return f"{self.code} {self.number}"


class Document(models.Model):
    """A number that a body gave to a document, once in each of its terms (docs/domain.md, rule 37).

    `number` as printed ("14-NQ/CB") is `serial` and `symbol`; several dossiers may be in one document.
    """

    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    symbol = models.CharField(gettext_lazy("Ký hiệu"), max_length=20)
    term_since = models.DateField(gettext_lazy("Nhiệm kỳ từ"))
    serial = models.PositiveSmallIntegerField(gettext_lazy("Số"))
    number = models.CharField(gettext_lazy("Số, ký hiệu"), max_length=40)
    dated_on = models.DateField(gettext_lazy("Ngày"))
    dossiers = models.ManyToManyField(Dossier, related_name="documents")

    class Meta:
        verbose_name = gettext_lazy("văn bản")
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "symbol", "term_since", "serial"], name="document_number_once_a_term"
            )
        ]

    def __str__(self):
        return f"{self.number}, {dmy(self.dated_on)}"
