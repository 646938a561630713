"""After the decision: the ceremony, probation, official membership."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.choices import Body
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier, Vote
from admissions.states import State
from admissions.workflow.act import (
    BRANCH_BALLOT,
    COMMITTEE_BALLOT,
    DECISION,
    STANDING_BALLOT,
    Act,
    MeetingOutcome,
    consent_field,
    day_field,
    paragraph_field,
)
from admissions.workflow.acts.blocking import (
    blocked_after_last_vote,
    blocked_before_conversion_decision,
    blocked_before_conversion_proposal,
    blocked_once_conversion_proposed,
    blocked_once_handed_over,
)
from admissions.workflow.acts.guards import (
    count_vote,
    days_in_words,
    record_decision,
    require_failed,
    require_passed,
    set_date,
)
from notation.dates import add_months
from notation.vietnamese import clean


def hand_over_decision(dossier: Dossier, *, on: date) -> str:
    """The branch receives the decision; the ceremony's clock starts here under the procedures that say so."""
    set_date(dossier, "decision_received_on", on)
    return State.DECIDED


def hold_ceremony(dossier: Dossier, *, on: date, consent: str = "") -> str:
    """The ceremony: probation runs from this day for as long as the procedure says.

    `consent` is the number and date with which the committee above agreed to a late ceremony (docs/domain.md, rule 24).
    """
    set_date(dossier, "ceremony_on", on)
    dossier.probation_ends_on = add_months(on, procedure.version_of(dossier).clock("probation").length)
    return State.PROBATIONARY


def _branch_reviews(dossier, on):
    set_date(dossier, "conversion_resolved_on", on)
    if on < dossier.probation_ends_on:
        words = _("Thời gian dự bị đến %(end)s mới hết.")
        raise Refused({"on": words % days_in_words(end=dossier.probation_ends_on)})


def agree_conversion(dossier: Dossier, *, on: date, **ballot) -> str:
    """The branch agrees to official membership."""
    with gather_refusals() as refusals:
        with refusals:
            _branch_reviews(dossier, on)
        with refusals:
            require_passed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    return State.CONVERTING


def fail_conversion(dossier: Dossier, *, on: date, **ballot) -> str:
    """The branch's vote on conversion fell short; the person stays on probation and may be voted on again."""
    with gather_refusals() as refusals:
        with refusals:
            _branch_reviews(dossier, on)
        with refusals:
            require_failed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    dossier.conversion_resolved_on = None
    dossier.failed_conversions += 1
    return State.PROBATIONARY


def fail_base_conversion(dossier: Dossier, *, on: date, **ballot) -> str:
    """The base committee's vote on conversion fell short; it votes again, and the vote counts with the branch's."""
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "conversion_base_on", on)
        with refusals:
            require_failed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.CONVERSION, on=on, **ballot))
    dossier.conversion_base_on = None
    dossier.failed_conversions += 1
    return State.CONVERTING


def propose_conversion(dossier: Dossier, *, on: date, **ballot) -> str:
    """The base committee proposes official membership (15-KNĐ)."""
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "conversion_base_on", on)
        with refusals:
            require_passed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.CONVERSION, on=on, **ballot))
    return State.CONVERTING


def recognise_member(dossier: Dossier, *, on: date, number: str, **ballot) -> str:
    """Recognise an official member from the end of probation, even when decided later (docs/domain.md, rule 26)."""
    dossier.conversion_number = clean(number)
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "conversion_decided_on", on)
        with refusals:
            record_decision(dossier, _RECOGNITION, on=on, number=number, ballot=ballot)
    dossier.official_on = dossier.probation_ends_on
    return State.OFFICIAL


def fail_recognition(dossier: Dossier, *, on: date, reason: str = "", **ballot) -> str:
    """The deciding body voted and did not recognise the member; the dossier stays with it."""
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "conversion_decided_on", on)
        with refusals:
            require_failed(count_vote(dossier, *_RECOGNITION, on=on, **{"number": "", **ballot}))
    dossier.conversion_decided_on = None
    return State.CONVERTING


_RECOGNITION = (Vote.Body.STANDING, Vote.Purpose.CONVERSION)

