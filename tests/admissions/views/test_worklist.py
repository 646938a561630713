"""The page of the day opens what it counts, and finds dossiers."""

import pytest

from admissions.models import Dossier
from admissions.states import State
from admissions.worklist.worklist import Worklist
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db


def count(page):
    return int(markup(page).split('id="count">')[1].split("<")[0])


@pytest.mark.parametrize("role", ["staff", "leader", "admin", "commune", "branch"])
def test_every_number_of_the_page_opens_the_dossiers_it_counts(client, district, desk, role):
    client.force_login(getattr(district, role))
    found = Worklist(getattr(district, role))
    asked = {f"trang-thai={c.state}": c.number for c in found.counters}
    asked |= {f"han={key}": len(dues) for key, dues in found.groups.items()}
    asked |= {f"cong-nhan={days}": number for days, number in found.conversions}
    page = markup(client.get("/ho-so/hom-nay/"))
    for query, number in asked.items():
        assert count(client.get(f"/ho-so/?{query}")) == number, query
        assert f"/ho-so/?{query}" in page or number == 0


def test_the_page_asks_the_same_number_of_queries_for_two_dossiers_and_for_many(
    client, district, django_assert_max_num_queries
):
    client.force_login(district.staff)
    for rows in (2, 12):
        for _ in range(rows):
            reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
        with django_assert_max_num_queries(27):
            client.get("/ho-so/hom-nay/")


def test_enter_opens_the_first_hit_and_hits_mark_what_matched(client, district, desk):
    client.force_login(district.staff)
    response = client.get("/ho-so/tim/", {"q": "do thi binh"}, headers={"HX-Request": "true"})
    page = response.content.decode()  # the blanks between the words count
    assert "<mark>Đỗ</mark> <mark>Thị</mark> Thái <mark>Bình</mark>" in page
    answer = client.get("/ho-so/tim/", {"q": "thai binh", "mo": "1"})
    assert answer.url == Dossier.objects.get(candidate__full_name="Đỗ Thị Thái Bình").get_absolute_url()
    assert "Không có hồ sơ nào khớp" in markup(client.get("/ho-so/tim/", {"q": "zzz", "mo": "1"}))


def test_what_is_out_of_scope_is_not_found(client, district, desk):
    client.force_login(district.commune)
    assert "Không có hồ sơ nào khớp" in markup(client.get("/ho-so/tim/", {"q": "luc"}))
