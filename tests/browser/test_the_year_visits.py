"""Practices 5 and 6 as their users go through them: a team concludes a visit, a follower sees what needs them."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_a_team_head_writes_down_and_signs_a_visit(open_as):
    page = open_as("to-3")
    assert "đã dự 1 trên 2 đơn vị" in page.locator("h2").first.inner_text()
    page.get_by_role("link", name="Đồng Văn", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Dự sinh hoạt chi bộ thôn Báo Văn"
    number = page.locator(".beside a.figure", has_text=re.compile(r"^\d+$")).last
    counted = number.inner_text()
    address = page.url
    number.click()
    assert page.locator("#count").inner_text() == counted
    page.goto(address)
    page.locator("select[name$=-state]").last.select_option("done")
    page.fill("#id_referral", "Một quần chúng chưa được cử học lớp")
    page.fill("#id_k1-what", "Báo cáo Đảng ủy xã việc cử học lớp")
    page.fill("#id_k1-who", "Bí thư chi bộ")
    page.fill("#id_k1-before", "31/02/2017")
    page.get_by_role("button", name="Ký kết luận").click()
    assert "31/02/2017 không có trong lịch" in page.locator(".invalid-feedback").inner_text()
    assert page.input_value("#id_referral") == "Một quần chúng chưa được cử học lớp"
    page.fill("#id_k1-before", "15/03/2017")
    page.get_by_role("button", name="Ký kết luận").click()
    assert "Đã ký kết luận, 2 việc." in page.locator("[role=status]").inner_text()
    assert "trước ngày 15/03/2017" in page.locator("main").inner_text()
    with page.expect_download() as notice:
        page.get_by_role("link", name="Thông báo kết luận").click()
    assert notice.value.suggested_filename.endswith(".docx")


def test_a_follower_begins_with_what_needs_them_and_writes_down_a_visit(open_as):
    page = open_as("phu-trach", width=375)
    assert page.locator("h1").inner_text() == "Hai xã tôi phụ trách"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Ghi buổi làm việc với xã").click()
    page.select_option("#id_unit", label="Đảng bộ xã Hồng Phương")
    page.get_by_role("button", name="Hẹn").click()
    page.get_by_role("link", name="Ghi đã dự").click()
    page.fill("#id_met", "Bí thư Đảng ủy xã")
    page.get_by_role("button", name="Ghi đã dự").click()
    page.fill("#id_k0-what", "Nêu nguồn ở 3 chi bộ không kết nạp")
    page.fill("#id_k0-who", "Đảng ủy xã")
    page.get_by_role("button", name="Ký kết luận").click()
    assert "Đã ký kết luận, 1 việc." in page.locator("[role=status]").inner_text()
    page.goto("/theo-doi/phu-trach/")
    assert "đã làm việc với 2/2 đơn vị" in page.locator("main").inner_text()
