"""What is corrected together: the dossiers of one meeting, of one document, of one person."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from admissions.models import Document, Dossier, Event, Meeting
from admissions.rules.document_numbers import following_number
from admissions.workflow.counted_facts import COUNTED
from admissions.workflow.drafts import Draft, fields_of, find_act, follow_vote, recorded_value

OF_THE_MEETING = ("on", "members", "excluded", "present")
"""What is entered once for a meeting and holds for each of its ballots."""


def companions_of(draft: Draft) -> list[Draft]:
    """The same correction in each other dossier that it has to be made in, where something is to be changed there."""
    if draft.target is None:
        return list(_of_person(draft))
    if "meeting" in draft.target.facts:
        shared = {name: pair for name, pair in draft.changes.items() if name in OF_THE_MEETING}
        events = Event.objects.filter(facts__meeting__id=draft.target.facts["meeting"]["id"])
        return list(_same_acts(draft, shared, events)) if shared else []
    document = _document_of(draft) if "on" in draft.changes and "number" not in draft.changes else None
    if document is not None:
        events = Event.objects.filter(dossier__documents=document, action=draft.target.action)
        return list(_same_acts(draft, {"on": draft.changes["on"]}, events))
    return []


def _document_of(draft: Draft) -> Document | None:
    number = draft.target.facts.get("number", "") if draft.target else ""
    rows = draft.dossier.documents.filter(number=number, dated_on=draft.target.on) if draft.target else ()
    return next(iter(rows), None)


def _same_acts(draft: Draft, changes: dict, events: Iterable[Event]) -> Iterator[Draft]:
    """The acts among `events` of other dossiers that hold the same values, each with its own correction."""
    others = events.exclude(dossier=draft.dossier).select_related(  # type: ignore[attr-defined]
        "dossier__candidate", "dossier__branch__parent__parent", "dossier__commune"
    )
    steps = 0
    for event in others:
        act = find_act(event.dossier, event.no)
        mine = {name: pair for name, pair in changes.items() if act and name in fields_of(act)}
        if mine and all(recorded_value(event.dossier, act, name) == pair[0] for name, pair in mine.items()):
            other = follow_vote(Draft(event.dossier, act, mine))
            alike = "action" in draft.changes and other.changes.get("action") == draft.changes["action"]
            steps += alike
            yield _share_outcome(draft, other, steps) if alike else other


def _share_outcome(draft, other, steps):
    """`other`, whose vote comes to the same act as that of `draft`, with its reason and the number `steps` after.

    So a meeting numbers its decisions too, one for each person.
    """
    shared = {name: draft.changes[name] for name in ("reason", "number") if name in draft.changes}
    if "number" in shared and (number := shared["number"][1]):
        shared["number"] = ["", following_number(number, steps)]
    return replace(other, changes={**other.changes, **shared})


def _of_person(draft: Draft) -> Iterator[Draft]:
    """What can only have been wrong of the person, in their other admissions."""
    changes = {
        name: pair
        for name, pair in draft.changes.items()
        if not (COUNTED[name].grows or COUNTED[name].of_dossier)
    }
    rows = Dossier.objects.filter(candidate=draft.dossier.candidate_id, decided_on__isnull=False)
    rows = rows.exclude(pk=draft.dossier.pk).select_related("candidate", "branch__parent__parent", "commune")
    for other in rows if changes else ():
        mine = {name: [recorded_value(other, None, name), pair[1]] for name, pair in changes.items()}
        mine = {name: pair for name, pair in mine.items() if pair[0] != pair[1]}
        if mine:
            yield Draft(other, None, mine)


def let_go(draft: Draft, others: list[Draft]) -> None:
    """Free the document that `others` hold with the dossier, and put the meeting right; inside a transaction."""
    if draft.target is None:
        return
    document = _document_of(draft)
    if document is not None:
        document.dossiers.remove(*(other.dossier for other in others))
    if "meeting" in draft.target.facts:
        _correct_meeting(Meeting.objects.get(pk=draft.target.facts["meeting"]["id"]), draft.changes)


def _correct_meeting(meeting, changes):
    values = {name: after for name, (_before, after) in changes.items()}
    meeting.held_on = values.get("on", meeting.held_on)
    meeting.members = values.get("members", meeting.members)
    meeting.present = values.get("present", meeting.present)
    if "excluded" in values:
        meeting.exempt = min(meeting.exempt, values["excluded"])
        meeting.away = values["excluded"] - meeting.exempt
    meeting.save()
