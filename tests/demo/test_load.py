"""The demonstration says what the article says, to the digit, and is the same every time."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from admissions.models import Dossier, Event
from admissions.states import State
from branches.models import Organisation
from demo.units import UNITS
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES, PARTITIONS, RURAL
from reports.quotas import attainment

pytestmark = pytest.mark.django_db


def count(unit, period):
    found = figures.count_unit(unit, period, (ADMITTED, RURAL))
    return found["admitted"], found["rural"]


def test_the_articles_figures_come_out_to_the_digit(yenlac):
    root = yenlac.root
    assert count(root, periods.year_period(2015)) == (278, 119)
    assert count(root, periods.year_period(2016)) == (268, 162)
    assert count(root, periods.span_of_years(2015, 2016)) == (546, 281)
    assert attainment.attainment_tree(root, periods.year_period(2016)).quota == 244
    assert attainment.round_half_up(attainment.percent_of(268, 244)) == Decimal("109.84")


def test_trung_nguyen_has_19_and_15_in_fourteen_months_against_a_plan_of_15(yenlac):
    unit = yenlac.base["Trung Nguyên"]
    period = periods.any_days(date(2016, 1, 1), date(2017, 2, 27))
    row = attainment.attainment_tree(unit, period, periods.year_period(2016))
    assert (row.admitted, row.rural, row.quota) == (19, 15, 15)
    assert attainment.round_half_up(row.percent) == Decimal("126.67")


def test_every_unit_has_the_rows_of_the_published_table(yenlac):
    tree = attainment.attainment_tree(yenlac.root, periods.year_period(2016))
    rows = {row.unit.name: (row.admitted, row.quota, row.rural) for row in tree.children}
    assert rows == {unit.name: (unit.admitted, unit.quota, unit.rural) for unit in UNITS}


def test_quarters_and_biểu_2_are_those_of_the_design(yenlac):
    quarters = [count(yenlac.root, q) for q in periods.year_period(2016).quarters()]
    assert quarters == [(49, 28), (75, 46), (61, 36), (83, 52)]
    q4 = figures.count_unit(yenlac.root, periods.quarter_period(2016, 4), MEASURES.values())
    assert (q4["women"], q4["youth"], q4["minority"], q4["religious"]) == (39, 55, 1, 0)
    ages = [q4[m.key] for m in PARTITIONS[1].measures]
    assert ages == [54, 14, 7, 4, 2, 1, 1, 0, 0]


def test_rule_06_seventeen_communes_stand_in_2017_by_their_real_names(yenlac):
    names = (
        Organisation.objects.communes()
        .filter(kind__in=["commune", "township"])
        .values_list("name", flat=True)
    )
    assert len(names) == len(set(names)) == 17
    assert "Minh Tân" not in names


def test_dossiers_stand_in_every_state(yenlac):
    assert set(Dossier.objects.values_list("state", flat=True)) == set(State.values)


def test_every_dossier_has_its_events_without_a_gap(yenlac):
    for dossier in Dossier.objects.prefetch_related("events"):
        assert [event.no for event in dossier.events.all()] == list(range(1, dossier.event_count + 1))


def test_no_event_is_recorded_or_dated_after_the_day_of_the_demonstration(yenlac):
    assert not Event.objects.filter(on__gt=date(2017, 2, 27)).exists()


def test_a_second_load_is_refused_and_if_empty_does_nothing(yenlac):
    dossiers = Dossier.objects.count()
    with pytest.raises(CommandError, match="only into an empty one"):
        call_command("load_yenlac")
    call_command("load_yenlac", if_empty=True)
    assert Dossier.objects.count() == dossiers


def test_it_is_refused_outside_demonstration_mode(yenlac, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="DEMONSTRATION"):
        call_command("load_yenlac", if_empty=True)


def test_the_attainment_command_prints_the_same_figures_as_json(yenlac):
    out = StringIO()
    call_command("attainment", "--year", "2016", "--json", stdout=out)
    data = json.loads(out.getvalue())
    assert list(data) == ["unit", "from", "to", "basis", "admitted", "rural", "quota", "percent", "children"]
    assert (data["unit"], data["from"], data["to"], data["basis"]) == (
        "251",
        "2016-01-01",
        "2016-12-31",
        "decision",
    )
    assert (data["admitted"], data["rural"], data["quota"], data["percent"]) == (268, 162, 244, 109.84)
    assert sum(child["admitted"] for child in data["children"]) == 268


def test_the_attainment_command_takes_other_days_against_the_years_quota(yenlac):
    out = StringIO()
    call_command(
        "attainment",
        "--year",
        "2016",
        "--from",
        "01/01/2016",
        "--to",
        "27/02/2017",
        "--unit",
        "09037",
        "--json",
        stdout=out,
    )
    data = json.loads(out.getvalue())
    assert (data["admitted"], data["rural"], data["quota"], data["percent"]) == (19, 15, 15, 126.67)


def test_dossier_2016_0312_is_the_designs(yenlac):
    dossier = Dossier.objects.get(year=2016, serial=312)
    assert dossier.candidate.full_name == "Đỗ Thị Thanh Bình"
    assert (dossier.state, dossier.returns) == (State.APPRAISAL, 1)
    assert dossier.procedure == "qd29-2016"


def test_each_dossier_is_bound_to_the_procedure_of_its_branch_meeting(yenlac):
    before, after = date(2016, 7, 24), date(2016, 7, 25)
    bound = Dossier.objects.exclude(branch_resolved_on=None)
    assert set(bound.filter(branch_resolved_on__lte=before).values_list("procedure", flat=True)) == {
        "qd45-2011"
    }
    assert set(bound.filter(branch_resolved_on__gte=after).values_list("procedure", flat=True)) == {
        "qd29-2016"
    }
