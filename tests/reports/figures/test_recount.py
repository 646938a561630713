"""The independent check: it agrees with whatever was admitted, and it names what was tampered with."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admissions import workflow
from admissions.choices import Occupation
from admissions.models import Candidate, Dossier, Ethnicity, Event
from admissions.states import State
from reports.figures import recount as checking
from reports.figures.recorded_events import find_broken_events
from reports.measures import MEASURES
from tests import factories
from tests.examples import PropertyTestCase, examples
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_a_figure_that_was_tampered_with_is_named(district, capsys):
    row = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    assert checking.recount_figures(district.root).agrees
    Dossier.objects.filter(pk=row.pk).update(admitted_rural=False)
    result = checking.recount_figures(district.root, 2016)
    assert [(wrong.number, wrong.fact, wrong.stands, wrong.should) for wrong in result.wrong] == [
        (row.number, "admitted_rural", False, True)
    ]
    units = {(cell.unit, cell.period.code, cell.measure) for cell in result.differ}
    months = "2016-06-01..2016-06-30"
    assert units == {
        (unit, code, "rural")
        for unit in (district.root, district.home, district.rural)
        for code in ("2016", "2016-q2", months)
    }
    assert {cell.dossiers for cell in result.differ} == {(row.number,)}
    with pytest.raises(SystemExit) as stop:
        call_command("check_figures", "--json")
    assert stop.value.code == 1
    assert json.loads(capsys.readouterr().out)[0]["facts"][0]["dossier"] == row.number


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("decided_on", date(2016, 6, 2)),
        ("annulled_on", date(2016, 12, 1)),
        ("admitted_sex", "male"),
        ("admitted_age", 60),
        ("admitted_occupation", "worker"),
        ("admitted_youth", True),
    ],
)
def test_every_kind_of_fact_is_checked(district, column, value):
    row = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    Dossier.objects.filter(pk=row.pk).update(**{column: value})
    result = checking.recount_figures(district.root)
    assert [(wrong.number, wrong.fact) for wrong in result.wrong] == [(row.number, column)]


def test_an_admission_that_left_the_figures_is_missed(district):
    row = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    Dossier.objects.filter(pk=row.pk).update(admitted_branch=district.far)
    result = checking.recount_figures(district.root, 2016)
    assert {wrong.fact for wrong in result.wrong} == {"admitted_branch_id"}
    assert {
        (cell.unit, cell.figure, cell.recount) for cell in result.differ if cell.measure == "admitted"
    } == {
        (district.far, 1, 0),
        (district.other, 1, 0),
        (district.rural, 0, 1),
        (district.home, 0, 1),
    }


def test_a_person_who_changed_after_the_decision_is_counted_as_admitted(district):
    row = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    row.candidate.occupation = "student"
    workflow.edit_dossier(row.candidate, row, by=district.staff, changed={"occupation": ["", ""]})
    assert checking.recount_figures(district.root).agrees


def test_what_can_only_have_been_wrong_is_told_even_after_an_edit(district):
    row = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    row.candidate.occupation = "student"
    workflow.edit_dossier(row.candidate, row, by=district.staff, changed={"occupation": ["", ""]})
    Candidate.objects.update(sex="male", ethnicity=Ethnicity.objects.get(name="Tày"))
    wrong = {row.fact for row in checking.recount_figures(district.root).wrong}
    assert wrong == {"admitted_sex", "admitted_ethnicity_id", "admitted_minority"}


def test_a_dossier_that_moved_counts_where_it_was_admitted(district):
    row = factories.reach(factories.dossier(district.rural, district.staff), "awaiting", district.staff)
    facts = {"helper": "Lê Văn Toản", "number": "3-CV"}
    workflow.perform(row, "move", by=district.staff, on=date(2017, 1, 6), branch=district.school, **facts)
    workflow.perform(row, "decide", by=district.staff, on=date(2017, 1, 10), number="31-QĐ/HU")
    workflow.perform(row, "move", by=district.staff, on=date(2017, 1, 12), branch=district.far, **facts)
    result = checking.recount_figures(district.root)
    assert (result.agrees, result.trusted) == (True, 0)
    late = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    workflow.perform(late, "move", by=district.staff, on=date(2017, 1, 12), branch=district.far, **facts)
    result = checking.recount_figures(district.root)
    assert (result.agrees, result.trusted) == (True, 1)


def test_the_check_has_a_rule_of_its_own_for_every_measure():
    assert MEASURES.keys() == checking.RULED
    assert {f"age-{checking.age_band(age)}" for age in range(10, 90)} <= checking.RULED


def test_counted_by_the_ceremony_the_check_agrees_too(district, settings):
    settings.COUNTED_BY = "ceremony"
    row = factories.admitted(district.rural, district.staff)
    assert checking.recount_figures(district.root).admissions == 0
    workflow.perform(row, "ceremony", by=district.staff, on=date(2017, 2, 3))
    result = checking.recount_figures(district.root)
    assert (result.agrees, result.admissions) == (True, 1)


def test_the_administrators_page_names_what_differs(client, district):
    row = factories.admitted(district.rural, district.staff, on=date(2016, 6, 1))
    client.force_login(district.admin)
    assert "Hai cách đếm" not in markup(client.get("/chi-tieu/doi-chieu/"))
    assert "Hai cách đếm khớp nhau" in markup(client.get("/chi-tieu/doi-chieu/?nam=2016"))
    Dossier.objects.filter(pk=row.pk).update(admitted_rural=False)
    page = markup(client.get("/chi-tieu/doi-chieu/?nam=2016"))
    assert "Lệch 1 dữ kiện, 9 ô" in page
    assert row.number in page
    for wrong in ("1900", "x", "²"):
        assert client.get(f"/chi-tieu/doi-chieu/?nam={wrong}").status_code == 404


class RandomAdmissions(PropertyTestCase):
    """Whoever was admitted where and when, and whichever decisions were annulled: both ways agree."""

    @settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 2),
                st.dates(date(2016, 1, 1), date(2017, 2, 20)),
                st.dates(date(1960, 1, 1), date(1995, 12, 31)),
                st.sampled_from(["female", "male"]),
                st.sampled_from(Occupation.values),
                st.sampled_from(["", "annulled", "corrected"]),
            ),
            max_size=4,
        )
    )
    def test_both_ways_agree(self, rows):
        place = self.begin()
        branches = [place.rural, place.school, place.far]
        for where, on, born, sex, occupation, then in rows:
            facts = {"born_on": born, "sex": sex, "occupation": occupation}
            row = factories.admitted(branches[where], place.staff, on=on, **facts)
            if then == "annulled":
                facts = {"kind": "criteria", "number": f"{row.pk}-QĐ/TV", "reason": "sai"}
                workflow.perform(row, "annul", by=place.leader, on=date(2017, 2, 27), **facts)
            elif then == "corrected":
                row.candidate.occupation = "worker"
                workflow.edit_dossier(row.candidate, row, by=place.staff, changed={"occupation": ["", ""]})
        result = checking.recount_figures(place.root)
        assert result.agrees, (result.wrong, result.differ)
        assert result.admissions == sum(then != "annulled" for *_, then in rows)


def test_an_event_that_does_not_begin_where_the_one_before_ended_is_named(district):
    row = factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    assert not find_broken_events(district.root).exists()
    table = " ON admissions_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER events_follow{table}")
    no = row.events.last().no
    facts = {"dossier": row, "by": district.staff, "on": date(2017, 1, 5)}
    Event.objects.create(no=no + 1, action="give_back", from_state="appraisal", to_state="returned", **facts)
    Event.objects.create(no=no + 2, action="ask", from_state="appraisal", to_state="asked", **facts)
    Event.objects.create(no=no + 4, action="hold", from_state="asked", to_state="held", **facts)
    result = checking.recount_figures(district.root, 2017)
    assert not result.agrees
    assert [(wrong.number, wrong.fact, wrong.stands, wrong.should) for wrong in result.wrong] == [
        (row.number, f"event {no + 2}", "appraisal", "returned"),
        (row.number, f"event {no + 4}", "asked", ""),
    ]
