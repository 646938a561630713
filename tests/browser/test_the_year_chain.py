"""The board asks why decisions are late: figures open people, a reason is noted, the answer goes into the report."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_why_are_we_late_is_answered_and_taken_into_the_report(open_as):
    page = open_as("district")
    page.goto("/chi-tieu/")
    page.get_by_role("link", name="Từ nguồn đến chính thức").click()
    lead = page.locator("p.lead")
    decided = re.search(r"\d+ có quyết định kết nạp", lead.inner_text())[0]
    reasons = page.locator("#vi-sao table").first
    rows = [row.split("\t") for row in reasons.inner_text().split("\n") if "\t" in row]
    numbers = [int(number) for _words, number in rows]
    assert numbers and sum(numbers[:-1]) == numbers[-1], "one main reason each: they add up"

    reasons.locator("tr.total a").click()
    assert page.locator("#count").inner_text() == str(numbers[-1])
    page.locator("table.people tbody a").first.click()
    number = re.search(r"\d{4}/\d+", page.url)[0]
    page.goto(f"/ho-so/{number}/viec/note_delay/")
    page.locator("#id_why").select_option(label="Ban Tổ chức thẩm định lâu")
    page.locator("#id_on").fill("27/02/2017")
    page.locator("main form button[type=submit]").last.click()
    assert "Ban Tổ chức thẩm định lâu" in page.locator("main").inner_text()

    page.goto("/nguon/chuoi/")
    assert "Ban Tổ chức thẩm định lâu" in page.locator("#vi-sao table").first.inner_text()
    page.get_by_role("button", name="Đưa vào báo cáo quý I/2017").click()
    typed = page.get_by_label("Khó khăn, hạn chế").input_value()
    assert decided in typed and "Ban Tổ chức thẩm định lâu 1" in typed


def test_the_chain_fits_a_phone(open_as):
    page = open_as("leader", width=320)
    page.goto("/nguon/chuoi/?lua=1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="theo ngày của từng bước").click()
    assert "Mỗi bước đếm theo ngày của chính bước đó" in page.locator("main").inner_text()
