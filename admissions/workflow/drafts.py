"""What somebody means to correct: the act or the facts, and each field before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.models import Dossier, Event
from admissions.rules.as_corrected import amend_events
from admissions.workflow.act import COMMITTEE_BALLOT, Field, FieldKind, paragraph_field
from admissions.workflow.acts.guards import BALLOT
from admissions.workflow.ballots import other_outcomes, read_ballot
from admissions.workflow.counted_facts import fact_at_admission
from admissions.workflow.door import keep_fact
from admissions.workflow.transitions import ACTS
from notation.births import Birth
from notation.vietnamese import clean


@dataclass(frozen=True)
class Draft:
    """What is to be corrected in a dossier: {field: [before, after]} of one act, or of its counted facts.

    `target` is the event of the act as it reads today, None for facts.
    """

    dossier: Dossier
    target: Event | None
    changes: Mapping[str, list]

    @property
    def takes_two(self) -> bool:
        """Whether a second person has to agree: what is statutory, and what a report counts."""
        return self.target is None or ACTS[self.target.action].takes_two

    @property
    def permission(self) -> Permission:
        """What one must be allowed at the dossier's branch to ask for it."""
        return Permission.ENTER if self.target is None else ACTS[self.target.action].permission


def find_act(dossier: Dossier, no: int) -> Event | None:
    """The act recorded as event `no`, with the corrections made so far; None when there is none that stands."""
    rows = amend_events(dossier.events.select_related("by"))
    return next((row for row in rows if row.no == no and row.action in ACTS), None)


def draft_correction(dossier: Dossier, target: Event | None, values: Mapping[str, Any]) -> Draft:
    """The `Draft` of what differs in `values` from what is recorded, {field: value}; raises `Refused` when nothing
    does."""
    changes, missing = {}, {}
    for name, value in values.items():
        before, after = recorded_value(dossier, target, name), keep_value(value)
        field = fields_of(target).get(name) if target is not None else None
        if after == "" and field and field.required:
            missing[name] = _("Cần ghi ô này.")
        if before != after:
            changes[name] = [before, after]
    if missing:
        raise Refused(missing)
    if not changes:
        raise Refused(_("Chưa sửa ô nào: mọi ô như đang ghi."))
    draft = follow_vote(Draft(dossier, target, changes))
    if not draft.changes:
        raise Refused(_("Chưa sửa ô nào: mọi ô như đang ghi."))
    return draft


def follow_vote(draft: Draft) -> Draft:
    """The draft with the act that its corrected vote comes to, where that is another one than was recorded.

    What that act does not take is void, such as the number of a decision that was not one; what it asks beyond
    (`asked_by_outcome`) it refuses to be without.
    """
    dossier, target = draft.dossier, draft.target
    if target is None:
        return draft
    after = {name: pair[1] for name, pair in draft.changes.items()}
    facts = {
        name: recorded_value(dossier, target, name) for name in BALLOT if name in fields_of(target)
    } | after
    facts["on"] = date.fromisoformat(after.get("on", target.on.isoformat()))
    chosen = "meeting" not in target.facts
    ballot = read_ballot(target.action, dossier, facts, target.from_state, chosen=chosen)
    if ballot is None or ballot.action == target.action:
        own = {name: pair for name, pair in draft.changes.items() if name in fields_of(target)}
        return replace(draft, changes=own)
    taken = {*ACTS[ballot.action].fields, *COMMITTEE_BALLOT.keys() - {"number"}}
    lost = [name for name in fields_of(target) if name in target.facts and name not in taken]
    void = {name: [target.facts[name], ""] for name in lost}
    changes = {name: pair for name, pair in draft.changes.items() if name in taken} | void
    return replace(draft, changes=changes | {"action": [target.action, ballot.action]})


ASKED_BY_OUTCOME = {
    "reason": paragraph_field(gettext_lazy("Lý do")),
    "number": Field(label=gettext_lazy("Số quyết định"), kind=FieldKind.NUMBER, max_length=40),
}
"""Why someone is not admitted, and the number of a decision: what a vote alone does not say."""


def asked_by_outcome(target: Event) -> dict[str, Field]:
    """The fields that a recorded vote does not have, and the act takes that it may come to."""
    fields = fields_of(target)
    if not {*BALLOT} <= fields.keys():
        return {}
    taken = {name for action in other_outcomes(target.action) for name in ACTS[action].fields}
    return {name: field for name, field in ASKED_BY_OUTCOME.items() if name in taken - fields.keys()}


def fields_of(event: Event) -> dict[str, Field]:
    """The fields of a recorded act: those of its row, and of a ballot that a meeting gave it."""
    fields = dict(ACTS[event.action].fields)
    return fields | {
        name: field
        for name, field in COMMITTEE_BALLOT.items()
        if name not in fields and name in event.facts and "meeting" in event.facts and name != "number"
    }


def recorded_value(dossier: Dossier, target: Event | None, name: str) -> Any:
    """A field of an act, or a fact as it was counted, as events keep values. What an act leaves out is what its form
    begins with."""
    if target is None:
        return keep_value(fact_at_admission(dossier, name))
    if name == "on":
        return keep_value(target.on)
    if name == "action":
        return target.action
    field = fields_of(target).get(name)
    return keep_value(target.facts.get(name, field and field.initial))


def keep_value(value: Any) -> Any:
    """A value as an event keeps it: a row as key and words, a day as text, nothing as ""."""
    if isinstance(value, Birth):
        return value.kept
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return clean(value)
    return "" if value is None else keep_fact(value)
