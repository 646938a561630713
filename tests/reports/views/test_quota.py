"""Single quotas and numbers of members: what another person wrote meanwhile is told before it is replaced."""

import pytest

from reports.models import MemberCount
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_a_number_of_members_that_another_wrote_is_replaced_by_whoever_has_seen_it(client, district):
    url, on = f"/chi-tieu/dang-vien/?don-vi={district.home.pk}", "01/01/2017"
    client.force_login(district.staff)
    typed = {"unit": district.home.pk, "on": on}
    client.post(url, typed | {"number": "250"})
    answer = client.post(url, typed | {"number": "260"})
    assert answer.status_code == 422
    assert "ghi 250. Lưu lại là thay số đó" in markup(answer)
    replaces = answer.context["form"]["replaces"].value()
    assert client.post(url, typed | {"number": "260", "replaces": replaces}).status_code == 302
    assert MemberCount.objects.get().number == 260


def test_a_quota_given_meanwhile_is_told_before_another_one_is_given(client, district):
    url = f"/chi-tieu/giao/moi/?ky=2017&don-vi={district.root.pk}"
    client.force_login(district.leader)
    seen = client.get(url).context["form"]["seen"].value()
    typed = {"unit": district.home.pk, "basis": "KH 1", "basis_on": "01/01/2017", "seen": seen}
    assert client.post(url, typed | {"number": "15"}).status_code == 302
    answer = client.post(url, typed | {"number": "18"})
    assert (answer.status_code, "vừa giao 15" in markup(answer)) == (422, True)
    seen = answer.context["form"]["seen"].value()
    assert client.post(url, typed | {"number": "18", "seen": seen}).status_code == 302
