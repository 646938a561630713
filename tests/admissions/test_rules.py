"""Rules of the field that have no other test of their own, each by its number in the list they come from.

The others bear their number where the thing they are about is tested (test_rule_NN_…).
"""

from datetime import date

import pytest

from admissions import procedure, workflow
from admissions.exceptions import Refused
from admissions.models import Document, Dossier
from admissions.rules import conditions, deadlines, document_numbers, required_papers, working_days
from admissions.rules import warnings as notices
from admissions.states import State
from branches.models import Kind, Mandate, Tier
from tests import factories
from tests.factories import BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db

D = date
ON = D(2016, 12, 5)


@pytest.fixture
def row(district):
    return factories.dossier(district.rural, district.staff)


def said(dossier):
    found = notices.warnings_of(
        dossier, list(dossier.votes.all()), list(dossier.papers.all()), working_days.load_calendar()
    )
    return " ".join(notice.words for notice in found)


def ready(district, **person):
    """A dossier whose branch may meet on `ON`."""
    row = factories.dossier(district.rural, district.staff, person=factories.candidate(**person))
    reach(row, State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch", dated_on=D(2016, 8, 15))
    return row


def vote(row, district, **facts):
    return workflow.perform(row, "branch_agrees", by=district.staff, on=ON, **BRANCH_BALLOT | facts)


def dated(row, district, **days):
    """Give papers their dates, by code without its hyphen."""
    codes = {"kn1": "1-KND", "kn2": "2-KND", "vetting": "TTLL", "kn5": "5-KND"}
    rows = {
        codes[name]: {"had": True, "number": "", "dated_on": day, "note": ""} for name, day in days.items()
    }
    workflow.record_papers(row, rows, by=district.staff)


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


def test_rule_09_what_a_secondary_source_says_only_warns(district, settings):
    settings.TODAY = D(2026, 9, 30)
    row = factories.dossier(
        district.rural,
        district.staff,
        person=factories.candidate(born_on=D(2008, 10, 9)),
        listed_on=D(2026, 8, 3),
    )
    workflow.perform(row, "apply", by=district.staff, on=D(2026, 8, 10))
    factories.have_papers(row, district.staff, "branch", dated_on=D(2026, 8, 10))
    (age, *_) = conditions.check_conditions(row, D(2026, 9, 15))
    assert (age.met, age.blocks) == (False, False)
    workflow.perform(row, "branch_agrees", by=district.staff, on=D(2026, 9, 15), **BRANCH_BALLOT)
    assert "Chưa đủ 18 tuổi" in said(row)


def test_rule_09_the_consent_names_its_number_and_its_date():
    assert conditions.with_number_and_date("12-CV/TU, 01/11/2016")
    assert not conditions.with_number_and_date("12-CV/TU")
    assert not conditions.with_number_and_date("ngày 01/11/2016")


def test_rule_10_education_below_lower_secondary_needs_its_reason(district):
    row = ready(district, education="primary")
    with pytest.raises(Refused, match="cần ghi lý do"):
        vote(row, district)
    row.refresh_from_db()
    row.education_exception = "người dân tộc thiểu số ở vùng đặc biệt khó khăn"
    workflow.edit_dossier(row.candidate, row, by=district.staff, changed={})
    vote(row, district)
    assert row.state == State.RESOLVED


def test_rule_12_papers_follow_each_other_or_a_notice_says_so(district, row):
    dated(row, district, kn1=D(2016, 8, 15), kn2=D(2016, 8, 16), vetting=D(2016, 9, 1), kn5=D(2016, 10, 1))
    assert said(row) == ""
    dated(row, district, kn2=D(2016, 8, 14), kn5=D(2016, 8, 31))
    assert "2-KNĐ ngày 14/08/2016 trước 1-KNĐ ngày 15/08/2016" in said(row)
    assert "5-KNĐ ngày 31/08/2016 trước kết quả thẩm tra ngày 01/09/2016" in said(row)


def test_rule_14_less_than_twelve_months_of_common_work_is_a_notice_but_not_for_one_who_moved_in(district):
    row = ready(district)
    row.introducer_since = D(2015, 12, 6)
    workflow.edit_dossier(row.candidate, row, by=district.staff, changed={})
    vote(row, district)
    assert "chưa đủ 12 tháng" in said(row)
    row.moved_on = D(2016, 6, 1)
    assert "chưa đủ 12 tháng" not in said(row)
    row.moved_on, row.introducer_since = None, D(2015, 12, 5)
    assert "chưa đủ 12 tháng" not in said(row), "twelve months to the day are enough"


def test_rule_17_a_branch_of_two_official_members_is_a_notice(district):
    row = ready(district)
    vote(row, district, members=2, present=2, agree=2, disagree=0)
    assert "Chi bộ có 2 đảng viên chính thức, ít hơn 3" in said(row)


def test_rule_18_the_sections_appraisal_is_asked_for_only_under_a_section(district):
    section = factories.unit(district.home, Tier.SECTION, Kind.OTHER, "Bộ phận khối trường")
    branch = factories.unit(section, Tier.BRANCH, Kind.PUBLIC_UNIT, "Trường Tiểu học")
    for unit, applies in ((branch, True), (district.rural, False)):
        row = factories.dossier(unit, district.staff)
        (need,) = [r for r in required_papers.required_papers(row, "board") if r.paper.code == "7-KND"]
        assert need.applies is applies
    assert need.why_not == "không có đảng ủy bộ phận"


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
    from dataclasses import replace

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


def test_rule_24_a_late_ceremony_without_consent_is_a_notice(district):
    row = reach(
        factories.dossier(district.rural, district.staff), State.DECIDED, district.staff, decide=D(2017, 1, 5)
    )
    Dossier.objects.filter(pk=row.pk).update(decision_received_on=D(2017, 1, 6))
    row.refresh_from_db()
    workflow.perform(row, "ceremony", by=district.staff, on=D(2017, 2, 27))
    assert "Lễ kết nạp quá hạn 24/02/2017" in said(row)


def test_rule_24_with_the_consents_number_and_date_there_is_none(district):
    row = reach(
        factories.dossier(district.rural, district.staff), State.DECIDED, district.staff, decide=D(2017, 1, 5)
    )
    Dossier.objects.filter(pk=row.pk).update(decision_received_on=D(2017, 1, 6))
    row.refresh_from_db()
    consent = "15-CV/HU, 23/02/2017"
    workflow.perform(row, "ceremony", by=district.staff, on=D(2017, 2, 27), consent=consent)
    assert "quá hạn" not in said(row)


def test_rule_25_probation_runs_from_the_ceremony_and_party_age_from_the_decision(district, row):
    reach(row, State.PROBATIONARY, district.staff)
    assert (row.decided_on, row.ceremony_on) == (D(2017, 1, 10), D(2017, 2, 3))
    assert row.probation_ends_on == D(2018, 2, 3)


@pytest.mark.parametrize(
    ("ceremony", "ends"),
    [(D(2016, 2, 29), D(2017, 2, 28)), (D(2015, 12, 31), D(2016, 12, 31)), (D(2016, 1, 31), D(2017, 1, 31))],
)
def test_rule_26_the_official_date_is_the_end_of_probation_even_when_decided_later(
    district, settings, ceremony, ends
):
    settings.TODAY = D(2017, 5, 31)
    staff = district.staff
    row = factories.admitted(district.rural, staff, on=ceremony)
    workflow.perform(row, "hand_over", by=staff, on=ceremony)
    workflow.perform(row, "ceremony", by=staff, on=ceremony)
    assert row.probation_ends_on == ends
    ballot = BRANCH_BALLOT | {"number": document_numbers.propose_number_for(row, "branch", D(2017, 3, 10))}
    workflow.perform(row, "conversion_agreed", by=staff, on=D(2017, 3, 10), **ballot)
    factories.have_papers(row, staff, "conversion", dated_on=D(2017, 3, 10))
    workflow.perform(row, "convert", by=staff, on=D(2017, 5, 30), number="90-QĐ/HU")
    assert row.official_on == ends


READMITTED = {
    "readmission": True,
    "left_before_on": D(2013, 12, 5),
    "left_before_how": "name_deleted",
    "province_consent": "45-CV/TU, 01/11/2016",
}


def readmission(district, **facts):
    row = factories.dossier(district.rural, district.staff, **READMITTED | facts)
    reach(row, State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch", dated_on=D(2016, 8, 15))
    return row


def test_rule_30_readmission_after_thirty_six_months_with_consent_counts_as_both(district):
    row = readmission(district)
    vote(row, district)
    reach(row, State.RESOLVED, district.staff)
    assert row.state == State.RESOLVED


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"left_before_on": D(2013, 12, 6)}, "Kết nạp lại sau ít nhất 36 tháng: từ 06/12/2016"),
        ({"left_before_on": None}, "Chưa ghi ngày ra khỏi Đảng lần trước"),
        ({"province_consent": ""}, "văn bản đồng ý của Ban Thường vụ Tỉnh ủy"),
        ({"province_consent": "đã đồng ý"}, "văn bản đồng ý của Ban Thường vụ Tỉnh ủy"),
        ({"left_before_how": "corruption"}, "Không xét kết nạp lại"),
        ({"left_before_how": "resigned"}, "Không xét kết nạp lại"),
        ({"left_before_how": ""}, "Chưa ghi vì sao ra khỏi Đảng"),
        ({"left_before_how": "minor_crime"}, "Kết nạp lại sau ít nhất 60 tháng: từ 05/12/2018"),
    ],
)
def test_rule_30_what_stands_in_the_way_of_readmission_is_named(district, wrong, words):
    row = readmission(district, **wrong)
    with pytest.raises(Refused) as refusal:
        vote(row, district)
    assert words in " ".join(refusal.value.messages)


