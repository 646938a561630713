"""Which priority groups a person is in: those that follow from a fact, and those that are ticked."""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from django.db.models import Prefetch

from admissions.choices import GroupRule, Occupation, Sex
from admissions.models import Candidate, Dossier, PriorityGroup
from admissions.models.dossier import DossierQuerySet

LEARNERS = (Occupation.STUDENT, Occupation.PUPIL)
OFFICIALS = (Occupation.STATE_OFFICIAL, Occupation.PARTY_OFFICIAL, Occupation.COMMUNE_OFFICIAL)
IN_FIRMS = (Occupation.ENTERPRISE_MANAGER, Occupation.ENTERPRISE_STAFF, Occupation.ENTERPRISE_WORKER)
PRODUCERS = (Occupation.FARMER, Occupation.ENTERPRISE_WORKER)

RULES: dict[str, Callable[[Any], bool]] = {
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
"""On the person, or on what the decision fixed of them: both have these names."""

FIXED = {
    "sex": "admitted_sex",
    "occupation": "admitted_occupation",
    "in_youth_union": "admitted_youth",
    "demobilised": "admitted_demobilised",
}
"""{fact of a person: the column of a dossier in which the decision fixed it}."""


def facts_of_groups(dossier: Dossier) -> Candidate | SimpleNamespace:
    """What tells the groups of the person: the facts that the decision fixed where there was one, also on the lists of
    an earlier day; of everybody else those of today (docs/domain.md, 2.7)."""
    if not dossier.stands:
        return dossier.candidate
    facts = {name: getattr(dossier, column) for name, column in FIXED.items()}
    return SimpleNamespace(
        **facts,
        religion=SimpleNamespace(follower=dossier.admitted_religious),
        ethnicity=SimpleNamespace(minority=dossier.admitted_minority),
    )


def with_groups(rows: DossierQuerySet) -> DossierQuerySet:
    """`rows` with what tells the groups of their people."""
    ticked = Prefetch("candidate__groups", PriorityGroup.objects.filter(active=True), "ticked_groups")
    return rows.select_related("candidate__ethnicity", "candidate__religion").prefetch_related(ticked)


def groups_of(
    person: Candidate, groups: Iterable[PriorityGroup], facts: Candidate | SimpleNamespace | None = None
) -> list[PriorityGroup]:
    """Those of `groups` that `person` is in, by `facts`, or their own of today."""
    ticked = getattr(person, "ticked_groups", None)
    keys = {row.pk for row in (person.groups.all() if ticked is None and person.pk else ticked or ())}
    return [row for row in groups if (RULES[row.rule](facts or person) if row.rule else row.pk in keys)]
