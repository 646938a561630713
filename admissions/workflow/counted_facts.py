"""The facts of a person and an admission that reports count: which frozen columns each fills, and whether it grows.

After the decision such a fact is not simply typed anew. Where it was wrong, a correction sets what was frozen as well;
where it has changed since, the frozen one stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Field

from admissions.models import Candidate, Dossier
from admissions.states import ENDED


@dataclass(frozen=True)
class CountedFact:
    """`frozen` are the columns that the act of admission fills from it. A fact that `grows` may truly change with time;
    the others can only have been wrong. `of_dossier` stands on the dossier and not on the person; `told_by` names the
    attribute of a person that says it, where the column alone does not."""

    frozen: tuple[str, ...]
    grows: bool = False
    of_dossier: bool = False
    told_by: str = ""


COUNTED: dict[str, CountedFact] = {
    "sex": CountedFact(("admitted_sex",)),
    "born_on": CountedFact(("admitted_born_on", "admitted_age"), told_by="birth"),
    "ethnicity": CountedFact(("admitted_ethnicity_id", "admitted_minority")),
    "religion": CountedFact(("admitted_religion_id", "admitted_religious"), grows=True),
    "occupation": CountedFact(("admitted_occupation",), grows=True),
    "education": CountedFact(("admitted_education",), grows=True),
    "qualification": CountedFact(("admitted_qualification",), grows=True),
    "academic_title": CountedFact(("admitted_title",), grows=True),
    "in_youth_union": CountedFact(("admitted_youth",), grows=True),
    "demobilised": CountedFact(("admitted_demobilised",), grows=True),
    "business_owner": CountedFact(("admitted_owner",), grows=True),
    "family_policy_breach": CountedFact(("admitted_policy_breach",), grows=True),
    "foreign_spouse": CountedFact(("admitted_foreign_spouse",), grows=True),
    "readmission": CountedFact(("admitted_again",), of_dossier=True),
    "branch": CountedFact(("admitted_branch_id", "admitted_commune_id", "admitted_rural"), of_dossier=True),
}
"""{field of the entry form: what reports count of it}."""


def fact_at_admission(dossier: Dossier, name: str) -> object:
    """What was frozen of a fact, before the decision what is recorded of it: the row, the day or the value."""
    if dossier.decided_on is None:
        return live_fact(dossier, name)
    if told_by := COUNTED[name].told_by:
        return getattr(dossier.person_admitted, told_by)
    return getattr(dossier, COUNTED[name].frozen[0].removesuffix("_id"))


def live_fact(dossier: Dossier, name: str) -> object:
    """The same fact as the register has it today."""
    fact = COUNTED[name]
    return getattr(dossier if fact.of_dossier else dossier.candidate, fact.told_by or name)


def correctable_facts(dossier: Dossier) -> list[str]:
    """What is corrected and not edited: all that the decision or the end fixed; before it the branch that resolved."""
    if dossier.decided_on or dossier.state in ENDED:
        return list(COUNTED)
    return ["branch"] if dossier.branch_resolved_on else []


def can_only_be_wrong(fields: Iterable[str]) -> list[str]:
    """Those of `fields` that no time changes: after the decision they are corrected, never edited."""
    return [name for name in fields if name in COUNTED and not COUNTED[name].grows and name != "branch"]


def may_have_grown(fields: Iterable[str]) -> list[str]:
    """Those of `fields` that are counted and may truly have changed since the decision."""
    return [name for name in fields if name in COUNTED and COUNTED[name].grows]


def fact_field(name: str) -> Field:
    """The model field of a counted fact."""
    model = Dossier if COUNTED[name].of_dossier else Candidate
    return next(field for field in model._meta.concrete_fields if field.name == name)