def test_rule_30_one_who_left_starts_again_from_the_old_dossier_and_only_once(district, row):
    reach(row, State.PROBATIONARY, district.staff)
    facts = {"how": "name_deleted", "number": "60-QĐ/HU", "reason": "bỏ sinh hoạt"}
    workflow.perform(row, "leave", by=district.staff, on=D(2017, 2, 20), **facts)
    Dossier.objects.filter(pk=row.pk).update(readmission=True)
    row.refresh_from_db()
    again = workflow.start_again(row)
    assert (again.readmission, again.left_before_on, again.candidate) == (True, D(2017, 2, 20), row.candidate)
    again.listed_on = D(2017, 2, 21)
    workflow.enter_dossier(row.candidate, again, by=district.staff)
    assert again.number != row.number
    assert again.certified_on == row.certified_on, "the certificate comes along"
    (once,) = [c for c in conditions.check_conditions(again, D(2020, 3, 1)) if c.key == "once"]
    assert once.blocks


def test_rule_29_after_a_wrong_procedure_it_is_done_again_and_after_wrong_criteria_not(district):
    for kind, may in (("procedure", True), ("criteria", False)):
        row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
        number = document_numbers.propose_number_for(row, "standing", D(2017, 2, 20))
        facts = {"kind": kind, "number": number, "reason": "sai"}
        workflow.perform(row, "annul", by=district.leader, on=D(2017, 2, 20), **facts)
        if may:
            again = workflow.start_again(row)
            assert (again.readmission, again.previous) == (False, row)
        else:
            with pytest.raises(Refused, match="không lập lại được"):
                workflow.start_again(row)


