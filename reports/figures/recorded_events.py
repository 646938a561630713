"""The events that tell of admissions, as the second count reads them: plain rows, with corrections in them.

This is another way than `admissions.rules.as_corrected`, so that each holds the other to account.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from admissions.models import Dossier, Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK
from admissions.rules.unit_of_day import SUCCEED
from admissions.workflow.counted_facts import COUNTED
from branches.models import Organisation

MATTER = ("decide", "refuse", "ceremony", "annul", "move", SUCCEED, "edit", CORRECT, TAKE_BACK)
"""The acts and events that say who was admitted, where and when; a vote that was refused may turn into a decision."""
DAYS = {"decided_on": "decide", "ceremony_on": "ceremony", "annulled_on": "annul"}
"""{column: the act that sets it}."""
GROWING = {name for name, fact in COUNTED.items() if fact.grows}
"""The facts that may have changed since the decision; the others can only have been wrong, and always agree."""


def as_corrected(events: list[dict]) -> list[dict]:
    """The events with what later ones correct in them, without those taken back; what corrects facts stays."""
    taken = {event["facts"]["target"] for event in events if event["action"] == TAKE_BACK}
    rows = {
        event["no"]: event | {"facts": dict(event["facts"])} for event in events if event["no"] not in taken
    }
    for event in events:
        target = rows.get(event["facts"].get("target")) if event["action"] == CORRECT else None
        if target is None:
            continue
        for name, (_before, after) in event["facts"]["fields"].items():
            if name == "on":
                target["on"] = date.fromisoformat(after)
            elif name == "action":
                target["action"] = after
            else:
                target["facts"][name] = after
    return [rows[no] for no in sorted(rows)]


def read_events(
    dossiers: QuerySet[Dossier],
) -> tuple[dict[int, list[dict]], dict[int, list[tuple[int, int, datetime, set[str]]]]]:
    """({dossier: its events that matter, in order}, {candidate: [(dossier, no, at, fields typed anew)]})."""
    events, written = defaultdict(list), defaultdict(list)
    columns = ("dossier_id", "no", "action", "on", "at", "facts")
    matter = Event.objects.filter(action__in=MATTER)
    for event in (
        matter.filter(dossier__in=dossiers.values("pk")).order_by("dossier_id", "no").values(*columns)
    ):
        events[event["dossier_id"]].append(event)
    typed = Event.objects.filter(action__in=("enter", "edit"))
    typed = typed.filter(dossier__candidate__in=dossiers.values("candidate"))
    for person, pk, no, at, action, facts in typed.values_list(
        "dossier__candidate_id", "dossier_id", "no", "at", "action", "facts"
    ):
        fields = GROWING if action == "enter" else GROWING & {*(facts.get("fields") or ())}
        written[person].append((pk, no, at, fields))
    return events, written


def find_broken_events(root: Organisation) -> QuerySet[Any]:
    """Events under `root` that begin in another state than `ended`, in which the one before ended ("" without one)."""
    before = Event.objects.filter(dossier=OuterRef("dossier"), no=OuterRef("no") - 1).values("to_state")
    rows = Event.objects.filter(dossier__branch__path__startswith=root.path).select_related("dossier")
    follows = Q(no=1, from_state="") | (Q(no__gt=1, from_state=F("ended")) & ~Q(ended=""))
    return rows.annotate(ended=Coalesce(Subquery(before), Value(""))).exclude(follows)
