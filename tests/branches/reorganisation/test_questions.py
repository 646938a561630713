"""What a plan leaves open is asked, remembered with who chose it, and may be finished later by another person."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Post
from accounts.roles import Role
from branches.models import Organisation
from branches.reorganisation.carry_out import carry_out
from branches.reorganisation.questions import choose, list_questions
from branches.reorganisation.undo import list_undo_obstacles, undo
from oversight import teams
from oversight.models import Follower
from reports.models import Quota
from reports.periods import year_period
from tests import factories
from tests.kept import kept
from tests.reorganisations import DAY, answer_all, merge, plan, split

pytestmark = pytest.mark.django_db


@kept
def followed(district):
    """Two followers, one of each commune."""
    district.oversight = factories.overseers(district)
    district.second = factories.account("phu-trach-2", "Đào Thị Nhung")
    facts = {"since": factories.ASSIGNED, "basis": factories.DOCUMENT, "by": district.leader}
    teams.assign_follower(district.second, district.other, **facts)
    district.plan = plan(
        district.root, district.admin, merge(district.home, district.other, name="Trung Văn")
    )
    return district


@kept
def halves(district):
    factories.quota(district.rural, year_period(2017), 5)
    district.row = factories.dossier(district.rural, district.staff)
    district.plan = plan(district.root, district.admin, split(district.rural, "Một", "Hai"))
    return district


def by_key(row):
    return {question.key: question for question in list_questions(row)}


def test_who_follows_the_new_unit_may_be_chosen_later_by_another(followed):
    (question,) = list_questions(followed.plan)
    assert (question.key, question.blocking, question.is_open) == ("follower:c1", False, True)
    assert [label for _value, label in question.choices] == ["Tạ Văn Hùng", "Đào Thị Nhung"]
    carry_out(followed.plan, by=followed.admin)
    new = Organisation.objects.on(DAY).get(name="Trung Văn")
    assert not Follower.objects.filter(unit=new).exists()
    assert not Post.objects.filter(unit=new, role=Role.FOLLOWER).exists()
    second = factories.user("quan-tri-2", Role.ADMINISTRATOR, followed.root, full_name="Trần Thị Hai")
    choose(followed.plan, "follower:c1", str(followed.second.pk), by=second)
    assert Follower.objects.get(unit=new).user == followed.second
    assert Post.objects.get(unit=new, role=Role.FOLLOWER).user == followed.second
    (question,) = list_questions(followed.plan)
    assert (question.answer, question.answered_by) == (str(followed.second.pk), "Trần Thị Hai")
    with pytest.raises(ValidationError, match="đã chọn xong"):
        choose(followed.plan, "follower:c1", str(followed.oversight.follower.pk), by=second)


def test_what_was_chosen_later_is_undone_too(followed):
    carry_out(followed.plan, by=followed.admin)
    choose(followed.plan, "follower:c1", str(followed.second.pk), by=followed.admin)
    assert [row for row in list_undo_obstacles(followed.plan) if not row.ok] == []
    undo(followed.plan, by=followed.admin, reason="nhầm")
    assert set(Follower.objects.values_list("unit__name", "until")) == {
        ("Trung Nguyên", None),
        ("Đồng Văn", None),
    }


def test_whoever_was_chosen_before_goes_on(followed):
    choose(followed.plan, "follower:c1", str(followed.second.pk), by=followed.admin)
    carry_out(followed.plan, by=followed.admin)
    assert Follower.objects.get(unit__name="Trung Văn").user == followed.second


def test_an_answer_is_one_of_the_choices_and_numbers_come_to_the_sum(halves):
    quota = f"quota:{Quota.objects.get().pk}"
    asked = by_key(halves.plan)
    first, second = (value for value, _label in asked[quota].choices)
    for key, answer in ((f"rest:{halves.rural.pk}", "c9"), (quota, {first: 2}), (quota, {first: "x"})):
        with pytest.raises(ValidationError):
            choose(halves.plan, key, answer, by=halves.admin)
    choose(halves.plan, quota, {first: 2, second: 3}, by=halves.admin)
    with pytest.raises(ValidationError, match="không hỏi"):
        choose(halves.plan, "dossier:999", first, by=halves.admin)
    with pytest.raises(PermissionDenied):
        choose(halves.plan, quota, {first: 5}, by=halves.staff)
    answer_all(halves.plan, halves.admin)
    carry_out(halves.plan, by=halves.admin)
    heads = factories.heads_asked(halves.root, year_period(2017))
    assert {Organisation.objects.get(pk=pk).name: n for pk, n in heads.items()} == {
        "Tân Nguyên": 0,
        "Một": 2,
        "Hai": 3,
    }


def test_one_dossier_may_go_to_the_other_half(halves):
    answer_all(halves.plan, halves.admin)
    choose(halves.plan, f"dossier:{halves.row.pk}", "c1.2", by=halves.admin)
    carry_out(halves.plan, by=halves.admin)
    halves.row.refresh_from_db()
    assert halves.row.branch.name == "Hai"


def test_a_post_of_a_split_unit_waits_for_its_half(halves):
    post = Post.objects.get(user=halves.branch)
    answer_all(halves.plan, halves.admin)
    carry_out(halves.plan, by=halves.admin)
    assert Post.objects.on(DAY).get(user=halves.branch).unit == halves.rural
    choose(halves.plan, f"post:{post.pk}", "c1.2", by=halves.admin)
    assert Post.objects.on(DAY).get(user=halves.branch).unit.name == "Hai"


def test_the_halves_of_a_commune_are_asked_for_each_branch(district):
    row = plan(district.root, district.admin, split(district.home, "Trung Một", "Trung Hai"))
    asked = {key.partition(":")[0] for key in by_key(row)}
    assert asked == {"branch", "post"}
    answer_all(row, district.admin)
    choose(row, f"branch:{district.school.pk}", "c1.2", by=district.admin)
    carry_out(row, by=district.admin)
    found = Organisation.objects.on(DAY).filter(parent__name__startswith="Trung")
    assert set(found.values_list("name", "parent__name")) == {
        ("Tân Nguyên", "Trung Một"),
        ("Trường THCS", "Trung Hai"),
    }
