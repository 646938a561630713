"""Corrections and reports: closed quarters get adjustments, Biểu 2, 2B and the list say the same, files grow old."""

from datetime import date, timedelta

import pytest

from admissions import workflow
from admissions.consequences import weigh_correction
from admissions.meetings import DossierResult, record_meeting
from admissions.models import Dossier, Ethnicity
from notation.dates import now
from reports import jobs, periods, tasks
from reports.closing import adjustments
from reports.closing.close import close_quarter
from reports.closing.outdated import outdated_files
from reports.exports.form_2 import read_report
from reports.exports.report_tables import report_tables
from reports.figures import figures, recount
from reports.measures import MEASURES
from reports.models import Job
from reports.periods import quarter_period
from tests import factories
from tests.closings import holds
from tests.factories import source

pytestmark = pytest.mark.django_db
Q4 = periods.quarter_period(2016, 4)
DEC_27 = date(2016, 12, 27)


def correct(place, row, action="", why="theo bản gốc", **values):
    row = Dossier.objects.select_related("candidate").get(pk=row.pk)
    target = workflow.find_act(row, row.events.filter(action=action).last().no) if action else None
    asked = workflow.ask_correction(
        workflow.draft_correction(row, target, values), by=place.staff, reason=why
    )
    return workflow.agree_correction(asked, by=place.leader)


def cells(units, period):
    """{name of a table: its cells}."""
    return {
        table.key: [row.cells for row in table.rows]
        for table in report_tables(read_report(source(period, *units)))
    }


def test_case_33_a_wrong_sex_and_ethnic_group_are_right_in_every_table(place):
    row = place.rows[0]
    correct(place, row, sex="male", ethnicity=Ethnicity.objects.get(name="Tày"))
    tables = cells([place.root], Q4)
    women = next(line for line in tables["form_2"] if "nữ" in str(line[1]).lower())
    minority = next(line for line in tables["form_2"] if "dân tộc thiểu số" in str(line[1]).lower())
    tay = next(line for line in tables["form_2b"] if line[1] == "Tày")
    assert (women[2], minority[2], tay[2], tay[3]) == (2, 1, 1, 0)
    heads = [column.key for column in list(report_tables(read_report(source(Q4, place.root))))[3].columns]
    line = dict(
        zip(heads, next(line for line in tables["people"] if line[1] == row.candidate.full_name), strict=True)
    )
    assert (line["born_man"], line["born_woman"]) == (row.candidate.born_on, None)
    assert line["ethnicity"] == "Tày"
    assert recount.recount_figures(place.root).agrees


def test_case_33_the_check_tells_of_a_live_fact_that_contradicts_the_frozen_one(place):
    place.rows[0].candidate.sex = "male"
    place.rows[0].candidate.save()
    found = recount.recount_figures(place.root)
    assert not found.agrees
    assert [row.fact for row in found.wrong] == ["admitted_sex"]


def test_case_32_a_decision_of_another_quarter_is_an_adjustment_with_its_reason(place):
    place.closing = close_quarter(quarter_period(2016, 4), by=place.admin)
    row = place.rows[3]
    before = row.events.get(action="put_forward").on
    assert before <= date(2017, 1, 3)
    correct(place, row, "decide", on=date(2017, 1, 3), why="Đọc nhầm từ bản sao mờ")
    (found,) = adjustments.adjustments_of(place.closing)
    assert (found.kind, found.why, found.by) == ("removed", "Đọc nhầm từ bản sao mờ", "Phùng Thị Lan")
    holds(place.closing)
    shown = source(periods.quarter_period(2017, 1), place.root)
    assert [line["why"] for line in shown.adjustments()] == ["Đọc nhầm từ bản sao mờ"]
    assert shown.counts["admitted"] == 1
    assert recount.recount_figures(place.root).agrees


def test_a_decision_corrected_into_a_closed_quarter_is_added_there(place):
    days = {"put_forward": date(2016, 12, 28), "decide": date(2017, 1, 20)}
    late = factories.dossier(place.school, place.staff, person=factories.candidate(full_name="Đào Thị Tám"))
    late = factories.reach(late, "decided", place.staff, receive=date(2016, 12, 27), **days)
    place.closing = close_quarter(quarter_period(2016, 4), by=place.admin)
    correct(place, late, "decide", on=date(2016, 12, 30))
    (found,) = adjustments.adjustments_of(place.closing)
    assert (found.kind, found.why, found.name) == ("added", "theo bản gốc", "Đào Thị Tám")
    holds(place.closing)


