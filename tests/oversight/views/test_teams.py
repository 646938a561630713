"""Teams are made and changed by whoever oversees the district, and read by their communes."""

from datetime import date

import pytest

from oversight.models import Team, TeamMember
from tests.factories import account
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_a_team_is_made_with_its_head_members_and_places(client, district, oversight):
    head, member = account("a", "Phan Thị Ngà"), account("b", "Trịnh Văn Lâm")
    client.force_login(district.leader)
    sent = {"number": "4", "since": "01/02/2017", "basis": "QĐ 5", "head": head.pk, "members": [member.pk]}
    page = client.post("/theo-doi/to/", sent | {"units": [district.home.pk]})
    assert page.status_code == 422 and "đã giao Tổ công tác số 3" in markup(page)
    assert client.post("/theo-doi/to/", sent | {"units": [district.other.pk]}).status_code == 302
    team = Team.objects.get(number=4)
    assert {row.user for row in team.members.all()} == {head, member}
    assert "Phan Thị Ngà" in markup(client.get("/theo-doi/to/"))


def test_members_places_and_the_head_change_with_a_day(client, district, oversight):
    client.force_login(district.staff)
    address, newcomer = f"/theo-doi/to/{oversight.team.pk}/", account("a", "Phan Thị Ngà")
    client.post(address, {"nguoi-user": newcomer.pk, "nguoi-since": "01/02/2017"})
    client.post(address, {"dia-ban-unit": district.other.pk, "dia-ban-since": "01/02/2017"})
    row = TeamMember.objects.get(user=newcomer)
    client.post(f"{address}doi/", {"to-truong": row.pk, "on": "10/02/2017"})
    assert oversight.team.members.on(date(2017, 2, 10)).get(head=True).user == newcomer
    page = client.post(f"{address}doi/", {"on": "01/01/2010"}, follow=True)
    assert "01/01/2010 trước ngày" in markup(page)
    client.post(f"{address}doi/", {"on": "27/02/2017"})
    oversight.team.refresh_from_db()
    assert oversight.team.until == date(2017, 2, 27)


def test_a_commune_reads_its_team_and_changes_nothing(client, district, oversight):
    client.force_login(district.commune)
    address = f"/theo-doi/to/{oversight.team.pk}/"
    assert "Đào Thị Nhàn" in markup(client.get(address))
    assert client.post(address, {"nguoi-user": oversight.follower.pk}).status_code == 403
    assert client.post(f"{address}doi/", {"on": "27/02/2017"}).status_code == 403
