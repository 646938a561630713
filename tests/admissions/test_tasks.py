"""What the Celery worker does by itself."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_worker_sends_at_seven():
    from admissions.tasks import send_digests
    from yenlac.celery import app

    (entry,) = [row for row in app.conf.beat_schedule.values() if row["task"] == send_digests.name]
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({7}, {0})
    assert app.conf.timezone == "Asia/Ho_Chi_Minh"


def test_the_task_does_what_the_command_does(lan, reminders_due):
    from admissions.tasks import send_digests

    assert send_digests.delay().get() == 1
    assert send_digests.delay().get() == 0
