"""The form in which a base committee answers the proposals of its branches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Proposal
from admissions.models import Dossier
from admissions.sources.opinions import Answer
from notation.dates import today
from notation.fields import DateField, TextField

AGREE, KEEP, LATER = "agree", "keep", "later"
AGREED = {
    Proposal.LISTING: gettext_lazy("Đồng ý thêm vào danh sách"),
    Proposal.CLASS: gettext_lazy("Đồng ý cử đi học"),
    Proposal.PROCEDURE: gettext_lazy("Đồng ý cho làm thủ tục"),
    Proposal.REMOVAL: gettext_lazy("Đồng ý đưa ra khỏi danh sách"),
}
"""What agreeing to each proposal is called."""


@dataclass(frozen=True)
class AnswerFields:
    """The fields of one dossier as a template shows them."""

    answer: forms.BoundField
    reason: forms.BoundField
    version: forms.BoundField

    @property
    def errors(self) -> list[str]:
        return [*self.answer.errors, *self.reason.errors]


class OpinionsForm(forms.Form):
    """One answer for each proposal that waits, and the day and document of them all."""

    on = DateField(label=gettext_lazy("Ngày cấp ủy cho ý kiến"), initial=today)
    number = TextField(label=gettext_lazy("Số văn bản, nếu có"), max_length=40, required=False)

    def __init__(self, dossiers: Iterable[Dossier], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.dossiers = list(dossiers)
        for row in self.dossiers:
            who = row.candidate.full_name
            agreed = AGREED[Proposal(row.proposal)]
            choices = [(AGREE, agreed), (KEEP, _("Chưa đồng ý, ghi lý do")), (LATER, _("Để lại, chưa ghi"))]
            answer = forms.ChoiceField(
                label=_("Ý kiến về %(name)s") % {"name": who}, choices=choices, initial=AGREE
            )
            answer.widget.attrs["class"] = "form-select"
            reason = TextField(label=_("Lý do về %(name)s") % {"name": who}, max_length=500, required=False)
            reason.widget.attrs |= {"class": "form-control", "placeholder": _("Lý do, xét lại khi nào")}
            version = forms.IntegerField(widget=forms.HiddenInput, initial=row.version)
            self.fields |= {
                f"answer-{row.pk}": answer,
                f"reason-{row.pk}": reason,
                f"version-{row.pk}": version,
            }
        for name in ("on", "number"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def fields_of(self, dossier: Dossier) -> AnswerFields:
        """The fields of the answer on `dossier`."""
        return AnswerFields(*(self[f"{name}-{dossier.pk}"] for name in ("answer", "reason", "version")))

    def clean(self) -> dict:
        """Ask for the reason of whatever is not agreed to."""
        data = super().clean() or self.cleaned_data
        for row in self.dossiers:
            if data.get(f"answer-{row.pk}") == KEEP and not data.get(f"reason-{row.pk}"):
                self.add_error(f"reason-{row.pk}", _("Ghi lý do chưa đồng ý."))
        return data

    def answers(self) -> Iterator[Answer]:
        """The answers that were given; those left for later are not among them."""
        for row in self.dossiers:
            answer = self.cleaned_data[f"answer-{row.pk}"]
            if answer != LATER:
                seen, reason = (self.cleaned_data[f"{name}-{row.pk}"] for name in ("version", "reason"))
                yield Answer(row, agree=answer == AGREE, seen=seen, reason=reason)
