"""While a person is on the source list: what the branch proposes, what the base committee says, who helps them."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.choices import Body, Proposal
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier, Reason
from admissions.rules import document_numbers
from admissions.states import ON_CONVERSION, PIPELINE, State
from admissions.workflow.act import (
    MEETING_DAY,
    Act,
    Field,
    FieldKind,
    Why,
    day_field,
    number_field,
    paragraph_field,
    reason_fields,
)
from admissions.workflow.acts.guards import refuse_before_state, refuse_future, require_number, require_reason
from notation.dates import dmy
from notation.vietnamese import clean

# What the branch proposes


def propose_source(
    dossier: Dossier, *, on: date, what: str, number: str, reason: str = "", registered: bool = False
) -> str:
    """The branch proposes something for a person on its list, by its resolution `number` (HD 38, 1.1).

    A review enters its resolution in the branch's register of documents: `registered`.
    """
    with gather_refusals() as refusals:
        with refusals:
            refuse_before_state(dossier, on)
        with refusals:
            require_number(number)
        with refusals:
            if what not in Proposal.values:
                raise Refused({"what": _("Chọn việc chi bộ đề nghị.")})
        with refusals:
            if what == Proposal.REMOVAL:
                require_reason(reason)
    if registered:
        document_numbers.register_number(dossier, Body.BRANCH, number, on)
    dossier.proposal, dossier.proposed_on = what, on
    return dossier.state


def agree_proposal(dossier: Dossier, *, on: date, number: str = "") -> str:
    """The base committee agrees: to the person as a source, to the class, or to the procedure (HD 38, 1.1)."""
    _take_up_proposal(dossier, on)
    if dossier.proposal == Proposal.CLASS:
        dossier.class_agreed_on = on
    if dossier.proposal == Proposal.PROCEDURE:
        dossier.permitted_on = on
    return _settle(dossier, dossier.state)


def agree_removal(dossier: Dossier, *, on: date, number: str = "") -> str:
    """The base committee agrees that the person leaves the list."""
    _take_up_proposal(dossier, on)
    return _settle(dossier, State.WITHDRAWN)


def keep_source(dossier: Dossier, *, on: date, reason: str) -> str:
    """The base committee does not agree: the person stays on the list as they are, and may be proposed again."""
    with gather_refusals() as refusals:
        with refusals:
            _take_up_proposal(dossier, on)
        with refusals:
            require_reason(reason)
    return _settle(dossier, dossier.state)


def _take_up_proposal(dossier, on):
    refuse_before_state(dossier, on)
    if dossier.proposed_on and on < dossier.proposed_on:
        words = _("%(day)s trước ngày chi bộ đề nghị (%(proposed)s).")
        raise Refused({"on": words % {"day": dmy(on), "proposed": dmy(dossier.proposed_on)}})


def _settle(dossier, state):
    dossier.proposal, dossier.proposed_on = "", None
    return state


def blocked_by_open_proposal(dossier: Dossier) -> Why | None:
    """One proposal at a time waits for the base committee."""
    if dossier.proposal:
        words = _("chi bộ đã đề nghị “%(what)s” ngày %(day)s, chờ cấp ủy cơ sở")
        values = {"what": dossier.get_proposal_display(), "day": dmy(dossier.proposed_on)}
        return Why(words % values, "steps", settled=True)
    return None


def blocked_without_proposal(*kinds: Proposal) -> Callable[[Dossier], Why | None]:
    """Block an answer unless a proposal of one of `kinds` waits for it."""

    def blocked(dossier):
        if dossier.proposal not in kinds:
            return Why(_("chi bộ chưa đề nghị"), "steps", settled=True)
        return None

    return blocked


# Who helps


def change_helper(dossier: Dossier, *, on: date, helper: str, reason: str) -> str:
    """The branch assigns another member to help the candidate or the probationer (HD 06, 3.10)."""
    helper = clean(helper)
    with gather_refusals() as refusals:
        with refusals:
            _refuse_before_listing(dossier, on)
        with refusals:
            if helper == dossier.helper:
                raise Refused({"helper": _("Đồng chí này đang được phân công giúp đỡ.")})
        with refusals:
            require_reason(reason)
    dossier.helper = helper
    return dossier.state


def remark_helper(dossier: Dossier, *, on: date, helper: str, text: str) -> str:
    """A helper's remark on the person, for the period in which its day lies (docs/domain.md, 2.6).

    Whether `helper` ever helped is for the form to ask: a name that is corrected later is corrected here too.
    """
    with gather_refusals() as refusals:
        with refusals:
            _refuse_before_listing(dossier, on)
        with refusals:
            if not clean(helper):
                raise Refused({"helper": _("Chọn người nhận xét.")})
        with refusals:
            if not clean(text):
                raise Refused({"text": _("Ghi nội dung nhận xét.")})
    return dossier.state


def _refuse_before_listing(dossier, on):
    refuse_future(on)
    if on < dossier.listed_on:
        words = _("%(day)s trước ngày vào danh sách (%(listed)s).")
        raise Refused({"on": words % {"day": dmy(on), "listed": dmy(dossier.listed_on)}})


HELPED = (*PIPELINE, State.DECIDED, *ON_CONVERSION)
"""States in which a member is assigned to help the person."""

_OPINION_DAY = day_field(gettext_lazy("Ngày cấp ủy cơ sở cho ý kiến"))
_OPINION_NUMBER = {
    "number": Field(
        label=gettext_lazy("Số văn bản, nếu có"), kind=FieldKind.LINE, max_length=40, required=False
    )
}

LISTING_ACTS = {
    "propose_source": Act(
        label=gettext_lazy("Ghi đề nghị của chi bộ"),
        sources=(State.LISTED,),
        permission=Permission.BRANCH_WORK,
        apply=propose_source,
        blocked=blocked_by_open_proposal,
        main=False,
        fields=MEETING_DAY
        | {
            "what": Field(
                label=gettext_lazy("Chi bộ đề nghị"), kind=FieldKind.CHOICE, choices=tuple(Proposal.choices)
            )
        }
        | number_field(gettext_lazy("Số nghị quyết"))
        | {"reason": paragraph_field(gettext_lazy("Lý do, nếu đưa ra khỏi danh sách"), required=False)},
        sentence=gettext_lazy("Chi bộ đề nghị: %(what)s, nghị quyết %(number)s."),
        sentence_with={
            "reason": gettext_lazy("Chi bộ đề nghị: %(what)s, nghị quyết %(number)s: “%(reason)s”.")
        },
    ),
    "agree_proposal": Act(
        label=gettext_lazy("Cấp ủy cơ sở đồng ý"),
        sources=(State.LISTED,),
        permission=Permission.BASE_WORK,
        acting=(Body.BRANCH,),
        apply=agree_proposal,
        blocked=blocked_without_proposal(Proposal.LISTING, Proposal.CLASS, Proposal.PROCEDURE),
        main=False,
        fields=_OPINION_DAY | _OPINION_NUMBER,
        sentence=gettext_lazy("Cấp ủy cơ sở đồng ý với đề nghị của chi bộ."),
        sentence_with={
            "number": gettext_lazy("Cấp ủy cơ sở đồng ý với đề nghị của chi bộ, văn bản %(number)s.")
        },
    ),
    "agree_removal": Act(
        label=gettext_lazy("Cấp ủy cơ sở đồng ý đưa ra khỏi danh sách"),
        sources=(State.LISTED,),
        leads=State.WITHDRAWN,
        permission=Permission.BASE_WORK,
        acting=(Body.BRANCH,),
        apply=agree_removal,
        blocked=blocked_without_proposal(Proposal.REMOVAL),
        main=False,
        fields=_OPINION_DAY | _OPINION_NUMBER,
        sentence=gettext_lazy("Cấp ủy cơ sở đồng ý đưa ra khỏi danh sách cảm tình Đảng."),
        ends=True,
    ),
    "keep_source": Act(
        label=gettext_lazy("Cấp ủy cơ sở giữ, chưa đồng ý"),
        sources=(State.LISTED,),
        permission=Permission.BASE_WORK,
        acting=(Body.BRANCH,),
        apply=keep_source,
        blocked=blocked_without_proposal(*Proposal),
        main=False,
        fields=_OPINION_DAY | {"reason": paragraph_field(gettext_lazy("Lý do, xét lại khi nào"))},
        sentence=gettext_lazy("Cấp ủy cơ sở chưa đồng ý, giữ trong danh sách: “%(reason)s”."),
    ),
    "change_helper": Act(
        label=gettext_lazy("Đổi người giúp đỡ"),
        sources=HELPED,
        permission=Permission.BRANCH_WORK,
        apply=change_helper,
        main=False,
        fields=day_field(gettext_lazy("Từ ngày"))
        | {"helper": Field(label=gettext_lazy("Người giúp đỡ mới"), kind=FieldKind.PERSON, max_length=120)}
        | reason_fields(Reason.Use.HELPER),
        sentence=gettext_lazy("Đ/c %(helper)s được phân công giúp đỡ: “%(reason)s”."),
    ),
    "remark_helper": Act(
        label=gettext_lazy("Ghi nhận xét của người giúp đỡ"),
        sources=HELPED,
        permission=Permission.BRANCH_WORK,
        apply=remark_helper,
        main=False,
        fields=day_field(gettext_lazy("Nhận xét đến ngày"))
        | {
            "helper": Field(label=gettext_lazy("Người nhận xét"), kind=FieldKind.HELPER),
            "text": Field(
                label=gettext_lazy(
                    "Nhận xét: ưu điểm, khuyết điểm, chính trị, nhận thức, đạo đức, việc được giao"
                ),
                kind=FieldKind.PARAGRAPH,
                max_length=2000,
            ),
        },
        sentence=gettext_lazy("Đ/c %(helper)s nhận xét: “%(text)s”."),
    ),
}
"""The acts on the source list, and the change of whoever helps."""
