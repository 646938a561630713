"""Rows of every table add up to its total in every column and every format, with the units that ended on the way."""

import csv
import shutil
import subprocess
from datetime import date, timedelta

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from admissions.exceptions import Refused
from admissions.models import Dossier
from branches.models import Kind, Organisation, Tier
from reports import periods
from reports.closing.checks import run_checks
from reports.closing.close import close_quarter
from reports.closing.source import FromClosing, Live
from reports.exports import make, report_tables
from reports.exports.document import Sum, cell_value, make_sum
from reports.exports.form_2 import read_report
from reports.pages import dashboard
from reports.periods import quarter_period, year_period
from reports.unit_group import UnitGroup
from tests import factories
from tests.examples import PropertyTestCase, examples
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q2, Q3, Q4 = (quarter_period(2016, n) for n in (2, 3, 4))
ADDED = ("admitted", "rural", "women", "youth", "before", "so_far")
"""The columns of the table by unit that are sums."""


def by_unit_table(source):
    return report_tables.by_unit_table(read_report(source))


def end(unit, last):
    """End `unit` and everything under it."""
    Organisation.objects.filter(path__startswith=unit.path, valid_to=None).update(valid_to=last)


def copy_admission(row, branch, on):
    """Another person admitted by `branch` on `on`, as a copy of the dossier `row`."""
    person = factories.candidate(full_name=f"Nguyễn Văn {next(factories.numbers)}")
    person.save()
    skipped = ("id", "serial", "candidate")
    facts = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in skipped}
    facts |= {"serial": 500 + next(factories.numbers), "candidate_id": person.pk, "branch_id": branch.pk}
    base = branch.base_organisation.pk
    facts |= {"commune_id": base, "admitted_commune_id": base, "admitted_branch_id": branch.pk}
    facts |= {
        "admitted_rural": branch.rural,
        "decided_on": on,
        "ceremony_on": None,
        "decision_received_on": None,
    }
    return Dossier.objects.create(**facts)


@kept
def merged(district):
    """Two communes merge on 01/07/2016: three admitted before and two after it, one in the year before."""
    for branch, on in (
        (district.far, date(2015, 11, 10)),
        (district.far, date(2016, 3, 10)),
        (district.far, date(2016, 6, 30)),
        (district.rural, date(2016, 5, 12)),
    ):
        row = factories.admitted(branch, district.staff, on=on)
    for commune in (district.home, district.other):
        end(commune, date(2016, 6, 30))
    begin = date(2016, 7, 1)
    district.new = factories.unit(district.root, Tier.BASE, Kind.COMMUNE, "Trung Văn", valid_from=begin)
    district.branch_of_new = factories.unit(
        district.new, Tier.BRANCH, Kind.VILLAGE, "Một", rural=True, valid_from=begin
    )
    for on in (date(2016, 8, 10), date(2016, 11, 12)):
        copy_admission(row, district.branch_of_new, on)
    factories.quota(district.root, year_period(2016), 20)
    return district


def columns_of(table):
    """{column: (value of the total, sum of the rows, whether the workbook reckons it)}."""
    found = {}
    for key in ADDED:
        at = table.place(key)
        total, *rows = (row.cells[at] for row in table.rows)
        below = [cell_value(cell) for cell in rows]
        found[key] = cell_value(total), sum(n or 0 for n in below), isinstance(total, Sum)
    return found


def table_in_csv(path):
    """{unit: its cells} of the table by unit in a CSV file."""
    lines = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    begin = next(n for n, line in enumerate(lines) if line[:2] == ["TT", "Đơn vị"])
    rows = {}
    for line in lines[begin + 1 :]:
        if len(line) < 10:
            break
        rows[line[1]] = line[2:]
    return rows


@pytest.mark.parametrize(("quarter", "so_far"), [(Q2, 3), (Q3, 4), (Q4, 5)])
def test_a_merger_in_the_year_leaves_no_column_short(merged, quarter, so_far):
    columns = columns_of(by_unit_table(factories.source(quarter, merged.root)))
    assert columns["so_far"] == (so_far, so_far, True)
    assert all(total == rows for total, rows, _reckoned in columns.values() if total is not None)


