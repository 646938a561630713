"""A dossier is the fold of its acts: it can be put together again from its events, each act asking its guards anew.

A correction is an event among the others (`admissions.rules.as_corrected`), so that what is corrected, and what was
taken back, follow from the same functions that recorded it in the first place.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Dossier, Event, Meeting, Paper, Vote
from admissions.models.admission_facts import READ_FROM
from admissions.rules.as_corrected import amend_events
from admissions.workflow.act_papers import ON_THE_MOVE, step_of_act
from admissions.workflow.door import apply_act
from admissions.workflow.drafts import ASKED_BY_OUTCOME
from admissions.workflow.entry import EDITABLE
from admissions.workflow.transitions import ACTS
from branches.models import Organisation, Tier
from notation.dates import dmy

IDENTITY = (
    "id",
    "year",
    "serial",
    "candidate_id",
    "previous_id",
    "version",
    "event_count",
    "person_was",
)
"""The columns that no event changes."""
TYPED = EDITABLE | {"certified_on"}
"""The columns that are typed: their first value is what the first event that changed them found."""
ROWS = {"branch": Organisation, "meeting": Meeting, "into": Dossier}
"""{fact: the model of the row whose key an event keeps}."""
BY_DATE = ("admitted_age",)
"""Of the frozen facts those that follow from the day of the decision."""
NOT_ASKED = ("exception", "agreed_by")
"""Facts of an event that are no arguments of its act."""


def replay(dossier: Dossier, events: Iterable[Event], *, fresh: Collection[str] = ()) -> None:
    """Put `dossier` together again from its `events`: its columns on the instance, its votes, papers and numbers in
    the database, inside the caller's transaction.

    What was frozen at admission stays, but for what follows from the day and the columns in `fresh`. Whether someone
    may, and whether papers are missing, is not asked again. Raises `Refused`: by field where the last event, a
    correction, is itself what cannot be; in a sentence that names the later act where that does not go with it.
    """
    recorded = list(events)
    frozen = {column: getattr(dossier, column) for column in frozen_columns()}
    target = recorded[-1].facts.get("target") if recorded else None
    aside = _Aside(dossier, recorded)
    for column, value in first_values(dossier, recorded).items():
        setattr(dossier, column, value)
    from_start, count = _corrected_from_start(recorded), dossier.event_count
    for event in amend_events(recorded):
        dossier.event_count = event.no - 1  # an act that looks at the events sees those before it
        if event.action in ACTS:
            _repeat(dossier, event, aside, is_target=event.no == target)
            if event.action == "decide":
                _keep_frozen(dossier, frozen, {*BY_DATE, *fresh})
        else:
            _type_again(dossier, event, from_start)
    dossier.event_count = count
    aside.put_back(dossier)


def frozen_columns() -> list[str]:
    """The columns of the facts that the act of admission fixes, as they stand on the instance."""
    return [field.attname for field in Dossier._meta.concrete_fields if field.name in READ_FROM]


def _keep_frozen(dossier, frozen, fresh):
    """What was frozen stays as it was then; a dossier that was not decided yet has nothing to keep."""
    for column, value in frozen.items():
        if value is not None and column not in fresh:
            setattr(dossier, column, value)


def read_value(column: str, value: Any) -> Any:
    """The value of a column from the text that an event keeps of it."""
    fields = {field.attname: field for field in Dossier._meta.concrete_fields}
    return None if value is None else fields[column].to_python(value)


def first_values(dossier: Dossier, events: list[Event]) -> dict[str, Any]:
    """{column: value} of the dossier when it was entered; what corrections say was wrong from the start is right in it.

    It is what the first event that changed a column found there, and what stands there now where none has. Events of
    an old register do not tell: what acts set was then empty, what is typed is taken as it stands.
    """
    fields = [field for field in Dossier._meta.concrete_fields if field.attname not in IDENTITY]
    values = {field.attname: getattr(dossier, field.attname) for field in fields}
    untold = _is_untold(events)
    if untold:
        values |= {field.attname: field.get_default() for field in fields if field.attname not in TYPED}
        values |= {"listed_on": events[0].on, "state": events[0].to_state, "state_since": events[0].on}
    seen: set[str] = set()
    for event in events:
        for column, (before, _after) in event.changes.items():
            if column in values and column not in seen and (column in TYPED or not untold):
                values[column] = read_value(column, before)
                seen.add(column)
    if "branch_id" not in seen:
        values |= _first_branch(dossier, events)
    for column, value in _corrected_from_start(events).items():
        values[column] = read_value(column, value)
    return values


def _is_untold(events):
    """Whether some change of state was recorded before events kept what they changed."""
    return any(event.from_state not in ("", event.to_state) and not event.changes for event in events)


def _first_branch(dossier, events):
    """The branch before the first move, where events of an old register do not tell it."""
    move = next((event for event in events if event.action == "move"), None)
    if move is None:
        return {}
    decided = next((event.no for event in events if event.action == "decide"), None)
    branch = dossier.admitted_branch if decided and decided < move.no else None
    if branch is None:
        made = dossier.documents.filter(issuer__tier=Tier.BRANCH, dated_on__lte=move.on).first()
        branch = made.issuer if made else None
    if branch is None:
        words = _("Sổ cũ không ghi hồ sơ ở chi bộ nào trước ngày chuyển %(day)s nên không tính lại được.")
        raise Refused(words % {"day": dmy(move.on)})
    return {"branch_id": branch.pk, "commune_id": branch.base_organisation.pk}


def _corrected_from_start(events):
    """{column: value as kept} of the dossier's own columns that corrections name."""
    return {
        column: value
        for event in events
        if event.action == "correct"
        for column, value in event.facts.get("from_start", {}).items()
    }


