"""The page of the chain: its figures open their people, its words go into the report, its files can be made."""

import re
from datetime import date
from html import unescape

import pytest
from openpyxl import load_workbook

from admissions import workflow
from admissions.states import State
from reports import jobs, periods
from reports.exports import make, wording
from reports.exports.form_10 import count_part_two
from reports.models import Job
from tests import factories
from tests.markup import markup
from tests.reports.figures.test_chain import decided_late

pytestmark = pytest.mark.django_db
PAGE = "/nguon/chuoi/?ky=2015-01-01..2017-02-27"


@pytest.fixture
def people(district):
    """Six decisions of two communes, one of them late, a dossier returned twice, one on the list."""
    for n, branch in enumerate((district.rural, district.far, district.school, district.far, district.rural)):
        factories.admitted(branch, district.staff, on=date(2016, 11, 8 + n), full_name=f"Đỗ Văn {n + 1}")
    decided_late(district)
    row = factories.reach(factories.dossier(district.far, district.staff), State.APPRAISAL, district.staff)
    for on, reason in ((date(2017, 1, 4), "Thiếu giấy tờ theo quy định"), (date(2017, 1, 16), "khác")):
        workflow.perform(row, "give_back", by=district.staff, on=on, reason=reason)
        workflow.perform(row, "receive", by=district.staff, on=on)
    factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 1))
    return district


@pytest.mark.slow
@pytest.mark.parametrize("more", ["", "&lua=1", "&nhom=women", "&nhom=rural&lua=1"])
@pytest.mark.parametrize("who", ["staff", "commune"])
def test_every_figure_of_the_page_is_as_long_as_its_list(client, people, who, more):
    client.force_login(getattr(people, who))
    page = markup(client.get(PAGE + more))
    figures = re.findall(r'<a class="figure" href="([^"]+)">([^<]+)</a>', page)
    assert len(figures) > 10
    for url, number in dict(figures).items():
        listed = markup(client.get(unescape(url)))
        assert re.search(r'id="count">([^<]+)<', listed)[1] == number, url


def test_a_filter_of_any_two_days_that_is_wrong_says_so(client, people):
    client.force_login(people.staff)
    answer = client.get("/nguon/chuoi/?tu=01/03/2017&den=01/02/2017")
    assert answer.status_code == 422
    assert "Ngày cuối 01/02/2017 trước ngày đầu 01/03/2017." in markup(answer)


def test_the_words_go_into_the_text_of_the_quarter_once_and_stay_editable(client, people):
    client.force_login(people.staff)
    address = PAGE.replace("chuoi/", "chuoi/bao-cao/")
    wording.keep_report_text(
        people.root,
        periods.quarter_period(2017, 1),
        by=people.staff,
        difficulties="Thiếu lớp.",
        tasks="Mở lớp.",
    )
    for _time in range(2):
        answer = client.post(address)
        assert answer.url == f"/bao-cao/loi/?don-vi={people.root.pk}&ky=2017-q1"
    text = wording.report_text_of(people.root, periods.quarter_period(2017, 1))
    first, words = text.difficulties.split("\n")
    assert (first, text.tasks) == ("Thiếu lớp.", "Mở lớp.")
    assert "6 có quyết định kết nạp" in words and "Quá 60 ngày: 1 hồ sơ" in words
    assert wording.report_text_versions(people.root, periods.quarter_period(2017, 1)).count() == 2
    assert words in markup(client.get(answer.url))


def test_a_branch_may_see_the_chain_and_not_write_the_report(client, people):
    client.force_login(people.branch)
    page = markup(client.get(PAGE))
    assert "Đưa vào báo cáo" not in page and "Theo đơn vị" not in page
    assert client.post(PAGE.replace("chuoi/", "chuoi/bao-cao/")).status_code == 403
    assert client.post(f"/nguon/chuoi/bao-cao/?don-vi={people.other.pk}").status_code == 404


def test_text_that_is_full_loses_nothing_and_says_so(client, people):
    client.force_login(people.staff)
    quarter = periods.quarter_period(2017, 1)
    wording.keep_report_text(people.root, quarter, by=people.staff, difficulties="x" * 4990, tasks="")
    answer = client.post(PAGE.replace("chuoi/", "chuoi/bao-cao/"), follow=True)
    assert "không đủ chỗ" in markup(answer)
    assert wording.report_text_of(people.root, quarter).difficulties == "x" * 4990


def test_the_files_are_made_with_the_numbers_of_the_page(client, people, settings, tmp_path):
    settings.REPORTS_DIR = tmp_path
    client.force_login(people.staff)
    for report in ("chuoi", "bieu-10"):
        client.post(f"/bao-cao/lap/?don-vi={people.root.pk}&ky=2016&loai={report}")
        job = Job.objects.get(params__report=report)
        jobs.run_job(job)
        book = load_workbook(jobs.file_of(job), data_only=True)
        assert make.TITLES[report] and book.sheetnames
    assert (
        book["Biểu 10, phần II"]["C11"].value
        == count_part_two(people.root, periods.year_period(2016))["listed"]
    )


def test_part_two_counts_what_branches_did(people):
    counts = count_part_two(people.root, periods.year_period(2016))
    assert counts["without_admission"] == 1, "the firm"
    assert (counts["official"], counts["not_recognised"], counts["authorised"]) == (0, 0, 0)
    assert count_part_two(people.root, periods.year_period(2015))["certified"] > 0
