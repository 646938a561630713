"""Branches against their quotas, and ways of looking that are kept under a name."""

from datetime import date

import pytest

from branches.models import Kind, Tier
from reports import periods, ranking
from reports.models import Quota, SavedView
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = periods.year(2016)


@pytest.fixture
def ranked(district):
    """Tân Nguyên admitted 2 of 1, the school 1 of 1, Báo Văn 0 of 3, Hùng Vĩ 1 without a quota, the firm none."""
    district.free = factories.unit(district.other, Tier.BRANCH, Kind.VILLAGE, "Hùng Vĩ", rural=True)
    for branch, number in ((district.rural, 2), (district.school, 1), (district.free, 1)):
        for _ in range(number):
            factories.admitted(branch, district.staff, on=date(2016, 3, 10))
    for branch, number in ((district.rural, 1), (district.school, 1), (district.far, 3)):
        Quota.objects.create(
            unit=branch, first=YEAR.first, last=YEAR.last, number=number, basis="KH 1", basis_on=YEAR.first
        )
    factories.dossier(district.rural, district.staff)
    return district


def test_each_branch_is_in_one_group_by_its_own_quota(ranked):
    rows = ranking.lines(ranked.root, YEAR)
    assert {line.row.unit: line.group for line in rows} == {
        ranked.rural: "vuot",
        ranked.school: "dat",
        ranked.far: "thieu",
        ranked.free: "khong-giao",
        ranked.firm: "khong-giao",
    }
    chosen = ranking.choose(rows, sort="chenh")
    assert [line.row.unit for line in chosen][:3] == [ranked.far, ranked.school, ranked.rural]
    by_share = [line.row.unit for line in ranking.choose(rows, rural="1", sort="dat")]
    assert by_share == [ranked.rural, ranked.far, ranked.free]


def test_the_page_takes_every_choice_from_its_address_and_its_numbers_open_lists(client, ranked):
    client.force_login(ranked.leader)
    address = f"/chi-tieu/xep-hang/?don-vi={ranked.root.pk}&ky=2016&nhom=vuot&cot=nguon"
    page = client.get(address).content.decode()
    assert '<b id="count">1</b>' in page
    assert "200,0%" in page
    assert "vượt 1" in page
    listed = client.get(f"/ho-so/?don-vi={ranked.rural.pk}&trang-thai=listed").content.decode()
    assert '<b id="count">1</b>' in listed
    assert f"/ho-so/?don-vi={ranked.rural.pk}&amp;trang-thai=listed" in page


def test_a_commune_ranks_its_own_branches_only(client, ranked):
    client.force_login(ranked.commune)
    page = client.get("/chi-tieu/xep-hang/?ky=2016").content.decode()
    assert "Tân Nguyên" in page
    assert "Báo Văn" not in page


def test_a_way_of_looking_is_shared_inside_its_unit_and_only_its_maker_takes_it_away(client, ranked):
    client.force_login(ranked.commune)
    data = {"page": "ranking", "query": "ky=2016&nhom=thieu", "name": "Chi bộ thiếu"}
    answer = client.post("/chi-tieu/luu/", data)
    assert answer.url == "/chi-tieu/xep-hang/?ky=2016&nhom=thieu"
    view = SavedView.objects.get()
    assert view.unit == ranked.home
    for user, sees in ((ranked.leader, True), (ranked.commune, True), (ranked.branch, False)):
        client.force_login(user)
        assert ("Chi bộ thiếu" in client.get("/chi-tieu/xep-hang/?ky=2016").content.decode()) is sees
    client.force_login(ranked.leader)
    assert client.post(f"/chi-tieu/luu/{view.pk}/bo/").status_code == 404
    client.force_login(ranked.commune)
    client.post(f"/chi-tieu/luu/{view.pk}/bo/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"page": "khong-co"}, 404),
        ({"name": " "}, 302),
        ({"name": "x" * 81}, 302),
        ({"query": "don-vi=999999"}, 404),
        ({"query": "don-vi=x"}, 404),
    ],
)
def test_what_cannot_be_kept_is_not(client, ranked, wrong, status):
    client.force_login(ranked.commune)
    data = {"page": "ranking", "query": "ky=2016", "name": "Tên"} | wrong
    assert client.post("/chi-tieu/luu/", data).status_code == status
    assert not SavedView.objects.exists()


def test_a_name_stands_once(client, ranked):
    client.force_login(ranked.commune)
    data = {"page": "ranking", "query": "ky=2016", "name": "Tên"}
    client.post("/chi-tieu/luu/", data)
    page = client.post("/chi-tieu/luu/", data, follow=True).content.decode()
    assert "Đã có cách xem tên" in page
    assert SavedView.objects.count() == 1