def test_the_year_before_is_shared_out_among_units_that_have_ended_since(merged):
    columns = columns_of(by_unit_table(factories.source(Q4, merged.root)))
    assert columns["before"] == (1, 1, True)


def test_the_same_holds_in_a_commune_one_of_whose_branches_ended(district):
    factories.admitted(district.school, district.staff, on=date(2016, 2, 10))
    factories.admitted(district.rural, district.staff, on=date(2016, 11, 10))
    end(district.school, date(2016, 3, 31))
    table = by_unit_table(factories.source(Q4, district.home))
    assert columns_of(table)["so_far"] == (2, 2, True)
    assert [row.cells[1] for row in table.rows[1:]] == [
        "Chi bộ thôn Tân Nguyên",
        "Chi bộ Trường THCS (đến 31/03/2016)",
    ]


def test_an_ended_unit_is_marked_only_where_it_ended_before_the_period_did(merged):
    def names(quarter):
        table = by_unit_table(factories.source(quarter, merged.root))
        return {row.cells[1] for row in table.rows}

    assert "Đảng bộ xã Đồng Văn" in names(Q2)
    assert "Đảng bộ xã Đồng Văn (đến 30/06/2016)" in names(Q4)


def test_a_closed_quarter_has_the_rows_it_had_when_it_was_closed(merged):
    live = by_unit_table(factories.source(Q4, merged.root))
    closing = close_quarter(Q4, by=merged.admin, checks=[])
    source = factories.source(Q4, merged.root)
    assert isinstance(source, FromClosing)
    assert by_unit_table(source) == live
    end(merged.new, date(2016, 12, 1))
    assert by_unit_table(FromClosing(UnitGroup((merged.root,)), closing)) == live


def test_every_format_says_the_same_of_the_merged_communes(merged, tmp_path):
    for kind in ("csv", "xlsx", "docx", "pdf"):
        make.write_file(tmp_path / f"x.{kind}", [merged.root], Q4, format=kind)
    told = table_in_csv(tmp_path / "x.csv")
    assert told["Toàn đơn vị"][5:] == ["5", "20", "25.00"]
    sheet = load_workbook(tmp_path / "x.xlsx", data_only=True)["Theo đơn vị"]
    rows = {row[1]: row[2:] for row in sheet.iter_rows(min_row=7, values_only=True) if row[1]}
    assert rows["Toàn đơn vị"][5:] == (5, 20, 25)
    assert {name for name in rows if "đến" in name} == {
        "Đảng bộ xã Đồng Văn (đến 30/06/2016)",
        "Đảng bộ xã Trung Nguyên (đến 30/06/2016)",
    }
    words = [cell.text for table in Document(tmp_path / "x.docx").tables for cell in table._cells]
    assert "Đảng bộ xã Đồng Văn (đến 30/06/2016)" in words
    assert set(told) - {"Toàn đơn vị"} <= set(words)


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
def test_libreoffice_reckons_what_the_csv_says(merged, tmp_path):
    for kind in ("csv", "xlsx"):
        make.write_file(tmp_path / f"x.{kind}", [merged.root], Q4, format=kind)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    (tmp_path / "made").mkdir()
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            tmp_path / "made",
            tmp_path / "x.xlsx",
        ],
        capture_output=True,
        timeout=300,
        check=True,
    )
    sheet = load_workbook(tmp_path / "made/x.xlsx", data_only=True)["Theo đơn vị"]
    reckoned = {row[1]: row[2:10] for row in sheet.iter_rows(min_row=7, values_only=True) if row[1]}
    for name, cells in table_in_csv(tmp_path / "x.csv").items():
        numbers = [float(cell) if cell else None for cell in cells]
        assert [n if isinstance(n, int | float) else None for n in reckoned[name]] == pytest.approx(numbers)


