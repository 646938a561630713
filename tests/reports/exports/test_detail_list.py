"""The detail list: every admission with all that is asked of it, as long as it may be, as a workbook or as csv."""

import csv
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import connection
from django.db.models import CharField, DateField, IntegerField, Value
from openpyxl import load_workbook

from accounts.models import Activity
from admissions.models import Candidate, Dossier, Ethnicity
from branches.models import Kind, Organisation, Tier
from reports import jobs, periods, tasks
from reports.closing.close import close_quarter
from reports.exports import detail_list, make, xlsx_stream
from reports.exports.document import Column
from reports.models import Job
from reports.periods import quarter_period
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q1, Q4 = periods.quarter_period(2017, 1), periods.quarter_period(2016, 4)
POSTGRES = pytest.mark.skipif(connection.vendor != "postgresql", reason="the database writes the rows")
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "a\x01\x02c\x1fd",
    "<v>&amp;</v> ]]> & 'x' \"y\" \\N \\.",
    "Ngô Thị 🌾 Nhung",
    "  hai bên  ",
    "\tdòng\nkhác\r\n",
    "_x0041_ _x_",
    "\ufffe\uffffz",
    "x" * 10_000,
    "",
)


@kept
def admissions(district):
    """Three at home in this quarter, one far away in it and one there a year before."""
    for branch, on, name, sex in (
        (district.rural, date(2017, 1, 10), "Đỗ Thị Thanh Bình", "female"),
        (district.rural, date(2017, 2, 8), "Lê Văn Đạt", "male"),
        (district.school, date(2017, 2, 8), "Trần Thị Ánh", "female"),
        (district.far, date(2017, 2, 9), "Vũ Thị Dung", "female"),
        (district.far, date(2016, 2, 10), "Vũ Thị Em", "female"),
    ):
        factories.admitted(branch, district.staff, on=on, full_name=name, sex=sex)
    return district


def made(path, units, period, format="xlsx", **facts):
    path = path / f"list.{format}"
    make.write_file(path, units, period, format=format, report=detail_list.KEY, **facts)
    return path


def read(path):
    """(heads, rows) of a workbook, by another library."""
    rows = list(load_workbook(path)["Danh sách"].iter_rows(min_row=xlsx_stream.HEAD, values_only=True))
    return rows[0], rows[1:]


def in_csv(path):
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    return rows[3], [row for row in rows[4:] if len(row) > 1]


def made_of(rows, kinds=("text",)):
    """A list of `rows` that are constants, in a database that may not hold such text anywhere."""
    fields = {"text": CharField, "number": IntegerField, "date": DateField}
    queries = [
        Organisation.objects.order_by()
        .filter(parent=None)
        .values_list(*(Value(v, output_field=fields[k]()) for v, k in zip(row, kinds, strict=True)))
        for row in rows
    ]
    one = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    columns = tuple(Column(f"c{n}", f"Cột & {n}", 12, kind) for n, kind in enumerate(kinds))
    return xlsx_stream.LongList("Danh sách", "Tên & <tên>", "Nơi", columns, one, foot="Mã & số")


def test_the_list_holds_27_columns_of_each_admission(admissions, tmp_path):
    heads, rows = read(made(tmp_path, [admissions.root], Q1))
    assert len(heads) == 27 and heads == tuple(str(fact.head) for fact in detail_list.FACTS)
    assert [row[1] for row in rows] == ["Trần Thị Ánh", "Đỗ Thị Thanh Bình", "Vũ Thị Dung", "Lê Văn Đạt"]
    found = dict(zip(heads, rows[1], strict=True))
    dossier = Dossier.objects.get(candidate__full_name="Đỗ Thị Thanh Bình")
    assert found["Số hồ sơ"] == dossier.number
    assert (found["Giới tính"], found["Ngày sinh"]) == ("Nữ", datetime(1992, 8, 14))
    assert found["Nghề nghiệp"] == "Nông, lâm, ngư nghiệp" == dossier.get_admitted_occupation_display()
    assert (found["Chi bộ"], found["Nông thôn"]) == ("Chi bộ thôn Tân Nguyên", "x")
    assert found["Tuổi khi kết nạp"] == 24 and found["Chủ doanh nghiệp"] is None
    assert (found["Ngày quyết định"], found["Ngày lễ"]) == (datetime(2017, 1, 10), None)
    assert found["Trạng thái"] == "Chờ lễ kết nạp"


def test_a_citizens_number_is_in_no_list(admissions, tmp_path):
    Candidate.objects.filter(full_name="Lê Văn Đạt").update(citizen_id="026092001234")
    for format in ("xlsx", "csv"):
        assert "026092001234" not in words(made(tmp_path, [admissions.root], Q1, format))


