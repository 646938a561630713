"""What each role may do, and that no role is left out of the table."""

from datetime import date

import pytest

from accounts.models import Post, User
from accounts.roles import GRANTS, Permission, Role


def test_every_role_is_granted_something():
    assert set(GRANTS) == set(Role)
    assert all(GRANTS.values())


@pytest.mark.django_db
def test_a_post_whose_role_is_no_longer_known_allows_nothing(district):
    Post.objects.create(user=district.staff, unit=district.root, role="former_role", since=date(2010, 1, 1))
    person = User.objects.get(pk=district.staff.pk)
    assert person.may(Permission.ENTER, district.rural)
    assert not person.may(Permission.ANNUL)
