"""The transition table: what may be done in which state, by whom, where it leads, and what stands in its way."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.roles import Permission as P
from admissions import procedure
from admissions.procedure.vocabulary import EXTENSIONS
from admissions.rules import required_papers
from admissions.rules.deadlines import RUNNING
from admissions.states import PIPELINE
from admissions.states import State as S
from admissions.workflow import acts


class Why(str):
    """Why an act cannot be taken, as a clause; `where` names the part of the dossier's page to look at."""

    where = ""

    def __new__(cls, words, where=""):
        self = super().__new__(cls, words)
        self.where = where
        return self


@dataclass(frozen=True)
class Act:
    """One transition: what the button says, from which states, where it leads, who may, and what it does.

    `leads` is empty when the state stays. `blocked` answers in words why this dossier cannot take the act now, or
    None. A `main` act leads on; the others are ways round and out.
    """

    label: str | Promise
    sources: tuple
    leads: tuple
    permission: P
    apply: Callable
    blocked: Callable = lambda dossier: None
    main: bool = True


def _lacking(*phases, made_by=None):
    """An act is blocked while papers of `phases` are not there, where the version lets the last of them block.

    `made_by` names the step that the act itself is: its own paper is not asked for.
    """

    def blocked(dossier):
        version = procedure.version_of(dossier)
        if phases[-1] not in version.phases_that_block:
            return None
        own = version.paper_of(made_by) if made_by else None
        missing = [
            need for need in required_papers.lacking_papers(dossier, *phases) if need.paper.code != own
        ]
        if missing:
            which = ", ".join(need.paper.form for need in missing)
            return Why(_("thiếu %(n)d giấy tờ (%(which)s)") % {"n": len(missing), "which": which}, "papers")

    return blocked


def _goes_through_base(dossier):
    if dossier.branch.is_base_branch:
        return Why(_("chi bộ cơ sở gửi nghị quyết thẳng lên cấp trên, không qua đảng ủy cơ sở"), "steps")


def _may_be_received(dossier):
    if dossier.state == S.RESOLVED and not dossier.branch.is_base_branch:
        return Why(_("chưa có nghị quyết của đảng ủy cơ sở"), "steps")


def _handed_over(dossier):
    if dossier.decision_received_on:
        return Why(_("đã ghi ngày chi bộ nhận quyết định"), "steps")


def _failed_thrice(dossier):
    if dossier.reported_up:
        words = _("chi bộ đã biểu quyết %(n)d lần không đạt; báo cáo cấp trên xem xét")
        return Why(words % {"n": dossier.failed_conversions}, "votes")


def _proposed_already(dossier):
    if dossier.conversion_base_on:
        return Why(_("đã ghi nghị quyết của đảng ủy cơ sở"), "steps")
    return _goes_through_base(dossier)


def _extended(dossier):
    key = RUNNING[dossier.state]
    if getattr(dossier, EXTENSIONS[key]):
        return Why(_("đã gia hạn một lần"), "clocks")
    if not procedure.version_of(dossier).clock(key).extension:
        return Why(_("quy định không cho gia hạn"), "clocks")


DECISION_RUNS = tuple(state for state, key in RUNNING.items() if key in EXTENSIONS)
MEET = (S.PREPARING, S.RESOLVED, S.AWAITING, S.PROBATIONARY, S.CONVERTING)
"""States in which a dossier waits for a meeting that may put it off."""

