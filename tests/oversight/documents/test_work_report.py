"""The Word report is made by the jobs of reports, with its annexes."""

import pytest

from oversight.documents.work_report import KEY
from reports import jobs, periods, tasks
from tests import factories
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db


def test_a_job_makes_the_report_with_its_annexes(district, settings, tmp_path):
    settings.REPORTS_DIR = tmp_path
    factories.admitted(district.rural, district.staff)
    job = tasks.ask_for_file(
        district.root, periods.year_period(2017), by=district.staff, format="docx", report=KEY
    )
    jobs.run_job(job)
    job.refresh_from_db()
    assert (job.state, job.file_name) == ("done", f"bao-cao-cong-tac-2017-{district.root.code}.docx")
    assert jobs.job_title(job) == "Báo cáo công tác phát triển đảng viên, năm 2017"
    lines = lines_of_file(jobs.file_of(job).read_bytes())
    for line in (
        "BÁO CÁO",
        "Công tác phát triển đảng viên năm 2017 của Đảng bộ huyện Yên Lạc",
        "Phụ lục 1. Kết quả theo đơn vị",
        "Phụ lục 2. Danh sách kết nạp",
        "Đỗ Thị Thanh Bình",
        "Phụ lục 3. Đảng viên dự bị đến hạn xét công nhận chính thức",
        "Không có ai.",
    ):
        assert line in lines


def test_several_units_have_no_report_together(district, settings, tmp_path):
    settings.REPORTS_DIR = tmp_path
    units = [district.home, district.other]
    job = tasks.ask_for_file(
        units[0], periods.year_period(2017), by=district.staff, format="docx", report=KEY, units=units
    )
    jobs.run_job(job)
    job.refresh_from_db()
    assert (job.state, job.doing) == ("failed", "Báo cáo này lập cho một đơn vị.")
