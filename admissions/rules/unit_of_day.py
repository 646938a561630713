"""Which branch had a dossier on a day: an act that is recorded late is the act of the unit that had it then."""

from datetime import date

from admissions.models import Dossier
from branches.models import Organisation

SUCCEED = "succeed"
"""The event by which a dossier goes from a unit that ended to the one that took over (`workflow.hand_over`)."""


def branch_of_day(dossier: Dossier, day: date) -> Organisation:
    """The branch that had `dossier` on `day`: before a succession the one that ended, otherwise the present one."""
    later = dossier.events.filter(action=SUCCEED, on__gt=day).order_by("no").first()
    if later is None:
        return dossier.branch
    return Organisation.objects.get(pk=later.facts["before"]["id"])
