"""Who issues a report."""

import pytest

from reports import periods
from reports.exports import party_layout
from reports.unit_group import group_units

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


def test_units_chosen_are_reported_on_by_whoever_stands_above_them_all(admissions):
    branches = group_units([admissions.rural, admissions.school])
    assert party_layout.issuer_of(branches).name == "ĐẢNG ỦY XÃ TRUNG NGUYÊN"
    assert party_layout.issuer_of(group_units([admissions.rural, admissions.far])).name == "BAN TỔ CHỨC"
    assert party_layout.issuer_of(group_units([admissions.home, admissions.other])).letters == "BTC"
