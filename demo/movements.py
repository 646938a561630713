"""The demonstration's members by branch through the four quarters of 2016, from 6.712 to 6.904.

Only the two totals are said elsewhere (`quotas.MEMBERS`); who arrived and departed is invented so that every row comes
out.
"""

from collections import Counter

from accounts.models import User
from demo.moments import office_hour
from demo.quotas import MEMBERS, members_of
from demo.units import UNITS, District
from reports import movements, periods
from reports.figures import figures
from reports.models import ClosedMovement, MembershipMovement, QuarterClosing, UnitTotals

YEAR = 2016


def write_movements(district: District, by: User) -> None:
    """Write the rows of every branch; raises `AssertionError` when one does not come out."""
    first, last = (members_of(total) for _day, total in sorted(MEMBERS.items()))
    quarters = periods.year_period(YEAR).quarters()
    admitted = [figures.count_by_unit(district.root, quarter) for quarter in quarters]
    rows = []
    for place, unit in enumerate(UNITS):
        base = district.base[unit.name]
        came = sum(counts.get(base.pk, Counter())["admitted"] for counts in admitted)
        gone = first[unit.name] + came - last[unit.name]
        steady = [row for (name, _branch), row in district.branches.items() if name == unit.name]
        steady = [row for row in steady if row.valid_from.year < YEAR]
        moved = _moves(steady, gone, place)
        members = _at_the_start(district, unit, steady, first[unit.name])
        for n, quarter in enumerate(quarters):
            if unit.name == "Trung Nguyên" and n == 0:
                moved += _split(district, members, admitted[0])
            for branch in movements.branches_in_quarter(base, quarter):
                number = admitted[n].get(branch.pk, Counter())["admitted"]
                rows.append(_row(branch, quarter, members, number, moved, by))
    assert sum(row.end for row in rows if row.quarter == 4) == sum(last.values())
    MembershipMovement.objects.bulk_create(rows)
    for n, closing in enumerate(QuarterClosing.objects.valid().filter(year=YEAR).order_by("number")):
        _keep(closing, [row for row in rows if row.quarter == n + 1], admitted[n])


def _keep(closing, rows, admitted):
    """Keep the rows with the closing as it found them: who came to light after it is not among its members yet."""
    own = dict(UnitTotals.objects.filter(quarter=closing).values_list("unit", "own"))
    before = periods.preceding_quarter(periods.quarter_period(closing.year, closing.number))
    ends = MembershipMovement.objects.filter(year=before.first.year, quarter=before.number)
    ends = dict(ends.values_list("branch", "end"))
    kept = []
    for row in rows:
        later = admitted.get(row.branch_id, Counter())["admitted"] - own.get(row.branch_id, {}).get(
            "admitted", 0
        )
        numbers = {name: getattr(row, name) for name in ("branch", "start", *movements.OPTIONAL)}
        known = ends.get(row.branch_id)
        kept.append(ClosedMovement(closing=closing, before=known, end=row.end - later, **numbers))
    ClosedMovement.objects.bulk_create(kept)


def _at_the_start(district, unit, steady, total):
    """{branch: members}, adding up to `total`, no two neighbours alike."""
    branches = [*steady, district.old_thieu_to] if unit.name == "Trung Nguyên" else steady
    each, rest = divmod(total, len(branches))
    members = Counter({row.pk: each + (n < rest) for n, row in enumerate(branches)})
    for n, (left, right) in enumerate(zip(branches[::2], branches[1::2], strict=False)):
        members[left.pk] += n % 5
        members[right.pk] -= n % 5
    return members


def _moves(branches, gone, place):
    """Counter of (branch, quarter, column): `gone` more out of the unit than into it, and two who change branches."""
    moved = Counter()
    for n in range(abs(gone)):
        out = "left" if (n, place % 7) == (1, 3) else "departed"
        moved[branches[(5 * n + place) % len(branches)].pk, n % 4 + 1, out if gone > 0 else "arrived"] += 1
    for n in (1, 2):
        moved[branches[n].pk, (place + n) % 4 + 1, "departed"] += 1
        moved[branches[-n].pk, (place + n) % 4 + 1, "arrived"] += 1
    return moved


def _split(district, members, admitted):
    """Everyone of the branch that was split on 01/03/2016 goes over to its two successors."""
    old = district.old_thieu_to.pk
    everyone = members[old] + admitted.get(old, {}).get("admitted", 0)
    new = [district.branches["Trung Nguyên", name].pk for name in ("Thiệu Tổ 1", "Thiệu Tổ 2")]
    moved = Counter({(old, 1, "departed"): everyone})
    return moved + Counter({(new[0], 1, "arrived"): everyone // 2, (new[1], 1, "arrived"): -(-everyone // 2)})


def _row(branch, quarter, members, admitted, moved, by):
    start = members[branch.pk]
    others = {name: moved[branch.pk, quarter.number, name] for name in movements.OPTIONAL}
    end = start + admitted + others["arrived"] - others["departed"] - others["left"]
    assert end >= 0, (branch, quarter)
    members[branch.pk] = end
    return MembershipMovement(
        branch=branch,
        year=quarter.first.year,
        quarter=quarter.number,
        start=start,
        end=end,
        by=by,
        at=office_hour(quarter.last, 3),
        **others,
    )
