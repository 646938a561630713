"""Which statistics form a period gets: the one in force on its last day, never today's."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports import periods
from reports.exports import form_sets, report_tables
from reports.exports.form_2 import form_2, read_report
from reports.exports.form_sets import SETS, find_form_set
from reports.figures import figures
from reports.measures import MEASURES, SUMMED, meets_condition, parts_of
from tests import factories
from tests.markup import markup

D = date


@pytest.mark.parametrize(
    ("last", "form", "confidence"),
    [
        (D(2011, 6, 30), "Biểu 2-TCTW", "verified"),
        (D(2017, 12, 31), "Biểu 2-TCTW", "verified"),
        (D(2018, 1, 1), "Biểu 2-BTCTW", "secondary"),
        (D(2021, 12, 12), "Biểu 2-BTCTW", "secondary"),
        (D(2021, 12, 13), "Biểu 2-BTCTW", "verified"),
        (D(2025, 10, 9), "Biểu 2-BTCTW", "verified"),
        (D(2025, 10, 10), "", "unverified"),
        (D(2030, 1, 1), "", "unverified"),
    ],
)
def test_the_last_day_of_the_period_decides(last, form, confidence):
    found = find_form_set(last)
    assert (found.form, found.confidence) == (form, confidence)


def test_the_sets_follow_each_other_without_a_gap():
    for earlier, later in pairwise(SETS):
        assert earlier.until + timedelta(days=1) == later.since
    assert (SETS[0].since, SETS[-1].until) == (None, None)


def test_what_is_not_known_is_said():
    assert all(form.note for form in SETS if form.confidence != "verified")


FACTS = st.fixed_dictionaries(
    {
        "admitted_age": st.one_of(st.none(), st.integers(18, 70)),
        "admitted_occupation": st.sampled_from([*form_sets.measures.Occupation.values, None]),
    }
)


@given(FACTS)
def test_a_sum_counts_whom_its_parts_count_and_nobody_twice(facts):
    empty = dict.fromkeys(
        {name for m in MEASURES.values() for name in form_sets.measures.facts_in(m.condition)}
    )
    for measure in SUMMED.values():
        parts = [meets_condition(MEASURES[part].condition, empty | facts) for part in measure.parts]
        assert meets_condition(measure.condition, empty | facts) == any(parts)
        assert sum(parts) <= 1


@given(st.integers(18, 90))
def test_the_bands_of_2012_take_every_age_once(age):
    facts = {"admitted_age": age}
    bands = ("age-18-30", "age-31-40", "age-41-50", "age-over-50")
    rows = [(SUMMED.get(key) or MEASURES[key]).condition for key in bands]
    assert sum(meets_condition(row, facts) for row in rows) == 1


@pytest.mark.django_db
def test_a_report_of_2016_has_the_rows_of_2012(admissions, made):
    year = periods.year_period(2016)
    sheet = load_workbook(made([admissions.root], year, "xlsx"), data_only=True)["Biểu 2"]
    labels = [row[1].value for row in sheet.iter_rows(min_row=7)]
    for label in ("18–30 tuổi", "31–40 tuổi", "41–50 tuổi", "51 tuổi trở lên", "Cán bộ, công chức nhà nước"):
        assert label in labels
    assert "31–35 tuổi" not in labels
    assert "Biểu 2-TCTW" in [cell.value for cell in sheet[2]]
    assert "Tại chi bộ nông thôn" in labels[labels.index("Ngoài biểu, sổ đếm thêm") :]


@pytest.mark.django_db
def test_a_report_of_2021_has_the_rows_of_2021(admissions, made):
    path = made([admissions.root], periods.year_period(2022), "xlsx")
    sheet = load_workbook(path)["Biểu 2"]
    labels = [row[1].value for row in sheet.iter_rows(min_row=7)]
    assert {"31–35 tuổi", "Trên 60 tuổi", "Chi bộ cơ sở"} <= set(labels)
    assert "Biểu 2B" in load_workbook(path).sheetnames


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["xlsx", "docx", "csv"])
def test_from_10_10_2025_the_file_says_that_the_form_is_not_known_and_counts_all_the_same(
    admissions, made, settings, format
):
    settings.TODAY = D(2026, 2, 2)
    path = made([admissions.root], periods.year_period(2025), format)
    if format == "xlsx":
        book = load_workbook(path)
        assert book.sheetnames[:2] == ["Số liệu kết nạp", "Dân tộc, tôn giáo"]
        text = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    elif format == "docx":
        word = Word(path)
        text = " ".join(paragraph.text for paragraph in word.paragraphs)
        text += " ".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    else:
        text = path.read_text(encoding="utf-8-sig")
    assert "Mẫu theo HD 40-HD/BTCTW ngày 10/10/2025 chưa có trong phần mềm" in text
    assert "Tổng số đảng viên kết nạp" in text
    assert "Biểu 2" not in text


@pytest.mark.django_db
def test_the_page_names_the_form_of_its_days(client, admissions, settings):
    settings.TODAY = D(2026, 2, 2)
    client.force_login(admissions.staff)
    page = markup(client.get("/bao-cao/2016/4/"))
    assert "Biểu 2-TCTW (HD 12-HD/BTCTW, 17/5/2012)." in page
    assert "51 tuổi trở lên" in page
    page = markup(client.get("/bao-cao/2025/4/"))
    assert "chưa có trong phần mềm" in page
    assert "Biểu 2" not in page
    assert "II.1" not in page, "the parts of a form have numbers"
    assert "Biểu 2-BTCTW (HD 11-HD/BTCTW, 13/12/2021)." in markup(client.get("/bao-cao/2025/3/"))


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2016, 2017])
def test_every_row_opens_a_list_as_long_as_its_number(client, admissions, year):
    client.force_login(admissions.staff)
    lines = form_2([factories.source(periods.year_period(year), admissions.root)])
    opened = 0
    for line in lines:
        for now, _before, url, _before_url in line.cells:
            if url:
                assert client.get(url).context["page"].paginator.count == now, line.label
                opened += 1
    assert opened > 30


@pytest.mark.django_db
def test_the_age_rows_add_up_to_the_total_in_every_set(admissions):
    for form in SETS:
        report = read_report(factories.source(periods.year_period(2016), admissions.root), form)
        table = report_tables.form_2_table(report)
        total = table.rows[0].cells[2]
        rows = table.rows[total.first : total.last + 1]
        assert sum(row.cells[2] for row in rows) == total.value
        counted = figures.count_unit(
            admissions.root, periods.year_period(2016), [MEASURES[key] for key in parts_of("admitted")]
        )
        assert total.value == counted["admitted"]
