"""A closed quarter never changes; what changes in the register shows as adjustments that account for all of it."""

import json
import random
from contextlib import suppress
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Activity
from accounts.roles import Role
from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Candidate, Dossier, Ethnicity
from branches.models import Organisation
from reports import periods
from reports.closing import adjustments, proof, reading
from reports.closing.checks import run_checks
from reports.closing.close import ask_reopening, close_quarter, confirm_reopening
from reports.exports import adjustments_table, make, verify_workbook
from reports.exports import form_2 as report
from reports.figures import figures
from reports.measures import MEASURES
from reports.models.closing import ClosedAdmission, QuarterClosing, UnitTotals
from tests import factories

pytestmark = pytest.mark.django_db
Q4, Q1 = periods.quarter_period(2016, 4), periods.quarter_period(2017, 1)
PAGE = "/bao-cao/2016/4/"


@pytest.fixture
def place(district):
    """Four admitted in Q4/2016 by three branches, one in the same quarter of 2015, one in Q2/2016."""
    staff = district.staff
    district.rows = [
        factories.admitted(district.rural, staff, on=date(2016, 10, 12), in_youth_union=True),
        factories.admitted(district.rural, staff, on=date(2016, 11, 8), full_name="Lê Văn Đạt", sex="male"),
        factories.admitted(district.school, staff, on=date(2016, 11, 9), full_name="Trần Thị Ánh"),
        factories.admitted(district.far, staff, on=date(2016, 12, 10), full_name="Vũ Thị Dung"),
    ]
    factories.admitted(district.far, staff, on=date(2015, 11, 10), full_name="Hà Thị Năm")
    factories.admitted(district.school, staff, on=date(2016, 5, 10), full_name="Bùi Văn Sáu", sex="male")
    factories.quota(district.home, periods.year_period(2016), 4)
    return district


@pytest.fixture
def shut(place):
    place.closing = close_quarter(2016, 4, by=place.admin)
    return place


@pytest.fixture
def second(district):
    return factories.user("quan-tri-2", Role.ADMINISTRATOR, district.root, full_name="Phạm Văn Hai")


def annul(row, by, on=date(2017, 2, 20)):
    facts = {"kind": "criteria", "number": "không số", "reason": "sai tiêu chuẩn"}
    workflow.perform(Dossier.objects.get(pk=row.pk), "annul", by=by, on=on, **facts)


def frozen(closing):
    """Every value that a closing keeps."""
    return (
        list(ClosedAdmission.objects.filter(quarter=closing).order_by("pk").values()),
        list(UnitTotals.objects.filter(quarter=closing).order_by("pk").values()),
        QuarterClosing.objects.values("fingerprint", "adjusted", "closed_at").get(pk=closing.pk),
    )


def cells(path):
    """{sheet: its values} of a workbook, formulas and kept values both."""
    return [
        {
            sheet.title: list(sheet.iter_rows(values_only=True))
            for sheet in load_workbook(path, data_only=kept)
        }
        for kept in (True, False)
    ]


def holds(closing):
    """closed + adjustments = live, for every unit and measure, in two ways."""
    period = periods.quarter_period(closing.year, closing.number)
    for unit in Organisation.objects.all():
        live = figures.count_unit(unit, period, MEASURES.values())
        then, net = reading.closed_totals(closing, unit), adjustments.net_adjustments(closing, unit)
        assert {key: then[key] + net[key] for key in MEASURES} == live, unit
    found = proof.prove_closing(closing)
    assert found.holds, found
    assert adjustments.adjustments_of(closing) == adjustments.adjustments_of(closing, among=None), (
        "the database saw every change"
    )


# Closing


def test_a_closing_keeps_each_admission_and_the_totals_of_every_unit_at_every_level(shut):
    assert list(ClosedAdmission.objects.values_list("full_name", flat=True).order_by("sort_key")) == [
        *("Trần Thị Ánh", "Đỗ Thị Thanh Bình", "Vũ Thị Dung", "Lê Văn Đạt"),
    ]
    for unit in Organisation.objects.all():
        assert {
            key: reading.closed_totals(shut.closing, unit)[key] for key in MEASURES
        } == figures.count_unit(unit, Q4, MEASURES.values())
    holds(shut.closing)


