"""The dossiers of a branch that ended go over to its heir, with their state, their resolutions and their version.

A move to another branch (`acts.exits`) is something else: there the new branch votes anew.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules.unit_of_day import SUCCEED
from admissions.states import State
from admissions.workflow.door import write_event
from branches.hand_over import Handed, HandOver
from branches.models import Organisation

KEPT = (State.ANNULLED, State.LEFT)
"""What is over for good stays with the branch where it was."""


def hand_over_dossiers(hand_over: HandOver, *, by: User) -> Handed:
    """Hand over sources, dossiers under way and members; one event each names the decision. Raises `Refused`."""
    old = hand_over.old
    if not old.is_branch:
        return Handed("dossiers", 0, 0)
    _refuse_later_admissions(hand_over)
    moved, left = 0, 0
    rows = Dossier.objects.filter(branch=old).exclude(state__in=KEPT).select_related("branch", "commune")
    for dossier in rows.order_by("year", "serial"):
        heir = hand_over.heir_of(dossier.pk, hand_over.dossiers)
        if heir is None:
            left += 1
            continue
        hand_over_dossier(dossier, heir, hand_over, by=by)
        moved += 1
    return Handed("dossiers", moved, left)


def hand_over_dossier(
    dossier: Dossier, heir: Organisation, hand_over: HandOver, *, by: User, at: datetime | None = None
) -> None:
    """Hand over one dossier; `at` is the moment of recording where it is not now. Raises `Refused` or `Stale`."""
    if not heir.is_branch:
        raise Refused(_("%(unit)s không phải là chi bộ: chọn một chi bộ nhận hồ sơ.") % {"unit": heir.title})
    facts = {"on": hand_over.on, "branch": heir, "before": dossier.branch, "basis": hand_over.basis}
    dossier.branch, dossier.commune = heir, heir.base_organisation
    columns = {"branch_id": heir.pk, "commune_id": dossier.commune.pk}
    write_event(dossier, SUCCEED, columns, dossier.state, by=by, at=at, facts=facts)


def _refuse_later_admissions(hand_over):
    """What the branch admitted after its last day would stand in no table."""
    admitted = Dossier.objects.standing().filter(admitted_branch=hand_over.old, decided_on__gte=hand_over.on)
    if late := [row.number for row in admitted.order_by("year", "serial")[:8]]:
        words = _("%(unit)s đã kết nạp từ ngày này về sau (hồ sơ %(numbers)s): kiểm lại ngày kết thúc.")
        raise Refused(words % {"unit": hand_over.old.title, "numbers": ", ".join(late)})
