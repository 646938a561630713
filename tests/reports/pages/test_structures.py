"""The structure of the time and today's, side by side, on rows that are known: a merger, a split, a chain of both."""

import re
from datetime import date
from html import unescape

import pytest

from accounts.roles import Role
from branches.models import Kind, Organisation, Tier
from branches.today import UnitToday
from reports import jobs, periods, tasks
from reports.closing.close import close_quarter
from reports.closing.reading import valid_closing
from reports.closing.source import FromClosing, Live, open_source
from reports.exports.wording import place_and_days
from reports.figures import silence
from reports.models import MemberCount
from reports.pages import dashboard, ranking, sources
from reports.pages.structures import list_splits
from reports.periods import quarter_period, year_period
from reports.quotas import attainment, branch_share, membership
from reports.unit_group import UnitGroup
from tests import factories
from tests.branches.test_today import end, village
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
YEAR = year_period(2016)


@kept
def changed(district):
    """Tân Nguyên (2 admitted) is split on 01/07/2016, its second half merges with the school (1) on 01/10/2016; what
    came of both admits 1. Two communes: Đồng Văn (1) becomes Trung Văn on 01/07/2016, with its only village."""
    staff = district.staff
    for branch, on in (
        (district.rural, date(2016, 3, 8)),
        (district.rural, date(2016, 5, 9)),
        (district.school, date(2016, 4, 11)),
        (district.far, date(2016, 2, 2)),
        (district.far, date(2015, 6, 2)),
    ):
        factories.admitted(branch, staff, on=on)
    factories.quota(district.rural, YEAR, 3)
    factories.quota(district.school, YEAR, 1)
    factories.quota(district.other, YEAR, 4)
    district.first, district.second = (village(district.home, f"Tân Nguyên {n}") for n in (1, 2))
    end(district.rural, district.first, district.second)
    district.last = factories.unit(
        district.home, Tier.BRANCH, Kind.VILLAGE, "Nguyên Thôn", rural=True, valid_from=date(2016, 10, 1)
    )
    for old in (district.second, district.school):
        end(old, district.last, last=date(2016, 9, 30))
    district.new = factories.unit(
        district.root, Tier.BASE, Kind.COMMUNE, "Trung Văn", valid_from=date(2016, 7, 1)
    )
    end(district.far, village(district.new, "Báo Văn"))
    end(district.other, district.new)
    factories.admitted(district.last, staff, on=date(2016, 11, 20))
    return district


def today(unit):
    return UnitToday.objects.get(pk=unit.pk)


def rows_of(unit, period=YEAR):
    """({unit: (admitted, shared, quota)}, those of the total) as the dashboard shows them."""
    total, rows = dashboard.dashboard_lines(dashboard.read_page(unit, period), "ten")
    told = {line.unit.name: (line.row.admitted, line.shared, line.row.quota) for line in rows}
    return told, (total.row.admitted, total.shared, total.row.quota)


def test_of_its_time_each_unit_has_its_own(changed):
    rows, total = rows_of(changed.home)
    assert rows["Tân Nguyên"] == (2, 0, 3) and rows["Trường THCS"] == (1, 0, 1)
    assert rows["Nguyên Thôn"] == (1, 0, None) and rows["Tân Nguyên 1"] == (0, 0, None)
    assert total[0] == 4
    assert {name: row[0] for name, row in rows_of(changed.root)[0].items()} == {
        "Trung Nguyên": 4,
        "Đồng Văn": 1,
        "Trung Văn": 0,
        "Công ty May": 0,
    }


def test_today_each_unit_has_what_it_took_over_and_the_total_counts_once(changed):
    rows, total = rows_of(today(changed.home))
    assert rows == {"Tân Nguyên 1": (2, 2, 3), "Nguyên Thôn": (4, 2, 4)}
    assert total[0] == 4, "two of them are shared, and counted once"
    rows, total = rows_of(today(changed.root))
    assert {name: row[0] for name, row in rows.items()} == {
        "Trung Nguyên": 4,
        "Trung Văn": 1,
        "Công ty May": 0,
    }
    assert rows["Trung Văn"] == (1, 0, 4), "its quota is that of the commune it took over from"
    assert total[0] == rows_of(changed.root)[1][0] == 5


