"""Today's structure on random successions: every figure against a slow reading, lists, and the top's totals."""

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from branches.models import Kind, Organisation, Succession, Tier
from branches.today import UnitToday
from notation.dates import today
from reports import periods
from reports.figures import chain, chain_steps, figures
from reports.measures import ADMITTED, RURAL
from tests import factories
from tests.examples import examples
from tests.reports.test_rows_add_up import copy_admission

PERIOD = periods.span_of_years(2015, 2016)
DAYS = st.dates(date(2015, 3, 1), date(2016, 12, 31))
CHANGE = st.tuples(
    st.sampled_from(["split", "merge", "move", "dissolve", "merge_communes", "divide_commune"]),
    st.integers(0, 20),
    st.integers(0, 20),
)
MANY = settings(
    max_examples=examples(25),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


class Land:
    """A district that changes: each change on a later day, every unit that ends named with its heirs."""

    def __init__(self):
        self.place = factories.district()
        self.day = date(2015, 3, 1)
        self.row = factories.admitted(self.place.rural, self.place.staff, on=date(2015, 2, 10))

    def standing(self, tier):
        return list(Organisation.objects.filter(tier=tier, valid_to=None).order_by("pk"))

    def end(self, unit, heirs):
        unit.valid_to = self.day - timedelta(days=1)
        unit.save()
        for heir in heirs:
            Succession.objects.create(predecessor=unit, successor=heir, on=self.day, basis="QĐ 19-QĐ/ĐU")

    def branch(self, under, name):
        facts = {"rural": True, "valid_from": self.day}
        return factories.unit(under, Tier.BRANCH, Kind.VILLAGE, f"{name} {self.day:%d%m%y}", **facts)

    def commune(self, name):
        return factories.unit(
            self.place.root, Tier.BASE, Kind.COMMUNE, f"{name} {self.day:%d%m%y}", valid_from=self.day
        )

    def change(self, what, n, m):
        self.day += timedelta(days=40)
        branches, communes = self.standing(Tier.BRANCH), self.standing(Tier.BASE)
        communes = [unit for unit in communes if not unit.is_base_branch]
        if what in ("split", "merge", "move", "dissolve") and branches:
            old, other = branches[n % len(branches)], branches[m % len(branches)]
            if what == "split":
                self.end(old, [self.branch(old.parent, f"Nửa {k}") for k in (1, 2)])
            elif what == "merge" and old != other:
                heir = self.branch(old.parent, "Chung")
                self.end(old, [heir])
                self.end(other, [heir])
            elif what == "move":
                self.end(old, [self.branch(communes[m % len(communes)], "Chuyển")])
            elif what == "dissolve":
                self.end(old, [])
        elif what == "merge_communes" and len(communes) > 1:
            self.join(
                communes[n % len(communes)], communes[(n + 1 + m % (len(communes) - 1)) % len(communes)]
            )
        elif what == "divide_commune":
            self.divide(communes[n % len(communes)])

    def join(self, one, two):
        new = self.commune("Xã mới")
        for old in {one, two}:
            for branch in Organisation.objects.filter(parent=old, valid_to=None):
                self.end(branch, [self.branch(new, branch.name[:60])])
            self.end(old, [new])

    def divide(self, old):
        halves = [self.commune(f"Xã nửa {k}") for k in (1, 2)]
        for k, branch in enumerate(Organisation.objects.filter(parent=old, valid_to=None).order_by("pk")):
            self.end(branch, [self.branch(halves[k % 2], branch.name[:60])] if k < 3 else [])
        self.end(old, halves)

    def admit(self, n, on):
        branches = list(Organisation.objects.branches().on(on).order_by("pk"))
        copy_admission(self.row, branches[n % len(branches)], on)

    def belongs(self, unit):
        """The paths of today's units that the people of `unit` belong to, read one unit at a time."""
        if not unit.ended_before(today()):
            return {unit.path}
        after = [step.successor for step in unit.successions.select_related("successor")] or [unit.parent]
        return set().union(*(self.belongs(heir) for heir in after))


class TodaysStructure(TestCase):
    @MANY
    @given(st.lists(CHANGE, max_size=8), st.lists(st.tuples(st.integers(0, 20), DAYS), max_size=8))
    def test_every_figure_of_today_is_what_its_units_took_over(self, changes, people):
        land = Land()
        for what, n, m in changes:
            land.change(what, n, m)
        for n, on in people:
            land.admit(n, on)
        root = land.place.root
        then = figures.list_figure(root, PERIOD)
        places = [land.belongs(row.admitted_branch) for row in then.select_related("admitted_branch")]
        of_root = UnitToday.objects.get(pk=root.pk)
        cells = [(PERIOD, ADMITTED), (PERIOD, RURAL)]
        assert figures.tally_cells(of_root, cells) == figures.tally_cells(root, cells), "the top's totals"
        by_unit = figures.count_by_unit(of_root, PERIOD)
        for unit in UnitToday.objects.under(root).on(today()):
            wanted = sum(any(path.startswith(unit.path) for path in paths) for paths in places)
            assert figures.tally_cells(unit, cells)[0] == wanted, unit
            assert figures.list_figure(unit, PERIOD).count() == wanted, unit
            assert by_unit.get(unit.pk, {}).get("admitted", 0) == wanted, unit
            assert chain.read_chain(unit, PERIOD).whole["decided"].people == wanted, unit
            assert figures.under_way(unit).count() == figures.under_way_by_unit(unit)[unit.pk] == 0
            self.rows_of(unit, places)

    def rows_of(self, unit, places):
        """The rows of a unit's table: each its own, with what it shares; the total counts once."""
        below = figures.count_by_child(unit, [(PERIOD, ADMITTED)])
        shared = figures.count_shared(unit, PERIOD)
        if unit.keeps_rows:
            then = figures.count_by_child(Organisation.objects.get(pk=unit.pk), [(PERIOD, ADMITTED)])
            assert {pk: row for pk, row in then.items() if any(row) or pk in below} == below
        parts = chain.read_chain(unit, PERIOD).parts
        children = list(UnitToday.objects.filter(parent=unit).on(today()))
        assert set(below) <= {unit.pk, *(child.pk for child in children)}
        for child in children:
            mine = [paths for paths in places if any(path.startswith(child.path) for path in paths)]
            assert below.get(child.pk, (0,))[0] == len(mine), child
            assert (parts[child.pk]["decided"].people if child.pk in parts else 0) == len(mine), child
            others = [other.path for other in children if other != child]
            both = (
                sum(any(path.startswith(tuple(others)) for path in paths) for paths in mine) if others else 0
            )
            assert shared.get(child.pk, 0) == both, child

    def test_who_waits_stands_where_the_unit_that_has_the_dossier_belongs(self):
        land = Land()
        staff = land.place.staff
        row = factories.reach(factories.dossier(land.place.rural, staff), "preparing", staff)
        land.day = date(2016, 10, 1)
        land.change("split", 0, 0)
        halves = UnitToday.objects.filter(parent=land.place.home, valid_from=land.day)
        assert row.branch.ended_before(today()) is False, "as it was read before"
        for half in halves:
            assert list(figures.under_way(half)) == [row]
            assert chain_steps.count_waiting(half)["vetted"] == 1
        home = UnitToday.objects.get(pk=land.place.home.pk)
        assert figures.under_way_by_child(home)[home.pk] == 1, "once in what stands above both"
