"""Files made in the background: asked for once, whole or not at all, for their maker alone."""

import pytest
from openpyxl import load_workbook

from reports import jobs, periods
from reports.exports import xlsx
from reports.models import Job
from tests import factories

pytestmark = pytest.mark.django_db
Q4 = periods.quarter(2016, 4)


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
    assert "Đã xong" in page.content.decode()
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
    fragment = client.get(f"/bao-cao/tep/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip() in client.get(f"/bao-cao/tep/{job.pk}/").content.decode()
    assert 'max="100" value="40"' in fragment
    assert 'hx-trigger="every 1s"' in fragment


def test_the_same_request_twice_makes_one_job(district):
    first = jobs.ask(district.root, Q4, by=district.staff)
    assert jobs.ask(district.root, Q4, by=district.staff) == first
    assert jobs.ask(district.home, Q4, by=district.staff) != first
    assert jobs.ask(district.root, Q4, by=district.leader) != first


def test_another_persons_file_is_not_there(client, district):
    job = jobs.ask(district.root, Q4, by=district.staff)
    jobs.run(job)
    client.force_login(district.leader)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 404


def test_a_file_of_a_unit_no_longer_in_ones_scope_is_not_there(client, district):
    job = jobs.ask(district.home, Q4, by=district.commune)
    jobs.run(job)
    client.force_login(district.commune)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 200
    district.commune.posts.update(until=factories.BEGIN)
    assert client.get(f"/bao-cao/tep/{job.pk}/tai/").status_code == 404


def test_a_failure_leaves_no_half_file_and_says_so(client, district, folder, monkeypatch, caplog):
    job = jobs.ask(district.root, Q4, by=district.staff)

    def breaks(path, *args, **kwargs):
        path.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr(xlsx, "write", breaks)
    jobs.run(job)
    assert list(folder.iterdir()) == []
    client.force_login(district.staff)
    assert "Không lập được tệp" in client.get(f"/bao-cao/tep/{job.pk}/").content.decode()


def test_a_branch_committee_has_no_button_and_no_right(client, district):
    client.force_login(district.branch)
    assert "Lập báo cáo" not in client.get("/bao-cao/2016/4/").content.decode()
    assert client.post("/bao-cao/lap/?ky=2016-q4").status_code == 403


def test_a_years_table_is_made_the_same_way_and_a_term_is_not(
    client, district, django_capture_on_commit_callbacks
):
    client.force_login(district.staff)
    assert "Tải bảng này" in client.get("/chi-tieu/?ky=2016").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/bao-cao/lap/?ky=2016")
    book = load_workbook(jobs.file_of(Job.objects.get()))
    assert book["Biểu 2"]["A3"].value == "KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2016"
    assert client.get(response["Location"]).status_code == 200
    for period in ("2016-01-01..2017-02-27", "2018"):
        assert client.post(f"/bao-cao/lap/?ky={period}").status_code == 404