def words(path):
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_a_communes_list_never_holds_another_communes_row(admissions, tmp_path, format):
    """Neither one admitted elsewhere whose branch has come here since, nor the other way round."""
    Dossier.objects.filter(candidate__full_name="Vũ Thị Dung").update(
        branch=admissions.rural, commune=admissions.home
    )
    Dossier.objects.filter(candidate__full_name="Lê Văn Đạt").update(
        branch=admissions.far, commune=admissions.other
    )
    text = words(made(tmp_path, [admissions.home], Q1, format))
    assert "Vũ Thị" not in text and "Báo Văn" not in text
    assert all(name in text for name in ("Đỗ Thị Thanh Bình", "Lê Văn Đạt", "Trần Thị Ánh"))
    text = words(made(tmp_path, [admissions.school, admissions.other], Q1, format))
    assert "Vũ Thị Dung" in text and "Trần Thị Ánh" in text
    assert "Lê Văn Đạt" not in text and "Thanh Bình" not in text and "Vũ Thị Em" not in text


def test_the_list_is_as_long_as_the_figure_says(admissions):
    for units in ([admissions.root], [admissions.home], [admissions.rural, admissions.far]):
        for period in (Q1, periods.year_period(2016), periods.year_period(2017)):
            source = factories.source(period, *units)
            assert detail_list.detail_list(source).rows.count() == source.people().count()


def test_both_formats_hold_the_same_cells(admissions, tmp_path):
    heads, rows = read(made(tmp_path, [admissions.root], Q1))
    csv_heads, csv_rows = in_csv(made(tmp_path, [admissions.root], Q1, "csv"))

    def said(cell):
        return "" if cell is None else f"{cell:%d/%m/%Y}" if isinstance(cell, datetime) else str(cell)

    assert list(heads) == csv_heads
    assert [[said(cell) for cell in row] for row in rows] == csv_rows


def test_a_closed_quarter_lists_its_entries_as_they_stood(admissions, tmp_path):
    close_quarter(quarter_period(2016, 1), by=admissions.admin)
    first = periods.quarter_period(2016, 1)
    before = made(tmp_path, [admissions.root], first).read_bytes()
    (tmp_path / "list.xlsx").rename(tmp_path / "before.xlsx")
    Candidate.objects.filter(full_name="Vũ Thị Em").update(full_name="Vũ Thị Khác")
    Dossier.objects.filter(candidate__full_name="Vũ Thị Khác").update(
        admitted_branch=admissions.rural, admitted_commune=admissions.home, admitted_age=44
    )
    assert made(tmp_path, [admissions.root], first).read_bytes() == before
    heads, ((*cells,),) = read(tmp_path / "before.xlsx")
    assert cells[1] == "Vũ Thị Em" and cells[11] == "Đảng bộ xã Đồng Văn" and cells[23:26] == [None] * 3
    assert [head.endswith("(không lưu khi khóa quý)") for head in heads] == [False] * 23 + [True] * 3 + [
        False
    ]
    assert "Mã đối chiếu" in words(tmp_path / "before.xlsx")
    assert "Vũ Thị" not in words(made(tmp_path, [admissions.home], first))


def test_units_are_called_by_their_titles_and_numbers_as_on_the_dossier(admissions):
    tiers = {Kind.VILLAGE: Tier.BRANCH, Kind.STREET: Tier.BRANCH, Kind.ARMY: Tier.BRANCH}
    branches = [
        factories.unit(admissions.home, tier, kind, f"Số {n}") for n, (kind, tier) in enumerate(tiers.items())
    ]
    units = [admissions.firm, admissions.home, admissions.root, *branches]
    rows = list(Dossier.objects.filter(decided_on__isnull=False).order_by("pk"))
    for serial, row in zip((7, 999, 1000, 12_345, 300_000), rows, strict=True):
        for unit in units:
            Dossier.objects.filter(pk=row.pk).update(serial=serial, admitted_branch=unit)
            said = {
                f"c{n}": detail_list._expression(Dossier, name)
                for n, name in enumerate(("number", "admitted_branch"))
            }
            row.refresh_from_db()
            found = Dossier.objects.annotate(**said).values_list(*said).get(pk=row.pk)
            assert found == (row.number, unit.title)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_in_a_name_stays_text(district, tmp_path, text):
    listing, path = made_of([(text, "sau")], ("text", "text")), tmp_path / "x.xlsx"
    xlsx_stream.write(path, listing)
    book = load_workbook(path)
    found, after = (book.active.cell(xlsx_stream.HEAD + 1, n) for n in (1, 2))
    expected = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", text).replace("_x0041_", "_x005F_x0041_")
    assert (found.value or "") == expected and after.value == "sau"
    assert found.data_type != "f" and not found.hyperlink
    assert book.active["A1"].value == "Tên & <tên>" and book.active["A3"].value == "Cột & 0"


