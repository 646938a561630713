"""Out of the register without leaving the Party: by death, or to another district or province."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules import deadlines, working_days
from admissions.states import PIPELINE, State
from admissions.workflow.act import Act, Field, FieldKind, day_field, number_field, paragraph_field
from admissions.workflow.acts.guards import refuse_before_state, refuse_future
from notation.dates import dmy

FOLLOWED = (*PIPELINE, State.DECIDED, State.PROBATIONARY, State.CONVERTING, State.OFFICIAL)
"""Everyone whom the register still follows."""


def record_death(dossier: Dossier, *, on: date, note: str = "") -> str:
    """The person died; an admission stays in the figures of its day."""
    refuse_before_state(dossier, on)
    dossier.left_on = on
    return State.DIED


def transfer_out(dossier: Dossier, *, on: date, to: str, number: str = "", note: str = "") -> str:
    """The person moved to another district or province, by a transfer decided on the day `on` (HD 06, 3.9).

    What is under way goes along. A decision signed after the transfer stands only within the limit of the procedure;
    one signed too late is annulled here instead.
    """
    if dossier.state == State.DECIDED:
        refuse_future(on)
        _require_valid_decision(dossier, on)
    else:
        refuse_before_state(dossier, on)
    dossier.left_on = dossier.transferred_on = on
    return State.TRANSFERRED


def _require_valid_decision(dossier, on):
    signed, version = dossier.admission_date, procedure.version_of(dossier)
    lapsed = deadlines.decided_too_late_after_transfer(version, signed, on, working_days.load_calendar())
    if lapsed and lapsed.confidence == "verified":
        words = _(
            "Quyết định kết nạp ký %(signed)s, quá %(n)d ngày làm việc kể từ quyết định chuyển %(on)s"
            " (%(clause)s): hủy quyết định rồi chuyển hồ sơ đến nơi mới."
        )
        values = {"signed": dmy(signed), "n": lapsed.length, "on": dmy(on), "clause": lapsed.clause}
        raise Refused({"on": words % values})


TRANSFER_ACTS = {
    "transfer": Act(
        label=gettext_lazy("Ghi chuyển đi huyện, tỉnh khác"),
        sources=FOLLOWED,
        leads=State.TRANSFERRED,
        permission=Permission.APPRAISE,
        apply=transfer_out,
        main=False,
        fields=day_field(gettext_lazy("Ngày quyết định chuyển"))
        | number_field(gettext_lazy("Số giấy giới thiệu, công văn"))
        | {
            "to": Field(label=gettext_lazy("Chuyển đến đâu"), kind=FieldKind.LINE, max_length=200),
            "note": paragraph_field(gettext_lazy("Ghi rõ thêm"), required=False),
        },
        sentence=gettext_lazy("Chuyển đến %(to)s theo %(number)s."),
        ends=True,
    ),
    "died": Act(
        label=gettext_lazy("Ghi đã mất"),
        sources=FOLLOWED,
        leads=State.DIED,
        permission=Permission.ENTER,
        apply=record_death,
        main=False,
        fields=day_field(gettext_lazy("Ngày mất"))
        | {"note": paragraph_field(gettext_lazy("Ghi rõ thêm"), required=False)},
        sentence=gettext_lazy("Đã mất."),
        ends=True,
    ),
}
"""The acts by which the register stops following someone who did not leave the Party."""
