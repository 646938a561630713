"""An administrator closes a quarter; what is corrected afterwards shows as an adjustment and moves no figure."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_a_quarter_is_closed_and_a_later_correction_is_an_adjustment(open_as):
    page = open_as("admin")
    page.goto("/bao-cao/2016/4/")
    ready = page.locator("#checks .nofm").inner_text()
    passed, checks = map(int, ready.split(" / "))
    assert checks - passed == 1, (
        f"the checks come in after the page, three communes have not confirmed: {ready}"
    )
    page.get_by_role("link", name="Kiểm tra và khóa quý IV/2016").click()
    assert "49 + 75 + 61 + 83 = 268" in page.locator("main").inner_text()
    page.get_by_label("Khóa, không chờ 3 đơn vị chưa xác nhận").check()
    page.get_by_role("button", name="Khóa quý IV/2016").click()
    code = page.locator(".print-id").inner_text()
    assert re.fullmatch(r"[0-9a-f]{8}( [0-9a-f]{8}){7}", " ".join(code.split()))
    total = page.locator("tr.total").first
    assert "83" in total.inner_text()

    staff = open_as("district")
    staff.goto("/chi-tieu/ho-so/?ky=2016-q4")
    staff.locator("table tbody a").first.click()
    number = re.search(r"\d{4}/\d+", staff.url)[0]
    staff.goto(f"/ho-so/{number}/sua/")
    name = staff.locator("#id_full_name")
    before = name.input_value()
    name.fill(f"{before} Sửa")
    staff.locator("main button[type=submit]").last.click()
    assert "ghi lý do" in staff.locator("main").inner_text()
    assert name.input_value() == f"{before} Sửa", "nothing typed is lost"
    staff.locator("#id_exception").fill("Ghi nhầm họ tên")
    staff.locator("main button[type=submit]").last.click()

    staff.goto("/bao-cao/2016/4/")
    main = staff.locator("main").inner_text()
    assert f"{before} → {before} Sửa" in main
    assert "Ghi nhầm họ tên" in main
    assert total.inner_text() == staff.locator("tr.total").first.inner_text()
    staff.goto("/bao-cao/doi-chieu-ma/")
    staff.get_by_label("Mã đối chiếu", exact=True).fill(code)
    staff.get_by_role("button", name="Kiểm tra").click()
    assert "Đúng là mã của quý IV/2016" in staff.locator("main").inner_text()
