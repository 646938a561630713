"""The steps of a dossier as its page lists them."""

from datetime import date

import pytest

from accounts.roles import Role
from admissions import procedure, workflow
from admissions.models import Dossier, deciding_body_of
from admissions.rules import progress
from admissions.states import State
from branches.models import Kind, Tier
from tests import factories
from tests.factories import reach
from tests.kept import kept

pytestmark = pytest.mark.django_db

D = date


def steps(row):
    row = Dossier.objects.get(pk=row.pk)
    return progress.steps_of(row, procedure.version_of(row), list(row.votes.all()), list(row.papers.all()))


def keys(row):
    return [line.step.key for line in steps(row)]


@kept
def village(district):
    """A village branch directly under a commune whose committee decides: no district above it."""
    province = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Phú Thọ")
    commune = factories.unit(province, Tier.BASE, Kind.COMMUNE, "Tam Hồng")
    return factories.unit(commune, Tier.BRANCH, Kind.VILLAGE, "Lâm Xuyên", rural=True)


def test_a_branch_under_a_base_committee_has_the_base_step(district):
    assert "base" in keys(factories.dossier(district.rural, district.staff))


def test_a_branch_directly_under_the_deciding_committee_has_no_base_step(district, village, settings):
    settings.TODAY = D(2026, 8, 3)
    for branch in (village, district.firm):
        staff = factories.user(
            f"can-bo-{branch.pk}",
            Role.BOARD_STAFF,
            deciding_body_of(branch.base_organisation, D(2026, 8, 3))[0],
        )
        row = factories.dossier(branch, staff, listed_on=D(2026, 7, 1))
        assert not {"base", "conversion_base"} & set(keys(row))
        assert not row.has_base_step()


def test_a_resolution_of_such_a_branch_goes_to_the_board_without_the_base_committee(district, village):
    staff = factories.user("tinh", Role.BOARD_STAFF, village.parent.parent)
    row = reach(factories.dossier(village, staff), State.RESOLVED, staff)
    assert "tự quyết định, không có bước đề nghị" in str(workflow.why_not(row, "base_agrees", staff))
    assert "đảng ủy cơ sở" not in str(workflow.why_not(row, "receive", staff))


def test_permission_to_begin_is_a_step_that_may_be_recorded(district):
    row = factories.dossier(district.rural, district.staff)
    assert keys(row)[:4] == ["listing", "class", "permission", "application"]
    (line,) = [line for line in steps(row) if line.step.key == "permission"]
    assert line.state == "todo", "the next step is never an optional one"
    paper = {"had": True, "number": "12-TB/ĐU", "dated_on": D(2015, 12, 1), "note": ""}
    workflow.record_papers(row, {"CP-LTT": paper}, by=district.staff)
    (line,) = [line for line in steps(row) if line.step.key == "permission"]
    assert (line.state, line.on) == ("done", D(2015, 12, 1))


def test_permission_that_was_passed_over_unrecorded_is_left_out(district):
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    assert "permission" not in keys(row)


def test_scenario_04_party_age_runs_from_the_decision_and_probation_from_the_ceremony(district, settings):
    settings.TODAY = D(2024, 10, 1)
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    Dossier.objects.filter(pk=row.pk).update(
        procedure="qd24-2022", decided_on=D(2024, 8, 25), decision_received_on=D(2024, 8, 30)
    )
    row = Dossier.objects.get(pk=row.pk)
    workflow.perform(row, "ceremony", by=district.staff, on=D(2024, 9, 15))
    row = Dossier.objects.get(pk=row.pk)
    assert row.probation_ends_on == D(2025, 9, 15)
    (line,) = [line for line in steps(row) if line.step.key == "decision"]
    assert line.on == D(2024, 8, 25)
    assert "tuổi Đảng tính từ ngày này" in str(line.how)
