"""People who may already be in the register: same folded name, and the same year of birth or home."""

from datetime import date

from django.db.models import Q

from accounts.models import User
from admissions.models import Candidate, Dossier
from admissions.models.dossier import DossierQuerySet
from notation.vietnamese import fold


def find_duplicates(
    user: User,
    *,
    full_name: str,
    born_on: date | None = None,
    citizen_id: str = "",
    home_place: str = "",
    but: Candidate | None = None,
) -> DossierQuerySet:
    """At most five dossiers inside the user's scope that may be of the same person, the likeliest first."""
    same = Q(pk__in=[])
    name = fold(full_name)
    if name:
        like = Q(candidate__home_place__iexact=home_place) if home_place else Q(pk__in=[])
        if born_on:
            like |= Q(candidate__born_on__year=born_on.year)
        same = Q(candidate__search_name=name) & (like if born_on or home_place else Q())
    if citizen_id:
        same |= Q(candidate__citizen_id=citizen_id)
    rows = Dossier.objects.for_user(user).filter(same).for_list()
    return (rows.exclude(candidate=but) if but else rows).order_by("-year", "-serial")[:5]
