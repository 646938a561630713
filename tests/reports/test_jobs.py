"""Files made in the background: asked for once, whole or not at all, for their maker alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from accounts.models import Activity
from notation.dates import now
from reports import jobs, periods, tasks
from reports.exports import make
from reports.models import Job
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q4 = periods.quarter_period(2016, 4)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.REPORTS_DIR = tmp_path
    return tmp_path


def test_a_workbook_is_asked_for_on_the_page_and_downloaded(
    client, district, django_capture_on_commit_callbacks
):
    client.force_login(district.staff)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/bao-cao/lap/?ky=2016-q4")
    page = client.get(response["Location"])
    assert "Đã xong" in markup(page)
    file = client.get(f"{response['Location']}tai/")
    assert (
        file["Content-Disposition"]
        == 'attachment; filename="ket-nap-2016-q4-' + district.root.code + '.xlsx"'
    )
    assert file["X-Content-Type-Options"] == "nosniff"
    assert b"".join(file.streaming_content)[:2] == b"PK"


def test_the_progress_is_a_fragment_of_its_page(client, district):
    job = Job.objects.create(
        made_by=district.staff, unit=district.root, period=Q4.code, done=40, total=100, doing="Danh sách"
    )
    client.force_login(district.staff)
    fragment = markup(client.get(f"/bao-cao/tep/{job.pk}/", headers={"HX-Request": "true"}))
    assert fragment.strip() in markup(client.get(f"/bao-cao/tep/{job.pk}/"))
    assert 'max="100" value="40"' in fragment
    assert 'hx-trigger="every 1s"' in fragment


def test_the_same_request_twice_makes_one_job(district):
    first = tasks.ask_for_file(district.root, Q4, by=district.staff)
    assert tasks.ask_for_file(district.root, Q4, by=district.staff) == first
    assert tasks.ask_for_file(district.home, Q4, by=district.staff) != first
    assert tasks.ask_for_file(district.root, Q4, by=district.leader) != first


def test_another_persons_file_is_not_there(client, district):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    jobs.run_job(job)
    client.force_login(district.leader)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 404


def test_a_file_of_a_unit_no_longer_in_ones_scope_is_not_there(client, district):
    job = tasks.ask_for_file(district.home, Q4, by=district.commune)
    jobs.run_job(job)
    client.force_login(district.commune)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 200
    district.commune.posts.update(until=factories.BEGIN)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 404


def test_a_failure_leaves_no_half_file_and_says_so(client, district, folder, monkeypatch, caplog):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)

    def breaks(path, *args, **kwargs):
        path.write_text("half")
        raise OSError("disk full")

    monkeypatch.setitem(make.FORMATS, "xlsx", breaks)
    jobs.run_job(job)
    assert list(folder.iterdir()) == []
    client.force_login(district.staff)
    assert "Không lập được tệp" in markup(client.get(f"/bao-cao/tep/{job.pk}/"))


def test_a_branch_committee_has_no_button_and_no_right(client, district):
    client.force_login(district.branch)
    assert "Lập báo cáo" not in markup(client.get("/bao-cao/2016/4/"))
    assert client.post("/bao-cao/lap/?ky=2016-q4").status_code == 403


def test_a_years_table_is_made_the_same_way_and_none_of_what_has_not_begun(
    client, district, django_capture_on_commit_callbacks
):
    client.force_login(district.staff)
    assert "Lập báo cáo năm 2016" in markup(client.get("/chi-tieu/?ky=2016"))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/bao-cao/lap/?ky=2016")
    book = load_workbook(jobs.file_of(Job.objects.get()))
    assert book["Biểu 2"]["A3"].value == "KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2016"
    assert client.get(response["Location"]).status_code == 200
    for period in ("2017-03-01..2017-03-31", "2018"):
        assert client.post(f"/bao-cao/lap/?ky={period}").status_code == 404


LONG_AGO = timedelta(seconds=61)


def aged(job, **facts):
    Job.objects.filter(pk=job.pk).update(**facts)
    return Job.objects.get(pk=job.pk)


def test_at_the_very_same_instant_there_is_still_one_job(district, monkeypatch):
    """Both look before either has written: the database says no to the second, who gets the first one's job."""
    first = tasks.ask_for_file(district.root, Q4, by=district.staff)
    looked = []
    real = Job.objects.filter

    def sees_nothing_at_first(*args, **facts):
        if "state__in" in facts and not looked:
            looked.append(1)
            return Job.objects.none()
        return real(*args, **facts)

    monkeypatch.setattr(Job.objects, "filter", sees_nothing_at_first)
    assert tasks.ask_for_file(district.root, Q4, by=district.staff) == first
    assert looked and Job.objects.count() == 1
    facts = {"made_by": district.staff, "unit": district.root, "period": Q4.code, "params": first.params}
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(**facts)
    assert Job.objects.create(**facts, format="pdf") != first


def test_a_cancelled_job_stops_at_the_next_step_and_leaves_no_file(client, district, folder, monkeypatch):
    client.force_login(district.staff)
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    real, steps = make.write_file, []

    def cancels_on_the_way(path, units, period, *, progress, **facts):
        def step(*said):
            steps.append(said)
            path.write_text("half")
            if len(steps) == 2:
                assert client.post(f"/bao-cao/tep/{job.pk}/huy/").status_code == 302
            progress(*said)

        real(path, units, period, progress=step, **facts)

    monkeypatch.setattr(make, "write_file", cancels_on_the_way)
    jobs.run_job(job)
    assert len(steps) == 2
    assert list(folder.iterdir()) == []
    assert "Đã hủy" in markup(client.get(f"/bao-cao/tep/{job.pk}/"))
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 404


