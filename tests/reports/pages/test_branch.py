"""The page of a branch, and what a commune sees of its branches."""

from datetime import date

import pytest

from admissions.states import State
from branches.models import Kind, Organisation, Tier
from reports import periods
from reports.pages import branch
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

YEAR = periods.year_period(2017)


def titles(unit):
    return [
        (one.dossier.state, str(one.next.title), one.deadline and one.deadline.due)
        for one in branch.dossiers_in_hand(unit)
    ]


def test_a_branch_sees_its_dossiers_their_next_step_and_limit_and_no_empty_table(client, district):
    factories.quota(district.rural, YEAR, 2)
    factories.admitted(district.rural, district.staff, on=date(2016, 3, 1))
    near = factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    factories.reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    factories.dossier(district.rural, district.staff)
    assert titles(district.rural) == [
        (State.APPRAISAL, "Ban Tổ chức Huyện ủy thẩm định", date(2017, 3, 7)),
        (State.PREPARING, "Học lớp bồi dưỡng nhận thức về Đảng", None),
    ]
    client.force_login(district.branch)
    page = markup(client.get("/chi-tieu/?ky=2017"))
    assert f'href="{near.get_absolute_url()}"' in page
    assert "07/03/2017" in page
    assert 'Đang làm hồ sơ:<a class="figure"' in page
    assert f"/nguon/?don-vi={district.rural.pk}&amp;loc=nguon#ds" in page
    assert "4 quý không kết nạp, từ quý II/2016" in page
    assert 'table class="ledger dash' not in page
    assert "nông thôn" not in page, "a branch is rural or not as a whole"


def test_the_years_of_a_branch_begin_with_the_register_or_with_the_branch(district):
    factories.admitted(district.far, district.staff, on=date(2014, 5, 5))
    young = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Mới", valid_from=date(2016, 3, 1))
    begin = date(2014, 5, 5)
    old = branch.branch_page(district.rural, begin)
    assert [year.code for year, *_rest in old.years] == ["2017", "2016", "2015", "2014"]
    assert old.last is None
    assert (len(old.quiet), str(old.quiet[0])) == (12, "quý II/2014")
    page = branch.branch_page(young, begin)
    assert [year.code for year, *_rest in page.years] == ["2017", "2016"]
    assert str(page.quiet[0]) == "quý I/2016"


def test_quarters_since_a_day_are_those_after_its_own():
    found = branch.quarters_since(date(2016, 6, 30))
    assert [str(quarter) for quarter in found] == ["quý III/2016", "quý IV/2016", "quý I/2017"]
    assert branch.quarters_since(date(2017, 1, 1)) == []


def test_a_commune_sees_what_it_gave_its_branches_beside_its_own_quota(client, district):
    factories.quota(district.home, YEAR, 5)
    factories.quota(district.rural, YEAR, 2)
    factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    client.force_login(district.commune)
    page = markup(client.get("/chi-tieu/?ky=2017"))
    assert "Thiếu 3 so với 5 được giao." in page
    assert "1 đơn vị trực tiếp chưa được giao." in page
    assert "Ban Tổ chức Huyện ủy thẩm định" in page
    factories.quota(district.school, YEAR, 3)
    page = markup(client.get("/chi-tieu/?ky=2017"))
    assert "Khớp với 5 được giao." in page
    assert "chưa được giao" not in page


def test_a_branch_that_ended_within_the_year_misses_no_quota(client, district):
    year = periods.year_period(2016)
    factories.quota(district.home, year, 3)
    for row in Organisation.objects.filter(parent=district.home):
        factories.quota(row, year, 1)
    factories.unit(
        district.home, Tier.BRANCH, Kind.VILLAGE, "Thiệu Tổ", valid_to=date(2016, 2, 29), rural=True
    )
    client.force_login(district.commune)
    for page in ("/chi-tieu/?ky=2016", "/chi-tieu/giao/?ky=2016"):
        assert "chưa được giao" not in markup(client.get(page)), page
    factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Mới", valid_from=date(2016, 3, 1), rural=True)
    for page in ("/chi-tieu/?ky=2016", "/chi-tieu/giao/?ky=2016"):
        assert "1 đơn vị trực tiếp chưa được giao" in markup(client.get(page)), page
