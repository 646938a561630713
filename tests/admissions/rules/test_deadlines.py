"""Statutory clocks, their extensions and pauses, and how each says its reckoning."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import settings

from admissions import procedure, workflow
from admissions.exceptions import Refused
from admissions.models import Paper
from admissions.rules import deadlines, working_days
from admissions.states import State
from notation.dates import add_months
from tests import factories
from tests.factories import reach
from tests.kept import kept

pytestmark = pytest.mark.django_db

D = date
DAY = timedelta(days=1)


@kept
def row(district):
    return factories.dossier(district.rural, district.staff)


ON = D(2016, 12, 5)


TODAY = D(2017, 2, 27)


def dossier(state, **dates):
    empty = dict.fromkeys(("branch_resolved_on", "decision_received_on", "decided_on", "probation_ends_on"))
    return SimpleNamespace(state=state, **empty | dates)


settings.register_profile("quick", max_examples=60, deadline=None)
settings.load_profile("quick")


def test_rule_02_changing_todays_version_never_changes_an_old_dossiers_limits(district, settings):
    row = reach(
        factories.dossier(district.rural, district.staff),
        State.RESOLVED,
        district.staff,
        apply=D(2016, 4, 4),
        branch_agrees=D(2016, 7, 20),
    )
    settings.TODAY = D(2026, 8, 1)
    assert procedure.version_of(row).key == "qd45-2011"
    assert procedure.version_in_force(settings.TODAY).key == "qd208-2026"


def test_rule_21_an_extension_adds_up_to_thirty_working_days_once_with_a_reason(district, row):
    reach(row, State.APPRAISAL, district.staff)
    due = D(2017, 3, 7)
    version, days = procedure.version_of(row), working_days.load_calendar()
    assert deadlines.running_deadline(row, version, days, D(2017, 2, 27)).due == due
    with pytest.raises(Refused, match="từ 1 đến 30"):
        workflow.perform(row, "extend", by=district.staff, on=D(2017, 2, 20), days=31, reason="thẩm tra thêm")
    row.refresh_from_db()
    workflow.perform(row, "extend", by=district.staff, on=D(2017, 2, 20), days=30, reason="thẩm tra thêm")
    found = deadlines.running_deadline(row, version, days, D(2017, 2, 27))
    assert found.due == days.add(due, 30)[0]
    assert "Đã gia hạn thêm 30 ngày làm việc" in found.sentence
    assert workflow.why_not(row, "extend", district.staff) == "đã gia hạn một lần"


def test_rule_21_a_return_stops_the_clock_only_where_the_version_says_so(district, row):
    reach(row, State.APPRAISAL, district.staff)
    workflow.perform(row, "give_back", by=district.staff, on=D(2017, 1, 12), reason="thiếu dấu")
    workflow.perform(row, "receive", by=district.staff, on=D(2017, 2, 9))
    pauses = deadlines.pauses_of(row.events.all(), D(2017, 2, 27))
    assert pauses == ((D(2017, 1, 12), D(2017, 2, 9)),)
    clock, days = procedure.version_of(row).clock("decision"), working_days.load_calendar()
    runs = deadlines.reckon_deadline(clock, ON, days, D(2017, 2, 27), pauses=pauses)
    stops = deadlines.reckon_deadline(
        replace(clock, stops_on_return=True), ON, days, D(2017, 2, 27), pauses=pauses
    )
    assert runs.due == D(2017, 3, 7)
    assert stops.paused == days.between(D(2017, 1, 12), D(2017, 2, 9)) == 15
    assert stops.due == days.add(runs.due, 15)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("resolved", "due", "left"),
    [
        (D(2016, 12, 5), D(2017, 3, 7), 6),
        (D(2016, 11, 25), D(2017, 2, 27), 0),
        (D(2016, 11, 21), D(2017, 2, 21), -4),
        (D(2016, 12, 9), D(2017, 3, 13), 10),
        (D(2016, 12, 20), D(2017, 3, 22), 17),
    ],
)
def test_rule_21_sixty_working_days_from_the_branch_resolution(resolved, due, left):
    version = procedure.get_version("qd29-2016")
    found = deadlines.running_deadline(
        dossier("appraisal", branch_resolved_on=resolved), version, working_days.load_calendar(), TODAY
    )
    assert (found.due, found.left) == (due, left)


@pytest.mark.django_db
def test_a_deadline_says_its_own_reckoning():
    version = procedure.get_version("qd29-2016")
    found = deadlines.running_deadline(
        dossier("appraisal", branch_resolved_on=D(2016, 12, 5)), version, working_days.load_calendar(), TODAY
    )
    assert found.sentence == (
        "60 ngày làm việc kể từ nghị quyết chi bộ 05/12/2016, không tính 02/01 (Tết Dương lịch, nghỉ bù) "
        "và 5 ngày Tết (26, 27, 30, 31/01 và 01/02)."
    )
    assert (found.words, found.clock.clause, found.mark) == (
        "còn 6 ngày làm việc",
        "QĐ 29, điểm 4.3.1",
        "soon",
    )


@pytest.mark.django_db
def test_rule_23_the_ceremonys_clock_says_that_its_anchor_is_missing():
    version = procedure.get_version("qd29-2016")
    found = deadlines.running_deadline(
        dossier("decided", decided_on=D(2017, 1, 3)), version, working_days.load_calendar(), TODAY
    )
    assert found.due is None
    assert "ngày chi bộ nhận quyết định" in found.missing
    found = deadlines.running_deadline(
        dossier("decided", decision_received_on=D(2017, 1, 6)), version, working_days.load_calendar(), TODAY
    )
    assert (found.due, found.left) == (D(2017, 2, 24), -1)


@pytest.mark.django_db
def test_rule_03_from_2026_the_ceremonys_clock_runs_from_the_decision():
    assert procedure.version_in_force(D(2026, 7, 26)).clock("ceremony").anchor == "decided_on"
    assert procedure.version_in_force(D(2026, 7, 25)).clock("ceremony").anchor == "decision_received_on"


def reckoned(start, length, today=TODAY, **changes):
    clock = replace(procedure.get_version("qd29-2016").clock("decision"), length=length, **changes)
    return deadlines.reckon_deadline(clock, start, working_days.load_calendar(), today)


def test_a_limit_names_the_worked_saturdays_in_both_its_forms():
    found = reckoned(D(2014, 1, 24), 60, today=D(2014, 4, 29))
    assert (found.due, found.short) == (D(2014, 4, 26), "quá 2 ngày")
    assert "tính cả ngày làm bù 25/01, 08/02 và 26/04." in found.sentence
    assert "tính cả ngày làm bù 25/01, 08/02 và 26/04 (" in found.brief


def test_a_worked_saturday_is_named_where_no_day_off_lies_between():
    found = reckoned(D(2014, 4, 21), 5)
    assert found.due == D(2014, 4, 26)
    assert found.sentence == "5 ngày làm việc kể từ nghị quyết chi bộ 21/04/2014, tính cả ngày làm bù 26/04."


def test_whoever_recounts_from_the_sentence_reaches_the_same_day():
    start, found = D(2014, 1, 24), reckoned(D(2014, 1, 24), 60)
    off, worked = {day for day, _name in found.skipped}, set(found.worked)
    day, number = start, 0
    while number < 60:
        day += timedelta(days=1)
        number += day in worked or (day.weekday() < 5 and day not in off)
    assert day == found.due


@pytest.mark.parametrize("key", ["certificate", "probation", "papers"])
def test_a_limit_in_months_needs_no_calendar_of_its_years(key):
    clock = procedure.get_version("qd294-2025").clock(key)
    found = deadlines.reckon_deadline(clock, D(2029, 3, 1), working_days.load_calendar(), D(2029, 3, 1))
    assert found.due == add_months(D(2029, 3, 1), clock.length)
    assert found.missing == ""
    days = (found.due - D(2029, 3, 1)).days
    assert found.words == found.short == f"còn {days} ngày theo lịch"
    late = deadlines.reckon_deadline(clock, D(2029, 3, 1), working_days.load_calendar(), found.due + DAY * 3)
    assert (late.words, late.mark) == ("quá 3 ngày theo lịch", "late")


def test_a_limit_in_working_days_still_asks_for_the_calendar():
    found = reckoned(D(2031, 3, 3), 60)
    assert found.due is None
    assert "Chưa có lịch ngày nghỉ năm 2031" in found.missing


def test_a_limit_that_is_known_stays_known_when_the_year_of_today_has_no_calendar():
    found = reckoned(D(2016, 12, 5), 60, today=D(2035, 1, 2))
    assert found.due == D(2017, 3, 7)
    assert found.mark == "late"


def test_the_reply_to_a_vetting_is_due_from_its_request(district, row):
    reach(row, State.PREPARING, district.staff)
    version, days = procedure.get_version("qd294-2025"), working_days.load_calendar()
    assert deadlines.deadline_of_clock(row, version.clock("vetting"), days, TODAY).due is None
    for code, length in (("YC-TTLL", 30), ("YC-TTNN", 90)):
        Paper.objects.create(dossier=row, code=code, dated_on=D(2016, 9, 5))
        key = "vetting" if length == 30 else "vetting_abroad"
        found = deadlines.deadline_of_clock(row, version.clock(key), days, TODAY)
        assert found.due == days.add(D(2016, 9, 5), length)[0]


def test_papers_hold_for_twelve_months_and_hold_again_when_they_were_made_anew(district, row):
    reach(row, State.PREPARING, district.staff, apply=D(2015, 11, 2))
    clock, days = procedure.version_of(row).clock("papers"), working_days.load_calendar()
    assert deadlines.deadline_of_clock(row, clock, days, TODAY).due == D(2016, 11, 2)
    Paper.objects.create(dossier=row, code="3-KND", dated_on=D(2016, 11, 10))
    row = type(row).objects.get(pk=row.pk)
    assert deadlines.deadline_of_clock(row, clock, days, TODAY).due == D(2016, 11, 2), "the second is old"
    Paper.objects.create(dossier=row, code="3A-KND", dated_on=D(2016, 11, 14))
    row = type(row).objects.get(pk=row.pk)
    assert deadlines.deadline_of_clock(row, clock, days, TODAY).due == D(2017, 11, 10)
