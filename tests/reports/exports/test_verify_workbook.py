"""Whether a workbook or a code is that of a closed quarter."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from admissions.exceptions import Refused
from reports import periods
from reports.closing import reading
from reports.closing.close import ask_reopening, close_quarter, confirm_reopening
from reports.exports import form_sets, make, verify_workbook
from reports.periods import quarter_period
from tests.closings import annul
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q4 = periods.quarter_period(2016, 4)


@pytest.fixture
def book(shut, tmp_path):
    make.write_file(tmp_path / "quy.xlsx", [shut.root], Q4)
    return tmp_path / "quy.xlsx"


def verify(client, path, name="quy.xlsx"):
    file = SimpleUploadedFile(name, path if isinstance(path, bytes) else path.read_bytes())
    return client.post("/bao-cao/doi-chieu-ma/", {"file": file})


def test_a_true_workbook_is_told_from_one_whose_cell_was_changed(shut, book, client):
    client.force_login(shut.staff)
    found = verify(client, book).context["verdict"]
    assert (found.closing, found.valid, found.unit.single, found.differs) == (
        shut.closing,
        True,
        shut.root,
        (),
    )
    forged = load_workbook(book)
    forged["Biểu 2"]["C9"].value += 1
    forged.save(book)
    found = verify(client, book).context["verdict"]
    assert "C9" in [cell.place for cell in found.differs]
    page = markup(verify(client, book))
    assert "không như khi khóa" in page


def test_a_workbook_stays_true_whatever_happens_to_the_register(shut, book, client, second):
    annul(shut.rows[0], shut.leader)
    client.force_login(shut.leader)
    assert verify(client, book).context["verdict"].differs == ()
    ask_reopening(shut.closing, by=shut.admin, reason="sai")
    confirm_reopening(shut.closing, by=second)
    close_quarter(quarter_period(2016, 4), by=second)
    found = verify(client, book).context["verdict"]
    assert (found.valid, found.differs) == (False, ())


def test_figures_of_a_unit_out_of_sight_are_not_compared(shut, book, client):
    client.force_login(shut.commune)
    found = verify(client, book).context["verdict"]
    assert (found.closing, found.unit, found.differs) == (shut.closing, None, ())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"code": "xyz"}, "64 chữ số"),
        ({}, "Ghi mã hoặc chọn tệp"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK not a zip")}, "không phải là tệp Excel"),
        ({"file": SimpleUploadedFile("a.xlsx", b"0" * (5 * 2**20 + 1))}, "lớn hơn 5 MB"),
    ],
)
def test_what_is_neither_is_refused_in_words(shut, client, data, sentence):
    client.force_login(shut.staff)
    answer = client.post("/bao-cao/doi-chieu-ma/", data)
    assert answer.status_code == 422
    assert sentence in markup(answer)


def test_a_file_that_swells_is_not_unpacked(shut, client):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * (51 * 2**20))
    client.force_login(shut.staff)
    assert "50 MB" in markup(verify(client, packed.getvalue()))


def test_a_fingerprint_says_which_quarter_it_is_of(shut, client):
    client.force_login(shut.branch)
    url = "/bao-cao/doi-chieu-ma/"
    page = markup(client.post(url, {"code": reading.group_fingerprint(shut.closing.fingerprint).upper()}))
    assert "Đúng là mã của quý IV/2016" in page
    assert "Không lần khóa quý nào" in markup(client.post(url, {"code": "0" * 64}))


def test_the_first_sixteen_digits_are_enough_to_recognise_a_closing(shut):
    found = verify_workbook.of_code(shut.closing.fingerprint[:8] + " " + shut.closing.fingerprint[8:16])
    assert found.closing == shut.closing
    assert found.fingerprint == shut.closing.fingerprint
    assert verify_workbook.of_code("0" * 16).closing is None
    with pytest.raises(Refused, match="16 chữ số đầu"):
        verify_workbook.of_code(shut.closing.fingerprint[:15])


def test_a_file_made_with_the_rows_of_another_set_stays_true(shut, tmp_path, client, monkeypatch):
    of_2021 = next(form for form in form_sets.SETS if form.key == "2021")
    with monkeypatch.context() as patched:
        patched.setattr("reports.exports.form_2.find_form_set", lambda last: of_2021)
        make.write_file(tmp_path / "cu.xlsx", [shut.root], Q4)
    labels = [row[1].value for row in load_workbook(tmp_path / "cu.xlsx")["Biểu 2"].iter_rows()]
    assert "31–35 tuổi" in labels
    client.force_login(shut.staff)
    assert verify(client, tmp_path / "cu.xlsx").context["verdict"].differs == ()
    forged = load_workbook(tmp_path / "cu.xlsx")
    forged["Biểu 2"]["C9"].value += 1
    forged.save(tmp_path / "cu.xlsx")
    found = verify(client, tmp_path / "cu.xlsx").context["verdict"]
    assert "C9" in [cell.place for cell in found.differs]
