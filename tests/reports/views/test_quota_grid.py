"""The grid in which a unit gives those under it their quotas: all of a column or nothing."""

from datetime import date

import pytest

from admissions.exceptions import Refused
from branches.models import Kind as UnitKind
from branches.models import Tier
from reports import periods
from reports.models import Basis, Quota
from reports.quotas import assign
from reports.quotas.assign import Amount
from reports.quotas.grid import grid_token
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

YEAR = periods.year_period(2016)


@pytest.fixture
def grid(client, district):
    """Posts the grid of the district, which has 20 and gave Trung Nguyên 9; `changes` go over what is typed."""
    for unit, number in ((district.root, 20), (district.home, 9)):
        factories.quota(unit, YEAR, number)
    client.force_login(district.leader)
    url = f"/chi-tieu/giao/luoi/?don-vi={district.root.pk}&ky=2016"
    data = {
        "luoi": grid_token(district.root, YEAR),
        "basis": "QĐ 44-QĐ/HU",
        "basis_on": "20/02/2017",
        f"q{district.home.pk}": "10",
        f"q{district.other.pk}": "6",
        f"q{district.firm.pk}": "",
    }
    return lambda **changes: client.post(url, data | changes)


def test_a_column_is_saved_together(client, district, grid):
    assert grid().status_code == 302
    given = factories.heads_asked(district.root, YEAR)
    assert given == {district.root.pk: 20, district.home.pk: 10, district.other.pk: 6}
    assert {str(row.basis) for row in Quota.objects.current().filter(unit__parent=district.root)} == {
        "QĐ 44-QĐ/HU, 20/02/2017"
    }
    page = markup(client.get(f"/chi-tieu/giao/?don-vi={district.root.pk}&ky=2016"))
    assert "thiếu 4 so với 20" in page
    assert "2 lần giao" in page


def test_one_bad_cell_refuses_all_and_keeps_what_was_typed(district, grid):
    response = grid(**{f"q{district.other.pk}": "6a"})
    page = markup(response)
    assert response.status_code == 422
    assert "“6a” không phải số nguyên." in page
    assert 'value="10"' in page
    assert 'value="6a"' in page
    assert 'value="QĐ 44-QĐ/HU"' in page
    assert factories.heads_asked(district.root, YEAR) == {district.root.pk: 20, district.home.pk: 9}
    assert grid(basis="").status_code == 422
    assert "ghi 0" in markup(grid(**{f"q{district.home.pk}": " "}))
    assert not Basis.objects.filter(number="QĐ 44-QĐ/HU").exists(), "not even the document is written"


def test_a_grid_that_someone_changed_meanwhile_is_not_saved_and_shows_what_stands_now(district, grid):
    factories.quota(district.other, YEAR, 8)
    response = grid()
    page = markup(response)
    assert response.status_code == 422
    assert "Người khác vừa sửa lưới này" in page
    assert 'data-now="8"' in page
    assert factories.heads_asked(district.root, YEAR)[district.home.pk] == 9
    assert grid(luoi=grid_token(district.root, YEAR)).status_code == 302


def test_a_pasted_column_fills_the_grid_for_review_and_saves_nothing(district, grid):
    page = markup(grid(dan="1", cot="Trung Nguyên\t7\r\n1.200\n3\n"))
    for number in ("7", "1.200", "3"):
        assert f'value="{number}"' in page
    assert "vượt 1.190 so với 20" in page
    assert Quota.objects.count() == 2
    wrong = grid(dan="1", cot="1\n2\n3\n4")
    assert wrong.status_code == 422
    assert "Cột dán có 4 số, lưới có 3 đơn vị" in markup(wrong)
    assert "khớp với 20" in markup(grid(xem="1", **{f"q{district.home.pk}": "14"}))


def test_the_grid_says_what_units_that_are_no_more_admitted(client, district):
    ended = factories.unit(
        district.home, Tier.BRANCH, UnitKind.VILLAGE, "Thiệu Tổ", valid_to=date(2015, 12, 31), rural=True
    )
    for branch in (ended, district.rural):
        factories.admitted(branch, district.staff, on=date(2015, 3, 10))
    client.force_login(district.commune)
    page = markup(client.get("/chi-tieu/giao/luoi/?ky=2016"))
    url = f"/chi-tieu/ho-so/?don-vi={district.home.pk}&amp;ky=2015&amp;so=admitted"
    assert f'Cả năm 2015 Đảng bộ xã Trung Nguyên kết nạp<a class="figure" href="{url}">2</a>' in page
    assert "Cả năm 2014" not in page


