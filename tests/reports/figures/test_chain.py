"""For any histories: a number of the chain is as long as its list, the units add up to the whole, reasons add up."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admissions import workflow
from admissions.models import Dossier, Event, Paper
from admissions.models.admission_facts import DATES, AdmissionFacts, PrintedFacts
from admissions.rules.working_days import load_calendar
from admissions.states import PIPELINE, State
from branches.models import Organisation, Tier
from reports import periods
from reports.figures import chain, chain_steps, delays, figures
from reports.figures.chain_steps import BY_KEY, STEPS
from reports.pages import chain as page
from tests import factories
from tests.examples import PropertyTestCase, examples

DAY = st.dates(date(2015, 3, 1), date(2017, 2, 20))
ROAD = (
    (State.LISTED, ("listed_on", "certified_on")),
    (State.PREPARING, ("applied_on",)),
    (State.RESOLVED, ("branch_resolved_on",)),
    (State.PROPOSED, ("base_resolved_on",)),
    (State.APPRAISAL, ("received_on",)),
    (State.AWAITING, ("put_forward_on",)),
    (State.DECIDED, ("decided_on", "decision_received_on")),
    (State.PROBATIONARY, ("ceremony_on", "probation_ends_on")),
    (State.CONVERTING, ("conversion_resolved_on", "conversion_base_on")),
    (State.OFFICIAL, ("conversion_decided_on", "official_on")),
)
"""The states in order, and the dates that each brings; the dates of a history are in order too."""
WIDTH = sum(len(columns) for _state, columns in ROAD)
HISTORY = st.fixed_dictionaries(
    {
        "unit": st.integers(0, 3),
        "then": st.integers(0, 3),
        "far": st.integers(0, len(ROAD) - 1),
        "days": st.lists(DAY, min_size=WIDTH, max_size=WIDTH).map(sorted),
        "certified": st.booleans(),
        "vetted": st.one_of(st.none(), st.just(False), DAY),
        "arrived": st.one_of(st.none(), DAY),
        "annulled": st.booleans(),
        "female": st.tuples(st.booleans(), st.booleans()),
        "returns": st.integers(0, 1),
    }
)
PERIOD = st.one_of(
    st.sampled_from([periods.year_period(2016), periods.quarter_period(2016, 2)]),
    st.tuples(DAY, DAY).map(lambda two: periods.any_days(*sorted(two))),
)
GROUP = st.sampled_from([page.EVERYBODY, page.GROUPS["women"], page.GROUPS["rural"]])
MANY = settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])


class AnyHistories(PropertyTestCase):
    """One admission is carried through the workflow; the histories copy its row with other dates and places."""

    @staticmethod
    def make():
        place = factories.district()
        place.row = factories.admitted(place.rural, place.staff, on=date(2014, 2, 10))
        return place

    @MANY
    @given(st.lists(HISTORY, min_size=1, max_size=9), PERIOD, GROUP, st.booleans())
    def test_numbers_are_as_long_as_their_lists_and_units_add_up(self, histories, period, group, cohort):
        place = self.tell(histories)
        for unit in Organisation.objects.filter(path__startswith=place.root.path):
            counts = chain.read_chain(unit, period, group.condition, cohort=cohort)
            for step in STEPS:
                listed = chain_steps.list_takers(unit, period, step, group.condition, cohort=cohort)
                tally = counts.whole[step.key]
                assert tally.people == listed.count(), (unit, step.key)
                assert set(tally.late) <= set(listed.values_list("pk", flat=True))
                assert len(tally.days) <= tally.people
                if not unit.is_branch:
                    parts = [part[step.key] for part in counts.parts.values()]
                    assert sum(part.people for part in parts) == tally.people
                    assert sum(part.rural for part in parts) == tally.rural
                    assert sorted(pk for part in parts for pk in part.late) == sorted(tally.late)
            self.waits(unit, group, period if cohort else None)

    def waits(self, unit, group, listed_in):
        waiting = chain_steps.count_waiting(unit, group.condition, listed_in)
        for step, number in waiting.items():
            assert chain_steps.list_waiting_before(unit, step, group.condition, listed_in).count() == number
        if listed_in is None and not group.key:
            before = sum(number for step, number in waiting.items() if step not in ("ceremony", "official"))
            assert before == Dossier.objects.under(unit).filter(state__in=PIPELINE).count()

    @MANY
    @given(st.lists(HISTORY, min_size=1, max_size=9), PERIOD)
    def test_decisions_are_those_of_the_dashboard_and_reasons_add_up(self, histories, period):
        place = self.tell(histories)
        counts = chain.read_chain(place.root, period)
        assert counts.whole["decided"].people == figures.list_figure(place.root, period).count()
        late = counts.whole["decided"].late
        reasons = delays.delay_reasons(late, load_calendar())
        assert sorted(pk for pks in reasons.values() for pk in pks) == sorted(late)

    def tell(self, histories):
        place = self.begin()
        self.row = place.row
        self.branches = [place.rural, place.school, place.far, place.firm]
        for serial, history in enumerate(histories, start=1000):
            self.write(serial, **history)
        return place

    def write(self, serial, *, unit, then, far, days, certified, vetted, arrived, annulled, female, returns):
        skipped = ("id", "serial", "candidate")
        facts = {
            field.attname: getattr(self.row, field.attname)
            for field in Dossier._meta.concrete_fields
            if field.name not in skipped
        }
        branch, admitted = self.branches[unit], self.branches[then]
        state = ROAD[far][0]
        columns = [(column, n <= far) for n, (_state, dates) in enumerate(ROAD) for column in dates]
        facts |= {
            column: day if reached else None for (column, reached), day in zip(columns, days, strict=True)
        }
        person = factories.candidate(sex="female" if female[0] else "male")
        person.save()
        facts |= {
            "serial": serial,
            "candidate_id": person.pk,
            "state": state,
            "returns": returns,
            "branch_id": branch.pk,
            "commune_id": branch.base_organisation.pk,
            "arrived_on": arrived,
        }
        facts["certified_on"] = facts["certified_on"] if certified else None
        if facts["decided_on"]:
            facts |= {
                "admitted_branch_id": admitted.pk,
                "admitted_commune_id": admitted.base_organisation.pk,
                "admitted_rural": admitted.rural,
                "admitted_sex": "female" if female[1] else "male",
                "decision_number": f"{serial}-QĐ/HU",
            }
            if annulled and state == State.DECIDED:
                facts |= {"state": State.ANNULLED, "annulled_on": facts["decided_on"] + timedelta(9)}
        else:
            frozen = [*AdmissionFacts._meta.local_fields, *PrintedFacts._meta.local_fields]
            facts |= {field.attname: None for field in frozen if field.name not in DATES}
            facts["decision_number"] = ""
        row = Dossier.objects.create(**facts)
        if vetted is not None:
            Paper.objects.create(dossier=row, code="TTLL", dated_on=vetted or None)


# Single rules


def read(district, cohort=False, period=None):
    return chain.read_chain(district.root, period or periods.any_days(date(2015, 1, 1), date(2017, 2, 27)))


@pytest.mark.django_db
def test_a_median_of_fewer_than_five_is_not_told():
    assert chain.share_done([1, 2, 3, 4], 0.5) is None
    assert chain.share_done([50, 10, 20, 30, 40], 0.5) == 30
    assert chain.share_done([50, 10, 20, 30, 40], 0.9) == 50


def decided_late(district, on=date(2017, 2, 10), **acts):
    """A decision long after the branch's resolution of 24/10/2016; `acts` are the days of what came between."""
    days = {"apply": date(2016, 8, 15), "branch_agrees": date(2016, 10, 24)}
    row = factories.dossier(district.rural, district.staff)
    factories.reach(row, State.DECIDED, district.staff, **days | acts | {"decide": on})
    return row


