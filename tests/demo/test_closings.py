"""The demonstration's closed quarters: what was closed, what came later, and what is true now."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localtime

from admissions.models import Dossier
from reports import periods
from reports.closing import adjustments, close, proof, reading
from reports.closing.checks import run_checks
from reports.figures import figures
from reports.models.closing import ClosedAdmission, QuarterClosing
from reports.periods import quarter_period
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_the_figures_of_the_year_when_closed_and_now(yenlac):
    lines = close.quarter_lines(yenlac.root, periods.year_period(2016))
    assert [(line.then, line.net, line.now) for line in lines] == [
        (48, 1, 49),
        (76, -1, 75),
        (61, 0, 61),
        (None, 0, 83),
    ]
    assert sum(line.now for line in lines) == 268


def test_two_things_came_later_with_who_when_and_why(yenlac):
    found = [
        row for line in close.quarter_lines(yenlac.root, periods.year_period(2016)) for row in line.changes
    ]
    assert [(row.kind, row.why, f"{row.at:%d/%m/%Y}", row.by) for row in found] == [
        ("added", "Đảng ủy xã gửi quyết định sau khi khóa quý", "14/04/2016", "Phùng Thị Lan"),
        ("removed", "sai thẩm quyền", "12/08/2016", "Nguyễn Văn Khánh"),
    ]
    communes = ("Liên Châu", "Tam Hồng")
    assert all(
        yenlac.base[name].path in "".join(row.paths) for row, name in zip(found, communes, strict=True)
    )


def test_a_closing_knew_nothing_that_came_after_its_day(yenlac):
    rows = ClosedAdmission.objects.exclude(ceremony_on=None).select_related("quarter")
    assert {row.number for row in rows if row.ceremony_on > localtime(row.quarter.closed_at).date()} == set()
    waiting = ClosedAdmission.objects.filter(ceremony_on=None).values("dossier")
    assert Dossier.objects.filter(pk__in=waiting).exclude(ceremony_on=None).count() > 50


def test_the_late_decision_was_signed_in_march_and_recorded_in_april(yenlac):
    (late,) = adjustments.adjustments_of(reading.valid_closing(2016, 1))
    dossier = Dossier.objects.get(pk=late.pk)
    event = dossier.events.get(action="decide")
    assert (dossier.decided_on, event.on) == (date(2016, 3, 28), date(2016, 3, 28))
    assert localtime(event.at).date() == date(2016, 4, 14)


def test_the_page_of_the_open_quarter_shows_the_year_its_checks_and_what_will_be_printed(yenlac):
    client = Client()
    client.force_login(yenlac.users["admin"])
    page = client.get("/bao-cao/2016/4/")
    table = markup(page).split("year-closed")[1].split("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", f"<tr{row}").split() for row in table.split("<tr")[2:]]
    assert [row[1:6] for row in rows[:3]] == [
        ["Quý", "I", "48", "+1", "49"],
        ["Quý", "II", "76", "−1", "75"],
        ["Quý", "III", "61", "0", "61"],
    ]
    assert rows[3][1:6] == ["Quý", "IV", "83", "–", "83"]
    assert rows[4][-5:] == ["Năm", "2016", "268", "0", "268"]
    checks = client.get("/bao-cao/2016/4/khoa/").context
    assert (checks["passed"], len(checks["checks"])) == (17, 18), "three communes have not confirmed"
    words = markup(page)
    assert "BẢN NHÁP, QUÝ CHƯA KHÓA" in words
    assert "toàn huyện kết nạp 83 đảng viên, trong đó 52 đảng viên ở chi bộ nông thôn" in words
    for n in (1, 2, 3):
        assert reading.valid_closing(2016, n).fingerprint[:8] in words


@pytest.mark.parametrize("year, n", [(2015, 4), (2016, 1), (2016, 2), (2016, 3)])
def test_every_closing_holds(yenlac, year, n):
    result = proof.prove_closing(reading.valid_closing(year, n))
    assert result.holds, (result.totals, result.live)


def test_the_quarters_are_closed_in_order_and_the_last_one_is_open(yenlac):
    rows = QuarterClosing.objects.order_by("closed_at").values_list("year", "number")
    assert list(rows) == [*((2015, n) for n in (1, 2, 3, 4)), *((2016, n) for n in (1, 2, 3))]
    assert not [check for check in run_checks(quarter_period(2016, 4)) if check.state == "stop"]


def test_what_came_later_stands_in_the_report_of_the_quarter_in_which_it_came(yenlac):
    client = Client()
    client.force_login(yenlac.users["district"])
    for n, said in ((2, "Đảng ủy xã gửi quyết định sau khi khóa quý"), (3, "sai thẩm quyền")):
        page = markup(client.get(f"/bao-cao/2016/{n}/"))
        assert "Điều chỉnh các quý đã khóa" in page
        assert said in page
    assert "Điều chỉnh các quý đã khóa" not in markup(client.get("/bao-cao/2016/4/"))


def test_a_commune_sees_its_own_adjustment_only(yenlac):
    late = reading.valid_closing(2016, 1)
    assert len(adjustments.adjustments_of(late, yenlac.base["Liên Châu"])) == 1
    assert adjustments.adjustments_of(late, yenlac.base["Trung Nguyên"]) == []
    live = figures.count_unit(yenlac.base["Liên Châu"], periods.quarter_period(2016, 1), (figures.ADMITTED,))[
        "admitted"
    ]
    assert reading.closed_totals(late, yenlac.base["Liên Châu"])["admitted"] + 1 == live