def _type_again(dossier, event, from_start):
    for column, (_before, after) in event.changes.items():
        if column in TYPED and column not in from_start:
            setattr(dossier, column, read_value(column, after))


# One act once more


def facts_of(event: Event) -> dict[str, Any]:
    """The arguments of the act of `event`: its day, and its facts with rows read by their keys.

    What a vote alone does not say is empty, so that the act that it turned into refuses to be without.
    """
    facts = {name: value for name, value in event.facts.items() if name not in NOT_ASKED}
    for name, model in ROWS.items():
        if isinstance(facts.get(name), Mapping):
            facts[name] = model._default_manager.get(pk=facts[name]["id"])
    unsaid = {name: "" for name in ASKED_BY_OUTCOME if name in ACTS[event.action].fields}
    return {"on": event.on, **unsaid, **facts}


def _repeat(dossier, event, aside, *, is_target):
    act = ACTS[event.action]
    try:
        if dossier.state not in act.sources:
            words = _("hồ sơ lúc đó ở trạng thái “%(state)s”")
            raise Refused(words % {"state": dossier.state_words})
        why = act.blocked(dossier)
        if why and why.where != "papers":
            raise Refused(str(why))
        apply_act(dossier, event.action, **facts_of(event))
    except Refused as refusal:
        if is_target:
            raise
        words = _("%(act)s ngày %(day)s không còn đúng: %(why)s")
        values = {"act": act.label, "day": dmy(event.on), "why": " ".join(refusal.messages)}
        raise Refused(words % values) from refusal
    aside.keep_vote(dossier)


class _Aside:
    """The rows of a dossier that its acts wrote, put aside while they write them again."""

    def __init__(self, dossier: Dossier, events: list[Event]) -> None:
        self.votes = list(Vote.objects.filter(dossier=dossier).order_by("pk"))
        self.used: list[int] = []
        self.papers = {row.code: row for row in Paper.objects.filter(dossier=dossier)}
        self.made = _made(dossier, events)
        Paper.objects.filter(dossier=dossier, code__in=self.made).delete()
        for document in list(dossier.documents.all()):
            document.dossiers.remove(dossier)
            if not document.dossiers.exists():
                document.delete()

    def keep_vote(self, dossier: Dossier) -> None:
        """Write the vote that an act has just counted into the row that it had before."""
        known = {*self.used, *(row.pk for row in self.votes)}
        vote = Vote.objects.filter(dossier=dossier).exclude(pk__in=known).first()
        if vote is None:
            return
        new = vote.pk
        if self.votes:
            vote.pk = self.votes.pop(0).pk
            vote.save(force_update=True)
            Vote.objects.filter(pk=new).delete()
        self.used.append(vote.pk)

    def put_back(self, dossier: Dossier) -> None:
        """Remove the votes that no act has counted again; put back the papers that no act makes, and the notes."""
        kept = self.papers.keys() - self.made
        Vote.objects.filter(pk__in=[row.pk for row in self.votes]).delete()
        for code, row in self.papers.items():
            if code in kept:
                row.save()
            elif row.note:
                Paper.objects.filter(dossier=dossier, code=code, note="").update(note=row.note)
        vars(dossier)["_prefetched_objects_cache"] = {}


def _made(dossier, events):
    """The codes of the papers that the acts among `events` have ever brought."""
    acts = {event.action for event in [*events, *amend_events(events)] if event.action in ACTS}
    steps = {step_of_act(action) for action in acts} - {""}
    codes = {procedure.version_of(dossier).paper_of(step) for step in steps} - {""}
    return codes | ({*ON_THE_MOVE} if "move" in acts else set())