ACTS = {
    "apply": Act(
        gettext_lazy("Ghi đơn xin vào Đảng"), (S.LISTED,), (S.PREPARING,), P.ENTER, acts.record_application
    ),
    "branch_agrees": Act(
        *(
            gettext_lazy("Ghi chi bộ đồng ý"),
            (S.PREPARING,),
            (S.RESOLVED,),
            P.BRANCH_WORK,
            acts.record_branch_agreement,
        ),
        _lacking("branch"),
    ),
    "branch_declines": Act(
        *(gettext_lazy("Chi bộ không đủ hai phần ba"), (S.PREPARING,), (S.REFUSED,), P.BRANCH_WORK),
        acts.record_branch_refusal,
        main=False,
    ),
    "base_agrees": Act(
        *(
            gettext_lazy("Ghi đảng ủy cơ sở đề nghị"),
            (S.RESOLVED,),
            (S.PROPOSED,),
            P.BASE_WORK,
            acts.record_base_agreement,
        ),
        _goes_through_base,
    ),
    "base_declines": Act(
        *(
            gettext_lazy("Đảng ủy cơ sở không đề nghị"),
            (S.RESOLVED,),
            (S.REFUSED,),
            P.BASE_WORK,
            acts.record_base_refusal,
        ),
        _goes_through_base,
        main=False,
    ),
    "receive": Act(
        *(
            gettext_lazy("Nhận hồ sơ để thẩm định"),
            (S.PROPOSED, S.RETURNED, S.RESOLVED),
            (S.APPRAISAL,),
            P.APPRAISE,
        ),
        acts.receive_dossier,
        _may_be_received,
    ),
    "put_forward": Act(
        *(gettext_lazy("Đề nghị kết nạp"), (S.APPRAISAL,), (S.AWAITING,), P.APPRAISE, acts.propose_admission),
        _lacking("branch", "board"),
    ),
    "ask": Act(
        *(
            gettext_lazy("Xin ý kiến Ban Thường vụ"),
            (S.APPRAISAL,),
            (S.ASKED,),
            P.APPRAISE,
            acts.ask_standing_committee,
        ),
        main=False,
    ),
    "give_back": Act(
        *(gettext_lazy("Trả lại để bổ sung"), (S.APPRAISAL,), (S.RETURNED,), P.APPRAISE, acts.return_dossier),
        main=False,
    ),
    "hold": Act(
        gettext_lazy("Để lại chờ thẩm tra"),
        (S.APPRAISAL,),
        (S.HELD,),
        P.APPRAISE,
        acts.hold_dossier,
        main=False,
    ),
    "resume": Act(
        gettext_lazy("Thẩm định tiếp"), (S.HELD, S.ASKED), (S.APPRAISAL,), P.APPRAISE, acts.resume_appraisal
    ),
    "extend": Act(
        *(gettext_lazy("Gia hạn"), DECISION_RUNS, (), P.DECIDE, acts.extend_limit), _extended, main=False
    ),
    "decide": Act(
        gettext_lazy("Ghi quyết định kết nạp"), (S.AWAITING,), (S.DECIDED,), P.DECIDE, acts.decide_admission
    ),
    "refuse": Act(
        pgettext_lazy("act", "Không kết nạp"),
        *((S.APPRAISAL, S.HELD, S.ASKED, S.AWAITING), (S.REFUSED,), P.DECIDE, acts.refuse_admission),
        main=False,
    ),
    "ceremony": Act(
        gettext_lazy("Ghi lễ kết nạp"), (S.DECIDED,), (S.PROBATIONARY,), P.BRANCH_WORK, acts.hold_ceremony
    ),
    "hand_over": Act(
        *(
            gettext_lazy("Ghi ngày chi bộ nhận quyết định"),
            (S.DECIDED,),
            (),
            P.BRANCH_WORK,
            acts.hand_over_decision,
        ),
        _handed_over,
        main=False,
    ),
    "conversion_agreed": Act(
        *(gettext_lazy("Ghi chi bộ công nhận chính thức"), (S.PROBATIONARY,), (S.CONVERTING,), P.BRANCH_WORK),
        acts.agree_conversion,
        _failed_thrice,
    ),
    "conversion_failed": Act(
        *(gettext_lazy("Chi bộ chưa công nhận"), (S.PROBATIONARY,), (), P.BRANCH_WORK, acts.fail_conversion),
        _failed_thrice,
        main=False,
    ),
    "conversion_proposed": Act(
        *(gettext_lazy("Ghi đảng ủy cơ sở đề nghị công nhận"), (S.CONVERTING,), (), P.BASE_WORK),
        acts.propose_conversion,
        _proposed_already,
    ),
    "convert": Act(
        *(
            gettext_lazy("Ghi quyết định công nhận chính thức"),
            (S.CONVERTING,),
            (S.OFFICIAL,),
            P.DECIDE,
            acts.recognise_member,
        ),
        _lacking("conversion", made_by="conversion"),
    ),
    "set_aside": Act(
        gettext_lazy("Cuộc họp để lại"), MEET, (), P.BRANCH_WORK, acts.put_off_dossier, main=False
    ),
    "refer": Act(
        gettext_lazy("Cuộc họp xin ý kiến cấp trên"), MEET, (), P.BRANCH_WORK, acts.refer_upward, main=False
    ),
    "move": Act(
        *(gettext_lazy("Chuyển sang chi bộ khác"), (*PIPELINE, S.DECIDED, S.PROBATIONARY, S.CONVERTING)),
        *((S.PREPARING,), P.APPRAISE, acts.move_dossier),
        main=False,
    ),
    "withdraw": Act(
        pgettext_lazy("act", "Đưa ra khỏi danh sách"),
        *(PIPELINE, (S.WITHDRAWN,), P.ENTER, acts.withdraw_candidate),
        main=False,
    ),
    "relist": Act(
        *(
            gettext_lazy("Đưa lại vào danh sách cảm tình Đảng"),
            (S.REFUSED, S.WITHDRAWN),
            (S.LISTED,),
            P.ENTER,
        ),
        acts.relist_candidate,
    ),
    "leave": Act(
        gettext_lazy("Ghi xóa tên, ra khỏi Đảng"),
        *((S.PROBATIONARY, S.CONVERTING, S.OFFICIAL), (S.LEFT,), P.DECIDE, acts.leave_party),
        main=False,
    ),
    "annul": Act(
        pgettext_lazy("act", "Hủy quyết định kết nạp"),
        *((S.DECIDED, S.PROBATIONARY, S.CONVERTING, S.OFFICIAL), (S.ANNULLED,), P.ANNUL, acts.annul_decision),
        main=False,
    ),
}
"""Every act, in the order of the procedure."""


def draw_transitions():
    """The table as a state diagram in Mermaid's notation; `docs/states.md` holds it, a test compares."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.LISTED.value}: enter"]
    for action, act in ACTS.items():
        for source in act.sources:
            targets = act.leads if action != "move" or source == S.RESOLVED else ()
            for target in targets or (source,):
                lines.append(f"    {source.value} --> {target.value}: {action}")
    return "\n".join(lines) + "\n"
