"""Over units: each number of the overview and of the difficulties opens what it counts."""

import re

import pytest

from oversight.reviews import save_review
from tests.markup import markup
from tests.oversight.conftest import FEBRUARY, JANUARY, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(district, far_away, january):
    """February's reviews of three of the four branches; far away is named by two in both months."""
    said = answers(difficulties=[far_away], score=80)
    for unit in (district.rural, district.far):
        save_review(unit, FEBRUARY, said, by=district.staff)
    save_review(district.firm, FEBRUARY, answers(assessment="good"), by=district.staff)


@pytest.mark.parametrize(
    "path", ["/theo-doi/", "/theo-doi/ra-soat/?ky=2017-02", "/theo-doi/ra-soat/?ky=2017-q1"]
)
@pytest.mark.parametrize("role", ["staff", "commune", "branch"])
def test_every_number_is_the_length_of_its_list(client, district, sent, path, role):
    client.force_login(getattr(district, role))
    figures = re.findall(r'<a class="figure" href="([^"]*)">(\d+)</a>', markup(client.get(path)))
    assert figures or role == "branch"
    for url, number in figures:
        page = markup(client.get(url.replace("&amp;", "&")))
        counted = re.search(r'id="count">(\d+)<|aria-current="true"\s*>[^<]*\((\d+)\)', page)
        assert number in counted.groups(), url


def test_who_has_not_sent_is_named_by_unit(client, district, sent):
    client.force_login(district.staff)
    page = client.get("/theo-doi/ra-soat/?ky=2017-02")
    lines = {line.unit.name: (line.held, line.branches, line.score) for line, _urls in page.context["units"]}
    assert lines == {
        "Yên Lạc": (3, 4, 80),
        "Trung Nguyên": (1, 2, 80),
        "Đồng Văn": (1, 1, 80),
        "Công ty May": (1, 1, None),
    }
    missing = client.get("/theo-doi/ra-soat/danh-sach/?ky=2017-02&loai=chua")
    assert [line.unit for line in missing.context["lines"]] == [district.school]


def test_a_difficulty_counts_a_branch_once_in_a_quarter(client, district, sent, far_away):
    client.force_login(district.staff)
    (line,) = client.get("/theo-doi/ra-soat/?ky=2017-q1").context["difficulties"]
    assert (line.difficulty, line.branches, line.bases) == (far_away, 2, 2)
    page = client.get(line.url)
    assert {row.review.unit.name for row in page.context["rows"]} == {"Tân Nguyên", "Báo Văn"}


def test_late_reviews_have_a_list(client, district, january):
    client.force_login(district.staff)
    page = client.get("/theo-doi/ra-soat/danh-sach/?ky=2017-01&loai=muon")
    assert [row.review for row in page.context["rows"]] == [january]
    assert "ghi sau hạn" in markup(page)


@pytest.mark.parametrize("asked", ["loai=x", "kho-khan=x", "kho-khan=999", "danh-gia=x", "ky=2017-13"])
def test_an_address_that_names_nothing_is_not_there(client, district, asked):
    client.force_login(district.staff)
    assert client.get(f"/theo-doi/ra-soat/danh-sach/?{asked}").status_code == 404


def test_nobody_reminds_outside_their_scope(client, district):
    client.force_login(district.commune)
    assert client.post(f"/theo-doi/ra-soat/nhac/?don-vi={district.other.pk}").status_code == 404


def test_administrators_change_the_list_of_difficulties(client, district, far_away):
    url = "/theo-doi/kho-khan/"
    client.force_login(district.staff)
    assert client.post(url, {"text": "Mới"}).status_code == 403
    client.force_login(district.admin)
    assert client.post(url, {"text": "thanh nien di lam xa"}).status_code == 422
    assert client.post(url, {"text": "Đang sáp nhập thôn"}).status_code == 302
    client.post(f"{url}{far_away.pk}/", {"dung": "0"})
    far_away.refresh_from_db()
    assert not far_away.active
    client.force_login(district.branch)
    page = client.get(f"/theo-doi/ra-soat/{district.rural.pk}/{FEBRUARY.code}/").context["page"]
    offered = {ticked.row.text for ticked in page.difficulties}
    assert "Đang sáp nhập thôn" in offered and far_away.text not in offered


def test_a_month_shows_the_branches_of_its_end(client, district, january):
    client.force_login(district.commune)
    page = client.get(f"/theo-doi/ra-soat/?ky={JANUARY.code}")
    assert {line.unit.name: bool(line.review) for line in page.context["overview"].branches} == {
        "Tân Nguyên": True,
        "Trường THCS": False,
    }
