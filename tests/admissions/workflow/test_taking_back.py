"""Taking back the act that one has just recorded."""

from datetime import date, timedelta

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.history import describe_event
from admissions.models import Dossier
from admissions.states import State
from admissions.workflow.taking_back import last_act, minutes_left, minutes_to_take_back
from notation.dates import now
from tests import factories
from tests.admissions.histories import all_of
from tests.factories import reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)


def again(row):
    return Dossier.objects.get(pk=row.pk)


def test_the_dossier_is_as_it_was_before(district, row):
    before = all_of(row)
    workflow.perform(row, "decide", by=district.staff, on=date(2017, 1, 10), number="31-QĐ/HU")
    assert all_of(row) != before
    event = workflow.take_back(again(row), by=district.staff, no=row.version)
    assert all_of(row) == before
    assert describe_event(event) == (
        "Phùng Thị Lan hoàn tác việc vừa ghi: Ghi quyết định kết nạp ngày 10/01/2017."
    )
    workflow.perform(again(row), "decide", by=district.staff, on=date(2017, 1, 11), number="31-QĐ/HU")
    assert again(row).decided_on == date(2017, 1, 11), "its number is free again"


def test_only_the_last_act_by_whoever_recorded_it_and_in_time(district, row, settings):
    last = last_act(row)
    with pytest.raises(Refused, match="đã có việc khác"):
        workflow.take_back(again(row), by=district.staff, no=last.no - 1)
    with pytest.raises(Refused, match="chỉ người ghi"):
        workflow.take_back(again(row), by=district.leader, no=last.no)
    assert minutes_left(last) == 15
    assert minutes_left(last, last.at + timedelta(minutes=14, seconds=30)) == 1
    assert minutes_left(last, last.at + timedelta(minutes=15)) == 0
    assert minutes_left(last, last.at - timedelta(hours=9)) == 15, "a clock that went back gives no hours"
    assert minutes_to_take_back(row, last, district.leader) == 0
    settings.TAKE_BACK_MINUTES = 0
    with pytest.raises(Refused, match="đã quá 0 phút"):
        workflow.take_back(again(row), by=district.staff, no=last.no)


def test_not_when_it_was_corrected_since_or_a_correction_waits(district, row):
    draft = workflow.draft_correction(again(row), last_act(row), {"on": date(2017, 1, 6)})
    workflow.ask_correction(draft, by=district.staff, reason="gõ nhầm")
    with pytest.raises(Refused, match="đã có việc sửa sau đó"):
        workflow.take_back(again(row), by=district.staff, no=last_act(row).no)


def test_one_who_left_and_has_a_new_dossier_has_left(district):
    row = reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)
    facts = {"how": "name_deleted", "number": "33-QĐ/HU", "reason": "xin ra"}
    workflow.perform(row, "leave", by=district.staff, on=date(2017, 2, 20), **facts)
    new = workflow.start_again(again(row))
    new.listed_on = date(2017, 2, 21)
    workflow.enter_dossier(new.candidate, new, by=district.staff)
    with pytest.raises(Refused, match="đã lập hồ sơ mới"):
        workflow.take_back(again(row), by=district.staff, no=last_act(row).no)


def test_a_moment_is_reckoned_by_the_registers_own_clock(district, row):
    assert abs(now() - last_act(row).at) < timedelta(minutes=1)
