"""What one has typed outlives the session: it comes back after signing in, to the one who typed it, and nobody else."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import unsent_forms
from accounts.models import User
from admissions.models import Dossier
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver", "Referer": "http://testserver/ho-so/moi/"}
KEPT = "những gì đồng chí nhập vẫn còn"
URLENCODED = "application/x-www-form-urlencoded"


class Reader:
    """A browser that sends the forms it is shown, with everything hidden in them."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)

    def open(self, path):
        self.keep(self.client.get(path, follow=True))

    def keep(self, answer):
        self.answer, self.page = answer, markup(answer)

    def form(self, ending):
        """The hidden fields of the page's form that contains `ending`, and where it goes."""
        forms = re.findall(r'<form[^>]*method="post".*?</form>', self.page, re.S)
        found = next(form for form in forms if ending in form)
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found)
        action = re.search(r'<form[^>]* action="([^"]*)"', found)
        fields = {name: unescape(value) for name, value in hidden}
        return fields, unescape(action[1]) if action else self.answer.request["PATH_INFO"]

    def send(self, ending, headers=HERE, **typed):
        from urllib.parse import urlencode

        fields, action = self.form(ending)
        answer = self.client.post(
            action, urlencode(fields | typed, doseq=True), content_type=URLENCODED, headers=headers
        )
        self.keep(answer)

    def sign_in(self, username="lan", password="mat-khau-dai"):
        self.send('id="id_password"', username=username, password=password)


def end_sessions():
    Session.objects.all().delete()
    cache.clear()


@pytest.fixture
def typed(district):
    """A new dossier, as typed into the form."""
    person = factories.candidate()
    names = ("full_name", "sex", "home_place", "residence", "occupation", "education", "qualification")
    return {name: getattr(person, name) for name in names} | {
        "born_on": "14/08/1992",
        "academic_title": person.academic_title,
        "ethnicity": person.ethnicity_id,
        "religion": person.religion_id,
        "branch": district.rural.pk,
        "listed_on": "12/03/2015",
        "introduction": "two_members",
        "introducer": "Lê Văn Toản",
        "second_introducer": "Nguyễn Văn Thực",
        "helper": "Nguyễn Văn Thực",
    }


@pytest.fixture
def reader(district):
    """Someone with the empty entry form open, whose session then ended."""
    reader = Reader()
    reader.open("/ho-so/moi/")
    reader.sign_in()
    reader.open("/ho-so/moi/")
    return reader


def test_a_dossier_sent_after_the_session_is_saved_after_signing_in(reader, typed):
    end_sessions()
    reader.send('name="full_name"', **typed)
    assert reader.answer.status_code == 401
    assert KEPT in reader.page
    assert not Dossier.objects.exists()
    reader.sign_in(password="wrong")
    assert KEPT in reader.page, "a wrong password keeps it"
    reader.sign_in()
    assert "Ghi dưới tên" in reader.page
    assert "Phùng Thị Lan" in reader.page
    assert "/ho-so/moi/" in reader.page
    assert not Dossier.objects.exists(), "nothing is written before the button"
    reader.send("Ghi tiếp")
    assert reader.answer.status_code == 302
    assert Dossier.objects.get().candidate.full_name == typed["full_name"]
    assert Dossier.objects.get().candidate.home_place == typed["home_place"]


def test_somebody_else_does_not_get_it(reader, typed):
    end_sessions()
    reader.send('name="full_name"', **typed)
    reader.sign_in("xa")
    assert reader.answer["Location"] == "/"
    reader.open("/phim-tat/")
    assert "của tài khoản khác nên đã bỏ" in reader.page
    assert not Dossier.objects.exists()


def test_without_knowing_whose_it_is_nothing_is_carried(reader, typed):
    end_sessions()
    del reader.client.cookies[unsent_forms.COOKIE]
    reader.send('name="full_name"', **typed)
    assert reader.answer["Location"] == "/dang-nhap/?next=/ho-so/moi/"


