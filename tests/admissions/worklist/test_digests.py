"""The morning's mail."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from admissions import workflow
from admissions.history import describe_event
from admissions.models import Digest, Dossier, Event
from admissions.states import State
from admissions.worklist import digests
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db

TODAY = date(2017, 2, 27)


NAMES = ("Phạm Thị Hòa", "Trần Văn Lực", "Bùi Thị Mây", "Lê Văn Toản", "Nguyễn Văn Thực")


def test_the_mail_tells_numbers_units_and_limits_and_nobodys_name(lan, district, reminders_due):
    assert digests.send_digests(TODAY) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["lan@yenlac.example"]
    assert letter.subject == "Sổ kết nạp 27/02/2017: 1 hạn đã quá, 2 hạn sắp tới"
    line = "2015/0001, Tân Nguyên: Ban Thường vụ Huyện ủy quyết định kết nạp, hạn 21/02/2017, quá 4 ngày làm việc"
    assert line in letter.body
    assert all(f"http://127.0.0.1:8000{row.get_absolute_url()}\n" in letter.body for row in reminders_due[:3])
    assert not any(name in letter.body + letter.subject for name in (*NAMES, "Đỗ Thị"))
    assert Digest.objects.get().lines == 3


def test_twice_a_day_sends_nothing_twice_and_tells_the_story_once(lan, district, reminders_due):
    User.objects.filter(pk=district.leader.pk).update(email="khanh@yenlac.example", wants_digest=True)
    digests.send_digests(TODAY)
    digests.send_digests(TODAY)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["khanh@yenlac.example", "lan@yenlac.example"]
    events = Event.objects.filter(action="remind")
    assert sorted(events.values_list("dossier", flat=True)) == sorted(row.pk for row in reminders_due[:3])
    for row in reminders_due[:3]:
        row.refresh_from_db()
        event = row.events.last()
        assert (event.no, event.action, event.to_state) == (row.event_count, "remind", row.state)
    event = reminders_due[0].events.last()
    assert event.facts == {"limit": "decision", "stage": "late", "due": "21/02/2017"}
    assert describe_event(event) == "Đã gửi thư nhắc hạn 21/02/2017 cho Phùng Thị Lan."


def test_the_next_day_sends_again_and_tells_only_what_is_new(lan, district, reminders_due, settings):
    digests.send_digests(TODAY)
    settings.TODAY = TODAY + timedelta(days=8)  # the last day of the second limit
    assert digests.send_digests(settings.TODAY) == (1, 0)
    events = reminders_due[1].events.filter(action="remind")
    assert [event.facts["stage"] for event in events] == ["soon"]
    settings.TODAY = TODAY + timedelta(days=9)
    digests.send_digests(settings.TODAY)
    assert [event.facts["stage"] for event in events.all()] == ["soon", "late"]
    assert reminders_due[0].events.filter(action="remind").count() == 1


def test_a_mail_server_that_does_not_answer_leaves_no_trace(lan, reminders_due, monkeypatch):
    def broken(*args, **kwargs):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(digests, "send_mail", broken)
        assert digests.send_digests(TODAY) == (0, 1)
        with pytest.raises(CommandError, match="Not sent: 1"):
            call_command("send_digests")
    assert not Digest.objects.exists()
    assert not Event.objects.filter(action="remind").exists()
    call_command("send_digests")
    assert len(mail.outbox) == 1


def test_no_mail_without_a_limit_an_address_a_wish_or_an_account_in_use(district, reminders_due, settings):
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
    Dossier.objects.filter(pk__in=[row.pk for row in reminders_due]).update(
        branch=district.far, commune=district.other
    )
    people.filter(username="lan").update(wants_digest=False)
    assert digests.send_digests(TODAY) == (0, 0), "nothing is due in the commune"
    assert not Digest.objects.exists()
    assert not mail.outbox


def test_a_reminder_makes_nobodys_form_stale(lan, reminders_due):
    late = reminders_due[0]
    version = late.version
    assert digests.send_digests(TODAY) == (1, 0)
    late.refresh_from_db()
    assert (late.events.last().action, late.version) == ("remind", version)


def ask_for_another_sex(district, named=None):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    draft = workflow.draft_correction(row, None, {"sex": "male"})
    return workflow.ask_correction(draft, by=district.staff, reason="ghi nhầm", named=named)


def test_a_correction_that_waits_is_told_to_whoever_may_answer_it(district):
    User.objects.filter(pk__in=[district.leader.pk, district.staff.pk, district.commune.pk]).update(
        email="x@yenlac.example", wants_digest=True
    )
    asked = ask_for_another_sex(district)
    assert digests.send_digests(TODAY) == (1, 0), "neither who asked nor who may not decide"
    (letter,) = mail.outbox
    assert letter.subject == "Sổ kết nạp 27/02/2017: 1 việc sửa chờ trả lời"
    assert f"{asked.dossier.number}, Tân Nguyên: đề nghị sửa ngày " in letter.body
    assert f"http://127.0.0.1:8000/ho-so/viec-sua/{asked.pk}/\n" in letter.body
    assert asked.dossier.person.full_name not in letter.body


def test_a_correction_is_told_to_the_one_who_is_named_and_no_more_once_it_is_answered(district):
    other = factories.user("khac", "board_leader", district.root)
    User.objects.filter(pk__in=[district.leader.pk, other.pk]).update(
        email="x@yenlac.example", wants_digest=True
    )
    asked = ask_for_another_sex(district, named=other)
    digests.send_digests(TODAY)
    assert Digest.objects.get().user == other
    workflow.agree_correction(asked, by=district.leader)
    assert digests.send_digests(TODAY + timedelta(days=1)) == (0, 0)
