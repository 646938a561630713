"""Every figure, for every role: the number on the page is the number of rows behind it."""

import re

import pytest
from django.test import Client

from tests.markup import markup

pytestmark = pytest.mark.django_db

FIGURE = re.compile(r'<a class="figure[^"]*" href="([^"]+)">([^<]+)</a>')
COUNT = re.compile(r'id="count">([^<]+)<')
PAGES = [
    "/chi-tieu/?ky=2016",
    "/chi-tieu/?ky=2017",
    "/chi-tieu/?ky=2016-q4",
    "/chi-tieu/?ky=2015-2020",
    "/bao-cao/2016/4/",
    "/bao-cao/2016/2/",
]
ROLES = {"district": PAGES, "leader": PAGES[:1], "admin": PAGES[4:], "trung-nguyen": PAGES, "branch": PAGES}
"""Staff, leader and administrator see the same units: between them every page, for the staff all of them."""


@pytest.fixture(autouse=True)
def one_row_a_page(monkeypatch):
    """The tests read the number above a list, so one row of it is enough."""
    monkeypatch.setattr("reports.views.request.ROWS", 1)


def number(text):
    return int(text.strip().replace(".", ""))


def crawl(client, pages):
    """{address: number shown} of every figure on `pages`."""
    found = {}
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        for url, text in FIGURE.findall(markup(response)):
            url = url.replace("&amp;", "&")
            assert found.setdefault(url, number(text)) == number(text), f"{url} shows two numbers"
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_figure_opens_exactly_what_it_counts(yenlac, role):
    client = Client()
    client.force_login(yenlac.users[role])
    figures = crawl(client, ROLES[role])
    assert len(figures) > (8 if role == "branch" else 40)
    for url, shown in figures.items():
        response = client.get(url)
        assert response.status_code == 200, url
        assert number(COUNT.search(markup(response))[1]) == shown, url


def test_the_figures_of_every_commune_open_what_they_count(yenlac):
    client = Client()
    client.force_login(yenlac.users["district"])
    pages = [f"/chi-tieu/?don-vi={yenlac.base[name].pk}&ky=2016" for name in ("Trung Nguyên", "Yên Lạc")]
    for url, shown in crawl(client, pages).items():
        assert number(COUNT.search(markup(client.get(url)))[1]) == shown, url


def test_the_two_year_sentence_stands_on_the_first_page(yenlac):
    client = Client()
    client.force_login(yenlac.users["leader"])
    text = re.sub(r"<[^>]+>", "", markup(client.get("/", follow=True)))
    for number in ("268", "244", "109,8%", "162", "60,4%", "546", "281", "51,5%"):
        assert number in text


def test_a_commune_sees_no_figure_of_another_unit(yenlac):
    client = Client()
    client.force_login(yenlac.users["trung-nguyen"])
    page = markup(client.get("/chi-tieu/?ky=2016"))
    assert "Đảng bộ xã Trung Nguyên" in page
    assert "Hồng Phương" not in page
    other = yenlac.base["Tam Hồng"].pk
    for path in ("/chi-tieu/", "/chi-tieu/ho-so/", "/chi-tieu/giao/", "/bao-cao/2016/4/"):
        assert client.get(path, {"don-vi": other, "ky": "2016"}).status_code == 404


def test_a_dashboard_asks_the_same_few_questions_however_many_units_it_shows(
    yenlac, django_assert_max_num_queries
):
    client = Client()
    client.force_login(yenlac.users["district"])
    client.get("/chi-tieu/?ky=2016")
    with django_assert_max_num_queries(12):
        client.get("/chi-tieu/?ky=2016")
    with django_assert_max_num_queries(12):
        client.get(f"/chi-tieu/?ky=2016&don-vi={yenlac.base['Trung Nguyên'].pk}")
