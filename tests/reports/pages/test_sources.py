from datetime import date

import pytest

from admissions import workflow
from admissions.states import State
from notation.dates import today
from oversight.review_periods import month_of
from oversight.reviews import Answers, save_review
from reports import periods
from reports.models import Quota
from reports.pages import sources
from reports.pages.sources_lead import lead_of_sources, needs_attention
from reports.quotas import behind
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2017)


def read(district, unit=None, user=None, day=None):
    return sources.read_sources(user or district.staff, unit or district.home, day or today())


def lines(page):
    return {line.unit.name: line for line in page.rows}


def listed(district, branch, n=1, **facts):
    return [factories.dossier(branch, district.staff, **facts) for _ in range(n)]


def test_sources_and_dossiers_under_way_are_two_figures_beside_the_quota(district):
    factories.quota(district.rural, YEAR, 4)
    listed(district, district.rural, 2)
    reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    factories.admitted(district.rural, district.staff)
    line = lines(read(district))["Tân Nguyên"]
    assert (line.quota, line.admitted, line.left) == (4, 1, 3)
    assert (line.sources, line.under_way, line.lack, line.spare) == (2, 1, 0, 0)


def test_what_one_branch_has_spare_helps_no_other(district):
    factories.quota(district.rural, YEAR, 1)
    factories.quota(district.school, YEAR, 2)
    factories.quota(district.home, YEAR, 3)
    listed(district, district.rural, 3)
    page = read(district)
    assert {name: (line.lack, line.spare) for name, line in lines(page).items()} == {
        "Tân Nguyên": (0, 2),
        "Trường THCS": (2, 0),
    }
    assert (page.total.left, page.total.have, page.total.lack) == (3, 3, 2)


def test_the_district_adds_what_lacks_branch_by_branch_in_each_commune(district):
    factories.quota(district.rural, YEAR, 1)
    factories.quota(district.school, YEAR, 2)
    listed(district, district.rural, 3)
    page = read(district, district.root)
    assert lines(page)["Trung Nguyên"].lack == 2
    assert page.total.lack == 2


def test_a_proposal_stands_for_a_quota_and_last_years_for_both(district):
    before = periods.year_period(2016)
    for branch, number in ((district.rural, 2), (district.school, 3)):
        factories.quota(branch, before, number)
    Quota.objects.create(unit=district.school, first=YEAR.first, last=YEAR.last, number=5, state="proposed")
    aims = {name: (line.aim.number, line.aim.basis) for name, line in lines(read(district)).items()}
    assert aims == {"Tân Nguyên": (2, "last_year"), "Trường THCS": (5, "proposed")}
    factories.quota(district.school, YEAR, 4)
    assert lines(read(district))["Trường THCS"].aim == behind.Aim(4, behind.ASSIGNED)
    assert read(district).bases == {behind.LAST_YEAR, behind.ASSIGNED}


def test_every_number_counts_the_people_of_its_list(district):
    listed(district, district.rural, 2, introduced_by="women")
    reach(factories.dossier(district.school, district.staff), State.PREPARING, district.staff)
    workflow.perform(
        listed(district, district.school)[0],
        "propose_source",
        by=district.staff,
        on=date(2017, 2, 20),
        what="class",
        number="03-NQ/CB",
    )
    page = read(district)
    keys = [
        *sources.FILTERS,
        *(f"nhom-{row.pk}" for row in page.groups),
        "gioi-thieu-women",
        "gioi-thieu-chua-ghi",
    ]
    numbers = {key: len(sources.filter_people(page, key)) for key in keys}
    assert numbers["nguon"] + numbers["dang-lam"] == len(page.people) == 4
    assert (numbers["de-nghi"], numbers["gioi-thieu-women"], numbers["gioi-thieu-chua-ghi"]) == (1, 2, 2)
    assert sum(number for _name, number, _url in sources.count_introducers(page)) == 4
    for _name, number, url in [*sources.count_groups(page), *sources.count_introducers(page)]:
        assert numbers[url.partition("&loc=")[2].removesuffix("#ds")] == number


@pytest.mark.parametrize("key", ["khac", "nhom-x", "gioi-thieu-nobody", "-", "nhom-"])
def test_an_unknown_key_names_nobody(district, key):
    with pytest.raises(KeyError):
        sources.filter_people(read(district), key)


def test_the_lead_adds_up_and_names_the_branches_with_nobody(district):
    factories.quota(district.home, YEAR, 3)
    listed(district, district.rural, 2)
    words = lead_of_sources(read(district)).plain
    assert words == (
        "Danh sách có 2 nguồn. Trong số nguồn: 2 chưa cử học."
        " Chỉ tiêu 2017 còn 3. 1 chi bộ chưa có ai: Trường THCS. Tháng 2 đã có 0 trên 2 chi bộ rà soát."
    )
    assert lead_of_sources(read(district, district.school)).plain.startswith("Danh sách chưa có ai.")


def test_a_branch_that_reviewed_its_list_this_month_is_said(district):
    answers = Answers(held_on=date(2017, 2, 12), members=14, present=12, assessment="met")
    save_review(district.rural, month_of(date(2017, 2, 1)), answers, by=district.branch)
    page = read(district)
    assert (page.shows_reviews, page.reviewed) == (True, 1)
    assert "Tháng 2 đã có 1 trên 2 chi bộ rà soát." in lead_of_sources(page).plain
    assert not read(district, district.root).shows_reviews


def test_the_months_end_with_the_one_that_is_shown():
    assert sources.months_near(today()) == [
        (date(2016, 12, 31), False),
        (date(2017, 1, 31), False),
        (date(2017, 2, 27), True),
    ]
    assert sources.months_near(date(2016, 6, 15))[-1] == (date(2016, 6, 30), True)


def test_nothing_needs_attention_where_nothing_does(district):
    assert needs_attention(read(district), [], []) == []