PROBATION_ACTS = {
    "hand_over": Act(
        label=gettext_lazy("Ghi ngày chi bộ nhận quyết định"),
        sources=(State.DECIDED,),
        permission=Permission.BRANCH_WORK,
        apply=hand_over_decision,
        blocked=blocked_once_handed_over,
        fields=day_field(gettext_lazy("Ngày chi bộ nhận quyết định")),
        sentence=gettext_lazy("Chi bộ nhận quyết định kết nạp."),
    ),
    "ceremony": Act(
        label=gettext_lazy("Ghi lễ kết nạp"),
        sources=(State.DECIDED,),
        leads=State.PROBATIONARY,
        permission=Permission.BRANCH_WORK,
        apply=hold_ceremony,
        fields=day_field(gettext_lazy("Ngày lễ kết nạp"))
        | consent_field(gettext_lazy("Văn bản đồng ý của cấp trên (nếu quá hạn)")),
        sentence=gettext_lazy("Chi bộ tổ chức lễ kết nạp."),
        statutory=True,
    ),
    "conversion_agreed": Act(
        label=gettext_lazy("Ghi chi bộ công nhận chính thức"),
        sources=(State.PROBATIONARY,),
        leads=State.CONVERTING,
        permission=Permission.BRANCH_WORK,
        apply=agree_conversion,
        blocked=blocked_after_last_vote,
        fields=BRANCH_BALLOT,
        sentence=gettext_lazy("Chi bộ công nhận chính thức, %(agree)s trên %(members)s đồng ý (%(number)s)."),
        body=Body.BRANCH,
        outcomes=(MeetingOutcome(body=Body.BRANCH, state=State.PROBATIONARY, passed=True),),
        asks=gettext_lazy("Ghi kết quả chi bộ xét công nhận"),
    ),
    "conversion_failed": Act(
        label=gettext_lazy("Chi bộ chưa công nhận"),
        sources=(State.PROBATIONARY,),
        permission=Permission.BRANCH_WORK,
        apply=fail_conversion,
        blocked=blocked_after_last_vote,
        main=False,
        fields=BRANCH_BALLOT,
        sentence=gettext_lazy("Chi bộ chưa công nhận chính thức, %(agree)s trên %(members)s đồng ý."),
        body=Body.BRANCH,
        outcomes=(MeetingOutcome(body=Body.BRANCH, state=State.PROBATIONARY, passed=False),),
    ),
    "conversion_proposed": Act(
        label=gettext_lazy("Ghi đảng ủy cơ sở đề nghị công nhận"),
        sources=(State.CONVERTING,),
        permission=Permission.BASE_WORK,
        apply=propose_conversion,
        blocked=blocked_once_conversion_proposed,
        fields=COMMITTEE_BALLOT,
        sentence=gettext_lazy(
            "Đảng ủy cơ sở ra nghị quyết %(number)s đề nghị công nhận chính thức, "
            "%(agree)s trên %(members)s tán thành."
        ),
        body=Body.BASE,
        outcomes=(MeetingOutcome(body=Body.BASE, state=State.CONVERTING, passed=True),),
        asks=gettext_lazy("Ghi kết quả cấp ủy xét công nhận"),
    ),
    "conversion_short": Act(
        label=gettext_lazy("Đảng ủy cơ sở chưa đủ phiếu, biểu quyết lại"),
        sources=(State.CONVERTING,),
        permission=Permission.BASE_WORK,
        apply=fail_base_conversion,
        blocked=blocked_once_conversion_proposed,
        main=False,
        fields=COMMITTEE_BALLOT,
        sentence=gettext_lazy("Đảng ủy cơ sở chưa đề nghị công nhận, %(agree)s trên %(members)s tán thành."),
        body=Body.BASE,
        outcomes=(MeetingOutcome(body=Body.BASE, state=State.CONVERTING, passed=False),),
    ),
    "convert": Act(
        label=gettext_lazy("Ghi quyết định công nhận chính thức"),
        sources=(State.CONVERTING,),
        leads=State.OFFICIAL,
        permission=Permission.DECIDE,
        apply=recognise_member,
        blocked=blocked_before_conversion_decision,
        fields=DECISION,
        sentence=gettext_lazy("Quyết định công nhận đảng viên chính thức %(number)s."),
        body=Body.STANDING,
        acting=(Body.STANDING, Body.BRANCH),
        outcomes=(MeetingOutcome(body=Body.STANDING, state=State.CONVERTING, passed=True),),
        ends=True,
    ),
    "convert_short": Act(
        label=gettext_lazy("Ban Thường vụ chưa công nhận"),
        sources=(State.CONVERTING,),
        permission=Permission.DECIDE,
        apply=fail_recognition,
        blocked=blocked_before_conversion_proposal,
        main=False,
        fields=STANDING_BALLOT | {"reason": paragraph_field(gettext_lazy("Lý do"), required=False)},
        sentence=gettext_lazy(
            "Ban Thường vụ chưa công nhận chính thức, %(agree)s trên %(members)s tán thành."
        ),
        body=Body.STANDING,
        outcomes=(MeetingOutcome(body=Body.STANDING, state=State.CONVERTING, passed=False),),
        ends=True,
    ),
}
"""The acts between the decision and official membership."""
