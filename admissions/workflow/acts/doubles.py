"""One person entered twice: the dossier that is not kept ends and points to the one that is."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier
from admissions.rules import duplicates
from admissions.states import PIPELINE, State
from admissions.workflow.act import Act, Field, FieldKind, Why, day_field, paragraph_field
from admissions.workflow.acts.guards import refuse_before_state


def blocked_without_double(dossier: Dossier) -> Why | None:
    """Only where someone of the same name and birth is in the register too."""
    if not duplicates.near_certain(dossier.candidate):
        return Why(_("không có hồ sơ nào khác trùng họ tên và ngày sinh"), settled=True)
    return None


def end_as_duplicate(dossier: Dossier, *, on: date, into: Dossier, note: str = "") -> str:
    """The person is followed in the dossier `into`; this one, never decided, ends. Both people stay as they were typed.

    What was done here is done there under its own dates, if it was not yet: two rounds do not make one.
    """
    with gather_refusals() as refusals:
        with refusals:
            refuse_before_state(dossier, on)
        with refusals:
            if into.candidate_id == dossier.candidate_id or into.state == State.DUPLICATE:
                raise Refused({"into": _("Chọn hồ sơ còn theo dõi, của cùng người này ghi lần khác.")})
    return State.DUPLICATE


DOUBLE_ACTS = {
    "merge": Act(
        label=gettext_lazy("Ghi là trùng hồ sơ"),
        sources=PIPELINE,
        leads=State.DUPLICATE,
        permission=Permission.APPRAISE,
        apply=end_as_duplicate,
        blocked=blocked_without_double,
        main=False,
        fields=day_field(gettext_lazy("Ngày ghi"))
        | {
            "into": Field(label=gettext_lazy("Hồ sơ giữ lại"), kind=FieldKind.DOUBLE),
            "note": paragraph_field(gettext_lazy("Ghi rõ thêm"), required=False),
        },
        sentence=gettext_lazy("Trùng hồ sơ: người này theo dõi ở %(into)s."),
        ends=True,
        told_as="merged",
    ),
}
"""The act that ends a dossier entered twice."""
