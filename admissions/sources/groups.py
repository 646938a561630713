"""Which priority groups a person is in: those that follow from a fact, and those that are ticked."""

from collections.abc import Callable, Iterable

from django.db.models import Prefetch

from admissions.choices import GroupRule, Occupation, Sex
from admissions.models import Candidate, PriorityGroup
from admissions.models.dossier import DossierQuerySet

LEARNERS = (Occupation.STUDENT, Occupation.PUPIL)
OFFICIALS = (Occupation.STATE_OFFICIAL, Occupation.PARTY_OFFICIAL, Occupation.COMMUNE_OFFICIAL)
IN_FIRMS = (Occupation.ENTERPRISE_MANAGER, Occupation.ENTERPRISE_STAFF, Occupation.ENTERPRISE_WORKER)
PRODUCERS = (Occupation.FARMER, Occupation.ENTERPRISE_WORKER)

RULES: dict[str, Callable[[Candidate], bool]] = {
    GroupRule.PRODUCER: lambda person: person.occupation in PRODUCERS,
    GroupRule.YOUTH: lambda person: person.in_youth_union,
    GroupRule.WOMEN: lambda person: person.sex == Sex.FEMALE,
    GroupRule.DEMOBILISED: lambda person: person.demobilised,
    GroupRule.LEARNER: lambda person: person.occupation in LEARNERS,
    GroupRule.OFFICIAL: lambda person: person.occupation in OFFICIALS,
    GroupRule.PUBLIC_STAFF: lambda person: person.occupation == Occupation.PUBLIC_EMPLOYEE,
    GroupRule.WORKER: lambda person: person.occupation in (*IN_FIRMS, Occupation.PRIVATE_EMPLOYEE),
    GroupRule.RELIGIOUS: lambda person: person.religion.follower,
    GroupRule.MINORITY: lambda person: person.ethnicity.minority,
}
"""The facts of today: what a person was when listed is not kept."""


def with_groups(rows: DossierQuerySet) -> DossierQuerySet:
    """`rows` with what tells the groups of their people."""
    ticked = Prefetch("candidate__groups", PriorityGroup.objects.filter(active=True), "ticked_groups")
    return rows.select_related("candidate__ethnicity", "candidate__religion").prefetch_related(ticked)


def groups_of(person: Candidate, groups: Iterable[PriorityGroup]) -> list[PriorityGroup]:
    """Those of `groups` that `person` is in."""
    ticked = getattr(person, "ticked_groups", None)
    keys = {row.pk for row in (person.groups.all() if ticked is None and person.pk else ticked or ())}
    return [row for row in groups if (RULES[row.rule](person) if row.rule else row.pk in keys)]
