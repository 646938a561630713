"""The register as a list: sorted, searched and filtered."""

import re
import unicodedata

import pytest

from admissions.models import Dossier
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def names(response):
    return re.findall(r'scope="row"><a[^>]*>([^<]+)</a>', markup(response))


COUNT = re.compile(r'id="count">([^<]+)<')


def test_the_list_is_sorted_by_given_name_in_vietnamese_order(staff, people):
    assert names(staff.get("/ho-so/")) == ["Trần Văn Anh", "Đặng Văn Ánh", "Đỗ Thị Bình", "Lê Văn Đạt"]


@pytest.mark.parametrize(
    "typed", ["do thi binh", "ĐỖ THỊ BÌNH", "binh do", unicodedata.normalize("NFD", "Đỗ Bình")]
)
def test_search_needs_no_marks_and_no_order(staff, people, typed):
    assert names(staff.get("/ho-so/", {"q": typed})) == ["Đỗ Thị Bình"]


def test_a_number_opens_its_dossier(staff, people):
    row = Dossier.objects.get(candidate__full_name="Lê Văn Đạt")
    assert staff.get("/ho-so/", {"q": row.number})["Location"] == row.get_absolute_url()


def test_filters_narrow_the_list_and_the_count_says_how_many(staff, people, district):
    for query, expected in (
        ({"don-vi": district.home.pk}, 3),
        ({"nong-thon": "1"}, 3),
        ({"nong-thon": "0"}, 1),
        ({"trang-thai": "da-ket-nap"}, 0),
        ({"trang-thai": "listed"}, 4),
        ({"nam": "2015"}, 4),
        ({"nam": "2016"}, 0),
        ({"don-vi": "999999999999999999999"}, 0),
    ):
        assert int(COUNT.search(markup(staff.get("/ho-so/", query)))[1]) == expected, query


def test_a_commune_lists_its_own_dossiers_only(client, people, district):
    client.force_login(district.commune)
    assert "Đặng Văn Ánh" not in names(client.get("/ho-so/"))
    far = Dossier.objects.get(branch=district.far)
    assert client.get(far.get_absolute_url()).status_code == 404


def test_a_list_asks_as_many_questions_for_twenty_rows_as_for_two(
    staff, district, django_assert_max_num_queries
):
    for n in range(20):
        factories.dossier(
            district.rural,
            district.staff,
            person=factories.candidate(full_name=f"Lê Văn {'ABCDEFGHIKLMNOPQRSTU'[n]}"),
        )
        if n in (1, 19):
            with django_assert_max_num_queries(9):
                assert len(names(staff.get("/ho-so/"))) == n + 1


def test_previous_and_next_follow_the_list_one_came_from(staff, people):
    row = Dossier.objects.get(candidate__full_name="Đỗ Thị Bình")
    page = markup(staff.get(row.get_absolute_url(), {"ds": "nong-thon=1"}))
    before = Dossier.objects.get(candidate__full_name="Đặng Văn Ánh")
    after = Dossier.objects.get(candidate__full_name="Lê Văn Đạt")
    assert "2 / 3" in page
    assert f'href="{before.get_absolute_url()}?ds=nong-thon%3D1" rel="prev"' in page
    assert f'href="{after.get_absolute_url()}?ds=nong-thon%3D1" rel="next"' in page


@pytest.mark.parametrize("asked", ["h'lan", "h’lan", "hʼlan", "hlan", "H'LAN niê", "lan nie"])
def test_a_name_with_an_apostrophe_is_found_however_it_is_typed(staff, district, asked):
    factories.dossier(district.rural, district.staff, person=factories.candidate(full_name="H’Lan Niê"))
    page = markup(staff.get("/ho-so/", {"q": asked}))
    assert "H&#x27;Lan Niê" in page


def test_the_list_by_name_puts_one_tone_in_one_place(staff, district):
    names = ("Lê Hoá", "Lê Hòa", "Lê Hỏa", "Lê Hoà", "Lê Hoả")
    for name in names:
        factories.dossier(district.rural, district.staff, person=factories.candidate(full_name=name))
    listed = [row.candidate.full_name for row in Dossier.objects.by_name()]
    assert [{*listed[:2]}, {*listed[2:4]}, listed[4]] == [
        {"Lê Hoà", "Lê Hòa"},
        {"Lê Hoả", "Lê Hỏa"},
        "Lê Hoá",
    ]