def test_a_hostile_name_in_the_register_reaches_both_formats_as_text(admissions, tmp_path):
    for dossier, text in zip(Dossier.objects.order_by("pk"), HOSTILE[:5], strict=True):
        Candidate.objects.filter(pk=dossier.candidate_id).update(full_name=text)
    _heads, rows = read(made(tmp_path, [admissions.root], periods.year_period(2017)))
    assert {row[1] for row in rows} == {text.translate({1: None, 2: None, 31: None}) for text in HOSTILE[:4]}
    text = made(tmp_path, [admissions.root], Q1, "csv").read_text(encoding="utf-8-sig")
    assert "\"'=HYPERLINK" in text and ",'+1," in text


def test_days_and_numbers_are_numbers_and_nothing_is_an_empty_cell(district, tmp_path):
    rows = [(date(1992, 8, 14), 24), (date(1900, 3, 1), 0), (None, None)]
    xlsx_stream.write(tmp_path / "x.xlsx", made_of(rows, ("date", "number")))
    found = load_workbook(tmp_path / "x.xlsx").active
    cells = list(found.iter_rows(min_row=xlsx_stream.HEAD + 1))
    assert {tuple(cell.value for cell in row) for row in cells} == {
        (datetime(1992, 8, 14), 24),
        (datetime(1900, 3, 1), 0),
        (None, None),
    }
    assert cells[0][0].number_format == "dd/mm/yyyy"
    assert found.auto_filter.ref == f"A3:B{xlsx_stream.HEAD + 3}" and found.freeze_panes == "C4"


def test_the_same_rows_make_the_same_bytes(admissions, tmp_path):
    first = made(tmp_path, [admissions.root], Q1).read_bytes()
    assert made(tmp_path, [admissions.root], Q1).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "list.xlsx") as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_list_is_a_whole_file(admissions, tmp_path):
    heads, rows = read(made(tmp_path, [admissions.firm], Q1))
    assert len(heads) == 27 and rows == []
    none = Organisation.objects.none().values_list("name")
    xlsx_stream.write(tmp_path / "x.xlsx", replace(made_of([("a",)]), rows=none))
    assert read(tmp_path / "x.xlsx")[1] == []


def test_a_list_longer_than_a_sheet_is_refused(client, admissions, tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_stream, "MOST", 3)
    with pytest.raises(xlsx_stream.TooLong):
        made(tmp_path, [admissions.root], Q1)
    assert len(in_csv(made(tmp_path, [admissions.root], Q1, "csv"))[1]) == 4
    client.force_login(admissions.staff)
    said = markup(client.post("/bao-cao/lap/?ky=2017-q1&loai=chi-tiet", follow=True))
    assert "hãy lập CSV" in said and "Lập báo cáo" in said and not Job.objects.exists()


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_progress_is_told_of_rows_and_stops_the_work(admissions, tmp_path, monkeypatch, format):
    from reports.exports import csv as values

    for module in (xlsx_stream, values):
        monkeypatch.setattr(module, "STEP", 2)
    told = []
    made(tmp_path, [admissions.root], Q1, format, progress=lambda *step: told.append(step[:2]))
    assert told[:3] == [(0, 4), (2, 4), (4, 4)]

    def stops(done, total, doing):
        if done == 2:
            raise jobs.Stopped

    with pytest.raises(jobs.Stopped):
        made(tmp_path, [admissions.root], Q1, format, progress=stops)


