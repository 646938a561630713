"""Ways out, back and elsewhere: put off by a meeting, to another unit, off the list and on it, out of the Party."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.choices import AnnulmentKind, Body, Leaving
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier, Meeting, Paper, Reason
from admissions.states import PIPELINE, State
from admissions.workflow.act import (
    DECISION,
    MEETING_DAY,
    REASON_IN_WORDS,
    Act,
    Field,
    FieldKind,
    day_field,
    number_field,
    reason_fields,
)
from admissions.workflow.acts.blocking import blocked_when_decided_elsewhere
from admissions.workflow.acts.guards import (
    refuse_before_state,
    register_decision,
    require_day_and_reason,
)
from branches.models import Organisation
from notation.vietnamese import clean

ROUND = ("applied_on", "branch_resolved_on", "base_resolved_on", "received_on", "put_forward_on")
"""What a new round starts without; the old round stays in the events, the votes and their resolutions."""


def withdraw_candidate(dossier: Dossier, *, on: date, reason: str) -> str:
    """Off the list: the candidate withdrew, moved away, or no longer qualifies."""
    require_day_and_reason(dossier, on, reason)
    return State.WITHDRAWN


def relist_candidate(dossier: Dossier, *, on: date) -> str:
    """Back on the source list; a new round begins, under whatever procedure its branch meeting will find."""
    refuse_before_state(dossier, on)
    for column in ROUND:
        setattr(dossier, column, None)
    dossier.listed_on, dossier.procedure = on, ""
    dossier.class_agreed_on = dossier.permitted_on = dossier.proposed_on = None
    dossier.proposal = ""
    dossier.returns = dossier.decision_extension = 0
    dossier.papers.exclude(code=procedure.CERTIFICATE).update(had=False, note=_("của lần trước"))
    return State.LISTED


def put_off_dossier(dossier: Dossier, *, on: date, reason: str, meeting: Meeting | None = None) -> str:
    """A meeting put the dossier off; it stays where it is and no clock starts."""
    require_day_and_reason(dossier, on, reason)
    return dossier.state


def refer_upward(dossier: Dossier, *, on: date, reason: str, meeting: Meeting | None = None) -> str:
    """A meeting asks the committee above before it votes; the dossier stays where it is."""
    return put_off_dossier(dossier, on=on, reason=reason)


PROPOSED = PIPELINE[PIPELINE.index(State.PROPOSED) :]
"""Proposed by the base committee already: the move goes with an official letter of its own (17B-KNĐ)."""


def move_dossier(dossier: Dossier, *, on: date, branch: Organisation, helper: str, number: str = "") -> str:
    """To another branch in mid-procedure (HD 01/2021, 5.1; HD 06, 3.9 from 09/6/2025).

    Its certificate comes along, a new helper is assigned.

    A resolution that only the old branch has made is made again by the new one; what the base committee has
    proposed goes on. The facts of an admission stay those of the branch that admitted.
    """
    with gather_refusals() as refusals:
        with refusals:
            refuse_before_state(dossier, on)
        with refusals:
            _require_other_branch(dossier, branch, on)
    code = "17B-KND" if dossier.state in PROPOSED else "17-KND"
    made = {"had": True, "dated_on": on, "number": clean(number)}
    Paper.objects.update_or_create(dossier=dossier, code=code, defaults=made)
    dossier.branch, dossier.commune = branch, branch.base_organisation
    dossier.helper, dossier.moved_on = clean(helper), on
    if dossier.state != State.RESOLVED:
        return dossier.state
    dossier.branch_resolved_on, dossier.procedure = None, ""
    dossier.papers.filter(code=paper_of_branch(dossier)).update(had=False, note=_("của chi bộ cũ"))
    return State.PREPARING


def _require_other_branch(dossier, branch, on):
    if branch.pk == dossier.branch_id:
        raise Refused({"branch": _("Hồ sơ đang ở chi bộ này.")})
    if not branch.is_branch or not branch.exists_on(on):
        words = _("%(unit)s không phải là chi bộ có vào ngày này.")
        raise Refused({"branch": words % {"unit": branch.title}})


def paper_of_branch(dossier: Dossier) -> str:
    return procedure.version_of(dossier).paper_of("branch")


def leave_party(dossier: Dossier, *, on: date, how: str, number: str, reason: str) -> str:
    """The member's name is deleted, or they left the Party otherwise; the admission stays in its figures."""
    with gather_refusals() as refusals:
        with refusals:
            require_day_and_reason(dossier, on, reason)
        with refusals:
            register_decision(dossier, number, on)
        with refusals:
            if how not in Leaving.values:
                raise Refused({"how": _("Chọn cách ra khỏi Đảng.")})
    dossier.left_on, dossier.left_how = on, how
    return State.LEFT


def annul_decision(dossier: Dossier, *, on: date, kind: str, number: str, reason: str) -> str:
    """The decision is annulled; the record stays with its kind (docs/domain.md, rule 29).

    Wrong criteria end it; after a wrong competence or procedure a new dossier does the procedure again (QĐ 29, 4.4).
    """
    with gather_refusals() as refusals:
        with refusals:
            require_day_and_reason(dossier, on, reason)
        with refusals:
            register_decision(dossier, number, on)
        with refusals:
            if kind not in AnnulmentKind.values:
                raise Refused({"kind": _("Chọn lý do hủy.")})
    dossier.annulled_on, dossier.annulment_kind = on, kind
    return State.ANNULLED


