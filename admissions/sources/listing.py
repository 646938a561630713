"""Who is on the source lists on any day, and how far each has come with the awareness class.

On the list is whoever was listed by that day and neither admitted nor ended by then: sources, who have made no
application, and beside them those whose dossiers are under way (docs/domain.md, 2.6).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import or_

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
from admissions.sources.groups import facts_of_groups, groups_of, with_groups
from admissions.states import ENDED, UNDER_WAY, State
from branches.models import Organisation
from branches.today import Heirs, is_today
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


@dataclass(frozen=True)
class Lists:
    """Who was on the lists of a unit on a day: the `sources`, and those whose dossiers were `under_way`.

    `moved` are the branches of that day of those who have gone to another one since, by primary key of the dossier.
    """

    sources: DossierQuerySet
    under_way: DossierQuerySet
    moved: dict[int, Organisation] = field(default_factory=dict)

    def branches(self, rows: DossierQuerySet) -> list[tuple[int, str]]:
        """[(primary key, path)] of the branch of that day for each of `rows`, in no order."""
        there = {pk: (branch.pk, branch.path) for pk, branch in self.moved.items()}
        found = rows.order_by().values_list("pk", "branch", "branch__path")
        return [there.get(pk, (branch, path)) for pk, branch, path in found]

    def count_below(self, unit: Organisation, rows: DossierQuerySet) -> Counter[int]:
        """{primary key of a unit directly under `unit`: how many of `rows` were on the lists under it that day}."""
        depth = len(unit.ancestor_ids())
        ids = (path.split("/")[depth] for _branch, path in self.branches(rows) if path.count("/") > depth)
        return Counter(map(int, ids))


def read_lists(unit: Organisation, day: date, rows: DossierQuerySet | None = None) -> Lists:
    """The `Lists` of the branches of `unit` on `day`, as the register knows them now: corrected, and with whatever was
    recorded later for an earlier day. Of `rows` alone, where they are given.

    It goes by the dates of a dossier. Only of those who have since moved or been listed again their columns do not
    tell; their events do. In today's structure the lists of what `unit` took over from are its own.
    """
    rows = Dossier.objects.all() if rows is None else rows
    heirs = unit.heirs if is_today(unit) else Heirs()
    here = Q(branch__path__startswith=unit.path)
    if is_today(unit):
        here |= Q(branch__in=heirs.branches_into(unit))
    if day >= today():
        there = rows.filter(here)
        return Lists(there.filter(state=State.LISTED), there.under_way())
    branches, states = _as_of(day)
    inside = [
        pk
        for pk, branch in branches.items()
        if any(path.startswith(unit.path) for path in heirs.places_of(branch.pk, branch.path))
    ]
    here = here & ~Q(pk__in=list(branches)) | Q(pk__in=inside)
    told, begun = Q(pk__in=list(states)), _begun_by(day)

    def stood(columns: Q, *asked: State) -> DossierQuerySet:
        by_events = [pk for pk, state in states.items() if state in asked]
        return rows.filter(here, _on_a_list(day) & columns & ~told | Q(pk__in=by_events))

    return Lists(stood(~begun, State.LISTED), stood(begun, *UNDER_WAY), branches)


def _on_a_list(day):
    """A condition: listed by `day`, and neither admitted nor ended by then; what a dossier's columns tell."""
    stood = Q(listed_on__lte=day)
    for column in ("decided_on", "elsewhere_on"):
        stood &= Q(**{column: None}) | Q(**{f"{column}__gt": day})
    stood &= Q(arrived_on=None) | Q(arrived_on__lte=day)
    return stood & (~Q(state__in=ENDED) | Q(state_since__gt=day))


def _begun_by(day):
    """A condition: the dossier was under way by `day`; one that came from elsewhere may have no application."""
    days = ("applied_on", "branch_resolved_on", "received_on")
    return reduce(or_, (Q(**{f"{column}__lte": day}) for column in days))


def _as_of(day):
    """({dossier: its branch on `day`}, {dossier: its state on `day`}) by primary keys, of those that have since moved
    or been listed again: of them the columns do not tell."""
    late = Event.objects.filter(action__in=("move", SUCCEED, "relist"), on__gt=day).values("dossier")
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
            states[pk] = State(before[-1]) if before else State.WITHDRAWN
    units = Organisation.objects.select_related("parent").in_bulk(set(moved.values())) if moved else {}
    return {pk: units[branch] for pk, branch in moved.items()}, states


def list_people(user: User, unit: Organisation, day: date) -> list[Source]:
    """The `Source` of everyone on the lists of the branches of `unit` on `day` whom `user` may see today, by branch
    and name. Who has since gone to a unit outside the scope is left out."""
    return read_people(read_lists(unit, day, Dossier.objects.for_user(user)), day)


def read_people(lists: Lists, day: date) -> list[Source]:
    """The `Source` of everyone on `lists`, those of `day`; by branch and name."""
    under_way = {row.pk for row in lists.under_way.only("pk")}
    rows = with_groups(lists.sources | lists.under_way).select_related("branch__parent", "commune")
    dossiers = list(rows)
    told = helping.events_of_helping(dossiers)
    learning = tell_learning(dossiers, day)
    groups = list(PriorityGroup.objects.filter(active=True))
    people = [
        Source(
            row,
            lists.moved.get(row.pk, row.branch),
            under_way=row.pk in under_way,
            course=course_of(row, day, learning.get(row.pk, "")),
            groups=groups_of(row.candidate, groups, facts_of_groups(row)),
            helps=helping.helpers_over_time(row, told[row.pk]),
            remarks=helping.remarks_of(told[row.pk]),
            day=day,
        )
        for row in dossiers
    ]
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
