"""Branches against their quotas, and ways of looking that are kept under a name."""

from datetime import date

import pytest

from branches.models import Kind, Tier
from reports import periods
from reports.models import SavedView
from reports.pages import ranking
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db

YEAR = periods.year_period(2016)


@kept
def ranked(district):
    """Tân Nguyên admitted 2 of 1, the school 1 of 1, Báo Văn 0 of 3, Hùng Vĩ 1 without a quota, the firm none."""
    district.free = factories.unit(district.other, Tier.BRANCH, Kind.VILLAGE, "Hùng Vĩ", rural=True)
    for branch, number in ((district.rural, 2), (district.school, 1), (district.free, 1)):
        for _ in range(number):
            factories.admitted(branch, district.staff, on=date(2016, 3, 10))
    for branch, number in ((district.rural, 1), (district.school, 1), (district.far, 3)):
        factories.quota(branch, YEAR, number)
    factories.dossier(district.rural, district.staff)
    return district


def test_each_branch_is_in_one_group_by_its_own_quota(ranked):
    rows = ranking.ranking_lines(ranked.root, YEAR)
    assert {line.row.unit: line.group for line in rows} == {
        ranked.rural: "vuot",
        ranked.school: "dat",
        ranked.far: "thieu",
        ranked.free: "khong-giao",
        ranked.firm: "khong-giao",
    }
    chosen = ranking.choose_lines(rows, sort="chenh")
    assert [line.row.unit for line in chosen][:3] == [ranked.far, ranked.school, ranked.rural]
    by_share = [line.row.unit for line in ranking.choose_lines(rows, rural="1", sort="dat")]
    assert by_share == [ranked.rural, ranked.far, ranked.free]


def test_the_lead_counts_the_groups_and_the_silent(ranked):
    lead = ranking.ranking_lead(ranked.root, YEAR, ranking.ranking_lines(ranked.root, YEAR), 8)
    assert lead.plain.startswith("1 chi bộ vượt chỉ tiêu, 1 chi bộ đạt đúng chỉ tiêu, 1 chi bộ thiếu")
    assert lead.plain.endswith(
        "2 chi bộ không giao chỉ tiêu. Sổ chưa ghi đủ 8 quý trước khi hết kỳ này nên chưa biết chi bộ nào im lặng."
    )
    assert f'<a href="?don-vi={ranked.root.pk}&amp;ky=2016&amp;nhom=thieu">1</a>' in lead.html


def test_the_page_takes_every_choice_from_its_address_and_its_numbers_open_lists(client, ranked):
    client.force_login(ranked.leader)
    address = f"/chi-tieu/xep-hang/?don-vi={ranked.root.pk}&ky=2016&nhom=vuot&cot=nguon"
    page = markup(client.get(address))
    assert '<b id="count">1</b>' in page
    assert "200,0%" in page
    assert "vượt 1" in page
    listed = markup(client.get(f"/ho-so/?don-vi={ranked.rural.pk}&trang-thai=listed"))
    assert '<b id="count">1</b>' in listed
    assert f"/ho-so/?don-vi={ranked.rural.pk}&amp;trang-thai=listed" in page


def test_a_commune_ranks_its_own_branches_only(client, ranked):
    client.force_login(ranked.commune)
    page = markup(client.get("/chi-tieu/xep-hang/?ky=2016"))
    assert "Tân Nguyên" in page
    assert "Báo Văn" not in page


def test_a_way_of_looking_is_shared_inside_its_unit_and_only_its_maker_takes_it_away(client, ranked):
    client.force_login(ranked.commune)
    data = {"page": "ranking", "query": "ky=2016&nhom=thieu", "name": "Chi bộ thiếu"}
    answer = client.post("/chi-tieu/luu/", data)
    assert answer.url == "/chi-tieu/xep-hang/?ky=2016&nhom=thieu"
    view = SavedView.objects.get()
    assert view.unit == ranked.home
    for user, sees in ((ranked.leader, True), (ranked.commune, True), (ranked.branch, False)):
        client.force_login(user)
        assert ("Chi bộ thiếu" in markup(client.get("/chi-tieu/xep-hang/?ky=2016"))) is sees
    client.force_login(ranked.leader)
    assert client.post(f"/chi-tieu/luu/{view.pk}/bo/").status_code == 404
    client.force_login(ranked.commune)
    client.post(f"/chi-tieu/luu/{view.pk}/bo/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"page": "khong-co"}, 404),
        ({"name": " "}, 302),
        ({"name": "x" * 81}, 302),
        ({"query": "don-vi=999999"}, 404),
        ({"query": "don-vi=x"}, 404),
    ],
)
def test_what_cannot_be_kept_is_not(client, ranked, wrong, status):
    client.force_login(ranked.commune)
    data = {"page": "ranking", "query": "ky=2016", "name": "Tên"} | wrong
    assert client.post("/chi-tieu/luu/", data).status_code == status
    assert not SavedView.objects.exists()