@pytest.mark.parametrize(
    "field",
    [
        "forged",
        "",
        lambda user: signing.dumps(["https://example.org/", "/", [["a", "b"]], user], salt=unsent_forms.SALT),
        lambda user: signing.dumps(["//example.org/", "/", [["a", "b"]], user], salt=unsent_forms.SALT),
        lambda user: signing.dumps(["/ho-so/moi/", "/", [["a", "b"]], user], salt="another"),
    ],
)
def test_a_forged_field_or_a_foreign_path_is_dropped(client, district, field):
    field = field(district.staff.pk) if callable(field) else field
    data = {"username": "lan", "password": "mat-khau-dai", "carried": field, "next": "/phim-tat/"}
    assert client.post("/dang-nhap/", data)["Location"] == "/phim-tat/"
    client.logout()
    page = markup(client.post("/dang-nhap/", data | {"password": "x"}))
    assert 'name="carried"' not in page


def test_after_a_day_it_is_dropped(reader, typed, time_machine):
    from datetime import timedelta

    from django.utils import timezone

    end_sessions()
    reader.send('name="full_name"', **typed)
    time_machine.move_to(timezone.now() + timedelta(hours=25), tick=False)
    reader.sign_in()
    assert reader.answer.status_code == 302


def test_files_passwords_and_large_forms_are_not_carried(client, district):
    client.post("/dang-nhap/", {"username": "lan", "password": "mat-khau-dai"})
    end_sessions()
    template = "/danh-muc/mau-van-ban/9-KND/hd36-2018/"
    for url, data, kind in (
        (template, {"file": SimpleUploadedFile("a.docx", b"x")}, None),
        ("/tai-khoan/", "viec=mat-khau&old_password=a&new_password1=b&new_password2=b", URLENCODED),
        ("/ho-so/moi/", f"helper={'x' * 100_001}", URLENCODED),
        ("/dang-xuat/", "", URLENCODED),
    ):
        answer = client.post(url, data, **({"content_type": kind} if kind else {}))
        assert answer["Location"] == f"/dang-nhap/?next={url}"
    assert client.get("/ho-so/moi/?a=1")["Location"] == "/dang-nhap/?next=/ho-so/moi/%3Fa%3D1"


def test_a_form_from_before_signing_in_again_is_asked_about(reader, typed):
    """Another tab signed out and in; the token of this one is out of date."""
    before = reader.page, reader.answer
    reader.send("Đăng xuất")
    reader.open("/dang-nhap/")
    reader.sign_in()
    reader.page, reader.answer = before
    reader.send('name="full_name"', **typed)
    assert reader.answer.status_code == 403
    assert "Ghi dưới tên" in reader.page
    assert not Dossier.objects.exists()
    reader.send("Ghi tiếp")
    assert Dossier.objects.count() == 1


def test_two_tabs_that_both_expired_end_well(reader, typed):
    """The second tab signs in with the token from before the first one did."""
    end_sessions()
    reader.send('name="full_name"', **typed)
    first = reader.page, reader.answer
    reader.open("/dang-nhap/")
    reader.sign_in()
    reader.page, reader.answer = first
    reader.sign_in()
    assert "Ghi dưới tên" in reader.page
    reader.send("Ghi tiếp")
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://example.org"},
        {"Referer": "http://testserver.example.org/ho-so/moi/"},
        {"Referer": "http://[x/"},
    ],
)
def test_what_another_site_sends_is_refused_plainly(reader, typed, headers):
    reader.page = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', 'csrfmiddlewaretoken" value="x"', reader.page)
    reader.send('name="full_name"', headers=headers, **typed)
    assert reader.answer.status_code == 403
    assert "Ghi dưới tên" not in reader.page


def test_a_form_of_the_one_before_is_not_offered_to_the_next(reader, typed):
    before = reader.page, reader.answer
    reader.send("Đăng xuất")
    reader.open("/dang-nhap/")
    reader.sign_in("xa")
    reader.page, reader.answer = before
    reader.send('name="full_name"', **typed)
    assert reader.answer.status_code == 403
    assert "Ghi dưới tên" not in reader.page


def test_an_account_out_of_use_gets_nothing_back(reader, typed):
    User.objects.filter(username="lan").update(is_active=False)
    reader.send('name="full_name"', **typed)
    reader.sign_in()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in reader.page
    assert not Dossier.objects.exists()
