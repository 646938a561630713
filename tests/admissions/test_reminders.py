"""Reminders: what comes up, in a mail once a day and in a calendar, and nobody's name in either."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import icalendar
import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from admissions import workflow
from admissions.exceptions import Stale
from admissions.history import describe_event
from admissions.models import Digest, Dossier, Event
from admissions.states import State as S
from admissions.worklist import digests, reminders
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db

TODAY = date(2017, 2, 27)
NAMES = ("Phạm Thị Hòa", "Trần Văn Lực", "Bùi Thị Mây", "Lê Văn Toản", "Nguyễn Văn Thực")


@pytest.fixture
def desk(district):
    """One overdue and one soon in the home commune's branch, one soon elsewhere, a probation that ends, one far off."""
    staff = district.staff

    def person(name):
        return factories.candidate(full_name=name)

    late = factories.dossier(district.rural, staff, person=person(NAMES[0]))
    reach(late, S.APPRAISAL, staff, branch_agrees=date(2016, 11, 21), base_agrees=date(2016, 12, 1))
    soon = reach(factories.dossier(district.far, staff, person=person(NAMES[1])), S.APPRAISAL, staff)
    ending = reach(factories.dossier(district.school, staff, person=person(NAMES[2])), S.PROBATIONARY, staff)
    Dossier.objects.filter(pk=ending.pk).update(probation_ends_on=date(2017, 3, 6))
    waiting = reach(factories.dossier(district.rural, staff), S.DECIDED, staff)
    workflow.perform(waiting, "hand_over", by=staff, on=date(2017, 2, 20))
    factories.dossier(district.rural, staff, person=person("Chưa Có Hạn"))
    return late, soon, ending, waiting


@pytest.fixture
def lan(district):
    User.objects.filter(pk=district.staff.pk).update(email="lan@yenlac.example", wants_digest=True)
    return district.staff


def told(rows):
    return [(row.dossier, row.limit, row.stage) for row in rows]


def test_overdue_and_near_limits_and_ending_probations_are_due(district, desk):
    late, soon, ending, _waiting = desk
    found = reminders.due_for(district.staff, TODAY)
    assert told(found) == [
        (late, "decision", "late"),
        (ending, "probation", "soon"),
        (soon, "decision", "soon"),
    ]
    assert [row.words for row in found] == ["quá 4 ngày làm việc", "còn 7 ngày", "còn 6 ngày làm việc"]


def test_a_post_is_reminded_of_its_own_units_only(district, desk):
    late, _soon, ending, _waiting = desk
    assert [row.dossier for row in reminders.due_for(district.commune, TODAY)] == [late, ending]
    assert [row.dossier for row in reminders.due_for(district.branch, TODAY)] == [late]


def test_the_questions_do_not_grow_with_the_dossiers(district, desk, django_assert_num_queries):
    district.staff.current_posts  # noqa: B018 - asked for once a request
    with django_assert_num_queries(3):
        assert len(reminders.upcoming_limits(district.staff, TODAY)) == 5


# The mail


def test_the_mail_tells_numbers_units_and_limits_and_nobodys_name(lan, district, desk):
    assert digests.send_digests(TODAY) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["lan@yenlac.example"]
    assert letter.subject == "Sổ kết nạp 27/02/2017: 1 hạn đã quá, 2 hạn sắp tới"
    line = "2015/0001, Tân Nguyên: Ban Thường vụ Huyện ủy quyết định kết nạp, hạn 21/02/2017, quá 4 ngày làm việc"
    assert line in letter.body
    assert all(f"http://127.0.0.1:8000{row.get_absolute_url()}\n" in letter.body for row in desk[:3])
    assert not any(name in letter.body + letter.subject for name in (*NAMES, "Đỗ Thị"))
    assert Digest.objects.get().lines == 3


def test_twice_a_day_sends_nothing_twice_and_tells_the_story_once(lan, district, desk):
    User.objects.filter(pk=district.leader.pk).update(email="khanh@yenlac.example", wants_digest=True)
    digests.send_digests(TODAY)
    digests.send_digests(TODAY)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["khanh@yenlac.example", "lan@yenlac.example"]
    events = Event.objects.filter(action="remind")
    assert sorted(events.values_list("dossier", flat=True)) == sorted(row.pk for row in desk[:3])
    for row in desk[:3]:
        row.refresh_from_db()
        event = row.events.last()
        assert (event.no, event.action, event.to_state) == (row.version, "remind", row.state)
    event = desk[0].events.last()
    assert event.facts == {"limit": "decision", "stage": "late", "due": "21/02/2017"}
    assert describe_event(event) == "Đã gửi thư nhắc hạn 21/02/2017 cho Phùng Thị Lan."


