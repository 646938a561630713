"""What a closing keeps of the movements of members: the rows as they stood, whatever is annulled afterwards."""

from reports import periods
from reports.models import ClosedMovement, MembershipMovement
from reports.models.closing import QuarterClosing

COPIED = ("branch_id", "start", "arrived", "departed", "left", "end")


def keep_movements(closing: QuarterClosing) -> None:
    """Copy the rows of the quarter; inside the transaction of the closing."""
    quarter = periods.quarter_period(closing.year, closing.number)
    before = periods.preceding_quarter(quarter)
    ends = dict(_recorded(before).values_list("branch", "end"))
    rows = [
        ClosedMovement(closing=closing, before=ends.get(row["branch_id"]), **row)
        for row in _recorded(quarter).order_by("branch").values(*COPIED)
    ]
    ClosedMovement.objects.bulk_create(rows, batch_size=2000)


def keeps_movements(closing: QuarterClosing) -> bool:
    """Whether the closing has rows: none where nothing was recorded, or it is older than this keeping."""
    return ClosedMovement.objects.filter(closing=closing).exists()


def _recorded(quarter):
    return MembershipMovement.objects.filter(year=quarter.first.year, quarter=quarter.number)
