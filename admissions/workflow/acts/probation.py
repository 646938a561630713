"""After the decision: the ceremony, probation, official membership."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.models import Dossier, Vote
from admissions.states import State
from admissions.workflow.act import (
    BRANCH_BALLOT,
    COMMITTEE_BALLOT,
    DECISION,
    Act,
    MeetingOutcome,
    consent_field,
    day_field,
)
from admissions.workflow.acts.blocking import (
    blocked_after_last_vote,
    blocked_by_papers,
    blocked_once_conversion_proposed,
    blocked_once_handed_over,
)
from admissions.workflow.acts.guards import (
    count_vote,
    days_in_words,
    record_paper_made,
    require_failed,
    require_number,
    require_passed,
    set_date,
)
from notation.dates import add_months


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
    _branch_reviews(dossier, on)
    require_passed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    return State.CONVERTING


def fail_conversion(dossier: Dossier, *, on: date, **ballot) -> str:
    """The branch's vote on conversion fell short; the person stays on probation and may be voted on again."""
    _branch_reviews(dossier, on)
    require_failed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    dossier.conversion_resolved_on = None
    dossier.failed_conversions += 1
    return State.PROBATIONARY


def propose_conversion(dossier: Dossier, *, on: date, **ballot) -> str:
    """The base committee proposes official membership (15-KNĐ)."""
    set_date(dossier, "conversion_base_on", on)
    require_passed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.CONVERSION, on=on, **ballot))
    return State.CONVERTING


def recognise_member(dossier: Dossier, *, on: date, number: str, **ballot) -> str:
    """Recognise an official member from the end of probation, even when decided later (docs/domain.md, rule 26)."""
    set_date(dossier, "conversion_decided_on", on)
    dossier.conversion_number = require_number(number)
    if ballot:
        require_passed(
            count_vote(
                dossier,
                Vote.Body.STANDING,
                Vote.Purpose.CONVERSION,
                on=on,
                number=dossier.conversion_number,
                **ballot,
            )
        )
    else:
        record_paper_made(dossier, "conversion", on, dossier.conversion_number, Vote.Body.STANDING)
    dossier.official_on = dossier.probation_ends_on
    return State.OFFICIAL


PROBATION_ACTS = {
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
    "hand_over": Act(
        label=gettext_lazy("Ghi ngày chi bộ nhận quyết định"),
        sources=(State.DECIDED,),
        permission=Permission.BRANCH_WORK,
        apply=hand_over_decision,
        blocked=blocked_once_handed_over,
        main=False,
        fields=day_field(gettext_lazy("Ngày chi bộ nhận quyết định")),
        sentence=gettext_lazy("Chi bộ nhận quyết định kết nạp."),
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
        outcomes=(
            MeetingOutcome(body=Body.BASE, state=State.CONVERTING, passed=True),
            MeetingOutcome(body=Body.BASE, state=State.CONVERTING, passed=False),
        ),
    ),
    "convert": Act(
        label=gettext_lazy("Ghi quyết định công nhận chính thức"),
        sources=(State.CONVERTING,),
        leads=State.OFFICIAL,
        permission=Permission.DECIDE,
        apply=recognise_member,
        blocked=blocked_by_papers("conversion", made_by="conversion"),
        fields=DECISION,
        sentence=gettext_lazy("Quyết định công nhận đảng viên chính thức %(number)s."),
        body=Body.STANDING,
        outcomes=(MeetingOutcome(body=Body.STANDING, state=State.CONVERTING, passed=True),),
    ),
}
"""The acts between the decision and official membership."""
