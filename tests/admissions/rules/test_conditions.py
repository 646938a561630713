"""The conditions of a candidate on the day the branch meets."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.rules import conditions, working_days
from admissions.rules import warnings as notices
from admissions.rules.conditions import age_in_months
from admissions.states import State
from notation.births import parse_birth
from tests import factories
from tests.factories import BRANCH_BALLOT, reach
from tests.kept import kept

pytestmark = pytest.mark.django_db

D = date


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


ON = D(2016, 12, 5)


@kept
def row(district):
    return factories.dossier(district.rural, district.staff)


def vote(row, district, **facts):
    return workflow.perform(row, "branch_agrees", by=district.staff, on=ON, **BRANCH_BALLOT | facts)


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
    assert conditions.with_number_and_date("Công văn số 12-CV/TU ngày 05 tháng 02 năm 2016")
    assert conditions.with_number_and_date("12-CV/TU ngày 5 tháng 2 năm 16")
    assert not conditions.with_number_and_date("ngày 05 tháng 02 năm 2016")
    assert not conditions.with_number_and_date("12-CV/TU ngày 31 tháng 02 năm 2016")
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


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (D(1998, 12, 31), D(2016, 12, 1), 216),
        (D(1999, 1, 1), D(2016, 12, 31), 215),
        (D(1956, 12, 5), D(2016, 12, 5), 720),
    ],
)
def test_age_counts_by_the_month(born, on, months):
    assert age_in_months(born, on) == months


def under_294(district, settings, on, **facts):
    """A dossier whose branch would meet on `on`, under the regulation of 2025 unless the day says another."""
    settings.TODAY = on
    person = factories.candidate(**facts)
    row = factories.dossier(district.rural, district.staff, person=person)
    row.certified_on = D(2022, 3, 1)
    return row


def test_scenario_03_a_certificate_of_15_01_2020_has_expired_on_03_02_2025(district, settings):
    row = under_294(district, settings, D(2025, 2, 3))
    for certified, met in ((D(2020, 1, 15), False), (D(2020, 2, 3), True)):
        row.certified_on = certified
        (check,) = [c for c in conditions.check_conditions(row, D(2025, 2, 3)) if c.key == "certificate"]
        assert check.met is met
        assert check.blocks is not met


@pytest.mark.parametrize(("born_on", "years"), [(D(1970, 6, 1), 55), (D(1967, 6, 1), 58)])
def test_scenario_06_women_of_55_and_58_may_be_proposed(district, settings, born_on, years):
    row = under_294(district, settings, D(2025, 10, 6), born_on=born_on, sex="female")
    checks = {check.key: check for check in conditions.check_conditions(row, D(2025, 10, 6))}
    assert checks["age"].met
    assert checks["age"].value.startswith(f"{years} tuổi")


def test_scenario_07_what_a_father_did_is_no_condition(district, settings):
    row = under_294(district, settings, D(2025, 10, 6))
    checks = conditions.check_conditions(row, D(2025, 10, 6))
    assert {check.key for check in checks} == {"age", "education", "certificate"}
    assert all(check.met for check in checks)


@pytest.mark.parametrize(
    ("born", "on", "met", "blocks"),
    [
        ("1999", date(2016, 12, 5), False, True),  # 17 whatever the month
        ("1998", date(2016, 8, 5), None, False),  # 18 if born by August
        ("1998", date(2016, 12, 5), True, False),
        ("8/1998", date(2016, 8, 1), True, False),
        ("9/1998", date(2016, 8, 31), False, True),
        ("1955", date(2016, 12, 5), False, True),  # over 60 whatever the month
        ("1956", date(2016, 8, 5), None, False),
    ],
)
def test_of_a_year_alone_the_age_is_asked_where_the_month_decides(district, born, on, met, blocks):
    birth = parse_birth(born)
    person = factories.candidate(born_on=birth.on, born_precision=birth.precision)
    row = factories.dossier(district.rural, district.staff, person=person)
    age = conditions.check_conditions(row, on)[0]
    assert (age.met, age.blocks) == (met, blocks)
    assert ("ghi cả tháng sinh" in age.sentence) is (met is None)


WRITTEN_OUT = "Công văn số 12-CV/TU ngày 05 tháng 02 năm 2016"


@pytest.mark.parametrize("consent", [WRITTEN_OUT, "12-CV/TU ngày 5 tháng 2 năm 16", "12-CV/TU, 05/02/2016"])
def test_a_consent_whose_date_is_written_out_is_a_consent(district, consent):
    row = factories.dossier(
        district.rural, district.staff, person=factories.candidate(born_on=date(1955, 3, 15))
    )
    age = conditions.check_conditions(row, date(2016, 12, 5), consent=consent)[0]
    assert (age.met, age.blocks) == (True, False)
    again = readmission(district, province_consent=consent)
    consented = {check.key: check for check in conditions.check_conditions(again, date(2016, 12, 5))}[
        "consent"
    ]
    assert (consented.met, consented.blocks) == (True, False)
