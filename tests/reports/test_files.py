"""Reports in every format from one definition; a unit's file holds its own rows and nothing that runs."""

import csv
import re
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.core.management import call_command
from docx import Document as Word
from openpyxl import load_workbook

from admissions.models import Candidate, Dossier, Ethnicity
from reports import periods
from reports.exports import companion_lists, form_2, make, party_layout, wording
from reports.exports import document as tables
from reports.figures import figures
from reports.measures import MEASURES
from reports.models import Job, ReportText, Term
from reports.unit_group import group_units
from tests import factories

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)
NAMES = ("Đỗ Thị Thanh Bình", "Lê Văn Đạt", "Trần Thị Ánh", "Vũ Thị Dung")


@pytest.fixture
def admissions(district):
    """Three at home in this quarter, one far away in it and one a year before."""
    factories.admitted(district.rural, district.staff, on=date(2017, 1, 10))
    factories.admitted(
        district.rural, district.staff, on=date(2017, 2, 8), full_name="Lê Văn Đạt", sex="male"
    )
    factories.admitted(district.school, district.staff, on=date(2017, 2, 8), full_name="Trần Thị Ánh")
    factories.admitted(district.far, district.staff, on=date(2017, 2, 9), full_name="Vũ Thị Dung")
    factories.admitted(district.far, district.staff, on=date(2016, 2, 10), full_name="Vũ Thị Em")
    return district


def made(tmp_path, units, period, format, **facts):
    path = tmp_path / f"x.{format}"
    make.write_file(path, units, period, format=format, **facts)
    return path


