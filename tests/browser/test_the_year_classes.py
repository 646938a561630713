"""Awareness classes: the district gives certificates, a branch sees who waits on a phone, a commune takes its list."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_the_board_gives_the_certificates_of_a_course_in_one_act(open_as):
    page = open_as("district")
    page.goto("/nguon/lop/")
    with page.expect_download() as proposal:
        page.get_by_role("button", name="Lập tờ trình mở Khóa II năm 2017").click()
    assert proposal.value.suggested_filename == "to-trinh-mo-lop-2017-02-27.docx"
    page.get_by_role("link", name="Khóa I năm 2017").first.click()
    head = page.locator(".tally b").all_inner_texts()
    nominated, approved, attended, passed, certified = (int(number) for number in head)
    assert nominated > approved > attended > passed and certified == 0
    arithmetic = page.locator(".sec-head .small").first.inner_text()
    assert arithmetic == (
        f"{nominated} − {nominated - approved} − {approved - attended} − {attended - passed} = {passed}"
    )
    page.get_by_role("link", name=f"Cấp {passed} giấy chứng nhận").click()
    assert page.locator("#id_number").input_value() == "01/2017"
    page.locator(".class-step .form-check-input").first.uncheck()
    page.get_by_role("button", name="Cấp giấy chứng nhận cho những người đã chọn").click()
    page.wait_for_selector(".note[role=status]")
    assert page.locator(".tally b").last.inner_text() == str(passed - 1)
    page.locator(".tally a").last.click()
    assert page.locator("#count").inner_text() == str(passed - 1)
    last = f"GCN {passed - 1:02d}/2017, 27/02/2017"
    assert last in page.locator("main").inner_text()
    page.locator("th a").first.click()
    assert "Được cấp giấy chứng nhận 01/2017, Khóa I năm 2017" in page.locator("main").inner_text()


def test_a_class_is_opened_and_a_commune_nominates_on_a_phone_and_checks(open_as):
    page = open_as("district")
    page.goto("/nguon/lop/mo/")
    facts = {"number": "131-QĐ/HU", "decided_on": "24022017", "first": "20032017", "last": "24032017"}
    for name, value in facts.items():
        page.fill(f"#id_{name}", value)
    page.get_by_role("button", name="Mở lớp").click()
    page.wait_for_selector(".note[role=status]")
    assert page.locator("h1").inner_text() == "Khóa II năm 2017"
    course = page.url
    phone = open_as("trung-nguyen", width=375)
    phone.goto(f"{course}de-cu/?tat-ca=1")
    row = phone.locator(".class-step tbody tr", has_text="Cấp ủy cơ sở chưa có ý kiến").first
    name = row.locator("th a").inner_text()
    row.locator(".form-check-input").check()
    row.locator("input[name$=-resolution]").fill("9-NQ/CB")
    assert phone.evaluate("document.documentElement.scrollWidth") == 375
    phone.get_by_role("button", name="Đề cử những người đã chọn").click()
    phone.wait_for_selector(".note[role=status]")
    phone.locator(".tally a").first.click()
    assert name in phone.locator("main").inner_text()
    commune = open_as("trung-nguyen")
    commune.goto("/ho-so/hom-nay/")
    commune.get_by_role("link", name=re.compile("Kiểm 1 người chi bộ đề cử")).click()
    commune.locator("select[name$=-answer]").select_option("yes")
    commune.get_by_role("button", name="Ghi ý kiến").click()
    commune.wait_for_selector(".note[role=status]")
    commune.locator(".tally a").first.click()
    assert "Chờ cấp trên duyệt" in commune.locator("main").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_scrolls_sideways_on_a_small_phone(open_as, theme):
    page = open_as("district", width=320, theme=theme)
    page.goto("/nguon/lop/")
    course = page.get_by_role("link", name="Khóa I năm 2017").first.get_attribute("href")
    pages = (f"{course}{name}" for name in ("", "nguoi/", "ket-qua/", "sua/"))
    for address in ("/nguon/lop/", "/nguon/lop/cho/", "/nguon/lop/mo/", *pages):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
