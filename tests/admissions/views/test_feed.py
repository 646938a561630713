"""The calendar one subscribes to."""

from datetime import date

import icalendar
import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db

NAMES = ("Phạm Thị Hòa", "Trần Văn Lực", "Bùi Thị Mây", "Lê Văn Toản", "Nguyễn Văn Thực")


@pytest.fixture
def subscribe(client):
    def read(user):
        User.objects.filter(pk=user.pk).update(calendar_key=f"key-{user.pk}")
        answer = client.get(f"/lich/key-{user.pk}.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return answer.content, icalendar.Calendar.from_ical(answer.content).walk("VEVENT")

    return read


def test_the_calendar_holds_the_limits_of_ninety_days(district, reminders_due, subscribe):
    late, soon, ending, waiting = reminders_due
    data, events = subscribe(district.staff)
    assert [str(event["summary"]) for event in events] == [
        f"{late.number}: Ban Thường vụ Huyện ủy quyết định kết nạp",
        f"{ending.number}: Hết thời gian dự bị",
        f"{soon.number}: Ban Thường vụ Huyện ủy quyết định kết nạp",
        f"{waiting.number}: Tổ chức lễ kết nạp",
        f"{ending.number}: Chi bộ xét công nhận chính thức",
    ]
    first = events[0]
    assert first.decoded("dtstart") == date(2017, 2, 21)
    assert first.decoded("dtend") == date(2017, 2, 22)
    assert str(first["url"]) == f"http://127.0.0.1:8000{late.get_absolute_url()}"
    assert "60 ngày làm việc kể từ nghị quyết chi bộ 21/11/2016" in first["description"]
    assert "QĐ 29, điểm 4.3.1" in first["description"]
    assert not any(name in data.decode() for name in (*NAMES, "Đỗ Thị"))


def test_the_calendar_is_well_formed(district, reminders_due, subscribe):
    data, events = subscribe(district.staff)
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode() for line in lines], "no letter is cut in two"
    assert b"DESCRIPTION:60 ng" in data
    assert rb"\, " in data, "commas are escaped"
    assert rb"\n" in data, "and line ends"
    assert all("DTSTAMP" in event for event in events)


def test_an_event_keeps_its_identity(district, reminders_due, subscribe, settings):
    uids = [str(event["uid"]) for event in subscribe(district.staff)[1]]
    assert len(set(uids)) == len(uids)
    settings.TODAY = date(2017, 2, 28)
    assert [str(event["uid"]) for event in subscribe(district.staff)[1]] == uids


def test_the_calendar_of_a_commune_holds_nothing_of_another(district, reminders_due, subscribe):
    data, events = subscribe(district.commune)
    assert reminders_due[1].number not in data.decode()
    assert len(events) == 4


def test_an_unknown_address_and_one_of_an_account_out_of_use_open_nothing(
    client, district, reminders_due, subscribe
):
    subscribe(district.commune)
    assert client.get("/lich/khac.ics").status_code == 404
    assert client.get("/lich/.ics").status_code == 404
    User.objects.filter(pk=district.commune.pk).update(is_active=False)
    assert client.get(f"/lich/key-{district.commune.pk}.ics").status_code == 404
