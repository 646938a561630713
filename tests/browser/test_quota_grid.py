"""The grid of quotas by keyboard and clipboard: columns and blocks pasted into a cell, the sum as one types."""

import pytest

pytestmark = pytest.mark.browser

PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def grid(open_as):
    page = open_as("leader")
    page.goto("/chi-tieu/giao/luoi/?ky=2017")
    assert page.locator("[data-difference]").inner_text() == "khớp với 244"
    return page


def values(page, *places):
    return [page.locator("[data-cell]").nth(n).input_value() for n in places]


def paste(page, place, text):
    page.locator("[data-cell]").nth(place).evaluate(f"(field, text) => ({PASTE})(field, text)", text)


def said(page):
    return page.locator("[data-said]").inner_text().strip()


def test_a_pasted_column_runs_down_from_its_cell_and_the_difference_is_said(grid):
    paste(grid, 1, "20\r\n12\n10\n")
    assert values(grid, 0, 1, 2, 3, 4) == ["12", "20", "12", "10", "9"]
    assert grid.locator("[data-difference]").inner_text() == "vượt 4 so với 244"
    assert [place.inner_text() for place in grid.locator("[data-sum]").all()] == ["248", "248"]
    assert said(grid) == "Đã điền 3 ô, chưa lưu."


def test_a_pasted_block_goes_by_the_names_in_it_whatever_their_order(grid):
    paste(grid, 0, "1\tĐảng bộ xã Đồng Văn\t1.000\r\n2\tđại tự\t20\n")
    assert values(grid, 0, 1, 2, 3) == ["12", "20", "11", "1.000"]
    assert grid.locator("[data-difference]").inner_text() == "vượt 993 so với 244"


def test_a_paste_that_does_not_fit_fills_nothing_and_says_why(grid):
    before = values(grid, *range(21))
    paste(grid, 20, "1\n2\n3")
    assert said(grid) == "Cột dán có 3 số, từ ô này chỉ còn 1 ô; chưa điền gì."
    paste(grid, 0, "Đại Tự\t20\nCộng\t20")
    assert said(grid) == "Không có đơn vị “Cộng” trong lưới; chưa điền gì."
    assert values(grid, *range(21)) == before


def test_keys_walk_down_the_column_and_a_wrong_cell_saves_nothing_and_loses_nothing(grid):
    cells = grid.locator("[data-cell]")
    cells.nth(0).focus()
    grid.keyboard.press("Home")
    grid.keyboard.press("ArrowLeft")
    assert grid.evaluate("document.activeElement.tagName") == "A", "the row's own numbers"
    grid.keyboard.press("Tab")
    for key, place in (
        ("Enter", 1),
        ("ArrowDown", 2),
        ("ArrowUp", 1),
        ("Tab", 2),
        ("Shift+Tab", 1),
        ("Shift+Enter", 0),
        ("Enter", 1),
    ):
        grid.keyboard.press(key)
        assert cells.nth(place).evaluate("field => field === document.activeElement"), key
    grid.keyboard.type("1x")
    assert grid.locator("[data-difference]").inner_text() == "có ô chưa đúng"
    grid.fill("#id_basis", "QĐ 44-QĐ/HU")
    cells.nth(1).focus()
    grid.keyboard.press("Control+Enter")
    grid.wait_for_selector("#problem")
    assert "“1x” không phải số nguyên." in grid.locator("#problem").inner_text()
    assert values(grid, 0, 1, 2) == ["12", "1x", "11"]
    assert grid.input_value("#id_basis") == "QĐ 44-QĐ/HU"
    grid.goto("/chi-tieu/giao/luoi/?ky=2017")
    assert values(grid, 1) == ["14"]


def test_a_cell_that_is_emptied_or_too_large_is_marked_while_one_types_and_enter_gives_the_column(grid):
    cells = grid.locator("[data-cell]")
    for text in ("", "1.2", "99999999"):
        cells.nth(1).fill(text)
        assert "is-invalid" in cells.nth(1).get_attribute("class"), text
        assert grid.locator("[data-sum]").first.inner_text() == "230", "what is wrong adds nothing"
    cells.nth(1).fill("15")
    assert grid.locator("[data-sum]").first.inner_text() == "245"
    grid.fill("#id_basis", "QĐ 44-QĐ/HU")
    grid.locator("#id_basis").press("Enter")
    grid.wait_for_selector("#problem")
    assert "Chưa dán cột số nào." not in grid.locator("#problem").inner_text(), (
        "the day of the document is missing"
    )


def test_without_a_script_a_column_is_filled_reckoned_and_saved_by_the_server(open_as):
    page = open_as("leader", java_script_enabled=False)
    page.goto("/chi-tieu/giao/luoi/?ky=2017")
    page.locator("[data-cell]").nth(1).fill("20")
    page.get_by_role("button", name="Tính lại").click()
    assert page.locator("[data-difference]").inner_text() == "vượt 6 so với 244"
    assert values(page, 1) == ["20"]
    page.goto("/chi-tieu/giao/luoi/?ky=2018")
    page.get_by_text("Dán cột số từ bảng tính").click()
    page.fill("#cot", "Đồng Văn\t13\nĐại Tự\t14")
    page.get_by_role("button", name="Điền vào lưới").click()
    assert values(page, 0, 1, 2, 3) == ["", "14", "", "13"]
    page.fill("#id_basis", "QĐ 90-QĐ/HU")
    page.fill("#id_basis_on", "20/02/2017")
    page.locator("button.btn-primary[type=submit]").click()
    assert "Đã giao 2 chỉ tiêu." in page.locator("main").inner_text()
    assert page.locator("table.ledger .total .num").inner_text() == "27"


def test_what_a_commune_proposes_the_district_assigns_or_declines_for_a_reason(open_as):
    commune = open_as("trung-nguyen")
    for number in ("17", "18"):
        commune.goto("/chi-tieu/giao/de-nghi/?ky=2018")
        commune.fill("#id_number", number)
        commune.fill("#id_reason", "Có nguồn")
        commune.locator("button.btn-primary[type=submit]").click()
        assert f"Đã đề nghị {number} cho Đảng bộ xã Trung Nguyên." in commune.locator("main").inner_text()
    leader = open_as("leader")
    leader.goto("/chi-tieu/giao/?ky=2018")
    waiting = leader.locator(".proposals > li")
    assert waiting.count() == 1, "the later proposal stands for the former"
    assert "18" in waiting.inner_text()
    waiting.get_by_role("button", name="Không nhận").click()
    assert "Ghi lý do không nhận đề nghị." in leader.locator("main").inner_text()
    waiting.get_by_role("textbox").fill("Nguồn chưa đủ")
    waiting.get_by_role("button", name="Không nhận").click()
    assert "Đã trả lời đề nghị của Đảng bộ xã Trung Nguyên." in leader.locator("main").inner_text()
    commune.goto("/chi-tieu/giao/?ky=2018")
    assert "Nguồn chưa đủ" in commune.locator("main").inner_text()
