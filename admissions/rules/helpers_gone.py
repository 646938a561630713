"""Which helpers are members of the register who are no longer where they help: left, died, transferred, moved.

A helper is a name in a dossier; the member of that name is looked for by the dossier that the register has of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from admissions.models import Dossier, Event
from admissions.rules.unit_of_day import SUCCEED
from admissions.states import GONE, State
from branches.models import Organisation, Succession
from notation.vietnamese import fold

MEMBERS = Q(decided_on__isnull=False) | Q(elsewhere_on__isnull=False)
MOVES = ("move", SUCCEED)


@dataclass(frozen=True)
class Place:
    """Where somebody named `name` helps: the base organisation, the branches of those helped, since when at least."""

    name: str
    base: int
    branches: frozenset[int]
    since: date

    @property
    def key(self) -> tuple[int, str]:
        return self.base, fold(self.name)


@dataclass(frozen=True)
class GoneMember:
    """A member of a helper's name who is no longer where the helper helps: since when, and what became of them."""

    dossier: Dossier
    on: date | None
    words: str


def members_named(names: Iterable[str]) -> dict[str, list[Dossier]]:
    """{name without marks: the dossiers of members who bear it}, wherever they are now."""
    rows = Dossier.objects.filter(MEMBERS, candidate__search_name__in={fold(name) for name in names})
    members = defaultdict(list)
    for row in rows.for_list().order_by("year", "serial"):
        members[row.candidate.search_name].append(row)
    return members


def list_gone(places: Iterable[Place]) -> dict[tuple[int, str], list[GoneMember]]:
    """{key of a place: the members of the helper's name who have gone from it}; who came back is not gone.

    Who went before the first of those helped was listed is somebody else of the same name.
    """
    asked = list(places)
    members = members_named(place.name for place in asked)
    found = [row for rows in members.values() for row in rows]
    stays = _stays(found)
    origins = _origins({pk for place in asked for pk in place.branches}) if found else {}
    gone = {}
    for place in asked:
        branches = place.branches | {pk for branch in place.branches for pk in origins.get(branch, ())}
        rows = members.get(fold(place.name), [])
        present = {row.candidate_id for row in rows if _is_present(row, place)}
        told = [_tell_gone(row, place, branches, stays[row.pk]) for row in rows]
        gone[place.key] = [
            one
            for one in told
            if one
            and (one.on is None or one.on >= place.since)
            and (one.dossier.candidate_id not in present or _moved_within(one, place))
        ]
    return gone


def _is_present(member, place):
    return member.commune_id == place.base and not _has_ended(member)


def _has_ended(member):
    return bool(member.annulled_on) or member.state in (State.LEFT, *GONE)


def _moved_within(one, place):
    return not _has_ended(one.dossier) and one.dossier.commune_id == place.base


def _tell_gone(member, place, branches, stays):
    """The `GoneMember` of `member` as seen from `place`, None where they are still there or never were."""
    here = {member.commune_id, member.admitted_commune_id} | {base for _branch, base, _on in stays}
    if place.base not in here and not branches & {branch for branch, _base, _on in stays}:
        return None
    if _has_ended(member):
        return GoneMember(member, member.annulled_on or member.left_on, str(member.state_words))
    last = max((on for _branch, _base, on in stays), default=member.moved_on)
    if member.commune_id != place.base:
        return GoneMember(member, last, _("đã chuyển đến %(unit)s") % {"unit": member.commune.title})
    if member.branch_id not in place.branches and branches & {branch for branch, _base, _on in stays}:
        return GoneMember(member, last, _("đã chuyển sang %(unit)s") % {"unit": member.branch.title})
    return None


def _stays(members):
    """{primary key: [(branch, base organisation, day of leaving it)]} of the branches where `members` were before."""
    moved = Event.objects.filter(dossier__in=[row.pk for row in members], action__in=MOVES)
    before = [
        (event.dossier_id, int(event.changes["branch_id"][0]), event.on)
        for event in moved.order_by("no")
        if event.changes.get("branch_id")
    ]
    units = Organisation.objects.select_related("parent").in_bulk({branch for _pk, branch, _on in before})
    stays = defaultdict(list)
    for pk, branch, on in before:
        stays[pk].append((branch, units[branch].base_organisation.pk, on))
    return stays


def _origins(branches):
    """{branch: the branches that it took over from}."""
    origins = defaultdict(set)
    rows = Succession.objects.filter(successor__in=branches)
    for successor, predecessor in rows.values_list("successor", "predecessor"):
        origins[successor].add(predecessor)
    return origins
