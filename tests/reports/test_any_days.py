"""Any days are a period to report on: nine months, one month, two years, from one day to another."""

from datetime import date

import pytest
from openpyxl import load_workbook

from reports import jobs, periods
from reports.exports import make, report_tables, wording
from reports.exports.form_2 import read_report
from reports.models import Job
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
NINE = periods.nine_months(2016)
ANY = {
    "2016-01-01..2016-09-30": "9 tháng năm 2016",
    "2016-11-01..2016-11-30": "tháng 11/2016",
    "2015-01-01..2016-12-31": "2 năm 2015–2016",
    "2016-05-05..2016-11-09": "từ 05/05/2016 đến 09/11/2016",
    "2016-h1": "6 tháng đầu năm 2016",
}


def table(source, key):
    return next(one for one in report_tables.report_tables(read_report(source)) if one.key == key)


def values(row):
    return [getattr(cell, "value", cell) for cell in row.cells]


@kept
def year(place):
    """In 2016 one admitted in May and four from October on, one in November 2015; the district's quota is 10."""
    factories.quota(place.root, periods.year_period(2016), 10)
    return place


@pytest.mark.parametrize("code", ANY)
def test_every_period_makes_a_file_of_its_own_admissions(
    client, year, code, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.REPORTS_DIR = tmp_path
    client.force_login(year.staff)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/bao-cao/lap/", {"ky": code, "don-vi": year.root.pk})
    assert answer.status_code == 302
    job = Job.objects.get()
    assert (job.state, jobs.job_title(job)) == (Job.State.DONE, f"Báo cáo kết nạp, {ANY[code]}")
    book = load_workbook(jobs.file_of(job), data_only=True)
    assert book.sheetnames[:4] == ["Biểu 2", "Biểu 2 (tiếp theo)", "Theo đơn vị", "Danh sách"]
    words = [value for row in book["Biểu 2"].iter_rows(max_row=6, values_only=True) for value in row if value]
    assert any(f"đảng viên {ANY[code]}" in str(value).lower() for value in words)
    admitted = sum(periods.parse_period(code).includes(day) for day in DAYS)
    people = [row for row in book["Danh sách"].iter_rows(values_only=True) if str(row[0]).isdecimal()]
    assert len(people) == admitted
    total = next(row for row in book["Biểu 2"].iter_rows(values_only=True) if row[0] == "I")
    assert total[2] == admitted
    assert ".." not in job.file_name and job.file_name.startswith("ket-nap-2")


DAYS = [
    date(2016, 10, 12),
    date(2016, 11, 8),
    date(2016, 11, 9),
    date(2016, 12, 10),
    date(2016, 5, 10),
    date(2015, 11, 10),
]
"""The days of the admissions of `place`."""


@pytest.mark.parametrize("code", ANY)
def test_the_dashboard_of_any_days_has_its_report(client, year, code):
    client.force_login(year.staff)
    page = markup(client.get(f"/chi-tieu/?ky={code}"))
    assert "Lập báo cáo" in page and f"/bao-cao/chon/?don-vi={year.root.pk}&amp;ky={code}" in page
    assert f'<option value="{code}" selected>' in markup(client.get(f"/bao-cao/chon/?ky={code}"))


def test_days_that_have_not_begun_have_no_report(client, year):
    client.force_login(year.staff)
    assert client.post("/bao-cao/lap/?ky=2017-03-01..2017-03-31").status_code == 404
    assert "Lập báo cáo" not in markup(client.get("/chi-tieu/?ky=2017-03-01..2017-03-31"))


def test_whoever_may_not_export_gets_no_report_of_any_days(client, year):
    client.force_login(year.branch)
    may = year.branch.may("export", year.rural)
    answer = client.post(f"/bao-cao/lap/?ky=2016-01-01..2016-09-30&don-vi={year.rural.pk}")
    assert answer.status_code == (302 if may else 403)


def test_days_inside_a_year_stand_beside_its_quota_and_the_sum_so_far(year):
    may = periods.any_days(date(2016, 11, 1), date(2016, 11, 30))
    row = values(table(factories.source(may, year.root), "by_unit").rows[0])
    columns = [column.key for column in table(factories.source(may, year.root), "by_unit").columns]
    shown = dict(zip(columns, row, strict=True))
    assert (shown["admitted"], shown["before"], shown["so_far"], shown["quota"]) == (2, 1, 4, 10)
    assert (
        "Lũy kế từ đầu năm kết nạp 4 đảng viên, đạt 40,00% chỉ tiêu năm (10)."
        in wording.opening_sentences(factories.source(may, year.root))
    )


def test_days_over_a_years_end_have_no_years_quota_but_one_that_was_set_for_them(year):
    both = periods.span_of_years(2015, 2016)
    by_unit = table(factories.source(both, year.root), "by_unit")
    shown = dict(zip([column.key for column in by_unit.columns], values(by_unit.rows[0]), strict=True))
    assert (shown["admitted"], shown["so_far"], shown["quota"]) == (6, 6, None)
    assert [column.head for column in by_unit.columns[6:9]] == [
        "Cùng kỳ năm trước",
        "Cả kỳ",
        "Chỉ tiêu cả kỳ",
    ]
    factories.quota(year.root, both, 12)
    assert table(factories.source(both, year.root), "by_unit").rows[0].cells[-2] == 12


def test_the_foot_says_that_it_is_the_register_and_which_quarters_in_it_are_closed(shut):
    both = make.make_document(factories.source(periods.span_of_years(2015, 2016), shut.root))
    assert both.foot.startswith("Số liệu theo sổ ngày 27/02/2017. Quý đã khóa: IV/2016 (")
    nine = make.make_document(factories.source(NINE, shut.root))
    assert nine.foot == "Số liệu theo sổ ngày 27/02/2017."