def test_a_pasted_block_with_names_goes_to_its_units_in_any_order_or_nowhere(district, grid):
    block = "1\tĐảng bộ xã ĐỒNG VĂN\t8\r\n2\tTrung Nguyen\t5\n"
    page = markup(grid(dan="1", cot=block))
    assert f'id="q{district.other.pk}" name="q{district.other.pk}" value="8"' in page
    assert f'id="q{district.home.pk}" name="q{district.home.pk}" value="5"' in page
    wrong = markup(grid(dan="1", cot="Trung Nguyên\t5\nCộng\t5"))
    assert "Không có đơn vị “Cộng” trong lưới; chưa điền gì." in wrong
    assert f'id="q{district.home.pk}" name="q{district.home.pk}" value="10"' in wrong, "what was typed stays"


def test_a_column_answers_the_proposals_it_meets_and_leaves_what_did_not_change(district, grid):
    asked = assign.propose_quota(district.home, YEAR, Amount(number=9), by=district.commune)
    seen = grid_token(district.root, YEAR)
    assert grid(luoi=seen, **{f"q{district.home.pk}": "9", f"q{district.other.pk}": ""}).status_code == 302
    asked.refresh_from_db()
    assert (asked.answer.number, asked.answer.state) == (9, "assigned")


def test_an_untouched_cell_leaves_a_proposal_of_another_number_waiting(district, grid):
    asked = assign.propose_quota(district.home, YEAR, Amount(number=16), by=district.commune)
    stands = factories.heads_asked(district.root, YEAR)[district.home.pk]
    seen = grid_token(district.root, YEAR)
    typed = {f"q{district.home.pk}": str(stands), f"q{district.other.pk}": "8"}
    assert grid(luoi=seen, **typed).status_code == 302
    assert Quota.objects.pending().get() == asked
    assert factories.heads_asked(district.root, YEAR)[district.other.pk] == 8


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.200", 1200), ("1 200", 1200), ("\u00a07 ", 7), ("100.000", 100_000), ("", None)]
    + [(wrong, "không phải số nguyên") for wrong in ("1.2", "1 0", "1.2.3", "1,2", "-5", "٣", "1..200")]
    + [("99999999", "99.999.999 quá lớn: nhiều nhất 100.000."), ("9" * 5000, "quá lớn")],
)
def test_a_cell_holds_a_whole_number_or_says_what_is_wrong(typed, read):
    if isinstance(read, str):
        with pytest.raises(Refused, match=read):
            assign.whole_number(typed)
    else:
        assert assign.whole_number(typed) == read


def test_what_is_pasted_can_be_reviewed_before_a_document_is_named(grid):
    page = markup(grid(dan="1", cot="", basis="", basis_on=""))
    assert "Chưa dán cột số nào." in page
    assert "Ô này phải nhập" not in page


def test_a_commune_gives_its_branches_theirs_in_its_own_grid_only(client, district):
    client.force_login(district.commune)
    assert client.get("/chi-tieu/giao/luoi/?ky=2016").status_code == 200
    data = {
        "luoi": grid_token(district.home, YEAR),
        "basis": "KH 02-KH/ĐU",
        "basis_on": "20/01/2016",
        f"q{district.rural.pk}": "2",
        f"q{district.home.pk}": "99",
        f"q{district.far.pk}": "99",
    }
    assert client.post("/chi-tieu/giao/luoi/?ky=2016", data).status_code == 302
    assert factories.heads_asked(district.root, YEAR) == {district.rural.pk: 2}
    choice = markup(client.get("/chi-tieu/giao/moi/?ky=2016"))
    assert f'<option value="{district.home.pk}"' not in choice
    client.force_login(district.branch)
    assert client.get("/chi-tieu/giao/luoi/?ky=2016").status_code == 403
