"""For any tree, quotas and admissions: sums agree, lists are as long as their figures, and no scope leaks."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from admissions.choices import Education, Occupation, Qualification
from admissions.models import Dossier
from branches.models import Kind, Organisation, Tier
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES, PARTITIONS
from reports.models import MemberCount, Quota
from reports.pages import series
from reports.quotas import attainment, branch_share
from tests import factories
from tests.examples import PropertyTestCase, examples
from tests.markup import markup

YEAR = periods.year_period(2016)
DAYS = st.dates(date(2015, 6, 1), date(2017, 2, 20))
PERSON = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["female", "male"]),
        "age": st.integers(17, 70),
        "youth": st.booleans(),
        "occupation": st.sampled_from([*Occupation.values, "khac"]),
        "education": st.sampled_from(Education.values),
        "qualification": st.sampled_from(Qualification.values),
    }
)
"""Facts of an admission; some fit no measure of their partition and are "chưa rõ"."""
BRANCH = st.tuples(st.booleans(), st.booleans(), st.lists(st.tuples(DAYS, PERSON), max_size=3))
"""Whether it is rural, whether it ended in the middle of 2016, and whom it admitted: (day, facts)."""
COMMUNE = st.tuples(st.booleans(), st.lists(BRANCH, max_size=3))
QUOTA = st.tuples(st.sampled_from(Quota.Kind.values), st.integers(0, 6), st.integers(0, 3))
PERIOD = st.one_of(
    st.sampled_from(
        [YEAR, periods.year_period(2015), periods.quarter_period(2016, 2), periods.half_period(2016, 2)]
    ),
    st.just(periods.span_of_years(2016, 2020)),
    st.tuples(DAYS, DAYS).map(lambda two: periods.any_days(*sorted(two))),
)
SOME = st.lists(st.sampled_from(sorted(MEASURES)), min_size=2, max_size=3, unique=True)
MEMBERS = 37
"""Of how many members a rate is asked for: few enough that half heads come up."""
PAGES = (
    "/chi-tieu/",
    "/chi-tieu/dat/",
    "/chi-tieu/giao/",
    "/chi-tieu/ho-so/",
    "/chi-tieu/xep-hang/",
    "/chi-tieu/im-lang/",
    "/chi-tieu/dang-lam/",
)
MANY = settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])


class RandomTrees(PropertyTestCase):
    """One admission is carried through the workflow; the others copy its row with other facts."""

    @staticmethod
    def make():
        place = factories.district()
        place.row = factories.admitted(place.rural, place.staff, on=date(2014, 2, 10))
        return place

    @MANY
    @given(st.lists(COMMUNE, min_size=1, max_size=3), PERIOD, SOME)
    def test_for_every_measure_parents_are_sums_and_lists_are_as_long_as_figures(
        self, communes, period, some
    ):
        place = self.grow(communes)
        units = list(Organisation.objects.order_by("path"))
        counts = figures.count_by_unit(place.root, period, tuple(MEASURES.values()))
        self.sums(units, counts)
        for unit in units:
            own = counts.get(unit.pk, {})
            assert figures.count_unit(unit, period, MEASURES.values()) == {
                key: own.get(key, 0) for key in MEASURES
            }
            below = figures.count_by_child(unit, [(period, MEASURES[key]) for key in some])
            for pk, numbers in below.items():
                assert numbers == tuple(counts.get(pk, {}).get(key, 0) for key in some)
            for key in ("admitted", "rural", *some):
                assert figures.list_figure(unit, period, MEASURES[key]).count() == own.get(key, 0)
            days = figures.count_by_day(unit, period)
            assert figures.sum_days(days, period)["admitted"] == own.get("admitted", 0)

    @MANY
    @given(st.lists(COMMUNE, min_size=1, max_size=3), st.lists(QUOTA, max_size=9), SOME)
    def test_quotas_of_every_kind_ask_for_what_they_say_and_compare_alike(self, communes, quotas, some):
        place = self.grow(communes)
        units = list(Organisation.objects.order_by("path"))
        asked, shares = self.set_quotas(units, quotas, some[0])
        measure = MEASURES[some[0]]
        assert factories.heads_asked(place.root, YEAR, measure.key) == asked
        tree = attainment.attainment_tree(place.root, YEAR, measure=measure)
        total, rows = attainment.unit_and_children(place.root, YEAR, measure)
        assert total.admitted == tree.admitted == sum(row.admitted for row in rows)
        for row in self.walk(tree):
            listed = figures.list_figure(row.unit, YEAR, measure)
            assert (row.admitted, row.rural) == (listed.count(), listed.filter(admitted_rural=True).count())
            assert row.quota == asked.get(row.unit.pk)
            self.against(row)
        for unit in units:
            self.parts(unit)
            self.share(unit, measure, shares.get(unit.pk))

    @settings(MANY, max_examples=examples(5))
    @given(st.lists(COMMUNE, min_size=2, max_size=3))
    def test_figures_of_a_commune_never_include_a_unit_outside_it(self, communes):
        place = self.grow(communes)
        for commune in place.communes:
            user = factories.user(f"xa-{commune.pk}", Role.COMMUNE_COMMITTEE, commune)
            mine = {unit.pk for unit in Organisation.objects.for_user(user)}
            tree = attainment.attainment_tree(commune, YEAR)
            counts = figures.count_by_unit(commune, YEAR, tuple(MEASURES.values()))
            assert {row.unit.pk for row in self.walk(tree)} <= mine
            assert set(counts) - mine <= set(commune.ancestor_ids()), "nothing beside it, only what is above"
            listed = figures.list_figure(commune, YEAR)
            assert set(listed.values_list("admitted_branch", flat=True)) <= mine
            self.client.force_login(user)
            for other in place.communes:
                status = 200 if other == commune else 404
                for page in PAGES:
                    answer = self.client.get(f"{page}?ky=2016&don-vi={other.pk}")
                    assert answer.status_code == status
                    self.names_none_of(answer, set(place.communes) - {commune})
        for branch in Organisation.objects.filter(parent__in=place.communes)[:1]:
            self.in_a_branch(branch, place)

    def in_a_branch(self, branch, place):
        """A branch committee sees its branch and nothing beside or above it."""
        self.client.force_login(factories.user(f"cb-{branch.pk}", Role.BRANCH_COMMITTEE, branch))
        for page in PAGES:
            assert self.client.get(f"{page}?ky=2016&don-vi={branch.pk}").status_code == 200
            for other in (branch.parent, place.far):
                assert self.client.get(f"{page}?ky=2016&don-vi={other.pk}").status_code == 404

    def names_none_of(self, answer, outside):
        if answer.status_code == 200:
            said = markup(answer)
            assert [unit for unit in outside if unit.name in said or f"don-vi={unit.pk}&" in said] == []

    # What must hold

    def sums(self, units, counts):
        """Every unit with units below it admitted what they did, by every measure; partitions make up the whole."""
        below = defaultdict(list)
        for unit in units:
            below[unit.parent_id].append(unit)
        for unit in units:
            own = counts.get(unit.pk, {})
            for key in MEASURES if below[unit.pk] else ():
                assert own.get(key, 0) == sum(
                    counts.get(child.pk, {}).get(key, 0) for child in below[unit.pk]
                )
            for partition in PARTITIONS:
                parts = sum(own.get(measure.key, 0) for measure in partition.measures)
                assert parts == own.get("admitted", 0)

    def against(self, row):
        """Reached, exceeded and short are one thing, said of the number asked for."""
        if not row.quota:
            assert (row.percent, row.gap, row.left) == (None, None, None)
            return
        assert (row.percent >= 100) == (row.gap >= 0) == (row.left == 0)
        assert row.percent == figures_percent(row.admitted, row.quota)
        if row.inside:
            assert row.quota <= row.admitted <= row.high

    def parts(self, unit):
        """Months and quarters add up to the year, and to that before."""
        whole = figures.tally_cells(unit, [(YEAR, ADMITTED), (YEAR.year_before(), ADMITTED)])
        for by in ("month", "quarter"):
            parts = series.parts_of_year(unit, YEAR, by=by)
            assert (sum(part.number for part in parts), sum(part.before for part in parts)) == whole
            assert (parts[-1].so_far, parts[-1].before_so_far) == whole

    def share(self, unit, measure, rate):
        """Branches with an admission, of those that stood; the fewest that reach the rate."""
        found = branch_share.branch_share(unit, YEAR, measure)
        admitted = {row.admitted_branch_id for row in figures.list_figure(unit, YEAR, measure)}
        assert found.admitting == len(admitted) <= found.branches
        if rate is None:
            assert (found.quota, found.needed, found.percent, found.gap) == (None,) * 4
            return
        reaching = [n for n in range(found.branches + 1) if 100 * n >= rate * found.branches]
        assert found.needed == reaching[0]
        if found.needed:
            assert (found.percent >= 100) == (found.gap >= 0) == (found.admitting in reaching)

    # The rows

    def grow(self, communes):
        place = self.begin()
        self.row = place.row
        self.serial = 1000
        place.communes = []
        for n, (alone, branches) in enumerate(communes):
            commune = factories.unit(
                place.root, Tier.BASE, Kind.COMMUNE, f"Xã {n}", is_base_branch=alone, rural=alone
            )
            place.communes.append(commune)
            for m, (rural, ended, people) in enumerate(branches):
                branch = commune
                if not alone:
                    facts = {"rural": rural, "valid_to": date(2016, 6, 30) if ended else None}
                    branch = factories.unit(commune, Tier.BRANCH, Kind.VILLAGE, f"Thôn {m}", **facts)
                for on, person in people:
                    last = branch.valid_to or on
                    self.admit(branch, commune, min(on, last), person)
        return place

    def admit(self, branch, commune, on, facts_of):
        skipped = ("id", "serial", "candidate")
        facts = {
            field.attname: getattr(self.row, field.attname)
            for field in self.row._meta.concrete_fields
            if field.name not in skipped
        }
        person = factories.candidate()
        person.save()
        self.serial += 1
        facts |= {"serial": self.serial, "candidate_id": person.pk, "branch_id": branch.pk}
        facts |= {
            "admitted_branch_id": branch.pk,
            "admitted_commune_id": commune.pk,
            "commune_id": commune.pk,
        }
        facts |= {f"admitted_{name}": value for name, value in facts_of.items()}
        facts["admitted_rural"] = branch.rural
        Dossier.objects.create(
            **facts | {"decided_on": on, "decision_received_on": None, "ceremony_on": None}
        )

    def set_quotas(self, units, quotas, measure):
        """({unit: members asked for}, {unit: rate of branches}) of what is set, a quota for each unit in turn."""
        asked, shares = {}, {}
        for n, (kind, number, more) in enumerate(quotas):
            unit, facts = units[n % len(units)], {"kind": kind, "measure": measure}
            if kind == "share":
                if unit.pk in shares:
                    continue
                shares[unit.pk] = facts["rate"] = Decimal(number) * 100 / 6
                shares[unit.pk] = facts["rate"] = facts["rate"].quantize(Decimal("0.01"))
                factories.quota(unit, YEAR, None, **facts)
                continue
            if unit.pk in asked:
                continue
            asked[unit.pk] = number
            if kind == "rate":
                facts["membership"] = MemberCount.objects.create(
                    unit=unit, on=date(2015, 12, 31), number=MEMBERS
                )
                facts["rate"] = Decimal(number) * Decimal("2.5")
                heads = facts["rate"] * MEMBERS / 100
                asked[unit.pk], number = int(heads.quantize(Decimal(1), ROUND_HALF_UP)), None
            if kind == "range":
                facts["high"] = number + more
            period = periods.span_of_years(2016, 2020) if kind == "average" else YEAR
            factories.quota(unit, period, number, **facts)
        return asked, shares

    def walk(self, row):
        yield row
        for child in row.children:
            yield from self.walk(child)


def figures_percent(part, whole):
    return attainment.percent_of(part, int(whole))