def test_the_next_day_sends_again_and_tells_only_what_is_new(lan, district, desk, settings):
    digests.send_digests(TODAY)
    settings.TODAY = TODAY + timedelta(days=8)  # the last day of the second limit
    assert digests.send_digests(settings.TODAY) == (1, 0)
    events = desk[1].events.filter(action="remind")
    assert [event.facts["stage"] for event in events] == ["soon"]
    settings.TODAY = TODAY + timedelta(days=9)
    digests.send_digests(settings.TODAY)
    assert [event.facts["stage"] for event in events.all()] == ["soon", "late"]
    assert desk[0].events.filter(action="remind").count() == 1


def test_a_mail_server_that_does_not_answer_leaves_no_trace(lan, desk, monkeypatch):
    def broken(*args, **kwargs):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(digests, "send_mail", broken)
        assert digests.send_digests(TODAY) == (0, 1)
        with pytest.raises(CommandError, match="1 letters could not be sent"):
            call_command("send_digests")
    assert not Digest.objects.exists()
    assert not Event.objects.filter(action="remind").exists()
    call_command("send_digests")
    assert len(mail.outbox) == 1


def test_no_mail_without_a_limit_an_address_a_wish_or_an_account_in_use(district, desk, settings):
    people = User.objects.filter(username__in=["lan", "xa"])
    people.update(email="x@yenlac.example")
    assert digests.send_digests(TODAY) == (0, 0), "nobody asked for it"
    people.update(wants_digest=True, is_active=False)
    assert digests.send_digests(TODAY) == (0, 0)
    people.update(is_active=True, email="")
    assert digests.send_digests(TODAY) == (0, 0)
    people.update(email="x@yenlac.example", demonstration=True)
    settings.DEMONSTRATION = False
    assert digests.send_digests(TODAY) == (0, 0)
    people.update(demonstration=False)
    Dossier.objects.filter(pk__in=[row.pk for row in desk]).update(
        branch=district.far, commune=district.other
    )
    people.filter(username="lan").update(wants_digest=False)
    assert digests.send_digests(TODAY) == (0, 0), "nothing is due in the commune"
    assert not Digest.objects.exists()
    assert not mail.outbox


def test_a_dossier_somebody_is_writing_on_keeps_its_mail_and_waits_for_its_event(lan, desk, monkeypatch):
    def busy(*args, **kwargs):
        raise Stale("x")

    monkeypatch.setattr(workflow, "remind", busy)
    assert digests.send_digests(TODAY) == (1, 0)
    assert "2015/0001" in mail.outbox[0].body


def test_the_worker_sends_at_seven():
    from admissions.tasks import send_digests
    from yenlac.celery import app

    (entry,) = [row for row in app.conf.beat_schedule.values() if row["task"] == send_digests.name]
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({7}, {0})
    assert app.conf.timezone == "Asia/Ho_Chi_Minh"


def test_the_task_does_what_the_command_does(lan, desk):
    from admissions.tasks import send_digests

    assert send_digests.delay().get() == 1
    assert send_digests.delay().get() == 0


# The calendar


@pytest.fixture
def subscribe(client):
    def read(user):
        User.objects.filter(pk=user.pk).update(calendar_key=f"key-{user.pk}")
        answer = client.get(f"/lich/key-{user.pk}.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return answer.content, icalendar.Calendar.from_ical(answer.content).walk("VEVENT")

    return read


def test_the_calendar_holds_the_limits_of_ninety_days(district, desk, subscribe):
    late, soon, ending, waiting = desk
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


def test_the_calendar_is_well_formed(district, desk, subscribe):
    data, events = subscribe(district.staff)
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode() for line in lines], "no letter is cut in two"
    assert b"DESCRIPTION:60 ng" in data
    assert rb"\, " in data, "commas are escaped"
    assert rb"\n" in data, "and line ends"
    assert all("DTSTAMP" in event for event in events)


def test_an_event_keeps_its_identity(district, desk, subscribe, settings):
    uids = [str(event["uid"]) for event in subscribe(district.staff)[1]]
    assert len(set(uids)) == len(uids)
    settings.TODAY = date(2017, 2, 28)
    assert [str(event["uid"]) for event in subscribe(district.staff)[1]] == uids


def test_the_calendar_of_a_commune_holds_nothing_of_another(district, desk, subscribe):
    data, events = subscribe(district.commune)
    assert desk[1].number not in data.decode()
    assert len(events) == 4


def test_an_unknown_address_and_one_of_an_account_out_of_use_open_nothing(client, district, desk, subscribe):
    subscribe(district.commune)
    assert client.get("/lich/khac.ics").status_code == 404
    assert client.get("/lich/.ics").status_code == 404
    User.objects.filter(pk=district.commune.pk).update(is_active=False)
    assert client.get(f"/lich/key-{district.commune.pk}.ics").status_code == 404
