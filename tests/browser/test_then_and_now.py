"""The home of a unit, and the structure of the time and today's up to the dossiers behind a number."""

import pytest

pytestmark = pytest.mark.browser


def test_a_figure_is_seen_in_both_structures_and_opens_its_dossiers_in_the_same(open_as):
    page = open_as("district")
    page.goto("/don-vi/")
    page.get_by_role("link", name="Đảng bộ xã Trung Nguyên", exact=True).click()
    assert page.locator("h1").inner_text() == "Đảng bộ xã Trung Nguyên"
    page.get_by_role("link", name="Cơ cấu hôm nay").click()
    assert "cocau=homnay" in page.url
    assert (
        "hiện ở Thiệu Tổ 1 và Thiệu Tổ 2, ghi “chung”, tổng đếm một lần" in page.locator("main").inner_text()
    )
    page.get_by_role("link", name="Chỉ tiêu", exact=False).nth(1).click()
    page.goto(page.url.replace("ky=2017", "ky=2015"))
    total = page.locator("tr.total .c-adm").inner_text()
    rows = [int(text) for text in page.locator("tbody tr:not(.total) .c-adm").all_inner_texts()]
    row = page.locator("tr", has=page.get_by_role("link", name="Thiệu Tổ 2", exact=True))
    assert "chung 1" in row.inner_text()
    assert sum(rows) == int(total) + 1, "the total counts once who is shared"
    row.locator(".c-adm a").click()
    assert page.locator("#count").inner_text() == "1" and "cocau=homnay" in page.url
    page.go_back()
    page.get_by_role("link", name="Cơ cấu khi đó").click()
    assert page.get_by_role("link", name="Thiệu Tổ 2", exact=True).count() == 0, "it did not stand in 2015"
    assert page.locator("tr.total .c-adm").inner_text() == total


@pytest.mark.parametrize("width", [1366, 375])
@pytest.mark.parametrize("account", ["district", "trung-nguyen", "branch"])
def test_the_home_of_a_unit_reads_well_and_leads_on(open_as, account, width):
    page = open_as(account, width=width)
    page.goto("/don-vi/")
    page.locator("main .lead a").first.click()
    page.wait_for_selector("#nhat-ky")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    main = page.locator("main").inner_text()
    for heading in ("Đến hạn", "Đang làm hồ sơ", "Thay đổi tổ chức", "Nhật ký", "Người dùng"):
        assert heading in main, heading
    page.locator(".tabs a", has_text="Nhật ký").click()
    assert page.locator("h1").inner_text() == "Nhật ký"


def test_an_earlier_day_is_asked_for_on_the_page(open_as):
    page = open_as("district")
    page.goto("/don-vi/219/")
    page.fill("#ngay", "30/06/2016")
    page.get_by_role("button", name="Xem").click()
    assert (
        page.locator(".lead").inner_text().startswith("Năm 2016 đến 30/06, Đảng bộ xã Trung Nguyên kết nạp 8")
    )
    listed = page.locator(".tabs a", has_text="Hồ sơ")
    number = listed.locator("small").inner_text()
    listed.click()
    assert page.locator("#count").inner_text() == number
    assert "đúng như sổ ghi đến hết ngày 30/06/2016" in page.locator("main").inner_text()