def test_the_list_is_asked_for_on_the_page_and_downloaded(
    client, admissions, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.REPORTS_DIR = tmp_path
    client.force_login(admissions.commune)
    page = markup(client.get("/bao-cao/chon/?ky=2017-q1&loai=chi-tiet"))
    assert '<option value="chi-tiet" selected>Danh sách chi tiết</option>' in page
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/bao-cao/lap/?ky=2017-q1", {"loai": "chi-tiet", "dinh-dang": "xlsx"})
    page = markup(client.get(response["Location"]))
    assert "Danh sách chi tiết" in page and "Đã xong" in page
    job = Job.objects.get()
    assert job.file_name == f"danh-sach-chi-tiet-2017-q1-{admissions.home.code}.xlsx"
    assert len(read(jobs.file_of(job))[1]) == 3
    assert client.get(f"{response['Location']}tai/").status_code == 200
    assert Activity.objects.filter(subject=job.file_name).count() == 1
    refused = client.post("/bao-cao/lap/?ky=2017-q1&loai=chi-tiet&dinh-dang=pdf", follow=True)
    assert "danh sách chỉ có Excel và CSV" in markup(refused)
    away = f"/bao-cao/lap/?ky=2017-q1&loai=chi-tiet&don-vi={admissions.other.pk}"
    assert client.post(away).status_code == 404


def test_a_cancelled_list_leaves_no_file(admissions, settings, tmp_path, monkeypatch):
    settings.REPORTS_DIR = tmp_path
    monkeypatch.setattr(xlsx_stream, "STEP", 1)
    job = tasks.ask_for_file(admissions.root, Q1, by=admissions.staff, report=detail_list.KEY)
    packs = xlsx_stream._Rows.write

    def is_cancelled(rows, row):
        jobs.cancel_job(job)
        packs(rows, row)

    monkeypatch.setattr(xlsx_stream._Rows, "write", is_cancelled)
    jobs.run_job(job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED and list(tmp_path.iterdir()) == []


def over_its_own_connection(monkeypatch):
    """Have PostgreSQL write the rows inside the test's transaction too, which no other connection sees."""
    monkeypatch.setattr(
        xlsx_stream, "send_rows", lambda listing, to: xlsx_stream.send_rows_by_copy(listing, to, connection)
    )


@POSTGRES
@pytest.mark.parametrize("text", HOSTILE)
def test_postgresql_writes_the_same_bytes(district, tmp_path, monkeypatch, text):
    rows = [(text, "sau", 7, date(2017, 2, 27)), (None, text, None, None)]
    listing = made_of(rows, ("text", "text", "number", "date"))
    xlsx_stream.write(tmp_path / "here.xlsx", listing)
    over_its_own_connection(monkeypatch)
    xlsx_stream.write(tmp_path / "there.xlsx", listing)
    assert (tmp_path / "here.xlsx").read_bytes() == (tmp_path / "there.xlsx").read_bytes()
    assert len(read(tmp_path / "there.xlsx")[1]) == 2


@POSTGRES
def test_postgresql_writes_the_same_list(admissions, tmp_path, monkeypatch):
    periods_ = [Q1, periods.quarter_period(2016, 1), periods.year_period(2016)]
    close_quarter(quarter_period(2016, 1), by=admissions.admin)
    units = [[admissions.root], [admissions.home], [admissions.rural, admissions.far], [admissions.firm]]
    asked = [(unit, period) for unit in units for period in periods_]
    here = [made(tmp_path, *request).read_bytes() for request in asked]
    over_its_own_connection(monkeypatch)
    assert [made(tmp_path, *request).read_bytes() for request in asked] == here


@POSTGRES
def test_postgresql_is_stopped_in_the_middle(monkeypatch, tmp_path):
    """Rows that were there before the test, as a connection of its own sees no others."""
    monkeypatch.setattr(xlsx_stream, "STEP", 10)
    monkeypatch.setattr(
        xlsx_stream, "send_rows", lambda *given: xlsx_stream.send_rows_apart(*given, connection)
    )
    rows = Ethnicity.objects.order_by("code").values_list("name")
    listing = xlsx_stream.LongList("Danh sách", "Tên", "Nơi", (Column("name", "Dân tộc", 12),), rows)
    told = []

    def stops(done, total, doing):
        told.append((done, total, Ethnicity.objects.count()))
        if done == 20:
            raise jobs.Stopped

    with pytest.raises(jobs.Stopped):
        xlsx_stream.write(tmp_path / "x.xlsx", listing, progress=stops)
    assert [done for done, *_counts in told] == [0, 10, 20] and told[2][1] == told[2][2] > 20
    xlsx_stream.write(tmp_path / "x.xlsx", listing)
    assert [row for (row,) in read(tmp_path / "x.xlsx")[1]] == [name for (name,) in rows]


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_a_birth_known_in_part_is_written_as_far_as_it_is_known(admissions, tmp_path, format):
    for name, on, precision in (
        ("Lê Văn Đạt", date(1991, 1, 1), "year"),
        ("Vũ Thị Dung", date(1991, 5, 1), "month"),
    ):
        Candidate.objects.filter(full_name=name).update(born_on=on, born_precision=precision)
        Dossier.objects.filter(candidate__full_name=name).update(admitted_born_on=on)
    text = words(made(tmp_path, [admissions.root], Q1, format))
    assert "05/1991" in text
    assert "01/1991" not in text.replace("05/1991", "")