def test_a_corrected_fact_of_a_closed_quarter_is_a_changed_cell(shut):
    correct(shut, shut.rows[0], born_on=date(1990, 1, 2), why="theo giấy khai sinh")
    (found,) = adjustments.adjustments_of(shut.closing)
    labels = {cell.label for cell in found.cells}
    assert (found.kind, found.why, {"Ngày sinh", "Tuổi"} <= labels) == (
        "changed",
        "theo giấy khai sinh",
        True,
    )
    holds(shut.closing)


def test_an_act_taken_back_in_a_closed_quarter_is_an_adjustment_too(place):
    place.closing = close_quarter(quarter_period(2016, 4), by=place.admin)
    row = factories.admitted(
        place.school, place.staff, on=date(2016, 12, 20), exception="nộp muộn", full_name="Lê Thị Chín"
    )
    assert [found.kind for found in adjustments.adjustments_of(place.closing)] == ["added"]
    workflow.take_back(Dossier.objects.get(pk=row.pk), by=place.staff, no=row.version)
    assert adjustments.adjustments_of(place.closing) == []
    holds(place.closing)


def test_a_file_made_before_the_correction_is_said_to_be_old(place, settings, tmp_path):
    settings.REPORTS_DIR = tmp_path

    def made(unit, period):
        job = tasks.ask_for_file(unit, period, by=place.staff)
        jobs.run_job(job)
        Job.objects.filter(pk=job.pk).update(finished_at=now() - timedelta(minutes=1))
        return Job.objects.get(pk=job.pk)

    year, other_year = periods.year_period(2016), periods.year_period(2015)
    files = [made(place.root, year), made(place.far, year), made(place.root, other_year)]
    correct(place, place.rows[0], sex="male")
    assert outdated_files(files) == {files[0].pk}
    assert [outdated for _job, _title, outdated in jobs.recent_jobs(place.staff, 3)] == [False, False, True]
    quarter = made(place.root, Q4)
    assert outdated_files([quarter]) == {quarter.pk}
    close_quarter(quarter_period(2016, 4), by=place.admin)
    assert outdated_files([quarter]) == set(), "files of a closed quarter stay as they were made"


def test_a_vote_on_an_admission_that_falls_short_takes_it_out_of_the_closed_quarter_and_puts_it_back(place):
    row = factories.dossier(place.school, place.staff, person=factories.candidate(full_name="Đào Thị Tám"))
    row = factories.reach(row, "awaiting", place.staff, receive=DEC_27, put_forward=DEC_27)
    facts = {"members": 15, "present": 15, "number": "77-QĐ/HU"}
    results = [DossierResult(row, agree=13, disagree=2)]
    record_meeting(place.root, "standing", results, by=place.staff, held_on=date(2016, 12, 30), **facts)
    place.closing = close_quarter(quarter_period(2016, 4), by=place.admin)
    assert source(Q4, place.root).counts["admitted"] == 5
    votes = {"agree": 6, "disagree": 9, "reason": "chưa đủ phiếu"}
    target = workflow.find_act(row, Dossier.objects.get(pk=row.pk).events.get(action="decide").no)
    moved = weigh_correction(
        workflow.draft_correction(Dossier.objects.get(pk=row.pk), target, votes), place.staff
    )
    assert {line.label: (line.before, line.after) for line in moved.closed["quý IV/2016"]}[
        "Tổng số đảng viên kết nạp"
    ] == ("5", "4")
    assert [line.after for line in moved.dossier if line.label == "Trạng thái"] == ["Không kết nạp"]
    correct(place, row, "decide", why="đếm nhầm phiếu", **votes)
    (found,) = adjustments.adjustments_of(place.closing)
    assert (found.kind, found.why, found.name) == ("removed", "đếm nhầm phiếu", "Đào Thị Tám")
    holds(place.closing)
    assert figures.count_unit(place.root, Q4, [MEASURES["admitted"]])["admitted"] == 4
    assert recount.recount_figures(place.root).agrees
    correct(place, row, "decide", agree=13, disagree=2, number="77-QĐ/HU")
    assert adjustments.adjustments_of(place.closing) == []
    holds(place.closing)
    assert recount.recount_figures(place.root).agrees