AT_A_MEETING = {
    State.PREPARING: Body.BRANCH,
    State.RESOLVED: Body.BASE,
    State.AWAITING: Body.STANDING,
    State.PROBATIONARY: Body.BRANCH,
    State.CONVERTING: Body.BASE,
}
"""States in which a dossier waits for a meeting that may put it off, and whose meeting it is, when none is named."""

EXIT_ACTS = {
    "set_aside": Act(
        label=gettext_lazy("Cuộc họp để lại"),
        sources=tuple(AT_A_MEETING),
        permission=Permission.BRANCH_WORK,
        acting=AT_A_MEETING,
        apply=put_off_dossier,
        main=False,
        fields=MEETING_DAY | reason_fields(Reason.Use.SET_ASIDE),
        sentence=gettext_lazy("Cuộc họp để lại: “%(reason)s”."),
        puts_off=True,
    ),
    "refer": Act(
        label=gettext_lazy("Cuộc họp xin ý kiến cấp trên"),
        sources=tuple(AT_A_MEETING),
        permission=Permission.BRANCH_WORK,
        acting=AT_A_MEETING,
        apply=refer_upward,
        main=False,
        fields=MEETING_DAY | REASON_IN_WORDS,
        sentence=gettext_lazy("Cuộc họp xin ý kiến cấp trên: “%(reason)s”."),
        puts_off=True,
    ),
    "move": Act(
        label=gettext_lazy("Chuyển sang chi bộ khác"),
        sources=(*PIPELINE, State.DECIDED, State.PROBATIONARY, State.CONVERTING),
        leads=State.PREPARING,
        leads_from=(State.RESOLVED,),
        permission=Permission.APPRAISE,
        apply=move_dossier,
        main=False,
        fields=day_field(gettext_lazy("Ngày chuyển"))
        | number_field(gettext_lazy("Số giấy chứng nhận hoặc công văn"))
        | {
            "branch": Field(label=gettext_lazy("Chi bộ mới"), kind=FieldKind.BRANCH),
            "helper": Field(label=gettext_lazy("Người giúp đỡ mới"), kind=FieldKind.PERSON, max_length=120),
        },
        sentence=gettext_lazy("%(by)s chuyển hồ sơ sang %(branch)s; người giúp đỡ mới: %(helper)s."),
    ),
    "withdraw": Act(
        label=pgettext_lazy("act", "Đưa ra khỏi danh sách"),
        sources=PIPELINE,
        leads=State.WITHDRAWN,
        permission=Permission.ENTER,
        apply=withdraw_candidate,
        main=False,
        fields=day_field(gettext_lazy("Ngày")) | reason_fields(Reason.Use.WITHDRAW),
        sentence=gettext_lazy("Đưa ra khỏi danh sách: “%(reason)s”."),
        ends=True,
    ),
    "relist": Act(
        label=gettext_lazy("Đưa lại vào danh sách cảm tình Đảng"),
        sources=(State.REFUSED, State.WITHDRAWN, State.DUPLICATE),
        leads=State.LISTED,
        permission=Permission.ENTER,
        apply=relist_candidate,
        fields=day_field(gettext_lazy("Ngày vào lại danh sách")),
        sentence=gettext_lazy("Đưa lại vào danh sách cảm tình Đảng."),
    ),
    "leave": Act(
        label=gettext_lazy("Ghi xóa tên, ra khỏi Đảng"),
        sources=(State.PROBATIONARY, State.CONVERTING, State.OFFICIAL),
        leads=State.LEFT,
        permission=Permission.DECIDE,
        apply=leave_party,
        main=False,
        fields=DECISION
        | {
            "how": Field(
                label=gettext_lazy("Ra khỏi Đảng vì"), kind=FieldKind.CHOICE, choices=tuple(Leaving.choices)
            )
        }
        | REASON_IN_WORDS,
        sentence=gettext_lazy("Không còn là đảng viên, quyết định %(number)s: “%(reason)s”."),
        body=Body.STANDING,
        ends=True,
    ),
    "annul": Act(
        label=pgettext_lazy("act", "Hủy quyết định kết nạp"),
        sources=(State.DECIDED, State.PROBATIONARY, State.CONVERTING, State.OFFICIAL),
        leads=State.ANNULLED,
        permission=Permission.ANNUL,
        apply=annul_decision,
        blocked=blocked_when_decided_elsewhere,
        main=False,
        fields=day_field(gettext_lazy("Ngày ký quyết định hủy"))
        | number_field(gettext_lazy("Số quyết định hủy"))
        | {
            "kind": Field(
                label=gettext_lazy("Lý do hủy"), kind=FieldKind.CHOICE, choices=tuple(AnnulmentKind.choices)
            )
        }
        | REASON_IN_WORDS,
        sentence=gettext_lazy("Hủy quyết định kết nạp bằng quyết định %(number)s: “%(reason)s”."),
        ends=True,
    ),
}
"""The acts that put off, move, end or begin again."""
