"""What the checks of a quarter compare: every count of one root of the tree, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from branches.models import Organisation
from reports.figures import figures, recount
from reports.measures import ADMITTED, MEASURES
from reports.periods import Period


@dataclass(frozen=True)
class QuarterCounts:
    """The counts of `root` in `quarter`.

    `whole` are the numbers of the root by measure, `below` those of the units under it with an admission. `parts` are
    the quarters of the year up to this one, `year` all of them counted at once. `dossiers` are those admitted, each
    with how many events it has (`told`) and the number of the last one (`last`). `again` is the recount.
    """

    root: Organisation
    quarter: Period
    whole: dict[str, int]
    below: Sequence[int]
    parts: Sequence[int]
    year: int
    dossiers: Sequence[Any]
    again: recount.Result


def gather_counts(root: Organisation, quarter: Period) -> QuarterCounts:
    """The `QuarterCounts` of a root and a quarter; reads only."""
    so_far, measures = quarter.year_to_date(), tuple(MEASURES.values())
    parts = [part for part in quarter.quarters() if part.last <= quarter.last]
    cells = [(quarter, measure) for measure in measures]
    cells += [(part, ADMITTED) for part in (*parts, so_far)]
    whole, below = figures.count_whole_and_parts(root, cells)
    rows = figures.list_figure(root, quarter).annotate(told=Count("events"), last=Max("events__no"))
    return QuarterCounts(
        root=root,
        quarter=quarter,
        whole=dict(zip(MEASURES, whole, strict=False)),
        below=[numbers[0] for numbers in below.values() if numbers[0]],
        parts=whole[len(measures) : -1],
        year=whole[-1],
        dossiers=list(rows.order_by("year", "serial")),
        again=recount.check_period(root, quarter),
    )
