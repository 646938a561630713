"""The demonstration's quotas: the published numbers, an example of each other kind, and the membership rates rest on.

Only the numbers for all admissions are known or follow from known ones; the rest is invented and concerns women,
youth and rural branches, and the share of branches, so that no published figure depends on it.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils.timezone import make_aware

from accounts.models import User
from demo.units import TRUNG_NGUYEN_QUOTAS, UNITS, District, Unit, plan_of_branches
from notation.dates import today
from reports import periods
from reports.models import Basis, MemberCount, Quota, Term

TERM = ("2015–2020", date(2016, 1, 1), date(2020, 12, 31), "NQ 01-NQ/ĐH, 12/8/2015")
RESOLUTION = ("NQ 01-NQ/ĐH", date(2015, 8, 12), "Nghị quyết Đại hội nhiệm kỳ 2015–2020")
PLANS = {
    2016: ("QĐ 31-QĐ/HU", date(2016, 1, 14), "Giao chỉ tiêu kết nạp đảng viên năm 2016"),
    2017: ("QĐ 28-QĐ/HU", date(2017, 1, 12), "Giao chỉ tiêu kết nạp đảng viên năm 2017"),
}
PROGRAMME = ("CTr 06-CTr/HU", date(2015, 12, 21), "Kết nạp đảng viên nữ, đoàn viên và ở nông thôn")
AMENDED = ("KH 41-KH/HU", date(2017, 2, 6), "Điều chỉnh chỉ tiêu kết nạp đoàn viên năm 2017")
MEMBERS = {date(2015, 12, 31): 6712, date(2016, 12, 31): 6904}
"""Members of the district; "gần 6.900" is all that is published."""


def give_quotas(district: District, users: dict[str, User]) -> None:
    """Write the term, the documents, the quotas, the membership and one proposal that waits."""
    name, first, last, basis = TERM
    term = periods.term_period(Term.objects.create(name=name, first=first, last=last, basis=basis))
    resolution = _basis(district.root, *RESOLUTION)
    _members(district)
    rows = []
    for year, plan in PLANS.items():
        period = periods.year_period(year)
        rows.append(_number(district.root, sum(unit.quota for unit in UNITS), period, resolution))
        decision = _basis(district.root, *plan)
        for unit in UNITS:
            base = district.base[unit.name]
            rows.append(_number(base, unit.quota, period, decision))
            below = _basis(base, "KH 02-KH/ĐU", plan[1], f"Giao chỉ tiêu cho các chi bộ năm {year}")
            branches = branch_quotas(unit).items()
            rows += [_number(district.branches[unit.name, name], n, period, below) for name, n in branches]
    rows.append(_number(district.root, 5 * sum(unit.quota for unit in UNITS), term, resolution))
    rows += [_number(district.base[unit.name], 5 * unit.quota, term, resolution) for unit in UNITS]
    Quota.objects.bulk_create(rows)
    _other_kinds(district.root, term, resolution, users["leader"])
    _proposal(district.base["Trung Nguyên"], users["trung-nguyen"])


def _basis(unit, number, on, title):
    return Basis.objects.create(number=number, on=on, title=title, issuer=unit.title)


def _number(unit, number, period, basis):
    return Quota(
        unit=unit, first=period.first, last=period.last, number=number, basis=basis, at=_moment(basis.on)
    )


def _moment(day):
    return make_aware(datetime.combine(day, time(9, 30)))


def branch_quotas(unit: Unit) -> dict[str, int]:
    """{branch: quota}, adding up to the unit's: one each as far as it goes, the rest one more from the top."""
    names = [name for name, _, _ in plan_of_branches(unit)]
    if unit.name == "Trung Nguyên":
        return {name: TRUNG_NGUYEN_QUOTAS.get(name, 1) for name in names}
    each, rest = divmod(unit.quota, len(names))
    return {name: number for place, name in enumerate(names) if (number := each + (place < rest))}


def members_of(total: int) -> dict[str, int]:
    """{name of a base organisation: members}, in proportion to the branches, adding up to `total`."""
    branches = sum(unit.branches for unit in UNITS)
    whole = {unit.name: divmod(total * unit.branches, branches) for unit in UNITS}
    left = total - sum(number for number, _rest in whole.values())
    first = sorted(whole, key=lambda name: -whole[name][1])[:left]
    return {name: number + (name in first) for name, (number, _rest) in whole.items()}


def _members(district):
    MemberCount.objects.bulk_create(
        MemberCount(unit=unit, on=on, number=number, at=_moment(on))
        for on, total in MEMBERS.items()
        for unit, number in [
            (district.root, total),
            *((district.base[name], number) for name, number in members_of(total).items()),
        ]
    )


def _other_kinds(root, term, resolution, leader):
    """A yearly average, a range, a rate (revised once) and a share of branches, all for the district."""
    programme, amended = _basis(root, *PROGRAMME), _basis(root, *AMENDED)
    at_end = {row.on.year + 1: row for row in MemberCount.objects.filter(unit=root)}

    def add(period, basis, measure="admitted", **facts):
        facts |= {"first": period.first, "last": period.last, "measure": measure, "at": _moment(basis.on)}
        return Quota.objects.create(unit=root, basis=basis, by=leader, **facts)

    add(term, resolution, "rural", kind=Quota.Kind.AVERAGE, number=150)
    for year, members in at_end.items():
        period = periods.year_period(year)
        add(period, programme, "women", kind=Quota.Kind.RANGE, number=110, high=130)
        rate = {"kind": Quota.Kind.RATE, "membership": members}
        row = add(period, programme, "youth", rate=Decimal("2.50"), **rate)
        if year == AMENDED[1].year:
            add(period, amended, "youth", rate=Decimal("2.75"), revises=row, **rate)
        add(period, programme, kind=Quota.Kind.SHARE, rate=Decimal(80))


def _proposal(unit, user):
    year = periods.year_period(2017)
    reason = "Chi bộ Đông Lỗ 1 có thêm một nguồn đã học lớp nhận thức."
    Quota.objects.create(
        unit=unit,
        first=year.first,
        last=year.last,
        number=16,
        state=Quota.State.PROPOSED,
        reason=reason,
        by=user,
        at=_moment(today()),
    )
