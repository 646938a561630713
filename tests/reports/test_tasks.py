"""Jobs in trouble: long steps, dead and killed workers, lost posts, files and brokers; nothing is lost or doubled."""

import re
import threading
from datetime import timedelta
from html import unescape
from threading import Event

import pytest
from kombu.exceptions import OperationalError as NoBroker

from notation.dates import now
from reports import jobs, periods, tasks
from reports.exports import make
from reports.models import Job
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q4 = periods.quarter_period(2016, 4)
LONG_AGO = timedelta(seconds=61)
# Another thread or connection must see the rows; those of the migrations are put back before each test.
COMMITTED = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.REPORTS_DIR = tmp_path
    return tmp_path


def aged(job, **facts):
    Job.objects.filter(pk=job.pk).update(**facts)
    return Job.objects.get(pk=job.pk)


@COMMITTED
def test_a_step_that_lasts_is_no_dead_worker(district, monkeypatch):
    """Setting a long report in pages is one step of minutes: nobody else takes the job up meanwhile."""
    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.01)
    facts = {"made_by": district.staff, "unit": district.root, "period": Q4.code}
    job = Job.objects.create(**facts, params={"report": "report"})
    real, seen = make.write_file, []

    def lasts(path, *args, **facts):
        aged(job, heartbeat=now() - LONG_AGO)
        given = Event()
        for _ in range(1000):
            if Job.objects.get().heartbeat > now() - LONG_AGO / 2:
                break
            given.wait(0.01)
        seen.append((tasks.retry_abandoned(), Job.objects.get().attempt))
        real(path, *args, **facts)

    monkeypatch.setattr(make, "write_file", lasts)
    jobs.run_job(job)
    assert seen == [(0, 1)]
    assert Job.objects.get().state == Job.State.DONE


@COMMITTED
def test_a_step_that_hangs_is_given_up_at_last(district, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "MOST_HEARTBEATS", 2)
    before = threading.active_count()
    with jobs._heartbeats(Job.objects.all()):
        for _ in range(1000):
            if threading.active_count() == before:
                break
            Event().wait(0.01)
        assert threading.active_count() == before, "no more signs, although the step still lasts"


def test_a_job_that_kills_every_worker_is_given_up(client, district, caplog):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    aged(job, state=Job.State.RUNNING, attempt=jobs.MOST_ATTEMPTS, heartbeat=now() - LONG_AGO)
    assert tasks.retry_abandoned() == 0
    assert Job.objects.get().state == Job.State.FAILED
    client.force_login(district.staff)
    assert "Không lập được tệp" in markup(client.get(f"/bao-cao/tep/{job.pk}/"))


def test_a_file_for_someone_who_lost_the_post_is_not_made(client, district, folder):
    job = tasks.ask_for_file(district.home, Q4, by=district.commune)
    district.commune.posts.update(until=factories.BEGIN)
    jobs.run_job(Job.objects.get())
    assert list(folder.iterdir()) == []
    assert Job.objects.get().state == Job.State.FAILED
    client.force_login(district.commune)
    page = markup(client.get(f"/bao-cao/tep/{job.pk}/"))
    assert "không còn trong phạm vi" in page and 'form="again"' not in page


def test_a_finished_file_of_a_lost_post_is_said_and_not_offered(client, district):
    job = tasks.ask_for_file(district.home, Q4, by=district.commune)
    jobs.run_job(job)
    district.commune.posts.update(until=factories.BEGIN)
    client.force_login(district.commune)
    page = markup(client.get(f"/bao-cao/tep/{job.pk}/"))
    assert "không còn trong phạm vi" in page and f"{job.pk}/tai/" not in page


def test_a_file_that_is_no_longer_on_the_disk_can_be_made_again(
    client, district, django_capture_on_commit_callbacks
):
    units = [district.rural, district.school]
    job = tasks.ask_for_file(district.rural, Q4, by=district.commune, units=units, format="csv")
    jobs.run_job(job)
    jobs.file_of(job).unlink()
    client.force_login(district.commune)
    page = markup(client.get(f"/bao-cao/tep/{job.pk}/"))
    assert "không còn trên máy chủ" in page and f"{job.pk}/tai/" not in page
    again = unescape(re.search(r'id="again" action="([^"]+)', page)[1])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(again).status_code == 302
    made = Job.objects.first()
    assert (made.pk, made.params, made.format) == (made.pk, job.params, "csv") and made.pk != job.pk
    assert jobs.file_of(made).exists()


def test_the_folder_is_made_where_it_is_missing(district, settings, tmp_path):
    settings.REPORTS_DIR = tmp_path / "new" / "reports"
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    jobs.run_job(job)
    assert jobs.file_of(job).exists()


def test_a_broker_that_does_not_answer_loses_no_request(
    district, monkeypatch, django_capture_on_commit_callbacks
):
    from reports.tasks import make_file

    def refuses(pk):
        raise NoBroker("connection refused")

    with monkeypatch.context() as no_broker, django_capture_on_commit_callbacks(execute=True):
        no_broker.setattr(make_file, "delay", refuses)
        job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    assert Job.objects.get().state == Job.State.WAITING
    aged(job, heartbeat=now() - LONG_AGO)
    assert tasks.retry_abandoned() == 1
    assert Job.objects.get().state == Job.State.DONE


def test_sweeping_leaves_a_file_that_is_asked_for_meanwhile(district, folder, monkeypatch):
    """The unfinished file of a job that comes into being between two looks is not taken for nobody's."""
    real = jobs._with_files

    def asks_first():
        job = tasks.ask_for_file(district.root, Q4, by=district.staff)
        (folder / f"{job.pk}.7-1.part").write_text("being written")
        return real().exclude(pk=job.pk)

    monkeypatch.setattr(jobs, "_with_files", asks_first)
    jobs.sweep_files()
    assert len(list(folder.iterdir())) == 1


def test_the_file_of_a_unit_that_was_merged_since_is_still_that_units(client, district, folder):
    """A unit never moves: the file is about the unit as it was, and the district still sees it."""
    job = tasks.ask_for_file(district.other, Q4, by=district.staff)
    type(district.other).objects.filter(pk=district.other.pk).update(valid_to=now().date())
    jobs.run_job(Job.objects.get())
    client.force_login(district.staff)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 200
