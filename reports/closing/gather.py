"""What the checks of a quarter compare: every count of one root of the tree, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from branches.models import Organisation
from reports.closing.source import Live
from reports.figures import figures, recount
from reports.measures import ADMITTED, BY_UNIT, MEASURES
from reports.periods import Period
from reports.unit_group import UnitGroup


@dataclass(frozen=True)
class ColumnCounts:
    """A column of the table by unit: what it counts, the number of the total, and the sum of the rows below it."""

    label: str
    whole: int
    rows: int


@dataclass(frozen=True)
class QuarterCounts:
    """The counts of `root` in `quarter`.

    `whole` are the numbers of the root by measure, `columns` those of the table by unit, with `units` rows that have an
    admission. `quota` is that of the root and the sum of those given below it, None where there is none. `parts` are
    the quarters of the year up to this one, `year` all of them counted at once. `dossiers` are those admitted, each
    with how many events it has (`told`) and the number of the last one (`last`). `again` is the recount.
    """

    root: Organisation
    quarter: Period
    whole: dict[str, int]
    columns: Sequence[ColumnCounts]
    units: int
    quota: tuple[int, int] | None
    parts: Sequence[int]
    year: int
    dossiers: Sequence[Any]
    again: recount.Result


def gather_counts(root: Organisation, quarter: Period) -> QuarterCounts:
    """The `QuarterCounts` of a root and a quarter; reads only."""
    table = Live(UnitGroup((root,)), quarter)
    so_far, before = table.so_far().period, figures.same_days_before(quarter)
    shown = table.children_during(filter(None, [quarter, before, so_far]))
    columns = [(str(measure.label), (quarter, measure)) for measure in BY_UNIT]
    columns += [(_("Cùng kỳ năm trước"), (before, ADMITTED))] if before else []
    columns += [(_("Từ đầu năm"), (so_far, ADMITTED))]
    parts = [(part, ADMITTED) for part in quarter.quarters() if part.last <= quarter.last]
    cells = [
        *((quarter, measure) for measure in MEASURES.values()),
        *(cell for _label, cell in columns),
        *parts,
    ]
    numbers, below = figures.count_whole_and_parts(root, cells)
    by_unit = figures.count_by_unit(root, quarter, MEASURES.values())
    whole = dict(zip(cells, numbers, strict=True))
    rows = {
        cell: sum(below[unit.pk][at] for unit in shown if unit.pk in below) for at, cell in enumerate(cells)
    }
    dossiers = figures.list_figure(root, quarter).annotate(told=Count("events"), last=Max("events__no"))
    return QuarterCounts(
        root=root,
        quarter=quarter,
        whole={measure.key: whole[quarter, measure] for measure in MEASURES.values()},
        columns=[ColumnCounts(label, whole[cell], rows[cell]) for label, cell in columns],
        units=sum(bool(counts[0]) for counts in below.values()),
        quota=_quotas(table, root, shown),
        parts=[whole[cell] for cell in parts],
        year=whole[so_far, ADMITTED],
        dossiers=list(dossiers.order_by("year", "serial")),
        again=recount.check_period(root, quarter, by_unit),
    )


def _quotas(table, root, shown):
    """(the quota of `root`, the sum of those of the units shown), None where either was not given."""
    given = table.quotas([root, *shown])
    below = [given[unit.pk] for unit in shown if unit.pk in given]
    return (given[root.pk], sum(below)) if root.pk in given and below else None
