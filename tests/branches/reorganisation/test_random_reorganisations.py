"""After random sequences of changes no figure of before moved, nothing is orphaned, and undoing restores everything."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Post
from admissions.models import Dossier
from admissions.states import State
from admissions.workflow.hand_over import KEPT
from branches.models import Organisation, Tier
from branches.reorganisation.carry_out import carry_out
from branches.reorganisation.rehearsal import rehearse
from branches.reorganisation.undo import list_undo_obstacles, undo
from oversight.models import Follower, Task, TeamUnit
from oversight.tasks import assign_task
from reports.closing.close import close_quarter
from reports.closing.proof import prove_closing
from reports.figures import figures, recount
from reports.measures import ADMITTED, MEASURES, RURAL
from reports.models import QuarterClosing
from reports.periods import quarter_period, year_period
from reports.quotas import attainment
from reports.restructuring import Tally
from tests import factories
from tests.examples import examples
from tests.reorganisations import answer_all, change, merge, plan, split, tree

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date(2017, 2, 27)
YEARS = [year_period(n) for n in (2015, 2016, 2017)]
KINDS = ("merge", "absorb", "split", "rename", "parent", "rural", "kind", "branches", "province")


def grow_district():
    """The small district with admissions in two years, a closed quarter, dossiers, quotas, tasks, a team."""
    place = factories.district()
    branches = (place.rural, place.school, place.far)
    for n, branch in enumerate(branches):
        for year in (2015, 2016):
            facts = {"on": date(year, 3 + n, 10 + n), "full_name": f"Vũ Thị {n} {year}"}
            factories.admitted(branch, place.staff, **facts)
        factories.dossier(branch, place.staff, person=factories.candidate(full_name=f"Lê Văn {n}"))
        facts = {"what": "Họp", "who": "An", "before": date(2017, 3, 1), "on": date(2016, 12, 12)}
        assign_task(branch, **facts, by=place.staff)
    row = factories.dossier(place.far, place.staff, person=factories.candidate(full_name="Hà Thị Mai"))
    factories.reach(row, State.RESOLVED, place.staff)
    for unit, number in ((place.home, 7), (place.other, 5), (place.rural, 3), (place.far, 2)):
        factories.quota(unit, year_period(2017), number)
    factories.overseers(place)
    close_quarter(quarter_period(2016, 4), by=place.admin)
    return place


def now_in_the_tree():
    return [*Organisation.objects.on(TODAY).select_related("parent").order_by("path")]


def draw_change(data, kind, day):
    """A change of that kind of what stands today; None where there is nothing to change that way."""
    units = [row for row in now_in_the_tree() if row.valid_from < day]
    bases = [row for row in units if row.tier == Tier.BASE and not row.is_base_branch]
    branches = [row for row in units if row.tier == Tier.BRANCH]
    root = next(row for row in units if row.parent_id is None)
    if kind == "province":
        facts = {"kind": "province", "tier": "province", "name": "Phú Thọ", "code": "25"}
        return {"kind": "tier", "units": [root], "facts": [facts]} if root.tier == Tier.DISTRICT else None
    if kind in ("merge", "absorb"):
        if len(bases) < 2:
            return None
        one, other = data.draw(st.permutations(bases))[:2]
        return merge(one, into=other) if kind == "absorb" else merge(one, other, name=f"Mới {day.day}")
    if kind == "split":
        unit = data.draw(st.sampled_from(bases + branches))
        return split(unit, f"{unit.name} 1", f"{unit.name} 2")
    if kind == "rename":
        unit = data.draw(st.sampled_from(bases + branches))
        return change("rename", unit, name=f"Tên {unit.pk} {day.day}")
    branch = data.draw(st.sampled_from(branches))
    if kind == "parent":
        beside = [row for row in bases if row.pk != branch.parent_id]
        return change("parent", branch, parent=data.draw(st.sampled_from(beside)).pk) if beside else None
    if kind == "rural":
        return change("rural", branch, rural=not branch.rural)
    if kind == "kind":
        return {"kind": "kind", "units": [data.draw(st.sampled_from(bases))], "facts": [{"kind": "township"}]}
    beside = [row for row in branches if row.pk != branch.pk and row.parent_id == branch.parent_id]
    return merge(branch, data.draw(st.sampled_from(beside)), name=f"Chung {day.day}") if beside else None


def figures_of(root):
    """Every number of every unit in the structure of the time."""
    return [figures.count_by_unit(root, year, tuple(MEASURES.values())) for year in YEARS]


def owners():
    """Who has what today, by the keys of the rows."""
    return {
        "tree": tree(TODAY),
        "dossiers": list(Dossier.objects.values_list("pk", "branch", "commune", "state").order_by("pk")),
        "posts": list(Post.objects.values_list("user", "unit", "role", "since", "until").order_by("pk")),
        "tasks": list(Task.objects.values_list("pk", "unit").order_by("pk")),
        "followers": list(Follower.objects.values_list("user", "unit", "since", "until")),
        "teams": list(TeamUnit.objects.values_list("team", "unit", "since", "until")),
        "quotas": targets(),
    }


def targets():
    found = attainment.quotas_of(Organisation.objects.values("pk"), [year_period(2017)])
    return {pk: target.number for (pk, _year), target in found.items() if target.number}


def list_orphans():
    """What is left at a unit that does not stand any more."""
    standing = Organisation.objects.on(TODAY).values("pk")
    return [
        *Dossier.objects.exclude(state__in=KEPT).exclude(branch__in=standing),
        *Dossier.objects.exclude(state__in=KEPT).exclude(commune__in=standing),
        *(post for post in Post.objects.on(TODAY) if not post.unit.exists_on(TODAY)),
        *(row for row in Follower.objects.on(TODAY) if not row.unit.exists_on(TODAY)),
    ]


class RandomReorganisations(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.place = grow_district()

    @settings(
        max_examples=examples(30),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
    )
    @given(data=st.data(), kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))
    def test_no_figure_moves_and_undoing_restores_everything(self, data, kinds):
        place, day = self.place, date(2017, 1, 20)
        before, figures_before, splits = owners(), figures_of(place.root), False
        sums = {tier: self.sum_of_quotas(tier) for tier in (Tier.BASE, Tier.BRANCH)}
        done = []
        for kind in kinds:
            day += timedelta(days=data.draw(st.integers(1, 8)))
            drawn = draw_change(data, kind, day)
            if drawn is None:
                continue
            splits = splits or kind == "split"
            row = plan(self.top(), self.admin(), drawn, day=day)
            answer_all(row, self.admin())
            rehearsed = rehearse(row, by=self.admin())
            result = carry_out(row, by=self.admin())
            assert result.all_equal
            assert (rehearsed.totals, rehearsed.moved) == (result.totals, result.moved)
            done.append(row)
        assert figures_of(place.root) == figures_before
        self.check_sums(sums, splits)
        self.check_proofs()
        for row in reversed(done):
            assert [one for one in list_undo_obstacles(row) if not one.ok] == []
            undo(row, by=self.admin(), reason="thử")
        assert owners() == before
        assert figures_of(place.root) == figures_before
        self.check_proofs()

    def admin(self):
        """The administrator with the posts of this moment."""
        return type(self.place.admin).objects.get(pk=self.place.admin.pk)

    def top(self):
        return next(row for row in now_in_the_tree() if row.parent_id is None)

    def sum_of_quotas(self, tier):
        found = attainment.quotas_of(Organisation.objects.filter(tier=tier, undone=False).values("pk"), YEARS)
        return sum(target.number for target in found.values())

    def check_sums(self, sums, splits):
        assert {tier: self.sum_of_quotas(tier) for tier in sums} == sums
        tally = Tally([(year, measure) for year in YEARS for measure in (ADMITTED, RURAL)])
        whole = figures.tally_cells(self.place.root, [(year, m) for year in YEARS for m in (ADMITTED, RURAL)])
        assert tally.sum_up([self.top()]) == whole, "today's structure comes to the same at the top"
        parts = [tally.sum_up([row]) for row in now_in_the_tree() if row.parent_id == self.top().pk]
        if not splits:
            assert tuple(map(sum, zip(*parts, strict=True))) == whole

    def check_proofs(self):
        assert all(prove_closing(closing).holds for closing in QuarterClosing.objects.all())
        assert recount.recount_figures(self.place.root).agrees
        if not any(row.valid_to for row in self.split_units()):
            assert list_orphans() == []

    def split_units(self):
        """Units that several took over from: their posts wait for somebody to choose."""
        found = Organisation.objects.filter(successions__isnull=False).distinct()
        return [row for row in found if row.successions.count() > 1]
