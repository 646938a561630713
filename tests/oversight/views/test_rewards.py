"""Pages of rewards: the ranking with its points, a proposal, its decision, the register."""

from datetime import date

import pytest

from oversight.models import Reward
from reports import periods
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client, district):
    factories.quota(district.home, periods.year_period(2016), 1)
    factories.admitted(district.rural, district.staff, date(2016, 12, 20))
    client.force_login(district.leader)
    return client


def test_a_unit_ahead_is_proposed_decided_and_entered_into_the_register(leader, district):
    page = leader.get("/theo-doi/khen-thuong/?ky=2016").content.decode()
    assert "1/1 × 50 = 50,0" in page
    address = f"/theo-doi/khen-thuong/de-nghi/?ky=2016&cho={district.home.pk}"
    form = leader.get(address).context["form"]
    assert form.initial["reason"] == "Năm 2016 kết nạp 1 đảng viên trên chỉ tiêu 1, đạt 100,0%."
    typed = {"unit": district.home.pk, "kind": "certificate", "reason": "Đạt.", "on": "18/01/2017"}
    assert leader.post(address, typed).status_code == 302
    reward = Reward.objects.get()
    address = f"/theo-doi/khen-thuong/{reward.pk}/"
    assert leader.post(address, {"on": "24/01/2017", "dong-y": "1"}).status_code == 422
    typed = {"on": "24/01/2017", "number": "12-QĐ/HU", "dong-y": "1"}
    assert leader.post(address, typed).status_code == 302
    assert "12-QĐ/HU, 24/01/2017" in leader.get("/theo-doi/khen-thuong/?ky=2016").content.decode()
    for format in ("docx", "xlsx"):
        assert leader.post(f"/theo-doi/khen-thuong/so/{format}/?ky=2016").status_code == 200
    assert leader.post("/theo-doi/khen-thuong/so/pdf/?ky=2016").status_code == 404


def test_the_same_proposal_twice_is_named_at_its_unit(leader, district):
    typed = {"unit": district.home.pk, "kind": "praise", "reason": "Đạt.", "on": "18/01/2017"}
    leader.post("/theo-doi/khen-thuong/de-nghi/?ky=2016", typed)
    response = leader.post("/theo-doi/khen-thuong/de-nghi/?ky=2016", typed)
    assert response.status_code == 422
    assert "đã có đề nghị hình thức này" in response.content.decode()


def test_a_period_without_quotas_is_not_ranked(leader):
    page = leader.get("/theo-doi/khen-thuong/?ky=2015").content.decode()
    assert "Chưa giao chỉ tiêu của kỳ này" in page


def test_a_commune_does_not_decide_what_it_asked_the_district_for(leader, client, district):
    facts = {"first": date(2016, 1, 1), "last": date(2016, 12, 31), "kind": "praise", "reason": "Đạt."}
    row = Reward.objects.create(
        unit=district.rural,
        asks_above=True,
        proposed_on=date(2017, 1, 18),
        proposed_by=district.commune,
        **facts,
    )
    client.force_login(district.commune)
    address = f"/theo-doi/khen-thuong/{row.pk}/"
    assert "Ghi quyết định" not in client.get(address).content.decode()
    assert client.post(address, {"on": "24/01/2017", "number": "1", "dong-y": "1"}).status_code == 403
