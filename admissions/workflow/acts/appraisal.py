"""The organisation board appraises, the standing committee decides."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.choices import Body
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier, Reason, Vote
from admissions.models.admission_facts import READ_FROM
from admissions.procedure.vocabulary import EXTENSIONS
from admissions.rules.deadlines import RUNNING
from admissions.rules.unit_of_day import branch_of_day
from admissions.states import State
from admissions.workflow.act import (
    DECISION,
    Act,
    Field,
    FieldKind,
    MeetingOutcome,
    day_field,
    paragraph_field,
    reason_fields,
)
from admissions.workflow.acts.blocking import (
    blocked_before_base_resolution,
    blocked_by_papers,
    blocked_once_extended,
)
from admissions.workflow.acts.guards import (
    count_vote,
    days_in_words,
    record_decision,
    refuse_before_state,
    refuse_future,
    require_day_and_reason,
    require_failed,
    require_reason,
    set_date,
)
from branches.successions import describe_absence
from notation.vietnamese import clean


def receive_dossier(dossier: Dossier, *, on: date) -> str:
    """The organisation board receives the dossier, the first time or after a return."""
    if dossier.received_on and on < dossier.state_since:
        words = _("%(day)s trước ngày trả lại %(back)s.")
        raise Refused({"on": words % days_in_words(day=on, back=dossier.state_since)})
    set_date(dossier, "received_on", on)
    return State.APPRAISAL


def return_dossier(dossier: Dossier, *, on: date, reason: str) -> str:
    """Return for completion: no refusal, the resolutions stand, the return is counted (docs/domain.md, rule 20)."""
    require_day_and_reason(dossier, on, reason)
    dossier.returns += 1
    return State.RETURNED


def send_again(dossier: Dossier, *, on: date, answer: str = "") -> str:
    """The unit has completed the dossier and sends it back to the board; it waits to be received again."""
    refuse_before_state(dossier, on)
    return State.RESENT


def hold_dossier(dossier: Dossier, *, on: date, reason: str) -> str:
    """The dossier stays with the board until a check is done."""
    require_day_and_reason(dossier, on, reason)
    return State.HELD


def ask_standing_committee(dossier: Dossier, *, on: date, reason: str) -> str:
    """The board asks the standing committee for its opinion before it proposes or not."""
    require_day_and_reason(dossier, on, reason)
    return State.ASKED


def resume_appraisal(dossier: Dossier, *, on: date, opinion: str = "") -> str:
    """The check is done or the committee has said its opinion: appraisal goes on."""
    refuse_before_state(dossier, on)
    return State.APPRAISAL


def propose_admission(dossier: Dossier, *, on: date) -> str:
    """The board proposes admission to the standing committee."""
    refuse_before_state(dossier, on)
    set_date(dossier, "put_forward_on", on)
    return State.AWAITING


def extend_limit(dossier: Dossier, *, on: date, days: int, reason: str) -> str:
    """The limit of the decision is extended, once, by at most as many working days as the procedure allows."""
    clock = procedure.version_of(dossier).clock(RUNNING[dossier.state])
    with gather_refusals() as refusals:
        with refusals:
            refuse_future(on)
        with refusals:
            require_reason(reason)
        with refusals:
            if days < 1 or (days > clock.extension and clock.confidence == "verified"):
                words = _("Gia hạn từ 1 đến %(n)d ngày làm việc (%(clause)s).")
                raise Refused({"days": words % {"n": clock.extension, "clause": clock.clause}})
    setattr(dossier, EXTENSIONS[clock.key], days)
    return dossier.state


def decide_admission(dossier: Dossier, *, on: date, number: str, **ballot) -> str:
    """The standing committee's decision (9-KNĐ): from this day party age runs, and the figures are fixed.

    `ballot` is the committee's vote where the meeting recorded one.
    """
    dossier.decision_number = clean(number)
    with gather_refusals() as refusals:
        with refusals:
            set_date(dossier, "decided_on", on)
        with refusals:
            record_decision(dossier, _STANDING, on=on, number=number, ballot=ballot)
    _freeze(dossier)
    return State.DECIDED


_STANDING = (Vote.Body.STANDING, Vote.Purpose.ADMISSION)


def _freeze(dossier):
    for column, read in READ_FROM.items():
        setattr(dossier, column, read(dossier))
    branch = branch_of_day(dossier, dossier.decided_on)
    if not branch.exists_on(dossier.decided_on):  # its figures are those of a unit that stood that day
        raise Refused({"on": describe_absence(branch, dossier.decided_on)})
    dossier.admitted_branch, dossier.admitted_rural = branch, branch.rural
    dossier.admitted_commune = branch.base_organisation


def refuse_admission(dossier: Dossier, *, on: date, reason: str, **ballot) -> str:
    """The competent body does not admit; `ballot` is its vote where a meeting recorded one."""
    with gather_refusals() as refusals:
        with refusals:
            require_day_and_reason(dossier, on, reason)
        with refusals:
            if ballot:
                require_failed(count_vote(dossier, *_STANDING, on=on, number="", **ballot))
    return State.REFUSED


APPRAISAL_ACTS = {
    "receive": Act(
        label=gettext_lazy("Nhận hồ sơ để thẩm định"),
        sources=(State.PROPOSED, State.RETURNED, State.RESENT, State.RESOLVED),
        leads=State.APPRAISAL,
        permission=Permission.APPRAISE,
        apply=receive_dossier,
        blocked=blocked_before_base_resolution,
        fields=day_field(gettext_lazy("Ngày nhận hồ sơ")),
        sentence=gettext_lazy("Ban Tổ chức nhận hồ sơ."),
    ),
    "put_forward": Act(
        label=gettext_lazy("Đề nghị kết nạp"),
        sources=(State.APPRAISAL,),
        leads=State.AWAITING,
        permission=Permission.APPRAISE,
        apply=propose_admission,
        blocked=blocked_by_papers("branch", "board"),
        fields=day_field(gettext_lazy("Ngày trình Ban Thường vụ")),
        sentence=gettext_lazy("%(by)s trình Ban Thường vụ, đề nghị kết nạp."),
    ),
    "ask": Act(
        label=gettext_lazy("Xin ý kiến Ban Thường vụ"),
        sources=(State.APPRAISAL,),
        leads=State.ASKED,
        permission=Permission.APPRAISE,
        apply=ask_standing_committee,
        main=False,
        fields=day_field(gettext_lazy("Ngày xin ý kiến"))
        | {"reason": paragraph_field(gettext_lazy("Vấn đề xin ý kiến"))},
        sentence=gettext_lazy("%(by)s xin ý kiến Ban Thường vụ: “%(reason)s”."),
    ),
    "give_back": Act(
        label=gettext_lazy("Trả lại để bổ sung"),
        sources=(State.APPRAISAL,),
        leads=State.RETURNED,
        permission=Permission.APPRAISE,
        apply=return_dossier,
        main=False,
        fields=day_field(gettext_lazy("Ngày trả lại")) | reason_fields(Reason.Use.GIVE_BACK),
        sentence=gettext_lazy("%(by)s trả lại hồ sơ: “%(reason)s”."),
    ),
    "send_again": Act(
        label=gettext_lazy("Ghi đã bổ sung, gửi lại"),
        sources=(State.RETURNED,),
        leads=State.RESENT,
        permission=Permission.ENTER,
        apply=send_again,
        fields=day_field(gettext_lazy("Ngày gửi lại"))
        | {"answer": paragraph_field(gettext_lazy("Đã bổ sung những gì"), required=False)},
        sentence=gettext_lazy("%(by)s gửi lại hồ sơ đã bổ sung."),
        sentence_with={"answer": gettext_lazy("%(by)s gửi lại hồ sơ đã bổ sung: “%(answer)s”.")},
    ),
    "hold": Act(
        label=gettext_lazy("Để lại chờ thẩm tra"),
        sources=(State.APPRAISAL,),
        leads=State.HELD,
        permission=Permission.APPRAISE,
        apply=hold_dossier,
        main=False,
        fields=day_field(gettext_lazy("Từ ngày")) | reason_fields(Reason.Use.HOLD),
        sentence=gettext_lazy("%(by)s để lại, chờ thẩm tra: “%(reason)s”."),
    ),
    "resume": Act(
        label=gettext_lazy("Thẩm định tiếp"),
        sources=(State.HELD, State.ASKED),
        leads=State.APPRAISAL,
        permission=Permission.APPRAISE,
        apply=resume_appraisal,
        fields=day_field(gettext_lazy("Từ ngày"))
        | {"opinion": paragraph_field(gettext_lazy("Ý kiến, kết quả thẩm tra"), required=False)},
        sentence=gettext_lazy("%(by)s thẩm định tiếp."),
        sentence_with={"opinion": gettext_lazy("%(by)s thẩm định tiếp; ý kiến: “%(opinion)s”.")},
    ),
    "extend": Act(
        label=gettext_lazy("Gia hạn"),
        sources=tuple(State(state) for state, clock in RUNNING.items() if clock in EXTENSIONS),
        permission=Permission.DECIDE,
        apply=extend_limit,
        blocked=blocked_once_extended,
        main=False,
        fields=day_field(gettext_lazy("Ngày cho gia hạn"))
        | {"days": Field(label=gettext_lazy("Số ngày làm việc"), kind=FieldKind.DAYS)}
        | reason_fields(Reason.Use.EXTEND),
        sentence=gettext_lazy("Gia hạn thêm %(days)s ngày làm việc: “%(reason)s”."),
    ),
    "decide": Act(
        label=gettext_lazy("Ghi quyết định kết nạp"),
        sources=(State.AWAITING,),
        leads=State.DECIDED,
        permission=Permission.DECIDE,
        apply=decide_admission,
        fields=DECISION,
        sentence=gettext_lazy("Ban Thường vụ ký quyết định kết nạp %(number)s."),
        body=Body.STANDING,
        acting=(Body.STANDING, Body.BRANCH),
        outcomes=(MeetingOutcome(body=Body.STANDING, state=State.AWAITING, passed=True),),
        ends=True,
    ),
    "refuse": Act(
        label=pgettext_lazy("act", "Không kết nạp"),
        sources=(State.APPRAISAL, State.HELD, State.ASKED, State.AWAITING),
        leads=State.REFUSED,
        permission=Permission.DECIDE,
        apply=refuse_admission,
        main=False,
        fields=day_field(gettext_lazy("Ngày")) | reason_fields(Reason.Use.REFUSE),
        sentence=gettext_lazy("Không kết nạp: “%(reason)s”."),
        outcomes=(MeetingOutcome(body=Body.STANDING, state=State.AWAITING, passed=False),),
        ends=True,
    ),
}
"""The acts of the organisation board, and the decision."""
