"""Which branch had a dossier on a day: an act that is recorded late is the act of the unit that had it then."""

from datetime import date

from admissions.models import Dossier, Event
from admissions.rules.as_corrected import TAKE_BACK
from branches.models import Organisation

SUCCEED = "succeed"
"""The event by which a dossier goes from a unit that ended to the one that took over (`workflow.hand_over`)."""


def branch_of_day(dossier: Dossier, day: date) -> Organisation:
    """The branch that had `dossier` on `day`: before a succession the one that ended, otherwise the present one."""
    later = Event.objects.filter(dossier=dossier.pk, action=SUCCEED, on__gt=day)
    undone = Event.objects.filter(dossier=dossier.pk, action=TAKE_BACK, facts__act=SUCCEED)
    later = later.exclude(no__in=[*undone.values_list("facts__target", flat=True)])
    facts = later.order_by("no").values_list("facts", flat=True).first()
    return Organisation.objects.get(pk=facts["before"]["id"]) if facts else dossier.branch
