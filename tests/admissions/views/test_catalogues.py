"""The pages of reasons, number books and the log."""

from datetime import date

import pytest

from accounts.models import Activity
from admissions.models import Document, Reason
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def told():
    return list(Activity.objects.order_by("pk").values_list("action", "subject"))


def test_a_reason_is_added_switched_off_and_never_deleted(admin):
    assert admin.post("/danh-muc/ly-do/", {"use": "hold", "text": "Chờ ý kiến Tỉnh ủy"}).status_code == 302
    row = Reason.objects.get(text="Chờ ý kiến Tỉnh ủy")
    assert admin.post(f"/danh-muc/ly-do/{row.pk}/", {"dung": "0"}).status_code == 302
    row.refresh_from_db()
    assert not row.active
    again = admin.post("/danh-muc/ly-do/", {"use": "hold", "text": "chờ ý kiến tỉnh ủy"})
    assert again.status_code == 422 and "đang ngừng dùng; hãy dùng lại" in markup(again)
    admin.post(f"/danh-muc/ly-do/{row.pk}/", {"dung": "1"})
    assert [subject.split(" (")[0] for _action, subject in told()] == [
        "Thêm lý do",
        "Ngừng dùng lý do",
        "Dùng lại lý do",
    ]


def test_the_register_shows_numbers_gaps_and_the_next_one(client, district, running):
    since = Document.objects.get(issuer=district.home).term_since
    for serial in (2, 5):
        Document.objects.create(
            issuer=district.home,
            symbol="NQ/ĐU",
            term_since=since,
            serial=serial,
            number=f"{serial:02d}-NQ/ĐU",
            dated_on=date(2016, 6, 1),
        )
    client.force_login(district.commune)
    text = markup(client.get("/danh-muc/so-van-ban/"))
    assert "01, 03–04, 06–61" in text and "63-NQ/ĐU" in text
    assert running.get_absolute_url() in text
    assert client.get(f"/danh-muc/so-van-ban/?don-vi={district.rural.pk}").status_code == 200
    for nothing in ("x", "", "99999999999999999999", str(district.root.pk)):
        assert client.get("/danh-muc/so-van-ban/", {"don-vi": nothing}).status_code == 404
    assert client.get("/danh-muc/so-van-ban/?so=x").status_code == 404


def test_a_dossier_that_left_the_scope_is_not_named_in_the_register(client, district, running):
    elsewhere = factories.dossier(
        district.far, district.staff, person=factories.candidate(full_name="Trần Văn Xa")
    )
    Document.objects.get(issuer=district.home).dossiers.add(elsewhere)
    client.force_login(district.commune)
    text = markup(client.get("/danh-muc/so-van-ban/"))
    assert "Trần Văn Xa" not in text and "hồ sơ ngoài phạm vi" in text


def test_the_log_is_filtered_by_action_and_by_name_without_marks(admin, district):
    Activity.objects.create(user=district.staff, action="read", subject="2016/0312")
    Activity.objects.create(user=district.branch, action="fetch", subject="Biểu 2")
    count = lambda query: admin.get(f"/danh-muc/nhat-ky/?{query}").context["page"].paginator.count  # noqa: E731
    assert [count(query) for query in ("", "viec=read", "ten=phung+lan", "ten=lan&viec=fetch", "viec=x")] == [
        2,
        1,
        1,
        0,
        2,
    ]
