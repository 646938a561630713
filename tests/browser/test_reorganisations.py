"""An administrator changes the tree by pages: two branches merged and parted again, and the changes of Yên Lạc."""

import re
import time

import pytest

from tests.server import serving

pytestmark = pytest.mark.browser
MERGED = "Chi bộ thôn Đông Lỗ"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A register of its own: units end in it."""
    return tmp_path_factory.mktemp("reorganisations")


@pytest.fixture(scope="module")
def server(folder):
    with serving(folder) as address:
        yield address


def read_figures(page):
    """The rows of Trung Nguyên's own dashboard of 2016, and of its year so far."""
    rows = []
    for period in ("2016", "2017"):
        page.goto(f"/chi-tieu/?don-vi={find_unit(page, 'Đảng bộ xã Trung Nguyên')}&ky={period}")
        rows.append(page.locator("tr.total").first.inner_text().split())
    return rows


def find_unit(page, title):
    """The primary key of the unit that is called `title` today."""
    page.goto(f"/don-vi/?q={title.split()[-1]}")
    link = page.get_by_role("link", name=title, exact=True).first
    return int(link.get_attribute("href").strip("/").split("/")[-1])


def choose_unit(page, typed):
    """Choose a unit by typing a part of its name without marks."""
    box = page.locator(".ts-wrapper.multi input").first
    box.click()
    box.press_sequentially(typed)
    page.locator(".ts-dropdown .option.active").first.wait_for()
    box.press("Enter")
    box.press("Escape")


def carry_out(page):
    """From the page of a plan through the check: the plan as it was carried out."""
    page.locator(".act a.btn-primary").click()
    assert "Kiểm tra trước khi thực hiện" in page.locator("h1").inner_text()
    page.locator(".act button.btn-primary").click()
    page.wait_for_selector(".note[role=status]")
    assert "đã thực hiện, có hiệu lực" in page.locator(".page-head").inner_text()


def assert_fits_and_is_accessible(page):
    """On a desk and on a phone: nothing scrolls sideways, axe has nothing to say."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for width in (375, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(row["id"], row["nodes"][0]["html"]) for row in found] == []


def assert_equal_totals(page):
    """Every total before and after is equal, and the sentence counts all of them."""
    words = page.locator("p.lead").inner_text()
    equal, rows = re.search(r"bằng nhau ở (\d+) trên (\d+) dòng", words).groups()
    assert equal == rows
    assert int(rows) > 50
    assert page.locator("#tong .st-late").count() == 0


def test_two_branches_are_merged_in_two_minutes_and_parted_again(open_as):
    page = open_as("admin")
    before = read_figures(page)
    started = time.monotonic()
    page.goto(f"/don-vi/{find_unit(page, 'Chi bộ thôn Đông Lỗ 1')}/")
    page.get_by_role("link", name="Nhập với chi bộ khác").click()
    choose_unit(page, "dong lo 2")
    page.fill("#id_name", "Đông Lỗ")
    page.fill("#id_number", "12-QĐ/ĐU")
    page.fill("#id_decided_on", "20/02/2017")
    page.get_by_role("button", name="Xem trước khi thực hiện").click()
    assert page.locator(".tree li.end > b").all_inner_texts() == [
        "Chi bộ thôn Đông Lỗ 1",
        "Chi bộ thôn Đông Lỗ 2",
    ]
    assert page.locator(".tree li.new > b").all_inner_texts() == [MERGED]
    assert_equal_totals(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="Tải bảng này · Excel").click()
    assert file.value.suggested_filename.endswith(".xlsx")
    carry_out(page)
    plan = page.url
    assert time.monotonic() - started < 60, "no typing counted: a person has another minute"
    assert read_figures(page) == before

    page.goto(plan)
    assert_fits_and_is_accessible(page)
    page.get_by_role("link", name=f"Mở {MERGED}").click()
    assert MERGED in page.locator("h1").inner_text()
    page.goto(plan)
    page.get_by_role("link", name="Hoàn tác, trả lại 2 đơn vị").click()
    page.fill("#id_reason", "Nghị quyết bị thu hồi")
    page.get_by_role("button", name="Hoàn tác, trả lại 2 đơn vị").click()
    page.wait_for_selector(".note[role=status]")
    assert "Nghị quyết bị thu hồi" in page.locator("main").inner_text()
    page.goto("/don-vi/?q=dong lo")
    assert page.locator("main .plain-list a").all_inner_texts() == [
        "Chi bộ thôn Đông Lỗ 1",
        "Chi bộ thôn Đông Lỗ 2",
    ]
    assert read_figures(page) == before


@pytest.fixture
def years_later(folder, server):
    """The same register on the day after the district level ended."""
    with serving(folder, TODAY="02/07/2025") as address:
        yield address


def answer_what_blocks(page):
    """Give the first answer to everything that must be chosen before a plan is carried out."""
    while page.locator("#chon ~ * .lack a").count():
        page.locator("#chon ~ * .lack a").first.click()
        page.wait_for_url("**/chon/**")
        if page.locator("select[name=answer]").count():
            page.locator("select[name=answer]").select_option(index=1, force=True)
        else:
            page.locator("input[type=radio]").first.check()
        if page.locator("#id_alike").count():
            page.check("#id_alike")
        page.get_by_role("button", name="Ghi lựa chọn").click()
        page.wait_for_selector(".note[role=status]")


def test_the_changes_of_yen_lac_are_run_and_the_last_is_undone(open_as, years_later):
    page = open_as("admin", base_url=years_later)
    page.set_default_timeout(120_000)
    figures = f"/chi-tieu/?ky=2016&don-vi={find_unit(page, 'Đảng bộ huyện Yên Lạc')}"
    page.goto(figures)
    before = page.locator("tr.total").first.inner_text()
    assert "268" in before
    for place, title in enumerate(("Thành lập thị trấn Tam Hồng", "Nhập xã Hồng Phương", "Bỏ cấp huyện")):
        page.goto("/don-vi/thay-doi/")
        page.get_by_role("link", name="Kế hoạch có sẵn: 3").click()
        page.get_by_role("button", name="Lập kế hoạch từ bản này").nth(place).click()
        assert title in page.locator("h1").inner_text()
        answer_what_blocks(page)
        assert_equal_totals(page)
        assert_fits_and_is_accessible(page)
        carry_out(page)
        assert_equal_totals(page)
    plan = page.url
    assert page.locator(".tree li.new > b").all_inner_texts() == [
        "Đảng bộ tỉnh Phú Thọ",
        "Đảng bộ xã Yên Lạc",
        "Đảng bộ xã Tề Lỗ",
        "Đảng bộ xã Tam Hồng",
        "Đảng bộ xã Nguyệt Đức",
        "Đảng bộ xã Liên Châu",
    ]
    page.goto(figures)
    assert page.locator("tr.total").first.inner_text() == before
    page.goto("/don-vi/")
    assert "Đảng bộ tỉnh Phú Thọ: 9 tổ chức cơ sở đảng, 291 chi bộ." in page.locator("p.lead").inner_text()

    page.goto(plan)
    page.locator("#hoan-tac ~ .btn-row a").click()
    page.fill("#id_reason", "Chạy thử xong")
    page.locator(".act button.btn-primary").click()
    page.wait_for_selector(".note[role=status]")
    page.goto("/don-vi/")
    assert "Đảng bộ huyện Yên Lạc: 20 tổ chức cơ sở đảng, 291 chi bộ." in page.locator("p.lead").inner_text()
    page.goto(figures)
    assert page.locator("tr.total").first.inner_text() == before
