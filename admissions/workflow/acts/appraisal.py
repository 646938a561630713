"""The organisation board appraises, the standing committee decides."""

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Vote
from admissions.models.admission_facts import READ_FROM
from admissions.procedure.vocabulary import EXTENSIONS
from admissions.rules.deadlines import RUNNING
from admissions.states import State
from admissions.workflow.acts.guards import (
    count_vote,
    days_in_words,
    record_paper_made,
    refuse_before_state,
    refuse_future,
    require_number,
    require_passed,
    require_reason,
    set_date,
)


def receive_dossier(dossier, *, on):
    """The organisation board receives the dossier, the first time or after a return."""
    if dossier.received_on and on < dossier.state_since:
        words = _("%(day)s trước ngày trả lại %(back)s.")
        raise Refused({"on": words % days_in_words(day=on, back=dossier.state_since)})
    set_date(dossier, "received_on", on)
    return State.APPRAISAL


def return_dossier(dossier, *, on, reason):
    """Return for completion: no refusal, the resolutions stand, the return is counted (domain rule 20)."""
    refuse_before_state(dossier, on)
    require_reason(reason)
    dossier.returns += 1
    return State.RETURNED


def hold_dossier(dossier, *, on, reason):
    """The dossier stays with the board until a check is done."""
    refuse_before_state(dossier, on)
    require_reason(reason)
    return State.HELD


def ask_standing_committee(dossier, *, on, reason):
    """The board asks the standing committee for its opinion before it proposes or not."""
    refuse_before_state(dossier, on)
    require_reason(reason)
    return State.ASKED


def resume_appraisal(dossier, *, on, opinion=""):
    """The check is done or the committee has said its opinion: appraisal goes on."""
    refuse_before_state(dossier, on)
    return State.APPRAISAL


def propose_admission(dossier, *, on):
    """The board proposes admission to the standing committee."""
    refuse_before_state(dossier, on)
    set_date(dossier, "put_forward_on", on)
    return State.AWAITING


def extend_limit(dossier, *, on, days, reason):
    """The limit of the decision is extended, once, by at most as many working days as the procedure allows."""
    refuse_future(on)
    require_reason(reason)
    clock = procedure.version_of(dossier).clock(RUNNING[dossier.state])
    if days < 1 or (days > clock.extension and clock.confidence == "verified"):
        words = _("Gia hạn từ 1 đến %(n)d ngày làm việc (%(clause)s).")
        raise Refused({"days": words % {"n": clock.extension, "clause": clock.clause}})
    setattr(dossier, EXTENSIONS[clock.key], days)
    return dossier.state


def decide_admission(dossier, *, on, number, **ballot):
    """The standing committee's decision (9-KNĐ): from this day party age runs, and the figures are fixed.

    `ballot` is the committee's vote where the meeting recorded one.
    """
    set_date(dossier, "decided_on", on)
    if not dossier.branch.exists_on(on):
        raise Refused({"on": _("%(unit)s không có vào ngày này.") % {"unit": dossier.branch.title}})
    dossier.decision_number = require_number(number)
    if ballot:
        require_passed(count_vote(dossier, *_STANDING, on=on, number=dossier.decision_number, **ballot))
    else:
        record_paper_made(dossier, "decision", on, dossier.decision_number, Vote.Body.STANDING)
    _freeze(dossier)
    return State.DECIDED


_STANDING = (Vote.Body.STANDING, Vote.Purpose.ADMISSION)


def _freeze(dossier):
    for column, read in READ_FROM.items():
        setattr(dossier, column, read(dossier))


def refuse_admission(dossier, *, on, reason):
    """The competent body does not admit."""
    refuse_before_state(dossier, on)
    require_reason(reason)
    return State.REFUSED
