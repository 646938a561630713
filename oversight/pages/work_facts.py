"""The figures of the written report that no other page has: sources, dossiers by step, returns, conversions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Count

from admissions.choices import IntroducedBy
from admissions.models import Dossier
from admissions.states import PIPELINE, State
from branches.models import Organisation
from notation.dates import today
from oversight.target_groups import list_listed, list_under_way
from reports.closing import year_reading
from reports.models import MemberCount
from reports.periods import Period

LATE = timedelta(days=45)
"""About thirty working days: a conversion decided later after the end of probation is told as late."""


def end_of(period: Period) -> date:
    """The day up to which a report tells: the last of its period, or today while that runs."""
    return min(period.last, today())


def members_at_end(unit: Organisation, period: Period) -> MemberCount | None:
    """The latest count of the members of `unit` up to the end of the period."""
    return MemberCount.objects.filter(unit=unit, on__lte=end_of(period)).order_by("-on").first()


@dataclass(frozen=True)
class SourceFacts:
    """The lists of sources at the end of a period, and what came and went in it."""

    listed: int
    under_way: int
    added: int
    dropped: int
    introduced: list[tuple[str, int]]


def count_sources_of(unit: Organisation, period: Period) -> SourceFacts:
    """The `SourceFacts` of a unit; who introduced is told of those added."""
    day = end_of(period)
    added = Dossier.objects.under(unit).filter(listed_on__range=(period.first, day), elsewhere_on=None)
    by = Counter(added.exclude(introduced_by="").values_list("introduced_by", flat=True))
    closing = year_reading.closing_with_year(period)
    if closing:
        there = Counter(one.line.key for one in year_reading.closed_sources(closing, [unit]))
        listed, under_way = there["sources"], there["under_way"]
    else:
        listed, under_way = list_listed(unit, day).count(), list_under_way(unit, day).count()
    withdrawn = Dossier.objects.under(unit).filter(
        state=State.WITHDRAWN, state_since__range=(period.first, day)
    )
    return SourceFacts(
        listed=listed,
        under_way=under_way,
        added=added.count(),
        dropped=withdrawn.count(),
        introduced=[(str(IntroducedBy(key).label), number) for key, number in by.most_common()],
    )


def count_steps(unit: Organisation) -> list[tuple[str, int]]:
    """[(state, dossiers)] of those under way today, in the order of the procedure."""
    rows = Dossier.objects.under(unit).under_way().order_by().values_list("state")
    found = dict(rows.annotate(n=Count("pk")))
    return [(str(State(state).label), found[state]) for state in PIPELINE if state in found]


@dataclass(frozen=True)
class ConversionFacts:
    """Probationers whose time ended in a period, whom it made official, late ones, who left, who still waits."""

    due: int
    done: int
    late: int
    left: int
    waiting: int


def count_conversions(unit: Organisation, period: Period) -> ConversionFacts:
    """The `ConversionFacts` of a unit up to the end of the period."""
    day, rows = end_of(period), Dossier.objects.under(unit)
    span = (period.first, day)
    done = rows.filter(conversion_decided_on__range=span)
    days = done.filter(probation_ends_on__isnull=False).values_list(
        "probation_ends_on", "conversion_decided_on"
    )
    return ConversionFacts(
        due=rows.filter(probation_ends_on__range=span).count(),
        done=done.count(),
        late=sum(bool(ended and decided and decided > ended + LATE) for ended, decided in days),
        left=rows.filter(state=State.LEFT, left_on__range=span).count(),
        waiting=rows.filter(
            state__in=(State.PROBATIONARY, State.CONVERTING), probation_ends_on__lte=day
        ).count(),
    )


def count_held(unit: Organisation) -> tuple[int, int]:
    """(dossiers held for a check, dossiers on which the standing committee was asked) today."""
    rows = Dossier.objects.under(unit)
    return rows.filter(state=State.HELD).count(), rows.filter(state=State.ASKED).count()


def count_certificates(unit: Organisation, period: Period) -> int:
    """How many people of `unit` got their certificate of the awareness class in the period."""
    if closing := year_reading.closing_with_year(period):
        return year_reading.closed_part_two(closing, unit)["certified"]
    return Dossier.objects.under(unit).filter(certified_on__range=(period.first, end_of(period))).count()


def count_classes(unit: Organisation, period: Period) -> tuple[int, int] | None:
    """(classes that began in the period, people of `unit` in them); None where the register keeps no classes."""
    models = {model.__name__: model for model in apps.get_app_config("admissions").get_models()}
    if "AwarenessClass" not in models:
        return None
    classes, enrolments = models["AwarenessClass"]._default_manager, models["Enrolment"]._default_manager
    span = (period.first, end_of(period))
    held = classes.filter(unit__in=unit.ancestor_ids(), first__range=span)
    people = enrolments.filter(awareness_class__in=held, dossier__branch__path__startswith=unit.path)
    return held.count(), people.count()