@pytest.mark.django_db
def test_a_decision_after_sixty_working_days_is_late_and_lay_longest_somewhere(district):
    row = decided_late(district)
    counts = read(district)
    assert counts.whole["decided"].late == [row.pk]
    assert counts.limits["decided"] == {(60,)}
    assert delays.delay_reasons([row.pk], load_calendar()) == {delays.DERIVED["base"]: [row.pk]}


@pytest.mark.django_db
def test_an_extended_limit_is_passed_later(district):
    row = decided_late(district)
    Dossier.objects.filter(pk=row.pk).update(decision_extension=30)
    assert read(district).whole["decided"].late == []


@pytest.mark.django_db
def test_what_is_noted_of_a_delay_wins_over_what_follows_from_the_events(district):
    row = decided_late(district)
    words = f"{delays.DERIVED['held']}: xã bạn trả lời sau hai tháng"
    workflow.perform(row, "note_delay", by=district.staff, on=date(2017, 2, 20), reason=words)
    assert delays.delay_reasons([row.pk], load_calendar()) == {delays.DERIVED["held"]: [row.pk]}
    workflow.perform(row, "note_delay", by=district.staff, on=date(2017, 2, 21), reason="ngập lụt")
    assert delays.delay_reasons([row.pk], load_calendar()) == {delays.OTHER: [row.pk]}
    workflow.take_back(row, by=district.staff, no=row.event_count)
    assert delays.delay_reasons([row.pk], load_calendar()) == {delays.DERIVED["held"]: [row.pk]}


@pytest.mark.django_db
def test_each_return_has_one_main_reason_on_its_own_day(district):
    reason = "Thiếu giấy tờ theo quy định"
    row = factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    workflow.perform(row, "give_back", by=district.staff, on=date(2017, 1, 4), reason=f"{reason}: 5-KNĐ")
    workflow.perform(row, "receive", by=district.staff, on=date(2017, 1, 9))
    workflow.perform(row, "give_back", by=district.staff, on=date(2017, 1, 16), reason="sai họ tên")
    rows = chain_steps.dossiers_at(district.root)
    found = delays.read_returns(rows, periods.year_period(2017))
    assert found.by_reason == {reason: [row.pk], delays.OTHER: [row.pk]}
    assert (found.times, found.dossiers) == (2, 1)
    assert delays.read_returns(rows, periods.year_period(2016)).times == 0


@pytest.mark.django_db
def test_a_corrected_day_moves_the_step_and_the_reason(district):
    row = decided_late(district)
    decided = row.events.get(action="decide")
    draft = workflow.draft_correction(row, decided, {"on": date(2017, 1, 12)})
    asked = workflow.ask_correction(draft, by=district.staff, reason="ghi nhầm ngày")
    workflow.agree_correction(asked, by=district.leader)
    counts = read(district)
    assert counts.whole["decided"].late == []
    assert Event.objects.filter(dossier=row, action="correct").exists()


@pytest.mark.django_db
def test_an_ended_branch_keeps_its_admissions_in_the_table(district):
    factories.admitted(district.school, district.staff, on=date(2016, 11, 9))
    Organisation.objects.filter(pk=district.school.pk).update(valid_to=date(2016, 12, 31))
    asked = page.Asked(district.home, periods.year_period(2016))
    lines = page.chain_units(asked, chain.read_chain(district.home, asked.period))
    assert district.school.pk in {line.unit.pk for line in lines}
    assert BY_KEY["decided"].start == "branch_resolved_on"
    assert district.home.tier == Tier.BASE
