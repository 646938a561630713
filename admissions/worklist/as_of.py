"""The register as it was stored on a day: the state and the branch that each dossier had when that day ended.

It is told by the events as they were recorded, not by the days that they speak of: what was recorded later, or
corrected since, does not change what an earlier day knew.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, DateField, F, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from admissions.models import Dossier, Event
from admissions.models.dossier import DossierQuerySet
from branches.models import Organisation
from notation.dates import today


def moment_after(day: date) -> datetime:
    """The moment at which `day` is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def rows_as_of(rows: DossierQuerySet, day: date) -> DossierQuerySet:
    """Of `rows` those that the register had when `day` ended, each with `state_then`, `since_then`, `branch_then`."""
    if day >= today():
        return rows.annotate(state_then=F("state"), since_then=F("state_since"), branch_then=F("branch"))
    events = Event.objects.filter(dossier=OuterRef("pk")).order_by()
    known = events.filter(at__lt=moment_after(day)).order_by("-no")
    entered = known.exclude(from_state=F("to_state"))
    left = events.filter(at__gte=moment_after(day), changes__has_key="branch_id").order_by("no")
    before = left.annotate(was=Cast(KT("changes__branch_id__0"), BigIntegerField()))
    return rows.annotate(
        state_then=Subquery(known.values("to_state")[:1]),
        since_then=Coalesce(Subquery(entered.values("on")[:1], output_field=DateField()), F("listed_on")),
        branch_then=Coalesce(
            Subquery(before.values("was")[:1]), F("branch_id"), output_field=BigIntegerField()
        ),
    ).filter(state_then__isnull=False)


def under_as_of(rows: DossierQuerySet, unit: Organisation, day: date) -> DossierQuerySet:
    """Of `rows`, as `rows_as_of` gives them, those that stood at or under `unit` when `day` ended."""
    if day >= today():
        return rows.under(unit)
    gone = Event.objects.filter(at__gte=moment_after(day), changes__has_key="branch_id").order_by()
    near = Q(branch__path__startswith=unit.path) | Q(pk__in=gone.values("dossier"))
    under = Organisation.objects.under(unit).order_by().values("pk")
    return rows.filter(near, _annotated_in("branch_then", under))


def _annotated_in(name: str, values: Any) -> Q:
    """A condition on what `rows_as_of` wrote beside the columns."""
    return Q((f"{name}__in", values))


def in_states_as_of(rows: DossierQuerySet, states: Iterable[str]) -> DossierQuerySet:
    """Of `rows`, as `rows_as_of` gives them, those that were in one of `states`."""
    return rows.filter(_annotated_in("state_then", list(states)))


def count_as_of(rows: DossierQuerySet) -> list[tuple[int, str, int]]:
    """[(primary key of the branch, state, number)] of `rows`, as `rows_as_of` gives them."""
    columns = ("branch_then", "state_then")
    return list(rows.order_by().values_list(*columns).annotate(n=Count("pk")))


def show_as_of(rows: list[Dossier], day: date) -> list[Dossier]:
    """`rows` with state, day and units as they were on `day`, to be shown and not to be saved."""
    if day >= today():
        return rows
    keys = {row.branch_then for row in map(_annotated, rows)}
    units = Organisation.objects.select_related("parent__parent").in_bulk(keys)
    for row in map(_annotated, rows):
        row.state, row.state_since = row.state_then, row.since_then
        row.branch = units[row.branch_then]
        row.commune = row.branch.base_organisation
    return rows


def _annotated(row: Dossier) -> Any:
    """The row with what `rows_as_of` wrote beside its columns."""
    return row
