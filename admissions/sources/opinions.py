"""What the base committee says of the proposals of its branches, several at once: each stands or falls by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from admissions import workflow
from admissions.choices import Proposal
from admissions.exceptions import Refused
from admissions.models import Dossier, Event


@dataclass(frozen=True)
class Answer:
    """An opinion on the proposal for one dossier: agreed to, or kept as it is for a reason; `seen` as in `perform`."""

    dossier: Dossier
    agree: bool
    seen: int
    reason: str = ""

    @property
    def action(self) -> str:
        """The act that records it."""
        if not self.agree:
            return "keep_source"
        return "agree_removal" if self.dossier.proposal == Proposal.REMOVAL else "agree_proposal"


@dataclass
class Opinions:
    """What became of the answers: the events written, and {primary key of a dossier: sentences} of those refused."""

    recorded: list[Event] = field(default_factory=list)
    refused: dict[int, list[str]] = field(default_factory=dict)


def answer_proposals(answers: Iterable[Answer], *, by: User, on: date, number: str = "") -> Opinions:
    """Record each of `answers` as of `on` with the guards of its act; one that is refused leaves its dossier as it was.

    `number` is the document in which the committee says so, if there is one.
    """
    opinions = Opinions()
    for answer in answers:
        facts: dict[str, Any] = {"number": number} if answer.agree else {"reason": answer.reason}
        try:
            event = workflow.perform(answer.dossier, answer.action, by=by, seen=answer.seen, on=on, **facts)
        except Refused as refusal:
            opinions.refused[answer.dossier.pk] = refusal.messages
        else:
            opinions.recorded.append(event)
    return opinions
