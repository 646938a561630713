"""A measure is one row: counted, listed, offered and checked from its condition alone."""

from datetime import date

import pytest
from django.db.models import Q

from branches.models import Organisation
from reports import measures, periods
from reports.closing.snapshot import BY_FACT
from reports.exports import form_2
from reports.figures import figures, recount
from reports.measures import AGE, MEASURES, PARTITIONS, Measure, keys_of, measure_choices, meets_condition
from tests import factories
from tests.kept import kept
from tests.markup import markup

YEAR = periods.year_period(2017)


@pytest.fixture
def made_up(monkeypatch):
    """A measure as if it were one more row of `OVERLAPPING`."""
    row = Measure("under_26", "Từ 25 tuổi trở xuống", Q(admitted_age__range=(18, 25)))
    (head, overlapping), *groups = measures.GROUPS
    monkeypatch.setattr(measures, "OVERLAPPING", (*overlapping, row))
    monkeypatch.setattr(measures, "GROUPS", ((head, (*overlapping, row)), *groups))
    monkeypatch.setitem(MEASURES, row.key, row)
    return row


@kept
def three(district):
    for name, sex, born_on in (
        ("Lê Thị Ánh", "female", date(1992, 8, 14)),
        ("Vũ Thị Dung", "female", date(1970, 8, 14)),
        ("Trần Văn Bình", "male", date(1990, 8, 14)),
    ):
        factories.admitted(district.rural, district.staff, full_name=name, sex=sex, born_on=born_on)
    return district


def test_a_made_up_measure_is_counted_as_its_list_is_long(three, made_up):
    listed = figures.list_figure(three.root, YEAR, made_up)
    assert [row.candidate.full_name for row in listed] == ["Lê Thị Ánh"]
    assert figures.count_unit(three.root, YEAR, [made_up]) == {"under_26": 1}
    assert figures.count_by_unit(three.root, YEAR, [made_up])[three.rural.pk]["under_26"] == 1


def test_a_made_up_measure_gets_its_row_in_the_report(three, made_up):
    (line,) = (
        line for line in form_2.form_2([factories.source(YEAR, three.root)]) if line.key == made_up.key
    )
    assert line.label == made_up.label and line.cells[0][0] == 1


def test_a_made_up_measure_is_offered_and_filters_the_dashboard_and_the_list(three, made_up, client):
    client.force_login(three.staff)
    assert (made_up.key, made_up.label) in dict(measure_choices())[measures.GROUPS[0][0]]
    for address in ("/chi-tieu/dat/", "/chi-tieu/ho-so/"):
        page = client.get(address, {"ky": "2017", "so": made_up.key})
        assert page.status_code == 200 and made_up.label in markup(page), address
    assert "Lê Thị Ánh" in markup(page) and "Vũ Thị Dung" not in markup(page)
    (dossier,) = figures.list_figure(three.root, YEAR, made_up)
    assert made_up.key in keys_of({name: getattr(dossier, name) for name in _facts()})


def test_a_made_up_measure_agrees_with_the_second_way_of_counting(three, made_up):
    result = recount.check_period(
        three.root, YEAR, figures.count_by_unit(three.root, YEAR, MEASURES.values())
    )
    assert result.agrees, result.differ
    assert result.cells == Organisation.objects.count() * len(MEASURES)


def _facts():
    return set().union(*(measures.facts_in(measure.condition) for measure in MEASURES.values()))


@pytest.mark.parametrize("age", [None, 17, 18, 30, 31, 60, 61])
def test_every_age_falls_into_exactly_one_band(age):
    assert sum(meets_condition(band.condition, {"admitted_age": age}) for band in AGE.measures) == 1


def test_what_fits_no_class_is_unknown():
    for partition in PARTITIONS:
        (column,) = measures.facts_in(partition.unknown.condition)
        assert meets_condition(
            partition.unknown.condition, {column: "not a class" if partition is not AGE else 3}
        )


def test_every_measure_but_the_total_looks_at_one_fact():
    """The closing counts by single facts."""
    told = {key for keys in BY_FACT.values() for key in keys}
    assert told == MEASURES.keys() - {"admitted"}
    for measure in MEASURES.values():
        assert len(measures.facts_in(measure.condition)) <= 1


def test_a_condition_is_met_as_the_database_meets_it(three):
    rows = list(figures.admissions_in(YEAR).values("pk", *_facts()))
    for measure in MEASURES.values():
        met = {row["pk"] for row in rows if meets_condition(measure.condition, row)}
        assert met == {*figures.list_figure(three.root, YEAR, measure).values_list("pk", flat=True)}, (
            measure.key
        )
