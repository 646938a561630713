"""A meeting of a branch, a base committee or the standing committee, and its results on many dossiers at once.

The attendance is entered once. Each dossier gets one of four outcomes: agreed or not (counted), put off with a
reason, or referred upward. Everything is recorded, or nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure, workflow
from admissions.choices import Body, Decider, Exclusion
from admissions.exceptions import Refused
from admissions.models import DecidingBody, Dossier, Event, Meeting, Vote, deciding_body_of
from admissions.procedure.spec import VoteRule
from admissions.rules import document_numbers
from admissions.states import State
from admissions.workflow import ACTS
from admissions.workflow.acts.guards import check_ballot, vote_rule
from branches.models import Organisation, Tier, within_scope
from branches.successions import describe_absence
from notation.dates import dmy, today

RIGHTS = {
    Body.BRANCH: Permission.BRANCH_WORK,
    Body.BASE: Permission.BASE_WORK,
    Body.STANDING: Permission.DECIDE,
}
"""What one must be allowed at the unit to record its meetings."""


class MeetingRefused(Refused):
    """Something of the meeting is wrong: `fields` by field of the meeting, `rows` by dossier and field."""

    def __init__(self, fields, rows):
        super().__init__([*(m for messages in fields.values() for m in messages), *rows] or [""])
        self.fields, self.rows = fields, rows


@dataclass(frozen=True)
class DossierResult:
    """What a meeting came to on one dossier: counted votes, or an act that puts it off (`outcome`) with its reason.

    `seen` is the version of the dossier that the person looked at.
    """

    dossier: Dossier
    agree: int | None = None
    disagree: int = 0
    outcome: str = ""
    reason: str = ""
    seen: int | None = None

    @property
    def put_off(self) -> bool:
        return bool(self.outcome) and ACTS[self.outcome].puts_off


def dossiers_waiting_for(units: QuerySet[Organisation], body: Body, on: date) -> QuerySet[Dossier]:
    """The dossiers that wait for a meeting of `body` at one of `units` (a queryset) on the day `on`, by name."""
    if body == Body.BRANCH:
        ready = Q(branch__in=units) & (
            Q(state=State.PREPARING) | Q(state=State.PROBATIONARY, probation_ends_on__lte=on)
        )
    elif body == Body.BASE:
        proposing = Q(branch__is_base_branch=False) & ~_decides_itself(on)
        waiting = Q(state=State.RESOLVED) | Q(state=State.CONVERTING, conversion_base_on=None)
        ready = Q(commune__in=units) & proposing & waiting
    else:
        itself = _decides_itself(on)
        unproposed = Q(branch__is_base_branch=False, conversion_base_on=None) & ~itself
        decided_here = (Q(commune__in=units) & itself) | (Q(commune__parent__in=units) & ~itself)
        waiting = Q(state=State.AWAITING) | (Q(state=State.CONVERTING) & ~unproposed)
        ready = decided_here & waiting
    return Dossier.objects.filter(ready).for_list().by_name()


def _decides_itself(on):
    """A condition on dossiers: their base organisation decides itself, as `deciding_body_of` says of one."""
    own = DecidingBody.objects.on(on).values("unit")
    return Q(commune__in=own) | Q(commune__parent__isnull=True) | Q(commune__parent__tier__in=_NOT_A_DISTRICT)


_NOT_A_DISTRICT = [tier for tier in Tier if tier != Tier.DISTRICT]


def dossiers_for_meeting(unit: Organisation, body: Body, on: date) -> list[Dossier]:
    """The dossiers that a meeting of `unit` on `on` may take, those reported upward left out."""
    rows = dossiers_waiting_for(Organisation.objects.filter(pk=unit.pk), body, on)
    return [row for row in rows if not row.reported_up]


def bodies_of(unit: Organisation, on: date) -> list[Body]:
    """Who meets at a unit on the day `on`.

    A base branch is branch and base organisation at once. At every other base organisation stands a committee: it
    proposes upward, or it decides itself (docs/domain.md, 1.4), by its standing committee or by an authorisation.
    """
    bodies = [Body.BRANCH] if unit.is_branch else []
    if unit.tier == Tier.BASE and not unit.is_base_branch:
        bodies.append(Body.STANDING if deciding_body_of(unit, on)[0] == unit else Body.BASE)
    if unit.tier == Tier.DISTRICT:
        bodies.append(Body.STANDING)
    return bodies


def decider_of(unit: Organisation, on: date) -> Decider:
    """Which body decides at `unit`, where one of its bodies does."""
    return deciding_body_of(unit, on)[1] if unit.tier == Tier.BASE else Decider.STANDING


def name_meeting_body(unit: Organisation, body: Body, on: date) -> str:
    """Who meets, in words."""
    if body == Body.STANDING and decider_of(unit, on) == Decider.AUTHORISED:
        return str(Decider.AUTHORISED.label)
    return str(Body(body).label)


def rule_of_meeting(unit: Organisation, body: Body, on: date) -> VoteRule:
    """The rule for the votes of a meeting on `on`, of the version in force that day."""
    return procedure.version_in_force(on).vote_of(decider_of(unit, on) if body == Body.STANDING else body)


def meetings_due(user: User, on: date) -> list[tuple[Organisation, Body, int]]:
    """[(unit, body, number of dossiers)] of the meetings that `user` may record and that have something to take."""
    due = []
    for body, right in RIGHTS.items():
        units = Organisation.objects.filter(within_scope(user.scope(right))).on(on)
        counts: Counter[int | None] = Counter()
        for row in dossiers_waiting_for(units, body, on).annotate(decides_itself=_decides_itself(on)):
            above = row.commune_id if row.decides_itself else row.commune.parent_id
            counts[{Body.BRANCH: row.branch_id, Body.BASE: row.commune_id}.get(body, above)] += 1
        for unit in Organisation.objects.filter(pk__in=list(counts)).select_related("parent"):
            due.append((unit, body, counts[unit.pk]))
    return due


def record_meeting(
    unit: Organisation,
    body: Body,
    results: list[DossierResult],
    *,
    by: User,
    held_on: date,
    number: str,
    **facts,
) -> Meeting:
    """Record a meeting and all its `results`; returns the `Meeting`.

    `number` is the number of the first resolution, the next dossiers that get one get those that follow. `facts` are
    the other columns of a meeting. Raises `MeetingRefused` having written nothing.
    """
    meeting = Meeting(unit=unit, body=body, held_on=held_on, number=number, by=by, **facts)
    problems = _problems_of_meeting(meeting, results)
    if not unit.exists_on(held_on):
        problems["held_on"] = [describe_absence(unit, held_on)]
    if problems:
        raise MeetingRefused(problems, {})
    with transaction.atomic():
        meeting.save()
        refused = _record_results(meeting, results, by)
        if refused:
            raise MeetingRefused({}, refused)
    return meeting


def preview_meeting(
    unit: Organisation, body: Body, results: list[DossierResult], *, by: User, **facts
) -> list["Taken"]:
    """What recording the meeting would write on each dossier, having written nothing; raises `MeetingRefused`."""
    with transaction.atomic():
        meeting = record_meeting(unit, body, results, by=by, **facts)
        taken = dossiers_taken_up(meeting)
        transaction.set_rollback(True)
    return taken


def _record_results(meeting, results, by):
    """Record each result with its number; {dossier: {field: [sentence]}} of those that were refused."""
    refused, numbered = {}, 0
    for result in results:
        number = document_numbers.following_number(meeting.number, numbered)
        try:
            numbered += _record_result(meeting, result, number, by)
        except Refused as refusal:
            refused[result.dossier.pk] = {
                None if name == NON_FIELD_ERRORS else name: words for name, words in refusal.by_field.items()
            }
            numbered += not result.put_off
    return refused


def _problems_of_meeting(meeting, results):
    """{field: [sentence]} of what is wrong with the meeting itself; None is the key of what belongs to no field."""
    problems: dict[str | None, list[str]] = {}
    held_on, excluded = meeting.held_on, meeting.excluded
    try:
        check_ballot(members=meeting.members, excluded=excluded, present=meeting.present, agree=0, disagree=0)
    except Refused as refusal:
        problems = {{"excluded": "away"}.get(k, k): v for k, v in refusal.message_dict.items()}
    if held_on > today():
        problems["held_on"] = [_("%(day)s chưa tới.") % {"day": dmy(held_on)}]
    else:
        problems |= _problems_of_exclusions(meeting)
        if meeting.body not in bodies_of(meeting.unit, held_on):
            words = _("%(unit)s không quyết định, không biểu quyết việc này vào ngày %(day)s.")
            problems["held_on"] = [words % {"unit": meeting.unit.title, "day": dmy(held_on)}]
    if not results:
        problems[None] = [_("Chưa ghi kết quả của hồ sơ nào.")]
    return problems


def _problems_of_exclusions(meeting):
    """{field: [sentence]} of members left out whom the rules of that day do not leave out, or without a reason."""
    rule = rule_of_meeting(meeting.unit, meeting.body, meeting.held_on)
    problems = {}
    for kind, _number, why in meeting.exclusions:
        if kind not in rule.exclusions:
            words = _("Quy định ngày %(day)s không trừ “%(kind)s” (%(clause)s).")
            values = {"day": dmy(meeting.held_on), "kind": kind.label, "clause": rule.exclusions_clause}
            problems[kind.value] = [words % values]
        elif kind in WITH_REASON and not why:
            words = _("Ghi ai được trừ, vì sao: “%(kind)s”.")
            problems[kind.value] = [words % {"kind": kind.label}]
    return problems


WITH_REASON = (Exclusion.SUSPENDED, Exclusion.DETAINED, Exclusion.EXCUSED)
"""Kinds of members left out for whom the meeting says why."""


def _record_result(meeting, result, number, by):
    """Record one result; whether it took the number."""
    dossier, on = result.dossier, meeting.held_on
    workflow.refuse_stale(dossier, result.seen)
    if result.put_off:
        workflow.perform(dossier, result.outcome, by=by, on=on, reason=result.reason, meeting=meeting)
        return False
    ballot = {
        "members": meeting.members,
        "excluded": meeting.excluded,
        "present": meeting.present,
        "agree": result.agree,
        "disagree": result.disagree,
    }
    passed = vote_rule(dossier, meeting.body, on).passes(result.agree, check_ballot(**ballot))
    action = workflow.act_after_vote(meeting.body, dossier.state, passed)
    facts = ballot | {"meeting": meeting, "manner": meeting.manner}
    if meeting.body == Body.STANDING and not passed:
        words = _("%(body)s biểu quyết %(a)d trên %(b)d, không đạt")
        body = name_meeting_body(meeting.unit, meeting.body, on)
        reason = words % {"body": body, "a": result.agree, "b": meeting.members}
        workflow.perform(dossier, action, by=by, on=on, reason=result.reason or reason, **facts)
        return False
    facts |= {"number": number, "exception": result.reason}
    workflow.perform(dossier, action, by=by, on=on, **facts)
    return True


# What a meeting came to


@dataclass(frozen=True)
class Taken:
    """A dossier that a meeting took up: the `vote` that was counted, or the act that put it off with its reason."""

    dossier: Dossier
    vote: Vote | None = None
    act: str = ""
    reason: str = ""
    on_conversion: bool = False

    @property
    def outcome(self) -> str:
        """ "passed", "failed", or the act that put it off."""
        return self.act or ("passed" if self.vote and self.vote.passed else "failed")

    @property
    def rule(self) -> VoteRule:
        assert self.vote
        return vote_rule(self.dossier, self.vote.body, self.vote.held_on)

    @property
    def arithmetic(self) -> str:
        return self.rule.arithmetic(self.vote.agree, self.vote.base) if self.vote else ""


def dossiers_taken_up(meeting: Meeting) -> list[Taken]:
    """Every dossier that `meeting` took up, by name: those voted on, passed or not, and those put off."""
    votes = meeting.votes.select_related("dossier__candidate", "dossier__branch", "dossier__commune__parent")
    put_off = [action for action, act in ACTS.items() if act.puts_off]
    told = Event.objects.filter(action__in=put_off, on=meeting.held_on, facts__meeting__id=meeting.pk)
    events = told.select_related("dossier__candidate", "dossier__branch")
    conversion = Vote.Purpose.CONVERSION
    taken = [Taken(vote.dossier, vote, on_conversion=vote.purpose == conversion) for vote in votes]
    for event in events:
        late = event.from_state in (State.PROBATIONARY, State.CONVERTING)
        taken.append(Taken(event.dossier, None, event.action, event.facts.get("reason", ""), late))
    return sorted(taken, key=lambda row: (row.dossier.candidate.sort_key, row.dossier.pk))


def count_taken_up(page: Iterable[Meeting]) -> dict[int, int]:
    """{primary key of a meeting: how many dossiers it took up} of the meetings on a page."""
    keys = [meeting.pk for meeting in page]
    votes = Vote.objects.filter(meeting__in=keys).values_list("meeting_id", flat=True)
    put_off = [action for action, act in ACTS.items() if act.puts_off]
    told = Event.objects.filter(action__in=put_off, facts__meeting__id__in=keys)
    counts = Counter([*votes, *told.values_list("facts__meeting__id", flat=True)])
    return {key: counts[key] for key in keys}


def numbers_passed_over(meeting: Meeting, taken: list[Taken]) -> list[str]:
    """The numbers between the meeting's first and its last that no resolution or decision of it bears."""
    parse = document_numbers.parse_number
    first = parse(meeting.number)
    used = [number for row in taken if row.vote and (number := parse(row.vote.number))]
    if not first or not used:
        return []
    serials = {serial for serial, symbol in used if symbol == first[1]}
    missing = (n for n in range(first[0], max(serials, default=0)) if n not in serials)
    return [document_numbers.format_document_number(n, first[1]) for n in missing]