def test_cancelling_a_job_before_it_began_keeps_it_from_beginning(client, district, folder):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    client.force_login(district.staff)
    assert 'form="cancel"' in markup(client.get(f"/bao-cao/tep/{job.pk}/"))
    client.post(f"/bao-cao/tep/{job.pk}/huy/")
    jobs.run_job(job)
    assert list(folder.iterdir()) == []
    assert Job.objects.get().state == Job.State.CANCELLED
    assert tasks.ask_for_file(district.root, Q4, by=district.staff) != job


def test_cancelling_what_is_done_leaves_the_file(client, district):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    jobs.run_job(job)
    client.force_login(district.staff)
    client.post(f"/bao-cao/tep/{job.pk}/huy/")
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 200


def test_another_person_cannot_cancel(client, district):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    client.force_login(district.leader)
    assert client.post(f"/bao-cao/tep/{job.pk}/huy/").status_code == 404
    assert Job.objects.get().state == Job.State.WAITING


def test_a_killed_workers_job_is_handed_out_again_after_a_minute(
    district, folder, django_capture_on_commit_callbacks
):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    (folder / f"{job.pk}.999-1.part").write_text("half")
    job = aged(job, state=Job.State.RUNNING, attempt=1, heartbeat=now())
    assert tasks.retry_abandoned() == 0, "it is alive"
    aged(job, heartbeat=now() - LONG_AGO)
    assert tasks.retry_abandoned() == 1
    job = Job.objects.get()
    assert (job.state, job.attempt) == (Job.State.DONE, 2)
    assert [path.name for path in folder.iterdir()] == [f"{job.pk}.xlsx"]


def test_asking_again_takes_up_what_a_dead_process_left(district, django_capture_on_commit_callbacks):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    aged(job, state=Job.State.RUNNING, attempt=1, heartbeat=now() - LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.ask_for_file(district.root, Q4, by=district.staff) == job
    assert Job.objects.get().state == Job.State.DONE


def test_a_slow_worker_that_was_overtaken_neither_reports_nor_finishes(district, folder, monkeypatch):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    real = make.write_file

    def is_overtaken(path, units, period, *, progress, **facts):
        monkeypatch.setattr(make, "write_file", real)
        jobs.run_job(aged(job, heartbeat=now() - LONG_AGO))
        assert Job.objects.get().state == Job.State.DONE
        real(path, units, period, progress=progress, **facts)

    monkeypatch.setattr(make, "write_file", is_overtaken)
    jobs.run_job(job)
    assert (Job.objects.get().state, Job.objects.get().attempt) == (Job.State.DONE, 2)
    assert [path.name for path in folder.iterdir()] == [f"{job.pk}.xlsx"]


def test_two_workers_with_one_message_make_one_file(district, monkeypatch):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    jobs.run_job(job)
    monkeypatch.setattr(make, "write_file", None)
    jobs.run_job(job)
    jobs.run_job(Job.objects.get())
    assert Job.objects.get().attempt == 1


def test_a_file_is_kept_for_a_week_and_then_gone(client, district, folder):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    jobs.run_job(job)
    client.force_login(district.staff)
    aged(job, finished_at=now() - timedelta(days=6, hours=23))
    assert jobs.sweep_files() == 0
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 200
    aged(job, finished_at=now() - timedelta(days=7, minutes=1))
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 404, "also before it is swept away"
    assert jobs.sweep_files() == 1
    assert list(folder.iterdir()) == []
    assert Job.objects.get().state == Job.State.EXPIRED
    assert "Tệp giữ 7 ngày" in markup(client.get(f"/bao-cao/tep/{job.pk}/"))


def test_sweeping_takes_what_belongs_to_no_job_and_nothing_else(district, folder):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    jobs.run_job(job)
    (folder / f"{'0' * 8}-0000-0000-0000-{'0' * 12}.7-1.part").write_text("half")
    (folder / "README").write_text("not ours")
    jobs.sweep_files()
    assert {path.name for path in folder.iterdir()} == {f"{job.pk}.xlsx", "README"}


def test_every_download_is_in_the_log(client, district):
    job = tasks.ask_for_file(district.root, Q4, by=district.staff)
    jobs.run_job(job)
    client.force_login(district.staff)
    for _ in range(2):
        client.get(f"/bao-cao/tep/{job.pk}/tai/")
    log = Activity.objects.filter(user=district.staff, action=Activity.Action.FETCH)
    assert [row.subject for row in log] == [Job.objects.get().file_name] * 2


def test_a_file_of_chosen_units_needs_the_right_to_each_of_them(client, district):
    units = [district.rural, district.school]
    job = tasks.ask_for_file(district.rural, Q4, by=district.commune, units=units)
    jobs.run_job(job)
    client.force_login(district.commune)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 200
    aged(job, params=job.params | {"units": [district.rural.pk, district.far.pk]})
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 404


def test_each_format_and_report_is_a_job_of_its_own(client, district, django_capture_on_commit_callbacks):
    client.force_login(district.staff)
    for query in ("dinh-dang=pdf", "dinh-dang=docx", "dinh-dang=csv", "loai=den-han&dinh-dang=csv"):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"/bao-cao/lap/?ky=2016-q4&{query}")
        assert client.get(f"{response['Location']}tai/").status_code == 200
    assert Job.objects.filter(state=Job.State.DONE).count() == 4