def test_before_and_after_closing_the_report_says_the_same(place):
    def said(units):
        source = factories.source(Q4, *units)
        lines = report.form_2([source, source.so_far()])
        shown = [[line.no, line.label, [cell[:2] for cell in line.cells]] for line in lines]
        total, rows = report.unit_lines(source)
        people = [row.candidate.full_name for row in source.people()]
        return shown, [(r.unit, r.now, r.before, r.cumulative, r.quota) for r in (total, *rows)], people

    units = [*([unit] for unit in Organisation.objects.all()), [place.home, place.other]]
    before = [said(unit) for unit in units]
    close_quarter(2016, 4, by=place.admin)
    for unit, then in zip(units, before, strict=True):
        assert said(unit) == then


def test_the_fingerprint_is_that_of_the_documented_listing(shut):
    import hashlib

    lines = ["2016-q4\x1fdecision"]
    for row in ClosedAdmission.objects.order_by("year", "serial"):
        flags = [getattr(row, f"admitted_{name}") for name in ("minority", "religious", "youth", "owner")]
        flags += [row.admitted_policy_breach, row.admitted_foreign_spouse, row.admitted_again]
        lines.append(
            "\x1f".join(
                [
                    *(str(row.year), str(row.serial), row.decision_number, row.full_name, f"{row.born_on}"),
                    *(row.ethnicity, row.religion, row.admitted_branch.code, row.admitted_commune.code),
                    *(f"{row.decided_on}", f"{row.ceremony_on}" if row.ceremony_on else ""),
                    *(str(int(row.admitted_rural)), row.admitted_sex, str(row.admitted_age)),
                    *(str(int(flag)) for flag in flags),
                    *(row.admitted_occupation, row.admitted_education, row.admitted_qualification),
                    row.admitted_title,
                ]
            )
        )
    text = "".join(f"{line}\n" for line in lines)
    assert hashlib.sha256(text.encode()).hexdigest() == shut.closing.fingerprint


@pytest.mark.parametrize(
    ("day", "days", "said"),
    [
        (date(2017, 4, 10), 10, "đang mở, hạn khóa 10/04/2017"),
        (date(2017, 4, 12), 10, "đang mở, hạn khóa 10/04/2017, quá 2 ngày"),
        (date(2017, 4, 11), 0, "đang mở, quý đã hết ngày 31/03/2017"),
    ],
)
def test_the_quarter_whose_turn_it_is_says_by_when_it_is_to_be_closed(
    shut, client, settings, day, days, said
):
    settings.TODAY, settings.CLOSING_DAYS = day, days
    client.force_login(shut.leader)
    assert said in client.get("/bao-cao/2017/1/").content.decode()
    settings.TODAY = date(2017, 7, 2)
    page = client.get("/bao-cao/2017/2/").content.decode()
    assert "đang mở, quý đã hết ngày 30/06/2017" in page, "the quarter before it comes first"


def test_only_an_administrator_of_the_whole_register_closes(place, client):
    for who in (place.staff, place.leader, place.commune):
        with pytest.raises(Refused):
            close_quarter(2016, 4, by=who)
        client.force_login(who)
        assert client.post(f"{PAGE}khoa/").status_code == 403
    local = factories.user("qt-xa", Role.ADMINISTRATOR, place.home)
    with pytest.raises(Refused):
        close_quarter(2016, 4, by=local)
    assert not QuarterClosing.objects.exists()


def test_the_page_names_what_will_be_fixed_and_one_post_closes(place, client):
    client.force_login(place.admin)
    assert f'hx-get="{PAGE}khoa/" hx-trigger="load" hx-select="#checks"' in client.get(PAGE).content.decode()
    page = client.get(f"{PAGE}khoa/").content.decode()
    assert '<section id="checks">' in page
    assert "Kiểm tra trước khi khóa" in page
    assert "Khóa quý IV/2016" in page
    assert not QuarterClosing.objects.exists()
    assert client.post(f"{PAGE}khoa/").status_code == 302
    assert client.post(f"{PAGE}khoa/").status_code == 422
    assert QuarterClosing.objects.count() == 1
    page = client.get(PAGE).content.decode()
    assert reading.group_fingerprint(QuarterClosing.objects.get().fingerprint) in page
    assert Activity.objects.filter(subject__contains="Khóa quý IV/2016").count() == 1