def test_rule_37_a_number_is_given_once_a_term_and_does_not_start_again_in_january(district):
    Mandate.objects.create(unit=district.root, name="XX", since=D(2010, 8, 1))
    Mandate.objects.create(unit=district.root, name="XXI", since=D(2015, 8, 12))
    branch = district.rural
    assert document_numbers.propose_number(branch, "NQ/CB", D(2015, 9, 1)) == "01-NQ/CB"
    row = reach(factories.dossier(branch, district.staff), State.RESOLVED, district.staff)
    assert document_numbers.propose_number(branch, "NQ/CB", D(2017, 1, 1)) == "15-NQ/CB", (
        "runs on over the new year"
    )
    assert document_numbers.propose_number(branch, "NQ/CB", D(2015, 8, 11)) == "01-NQ/CB", (
        "the term before counts for itself"
    )
    other = ready(district, full_name="Lê Thị Hà")
    with pytest.raises(Refused) as refusal:
        workflow.perform(other, "branch_agrees", by=district.staff, on=D(2016, 12, 6), **BRANCH_BALLOT)
    assert refusal.value.message_dict == {
        "number": [
            "Số 14-NQ/CB của Chi bộ thôn Tân Nguyên đã dùng ngày 05/12/2016; số tiếp theo là 15-NQ/CB."
        ]
    }
    (book,) = document_numbers.number_books(branch)
    assert (book.gaps, [doc.number for doc in book.documents]) == ([(1, 13)], ["14-NQ/CB"])
    assert list(Document.objects.get().dossiers.all()) == [row]


def test_rule_39_an_identity_number_that_does_not_fit_is_a_warning_never_a_refusal(client, district):
    from admissions.forms.entry import EntryForm

    form = EntryForm(instance=factories.candidate(), user=district.staff, dossier=Dossier())
    for number, warns in (("026192000123", False), ("026092000123", True), ("026193000123", True)):
        form.cleaned_data = {"citizen_id": number}
        assert bool(form.warnings()) is warns


def test_a_dossier_moves_with_its_certificate_and_a_new_branch_votes_anew(district, row):
    reach(row, State.RESOLVED, district.staff)
    facts = {"branch": district.school, "helper": "Phạm Thị Mới", "number": "03-CN/ĐU"}
    workflow.perform(row, "move", by=district.staff, on=D(2016, 12, 12), **facts)
    assert (row.state, row.branch, row.branch_resolved_on, row.procedure) == (
        *(State.PREPARING, district.school, None, ""),
    )
    assert row.papers.get(code="17-KND").number == "03-CN/ĐU"
    assert row.votes.count() == 1, "the old branch's vote is kept"
    assert not row.papers.get(code="6-KND").had


def test_what_the_base_committee_proposed_goes_on_at_the_new_branch(district, row):
    reach(row, State.APPRAISAL, district.staff)
    facts = {"branch": district.far, "helper": "Phạm Thị Mới"}
    workflow.perform(row, "move", by=district.staff, on=D(2017, 1, 12), **facts)
    assert (row.state, row.commune, row.branch_resolved_on) == (State.APPRAISAL, district.other, ON)
    assert row.papers.filter(code="17B-KND", had=True).exists()
    assert row.events.last().facts["branch"]["words"] == "Chi bộ thôn Báo Văn"


def test_rule_07_rural_is_the_branchs_own_and_frozen_with_its_admissions(district):
    rural = factories.admitted(district.rural, district.staff)
    other = factories.admitted(district.school, district.staff)
    assert (rural.admitted_commune, rural.admitted_rural) == (district.home, True)
    assert (other.admitted_commune, other.admitted_rural) == (district.home, False), "in the same commune"
