"""Which act a vote comes to: what its numbers say, by the rule of its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from admissions import procedure
from admissions.choices import Body
from admissions.models import Dossier
from admissions.states import ON_CONVERSION, State
from admissions.workflow.act import MeetingOutcome
from admissions.workflow.acts.guards import BALLOT, check_ballot, vote_rule
from admissions.workflow.transitions import ACTS


@dataclass(frozen=True)
class Ballot:
    """A vote counted by itself: the act that its numbers make of it, and the sentence that says why."""

    action: str
    words: str
    short: bool


def act_after_vote(body: Body, state: State, passed: bool) -> str:
    """The act that follows from a vote of `body` on a dossier in `state`; raises `KeyError` if there is none."""
    acts = {outcome: action for action, act in ACTS.items() for outcome in act.outcomes}
    return acts[MeetingOutcome(body=Body(body), state=State(state), passed=passed)]


def other_outcomes(action: str) -> set[str]:
    """The acts that a vote recorded as `action` may come to when its numbers come out the other way."""
    return {
        act_after_vote(outcome.body, outcome.state, not outcome.passed) for outcome in ACTS[action].outcomes
    }


def read_ballot(
    action: str,
    dossier: Dossier,
    facts: Mapping[str, Any],
    state: str | None = None,
    *,
    chosen: bool = True,
) -> Ballot | None:
    """What the ballot in the `facts` of an act comes to; None for an act without one.

    `state` is that of the dossier before the vote, its present one where nothing is said. Below a share that is not
    certain law the act stays the one that was `chosen`; in a meeting nobody chose, the numbers did. Raises `Refused`.
    """
    act, before = ACTS[action], State(state or dossier.state)
    if not act.outcomes or not facts.keys() >= {*BALLOT}:
        return None
    body = act.outcomes[0].body
    base = check_ballot(**{name: facts[name] for name in BALLOT})
    try:
        rule = vote_rule(dossier, body, facts["on"])
    except procedure.NoProcedure:
        return None
    passed = rule.passes(facts["agree"], base)
    certain = rule.is_certain(before in ON_CONVERSION)
    values = {"a": facts["agree"], "b": base, "n": rule.needed(base)}
    words = _("%(a)d đồng ý trên %(b)d, cần ít nhất %(n)d: %(result)s.")
    result = pgettext("vote", "đạt") if passed else pgettext("vote", "chưa đạt")
    follows = act_after_vote(body, before, passed) if certain or passed or not chosen else action
    return Ballot(follows, words % {**values, "result": result}, not passed)


def follow_ballot(
    action: str, dossier: Dossier, facts: Mapping[str, Any]
) -> tuple[str, dict[str, Any], Ballot | None]:
    """The act that the ballot in `facts` comes to, with those of the facts that it takes; raises `Refused`."""
    ballot = read_ballot(action, dossier, facts)
    if ballot is None or ballot.action == action:
        return action, dict(facts), ballot
    taken = {*ACTS[ballot.action].fields, "exception"}
    return ballot.action, {name: value for name, value in facts.items() if name in taken}, ballot
