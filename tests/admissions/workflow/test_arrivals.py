"""Someone who comes from another district or province: followed here, counted where the decision was signed."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Document, Dossier
from admissions.states import State
from admissions.workflow import Arrival, Stage
from reports import periods
from reports.exports.companion_lists import companion_table
from reports.figures import figures, recount
from reports.measures import MEASURES
from tests import factories

pytestmark = pytest.mark.django_db

ON = date(2017, 2, 20)
PLACE = {"on": ON, "place": "huyện Bình Xuyên", "number": "12-GT/HU"}
SIGNED = {"elsewhere_on": date(2016, 1, 5), "elsewhere_number": "77-QĐ/HU"}
HELD = {"ceremony_on": date(2016, 2, 1)}
RESOLVED = {"branch_resolved_on": date(2016, 12, 1), "base_resolved_on": date(2016, 12, 10)}


def dossier(branch):
    return Dossier(
        branch=branch,
        introduction="two_members",
        introducer="Lê Văn Toản",
        second_introducer="Nguyễn Văn Thực",
        helper="Nguyễn Văn Thực",
    )


def arrive(district, stage, by=None, **facts):
    arrival = Arrival(stage=stage, **PLACE | facts)
    row = dossier(district.rural)
    return workflow.take_up_arrival(factories.candidate(), row, arrival, by=by or district.staff)


def test_who_arrives_on_probation_is_followed_to_conversion_and_counted_nowhere(district):
    row = arrive(district, Stage.PROBATIONARY, **SIGNED, **HELD)
    assert (row.state, row.probation_ends_on, row.procedure) == (
        State.PROBATIONARY,
        date(2017, 2, 1),
        "qd45-2011",
    )
    assert (row.decided_on, row.decision_number, row.admitted_branch) == (None, "", None)
    assert not Document.objects.exists(), "no number of this register's bodies was used"
    for year in (2016, 2017):
        counts = figures.count_by_unit(district.root, periods.year_period(year), tuple(MEASURES.values()))
        assert not any(number for unit in counts.values() for number in unit.values())
    ballot = factories.BRANCH_BALLOT | {"number": "01-NQ/CB"}
    workflow.perform(row, "conversion_agreed", by=district.staff, on=date(2017, 2, 21), **ballot)
    ballot = factories.BASE_BALLOT | {"number": "01-NQ/ĐU"}
    workflow.perform(row, "conversion_proposed", by=district.staff, on=date(2017, 2, 22), **ballot)
    factories.have_papers(row, district.staff, "conversion", dated_on=date(2017, 2, 22))
    workflow.perform(row, "convert", by=district.staff, on=date(2017, 2, 27), number="01-QĐ/HU")
    assert (row.state, row.official_on) == (State.OFFICIAL, date(2017, 2, 1))
    assert recount.recount_figures(district.root).agrees


def test_the_list_of_conversions_names_the_decision_of_the_other_place(district):
    arrive(district, Stage.PROBATIONARY, **SIGNED, **HELD)
    source = factories.source(periods.year_period(2017), district.root)
    (row,) = companion_table("den-han", source).rows
    assert {"77-QĐ/HU", date(2016, 1, 5), date(2017, 2, 1)} <= set(row.cells)


def test_a_decision_without_a_ceremony_is_awaited_here(district):
    row = arrive(district, Stage.DECIDED, **SIGNED)
    source = factories.source(periods.year_period(2017), district.root)
    assert len(companion_table("chua-le", source).rows) == 1
    workflow.perform(row, "ceremony", by=district.staff, on=date(2017, 2, 24))
    assert (row.state, row.probation_ends_on) == (State.PROBATIONARY, date(2018, 2, 24))
    assert not row.stands


def test_what_is_still_to_be_decided_becomes_this_registers_admission(district):
    row = arrive(district, Stage.PROPOSED, **RESOLVED)
    assert (row.state, row.received_on, row.procedure) == (State.APPRAISAL, ON, "qd29-2016")
    assert row.papers.get(code="17B-KND").number == "12-GT/HU"
    factories.have_papers(row, district.staff, "branch", "board", dated_on=date(2016, 12, 1))
    workflow.perform(row, "put_forward", by=district.staff, on=date(2017, 2, 21))
    workflow.perform(row, "decide", by=district.staff, on=date(2017, 2, 24), number="31-QĐ/HU")
    counts = figures.count_by_unit(district.root, periods.year_period(2017))
    assert counts[district.rural.pk]["admitted"] == 1


@pytest.mark.parametrize(
    ("stage", "facts", "field", "words"),
    [
        (Stage.PROPOSED, {}, "branch_resolved_on", "Cần ghi"),
        (Stage.DECIDED, {"elsewhere_on": date(2016, 1, 5)}, "elsewhere_number", "Cần ghi"),
        (Stage.PROBATIONARY, SIGNED, "ceremony_on", "Cần ghi"),
        (
            Stage.PROBATIONARY,
            SIGNED | {"ceremony_on": date(2016, 1, 4)},
            "ceremony_on",
            "trước ngày 05/01/2016",
        ),
        (Stage.PROBATIONARY, SIGNED | HELD | {"on": date(2016, 1, 20)}, "ceremony_on", "trước ngày nhận"),
        (Stage.DECIDED, SIGNED | {"elsewhere_on": date(2010, 1, 5)}, "elsewhere_on", "Chưa có bộ quy định"),
    ],
)
def test_what_a_stage_needs_is_asked_at_its_field(district, stage, facts, field, words):
    with pytest.raises(Refused) as refusal:
        arrive(district, stage, **facts)
    assert words in refusal.value.message_dict[field][0]
    assert not Dossier.objects.exists()


def test_only_those_take_someone_up_who_enter_and_appraise_there(district):
    for person in (district.branch, district.commune, district.leader):
        with pytest.raises(Refused, match="việc này do người có quyền"):
            arrive(district, Stage.PROBATIONARY, by=person, **SIGNED, **HELD)


def test_a_decision_of_another_place_is_not_annulled_here(district):
    row = arrive(district, Stage.PROBATIONARY, **SIGNED, **HELD)
    assert "nơi khác ký (huyện Bình Xuyên)" in workflow.why_not(row, "annul", district.leader)


def test_under_hd_06_the_new_place_decides_within_thirty_working_days(district, settings, client):
    settings.TODAY = date(2025, 10, 1)
    resolved = {"branch_resolved_on": date(2025, 8, 4), "on": date(2025, 9, 3)}
    row = arrive(district, Stage.PROPOSED, **resolved)
    client.force_login(district.staff)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Nơi mới quyết định kết nạp" in page
    assert "15/10/2025" in page, "30 working days from Wednesday 03/09/2025"


def test_a_decision_signed_too_long_after_the_transfer_is_not_taken_over(district, settings):
    settings.TODAY = date(2025, 12, 1)
    late = {
        "transferred_on": date(2025, 8, 11),
        "elsewhere_on": date(2025, 9, 25),
        "elsewhere_number": "5-QĐ/ĐU",
    }
    with pytest.raises(Refused, match="nơi cũ hủy quyết định"):
        arrive(district, Stage.DECIDED, **late, on=date(2025, 10, 1))
    in_time = late | {"elsewhere_on": date(2025, 9, 24)}
    assert arrive(district, Stage.DECIDED, **in_time, on=date(2025, 10, 1)).state == State.DECIDED
