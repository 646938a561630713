"""The organisation board appraises, the standing committee decides."""

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Vote
from admissions.procedure.vocabulary import EXTENSIONS
from admissions.rules.deadlines import RUNNING
from admissions.states import State
from admissions.workflow.acts.guards import (
    count_vote,
    must_pass,
    not_yet,
    numbered,
    paper_made,
    said,
    set_date,
    since_last,
    with_reason,
)


def receive(dossier, *, on):
    """The organisation board receives the dossier, the first time or after a return."""
    if dossier.received_on and on < dossier.state_since:
        words = _("%(day)s trước ngày trả lại %(back)s.")
        raise Refused({"on": words % said(day=on, back=dossier.state_since)})
    set_date(dossier, "received_on", on)
    return State.APPRAISAL


def give_back(dossier, *, on, reason):
    """Return for completion: no refusal, the resolutions stand, the return is counted (domain rule 20)."""
    since_last(dossier, on)
    with_reason(reason)
    dossier.returns += 1
    return State.RETURNED


def hold(dossier, *, on, reason):
    """The dossier stays with the board until a check is done."""
    since_last(dossier, on)
    with_reason(reason)
    return State.HELD


def ask(dossier, *, on, reason):
    """The board asks the standing committee for its opinion before it proposes or not."""
    since_last(dossier, on)
    with_reason(reason)
    return State.ASKED


def resume(dossier, *, on, opinion=""):
    """The check is done or the committee has said its opinion: appraisal goes on."""
    since_last(dossier, on)
    return State.APPRAISAL


def put_forward(dossier, *, on):
    """The board proposes admission to the standing committee."""
    since_last(dossier, on)
    set_date(dossier, "put_forward_on", on)
    return State.AWAITING


def extend(dossier, *, on, days, reason):
    """The limit of the decision is extended, once, by at most as many working days as the procedure allows."""
    not_yet(on)
    with_reason(reason)
    clock = procedure.of(dossier).clock(RUNNING[dossier.state])
    if days < 1 or (days > clock.extension and clock.confidence == "verified"):
        words = _("Gia hạn từ 1 đến %(n)d ngày làm việc (%(clause)s).")
        raise Refused({"days": words % {"n": clock.extension, "clause": clock.clause}})
    setattr(dossier, EXTENSIONS[clock.key], days)
    return dossier.state


def decide(dossier, *, on, number, **ballot):
    """The standing committee's decision (9-KNĐ): from this day party age runs, and the figures are fixed.

    `ballot` is the committee's vote where the meeting recorded one.
    """
    set_date(dossier, "decided_on", on)
    if not dossier.branch.exists_on(on):
        raise Refused({"on": _("%(unit)s không có vào ngày này.") % {"unit": dossier.branch.title}})
    dossier.decision_number = numbered(number)
    if ballot:
        must_pass(count_vote(dossier, *_STANDING, on=on, number=dossier.decision_number, **ballot))
    else:
        paper_made(dossier, "decision", on, dossier.decision_number, Vote.Body.STANDING)
    _freeze(dossier)
    return State.DECIDED


_STANDING = (Vote.Body.STANDING, Vote.Purpose.ADMISSION)


def _freeze(dossier):
    person, branch, day = dossier.candidate, dossier.branch, dossier.decided_on
    had_birthday = (day.month, day.day) >= (person.born_on.month, person.born_on.day)
    dossier.admitted_branch = branch
    dossier.admitted_commune = dossier.commune
    dossier.admitted_rural = branch.rural
    dossier.admitted_sex = person.sex
    dossier.admitted_age = day.year - person.born_on.year - (not had_birthday)
    dossier.admitted_minority = person.ethnicity.minority
    dossier.admitted_religious = person.religion.follower
    dossier.admitted_youth = person.in_youth_union
    dossier.admitted_owner = person.business_owner
    dossier.admitted_policy_breach = person.family_policy_breach
    dossier.admitted_foreign_spouse = person.foreign_spouse
    dossier.admitted_again = dossier.readmission
    dossier.admitted_occupation = person.occupation
    dossier.admitted_education = person.education
    dossier.admitted_qualification = person.qualification
    dossier.admitted_title = person.academic_title


def refuse(dossier, *, on, reason):
    """The competent body does not admit."""
    since_last(dossier, on)
    with_reason(reason)
    return State.REFUSED
