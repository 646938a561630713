"""The pages of the days off."""

from datetime import date

import pytest

from accounts.models import Activity
from admissions.catalogues import days_off
from admissions.models import DayOff
from tests.markup import markup

pytestmark = pytest.mark.django_db

MONDAY = date(2017, 2, 13)


def told():
    return list(Activity.objects.order_by("pk").values_list("action", "subject"))


def test_a_day_is_added_after_its_consequence_was_shown(admin, running):
    data = {"on": "13/02/2017", "kind": "off", "name": "Nghỉ  bù"}
    shown = admin.post("/danh-muc/lich/them/", data)
    assert shown.status_code == 200 and "1 hạn đang chạy đổi ngày" in markup(shown)
    assert not DayOff.objects.filter(on=MONDAY).exists()
    other = admin.post("/danh-muc/lich/them/", data | {"on": "14/02/2017", "da-xem": "2017-02-13 off"})
    assert other.status_code == 200 and not DayOff.objects.filter(on=date(2017, 2, 14)).exists()
    done = admin.post("/danh-muc/lich/them/", data | {"da-xem": "2017-02-13 off"})
    assert done.url == "/danh-muc/lich/?nam=2017"
    assert DayOff.objects.get(on=MONDAY).name == "Nghỉ bù"
    assert told() == [("setting", "Thêm ngày nghỉ 13/02/2017: Nghỉ bù")]


def test_a_day_is_deleted_after_its_consequence_was_read(admin, running):
    row = DayOff.objects.get(on=date(2017, 1, 27))
    url = f"/danh-muc/lich/{row.pk}/xoa/"
    assert "1 hạn đang chạy đổi ngày" in markup(admin.get(url))
    assert admin.post(url).status_code == 302
    assert not DayOff.objects.filter(on=row.on).exists()
    assert told()[0][1].startswith("Xóa ngày nghỉ 27/01/2017")


@pytest.mark.parametrize(
    ("on", "kind", "sentence"),
    [
        ("13/02/2017", "work", "chỉ Thứ Bảy, Chủ nhật mới làm bù"),
        ("27/01/2017", "off", "đã có trong lịch"),
        ("31/02/2017", "off", "tháng 2 có 28 ngày"),
        ("13/02/2017", "x", "Chọn một dòng"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(admin, on, kind, sentence):
    before = DayOff.objects.count()
    data = {"on": on, "kind": kind, "name": "Tên đã gõ", "da-xem": "2017-02-13 work"}
    answer = admin.post("/danh-muc/lich/them/", data)
    assert answer.status_code == 422 and sentence in markup(answer)
    assert "Tên đã gõ" in markup(answer)
    assert DayOff.objects.count() == before and told() == []


def test_a_year_without_a_calendar_and_a_year_hardly_begun_are_said(admin, district):
    assert "Chưa có lịch năm 2040" in markup(admin.get("/danh-muc/lich/?nam=2040"))
    row = DayOff(on=date(2040, 1, 2), kind="off", name="Tết Dương lịch")
    assert days_off.consequence_of(row).opens
    days_off.add_day(row.on, row.kind, row.name, by=district.admin)
    assert "Năm 2040 mới ghi 1 ngày nghỉ" in markup(admin.get("/danh-muc/lich/?nam=2040"))
    assert days_off.consequence_of(DayOff.objects.get(on=row.on), removed=True).closes
    assert "mới ghi" not in markup(admin.get("/danh-muc/lich/?nam=2017"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tu=05/12/2016&so=60", "07/03/2017"),
        ("tu=05/12/2016&so=60", "02/01/2017"),
        ("tu=05/12/2016&so=0", "Ghi từ 1 ngày trở lên"),
        ("tu=30/02/2017&so=5", "tháng 2 có 28 ngày"),
        ("tu=05/12/2016&so=", "phải nhập"),
        ("tu=31/12/2099&so=5", "Chưa có lịch ngày nghỉ năm 2100"),
    ],
)
def test_anyone_reckons_working_days(client, district, query, sentence):
    client.force_login(district.branch)
    answer = client.get(f"/danh-muc/lich/?nam=2017&{query}")
    assert answer.status_code == 200 and sentence in markup(answer)


@pytest.mark.parametrize("year", ["x", "", "0", "99999", "2²17", "1e3"])
def test_a_year_that_is_none_is_not_there(client, district, year):
    client.force_login(district.staff)
    assert client.get("/danh-muc/lich/", {"nam": year}).status_code == 404
