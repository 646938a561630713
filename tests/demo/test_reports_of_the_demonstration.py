"""The demonstration's files: every formula recalculated gives its kept value, and page, command and formats agree."""

import csv
import json
import re
import shutil
import subprocess
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import pytest
import typst
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from docx import Document as Word
from openpyxl import load_workbook

from branches.models import Organisation
from reports import periods
from reports.exports import companion_lists, form_2, make, wording
from reports.exports import document as tables
from reports.models import Term
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q4 = periods.quarter_period(2016, 4)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SUM = re.compile(r"SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)")
SHARE = re.compile(r"ROUND\(([A-Z]+\d+)/([A-Z]+\d+)\*100,2\)")


def sheets_of(path):
    """[{cell: (formula or None, kept value or None)}] of a workbook, as they stand in its XML."""
    with zipfile.ZipFile(path) as packed:
        names = sorted(name for name in packed.namelist() if name.startswith("xl/worksheets/sheet"))
        roots = [ElementTree.fromstring(packed.read(name)) for name in names]
    found = []
    for root in roots:
        cells = {}
        for cell in root.iter(f"{MAIN}c"):
            formula, kept = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            number = kept is not None and cell.get("t") in (None, "n")
            value = Decimal(kept.text) if number else None
            cells[cell.get("r")] = (None if formula is None else formula.text, value)
        found.append(cells)
    return found


def recalculated(cells, place):
    """A cell's value from the formulas alone: a sum of a column's cells, a share in per cent, or what was typed."""
    formula, kept = cells[place]
    if formula is None:
        return kept
    if found := SUM.fullmatch(formula):
        column, first, other, last = found.groups()
        assert column == other, formula
        span = (recalculated(cells, f"{column}{row}") for row in range(int(first), int(last) + 1))
        return sum((value for value in span if value is not None), Decimal(0))
    part, whole = SHARE.fullmatch(formula).groups()
    share = recalculated(cells, part) / recalculated(cells, whole) * 100
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def checked(path):
    """How many formulas the workbook has, each of them recalculated and compared."""
    count = 0
    for cells in sheets_of(path):
        for place, (formula, kept) in cells.items():
            if formula is not None:
                assert recalculated(cells, place) == kept, f"{path.name} {place}: {formula}"
                count += 1
    return count


def asked():
    quarters = [periods.quarter_period(year, n) for year in (2015, 2016) for n in (1, 2, 3, 4)]
    halves = [periods.half_period(year, n) for year in (2015, 2016) for n in (1, 2)]
    return [
        *quarters,
        periods.quarter_period(2017, 1),
        *halves,
        periods.year_period(2015),
        periods.year_period(2016),
    ]


def test_every_formula_of_every_period_gives_its_kept_value(yenlac, tmp_path):
    found = [*asked(), *(periods.term_period(row) for row in Term.objects.all())]
    assert len(found) > 15
    for period in found:
        path = tmp_path / f"{period.code}.xlsx"
        make.write_file(path, [yenlac.root], period)
        compared = period.first.year > 2015 or period.is_term
        assert checked(path) >= (15 if compared else 10), "nothing is compared with 2014, before the register"


def test_every_formula_of_every_unit_gives_its_kept_value(yenlac, tmp_path):
    units = list(Organisation.objects.filter(parent=yenlac.root))
    assert len(units) > 20
    chosen = [[unit] for unit in units] + [units[:3], units[3:9]]
    some = Organisation.objects.branches().order_by("pk")[:3]
    for n, row in enumerate([*chosen, *([branch] for branch in some)]):
        path = tmp_path / f"{n}.xlsx"
        make.write_file(path, row, Q4)
        assert checked(path) > 0


