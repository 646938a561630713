"""What looks wrong about a dossier and never blocks."""

from datetime import date, timedelta

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules import warnings as notices
from admissions.rules import working_days
from admissions.states import State
from tests import factories
from tests.factories import BRANCH_BALLOT, reach
from tests.kept import kept

pytestmark = pytest.mark.django_db

D = date


@kept
def row(district):
    return factories.dossier(district.rural, district.staff)


def said(dossier):
    found = notices.warnings_of(
        dossier, list(dossier.votes.all()), list(dossier.papers.all()), working_days.load_calendar()
    )
    return " ".join(notice.words for notice in found)


def dated(row, district, **days):
    """Give papers their dates, by code without its hyphen."""
    codes = {"kn1": "1-KND", "kn2": "2-KND", "vetting": "TTLL", "kn5": "5-KND"}
    rows = {
        codes[name]: {"had": True, "number": "", "dated_on": day, "note": ""} for name, day in days.items()
    }
    workflow.record_papers(row, rows, by=district.staff)


def ready(district, **person):
    """A dossier whose branch may meet on `ON`."""
    row = factories.dossier(district.rural, district.staff, person=factories.candidate(**person))
    reach(row, State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch", dated_on=D(2016, 8, 15))
    return row


ON = D(2016, 12, 5)


def vote(row, district, **facts):
    return workflow.perform(row, "branch_agrees", by=district.staff, on=ON, **BRANCH_BALLOT | facts)


def test_rule_12_papers_follow_each_other_or_a_notice_says_so(district, row):
    dated(row, district, kn1=D(2016, 8, 15), kn2=D(2016, 8, 16), vetting=D(2016, 9, 1), kn5=D(2016, 10, 1))
    assert said(row) == ""
    dated(row, district, kn2=D(2016, 8, 14), kn5=D(2016, 8, 31))
    assert "2-KNĐ ngày 14/08/2016 trước 1-KNĐ ngày 15/08/2016" in said(row)
    assert "5-KNĐ ngày 31/08/2016 trước kết quả thẩm tra ngày 01/09/2016" in said(row)


def test_rule_14_under_twelve_months_of_common_work_warns_unless_one_moved_in(district):
    row = ready(district)
    row.introducer_since = D(2015, 12, 6)
    workflow.edit_dossier(row.candidate, row, by=district.staff, changed={})
    vote(row, district)
    assert "chưa đủ 12 tháng" in said(row)
    row.moved_on = D(2016, 6, 1)
    assert "chưa đủ 12 tháng" not in said(row)
    row.moved_on, row.introducer_since = None, D(2015, 12, 5)
    assert "chưa đủ 12 tháng" not in said(row), "twelve months to the day are enough"


TWO = {"members": 2, "present": 2, "agree": 2, "disagree": 0}


def test_rule_17_a_branch_of_two_official_members_does_not_vote(district):
    row = ready(district)
    with pytest.raises(Refused, match="Chi bộ có 2 đảng viên chính thức, ít hơn 3"):
        vote(row, district, **TWO)


def test_rule_17_is_a_notice_under_a_regulation_known_from_a_secondary_source(district):
    row = factories.dossier(district.rural, district.staff)
    reach(row, State.PREPARING, district.staff, apply=D(2016, 6, 1))
    factories.have_papers(row, district.staff, "branch", dated_on=D(2016, 6, 2))
    workflow.perform(row, "branch_agrees", by=district.staff, on=D(2016, 7, 20), **BRANCH_BALLOT | TWO)
    assert "Chi bộ có 2 đảng viên chính thức, ít hơn 3" in said(row)


def test_rule_24_a_late_ceremony_without_consent_is_a_notice(district):
    row = reach(
        factories.dossier(district.rural, district.staff), State.DECIDED, district.staff, decide=D(2017, 1, 5)
    )
    Dossier.objects.filter(pk=row.pk).update(decision_received_on=D(2017, 1, 6))
    row.refresh_from_db()
    workflow.perform(row, "ceremony", by=district.staff, on=D(2017, 2, 27))
    assert "Lễ kết nạp quá hạn 24/02/2017" in said(row)


@pytest.mark.parametrize(
    "consent", ["15-CV/HU, 23/02/2017", "Công văn số 15-CV/HU ngày 23 tháng 02 năm 2017"]
)
def test_rule_24_with_the_consents_number_and_date_there_is_none(district, consent):
    row = reach(
        factories.dossier(district.rural, district.staff), State.DECIDED, district.staff, decide=D(2017, 1, 5)
    )
    Dossier.objects.filter(pk=row.pk).update(decision_received_on=D(2017, 1, 6))
    row.refresh_from_db()
    workflow.perform(row, "ceremony", by=district.staff, on=D(2017, 2, 27), consent=consent)
    assert "quá hạn" not in said(row)


def under_294(row, settings, today, **columns):
    """`row` under the regulation of 2025, on `today`."""
    settings.TODAY = today
    Dossier.objects.filter(pk=row.pk).update(procedure="qd294-2025", **columns)
    return Dossier.objects.get(pk=row.pk)


def test_papers_older_than_twelve_months_warn_and_name_what_is_made_anew(district, row, settings):
    reach(row, State.PREPARING, district.staff)
    row = under_294(row, settings, D(2026, 1, 15), applied_on=D(2025, 1, 15))
    assert "Giấy tờ của hồ sơ" not in said(row), "twelve months to the day still hold"
    settings.TODAY = D(2026, 1, 16)
    assert (
        "Giấy tờ của hồ sơ còn giá trị: hết hạn 15/01/2026 (HD 06, điểm 5.4a). "
        "Phải làm lại: 3-KNĐ, 3-KNĐ (người thứ hai)." in said(row)
    )
    assert workflow.why_not(row, "branch_agrees", district.staff) is None, "it never blocks"


def test_papers_of_a_vetting_that_is_late_warn_until_the_reply_is_there(district, row, settings):
    reach(row, State.PREPARING, district.staff)
    row = under_294(row, settings, D(2025, 12, 1), applied_on=D(2025, 9, 1))
    paper = {"had": True, "number": "", "dated_on": D(2025, 9, 8), "note": ""}
    workflow.record_papers(row, {"YC-TTLL": paper}, by=district.staff)
    due = working_days.load_calendar().add(D(2025, 9, 8), 30)[0]
    assert f"ở trong nước trả lời: hết hạn {due:%d/%m/%Y} (HD 06, điểm 3.4d)" in said(row)
    workflow.record_papers(row, {"TTLL": paper | {"dated_on": D(2025, 10, 1)}}, by=district.staff)
    assert "trả lời" not in said(Dossier.objects.get(pk=row.pk))


def test_the_members_cv_is_due_thirty_working_days_after_the_ceremony(district, row, settings):
    reach(row, State.PROBATIONARY, district.staff)
    settings.TODAY = D(2018, 1, 2)
    assert "lý lịch đảng viên" not in said(row), "before 2022 there is no source: the limit is only shown"
    row = under_294(row, settings, D(2017, 2, 27))
    due = working_days.load_calendar().add(D(2017, 2, 3), 30)[0]
    settings.TODAY = due
    assert "lý lịch đảng viên" not in said(row)
    settings.TODAY = due + timedelta(days=1)
    assert f"Đảng viên mới khai lý lịch đảng viên: hết hạn {due:%d/%m/%Y}" in said(row)
    paper = {"had": True, "number": "", "dated_on": D(2017, 2, 20), "note": ""}
    workflow.record_papers(row, {"LL-DV": paper}, by=district.staff)
    assert "lý lịch đảng viên" not in said(Dossier.objects.get(pk=row.pk))


def test_scenario_02_two_years_of_common_work_are_enough_however_long_a_member(district, row, settings):
    reach(row, State.PREPARING, district.staff)
    row = under_294(row, settings, D(2025, 12, 1), applied_on=D(2025, 9, 1), introducer_since=D(2023, 9, 1))
    assert "Người giới thiệu" not in said(row)


def test_scenario_10_the_branch_committee_concludes_only_after_the_vetting(district, row):
    reach(row, State.PREPARING, district.staff)
    dated(row, district, kn5=D(2016, 9, 1))
    assert "khi chưa có kết quả thẩm tra lý lịch" in said(row)
    dated(row, district, vetting=D(2016, 9, 2))
    row = Dossier.objects.get(pk=row.pk)
    assert "khi chưa có kết quả" not in said(row)
    assert "5-KNĐ ngày 01/09/2016 trước kết quả thẩm tra ngày 02/09/2016" in said(row)


def test_rule_37_a_second_person_under_one_decision_is_a_notice_on_both(district):
    """Two decisions of one day under 31-QĐ/HU; 9-KNĐ names one person."""
    first = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    assert "mỗi người một quyết định" not in said(first)
    second = reach(factories.dossier(district.far, district.staff), State.DECIDED, district.staff)
    assert first.decision_number == second.decision_number
    assert f"Quyết định 31-QĐ/HU còn ghi cho Đỗ Thị Thanh Bình ({second.number})" in said(first)
    assert first.number in said(second)


def test_rule_37_so_is_a_second_person_under_one_decision_of_conversion(district):
    rows = []
    for branch in (district.rural, district.far):
        row = reach(factories.dossier(branch, district.staff), State.PROBATIONARY, district.staff)
        Dossier.objects.filter(pk=row.pk).update(probation_ends_on=D(2017, 2, 3), failed_conversions=3)
        row.refresh_from_db()
        workflow.perform(row, "recognise_reviewed", by=district.staff, on=D(2017, 2, 20), number="90-QĐ/HU")
        rows.append(row)
    assert "Quyết định 90-QĐ/HU còn ghi cho" in said(rows[0])