def test_quarters_close_in_order_from_any_first_one(shut, settings):
    with pytest.raises(Refused, match="Quý chưa hết"):
        close_quarter(2017, 1, by=shut.admin)
    with pytest.raises(Refused, match="chưa khóa"):
        close_quarter(2016, 3, by=shut.admin)
    settings.TODAY = date(2017, 8, 1)
    with pytest.raises(Refused, match="Khóa quý I/2017 trước"):
        close_quarter(2017, 2, by=shut.admin)
    close_quarter(2017, 1, by=shut.admin)
    close_quarter(2017, 2, by=shut.admin)


def test_a_figure_that_comes_out_otherwise_the_second_time_stops_the_closing(place):
    Dossier.objects.filter(pk=place.rows[0].pk).update(admitted_sex="male")
    with pytest.raises(Refused, match="cách thứ hai"):
        close_quarter(2016, 4, by=place.admin)


def test_a_missing_event_stops_the_closing(place):
    Dossier.objects.filter(pk=place.rows[0].pk).update(version=99)
    with pytest.raises(Refused, match="liền mạch"):
        close_quarter(2016, 4, by=place.admin)
    assert not QuarterClosing.objects.exists()


def test_a_decision_that_the_branch_has_not_received_only_warns(place):
    assert "warn" in {check.state for check in run_checks(2016, 4)}
    close_quarter(2016, 4, by=place.admin)


# Nothing moves


def edit_at_random(place, chance):
    """One change of the register by any way there is; some are refused, which is as well."""
    row = chance.choice(Dossier.objects.filter(decided_on__isnull=False).order_by("pk"))
    mine = Dossier.objects.filter(pk=row.pk)
    act = chance.choice(
        ("out", "date", "branch", "person", "annul", "late", "end", "delete", "facts", "tell")
    )
    if act == "out":
        mine.update(decided_on=date(2017, 2, chance.randint(1, 9)), ceremony_on=None)
    elif act == "date":
        day = chance.choice((None, date(2017, 2, 20)))
        mine.update(ceremony_on=day, decision_number=f"{chance.random()}")
    elif act == "branch":
        branch = chance.choice((place.school, place.far, place.rural))
        mine.update(admitted_branch=branch, admitted_commune=branch.parent, admitted_rural=branch.rural)
    elif act == "person":
        group = chance.choice(Ethnicity.objects.order_by("pk"))
        Candidate.objects.filter(dossiers=row).update(ethnicity=group, full_name=f"Người {chance.random()}")
    elif act == "annul" and row.annulled_on is None:
        annul(row, place.leader)
    elif act == "late":
        with suppress(Refused), transaction.atomic():
            factories.admitted(
                place.school, place.staff, on=date(2016, 12, chance.randint(1, 30)), exception="nộp muộn"
            )
    elif act == "end":
        unit = chance.choice((place.far, place.other, place.school))
        Organisation.objects.filter(pk=unit.pk).update(valid_to=date(2016, 1, chance.randint(1, 30)))
    elif act == "delete":
        with pytest.raises((TypeError, DatabaseError)), transaction.atomic():
            chance.choice((ClosedAdmission, UnitTotals, QuarterClosing)).objects.first().delete()
    elif act == "facts":
        mine.update(admitted_age=chance.randint(17, 70), admitted_sex=chance.choice(("male", "female")))
    else:
        workflow.reveal_citizen_id(Dossier.objects.get(pk=row.pk), by=place.staff)


@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_edits_leave_every_value_of_the_closed_workbook_equal(shut, tmp_path, seed):
    chance, before = random.Random(seed), frozen(shut.closing)
    units = ([shut.root], [shut.home], [shut.far], [shut.home, shut.other])
    for n, unit in enumerate(units):
        make.write_file(tmp_path / f"a{n}.xlsx", unit, Q4)
    for _n in range(200):
        edit_at_random(shut, chance)
    assert frozen(shut.closing) == before
    for n, unit in enumerate(units):
        make.write_file(tmp_path / f"b{n}.xlsx", unit, Q4)
        assert cells(tmp_path / f"b{n}.xlsx") == cells(tmp_path / f"a{n}.xlsx")
    assert {row.kind for row in adjustments.adjustments_of(shut.closing)} >= {"added", "removed"}
    holds(shut.closing)


def test_a_closing_is_proved_by_the_day_it_counted_by(shut, settings):
    annul(shut.rows[3], shut.leader)
    settings.COUNTED_BY = "ceremony"
    found = proof.prove_closing(shut.closing)
    assert found.holds and found.adjustments == 1, found


