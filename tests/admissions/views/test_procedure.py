"""The pages of the procedure's versions."""

from datetime import date

import pytest

from admissions.states import State
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return markup(answer)


def test_without_being_asked_the_version_in_force_is_compared_with_the_one_before(client, district):
    client.force_login(district.branch)
    words = page(client, "/quy-dinh/so-sanh/")
    assert '<option value="qd45-2011" selected>' in words
    assert '<option value="qd29-2016" selected>' in words


def test_the_comparison_can_show_only_what_differs(client, district):
    client.force_login(district.commune)
    whole = page(client, "/quy-dinh/so-sanh/?a=qd29-2016&b=qd29-2017")
    less = page(client, "/quy-dinh/so-sanh/?a=qd29-2016&b=qd29-2017&khac=1")
    assert "1-KNĐ" in whole
    assert "1-KNĐ" not in less
    assert "09-HD/BTCTW, 05/06/2017" in less


def test_a_version_says_which_of_its_facts_are_not_certain(client, district):
    client.force_login(district.commune)
    assert "đọc ở nguồn thứ cấp, chỉ nhắc" in page(client, "/quy-dinh/qd208-2026/")
    assert "chưa kiểm chứng, chỉ nhắc" in page(client, "/quy-dinh/qd29-2016/")


def test_why_a_version_binds_a_dossier_is_said(client, district):
    client.force_login(district.staff)
    row = factories.reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
    words = page(client, f"/quy-dinh/qd29-2016/?ho-so={row.number}")
    assert "vì chi bộ họp ngày 05/12/2016, trong thời gian 25/07/2016–04/06/2017" in words
    assert (
        "Ngày ấy có hiệu lực: 29-QĐ/TW, 25/07/2016; 01-HD/TW, 20/09/2016; 12-HD/BTCTW, 17/05/2012." in words
    )
    assert "không theo quy định này" in page(client, f"/quy-dinh/qd45-2011/?ho-so={row.number}")
    free = factories.dossier(district.rural, district.staff)
    assert "sẽ chốt theo ngày chi bộ họp" in page(client, f"/quy-dinh/qd29-2016/?ho-so={free.number}")
    assert f"/quy-dinh/qd29-2016/?ho-so={row.year}/{row.serial}" in page(client, row.get_absolute_url())


def test_a_dossier_straddling_the_25th_of_july_2016_keeps_its_version(client, district):
    client.force_login(district.staff)
    days = {"apply": date(2016, 4, 4), "branch_agrees": date(2016, 7, 22), "base_agrees": date(2016, 8, 1)}
    row = factories.reach(
        factories.dossier(district.rural, district.staff), State.PROPOSED, district.staff, **days
    )
    assert row.procedure == "qd45-2011"
    assert "QĐ 45-QĐ/TW" in page(client, row.get_absolute_url())


def test_the_number_of_dossiers_a_version_binds_opens_them(client, district):
    client.force_login(district.staff)
    row = factories.reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
    factories.dossier(district.rural, district.staff)
    assert "?quy-dinh=qd29-2016" in page(client, "/quy-dinh/")
    listed = page(client, "/ho-so/?quy-dinh=qd29-2016")
    assert '<b id="count">1</b>' in listed
    assert row.number in listed
    assert "theo QĐ 29-QĐ/TW, 25/7/2016" in listed
    assert '<b id="count">2</b>' in page(client, "/ho-so/?quy-dinh=khong-co"), "an unknown filter is none"


def test_the_number_of_dossiers_counts_those_of_the_viewers_scope(client, district):
    for branch in (district.rural, district.far):
        factories.reach(factories.dossier(branch, district.staff), State.RESOLVED, district.staff)
    client.force_login(district.staff)
    assert "2 hồ sơ theo QĐ 29-QĐ/TW, 25/7/2016" in page(client, "/quy-dinh/")
    client.force_login(district.commune)
    assert "1 hồ sơ theo QĐ 29-QĐ/TW, 25/7/2016" in page(client, "/quy-dinh/")
    assert "1 hồ sơ" in page(client, "/quy-dinh/qd29-2016/")


@pytest.mark.parametrize(
    "url", ["/quy-dinh/khong-co/", "/quy-dinh/so-sanh/?a=x", "/quy-dinh/qd29-2016/?ho-so=x"]
)
def test_a_version_that_is_not_there_is_not_found(client, district, url):
    client.force_login(district.staff)
    assert client.get(url).status_code == 404
