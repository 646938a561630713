"""What stands in the way of an act: each function answers with a clause for the person who asks, or None."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.models import Dossier
from admissions.procedure.vocabulary import EXTENSIONS
from admissions.rules import required_papers
from admissions.rules.as_corrected import amend_events
from admissions.rules.deadlines import RUNNING
from admissions.states import State
from admissions.workflow.act import Why


def blocked_by_papers(*phases: str, made_by: str = "") -> Callable[[Dossier], Why | None]:
    """Block an act while papers of `phases` are missing, where the version lets the last phase block.

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
            forms = ", ".join(need.paper.form for need in missing)
            return Why(_("thiếu %(n)d giấy tờ (%(which)s)") % {"n": len(missing), "which": forms}, "papers")

    return blocked


def blocked_without_base_committee(dossier: Dossier) -> Why | None:
    """A base branch has no base committee above it, and a committee that decides itself proposes to nobody."""
    if dossier.branch.is_base_branch:
        return Why(
            _("chi bộ cơ sở gửi nghị quyết thẳng lên cấp trên, không qua đảng ủy cơ sở"),
            "steps",
            settled=True,
        )
    if not dossier.has_base_step():
        return Why(
            _("%(unit)s tự quyết định, không có bước đề nghị") % {"unit": dossier.commune.title},
            "steps",
            settled=True,
        )
    return None


def blocked_before_base_resolution(dossier: Dossier) -> Why | None:
    """A branch sends its resolution to the board only where no base committee proposes."""
    if dossier.state == State.RESOLVED and dossier.has_base_step():
        return Why(_("chưa có nghị quyết của đảng ủy cơ sở"), "steps")
    return None


def blocked_when_decided_elsewhere(dossier: Dossier) -> Why | None:
    """A decision is annulled by those who signed it."""
    if dossier.decided_on is None:
        return Why(_("quyết định kết nạp do nơi khác ký (%(by)s)") % {"by": dossier.elsewhere_by}, "steps")
    return None


def blocked_once_handed_over(dossier: Dossier) -> Why | None:
    if dossier.decision_received_on:
        return Why(_("đã ghi ngày chi bộ nhận quyết định"), "steps", settled=True)
    return None


def blocked_after_last_vote(dossier: Dossier) -> Why | None:
    """A branch votes on conversion as often as the procedure allows (docs/domain.md, rule 28)."""
    if dossier.reported_up:
        words = _("đã biểu quyết %(n)d lần không đạt; báo cáo cấp trên xem xét")
        return Why(words % {"n": dossier.failed_conversions}, "votes")
    return None


def blocked_before_last_vote(dossier: Dossier) -> Why | None:
    """The committee above decides once no vote is left (docs/domain.md, rule 28)."""
    if not dossier.reported_up:
        most = procedure.version_of(dossier).conversion_votes
        return Why(_("chưa biểu quyết đủ %(n)d lần không đạt") % {"n": most}, "votes")
    return None


FELL_SHORT = ("branch_declines", "base_declines", "conversion_failed", "conversion_short")
"""The acts that record a vote of a branch or a base committee that fell short."""


def blocked_once_reported(dossier: Dossier) -> Why | None:
    """A vote that fell short is reported upward once (HD 06, 5.1)."""
    told = [event.action for event in amend_events(dossier.events.all()) if event.no <= dossier.event_count]
    acts = [action for action in told if action in (*FELL_SHORT, "report_up", "relist")]
    last = acts[-1] if acts else None
    if last == "report_up":
        return Why(_("đã ghi báo cáo lần biểu quyết sau cùng"), "votes", settled=True)
    if last not in FELL_SHORT:
        return Why(_("không có lần biểu quyết nào không đạt"), "votes", settled=True)
    return None


def blocked_once_conversion_proposed(dossier: Dossier) -> Why | None:
    if dossier.conversion_base_on:
        return Why(_("đã ghi nghị quyết của đảng ủy cơ sở"), "steps", settled=True)
    return blocked_without_base_committee(dossier) or blocked_after_last_vote(dossier)


def blocked_once_extended(dossier: Dossier) -> Why | None:
    """A limit is extended once, and only where the procedure allows it (docs/domain.md, rule 21)."""
    key = RUNNING[dossier.state]
    if getattr(dossier, EXTENSIONS[key]):
        return Why(_("đã gia hạn một lần"), "clocks", settled=True)
    if not procedure.version_of(dossier).clock(key).extension:
        return Why(_("quy định không cho gia hạn"), "clocks", settled=True)
    return None


def blocked_before_conversion_proposal(dossier: Dossier) -> Why | None:
    """The deciding body votes on a conversion that the base committee has proposed, where there is one."""
    if dossier.has_base_step() and not dossier.conversion_base_on:
        return Why(_("chưa có nghị quyết của đảng ủy cơ sở"), "steps")
    return blocked_after_last_vote(dossier)


def blocked_before_conversion_decision(dossier: Dossier) -> Why | None:
    """The committee decides on what is proposed to it, with its papers, unless no vote is left below."""
    return blocked_after_last_vote(dossier) or _papers_of_conversion(dossier)


_papers_of_conversion = blocked_by_papers("conversion", made_by="conversion")
