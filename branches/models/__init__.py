"""The tree of units over time, and the plans by which it changes."""

from branches.models.organisation import (
    FIXED,
    TIERS_UNDER,
    TITLE_HEADS,
    Branch,
    Commune,
    Kind,
    Organisation,
    OrganisationManager,
    OrganisationQuerySet,
    Tier,
    UnitNeverMoves,
    holds_on,
    standing_during,
    within_scope,
)
from branches.models.reorganisation import ChangeKind, Choice, HandedRow, Reorganisation, UnitChange
from branches.models.succession import Mandate, Succession, term_since

__all__ = [
    "FIXED",
    "TIERS_UNDER",
    "TITLE_HEADS",
    "Branch",
    "ChangeKind",
    "Choice",
    "Commune",
    "HandedRow",
    "Kind",
    "Mandate",
    "Organisation",
    "OrganisationManager",
    "OrganisationQuerySet",
    "Reorganisation",
    "Succession",
    "Tier",
    "UnitChange",
    "UnitNeverMoves",
    "holds_on",
    "standing_during",
    "term_since",
    "within_scope",
]
