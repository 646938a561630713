"""After the decision: the ceremony, probation, official membership, and leaving."""

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.choices import AnnulmentKind, Leaving
from admissions.exceptions import Refused
from admissions.models import Vote
from admissions.rules import document_numbers
from admissions.states import State
from admissions.workflow.acts.guards import (
    count_vote,
    days_in_words,
    record_paper_made,
    refuse_before_state,
    require_failed,
    require_number,
    require_passed,
    require_reason,
    set_date,
)
from notation.dates import add_months


def hand_over_decision(dossier, *, on):
    """The branch receives the decision; the ceremony's clock starts here under the procedures that say so."""
    set_date(dossier, "decision_received_on", on)
    return State.DECIDED


def hold_ceremony(dossier, *, on, consent=""):
    """The ceremony: probation runs from this day for as long as the procedure says.

    `consent` is the number and date with which the committee above agreed to a late ceremony (domain rule 24).
    """
    set_date(dossier, "ceremony_on", on)
    dossier.probation_ends_on = add_months(on, procedure.version_of(dossier).clock("probation").length)
    return State.PROBATIONARY


def _branch_reviews(dossier, on):
    set_date(dossier, "conversion_resolved_on", on)
    if on < dossier.probation_ends_on:
        words = _("Thời gian dự bị đến %(end)s mới hết.")
        raise Refused({"on": words % days_in_words(end=dossier.probation_ends_on)})


def agree_conversion(dossier, *, on, **ballot):
    """The branch agrees to official membership."""
    _branch_reviews(dossier, on)
    require_passed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    return State.CONVERTING


def fail_conversion(dossier, *, on, **ballot):
    """The branch's vote on conversion fell short; the person stays on probation and may be voted on again."""
    _branch_reviews(dossier, on)
    require_failed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    dossier.conversion_resolved_on = None
    dossier.failed_conversions += 1
    return State.PROBATIONARY


def propose_conversion(dossier, *, on, **ballot):
    """The base committee proposes official membership (15-KNĐ)."""
    set_date(dossier, "conversion_base_on", on)
    require_passed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.CONVERSION, on=on, **ballot))
    return State.CONVERTING


def recognise_member(dossier, *, on, number, **ballot):
    """Recognition as official member, from the very end of probation even when decided later (domain rule 26)."""
    set_date(dossier, "conversion_decided_on", on)
    dossier.conversion_number = require_number(number)
    if ballot:
        require_passed(
            count_vote(
                dossier,
                *(Vote.Body.STANDING, Vote.Purpose.CONVERSION),
                on=on,
                number=dossier.conversion_number,
                **ballot,
            )
        )
    else:
        record_paper_made(dossier, "conversion", on, dossier.conversion_number, Vote.Body.STANDING)
    dossier.official_on = dossier.probation_ends_on
    return State.OFFICIAL


def leave_party(dossier, *, on, how, number, reason):
    """The member's name is deleted, or they left the Party otherwise; the admission stays in its figures."""
    refuse_before_state(dossier, on)
    require_reason(reason)
    if how not in Leaving.values:
        raise Refused({"how": _("Chọn cách ra khỏi Đảng.")})
    document_numbers.register_number(dossier, Vote.Body.STANDING, require_number(number), on)
    dossier.left_on, dossier.left_how = on, how
    return State.LEFT


def annul_decision(dossier, *, on, kind, number, reason):
    """The decision is annulled; the record stays with its kind (domain rule 29).

    Wrong criteria end it; after a wrong competence or procedure a new dossier does the procedure again (QĐ 29, 4.4).
    """
    refuse_before_state(dossier, on)
    require_reason(reason)
    if kind not in AnnulmentKind.values:
        raise Refused({"kind": _("Chọn lý do hủy.")})
    document_numbers.register_number(dossier, Vote.Body.STANDING, require_number(number), on)
    dossier.annulled_on, dossier.annulment_kind = on, kind
    return State.ANNULLED
