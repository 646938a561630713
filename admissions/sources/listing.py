"""Who is on the source lists on any day, and how far each has come with the awareness class.

On the list is whoever was listed by that day and neither admitted nor ended by then: sources, who have made no
application, and beside them those whose dossiers are under way (docs/domain.md, 2.6).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from admissions import procedure
from admissions.choices import IntroducedBy
from admissions.classes.figures import tell_learning
from admissions.models import Dossier, Event, PriorityGroup
from admissions.models.dossier import DossierQuerySet
from admissions.rules import helping
from admissions.rules.as_corrected import amend_events
from admissions.rules.unit_of_day import SUCCEED
from admissions.sources.groups import groups_of, with_groups
from admissions.states import ENDED, PIPELINE, State
from branches.models import Organisation
from notation.dates import add_months, dmy, today

EXPIRES_SOON = timedelta(days=90)
"""Before the end of a certificate from which on it is pointed out."""

CERTIFIED, EXPIRING, EXPIRED, LEARNING, AGREED, NOT_SENT = (
    "gcn",
    "gcn-sap-het",
    "gcn-het",
    "cho-cap",
    "cho-lop",
    "chua-cu",
)
"""How far somebody has come with the class, as addresses name it."""


@dataclass(frozen=True)
class Course:
    """How far somebody has come with the class: one of the keys above, its shape and its words."""

    key: str
    mark: str
    words: str

    @property
    def has_certificate(self) -> bool:
        return self.key in (CERTIFIED, EXPIRING)


@dataclass(frozen=True)
class Source:
    """Somebody on a list on a day: the dossier, the branch that had it then, the state of that day."""

    dossier: Dossier
    branch: Organisation
    under_way: bool
    course: Course
    groups: list[PriorityGroup]
    helps: list[helping.Help]
    remarks: list[helping.Remark]
    day: date

    @property
    def helper(self) -> str:
        return helping.helper_on(self.helps, self.day)

    @property
    def introduced_by(self) -> str:
        """Who brought the person, in words; who was not asked for is said to be unknown."""
        return str(dict(IntroducedBy.choices).get(self.dossier.introduced_by, _("Chưa ghi")))

    @cached_property
    def proposed(self) -> bool:
        """Whether a proposal of the branch waits for the base committee."""
        return bool(self.dossier.proposal) and self.dossier.state == State.LISTED


def listed_on(rows: DossierQuerySet, day: date) -> DossierQuerySet:
    """Of `rows` those on a source list on `day`, sources and dossiers under way; exact for today.

    Of an earlier day, those are added that have since been put on a list again: `list_people` looks at their events.
    """
    if day >= today():
        return rows.filter(state__in=PIPELINE)
    stood = Q(listed_on__lte=day)
    for column in ("decided_on", "elsewhere_on"):
        stood &= Q(**{column: None}) | Q(**{f"{column}__gt": day})
    stood &= Q(arrived_on=None) | Q(arrived_on__lte=day)
    stood &= ~Q(state__in=ENDED) | Q(state_since__gt=day)
    return rows.filter(stood | Q(pk__in=_changed_since("relist", day=day)))


def _changed_since(*actions, day):
    return Event.objects.filter(action__in=actions, on__gt=day).values("dossier")


def list_people(user: User, unit: Organisation, day: date) -> list[Source]:
    """The `Source` of everyone on the lists of the branches of `unit` on `day` whom `user` may see today, by branch
    and name. Who has since gone to a unit outside the scope is left out."""
    rows = listed_on(Dossier.objects.for_user(user), day)
    past = day < today()
    here = Q(branch__path__startswith=unit.path)
    if past:
        here |= Q(pk__in=_changed_since("move", SUCCEED, day=day))
    rows = with_groups(rows.filter(here)).select_related("branch__parent", "commune")
    dossiers = list(rows)
    branches, states = _as_of(dossiers, day) if past else ({}, {})
    told = helping.events_of_helping(dossiers)
    learning = tell_learning(dossiers, day)
    groups = list(PriorityGroup.objects.filter(active=True))
    people = []
    for row in dossiers:
        branch = branches.get(row.pk, row.branch)
        state = states.get(row.pk, "")
        if not branch.path.startswith(unit.path) or (state and state not in PIPELINE):
            continue
        applied = row.applied_on is not None and row.applied_on <= day
        people.append(
            Source(
                row,
                branch,
                under_way=state != State.LISTED if state else applied,
                course=course_of(row, day, learning.get(row.pk, "")),
                groups=groups_of(row.candidate, groups),
                helps=helping.helpers_over_time(row, told[row.pk]),
                remarks=helping.remarks_of(told[row.pk]),
                day=day,
            )
        )
    return sorted(people, key=_place_of)


def _place_of(person):
    branch, dossier = person.branch, person.dossier
    base = (branch.parent or branch) if not branch.is_base_branch else branch
    return (
        *base.place_in_tables,
        base.pk,
        *branch.place_in_tables,
        branch.pk,
        dossier.candidate.sort_key,
        dossier.pk,
    )


def _as_of(dossiers, day):
    """({dossier: its branch on `day`}, {dossier: its state on `day`}) by primary keys, of those that have since moved
    or been listed again: of them the columns do not tell."""
    late = Event.objects.filter(action__in=("move", SUCCEED, "relist"), on__gt=day)
    late = late.filter(dossier__in=[row.pk for row in dossiers]).values("dossier")
    events: dict[int, list[Event]] = {}
    for event in Event.objects.filter(dossier__in=late).order_by("dossier", "no"):
        events.setdefault(event.dossier_id, []).append(event)
    moved, states = {}, {}
    for pk, rows in events.items():
        amended = amend_events(rows)
        after = [event for event in amended if event.on > day]
        moves = [event.changes["branch_id"][0] for event in after if event.changes.get("branch_id")]
        if moves:
            moved[pk] = int(moves[0])
        if any(event.action == "relist" for event in after):
            before = [event.to_state for event in amended if event.on <= day]
            states[pk] = before[-1] if before else State.WITHDRAWN
    units = Organisation.objects.select_related("parent").in_bulk(set(moved.values()))
    return {pk: units[branch] for pk, branch in moved.items()}, states


def course_of(dossier: Dossier, day: date, learning: str = "") -> Course:
    """How far the person had come with the class on `day`; `learning` are the words for one who is in a class.

    A certificate counts until the branch has resolved: its months end with that meeting (docs/domain.md, rule 11).
    """
    certified, resolved = dossier.certified_on, dossier.branch_resolved_on
    if certified is None or certified > day:
        if learning:
            return Course(LEARNING, "half", learning)
        if dossier.class_agreed_on and dossier.class_agreed_on <= day:
            return Course(AGREED, "wait", _("Chờ lớp"))
        return Course(NOT_SENT, "na", _("Chưa cử học"))
    ends = certificate_end(dossier)
    if resolved and resolved <= day:
        return Course(CERTIFIED, "ok", _("GCN %(day)s") % {"day": dmy(certified)})
    words = {"day": dmy(ends)}
    if ends < day:
        return Course(EXPIRED, "late", _("GCN hết giá trị %(day)s") % words)
    soon = ends <= day + EXPIRES_SOON
    return Course(EXPIRING if soon else CERTIFIED, "soon" if soon else "ok", _("GCN đến %(day)s") % words)


def certificate_end(dossier: Dossier) -> date:
    """The last day on which the branch may meet with the certificate of `dossier`, which has one."""
    assert dossier.certified_on
    months = procedure.version_of(dossier).conditions.certificate_months
    return add_months(dossier.certified_on, months)
