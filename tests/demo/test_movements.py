"""The members of the demonstration come out branch by branch, quarter by quarter."""

import pytest

from reports import movements, periods
from reports.closing.reading import valid_closing
from reports.models import MemberCount, MembershipMovement

pytestmark = pytest.mark.django_db


def test_every_row_of_2016_comes_out_and_leads_from_one_year_end_to_the_next(yenlac):
    ends = dict(MemberCount.objects.filter(unit=yenlac.root).values_list("on__year", "number"))
    start = ends[2015]
    for quarter in periods.year_period(2016).quarters():
        total, below = movements.rolled_up(yenlac.root, quarter)
        assert (total.start, total.wrong, total.recorded) == (start, 0, total.branches)
        assert total.end == sum(row.end for row in below)
        start = total.end
    assert start == ends[2016]


def test_the_branch_that_was_split_goes_over_to_its_two_successors(yenlac):
    first = MembershipMovement.objects.filter(year=2016, quarter=1, branch__name__startswith="Thiệu Tổ")
    old, *new = first.order_by("branch__valid_from", "branch__name")
    assert (old.branch.name, old.end) == ("Thiệu Tổ", 0)
    assert sum(row.arrived for row in new) == old.departed


def test_the_closed_quarters_of_2016_keep_rows_that_come_out_by_their_own_figures(yenlac):
    """48 in the first quarter, of whom one more came to light in April: 49 today."""
    for n, then in ((1, 48), (2, 76), (3, 61)):
        total, below = movements.roll_up_lines(
            yenlac.root, movements.closed_lines(yenlac.root, valid_closing(2016, n))
        )
        assert (total.admitted, total.wrong, total.recorded) == (then, 0, total.branches)
        assert total.end == sum(row.end for row in below)
