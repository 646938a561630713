"""A secretary reviews the month on a phone, the commune reads and scores it, the day's page says what is due."""

import re

import pytest

pytestmark = pytest.mark.browser
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_a_secretary_reviews_the_month_on_a_phone(open_as):
    page = open_as("branch", width=375, has_touch=True, is_mobile=True)
    page.goto("/ho-so/hom-nay/")
    page.locator("#errands ~ table").get_by_role("link", name="Rà soát tháng 2/2017").tap()
    assert page.locator("h1").inner_text() == "Rà soát tháng 2/2017"
    assert page.evaluate(FITS)
    figures = page.locator(".aside table").bounding_box()
    assert figures["y"] < page.locator("form.quick").bounding_box()["y"], "the figures stand above the form"
    low = page.evaluate(
        "[...document.querySelectorAll('form.quick .form-check-label, form.quick button')]"
        ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.textContent)"
    )
    assert low == []
    page.get_by_label("Thanh niên đi làm xa").check()
    page.get_by_label("Việc", exact=True).first.fill("Gặp chi đoàn")
    page.get_by_label("Người làm").first.fill("Nguyễn Văn Thực")
    page.get_by_role("button", name="Lưu rà soát tháng 2").tap()
    assert "Đã lưu rà soát tháng 2" in page.locator(".note[role=status]").inner_text()
    assert page.evaluate(FITS)
    page.goto("/ho-so/hom-nay/")
    assert page.get_by_role("link", name="Rà soát tháng 2/2017").count() == 0

    commune = open_as("trung-nguyen")
    commune.goto("/theo-doi/")
    commune.get_by_role("link", name="Tân Nguyên").click()
    assert "Gặp chi đoàn" in commune.locator("main").inner_text()
    commune.get_by_label("Điểm cấp trên chấm / 100").fill("90")
    commune.get_by_role("button", name="Ghi điểm").click()
    assert "cấp trên 90" in commune.locator("main").inner_text()


def test_the_reason_is_asked_where_somebody_is_dropped(open_as):
    page = open_as("trung-nguyen", width=375, theme="dark")
    page.goto("/theo-doi/")
    page.get_by_role("link", name="Xuân Chiếm").click()
    reason = page.get_by_label("Lý do đưa ra").first
    assert not reason.is_visible()
    told = page.locator("[data-people-told]")
    kept = told.inner_text()
    page.get_by_label("Đưa ra", exact=True).first.check()
    assert reason.is_visible()
    assert told.inner_text() != kept and "đưa ra 1" in told.inner_text(), "the bar tells what will be sent"
    page.get_by_role("button", name=re.compile("Lưu rà soát")).click()
    assert "Cần ghi lý do." in page.locator("#problem").inner_text()
    assert page.evaluate(FITS)


def test_the_district_sees_who_has_not_sent_and_why_it_is_hard(open_as):
    page = open_as("district")
    page.goto("/theo-doi/")
    number = page.locator(".lead a.figure").nth(1)
    missing = number.inner_text()
    number.click()
    assert page.locator("#count").inner_text() == missing
    page.goto("/theo-doi/ra-soat/?ky=2017-q1")
    row = page.locator(".aside table a.figure").first
    said = row.inner_text()
    row.click()
    assert page.locator("#count").inner_text() == said
