"""What the page of a visit shows: who was there, the visits before and after, figures, findings, conclusions."""

from typing import Any

from accounts.models import User
from notation.dates import today
from oversight import visits
from oversight.facts import facts_of_visit
from oversight.models import Shortcoming, Visit
from oversight.pages.facts_table import visit_lines

NEAR = 3
"""How many visits to the same unit the page leads to."""


def visit_page(visit: Visit, user: User) -> dict[str, Any]:
    """The page's plain data by name; findings only for whoever may read them yet."""
    commune = visit.unit.base_organisation
    if not visit.facts:
        visit.facts = facts_of_visit(visit.unit, min(visit.day, today()))
    former = visits.former_visit(visit)
    records = visits.may_record(user, visit)
    near = list(Visit.objects.for_user(user).filter(unit=visit.unit).order_by("-planned_on", "-pk")[:NEAR])
    return {
        "visit": visit,
        "commune": commune,
        "name": visit.unit.title[:1].lower() + visit.unit.title[1:],
        "members": _members(visit),
        "followers": [row.user for row in commune.followers.on(visit.day).select_related("user")],
        "near": near[::-1],
        "facts": visit_lines(visit),
        "columns": [visit.unit] if commune.pk == visit.unit_id else [visit.unit, commune],
        "former": former,
        "findings": _findings(visit) if records or visit.signed_on else [],
        "readable": records or visit.signed_on is not None,
        "results": list(visit.tasks.select_related("unit")),
        "additions": list(visit.additions.select_related("by")),
        "may_sign": visits.may_sign(user, visit),
        "may_record": records,
        "today": today(),
    }


def _members(visit):
    """The members of the team on the day, the head first."""
    if visit.team is None:
        return []
    return list(visit.team.members.on(visit.day).select_related("user"))


def _findings(visit):
    """[(label, mark, [words])]: strengths, each kind of shortcoming, causes; "" as mark where none is due."""
    rows = list(visit.shortcomings.all())
    found = [(_label(visit, "strengths"), "", [visit.strengths] if visit.strengths else [])]
    for kind in Shortcoming.Kind:
        words = [row.words for row in rows if row.kind == kind]
        found.append((kind.label, "soon" if words else "ok", words))
    found.append((_label(visit, "causes"), "", [visit.causes] if visit.causes else []))
    return found


def _label(visit, name):
    return visit._meta.get_field(name).verbose_name
