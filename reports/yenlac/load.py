"""Loading the demonstration district, and proving that it says what the article says."""

from collections import defaultdict
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from accounts.models import Post, User
from accounts.roles import Role
from admissions import calendar, workflow
from admissions.models import Dossier, Ethnicity, Religion
from admissions.states import State as S
from branches.models import Kind, Mandate
from reports import figures, periods
from reports.measures import ADMITTED, RURAL
from reports.models import Quota, Term
from reports.yenlac import cases, plan
from reports.yenlac.moments import office_hour
from reports.yenlac.people import GROUPS, People, cast
from reports.yenlac.stories import TERMS, Story, Teller, branch_day_for
from reports.yenlac.units import TRUNG_NGUYEN_QUOTAS, UNITS, build, plan_of_branches

SEED = 251
PASSWORD = "yenlac-demo"  # noqa: S105 - printed by `make run`, refused outside a demonstration
ACCOUNTS = (
    ("district", "Phùng Thị Lan", Role.BOARD_STAFF, None),
    ("leader", "Nguyễn Văn Khánh", Role.BOARD_LEADER, None),
    ("admin", "Tạ Quang Huấn", Role.ADMINISTRATOR, None),
    ("trung-nguyen", "Đào Thị Nhung", Role.COMMUNE_COMMITTEE, ("Trung Nguyên",)),
    ("branch", "Nguyễn Văn Thực", Role.BRANCH_COMMITTEE, ("Trung Nguyên", "Tân Nguyên")),
)
TERM = ("2015–2020", date(2016, 1, 1), date(2020, 12, 31), "NQ 01-NQ/ĐH, 12/8/2015")
PLANS = {
    2016: ("QĐ 31-QĐ/HU", date(2016, 1, 14)),
    2017: ("QĐ 28-QĐ/HU", date(2017, 1, 12)),
}


class DemonstrationTeller(Teller):
    """The teller, with the two things that only this district's stories need."""

    leader = None

    def act_as_leader(self, dossier, action, on, **facts):
        workflow.perform(dossier, action, by=self.leader, at=office_hour(on, dossier.version), on=on, **facts)

    def lose(self, dossier, code, on, note):
        """Record that a paper that was there is not any more."""
        row = dossier.papers.get(code=code)
        rows = {code: {"had": False, "number": row.number, "dated_on": row.dated_on, "note": note}}
        workflow.record_papers(dossier, rows, by=self.staff, on=on, at=office_hour(on, dossier.version))


@transaction.atomic
def load():
    """Write the whole district in one transaction; the same rows every time."""
    district = build()
    Mandate.objects.bulk_create(
        Mandate(unit=district.root, name=f"Đại hội {name}", since=since) for name, since in TERMS
    )
    users = _accounts(district)
    _quotas(district)
    random = Random(SEED)  # noqa: S311 - a demonstration, not a secret
    teller = DemonstrationTeller(
        random,
        calendar.load(),
        People(random),
        users["district"],
        {False: Ethnicity.objects.get(name="Kinh"), True: Ethnicity.objects.get(name="Sán Dìu")},
        {False: Religion.objects.get(name="Không"), True: Religion.objects.get(name="Công giáo")},
    )
    teller.leader = users["leader"]
    _admitted(teller, district)
    cases.ended_otherwise(teller, district)
    cases.under_way(teller, district)
    cases.sources(teller, district)
    with connection.cursor() as cursor:
        # The planner still believes the tables empty, and would join them row by row.
        cursor.execute("ANALYZE")
    prove(district)
    return district


def _accounts(district):
    password, users = make_password(PASSWORD), {}
    for username, full_name, role, where in ACCOUNTS:
        user = User.objects.create(
            username=username, full_name=full_name, password=password, demonstration=True
        )
        unit = district.root if where is None else district.base[where[0]]
        if where and len(where) == 2:
            unit = district.branches[where]
        Post.objects.create(user=user, unit=unit, role=role, since=date(2011, 1, 1))
        users[username] = user
    return users