def test_the_split_is_named_under_the_table(changed):
    splits = [(old.name, [heir.name for heir in heirs]) for old, heirs in list_splits(today(changed.home))]
    assert splits == [("Tân Nguyên", ["Nguyên Thôn", "Tân Nguyên 1"])]
    assert list_splits(today(changed.root)) == []
    by_branch = list_splits(today(changed.root), by_branch=True)
    assert [old.name for old, _heirs in by_branch] == ["Tân Nguyên"], "the ranking's rows are branches"


def test_ranking_share_and_silence_follow_the_structure(changed):
    lines = {line.row.unit.name: line for line in ranking.ranking_lines(today(changed.root), YEAR)}
    told = {name: (line.row.admitted, line.shared, line.before) for name, line in lines.items()}
    assert told == {
        "Tân Nguyên 1": (2, 2, 0),
        "Nguyên Thôn": (4, 2, 0),
        "Báo Văn": (1, 0, 1),
        "Công ty May": (0, 0, 0),
    }
    share = branch_share.branch_share(today(changed.root), YEAR)
    assert (share.admitting, share.branches) == (2, 4), (
        "what was split counts for one half, which has its own"
    )
    then = branch_share.branch_share(changed.root, YEAR)
    assert (then.admitting, then.branches) == (2, 4), "a succession counts once in the year that it falls in"
    quiet = silence.silent_branches(today(changed.root), YEAR, 4)
    assert [row.name for row in quiet] == ["Công ty May"]


def test_attainment_and_members_are_sums_of_what_was_taken_over(changed):
    total, rows = attainment.unit_and_children(today(changed.root), YEAR)
    assert {row.unit.name: (row.admitted, row.quota) for row in rows}["Trung Văn"] == (1, 4)
    tree = attainment.attainment_tree(today(changed.root), YEAR)
    assert tree.admitted == total.admitted == 5
    row = attainment.unit_row(today(changed.last), YEAR)
    assert (row.admitted, row.quota, row.target.words) == (4, 4, "3 + 1")
    period = periods.year_period(2017)
    for unit, number in ((changed.school, 20), (changed.rural, 30)):
        MemberCount.objects.create(unit=unit, on=date(2017, 1, 1), number=number)
    assert membership.sum_members_at_start([today(changed.last)], period) == {changed.last.pk: 50}


def test_a_closed_quarter_stays_in_the_structure_of_its_time(changed):
    quarter = quarter_period(2016, 2)
    close_quarter(quarter_period(2016, 1), by=changed.admin)
    close_quarter(quarter, by=changed.admin)
    assert isinstance(open_source(UnitGroup((changed.home,)), quarter), FromClosing)
    source = open_source(UnitGroup((today(changed.home),)), quarter)
    assert isinstance(source, Live)
    assert (
        source.counts["admitted"] == FromClosing(source.group, valid_closing(2016, 2)).counts["admitted"] == 2
    )
    assert [row.name for row in source.children()] == ["Nguyên Thôn", "Tân Nguyên 1"]
    assert "Theo cơ cấu hôm nay." in place_and_days(source)


