"""The adjustments of closed quarters, as a page and a report show them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from admissions import workflow
from admissions.models import Dossier
from reports import periods
from reports.closing import adjustments, reading
from reports.closing.close import close_quarter
from reports.exports import adjustments_table, make
from reports.models.closing import QuarterClosing
from reports.periods import quarter_period
from tests import factories
from tests.closings import annul, cells, holds
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)
PAGE = "/bao-cao/2016/4/"


def test_a_late_decision_becomes_an_adjustment_with_who_when_and_why(shut, client):
    facts = {"full_name": "Ngô Thị Muộn", "exception": "Đảng ủy xã nộp muộn"}
    row = factories.admitted(shut.school, shut.staff, on=date(2016, 12, 20), **facts)
    (found,) = adjustments.adjustments_of(shut.closing)
    assert (found.number, found.kind, found.weight, found.by) == (row.number, "added", 1, "Phùng Thị Lan")
    assert found.why == "Đảng ủy xã nộp muộn"
    assert adjustments.net_adjustments(shut.closing, shut.home)["admitted"] == 1
    assert adjustments.net_adjustments(shut.closing, shut.other)["admitted"] == 0
    holds(shut.closing)
    client.force_login(shut.staff)
    page = markup(client.get(PAGE))
    assert "Điều chỉnh sau khi khóa" in page
    assert "Ngô Thị Muộn" in page


def test_an_annulment_takes_one_away_and_gives_its_reason(shut):
    annul(shut.rows[3], shut.leader)
    (found,) = adjustments.adjustments_of(shut.closing)
    assert (found.kind, found.weight, found.why) == ("removed", -1, "sai tiêu chuẩn")
    assert adjustments.net_adjustments(shut.closing, shut.far)["women"] == -1
    holds(shut.closing)


def test_a_corrected_name_and_branch_are_changed_cells(shut):
    row = Dossier.objects.get(pk=shut.rows[0].pk)
    Dossier.objects.filter(pk=row.pk).update(admitted_rural=False)
    person = row.candidate
    person.full_name = "Đỗ Thị Bình"
    changed = {"full_name": ["Đỗ Thị Thanh Bình", "Đỗ Thị Bình"]}
    workflow.edit_dossier(person, row, by=shut.staff, changed=changed, exception="theo giấy khai sinh")
    (found,) = adjustments.adjustments_of(shut.closing)
    assert found.kind == "changed"
    assert {(cell.label, cell.old, cell.new) for cell in found.cells} == {
        ("Họ và tên", "Đỗ Thị Thanh Bình", "Đỗ Thị Bình"),
        ("Chi bộ nông thôn", "có", "không"),
    }
    assert (found.by, bool(found.at), found.why) == ("Phùng Thị Lan", True, "theo giấy khai sinh")
    net = adjustments.net_adjustments(shut.closing, shut.root)
    assert {key: n for key, n in net.items() if n} == {"rural": -1}


def test_a_change_that_no_event_tells_of_says_so(shut):
    Dossier.objects.filter(pk=shut.rows[0].pk).update(admitted_sex="male")
    (found,) = adjustments.adjustments_of(shut.closing)
    assert (found.by, found.at, found.why) == ("", None, "")
    holds(shut.closing)


def test_what_was_recorded_in_the_next_quarter_is_a_table_of_its_own_there(shut, client, tmp_path, settings):
    annul(shut.rows[3], shut.leader)
    client.force_login(shut.staff)
    page = markup(client.get("/bao-cao/2017/1/"))
    assert "Điều chỉnh các quý đã khóa" in page
    assert "sai tiêu chuẩn" in page
    assert "Điều chỉnh các quý đã khóa" not in markup(client.get("/bao-cao/2016/3/"))
    make.write_file(tmp_path / "x.xlsx", [shut.root], Q1)
    assert load_workbook(tmp_path / "x.xlsx")["Điều chỉnh"]["C7"].value == shut.rows[3].number
    settings.TODAY = date(2017, 4, 3)
    close_quarter(quarter_period(2017, 1), by=shut.admin)
    make.write_file(tmp_path / "a.xlsx", [shut.root], Q1)
    annul(shut.rows[0], shut.leader, on=date(2017, 3, 1))
    make.write_file(tmp_path / "b.xlsx", [shut.root], Q1)
    assert cells(tmp_path / "a.xlsx") == cells(tmp_path / "b.xlsx")


def test_a_page_asks_as_much_for_three_adjustments_as_for_one(shut, client):
    client.force_login(shut.staff)
    client.get(PAGE)  # the counter in the menu is asked for once in a while
    asked = []
    for row in shut.rows[:3]:
        annul(row, shut.leader)
        for page in (PAGE, "/bao-cao/2017/1/"):
            with CaptureQueriesContext(connection) as queries:
                assert row.number in markup(client.get(page))
            asked.append(len(queries))
    assert asked[2:4] == asked[4:] == asked[:2]


def test_a_commune_sees_only_its_own_rows_and_adjustments(shut, client):
    annul(shut.rows[3], shut.leader)
    annul(shut.rows[0], shut.leader)
    client.force_login(shut.commune)
    for url in (PAGE, "/bao-cao/2017/1/", f"{PAGE}da-khoa/"):
        page = markup(client.get(url))
        assert "Vũ Thị Dung" not in page
        assert "Đỗ Thị Thanh Bình" in page, url
    assert [row.name for row in adjustments.adjustments_of(shut.closing, shut.home)] == ["Đỗ Thị Thanh Bình"]
    assert client.get(f"{PAGE}da-khoa/?don-vi={shut.other.pk}").status_code == 404


def test_someone_placed_elsewhere_since_is_one_less_here_and_one_more_there(shut):
    Dossier.objects.filter(pk=shut.rows[0].pk).update(
        admitted_branch=shut.far, admitted_commune=shut.other, admitted_rural=True
    )
    seen = {
        unit: [row.kind for row in adjustments.adjustments_of(shut.closing, unit)]
        for unit in (shut.home, shut.other)
    }
    assert seen == {shut.home: ["removed"], shut.other: ["added"]}
    assert [row.cells for row in adjustments.adjustments_of(shut.closing, shut.home)] == [()], (
        "nothing of where they are now"
    )
    holds(shut.closing)


def test_a_years_report_names_the_closed_quarters_in_it(shut):
    year = periods.year_period(2016)
    valid, half = QuarterClosing.objects.valid(), periods.half_period(2016, 1)
    assert [str(closing) for closing in valid.within(year.first, year.last)] == ["2016-q4"]
    assert not valid.within(half.first, half.last)
    foot = adjustments_table.adjustments_foot(factories.source(year, shut.root))
    beginning = reading.group_fingerprint(shut.closing.fingerprint)[:17]
    assert f"Quý đã khóa: IV/2016 ({beginning})" in foot
    assert "Quý đã khóa" not in adjustments_table.adjustments_foot(
        factories.source(periods.half_period(2016, 1), shut.root)
    )