def _quotas(district):
    name, first, last, basis = TERM
    Term.objects.create(name=name, first=first, last=last, basis=basis)
    rows = []

    def give(unit, number, period, basis, basis_on):
        rows.append(
            Quota(
                unit=unit, first=period.first, last=period.last, number=number, basis=basis, basis_on=basis_on
            )
        )

    for year, (basis, basis_on) in PLANS.items():
        period = periods.year(year)
        give(district.root, sum(unit.quota for unit in UNITS), period, "NQ 01-NQ/ĐH", date(2015, 8, 12))
        for unit in UNITS:
            give(district.base[unit.name], unit.quota, period, basis, basis_on)
            for branch, number in _branch_quotas(unit).items():
                basis_below = f"KH 02-KH/ĐU của {district.base[unit.name].title}"
                give(district.branches[unit.name, branch], number, period, basis_below, basis_on)
    whole = periods.term(Term.objects.get(name=name))
    give(district.root, 5 * sum(unit.quota for unit in UNITS), whole, "NQ 01-NQ/ĐH", date(2015, 8, 12))
    for unit in UNITS:
        give(district.base[unit.name], 5 * unit.quota, whole, "NQ 01-NQ/ĐH", date(2015, 8, 12))
    Quota.objects.bulk_create(rows)


def _branch_quotas(unit):
    """{branch: quota}, adding up to the unit's: one each as far as it goes, the rest one more from the top."""
    names = [name for name, _, _ in plan_of_branches(unit)]
    if unit.name == "Trung Nguyên":
        return {name: TRUNG_NGUYEN_QUOTAS.get(name, 1) for name in names}
    each, rest = divmod(unit.quota, len(names))
    return {name: number for place, name in enumerate(names) if (number := each + (place < rest))}


def _admitted(teller, district):
    slots = list(enumerate(plan.slots(teller.random)))
    days = {index: plan.session(slot.year, slot.half, teller.calendar) for index, slot in slots}
    kinds = {(u.name, name): kind for u in UNITS for name, kind, _ in plan_of_branches(u)}
    groups, people = defaultdict(list), {}
    for index, slot in slots:
        groups[slot.year, slot.in_q4].append((index, slot))
    for key, margins in GROUPS.items():
        people |= cast(
            teller.people,
            groups[key],
            margins,
            lambda slot: kinds.get((slot.unit, slot.branch), Kind.VILLAGE),
            lambda slot: plan.session(slot.year, slot.half, teller.calendar),
        )
    may = [index for index, slot in slots if slot.unit == "Doanh nghiệp, HTX" and slot.year == 2016]
    gone = next(index for index, slot in slots if slot.year == 2015)
    for index, slot in slots:
        branch = district.branches.get((slot.unit, slot.branch), district.old_thieu_to)
        story = Story(
            branch, people[index], branch_day_for(teller, days[index]), S.OFFICIAL, decided=days[index]
        )
        story.late_conversion = index % 37 == 5 and days[index] > date(2015, 12, 1)
        if index == may[-1]:
            people[index].full_name = "Lê Văn Quyền"
            story.number, story.ceremony, story.fixed = (2016, 239), False, {"handed": date(2017, 1, 6)}
        if index == gone:
            story.until = S.PROBATIONARY
        dossier = teller.tell(story)
        if index == gone:
            cases.left(teller, dossier)


def prove(district):
    """Assert the published figures, to the digit; a district that says anything else is not loaded."""

    def check(unit, period, admitted, rural):
        found = figures.count(unit, period, (ADMITTED, RURAL))
        assert found == {"admitted": admitted, "rural": rural}, (unit.title, str(period), found)

    check(district.root, periods.year(2015), 278, 119)
    check(district.root, periods.year(2016), 268, 162)
    check(district.root, periods.years(2015, 2016), 546, 281)
    check(district.base["Trung Nguyên"], periods.between(date(2016, 1, 1), date(2017, 2, 27)), 19, 15)
    for unit in UNITS:
        row = district.base[unit.name]
        check(row, periods.year(2016), unit.admitted, unit.rural)
        check(row, periods.year(2015), unit.admitted_2015, unit.rural_2015)
        check(row, periods.quarter(2016, 4), *unit.q4)
        check(row, periods.year(2017), *unit.in_2017)
        under_way = Dossier.objects.under(row).under_way().count()
        assert under_way == unit.under_way, (unit.name, under_way)
        silent = figures.silent_branches(row, periods.year(2016)).count()
        assert silent == unit.silent, (unit.name, silent)
