"""From the list to the resolution of the base committee."""

from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Vote
from admissions.rules import conditions
from admissions.states import State
from admissions.workflow.acts.guards import count_vote, require_failed, require_passed, set_date
from notation.vietnamese import clean


def record_application(dossier, *, on):
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


def record_branch_agreement(dossier, *, on, consent="", **ballot):
    """The branch proposes admission by two thirds of its official members; binds the procedure in force that day."""
    _branch_meets(dossier, on, consent)
    require_passed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.RESOLVED


def record_branch_refusal(dossier, *, on, consent="", **ballot):
    """The branch's vote fell short; the dossier stops here."""
    _branch_meets(dossier, on, consent)
    require_failed(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.REFUSED


def record_base_agreement(dossier, *, on, **ballot):
    """The base committee proposes admission to the district."""
    set_date(dossier, "base_resolved_on", on)
    require_passed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.PROPOSED


def record_base_refusal(dossier, *, on, **ballot):
    """The base committee does not propose admission; the dossier stops here."""
    set_date(dossier, "base_resolved_on", on)
    require_failed(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.REFUSED
