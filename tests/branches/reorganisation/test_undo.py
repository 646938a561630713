"""An undoing puts everything back, until something was built on the new units; then it says what."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Post
from admissions import workflow
from admissions.history import describe_event
from admissions.models import Dossier, Event
from admissions.rules.unit_of_day import branch_of_day
from admissions.states import State
from branches.models import Organisation, Reorganisation, Succession
from branches.reorganisation.carry_out import carry_out
from branches.reorganisation.undo import list_undo_obstacles, undo
from oversight.models import Follower, Task, TeamUnit
from oversight.tasks import assign_task
from reports.closing.close import close_quarter
from reports.closing.proof import prove_closing
from reports.figures import recount
from reports.models import QuarterClosing, Quota, SavedView
from reports.periods import quarter_period, year_period
from reports.quotas import attainment
from tests import factories
from tests.kept import kept
from tests.reorganisations import DAY, merge, plan, tree

pytestmark = pytest.mark.django_db
YEAR = year_period(2017)
TODAY = date(2017, 2, 27)


@kept
def done(district):
    """The two communes are one since 01/02/2017; before they had dossiers, quotas, a task, a team, a view."""
    district.admitted = factories.admitted(district.rural, district.staff, on=date(2017, 1, 10))
    row = factories.dossier(district.far, district.staff, person=factories.candidate(full_name="Hà Thị Mai"))
    district.resolved = factories.reach(row, State.RESOLVED, district.staff)
    for unit, number in ((district.home, 16), (district.other, 12), (district.rural, 5)):
        factories.quota(unit, YEAR, number)
    district.oversight = factories.overseers(district)
    task = {"what": "Họp", "who": "An", "before": date(2017, 3, 1), "on": date(2017, 1, 12)}
    district.task = assign_task(district.rural, **task, by=district.branch)
    query = f"don-vi={district.home.pk}"
    SavedView.objects.create(
        unit=district.home, page="dashboard", name="Xã", query=query, by=district.commune
    )
    district.before = everything()
    district.plan = plan(
        district.root, district.admin, merge(district.home, district.other, name="Trung Văn")
    )
    carry_out(district.plan, by=district.admin)
    district.new = Organisation.objects.on(DAY).get(name="Trung Văn")
    return district


def everything():
    """What must be as before: the tree, who has which dossier, posts, tasks, teams, followers, views, targets."""
    targets = attainment.quotas_of(Organisation.objects.on(date(2017, 1, 31)).values("pk"), [YEAR])
    return {
        "tree": tree(TODAY),
        "ended": list(Organisation.objects.filter(undone=False).values_list("pk", "valid_to").order_by("pk")),
        "dossiers": list(Dossier.objects.values_list("pk", "branch", "commune", "state").order_by("pk")),
        "posts": list(Post.objects.values_list("user", "unit", "role", "since", "until").order_by("pk")),
        "tasks": list(Task.objects.values_list("pk", "unit").order_by("pk")),
        "followers": list(Follower.objects.values_list("user", "unit", "since", "until").order_by("pk")),
        "teams": list(TeamUnit.objects.values_list("team", "unit", "since", "until").order_by("pk")),
        "views": list(SavedView.objects.values_list("unit", "name", "query").order_by("pk")),
        "successions": Succession.objects.count(),
        "targets": {pk: target.number for (pk, _year), target in targets.items() if target.number},
    }


def undo_it(place, **facts):
    undo(place.plan, **{"by": place.admin, "reason": "Ban hành nhầm"} | facts)


def obstacles(place):
    return {row.key: row.number for row in list_undo_obstacles(place.plan) if not row.ok}


def test_everything_had_gone_over(done):
    found = everything()
    assert all(found[key] != done.before[key] for key in found), "or the undoing would have nothing to do"
    assert SavedView.objects.get().query == f"don-vi={done.new.pk}"
    assert Task.objects.get().unit.parent == done.new


def test_an_undoing_puts_everything_back(done):
    assert obstacles(done) == {}
    undo_it(done)
    assert everything() == done.before
    assert done.plan.state == Reorganisation.State.UNDONE
    assert recount.recount_figures(done.root).agrees
    new = Organisation.objects.get(pk=done.new.pk)
    assert new.undone, "the events name it"
    assert new not in Organisation.objects.during(date(2016, 1, 1), date(2020, 1, 1))


def test_what_only_grows_gets_a_row_more(done):
    before = Event.objects.count(), Quota.objects.count()
    undo_it(done)
    assert Event.objects.count() == before[0] + 2
    assert Quota.objects.count() > before[1]
    row = Dossier.objects.get(pk=done.resolved.pk)
    event = row.events.last()
    assert (event.no, event.action) == (row.event_count, "take_back")
    assert "bàn giao sang đơn vị kế tục ngày 01/02/2017" in describe_event(event)


def test_the_branch_of_a_day_does_not_know_what_was_undone(done):
    undo_it(done)
    again = plan(
        done.root,
        done.admin,
        merge(done.home, done.other, name="Đồng Nguyên"),
        day=date(2017, 1, 15),
    )
    carry_out(again, by=done.admin)
    row = Dossier.objects.get(pk=done.resolved.pk)
    names = [branch_of_day(row, date(2017, 1, day)).base_organisation.name for day in (14, 15, 20)]
    assert names == ["Đồng Văn", "Đồng Nguyên", "Đồng Nguyên"]
    assert recount.recount_figures(done.root).agrees


def test_a_dossier_goes_on_after_an_undoing(done):
    undo_it(done)
    row = Dossier.objects.get(pk=done.resolved.pk)
    facts = factories.BASE_BALLOT | {"number": "71-NQ/ĐU"}
    workflow.perform(row, "base_agrees", by=done.staff, on=date(2017, 2, 20), **facts)
    assert row.state == State.PROPOSED
    assert row.branch == done.far


def test_an_act_on_the_new_unit_is_in_the_way(done):
    row = Dossier.objects.get(pk=done.resolved.pk)
    facts = factories.BASE_BALLOT | {"number": "71-NQ/ĐU"}
    workflow.perform(row, "base_agrees", by=done.staff, on=date(2017, 2, 20), **facts)
    assert obstacles(done)["acts"] == 1
    with pytest.raises(ValidationError, match="đã có việc ghi ở đơn vị mới"):
        undo_it(done)
    assert done.new in Organisation.objects.on(TODAY)


def test_a_new_dossier_is_in_the_way(done):
    branch = done.new.children.on(TODAY).get(name="Báo Văn")
    factories.dossier(branch, done.staff, person=factories.candidate(full_name="Lê Thị Mới"))
    assert obstacles(done)["dossiers"] == 1


def test_another_quota_is_in_the_way(done):
    factories.quota(
        done.new, YEAR, 30, revises=Quota.objects.current().get(unit=done.new, measure="admitted")
    )
    assert obstacles(done) == {"quotas": 1, "reports.quota.unit": 1}


def test_what_somebody_changed_since_is_in_the_way(done):
    Task.objects.update(unit=done.firm)
    assert obstacles(done) == {"changed": 1}
    (row,) = (one for one in list_undo_obstacles(done.plan) if not one.ok)
    assert row.detail == "1 việc"


def test_a_closing_since_is_in_the_way(done):
    close_quarter(quarter_period(2016, 4), by=done.admin)
    assert obstacles(done) == {"closings": 1}
    assert prove_closing(QuarterClosing.objects.get()).holds


def test_another_plan_on_the_new_units_is_in_the_way(done):
    plan(done.root, done.admin, merge(done.new, into=done.firm), day=date(2017, 3, 1))
    assert obstacles(done) == {"plans": 1}


def test_an_undoing_has_a_reason_and_a_right(done):
    with pytest.raises(ValidationError, match="lý do"):
        undo_it(done, reason=" ")
    with pytest.raises(PermissionDenied):
        undo_it(done, by=done.staff)
    undo_it(done)
    with pytest.raises(ValidationError, match="đã hoàn tác"):
        undo_it(done)