def everything(path):
    """All the text of a file, whatever its format."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    return path.read_bytes().decode("utf-8", "ignore")


@pytest.mark.parametrize("format", make.FORMATS)
def test_a_communes_file_never_holds_another_communes_row(admissions, tmp_path, format):
    path = made(tmp_path, [admissions.home], Q1, format)
    text = everything(path)
    assert "Vũ Thị" not in text
    assert "Đồng Văn" not in text and "Báo Văn" not in text
    if format in ("xlsx", "csv"):
        assert all(name in text for name in NAMES[:3])


@pytest.mark.parametrize("key", companion_lists.LISTS)
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_a_communes_list_never_holds_another_communes_row(admissions, tmp_path, key, format):
    assert (
        "Vũ Thị" in everything(made(tmp_path, [admissions.root], Q1, format, report=key)) or key == "den-han"
    )
    text = everything(made(tmp_path, [admissions.home], Q1, format, report=key))
    assert "Vũ Thị" not in text and "Báo Văn" not in text


def test_every_format_says_the_same_numbers(admissions, tmp_path):
    made_ = make.make_document(factories.source(Q1, admissions.root))
    form, _form_2b, units, _people = made_.tables
    sheet = load_workbook(made(tmp_path, [admissions.root], Q1, "xlsx"), data_only=True)["Biểu 2"]
    shown = [
        [tables.print_cell(cell, column.kind) for cell, column in zip(row.cells, form.columns, strict=True)]
        for row in form.rows
    ]
    for n, row in enumerate(form.rows):
        kept = sheet.cell(7 + n, 3).value
        assert (tables.cell_value(row.cells[2]) or 0) == (0 if kept in (None, "–") else kept)
    word = Word(made(tmp_path, [admissions.root], Q1, "docx"))
    assert [[cell.text for cell in row.cells] for row in word.tables[1].rows][1:] == shown
    lines = list(csv.reader(made(tmp_path, [admissions.root], Q1, "csv").open(encoding="utf-8-sig")))
    assert ["I", "Tổng số đảng viên kết nạp", "4", "1", "400.00"] in lines
    assert tables.cell_value(units.rows[0].cells[2]) == 4


def test_the_written_report_has_the_head_of_a_party_document_and_what_was_typed(admissions, tmp_path):
    wording.keep_report_text(
        admissions.root,
        Q1,
        by=admissions.staff,
        difficulties="Nguồn giảm <b>&\nGiấy tờ thiếu",
        tasks="Mở lớp",
    )
    word = Word(made(tmp_path, [admissions.root], Q1, "docx"))
    head = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert head[0] == "HUYỆN ỦY YÊN LẠC\nBAN TỔ CHỨC\n*"
    assert head[1].startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert re.fullmatch(r"Số +-BC/BTC", head[2])
    assert head[3] == "Yên Lạc, ngày 27 tháng 02 năm 2017"
    words = [paragraph.text for paragraph in word.paragraphs]
    assert "BÁO CÁO" in words and "-----" in words
    assert any(text.startswith("Quý I/2017, toàn huyện kết nạp 4 đảng viên") for text in words)
    assert "Nguồn giảm <b>&" in words and "Giấy tờ thiếu" in words
    assert "3. Nhiệm vụ kỳ tới" in words


def test_a_part_that_was_not_typed_has_no_heading(admissions, tmp_path):
    wording.keep_report_text(admissions.root, Q1, by=admissions.staff, difficulties="", tasks="Mở lớp")
    words = [p.text for p in Word(made(tmp_path, [admissions.root], Q1, "docx")).paragraphs]
    assert "2. Nhiệm vụ kỳ tới" in words
    assert not any("Khó khăn" in text for text in words)


def test_a_communes_report_is_its_committees(admissions, tmp_path):
    word = Word(made(tmp_path, [admissions.home], Q1, "docx"))
    head = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert head[0] == "ĐẢNG BỘ HUYỆN YÊN LẠC\nĐẢNG ỦY XÃ TRUNG NGUYÊN\n*"
    assert head[2].endswith("-BC/ĐU")
    assert "T/M ĐẢNG ỦY" in word.tables[-1].rows[0].cells[1].text


def fonts(path):
    data = path.read_bytes()
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            data += zlib.decompress(packed)
        except zlib.error:
            continue
    return {name.decode() for name in re.findall(rb"/BaseFont\s*/([\w+#-]+)", data)}


def test_the_pdf_embeds_liberation_serif_alone(admissions, tmp_path):
    wording.keep_report_text(
        admissions.root, Q1, by=admissions.staff, difficulties='ỵ ẵ Ữ #read("/etc/passwd") $x$', tasks=""
    )
    path = made(tmp_path, [admissions.root], Q1, "pdf")
    assert path.read_bytes().startswith(b"%PDF")
    found = {re.sub(r"^[A-Z]{6}\+", "", name).split("-")[0] for name in fonts(path)}
    assert found == {"LiberationSerif"}


def test_a_csv_opens_in_vietnamese_and_starts_no_formula(admissions, tmp_path):
    Candidate.objects.filter(full_name="Lê Văn Đạt").update(full_name='=HYPERLINK("http://x","y")')
    Candidate.objects.filter(full_name="Trần Thị Ánh").update(full_name="@SUM(A1)")
    path = made(tmp_path, [admissions.home], Q1, "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(path.open(encoding="utf-8-sig", newline="")) for cell in row]
    assert '\'=HYPERLINK("http://x","y")' in cells and "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_form_by_ethnic_group_and_religion_adds_up(admissions, tmp_path):
    Candidate.objects.filter(full_name="Lê Văn Đạt").update(ethnicity=Ethnicity.objects.get(name="Tày"))
    path = made(tmp_path, [admissions.root], Q1, "xlsx")
    rows = [
        [c.value for c in row] for row in load_workbook(path, data_only=True)["Biểu 2B"].iter_rows(min_row=7)
    ]
    assert [row[:5] for row in rows[:3]] == [
        ["I", "Dân tộc, cộng bằng tổng số", 4, 3, 1],
        ["1", "Kinh", 3, 3, 1],
        ["2", "Tày", 1, 0, 0],
    ]
    assert load_workbook(path)["Biểu 2B"]["C7"].value == "=SUM(C8:C9)"


@pytest.mark.parametrize("code", ["2016-h1", "2016-h2", "2016", "2017-q1", "2015-2020"])
def test_a_report_of_any_period_says_what_the_figures_say(admissions, tmp_path, code):
    Term.objects.get_or_create(
        name="2015–2020", defaults={"first": date(2016, 1, 1), "last": date(2020, 12, 31)}
    )
    period = periods.parse_period(code)
    counted = figures.count_unit(admissions.root, period, MEASURES.values())
    for format in make.FORMATS:
        path = made(tmp_path, [admissions.root], period, format)
        if format == "xlsx":
            sheet = load_workbook(path, data_only=True)["Biểu 2"]
            assert sheet["C7"].value == counted["admitted"]
    assert (
        figures.count_unit(admissions.root, periods.parse_period("2016-h1"), MEASURES.values())["admitted"]
        == 1
    )


def test_six_months_are_two_quarters():
    assert periods.half_period(2016, 2).first == periods.quarter_period(2016, 3).first
    assert periods.half_period(2016, 2).last == periods.quarter_period(2016, 4).last
    assert periods.half_period(2016, 1).year_before().code == "2015-h1"
    assert str(periods.parse_period("2016-h2")) == "6 tháng cuối năm 2016"
    with pytest.raises(periods.NoPeriod):
        periods.parse_period("2016-h3")


def test_chosen_units_are_counted_together_and_none_twice(admissions, tmp_path):
    both = factories.source(Q1, admissions.other, admissions.home, admissions.rural)
    assert [unit.pk for unit in both.group.units] == [admissions.other.pk, admissions.home.pk]
    total, rows = form_2.unit_lines(both)
    assert total.now["admitted"] == sum(row.now["admitted"] for row in rows) == 4
    assert both.people().count() == 4
    sheet = load_workbook(made(tmp_path, [admissions.other, admissions.school], Q1, "xlsx"), data_only=True)[
        "Danh sách"
    ]
    assert [row[1].value for row in sheet.iter_rows(min_row=7)] == ["Trần Thị Ánh", "Vũ Thị Dung"]
    assert "kết nạp 2 đảng viên" in wording.opening_sentences(
        factories.source(Q1, admissions.other, admissions.school)
    )


def test_chosen_units_outside_ones_scope_are_not_there(client, admissions):
    client.force_login(admissions.commune)
    url = f"/bao-cao/lap/?ky=2017-q1&don-vi={admissions.rural.pk},{admissions.far.pk}"
    assert client.post(url).status_code == 404
    assert client.post("/bao-cao/lap/?ky=2017-q1", {"don-vi": [admissions.far.pk]}).status_code == 404
    assert not Job.objects.exists()
    url = f"/bao-cao/lap/?ky=2017-q1&don-vi={admissions.rural.pk},{admissions.school.pk}"
    assert client.post(url).status_code == 302
    assert Job.objects.get().params["units"] == sorted([admissions.rural.pk, admissions.school.pk])


def test_a_report_that_has_no_such_format_is_not_there(client, admissions):
    client.force_login(admissions.staff)
    for query in ("dinh-dang=exe", "loai=khong-co", "loai=den-han&dinh-dang=exe"):
        assert client.post(f"/bao-cao/lap/?ky=2017-q1&{query}").status_code == 404


def test_the_lists_separate_the_births_of_men_and_women(admissions):
    found = companion_lists.companion_table("ket-nap", factories.source(Q1, admissions.root))
    heads = [column.head for column in found.columns]
    men, women = heads.index("Ngày sinh nam"), heads.index("Ngày sinh nữ")
    rows = {row.cells[1]: row.cells for row in found.rows if row.kind == "row"}
    assert rows["Lê Văn Đạt"][men] and rows["Lê Văn Đạt"][women] is None
    assert rows["Vũ Thị Dung"][women] and rows["Vũ Thị Dung"][men] is None
    groups = [row.cells[1] for row in found.rows if row.kind == "head"]
    assert groups == ["Đảng bộ xã Đồng Văn: 1 đảng viên", "Đảng bộ xã Trung Nguyên: 3 đảng viên"]


def test_the_lists_of_what_is_open(client, admissions):
    assert len(companion_lists.companion_table("chua-le", factories.source(Q1, admissions.root)).rows) == 5
    assert companion_lists.companion_table("den-han", factories.source(Q1, admissions.root)).rows == ()
    Dossier.objects.filter(candidate__full_name="Vũ Thị Em").update(
        state="probationary",
        ceremony_on=date(2016, 2, 20),
        decision_received_on=date(2016, 2, 12),
        probation_ends_on=date(2017, 2, 20),
    )
    (row,) = companion_lists.companion_table("den-han", factories.source(Q1, admissions.root)).rows
    assert row.cells[1] == "Vũ Thị Em" and row.cells[-2] == 7
    client.force_login(admissions.staff)
    page = client.get("/bao-cao/danh-sach/?loai=den-han&ky=2017-q1").content.decode()
    assert "Vũ Thị Em" in page and "20/02/2017" in page
    client.force_login(admissions.commune)
    page = client.get("/bao-cao/danh-sach/?loai=den-han&ky=2017-q1").content.decode()
    assert "Vũ Thị Em" not in page and "Không có ai" in page


def test_what_was_typed_before_is_kept(client, admissions):
    client.force_login(admissions.staff)
    url = "/bao-cao/loi/?ky=2017-q1"
    for text in ("Một", "Hai", "Hai"):
        assert client.post(url, {"difficulties": text, "tasks": "Việc"}).status_code == 302
    assert list(ReportText.objects.values_list("difficulties", flat=True)) == ["Hai", "Một"]
    page = client.get(url).content.decode()
    assert "Một" in page and "đang dùng" in page
    response = client.post(url, {"difficulties": "x" * 5001, "tasks": "Việc"})
    assert response.status_code == 422 and "Việc" in response.content.decode()
    assert ReportText.objects.count() == 2


@pytest.mark.parametrize("format", make.FORMATS)
def test_the_command_writes_every_format(admissions, tmp_path, format):
    target = tmp_path / f"q.{format}"
    call_command(
        "export_quarter",
        "2017",
        "1",
        "--format",
        format,
        "--output",
        str(target),
        "--unit",
        admissions.home.code,
    )
    assert target.stat().st_size > 500
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    if format in ("xlsx", "csv"):
        assert target.read_bytes() == made(tmp_path, [admissions.home], Q1, format).read_bytes()


def test_the_page_to_choose_offers_the_units_of_ones_scope(client, admissions):
    client.force_login(admissions.commune)
    page = client.get("/bao-cao/chon/").content.decode()
    assert "Tân Nguyên" in page and "Đồng Văn" not in page and "Nhiệm kỳ" in page


def test_no_two_tables_of_the_written_report_stand_side_by_side(admissions, tmp_path):
    """Word makes one table of two with nothing between them; the last one would take in the signatures."""
    body = Word(made(tmp_path, [admissions.root], Q1, "docx")).element.body
    kinds = [child.tag.rpartition("}")[2] for child in body]
    assert ("tbl", "tbl") not in list(pairwise(kinds))
    assert kinds.count("tbl") == 5


def test_what_comes_last_stays_with_the_signatures(admissions, tmp_path):
    def kept():
        *_before, last, _after = Word(made(tmp_path, [admissions.root], Q1, "docx")).tables
        return {bool(p._p.xpath(".//w:keepNext")) for cell in last.rows[-1].cells for p in cell.paragraphs}

    assert kept() == {True}
    wording.keep_report_text(admissions.root, Q1, by=admissions.staff, difficulties="Nguồn giảm", tasks="")
    assert kept() == {False}
    (last,) = [p for p in Word(tmp_path / "x.docx").paragraphs if p.text == "Nguồn giảm"]
    assert last._p.xpath(".//w:keepNext")


def test_a_workbook_bears_its_issuers_head_and_has_room_for_the_signatures(admissions, tmp_path):
    def cells(units):
        return {
            cell.value
            for row in load_workbook(made(tmp_path, units, Q1, "xlsx"))["Biểu 2"].iter_rows()
            for cell in row
        }

    assert {"HUYỆN ỦY YÊN LẠC", "BAN TỔ CHỨC", "NGƯỜI LẬP BIỂU", "TRƯỞNG BAN"} <= cells([admissions.root])
    found = cells([admissions.home])
    assert {"ĐẢNG BỘ HUYỆN YÊN LẠC", "ĐẢNG ỦY XÃ TRUNG NGUYÊN", "T/M ĐẢNG ỦY", "BÍ THƯ", "Biểu 2"} <= found
    assert "BAN TỔ CHỨC" not in found


def test_units_chosen_are_reported_on_by_whoever_stands_above_them_all(admissions):
    branches = group_units([admissions.rural, admissions.school])
    assert party_layout.issuer_of(branches).name == "ĐẢNG ỦY XÃ TRUNG NGUYÊN"
    assert party_layout.issuer_of(group_units([admissions.rural, admissions.far])).name == "BAN TỔ CHỨC"
    assert party_layout.issuer_of(group_units([admissions.home, admissions.other])).letters == "BTC"


def test_the_opening_says_the_year_so_far_and_the_year_before(admissions):
    factories.quota(admissions.root, periods.year_period(2016), 8)
    factories.admitted(admissions.far, admissions.staff, on=date(2016, 5, 10), full_name="Vũ Thị Giang")
    assert wording.opening_sentences(factories.source(Q1, admissions.root)).endswith(
        "Cùng kỳ năm trước kết nạp 1 đảng viên, kỳ này tăng 3."
    )
    second = wording.opening_sentences(factories.source(periods.quarter_period(2016, 2), admissions.root))
    assert "Lũy kế từ đầu năm kết nạp 2 đảng viên, đạt 25,00% chỉ tiêu năm (8)." in second
    half = wording.opening_sentences(factories.source(periods.half_period(2016, 1), admissions.root))
    assert "Lũy kế" not in half and "Đạt 25,00% chỉ tiêu năm (8)." in half
    assert "kỳ này" not in wording.opening_sentences(
        factories.source(periods.term_period(term()), admissions.root)
    )


def term():
    facts = {"first": date(2016, 1, 1), "last": date(2020, 12, 31)}
    return Term.objects.get_or_create(name="2015–2020", defaults=facts)[0]


def test_the_fingerprint_of_a_closed_quarter_stands_in_every_foot(admissions, tmp_path):
    document = replace(make.make_document(factories.source(Q1, admissions.root)), foot="Mã đối chiếu 1234")
    for format in ("docx", "pdf", "xlsx"):
        path = tmp_path / f"foot.{format}"
        make.FORMATS[format](path, document)
    sheets = list(load_workbook(tmp_path / "foot.xlsx"))
    assert all("Mã đối chiếu 1234" in sheet.oddFooter.left.text for sheet in sheets)
    section = Word(tmp_path / "foot.docx").sections[0]
    for foot in (section.first_page_footer, section.footer):
        assert foot.paragraphs[0].text == "Mã đối chiếu 1234"


def test_an_empty_list_says_that_there_is_nobody(admissions, tmp_path):
    sheet = load_workbook(made(tmp_path, [admissions.root], Q1, "xlsx", report="den-han"))["Danh sách"]
    assert sheet["A7"].value == "Không có ai."


def test_a_report_of_a_quarter_that_is_not_closed_says_so_in_its_foot(admissions, tmp_path):
    said = "BẢN NHÁP, QUÝ CHƯA KHÓA. Số liệu theo sổ ngày 27/02/2017."
    assert make.make_document(factories.source(Q1, admissions.root)).foot == said
    for other in (periods.year_period(2016), periods.half_period(2016, 1)):
        assert (
            make.make_document(factories.source(other, admissions.root)).foot
            == "Số liệu theo sổ ngày 27/02/2017."
        )
    assert make.list_document("ket-nap", factories.source(Q1, admissions.root)).foot == said
    assert make.list_document("chua-le", factories.source(Q1, admissions.root)).foot == "", (
        "it says its own day"
    )


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_a_list_that_is_asked_for_as_a_document_says_what_it_comes_as_and_keeps_the_choice(
    client, district, format_
):
    client.force_login(district.staff)
    chosen = {"ky": "2017-q1", "loai": "den-han", "dinh-dang": format_, "don-vi": [district.home.pk]}
    answer = client.post(f"/bao-cao/lap/?don-vi={district.root.pk}", chosen, follow=True)
    page = answer.content.decode()
    assert "Chưa lập: danh sách chỉ có Excel và CSV." in page
    assert '<option value="den-han" selected>' in page and '<option value="2017-q1" selected>' in page
    assert re.search(rf'name="don-vi" value="{district.home.pk}" checked', page)
    assert not Job.objects.exists()
    chosen["dinh-dang"] = "exe"
    assert client.post("/bao-cao/lap/", chosen).status_code == 404


def test_a_page_of_the_list_counts_people_and_repeats_the_head_they_stand_under(client, district):
    for n in range(52):
        name = f"Hà Thị {chr(65 + n // 26)}{chr(97 + n % 26)}"
        factories.admitted(district.far, district.staff, on=date(2016, 11, 9), full_name=name)
    factories.admitted(district.rural, district.staff, on=date(2016, 11, 9), full_name="Hà Thị Xa")
    client.force_login(district.staff)
    first, second = (client.get(f"/bao-cao/danh-sach/?ky=2016-q4&trang={n}").context for n in (1, 2))
    assert first["page"].paginator.count == 53
    assert [row.kind for row in first["rows"]] == ["head"] + ["row"] * 50
    assert [row.kind for row in second["rows"]] == ["head", "row", "row", "head", "row"]
    heads = [row.cells[1] for row in second["rows"] if row.kind == "head"]
    assert heads == [f"{district.other.title}: 52 đảng viên", f"{district.home.title}: 1 đảng viên"]