def test_units_that_ended_since_still_show(shut):
    Organisation.objects.filter(pk=shut.other.pk).update(valid_to=date(2016, 2, 1))
    _total, rows = report.unit_lines(factories.source(Q4, shut.root))
    assert shut.other in [row.unit for row in rows]


@pytest.mark.parametrize("model", [QuarterClosing, ClosedAdmission, UnitTotals])
def test_neither_the_model_nor_the_database_lets_a_row_change_or_go(shut, model):
    row = model.objects.first()
    for attempt in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=1)):
        with pytest.raises(TypeError):
            attempt()
    table = model._meta.db_table
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {COLUMNS[model]}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


COLUMNS = {QuarterClosing: "fingerprint = 'x'", ClosedAdmission: "full_name = 'x'", UnitTotals: "own = '{}'"}


# Adjustments


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
    page = client.get(PAGE).content.decode()
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
    page = client.get("/bao-cao/2017/1/").content.decode()
    assert "Điều chỉnh các quý đã khóa" in page
    assert "sai tiêu chuẩn" in page
    assert "Điều chỉnh các quý đã khóa" not in client.get("/bao-cao/2016/3/").content.decode()
    make.write_file(tmp_path / "x.xlsx", [shut.root], Q1)
    assert load_workbook(tmp_path / "x.xlsx")["Điều chỉnh"]["C7"].value == shut.rows[3].number
    settings.TODAY = date(2017, 4, 3)
    close_quarter(2017, 1, by=shut.admin)
    make.write_file(tmp_path / "a.xlsx", [shut.root], Q1)
    annul(shut.rows[0], shut.leader, on=date(2017, 3, 1))
    make.write_file(tmp_path / "b.xlsx", [shut.root], Q1)
    assert cells(tmp_path / "a.xlsx") == cells(tmp_path / "b.xlsx")


def test_a_page_asks_as_much_for_three_adjustments_as_for_one(shut, client):
    client.force_login(shut.staff)
    asked = []
    for row in shut.rows[:3]:
        annul(row, shut.leader)
        for page in (PAGE, "/bao-cao/2017/1/"):
            with CaptureQueriesContext(connection) as queries:
                assert row.number in client.get(page).content.decode()
            asked.append(len(queries))
    assert asked[2:4] == asked[4:] == asked[:2]


def test_a_commune_sees_only_its_own_rows_and_adjustments(shut, client):
    annul(shut.rows[3], shut.leader)
    annul(shut.rows[0], shut.leader)
    client.force_login(shut.commune)
    for url in (PAGE, "/bao-cao/2017/1/", f"{PAGE}da-khoa/"):
        page = client.get(url).content.decode()
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


def test_each_figure_of_a_closed_quarter_opens_a_list_that_is_as_long(shut, client):
    annul(shut.rows[3], shut.leader)
    client.force_login(shut.staff)
    source = factories.source(Q4, shut.root)
    for line in report.form_2([source, source.so_far()]):
        for now, before, *urls in line.cells:
            for number, url in zip((now, before), urls, strict=True):
                if url and number:
                    assert client.get(url).context["page"].paginator.count == number, line.label


# Opening again


def test_reopening_takes_a_reason_and_two_people_and_keeps_the_former_closing(shut, second, client):
    annul(shut.rows[3], shut.leader)
    with pytest.raises(Refused, match="lý do"):
        ask_reopening(shut.closing, by=shut.admin, reason="  ")
    with pytest.raises(Refused):
        ask_reopening(shut.closing, by=shut.leader, reason="sai một ngày")
    with pytest.raises(Refused, match="Chưa có ai"):
        confirm_reopening(shut.closing, by=second)
    client.force_login(shut.admin)
    assert client.post(f"{PAGE}mo-lai/", {"reason": ""}).status_code == 422
    assert client.post(f"{PAGE}mo-lai/", {"reason": "sai một ngày"}).status_code == 302
    asked = QuarterClosing.objects.get().reopen_asked_at.isoformat()
    assert client.post(f"{PAGE}mo-lai/", {"dong-y": "1", "luc": asked}).status_code == 422
    assert reading.valid_closing(2016, 4), "nobody confirms their own request"
    client.force_login(shut.staff)
    assert client.get(f"{PAGE}mo-lai/").status_code == 403
    assert "đề nghị mở lại quý này" not in client.get(PAGE).content.decode()
    client.force_login(shut.leader)
    assert "đề nghị mở lại quý này: “sai một ngày”" in client.get(PAGE).content.decode()
    assert "sai một ngày" in client.get(f"{PAGE}mo-lai/").content.decode()
    assert client.post(f"{PAGE}mo-lai/", {"dong-y": "1", "luc": "khác"}).status_code == 422
    assert client.post(f"{PAGE}mo-lai/", {"dong-y": "1", "luc": asked}).status_code == 302
    assert reading.valid_closing(2016, 4) is None
    page = client.get(f"{PAGE}?lan={shut.closing.pk}").content.decode()
    assert "Bản khóa này đã được thay" in page
    assert reading.group_fingerprint(shut.closing.fingerprint) in page
    assert Activity.objects.filter(subject__contains="mở lại quý IV/2016").exists()
    assert Activity.objects.filter(subject__startswith="Mở lại quý IV/2016: sai một ngày").exists()
    again = close_quarter(2016, 4, by=second)
    assert (again.entries.count(), shut.closing.entries.count()) == (3, 4)
    assert again.fingerprint != shut.closing.fingerprint
    holds(again)


