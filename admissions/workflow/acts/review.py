"""A vote that fell short goes upward, and the committee above decides when no vote is left."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.choices import Body, Leaving
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier, Vote
from admissions.states import ON_CONVERSION, State
from admissions.workflow.act import (
    DECISION,
    REASON_IN_WORDS,
    Act,
    Field,
    FieldKind,
    day_field,
    number_field,
    paragraph_field,
)
from admissions.workflow.acts.blocking import blocked_before_last_vote, blocked_once_reported
from admissions.workflow.acts.guards import (
    record_paper_made,
    refuse_before_state,
    register_decision,
    require_day_and_reason,
    require_number,
    set_date,
)
from notation.vietnamese import clean

ENDS = (Leaving.NAME_DELETED, Leaving.NOT_RECOGNISED)
"""What a decision not to recognise a member comes to."""


def report_upward(dossier: Dossier, *, on: date, number: str, to: str, opinion: str = "") -> str:
    """The full result of a vote that fell short is reported to the committee above (HD 06, 5.1)."""
    with gather_refusals() as refusals:
        with refusals:
            refuse_before_state(dossier, on)
        with refusals:
            require_number(number)
    return dossier.state


def recognise_after_review(dossier: Dossier, *, on: date, number: str, reason: str = "") -> str:
    """The competent committee recognises the member after the last vote; the official date does not move."""
    dossier.conversion_number = clean(number)
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "conversion_decided_on", on)
        with refusals:
            record_paper_made(dossier, "conversion", on, number, Vote.Body.STANDING)
    dossier.official_on = dossier.probation_ends_on
    return State.OFFICIAL


def decline_after_review(dossier: Dossier, *, on: date, number: str, how: str, reason: str) -> str:
    """The competent committee does not recognise the member after the last vote."""
    with gather_refusals() as refusals:
        with refusals:
            require_day_and_reason(dossier, on, reason)
        with refusals:
            register_decision(dossier, number, on)
        with refusals:
            if how not in ENDS:
                raise Refused({"how": _("Chọn hình thức.")})
    dossier.left_on, dossier.left_how = on, how
    return State.LEFT


REVIEW_ACTS = {
    "report_up": Act(
        label=gettext_lazy("Ghi báo cáo cấp trên kết quả không đạt"),
        sources=(State.REFUSED, *ON_CONVERSION),
        permission=Permission.BRANCH_WORK,
        apply=report_upward,
        blocked=blocked_once_reported,
        main=False,
        fields=day_field(gettext_lazy("Ngày báo cáo"))
        | number_field(gettext_lazy("Số báo cáo"))
        | {
            "to": Field(label=gettext_lazy("Báo cáo cấp nào"), kind=FieldKind.LINE, max_length=200),
            "opinion": paragraph_field(gettext_lazy("Nội dung, đề nghị"), required=False),
        },
        sentence=gettext_lazy("Báo cáo kết quả không đạt lên %(to)s, số %(number)s."),
        sentence_with={
            "opinion": gettext_lazy("Báo cáo kết quả không đạt lên %(to)s, số %(number)s: “%(opinion)s”.")
        },
    ),
    "recognise_reviewed": Act(
        label=gettext_lazy("Cấp có thẩm quyền công nhận"),
        sources=ON_CONVERSION,
        leads=State.OFFICIAL,
        permission=Permission.DECIDE,
        apply=recognise_after_review,
        blocked=blocked_before_last_vote,
        main=False,
        fields=DECISION | {"reason": paragraph_field(gettext_lazy("Căn cứ xem xét"), required=False)},
        sentence=gettext_lazy(
            "Sau các lần biểu quyết không đạt, cấp có thẩm quyền quyết định công nhận chính thức %(number)s."
        ),
        body=Body.STANDING,
        ends=True,
    ),
    "decline_reviewed": Act(
        label=gettext_lazy("Cấp có thẩm quyền không công nhận"),
        sources=ON_CONVERSION,
        leads=State.LEFT,
        permission=Permission.DECIDE,
        apply=decline_after_review,
        blocked=blocked_before_last_vote,
        main=False,
        fields=DECISION
        | {
            "how": Field(
                label=gettext_lazy("Quyết định"),
                kind=FieldKind.CHOICE,
                choices=tuple((end.value, end.label) for end in ENDS),
            )
        }
        | REASON_IN_WORDS,
        sentence=gettext_lazy("Cấp có thẩm quyền không công nhận, quyết định %(number)s: “%(reason)s”."),
        body=Body.STANDING,
        ends=True,
    ),
}
"""The acts after votes that fell short."""
