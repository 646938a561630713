"""A team that visits Trung Nguyên, the follower of Trung Nguyên, and a visit to its branch."""

from datetime import date
from types import SimpleNamespace

import pytest

from accounts.models import User
from oversight import teams, visits

BASIS = "QĐ 204-QĐ/HU, 14/9/2015"
SINCE = date(2016, 1, 4)


def account(username, full_name):
    return User.objects.create_user(username, "mat-khau-dai", full_name=full_name)


@pytest.fixture
def oversight(district):
    """The people of oversight: `follower`, `head`, `member`; the `team` visits Trung Nguyên."""
    follower = account("phu-trach", "Tạ Văn Hùng")
    head, member = account("to-truong", "Đào Thị Nhung"), account("to-vien", "Lê Quang Huy")
    row = teams.assign_follower(follower, district.home, since=SINCE, basis=BASIS, by=district.leader)
    people = {"head": head, "members": [member], "units": [district.home]}
    team = teams.create_team(district.root, 3, since=SINCE, basis=BASIS, **people, by=district.leader)
    return SimpleNamespace(follower=follower, head=head, member=member, team=team, row=row)


@pytest.fixture
def visit(district, oversight):
    """Held at the branch on 24/02/2017, nothing written down yet."""
    row = visits.arrange_visit(district.rural, on=date(2017, 2, 24), by=oversight.member, team=oversight.team)
    facts = {"met": "Bí thư, phó bí thư", "members": 27, "present": 23}
    visits.hold_visit(row, on=date(2017, 2, 24), **facts, by=oversight.member, seen=0)
    row.refresh_from_db()
    return row
