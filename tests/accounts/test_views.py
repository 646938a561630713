"""One's own account: mail, keys, the calendar's address, the password."""

import pytest

from accounts.models import Activity, User
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(client, district):
    client.post("/dang-nhap/", {"username": "lan", "password": "mat-khau-dai"})
    return client


def ask(client, viec, **data):
    return client.post("/tai-khoan/", {"viec": viec} | data)


def test_posts_are_shown(lan, district):
    page = markup(lan.get("/tai-khoan/"))
    assert "Cán bộ Ban Tổ chức" in page
    assert district.root.title in page


def test_reminders_need_an_address(lan):
    answer = ask(lan, "thu", wants_digest="on")
    assert answer.status_code == 422
    assert "Cần địa chỉ để gửi thư" in markup(answer)
    assert "ghi như lan@" in markup(ask(lan, "thu", email="lan"))
    assert not User.objects.get(username="lan").wants_digest
    ask(lan, "thu", email="lan@yenlac.example", wants_digest="on")
    user = User.objects.get(username="lan")
    assert (user.email, user.wants_digest) == ("lan@yenlac.example", True)


def test_single_keys_can_be_switched_off_on_this_device(lan):
    assert "data-keys" not in markup(lan.get("/tai-khoan/"))
    ask(lan, "phim", phim="off")
    page = markup(lan.get("/ho-so/"))
    assert 'data-keys="off"' in page
    assert "<kbd" not in page.split("mast-find")[1].split("</form>")[0]
    ask(lan, "phim", phim="on")
    assert "data-keys" not in markup(lan.get("/tai-khoan/"))


def test_the_address_of_the_calendar_is_made_changed_and_dropped(lan):
    def key():
        return User.objects.get(username="lan").calendar_key

    ask(lan, "lich-tao")
    first = key()
    assert len(first) == 43
    assert f"http://testserver/lich/{first}.ics" in markup(lan.get("/tai-khoan/"))
    assert lan.get(f"/lich/{first}.ics").status_code == 200
    ask(lan, "lich-tao")
    assert lan.get(f"/lich/{first}.ics").status_code == 404
    assert lan.get(f"/lich/{key()}.ics").status_code == 200
    second = key()
    ask(lan, "lich-bo")
    assert key() == ""
    assert lan.get(f"/lich/{second}.ics").status_code == 404


def test_the_password_is_changed_and_the_session_goes_on(lan, client):
    new = {"new_password1": "mot-con-vit-xoe-hai", "new_password2": "mot-con-vit-xoe-hai"}
    answer = ask(lan, "mat-khau", old_password="x", **new)
    assert answer.status_code == 422
    assert "Mật khẩu đang dùng không đúng" in markup(answer)
    assert ask(lan, "mat-khau", old_password="mat-khau-dai", **new).status_code == 302
    assert lan.get("/tai-khoan/").status_code == 200
    assert User.objects.get(username="lan").check_password("mot-con-vit-xoe-hai")


def test_an_unknown_form_changes_nothing(lan):
    before = User.objects.filter(username="lan").values().get()
    assert ask(lan, "khac", email="x@yenlac.example").status_code == 302
    assert User.objects.filter(username="lan").values().get() == before


def test_looking_at_a_dossier_is_kept_once_in_ten_minutes(lan, district, time_machine, settings):
    from datetime import datetime, timedelta

    from notation.dates import now

    row = factories.dossier(district.rural, district.staff)
    settings.TODAY = None
    start = datetime(2017, 2, 27, 9, tzinfo=now().tzinfo)
    lan.logout()
    time_machine.move_to(start, tick=False)
    lan.force_login(district.staff)
    for minutes in (0, 1, 9, 11, 12):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        assert lan.get(row.get_absolute_url()).status_code == 200
    lan.force_login(district.leader)
    lan.get(row.get_absolute_url())
    found = Activity.objects.filter(action="read").order_by("pk").values_list("user__username", "subject")
    assert list(found) == [("lan", row.number), ("lan", row.number), ("khanh", row.number)]


def test_a_dossier_outside_ones_scope_is_not_logged_as_seen(client, district):
    row = factories.dossier(district.far, district.staff)
    client.force_login(district.branch)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert not Activity.objects.exists()
