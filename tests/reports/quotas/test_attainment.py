"""Quotas, attainment and figures: what is counted where, and that it always adds up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admissions.models import Dossier
from branches.models import Kind, Organisation, Succession, Tier
from reports import periods
from reports.figures import figures, silence
from reports.measures import ADMITTED, MEASURES, OVERLAPPING, PARTITIONS, RURAL
from reports.models import Quota
from reports.quotas import attainment, branch_share
from tests import factories
from tests.examples import PropertyTestCase, examples
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "whole", "exact"),
    [
        (268, 244, "109.84"),
        (19, 15, "126.67"),
        (281, 546, "51.47"),
        (162, 268, "60.45"),
        (1, 8, "12.50"),
        (0, 5, "0.00"),
    ],
)
def test_published_percentages(part, whole, exact):
    assert attainment.round_half_up(attainment.percent_of(part, whole)) == Decimal(exact)


@pytest.mark.parametrize("whole", [0, None])
def test_no_quota_is_no_percentage(whole):
    assert attainment.percent_of(5, whole) is None


def test_a_percentage_is_rounded_once():
    from notation.numbers import format_percent

    assert format_percent(attainment.percent_of(162, 268)) == "60,4%"
    assert format_percent(attainment.percent_of(162, 268), 2) == "60,45%"


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-q4", date(2016, 10, 1), date(2016, 12, 31)),
        ("2016-01-01..2017-02-27", date(2016, 1, 1), date(2017, 2, 27)),
    ],
)
def test_a_period_is_named_by_its_code_and_back(code, first, last):
    period = periods.parse_period(code)
    assert (period.first, period.last, period.code) == (first, last, code)


@pytest.mark.parametrize(
    "code", ["2016-q5", "x", "", "2016-02-30..2016-03-01", "2016-03-01..2016-02-01", "999"]
)
def test_what_names_no_period_is_refused(code):
    with pytest.raises(periods.NoPeriod):
        periods.parse_period(code)


def test_an_admission_counts_where_the_branch_stood_that_day_even_after_the_branch_ended(district):
    factories.admitted(district.rural, district.staff, on=date(2016, 2, 10))
    district.rural.valid_to = date(2016, 12, 31)
    district.rural.save()
    row = attainment.attainment_tree(district.home, periods.year_period(2016))
    assert (row.admitted, row.rural) == (1, 1)
    assert [child.unit for child in row.children if child.admitted] == [district.rural]


def test_a_quota_holds_for_its_own_period_only(district):
    factories.quota(district.home, periods.year_period(2016), 4)
    assert attainment.attainment_tree(district.home, periods.year_period(2016)).quota == 4
    assert attainment.attainment_tree(district.home, periods.quarter_period(2016, 1)).quota is None
    assert attainment.attainment_tree(district.home, periods.year_period(2017)).quota is None


def test_a_quota_is_given_on_the_page_with_its_basis(client, district):
    client.force_login(district.leader)
    data = {"unit": district.home.pk, "number": "15", "basis": "QĐ 31-QĐ/HU", "basis_on": "14/01/2016"}
    url = f"/chi-tieu/giao/moi/?don-vi={district.root.pk}&ky=2016"
    page = markup(client.post(url, data, follow=True))
    assert "Đã giao 15 cho Đảng bộ xã Trung Nguyên" in page
    client.post(url, data | {"number": "16"})
    assert Quota.objects.current().get().number == 16
    assert [row.number for row in Quota.objects.all()] == [15, 16], "nothing is overwritten"
    response = client.post(url, data | {"number": "-1", "basis_on": "31/02/2016"})
    assert response.status_code == 422
    assert "tháng 2 có 29 ngày" in markup(response)
    assert 'value="QĐ 31-QĐ/HU"' in markup(response)


def test_a_branch_that_admitted_no_one_for_eight_quarters_and_has_no_source_is_silent(district):
    factories.admitted(district.far, district.staff, on=date(2015, 2, 10))
    factories.admitted(district.rural, district.staff, on=date(2016, 2, 10))
    factories.dossier(district.school, district.staff)
    silent = silence.silent_branches(district.root, periods.year_period(2016))
    assert set(silent) == {district.firm}
    assert silence.silent_branches(district.root, periods.year_period(2015)) is None, (
        "the register begins in 2015"
    )


@pytest.mark.parametrize(("own", "admitting"), [(False, 1), (True, 1)])
def test_a_branch_that_was_split_counts_once_in_a_share(district, own, admitting):
    """Ended with one admission; of the two that took over neither has another, or the second one has."""
    factories.admitted(district.rural, district.staff, on=date(2016, 2, 10))
    Organisation.objects.filter(pk=district.rural.pk).update(valid_to=date(2016, 2, 29))
    heirs = [
        factories.unit(
            district.home, Tier.BRANCH, Kind.VILLAGE, name, rural=True, valid_from=date(2016, 3, 1)
        )
        for name in ("Tân Nguyên 1", "Tân Nguyên 2")
    ]
    for heir in heirs:
        Succession.objects.create(
            predecessor=district.rural, successor=heir, on=date(2016, 3, 1), basis="QĐ 19"
        )
    if own:
        factories.admitted(heirs[1], district.staff, on=date(2016, 12, 20))
    share = branch_share.branch_share(district.home, periods.year_period(2016))
    assert (share.admitting, share.branches) == (admitting, 3), "as the dashboard counts them at the end"
    assert silence.branches_at_end(district.home, periods.year_period(2016)).count() == 3


def test_a_branch_that_ended_with_nothing_after_it_stays_in_the_share(district):
    factories.admitted(district.rural, district.staff, on=date(2016, 2, 10))
    Organisation.objects.filter(pk=district.rural.pk).update(valid_to=date(2016, 2, 29))
    share = branch_share.branch_share(district.home, periods.year_period(2016))
    assert (share.admitting, share.branches) == (1, 2)


class RandomAdmissions(PropertyTestCase):
    """Whatever was admitted where: sums agree, partitions are complete, a list is as long as its figure."""

    @staticmethod
    def make():
        place = factories.district()
        place.row = factories.admitted(place.rural, place.staff)
        Dossier.objects.filter(pk=place.row.pk).update(annulled_on=date(2017, 2, 20))
        return place

    @settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 3),
                st.dates(date(2016, 1, 1), date(2017, 2, 20)),
                st.integers(18, 75),
                st.booleans(),
            ),
            max_size=12,
        )
    )
    def test_every_cell_is_the_length_of_its_list_and_parents_are_sums(self, rows):
        place = self.begin()
        branches = [place.rural, place.school, place.far, place.firm]
        for n, (where, on, age, woman) in enumerate(rows):
            self.copy(place.row, n, branches[where], on, age, woman)
        period = periods.any_days(date(2016, 3, 1), date(2016, 12, 31))
        counts = figures.count_by_unit(place.root, period, tuple(MEASURES.values()))
        for unit in Organisation.objects.all():
            for key, measure in MEASURES.items():
                listed = figures.list_figure(unit, period, measure).count()
                assert counts.get(unit.pk, {}).get(key, 0) == listed
        total = counts.get(place.root.pk, {})
        for partition in PARTITIONS:
            assert sum(total.get(m.key, 0) for m in partition.measures) == total.get("admitted", 0)
        assert all(total.get(m.key, 0) <= total.get("admitted", 0) for m in OVERLAPPING)
        tree = attainment.attainment_tree(place.root, period)
        assert tree.admitted == sum(child.admitted for child in tree.children)
        quarters = [
            figures.count_unit(place.root, q, (ADMITTED, RURAL)) for q in periods.year_period(2016).quarters()
        ]
        year = figures.count_unit(place.root, periods.year_period(2016), (ADMITTED, RURAL))
        assert {key: sum(q[key] for q in quarters) for key in year} == year

    def copy(self, row, n, branch, on, age, woman):
        facts = {
            f.attname: getattr(row, f.attname)
            for f in row._meta.concrete_fields
            if f.name not in ("id", "serial")
        }
        person = factories.candidate(full_name="Nguyễn Văn An")
        person.save()
        facts |= {
            "candidate_id": person.pk,
            "branch_id": branch.pk,
            "admitted_branch_id": branch.pk,
            "admitted_commune_id": branch.parent_id if branch.parent.tier == "base" else branch.pk,
            "admitted_rural": branch.rural,
            "admitted_age": age,
            "admitted_sex": "female" if woman else "male",
            "decided_on": on,
            "annulled_on": None,
            "ceremony_on": None,
            "decision_received_on": None,
            "state": "decided",
        }
        facts |= dict.fromkeys(("applied_on", "branch_resolved_on", "base_resolved_on"), date(2015, 12, 1))
        Dossier.objects.create(serial=1000 + n, **facts)