def rows_of(found):
    """[row as a reader sees it] of Biểu 2 in a document."""
    (table,) = [table for table in found.tables if table.key == "form_2"]
    return [
        [tables.print_cell(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in table.rows
    ]


def on_the_page(text):
    """[(label, now, before)] of the quarter's own columns, as the page shows them."""
    body = text.split("<tbody>")[1].split("</tbody>")[0]
    found = []
    for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        plain = [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]
        if len(plain) > 4:
            found.append((plain[1], plain[2], plain[3]))
    return found


@pytest.fixture
def exported(yenlac, tmp_path):
    """A function of a unit: {format: what `export_quarter 2016 4` writes about it}."""

    def export(unit):
        made = {}
        for format in make.FORMATS:
            made[format] = tmp_path / f"{unit.pk}.{format}"
            facts = {"output": str(made[format]), "format": format, "unit": unit.code}
            call_command("export_quarter", "2016", "4", **facts)
        return made

    return export


@pytest.mark.parametrize("who", ["district", "trung-nguyen"])
def test_the_page_and_every_file_of_the_command_show_the_same_numbers(yenlac, exported, monkeypatch, who):
    unit = yenlac.root if who == "district" else yenlac.users[who].posts.get().unit
    typeset, real = [], typst.compile

    def compile_(*arguments, **facts):
        typeset.append(json.loads(facts["sys_inputs"]["data"]))
        return real(*arguments, **facts)

    monkeypatch.setattr(typst, "compile", compile_)
    made = exported(unit)
    shown = rows_of(make.make_document(factories.source(Q4, unit)))
    numbers = [tuple(row[1:4]) for row in shown if row[2]]

    client = Client()
    client.force_login(yenlac.users[who])
    assert on_the_page(markup(client.get("/bao-cao/2016/4/"))) == [
        (label, now, before) for label, now, before in numbers
    ]
    assert [row["cells"] for row in typeset[0]["tables"][0]["rows"]] == shown
    assert [[cell.text for cell in row.cells] for row in Word(made["docx"]).tables[1].rows][1:] == shown
    kept = load_workbook(made["xlsx"], data_only=True)["Biểu 2"].iter_rows(
        min_row=7, max_row=6 + len(shown), values_only=True
    )
    assert [said(row) for row in kept] == [tuple(row[:2]) + tuple(dashed(row[2:])) for row in shown]
    lines = list(csv.reader(made["csv"].open(encoding="utf-8-sig", newline="")))
    first = next(n for n, row in enumerate(lines) if row[:1] == ["TT"]) + 1
    written = [tuple(row[:2]) + tuple(plain(row[2:])) for row in lines[first : first + len(shown)]]
    assert written == [tuple(row[:2]) + tuple(dashed(row[2:])) for row in shown]


def dashed(cells):
    return ["" if cell == "–" else cell.replace(".", "") for cell in cells]


def plain(cells):
    return [cell.replace(".", ",") for cell in cells]


def said(row):
    """A row of the workbook as the report prints it."""
    number, label, now, before, share = row
    digits = "{:.1f}" if label == "Tuổi bình quân" else "{:.0f}"
    words = [digits.format(n).replace(".", ",") if isinstance(n, int | float) else "" for n in (now, before)]
    share = f"{share:.2f}".replace(".", ",") if isinstance(share, int | float) else ""
    return (number or "", label, *words, share)


def without_kept_values(path):
    """The workbook at `path` with no formula's value in it, so that whoever opens it has to reckon."""
    changed = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(name, data)
    return changed.getvalue()


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
def test_libreoffice_opens_the_workbooks_and_reckons_the_kept_values(yenlac, tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    wanted = {}
    for name, units, report in (
        ("district", [yenlac.root], "report"),
        ("commune", [yenlac.users["trung-nguyen"].posts.get().unit], "report"),
        *((key, [yenlac.root], key) for key in companion_lists.LISTS),
    ):
        path = tmp_path / f"{name}.xlsx"
        make.write_file(path, units, Q4, report=report)
        wanted[name] = load_workbook(path, data_only=True)
        path.write_bytes(without_kept_values(path))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    told = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", made]
        + [str(tmp_path / f"{name}.xlsx") for name in wanted],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "rror" not in told.stdout + told.stderr.replace("javaldx", "")
    for name, book in wanted.items():
        reckoned = load_workbook(made / f"{name}.xlsx", data_only=True)
        assert reckoned.sheetnames == book.sheetnames
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    found = reckoned[sheet.title][cell.coordinate].value
                    if isinstance(cell.value, int | float):
                        assert found == pytest.approx(cell.value, abs=1e-9), f"{name} {cell.coordinate}"
                    else:
                        assert found == cell.value, f"{name} {cell.coordinate}"


def test_nine_months_of_2016_are_185_of_the_years_quota_of_244(yenlac):
    """The sum of three quarters, of which 61 in the third: 75,82 per cent of the year."""
    total, lines = form_2.unit_lines(factories.source(periods.nine_months(2016), yenlac.root))
    assert (total.now["admitted"], total.cumulative, total.quota, total.members) == (185, 185, 244, 6712)
    assert sum(line.now["admitted"] for line in lines) == 185
    with translation.override("vi"):
        words = wording.opening_sentences(factories.source(periods.nine_months(2016), yenlac.root))
    assert "9 tháng năm 2016, toàn huyện kết nạp 185 đảng viên" in words
    assert (
        "Đạt 75,82% chỉ tiêu năm (244). Tỷ lệ kết nạp từ đầu năm 2,76% của 6.712 đảng viên đầu năm." in words
    )
