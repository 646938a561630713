"""Biểu 10-TCTW of 2012, part II: what the branches did for admission in a period, beside the admissions themselves.

Each row is counted from `list_part_two`: pairs of a unit and a dossier, or of a base organisation and none.
"""

from collections.abc import Iterator

from django.db.models import Case, F, When

from admissions.choices import Decider, Leaving
from admissions.models import Dossier
from admissions.models.deciding_body import DecidingBody
from branches.models import Organisation
from notation.dates import today
from reports.figures import chain_steps, figures
from reports.periods import Period

FROM_CHAIN = ("official", "listed", "certified")
"""The rows that are steps of the chain."""
OTHERS = ("not_recognised", "without_admission", "authorised")
ROWS = (*FROM_CHAIN, *OTHERS)

Line = tuple[str, int, int | None]
"""(key of the row, primary key of the branch or base organisation, that of the dossier or None)."""


def list_part_two(unit: Organisation, period: Period) -> Iterator[Line]:
    """The `Line`s behind every row of a unit and period."""
    place = Case(When(chain_steps.COUNTED, then=F("admitted_branch")), default=F("branch"))
    for key in FROM_CHAIN:
        rows = chain_steps.list_takers(unit, period, chain_steps.BY_KEY[key]).annotate(place=place)
        yield from ((key, branch, pk) for pk, branch in rows.order_by("pk").values_list("pk", "place"))
    yield from list_others(unit, period)


def list_others(unit: Organisation, period: Period) -> Iterator[Line]:
    """The `Line`s of the rows that are no steps of the chain."""
    left = Dossier.objects.under(unit).filter(
        left_on__range=period.days, left_how=Leaving.NOT_RECOGNISED, annulled_on=None
    )
    yield from (
        ("not_recognised", branch, pk) for pk, branch in left.order_by("pk").values_list("pk", "branch")
    )
    bases = Organisation.objects.under(unit).communes().on(min(period.last, today())).order_by("pk")
    admitting = figures.admissions_in(period).values("admitted_commune")
    authorised = DecidingBody.objects.on(period.last).filter(decider=Decider.AUTHORISED).values("unit")
    for key, rows in (
        ("without_admission", bases.exclude(pk__in=admitting)),
        ("authorised", bases.filter(pk__in=authorised)),
    ):
        yield from ((key, pk, None) for pk in rows.values_list("pk", flat=True))
