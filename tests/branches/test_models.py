"""The tree of units over time: what it holds, that nothing moves, and that no scope leaks."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Post, User
from branches.models import TIERS_UNDER, Branch, Commune, Kind, Organisation, Succession, Tier, UnitNeverMoves
from tests import factories

pytestmark = pytest.mark.django_db
BEGIN = factories.BEGIN


def test_a_path_is_written_once_at_creation(district):
    assert district.rural.path == f"{district.root.pk}/{district.home.pk}/{district.rural.pk}/"
    assert district.rural.ancestor_ids() == [district.root.pk, district.home.pk, district.rural.pk]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Tên mới"),
        ("kind", Kind.STREET),
        ("rural", False),
        ("valid_from", date(2012, 1, 1)),
        ("path", "9/"),
    ],
)
def test_what_a_unit_keeps_for_life_cannot_be_changed(district, field, value):
    setattr(district.rural, field, value)
    with pytest.raises(UnitNeverMoves):
        district.rural.save()


def test_a_unit_never_gets_another_parent(district):
    district.rural.parent = district.other
    with pytest.raises(UnitNeverMoves):
        district.rural.save()
    assert Organisation.objects.get(pk=district.rural.pk).parent == district.home


def test_a_unit_may_end(district):
    district.rural.valid_to = date(2016, 2, 29)
    district.rural.save()
    assert district.rural in Organisation.objects.on(date(2016, 2, 29))
    assert district.rural not in Organisation.objects.on(date(2016, 3, 1))
    assert district.rural in Organisation.objects.during(date(2016, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    "facts",
    [
        {"tier": Tier.BASE, "kind": Kind.COMMUNE, "rural": True},
        {"tier": Tier.BRANCH, "kind": Kind.VILLAGE, "is_base_branch": True},
        {"tier": Tier.BRANCH, "kind": Kind.VILLAGE, "valid_to": BEGIN - timedelta(days=1)},
    ],
)
def test_the_database_refuses_units_that_cannot_be(district, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(parent=district.home, name="X", code="X", valid_from=BEGIN, **facts)


def test_a_code_may_come_again_on_another_day_but_not_on_the_same(district):
    factories.unit(district.root, Tier.BASE, Kind.COMMUNE, "Yên Lạc", valid_from=date(2025, 7, 1))
    first = factories.unit(district.root, Tier.BASE, Kind.TOWNSHIP, "Yên Lạc thị trấn")
    Organisation.objects.create(
        parent=district.root,
        tier=Tier.BASE,
        kind=Kind.COMMUNE,
        name="Y",
        code=first.code,
        valid_from=date(2025, 7, 1),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            parent=district.root,
            tier=Tier.BASE,
            kind=Kind.COMMUNE,
            name="Z",
            code=first.code,
            valid_from=BEGIN,
        )


def test_branches_are_those_under_a_base_and_those_that_are_one(district):
    assert set(Branch.objects.values_list("name", flat=True)) == {
        "Tân Nguyên",
        "Trường THCS",
        "Báo Văn",
        "Công ty May",
    }
    assert set(Commune.objects.values_list("name", flat=True)) == {"Trung Nguyên", "Đồng Văn", "Công ty May"}


def test_titles_are_those_at_the_head_of_a_document(district):
    assert district.rural.title == "Chi bộ thôn Tân Nguyên"
    assert district.home.title == "Đảng bộ xã Trung Nguyên"
    assert district.firm.title == "Chi bộ Công ty May"
    assert district.root.title == "Đảng bộ huyện Yên Lạc"


def test_no_unit_succeeds_itself(district):
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(predecessor=district.rural, successor=district.rural, on=BEGIN, basis="x")


def test_a_post_that_has_ended_opens_nothing(district):
    user = factories.user("cu", "commune_committee", district.home, until=date(2017, 2, 26))
    assert not Organisation.objects.for_user(user).exists()


class RandomTrees(TestCase):
    """Whatever the tree: paths are prefixes, and a scope is exactly a subtree."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=14), st.integers(0, 10**6))
    def test_a_scope_is_exactly_the_subtree_of_its_unit(self, parents, place):
        tiers = [Tier.DISTRICT, Tier.BASE, Tier.SECTION, Tier.BRANCH]
        units = [factories.unit(None, Tier.DISTRICT, Kind.DISTRICT, "Gốc")]
        for n in parents:
            able = [u for u in units if tiers.index(u.tier) < 3]
            parent = able[n % len(able)]
            units.append(factories.unit(parent, tiers[tiers.index(parent.tier) + 1], Kind.OTHER, f"U{n}"))
        seat = units[place % len(units)]
        user = User(username=f"u{seat.pk}-{len(units)}", full_name="A B")
        user.save()
        Post.objects.create(user=user, unit=seat, role="board_staff", since=BEGIN)

        def below(unit):
            return {unit.pk}.union(*(below(u) for u in units if u.parent_id == unit.pk))

        seen = set(Organisation.objects.for_user(user).values_list("pk", flat=True))
        assert seen == below(seat)
        assert all(user.may("see", u) == (u.pk in seen) for u in units)


def test_every_tier_says_what_may_stand_under_it():
    assert set(TIERS_UNDER) == {None, *Tier}
