"""From the list to the resolution of the base committee."""

from datetime import date

from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.choices import Body
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier, Vote
from admissions.rules import conditions
from admissions.states import State
from admissions.workflow.act import (
    BRANCH_BALLOT,
    COMMITTEE_BALLOT,
    Act,
    MeetingOutcome,
    consent_field,
    day_field,
)
from admissions.workflow.acts.blocking import blocked_by_papers, blocked_without_base_committee
from admissions.workflow.acts.guards import count_vote, require_failed, require_passed, set_date
from notation.vietnamese import clean


def record_application(dossier: Dossier, *, on: date) -> str:
    """The candidate hands in the application (1-KNĐ) and work on the dossier begins."""
    set_date(dossier, "applied_on", on)
    return State.PREPARING


def _branch_meets(dossier, on, consent):
    set_date(dossier, "branch_resolved_on", on)
    try:
        dossier.procedure = procedure.version_in_force(on).key
    except procedure.NoProcedure as error:
        raise Refused({"on": str(error)}) from error
    blocking = [
        c.sentence for c in conditions.check_conditions(dossier, on, consent=clean(consent)) if c.blocks
    ]
    if blocking:
        raise Refused({"on": blocking})


def record_branch_agreement(dossier: Dossier, *, on: date, consent: str = "", **ballot) -> str:
    """The branch proposes admission by two thirds of its official members; binds the procedure in force that day."""
    with gather_refusals() as refusals:
        with refusals:
            _branch_meets(dossier, on, consent)
        with refusals:
            require_passed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.RESOLVED


def record_branch_refusal(dossier: Dossier, *, on: date, consent: str = "", **ballot) -> str:
    """The branch's vote fell short; the dossier stops here."""
    with gather_refusals() as refusals:
        with refusals:
            _branch_meets(dossier, on, consent)
        with refusals:
            require_failed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.REFUSED


def record_base_agreement(dossier: Dossier, *, on: date, **ballot) -> str:
    """The base committee proposes admission to the district."""
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "base_resolved_on", on)
        with refusals:
            require_passed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.PROPOSED


def record_base_refusal(dossier: Dossier, *, on: date, **ballot) -> str:
    """The base committee does not propose admission; the dossier stops here."""
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "base_resolved_on", on)
        with refusals:
            require_failed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.REFUSED


_WITH_CONSENT = BRANCH_BALLOT | consent_field(
    gettext_lazy("Văn bản đồng ý của Ban Thường vụ Tỉnh ủy (nếu quá 60 tuổi)")
)

PROPOSAL_ACTS = {
    "apply": Act(
        label=gettext_lazy("Ghi đơn xin vào Đảng"),
        sources=(State.LISTED,),
        leads=State.PREPARING,
        permission=Permission.ENTER,
        apply=record_application,
        fields=day_field(gettext_lazy("Ngày ghi trong đơn")),
        sentence=gettext_lazy("%(by)s ghi đơn xin vào Đảng."),
    ),
    "branch_agrees": Act(
        label=gettext_lazy("Ghi chi bộ đồng ý"),
        sources=(State.PREPARING,),
        leads=State.RESOLVED,
        permission=Permission.BRANCH_WORK,
        apply=record_branch_agreement,
        blocked=blocked_by_papers("branch"),
        fields=_WITH_CONSENT,
        sentence=gettext_lazy(
            "Chi bộ ra nghị quyết %(number)s đề nghị kết nạp, %(agree)s trên %(members)s đồng ý."
        ),
        body=Body.BRANCH,
        outcomes=(MeetingOutcome(body=Body.BRANCH, state=State.PREPARING, passed=True),),
        shows_conditions=True,
        shows_papers=("branch",),
        asks=gettext_lazy("Ghi kết quả họp chi bộ"),
    ),
    "branch_declines": Act(
        label=gettext_lazy("Chi bộ không đủ hai phần ba"),
        sources=(State.PREPARING,),
        leads=State.REFUSED,
        permission=Permission.BRANCH_WORK,
        apply=record_branch_refusal,
        main=False,
        fields=_WITH_CONSENT,
        sentence=gettext_lazy("Chi bộ xét không đủ hai phần ba, %(agree)s trên %(members)s đồng ý."),
        body=Body.BRANCH,
        outcomes=(MeetingOutcome(body=Body.BRANCH, state=State.PREPARING, passed=False),),
        shows_conditions=True,
    ),
    "base_agrees": Act(
        label=gettext_lazy("Ghi đảng ủy cơ sở đề nghị"),
        sources=(State.RESOLVED,),
        leads=State.PROPOSED,
        permission=Permission.BASE_WORK,
        apply=record_base_agreement,
        blocked=blocked_without_base_committee,
        fields=COMMITTEE_BALLOT,
        sentence=gettext_lazy(
            "Đảng ủy cơ sở ra nghị quyết %(number)s đề nghị kết nạp, %(agree)s trên %(members)s tán thành."
        ),
        body=Body.BASE,
        outcomes=(MeetingOutcome(body=Body.BASE, state=State.RESOLVED, passed=True),),
        asks=gettext_lazy("Ghi kết quả họp cấp ủy cơ sở"),
    ),
    "base_declines": Act(
        label=gettext_lazy("Đảng ủy cơ sở không đề nghị"),
        sources=(State.RESOLVED,),
        leads=State.REFUSED,
        permission=Permission.BASE_WORK,
        apply=record_base_refusal,
        blocked=blocked_without_base_committee,
        main=False,
        fields=COMMITTEE_BALLOT,
        sentence=gettext_lazy("Đảng ủy cơ sở không đề nghị, %(agree)s trên %(members)s tán thành."),
        body=Body.BASE,
        outcomes=(MeetingOutcome(body=Body.BASE, state=State.RESOLVED, passed=False),),
    ),
}
"""The acts from the list to the resolution of the base committee."""
