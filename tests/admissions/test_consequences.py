"""What a correction moves and what it leaves, before anybody records it."""

from datetime import date

import pytest

from admissions import consequences, workflow
from admissions.consequences import in_one_line, weigh_correction
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.states import State
from admissions.workflow import corrections
from tests import factories
from tests.admissions.histories import all_of
from tests.factories import reach
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)


def weigh(row, by, action="", **values):
    row = Dossier.objects.select_related("candidate__ethnicity", "candidate__religion").get(pk=row.pk)
    target = workflow.find_act(row, row.events.filter(action=action).last().no) if action else None
    return weigh_correction(workflow.draft_correction(row, target, values), by)


def moved(found):
    return {row.label: (row.before, row.after) for row in found.dossier if not row.stays}


def staying(found):
    return {row.label for row in found.dossier if row.stays}


def test_a_moved_ceremony_moves_the_end_of_probation_and_the_limits_after_it(district, row):
    before = all_of(row)
    found = weigh(row, district.staff, "ceremony", on=date(2017, 1, 23))
    assert moved(found)["Ngày lễ kết nạp"] == ("03/02/2017", "23/01/2017")
    assert moved(found)["Hết thời gian dự bị"] == ("03/02/2018", "23/01/2018")
    assert "Ngày ký quyết định kết nạp" in staying(found)
    assert found.figures == [] and found.closed == {}
    assert all_of(row) == before, "nothing is kept"
    assert row.events.filter(action="correct").count() == 0


def test_a_moved_decision_leaves_the_end_of_probation_and_says_so(district, row):
    found = weigh(row, district.staff, "decide", on=date(2017, 1, 9))
    assert moved(found) == {"Ngày ký quyết định kết nạp": ("10/01/2017", "09/01/2017")}
    assert {"Hết thời gian dự bị", "Ngày lễ kết nạp"} <= staying(found)
    assert ("Các việc đã ghi còn đúng", "8 việc") in found.checks


def test_a_branch_meeting_under_another_regulation_says_which_and_what_is_counted_anew(district, row):
    first = weigh(row, district.staff, "apply", on=date(2016, 5, 3))
    assert moved(first) == {
        "Đơn xin vào Đảng": ("15/08/2016", "03/05/2016"),
        "Giấy tờ của hồ sơ còn giá trị": ("15/08/2017", "03/05/2017"),
    }
    found = weigh(row, district.staff, "branch_agrees", agree=14, disagree=2)
    assert moved(found)["Biểu quyết"] == ("đồng ý 15/18, cần 12", "đồng ý 14/18, cần 12")


def test_a_decision_in_another_year_names_the_figures_that_move_in_the_readers_units(district, row):
    workflow.ask_correction(
        workflow.draft_correction(
            Dossier.objects.get(pk=row.pk),
            workflow.find_act(row, row.events.get(action="put_forward").no),
            {"on": date(2016, 12, 29)},
        ),
        by=district.staff,
        reason="gõ nhầm",
    )
    found = weigh(row, district.staff, "decide", on=date(2016, 12, 30))
    counted = [row for row in found.figures if row.why == "Tổng số đảng viên kết nạp"]
    totals = {row.label: (row.before, row.after) for row in counted}
    root = district.root.title
    expected = {f"{root}, năm 2016": ("0", "1"), f"{root}, năm 2017": ("1", "0")}
    assert expected.items() <= totals.items()
    mine = weigh(row, district.branch, "ceremony", on=date(2017, 1, 23)).figures
    assert not any(root in line.label for line in mine)
    assert f"{root}, năm 2016: 0 → 1" in in_one_line(found.figures)


def test_what_a_guard_refuses_has_no_consequences(district, row):
    with pytest.raises(Refused, match="không còn đúng"):
        weigh(row, district.staff, "decide", on=date(2017, 2, 20))


def test_a_wrong_sex_moves_the_women_and_nothing_of_the_dossiers_days(district, row):
    found = weigh(row, district.staff, sex="male")
    assert moved(found) == {"Giới tính": ("Nữ", "Nam")}
    assert {(row.before, row.after) for row in found.figures} == {("1", "0")}


def test_whom_else_it_concerns_is_asked_once(district, row, monkeypatch):
    asked = []
    monkeypatch.setattr(consequences, "companions_of", lambda draft: asked.append(draft) or [])
    monkeypatch.setattr(corrections, "companions_of", lambda draft: asked.append(draft) or [])
    weigh(row, district.staff, "ceremony", on=date(2017, 1, 23))
    assert len(asked) == 1