PAGES = (
    "/chi-tieu/?ky=2016",
    "/chi-tieu/?ky=2017",
    "/chi-tieu/xep-hang/?ky=2016&cot=nong-thon&cot=nam-truoc&cot=dang-lam&cot=nguon",
    "/chi-tieu/dat/?ky=2016",
    "/nguon/chuoi/?ky=2016",
    "/bao-cao/2016/2/?x=1",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("where", ["root", "home", "last", "new"])
def test_every_number_of_a_page_of_today_opens_as_many_dossiers(client, changed, page, where):
    client.force_login(changed.staff)
    said = markup(client.get(f"{page}&don-vi={getattr(changed, where).pk}&cocau=homnay"))
    assert 'aria-current="true">Cơ cấu hôm nay' in said
    figures = re.findall(r'class="figure[^"]*"href="([^"]*)">(\d+)<', said.replace('" href', '"href'))
    lists = [
        (unescape(url), int(n)) for url, n in figures if "ho-so" in url or "nguoi" in url or "dang-lam" in url
    ]
    for url, number in lists:
        assert "cocau=homnay" in url, url
        listed = markup(client.get(url))
        assert int(re.search(r'id="count">(\d+)<', listed)[1]) == number, url


def test_whoever_took_over_sees_what_is_theirs_today_and_no_more(client, changed):
    client.force_login(factories.user("trung-van", Role.COMMUNE_COMMITTEE, changed.new))
    address = f"/chi-tieu/ho-so/?ky=2016&so=admitted&don-vi={changed.new.pk}"
    assert 'id="count">0<' in markup(client.get(address))
    assert 'id="count">1<' in markup(client.get(f"{address}&cocau=homnay"))
    for unit in (changed.home, changed.root):
        assert client.get(f"/chi-tieu/?ky=2016&don-vi={unit.pk}&cocau=homnay").status_code == 404


def test_a_unit_that_is_no_more_has_only_its_own_time(client, changed):
    client.force_login(changed.staff)
    page = markup(client.get(f"/chi-tieu/?ky=2016&don-vi={changed.other.pk}&cocau=homnay"))
    assert 'aria-current="true">Cơ cấu khi đó' in page
    assert f'href="/don-vi/{changed.new.pk}/">Đảng bộ xã Trung Văn' in page


def test_a_file_is_made_in_the_structure_that_was_asked_for(client, changed, settings, tmp_path):
    settings.REPORTS_DIR = tmp_path
    client.force_login(changed.staff)
    client.post(f"/bao-cao/lap/?don-vi={changed.root.pk}&ky=2016&cocau=homnay")
    job = tasks.ask_for_file(today(changed.root), YEAR, by=changed.staff)
    jobs.run_job(job)
    job.refresh_from_db()
    assert job.state == "done" and "co-cau-hom-nay" in job.file_name
    assert "cơ cấu hôm nay" in jobs.job_title(job)
    then = tasks.ask_for_file(Organisation.objects.get(pk=changed.root.pk), YEAR, by=changed.staff)
    assert then.pk != job.pk and then.params == {"report": "report"}


def test_the_source_lists_of_a_day_are_those_of_what_was_taken_over(client, district):
    for branch, name in ((district.rural, "Lê Văn Một"), (district.school, "Lê Văn Hai")):
        factories.dossier(branch, district.staff, person=factories.candidate(full_name=name))
    halves = [village(district.home, f"Tân Nguyên {n}") for n in (1, 2)]
    end(district.rural, *halves)
    client.force_login(district.staff)
    day = date(2016, 6, 1)
    for unit, people in ((halves[0], ["Lê Văn Một"]), (district.home, ["Lê Văn Một", "Lê Văn Hai"])):
        page = sources.read_sources(district.staff, today(unit), day)
        assert {person.dossier.candidate.full_name for person in page.people} == set(people)
        assert page.total.sources == len(people), "each counts once in what stands above both halves"
        then = sources.read_sources(district.staff, Organisation.objects.get(pk=unit.pk), day)
        assert len(then.people) == (0 if unit in halves else 2)
    page = sources.read_sources(district.staff, today(district.home), day)
    assert {line.unit.name: line.sources for line in page.rows} == {
        "Tân Nguyên 1": 1,
        "Tân Nguyên 2": 1,
        "Trường THCS": 1,
    }
    address = f"/nguon/?don-vi={district.home.pk}&ngay=2016-06-01&cocau=homnay"
    said = markup(client.get(address))
    assert 'aria-current="true">Cơ cấu hôm nay' in said and "Lê Văn Một" in said
