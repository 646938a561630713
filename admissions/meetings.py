"""A meeting of a branch, a base committee or the standing committee, and its results on many dossiers at once.

The attendance is entered once. Each dossier gets one of four outcomes: agreed or not (counted), put off with a
reason, or referred upward. Everything is recorded, or nothing.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure, workflow
from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.models import Dossier, Meeting
from admissions.procedure.spec import VoteRule
from admissions.rules import document_numbers
from admissions.states import State
from admissions.workflow import ACTS
from admissions.workflow.act import MeetingOutcome
from admissions.workflow.acts.guards import check_ballot
from branches.models import Organisation, Tier, within_scope
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
        ready = Q(commune__in=units, branch__is_base_branch=False) & (
            Q(state=State.RESOLVED) | Q(state=State.CONVERTING, conversion_base_on=None)
        )
    else:
        proposed = Q(branch__is_base_branch=True) | Q(conversion_base_on__isnull=False)
        ready = Q(commune__parent__in=units) & (
            Q(state=State.AWAITING) | Q(state=State.CONVERTING) & proposed
        )
    return Dossier.objects.filter(ready).for_list().by_name()


def dossiers_for_meeting(unit: Organisation, body: Body, on: date) -> list[Dossier]:
    """The dossiers that a meeting of `unit` on `on` may take, those reported upward left out."""
    rows = dossiers_waiting_for(Organisation.objects.filter(pk=unit.pk), body, on)
    return [row for row in rows if not row.reported_up]


def bodies_of(unit: Organisation) -> list[Body]:
    """Who meets at a unit: a base branch is both, a committee stands at every other base organisation."""
    bodies = [Body.BRANCH] if unit.is_branch else []
    if unit.tier == Tier.BASE and not unit.is_base_branch:
        bodies.append(Body.BASE)
    if unit.tier == Tier.DISTRICT:
        bodies.append(Body.STANDING)
    return bodies


def meetings_due(user: User, on: date) -> list[tuple[Organisation, Body, int]]:
    """[(unit, body, number of dossiers)] of the meetings that `user` may record and that have something to take."""
    due = []
    for body, right in RIGHTS.items():
        units = Organisation.objects.filter(within_scope(user.scope(right)))
        counts: Counter[int | None] = Counter()
        for row in dossiers_waiting_for(units, body, on):
            held_by = {Body.BRANCH: row.branch_id, Body.BASE: row.commune_id}.get(body)
            counts[held_by or row.commune.parent_id] += 1
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
    members: int,
    present: int,
    away: int = 0,
    exempt: int = 0,
    **facts,
) -> Meeting:
    """Record a meeting and all its `results`; returns the `Meeting`.

    `number` is the number of the first resolution, the next dossiers voted on get those that follow. `facts` are
    the other columns of a meeting. Raises `MeetingRefused` having written nothing.
    """
    problems = _problems_of_meeting(held_on, members, away + exempt, present, results)
    if problems:
        raise MeetingRefused(problems, {})
    with transaction.atomic():
        meeting = Meeting.objects.create(
            unit=unit,
            body=body,
            held_on=held_on,
            number=number,
            members=members,
            present=present,
            away=away,
            exempt=exempt,
            by=by,
            **facts,
        )
        refused = _record_results(meeting, results, by)
        if refused:
            raise MeetingRefused({}, refused)
    return meeting


def _record_results(meeting, results, by):
    """Record each result with its number; {dossier: {field: [sentence]}} of those that were refused."""
    refused, voted = {}, 0
    for result in results:
        try:
            _record_result(meeting, result, document_numbers.following_number(meeting.number, voted), by)
        except Refused as refusal:
            named = hasattr(refusal, "error_dict")
            refused[result.dossier.pk] = refusal.message_dict if named else {None: refusal.messages}
        voted += not result.put_off
    return refused


def _problems_of_meeting(held_on, members, excluded, present, results):
    """{field: [sentence]} of what is wrong with the meeting itself; None is the key of what belongs to no field."""
    problems: dict[str | None, list[str]] = {}
    try:
        check_ballot(members=members, excluded=excluded, present=present, agree=0, disagree=0)
    except Refused as refusal:
        problems = {{"excluded": "away"}.get(k, k): v for k, v in refusal.message_dict.items()}
    if held_on > today():
        problems["held_on"] = [_("%(day)s chưa tới.") % {"day": dmy(held_on)}]
    if not results:
        problems[None] = [_("Chưa ghi kết quả của hồ sơ nào.")]
    return problems


def act_after_vote(body: Body, state: State, passed: bool) -> str:
    """The act that follows from a vote of `body` on a dossier in `state`; raises `KeyError` if there is none."""
    acts = {outcome: action for action, act in ACTS.items() for outcome in act.outcomes}
    return acts[MeetingOutcome(body=Body(body), state=State(state), passed=passed)]


def _record_result(meeting, result, number, by):
    dossier, on = result.dossier, meeting.held_on
    workflow.refuse_stale(dossier, result.seen)
    if result.put_off:
        workflow.perform(dossier, result.outcome, by=by, on=on, reason=result.reason, meeting=meeting)
        return
    ballot = {
        "members": meeting.members,
        "excluded": meeting.away + meeting.exempt,
        "present": meeting.present,
        "agree": result.agree,
        "disagree": result.disagree,
    }
    rule = vote_rule_of(dossier, meeting.body, on)
    passed = rule.passes(result.agree, check_ballot(**ballot))
    action = act_after_vote(meeting.body, dossier.state, passed)
    if "reason" in ACTS[action].fields:
        words = _("Ban Thường vụ biểu quyết %(a)d trên %(b)d, không đạt")
        reason = words % {"a": result.agree, "b": meeting.members}
        workflow.perform(dossier, action, by=by, on=on, reason=reason)
        return
    ballot |= {"number": number, "meeting": meeting, "exception": result.reason}
    workflow.perform(dossier, action, by=by, on=on, **ballot)


def vote_rule_of(dossier: Dossier, body: Body, on: date) -> VoteRule:
    """The vote rule for `dossier` at a meeting on `on`: of the version that binds it, or would from then on."""
    version = (
        procedure.get_version(dossier.procedure) if dossier.procedure else procedure.version_in_force(on)
    )
    return version.votes[body]