def test_a_name_stands_once(client, ranked):
    client.force_login(ranked.commune)
    data = {"page": "ranking", "query": "ky=2016", "name": "Tên"}
    client.post("/chi-tieu/luu/", data)
    page = markup(client.post("/chi-tieu/luu/", data, follow=True))
    assert "Đã có cách xem tên" in page
    assert SavedView.objects.count() == 1


@kept
def quiet(district):
    """A register since 2014: Tân Nguyên last admitted in 2014, the school in 2015, Báo Văn in 2016, the firm never."""
    for branch, year in ((district.rural, 2014), (district.school, 2015), (district.far, 2016)):
        factories.admitted(branch, district.staff, on=date(year, 2, 10))
    return district


@pytest.mark.parametrize(
    ("quarters", "silent"),
    [
        (3, {"rural", "school", "far", "firm"}),
        (4, {"rural", "school", "firm"}),
        (8, {"rural", "firm"}),
        (12, {"firm"}),
    ],
)
def test_silence_lasts_as_many_quarters_as_the_reader_says_and_each_number_opens_its_branches(
    client, quiet, quarters, silent
):
    client.force_login(quiet.staff)
    expected = {getattr(quiet, name) for name in silent}
    rows = ranking.ranking_lines(quiet.root, YEAR, quarters)
    assert {line.row.unit for line in rows if line.silent} == expected
    base = f"don-vi={quiet.root.pk}&ky=2016&im-lang={quarters}"
    listed = markup(client.get(f"/chi-tieu/xep-hang/?{base}"))
    assert f'<b id="count">{len(expected)}</b>' in listed
    assert f"chi bộ {quarters} quý không kết nạp và hiện không có nguồn" in listed
    page = markup(client.get(f"/chi-tieu/im-lang/?{base}"))
    assert f'<b id="count">{len(expected)}</b>' in page
    for unit in expected:
        assert f'">{unit.title}</a>' in page
    factories.dossier(quiet.firm, quiet.staff)
    page = markup(client.get(f"/chi-tieu/im-lang/?{base}"))
    assert f'<b id="count">{len(expected) - 1}</b>' in page, "a branch with a source is not silent"


def test_silence_longer_than_the_register_is_said_not_guessed(client, quiet):
    client.force_login(quiet.staff)
    for page in ("xep-hang", "im-lang"):
        assert "Sổ chưa ghi đủ 13 quý" in markup(client.get(f"/chi-tieu/{page}/?ky=2016&im-lang=13"))
        for wrong in ("0", "41", "x", "²"):
            assert client.get(f"/chi-tieu/{page}/?ky=2016&im-lang={wrong}").status_code == 404


@pytest.mark.parametrize("group", ranking.GROUPS)
def test_the_number_of_each_group_opens_exactly_its_branches(client, ranked, group):
    client.force_login(ranked.leader)
    rows = [line for line in ranking.ranking_lines(ranked.root, YEAR) if line.group == group]
    page = markup(client.get(f"/chi-tieu/xep-hang/?don-vi={ranked.root.pk}&ky=2016"))
    assert f'nhom={group}">{len(rows)}</a>' in page
    listed = markup(client.get(f"/chi-tieu/xep-hang/?don-vi={ranked.root.pk}&ky=2016&nhom={group}"))
    assert f'<b id="count">{len(rows)}</b>' in listed


def test_the_list_of_dossiers_keeps_its_filters_columns_and_sorting_under_a_name(client, ranked):
    query = f"don-vi={ranked.home.pk}&trang-thai=da-ket-nap&sap=so&cot=gioi-tinh&cot=quyet-dinh"
    client.force_login(ranked.commune)
    page = markup(client.get(f"/ho-so/?{query}"))
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert "Giới tính" in head
    assert "Ngày quyết định" in head
    assert "Ngày sinh" not in head
    assert "Ngày sinh" in markup(client.get("/ho-so/"))
    answer = client.post("/chi-tieu/luu/", {"page": "dossiers", "query": query, "name": "Đã kết nạp"})
    assert answer.url == f"/ho-so/?{query}"
    for user, sees in ((ranked.leader, True), (ranked.branch, False)):
        client.force_login(user)
        found = markup(client.get("/ho-so/"))
        assert ("Đã kết nạp</a>" in found) is sees
        assert ("cot=gioi-tinh&amp;cot=quyet-dinh" in found) is sees


def test_all_columns_can_be_put_away_and_a_chosen_branch_stays_chosen(client, ranked):
    client.force_login(ranked.staff)
    page = markup(client.get(f"/ho-so/?don-vi={ranked.rural.pk}&cot="))
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert "Ngày sinh" not in head
    assert "Trạng thái" in head
    assert f'<option value="{ranked.rural.pk}" selected>' in page


def test_what_is_too_long_to_keep_is_not_kept_in_part(client, ranked):
    client.force_login(ranked.staff)
    data = {"page": "dossiers", "query": f"q={'x' * 500}", "name": "Dài"}
    assert client.post("/chi-tieu/luu/", data).status_code == 404
    assert not SavedView.objects.exists()
