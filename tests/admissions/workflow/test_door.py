"""The one door: who may do what, and that each act leaves one event."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier
from admissions.states import State
from tests import factories
from tests.factories import BASE_BALLOT, BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db


def test_the_road_leads_from_the_source_list_to_official_membership(district, listed):
    staff = district.staff
    reach(listed, State.PROBATIONARY, staff)
    assert listed.probation_ends_on == date(2018, 2, 3)
    Dossier.objects.filter(pk=listed.pk).update(
        ceremony_on=date(2016, 1, 20),
        probation_ends_on=date(2017, 1, 20),
        **dict.fromkeys(
            (
                "applied_on",
                "branch_resolved_on",
                "base_resolved_on",
                "received_on",
                "decided_on",
                "put_forward_on",
                "decision_received_on",
            ),
            date(2015, 12, 1),
        ),
    )
    listed.refresh_from_db()
    ballot = BRANCH_BALLOT | {"number": "15-NQ/CB"}
    workflow.perform(listed, "conversion_agreed", by=staff, on=date(2017, 2, 6), **ballot)
    ballot = BASE_BALLOT | {"number": "63-NQ/ĐU"}
    workflow.perform(listed, "conversion_proposed", by=staff, on=date(2017, 2, 10), **ballot)
    assert "10-KNĐ" in workflow.why_not(listed, "convert", staff)
    factories.have_papers(listed, staff, "conversion")
    workflow.perform(listed, "convert", by=staff, on=date(2017, 2, 20), number="77-QĐ/HU")
    assert listed.state == State.OFFICIAL
    assert listed.official_on == date(2017, 1, 20), (
        "the end of the twelve months, though decided a month later"
    )


def test_each_act_leaves_one_event_with_both_states_and_its_facts(district, listed):
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    event = listed.events.last()
    assert (event.no, event.action, event.from_state, event.to_state) == (
        2,
        "apply",
        State.LISTED,
        State.PREPARING,
    )
    assert (event.on, event.by) == (date(2016, 8, 15), district.staff)


def test_a_second_click_changes_nothing(district, listed):
    twice = Dossier.objects.get(pk=listed.pk)
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    with pytest.raises(Stale):
        workflow.perform(twice, "apply", by=district.staff, on=date(2016, 8, 15))
    assert listed.events.count() == 2


@pytest.mark.parametrize(
    ("role", "action", "may"),
    [
        ("commune", "base_agrees", True),
        ("branch", "base_agrees", False),
        ("staff", "base_agrees", True),
        ("leader", "base_agrees", False),
        ("admin", "base_agrees", False),
    ],
)
def test_who_records_the_base_committees_resolution(district, listed, role, action, may):
    reach(listed, State.RESOLVED, district.staff)
    reason = workflow.why_not(listed, action, getattr(district, role))
    assert (reason is None) == may


def test_rule_40_a_commune_may_not_act_for_another(district):
    far = factories.dossier(district.far, district.staff)
    with pytest.raises(Refused):
        workflow.perform(far, "apply", by=district.commune, on=date(2016, 8, 15))
    with pytest.raises(Refused, match="ngoài phạm vi"):
        factories.dossier(district.far, district.commune)


@pytest.mark.parametrize("ahead", [-1, 1, 5])
def test_a_version_that_was_not_read_changes_nothing(district, listed, ahead):
    with pytest.raises(Stale):
        workflow.perform(
            listed, "apply", by=district.staff, on=date(2016, 8, 15), seen=listed.version + ahead
        )
    assert listed.events.count() == 1


def test_looking_and_reminding_make_nobodys_form_stale(district, listed):
    open_form = Dossier.objects.get(pk=listed.pk)
    workflow.reveal_citizen_id(listed, by=district.leader)
    workflow.record_reminder(listed, by=district.staff, limit="decision", stage="late", due=date(2017, 3, 1))
    workflow.perform(open_form, "apply", by=district.staff, on=date(2016, 8, 15), seen=open_form.version)
    assert [(event.no, event.action) for event in listed.events.all()] == [
        (1, "enter"),
        (2, "reveal"),
        (3, "remind"),
        (4, "apply"),
    ]
    listed.refresh_from_db()
    assert (listed.version, listed.event_count) == (2, 4)


def test_a_look_from_an_old_page_tells_the_state_of_now(district, listed):
    old_page = Dossier.objects.get(pk=listed.pk)
    workflow.perform(listed, "apply", by=district.staff, on=date(2016, 8, 15))
    workflow.reveal_citizen_id(old_page, by=district.leader)
    assert listed.events.last().from_state == State.PREPARING
