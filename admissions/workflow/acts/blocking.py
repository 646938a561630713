"""What stands in the way of an act: each function answers with a clause for the person who asks, or None."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.models import Dossier
from admissions.procedure.vocabulary import EXTENSIONS
from admissions.rules import required_papers
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
    """A base branch has no base committee above it, nor one that stands directly under the deciding committee."""
    if dossier.branch.sends_straight_up:
        words = _("chi bộ gửi nghị quyết thẳng cấp ủy quyết định, không qua đảng ủy cơ sở")
        return Why(words, "steps", settled=True)
    return None


def blocked_before_base_resolution(dossier: Dossier) -> Why | None:
    """Only a branch without a base committee above it sends its own resolution to the board."""
    if dossier.state == State.RESOLVED and not dossier.branch.sends_straight_up:
        return Why(_("chưa có nghị quyết của đảng ủy cơ sở"), "steps")
    return None


def blocked_once_handed_over(dossier: Dossier) -> Why | None:
    if dossier.decision_received_on:
        return Why(_("đã ghi ngày chi bộ nhận quyết định"), "steps", settled=True)
    return None


def blocked_after_last_vote(dossier: Dossier) -> Why | None:
    """A branch votes on conversion as often as the procedure allows (docs/domain.md, rule 28)."""
    if dossier.reported_up:
        words = _("chi bộ đã biểu quyết %(n)d lần không đạt; báo cáo cấp trên xem xét")
        return Why(words % {"n": dossier.failed_conversions}, "votes")
    return None


def blocked_once_conversion_proposed(dossier: Dossier) -> Why | None:
    if dossier.conversion_base_on:
        return Why(_("đã ghi nghị quyết của đảng ủy cơ sở"), "steps", settled=True)
    return blocked_without_base_committee(dossier)


def blocked_once_extended(dossier: Dossier) -> Why | None:
    """A limit is extended once, and only where the procedure allows it (docs/domain.md, rule 21)."""
    key = RUNNING[dossier.state]
    if getattr(dossier, EXTENSIONS[key]):
        return Why(_("đã gia hạn một lần"), "clocks", settled=True)
    if not procedure.version_of(dossier).clock(key).extension:
        return Why(_("quy định không cho gia hạn"), "clocks", settled=True)
    return None