def test_a_former_closing_can_be_reopened_no_more(shut, second):
    ask_reopening(shut.closing, by=shut.admin, reason="sai")
    confirm_reopening(shut.closing, by=second)
    with pytest.raises(Refused):
        confirm_reopening(QuarterClosing.objects.get(), by=second)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuarterClosing.objects.mark(reopened_at=None)


# Verifying


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
    page = verify(client, book).content.decode()
    assert "không như khi khóa" in page


def test_a_workbook_stays_true_whatever_happens_to_the_register(shut, book, client, second):
    annul(shut.rows[0], shut.leader)
    client.force_login(shut.leader)
    assert verify(client, book).context["verdict"].differs == ()
    ask_reopening(shut.closing, by=shut.admin, reason="sai")
    confirm_reopening(shut.closing, by=second)
    close_quarter(2016, 4, by=second)
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
    assert sentence in answer.content.decode()


def test_a_file_that_swells_is_not_unpacked(shut, client):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * (51 * 2**20))
    client.force_login(shut.staff)
    assert "50 MB" in verify(client, packed.getvalue()).content.decode()


def test_a_fingerprint_says_which_quarter_it_is_of(shut, client):
    client.force_login(shut.branch)
    url = "/bao-cao/doi-chieu-ma/"
    page = client.post(
        url, {"code": reading.group_fingerprint(shut.closing.fingerprint).upper()}
    ).content.decode()
    assert "Đúng là mã của quý IV/2016" in page
    assert "Không lần khóa quý nào" in client.post(url, {"code": "0" * 64}).content.decode()


# From the command line


def test_the_commands_close_and_verify(place):
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("close_quarter", "2017", "1", "--by", "quan-tri", stdout=out, stderr=err)
    assert "CHẶN" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_quarter", "2016", "4")
    call_command("close_quarter", "2016", "4", "--by", "quan-tri", stdout=out)
    annul(place.rows[0], place.leader)
    out = StringIO()
    call_command("verify_quarter", "2016", "4", "--json", stdout=out)
    assert json.loads(out.getvalue())["adjustments"] == 1
    with connection.cursor() as cursor:
        for trigger in ("unittotals_stay_update", "closings_stay"):
            cursor.execute(f"DROP TRIGGER {trigger}" if connection.vendor == "sqlite" else "SELECT 1")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_unittotals SET own = json_set(own, '$.women', 77)")
        with pytest.raises(SystemExit):
            call_command("verify_quarter", "2016", "4", stdout=StringIO())


def test_what_a_closing_says_of_a_quarter_without_anyone(district):
    closing = close_quarter(2016, 4, by=district.admin)
    assert closing.entries.count() == 0
    assert reading.closed_totals(closing, district.root)["admitted"] == 0
    holds(closing)


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


def test_the_first_sixteen_digits_are_enough_to_recognise_a_closing(shut):
    found = verify_workbook.of_code(shut.closing.fingerprint[:8] + " " + shut.closing.fingerprint[8:16])
    assert found.closing == shut.closing
    assert found.fingerprint == shut.closing.fingerprint
    assert verify_workbook.of_code("0" * 16).closing is None
    with pytest.raises(Refused, match="16 chữ số đầu"):
        verify_workbook.of_code(shut.closing.fingerprint[:15])
