"""Signing in: who may, what a wrong password is told, and that nothing is open without it."""

from datetime import date

import pytest

from accounts.models import User
from accounts.roles import GRANTS, Permission, Role
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def sign_in(client, username="lan", password="mat-khau-dai", **extra):
    return client.post("/dang-nhap/", {"username": username, "password": password, **extra})


def test_the_right_pair_opens_the_first_page(client, district):
    assert sign_in(client)["Location"] == "/"
    assert client.get("/", follow=True).status_code == 200


def test_a_name_is_taken_in_any_case_and_with_blanks(client, district):
    assert sign_in(client, " LAN ").status_code == 302


def test_a_wrong_pair_is_not_told_which_of_the_two_was_wrong(client, district):
    for username, password in (("nobody", "x"), ("lan", "x")):
        page = markup(sign_in(client, username, password))
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in page


def test_one_is_sent_on_to_the_page_one_wanted_but_never_to_another_site(client, district):
    assert client.get("/ho-so/")["Location"] == "/dang-nhap/?next=/ho-so/"
    assert sign_in(client, next="/ho-so/")["Location"] == "/ho-so/"
    client.logout()
    assert sign_in(client, next="https://example.org/")["Location"] == "/"


def test_an_account_no_longer_in_use_cannot_sign_in(client, district):
    User.objects.filter(username="lan").update(is_active=False)
    assert sign_in(client).status_code == 200


def test_demonstration_accounts_are_refused_outside_a_demonstration(client, district, settings):
    User.objects.filter(username="lan").update(demonstration=True)
    assert sign_in(client).status_code == 302
    settings.DEMONSTRATION = False
    assert client.get("/ho-so/").status_code == 302, "a session from before is over too"
    assert sign_in(client).status_code == 200


def test_signing_out_needs_a_post(client, district):
    sign_in(client)
    assert client.get("/dang-xuat/").status_code == 405
    client.post("/dang-xuat/")
    assert client.get("/ho-so/").status_code == 302


def test_the_pages_are_vietnamese_whatever_the_browser_prefers(client, district):
    page = markup(client.get("/dang-nhap/", headers={"Accept-Language": "en-US,en"}))
    assert '<html lang="vi"' in page
    client.post("/ngon-ngu/", {"language": "en"})
    assert '<html lang="en"' in markup(client.get("/dang-nhap/"))


def test_the_theme_is_remembered_and_nothing_else_is_taken_for_one(client, district):
    client.post("/giao-dien/", {"theme": "dark"})
    assert 'data-theme="dark"' in markup(client.get("/dang-nhap/"))
    client.post("/giao-dien/", {"theme": '"><script>'})
    assert "data-theme" not in markup(client.get("/dang-nhap/"))


def test_answers_carry_a_strict_policy(client, district):
    policy = client.get("/dang-nhap/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy.replace("https", "")


def test_a_post_reaches_below_its_unit_and_no_further(district):
    assert district.commune.may(Permission.ENTER, district.rural)
    assert not district.commune.may(Permission.ENTER, district.far)
    assert not district.commune.may(Permission.SEE, district.root)


def test_a_post_counts_from_its_first_day_to_its_last(district):
    on = factories.user(
        "mot-ngay", Role.BOARD_STAFF, district.root, since=date(2017, 2, 27), until=date(2017, 2, 27)
    )
    before = factories.user("hom-qua", Role.BOARD_STAFF, district.root, until=date(2017, 2, 26))
    after = factories.user("ngay-mai", Role.BOARD_STAFF, district.root, since=date(2017, 2, 28))
    assert [user.may(Permission.SEE) for user in (on, before, after)] == [True, False, False]


def test_every_role_has_its_grants_and_sees_what_it_works_on():
    assert set(GRANTS) == set(Role)
    assert all(Permission.SEE in grants for grants in GRANTS.values())
    assert not any(
        Permission.DECIDE in GRANTS[r]
        for r in (Role.COMMUNE_COMMITTEE, Role.BRANCH_COMMITTEE, Role.ADMINISTRATOR)
    )
