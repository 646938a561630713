"""Ways out, back and elsewhere: off the list and on it again, to another unit, put off by a meeting."""

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Paper
from admissions.states import State
from admissions.workflow.acts.guards import refuse_before_state, require_reason
from notation.vietnamese import clean

ROUND = ("applied_on", "branch_resolved_on", "base_resolved_on", "received_on", "put_forward_on")
"""What a new round starts without; the old round stays in the events, the votes and their resolutions."""


def withdraw_candidate(dossier, *, on, reason):
    """Off the list: the candidate withdrew, moved away, or no longer qualifies."""
    refuse_before_state(dossier, on)
    require_reason(reason)
    return State.WITHDRAWN


def relist_candidate(dossier, *, on):
    """Back on the source list; a new round begins, under whatever procedure its branch meeting will find."""
    refuse_before_state(dossier, on)
    for column in ROUND:
        setattr(dossier, column, None)
    dossier.listed_on, dossier.procedure = on, ""
    dossier.returns = dossier.decision_extension = 0
    dossier.papers.exclude(code=procedure.CERTIFICATE).update(had=False, note=_("của lần trước"))
    return State.LISTED


def put_off_dossier(dossier, *, on, reason, meeting=None):
    """A meeting put the dossier off; it stays where it is and no clock starts."""
    refuse_before_state(dossier, on)
    require_reason(reason)
    return dossier.state


def refer_upward(dossier, *, on, reason, meeting=None):
    """A meeting asks the committee above before it votes; the dossier stays where it is."""
    return put_off_dossier(dossier, on=on, reason=reason)


PROPOSED = (State.PROPOSED, State.APPRAISAL, State.RETURNED, State.HELD, State.ASKED, State.AWAITING)
"""Proposed by the base committee already: the move goes with an official letter of its own (17B-KNĐ)."""


def move_dossier(dossier, *, on, branch, helper, number=""):
    """To another branch in mid-procedure (HD 01/2021, 5.1): its certificate comes along, a new helper is assigned.

    A resolution that only the old branch has made is made again by the new one; what the base committee has
    proposed goes on. The facts of an admission stay those of the branch that admitted.
    """
    refuse_before_state(dossier, on)
    if branch.pk == dossier.branch_id:
        raise Refused({"branch": _("Hồ sơ đang ở chi bộ này.")})
    if not branch.is_branch or not branch.exists_on(on):
        raise Refused(
            {"branch": _("%(unit)s không phải là chi bộ có vào ngày này.") % {"unit": branch.title}}
        )
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


def paper_of_branch(dossier):
    return procedure.version_of(dossier).paper_of("branch")
