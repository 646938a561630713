"""People who may already be in the register: same folded name, and the same year of birth or home.

The same name and the same date of birth are near-certain: such a form stops once before it is saved, whoever's scope
the other person is in. Two people whom somebody told apart (`DifferentPeople`) are no doubles any more.
"""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from admissions.models import Candidate, DifferentPeople, Dossier
from admissions.models.dossier import DossierQuerySet
from admissions.states import State
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


def near_certain(candidate: Candidate) -> list[Candidate]:
    """The people of the whole register with the name of `candidate`, which may be unsaved, and perhaps the birth.

    Left out are those whose dossiers ended as entered twice.
    """
    rows = Candidate.objects.filter(
        Exists(_not_settled().filter(candidate=OuterRef("pk"))),
        search_name=fold(candidate.full_name),
        born_on__year=candidate.born_on.year,
    ).exclude(pk__in=[pk for pk in (candidate.pk, *_told_apart_from(candidate)) if pk])
    return [row for row in rows.order_by("pk") if row.birth.may_equal(candidate.birth)]


def doubles_of(dossier: Dossier) -> DossierQuerySet:
    """The dossiers of people who are near-certainly the one of `dossier`, by number."""
    rows = _not_settled().filter(candidate__in=near_certain(dossier.candidate)).for_list()
    return rows.order_by("year", "serial")


def _not_settled():
    return Dossier.objects.exclude(state=State.DUPLICATE)


def _told_apart_from(candidate):
    rows = DifferentPeople.objects.filter(Q(first=candidate.pk) | Q(second=candidate.pk))
    return [pk for pair in rows.values_list("first", "second") for pk in pair] if candidate.pk else []


@dataclass(frozen=True)
class Double:
    """Two dossiers, the earlier first, of people who are near-certainly one."""

    first: Dossier
    second: Dossier


MOST = 100
"""How many names with doubles are listed at once; what is settled makes room for the next."""


def list_doubles(user: User) -> list[Double]:
    """The doubles of which `user` may see both, by name; of each person the latest dossier stands for them."""
    groups = Candidate.objects.values("search_name", "born_on__year").annotate(people=Count("pk"))
    keys = groups.filter(people__gt=1).order_by("search_name").values_list("search_name", "born_on__year")
    alike = Q(pk__in=[])
    for name, year in keys[:MOST]:
        alike |= Q(candidate__search_name=name, candidate__born_on__year=year)
    rows = _not_settled().for_user(user).filter(alike).for_list().order_by("year", "serial")
    latest = {row.candidate_id: row for row in rows}
    people: dict[tuple[str, int], list[Dossier]] = {}
    for row in sorted(latest.values(), key=lambda row: (row.candidate.sort_key, row.year, row.serial)):
        people.setdefault((row.candidate.search_name, row.candidate.born_on.year), []).append(row)
    told = DifferentPeople.objects.filter(first__in=latest, second__in=latest)
    apart = {frozenset(pair) for pair in told.values_list("first", "second")}
    return [
        Double(first, second)
        for same in people.values()
        for first, second in combinations(same, 2)
        if {first.candidate_id, second.candidate_id} not in apart
        and first.candidate.birth.may_equal(second.candidate.birth)
    ]
