"""The page of the written report: read, typed over, and its file asked for."""

import pytest

from oversight.models import ReportPassage
from reports.models import Job

pytestmark = pytest.mark.django_db


def test_a_section_is_typed_over_and_the_page_shows_it(staff):
    address = "/theo-doi/bao-cao/loi/?ky=2016-h2"
    assert staff.get(address).status_code == 200
    assert staff.post(address, {"causes": "Đi làm xa.", "seen": "0"}).status_code == 302
    page = staff.get("/theo-doi/bao-cao/?ky=2016-h2").content.decode()
    assert "Đi làm xa." in page
    assert "đã ghi thay" in page
    late = staff.post(address, {"causes": "Khác.", "seen": "0"})
    assert late.status_code == 422
    assert "Khác." in late.content.decode()
    assert ReportPassage.objects.count() == 1


def test_the_file_is_made_by_a_job(staff, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.REPORTS_DIR = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        response = staff.post("/bao-cao/lap/?ky=2016&loai=cong-tac&dinh-dang=docx")
    assert response.status_code == 302
    assert Job.objects.get().state == Job.State.DONE
    assert "Báo cáo công tác" in staff.get(response.url).content.decode()


def test_a_branch_has_no_such_report(client, district):
    client.force_login(district.branch)
    assert client.get("/theo-doi/bao-cao/").status_code == 404
    client.force_login(district.admin)
    assert client.get("/theo-doi/bao-cao/?ky=2018").status_code == 404
