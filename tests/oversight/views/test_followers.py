"""A follower's own page, that of others for leaders, and the assignments."""

from datetime import date

import pytest

from oversight.models import Follower
from reports.periods import year_period
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/theo-doi/phu-trach/"


def test_a_follower_starts_with_their_own_page(client, district, oversight):
    client.force_login(oversight.follower)
    assert client.get("/").url == PAGE
    client.force_login(oversight.head)
    assert client.get("/").url == "/theo-doi/buoi/"


def test_the_page_says_what_needs_the_follower(client, district, oversight):
    factories.admitted(district.rural, district.staff)
    factories.quota(district.home, year_period(2017), 15)
    client.force_login(oversight.follower)
    page = markup(client.get(PAGE))
    for words in (
        "Xã tôi phụ trách",
        "QĐ 204-QĐ/HU",
        "Chưa giao chỉ tiêu 2017 cho chi bộ",
        "2 chi bộ chưa rà soát tháng 2",
        "Quý I/2017 chưa dự, chưa hẹn ngày",
        "Quý I/2017 đồng chí chưa làm việc với đơn vị",
        "đã làm việc với 0/1 đơn vị",
    ):
        assert words in page, words
    assert "Đồng Văn" not in page


def test_a_quarter_that_is_over_shows_no_work_to_do(client, oversight):
    client.force_login(oversight.follower)
    page = markup(client.get(f"{PAGE}?ky=2016-q4"))
    assert "Việc cần đồng chí" not in page and "Chỉ tiêu 2015" in page


def test_a_leader_opens_anyones_page_and_others_do_not(client, district, oversight):
    address = f"{PAGE}{oversight.follower.pk}/"
    client.force_login(district.leader)
    assert "Xã đồng chí Tạ Văn Hùng phụ trách" in markup(client.get(address))
    assert client.get(f"{PAGE}{oversight.head.pk}/").status_code == 404
    client.force_login(oversight.head)
    assert client.get(address).status_code == 404
    assert "chưa được phân công" in markup(client.get(PAGE))


def test_somebody_is_assigned_and_stops(client, district, oversight):
    client.force_login(district.leader)
    sent = {"user": oversight.follower.pk, "unit": district.other.pk, "since": "01/02/2017", "basis": ""}
    page = client.post(f"{PAGE}phan-cong/", sent)
    assert page.status_code == 422 and "Ô này phải nhập." in markup(page)
    client.post(f"{PAGE}phan-cong/", sent | {"basis": "QĐ 7-QĐ/HU"})
    row = Follower.objects.get(unit=district.other)
    client.force_login(oversight.follower)
    assert "Hai xã tôi phụ trách" in markup(client.get(PAGE))
    client.force_login(district.leader)
    client.post(f"{PAGE}phan-cong/{row.pk}/thoi/", {"on": "20/02/2017"})
    row.refresh_from_db()
    assert row.until == date(2017, 2, 20)
    client.force_login(district.admin)
    assert client.post(f"{PAGE}phan-cong/{row.pk}/thoi/", {"on": "21/02/2017"}).status_code == 404