def test_a_workbook_reckons_only_sums_that_come_out():
    assert make_sum(6, [3, 3], 1) == Sum(6, 1, 2)
    assert make_sum(11, [3, 3], 1) == 11
    assert make_sum(None, [None, None], 1) is None
    assert make_sum(0, [], 1) == 0


def test_the_page_shows_the_ended_communes_and_its_columns_add_up(merged, client):
    page = dashboard.read_page(merged.root, year_period(2016))
    total, rows = dashboard.dashboard_lines(page)
    assert {merged.home, merged.other, merged.new} <= {line.unit for line in rows}
    assert total.row.admitted == sum(line.row.admitted for line in rows) == 5
    assert total.before == sum(line.before for line in rows) == 1
    page = dashboard.read_page(merged.root, periods.half_period(2016, 2))
    total, rows = dashboard.dashboard_lines(page)
    assert total.before == sum(line.before for line in rows) == 1, "both had ended when the half began"
    client.force_login(merged.staff)
    assert "đến 30/06/2016" in markup(client.get("/chi-tieu/?ky=2016"))


def test_a_column_that_does_not_add_up_stops_the_closing(merged):
    Organisation.objects.filter(pk=merged.other.pk).update(valid_to=date(2014, 6, 30))
    stops = [check.words for check in run_checks(Q4) if check.state == "stop"]
    assert [words for words in stops if "Cột" in words] == [
        "Cột “Cùng kỳ năm trước”: các đơn vị cộng bằng tổng số",
        "Cột “Từ đầu năm”: các đơn vị cộng bằng tổng số",
    ]
    with pytest.raises(Refused, match="Từ đầu năm"):
        close_quarter(Q4, by=merged.admin)


def test_quotas_that_do_not_add_up_only_warn(merged):
    factories.quota(merged.new, year_period(2016), 8)
    (warning,) = (check for check in run_checks(Q4) if check.value == "8 ≠ 20")
    assert warning.state == "warn"


BEGIN, LAST = date(2015, 1, 1), date(2016, 12, 31)
DAY = st.integers(0, (LAST - BEGIN).days).map(lambda n: BEGIN + timedelta(days=n))
LIFE = st.tuples(DAY, DAY).map(sorted)
UNIT = st.tuples(LIFE, st.lists(st.integers(0, 1000), max_size=3))
"""The first and last day of a commune, and where between them it admitted someone, in thousandths."""


class AnyLives(PropertyTestCase):
    """Whatever begins and ends when: every column of the table by unit is the sum of its rows."""

    @staticmethod
    def make():
        place = factories.district()
        place.row = factories.admitted(place.rural, place.staff, on=date(2015, 1, 5))
        return place

    @settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(UNIT, min_size=1, max_size=4), st.integers(1, 4))
    def test_rows_add_up_in_every_column(self, lives, n):
        place = self.begin()
        for number, ((first, last), moments) in enumerate(lives):
            facts = {"valid_from": first, "valid_to": last if last < LAST else None}
            base = factories.unit(place.root, Tier.BASE, Kind.COMMUNE, f"Xã {number}", **facts)
            branch = factories.unit(base, Tier.BRANCH, Kind.VILLAGE, "Một", rural=True, **facts)
            for moment in moments:
                copy_admission(place.row, branch, first + (last - first) * moment // 1000)
        quarter = quarter_period(2016, n)
        for period in (quarter, year_period(2016), periods.half_period(2016, 1 + n // 3)):
            self.adds_up(Live(UnitGroup((place.root,)), period))
        live = by_unit_table(Live(UnitGroup((place.root,)), quarter))
        closing = close_quarter(quarter, by=place.admin, checks=[])
        assert by_unit_table(FromClosing(UnitGroup((place.root,)), closing)) == live

    def adds_up(self, source):
        for key, (total, rows, reckoned) in columns_of(by_unit_table(source)).items():
            assert total is None or total == rows, key
            assert total is None or reckoned or not rows
