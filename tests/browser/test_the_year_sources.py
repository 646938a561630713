"""The source list through a month: the branch proposes on a phone, the commune answers, the people stand behind it."""

import re

import pytest

pytestmark = pytest.mark.browser


def number_of(text):
    return int(re.search(r"\d+", text).group())


def test_a_branch_proposes_on_a_phone_and_its_commune_answers(open_as):
    phone = open_as("branch", width=375)
    phone.goto("/nguon/?loc=nguon")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.locator("#ds tbody a.who").first.click()
    name = phone.locator("h1").inner_text()
    if phone.get_by_role("link", name="Ghi đề nghị của chi bộ").count():
        phone.get_by_role("link", name="Ghi đề nghị của chi bộ").click()
        phone.get_by_label("Cử học lớp nhận thức").check()
        phone.fill("#id_number", "04-NQ/CB")
        phone.get_by_role("button", name="Ghi đề nghị của chi bộ").click()
        phone.wait_for_selector(".note[role=status]")

    page = open_as("trung-nguyen")
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Nguồn").click()
    waiting = number_of(page.locator("#de-nghi h2").inner_text())
    row = page.locator("#de-nghi tbody tr", has_text=name)
    row.locator("select").select_option("keep")
    page.get_by_role("button", name="Ghi ý kiến cấp ủy").click()
    assert "Ghi lý do chưa đồng ý" in page.locator("#problem").inner_text()
    row.locator("input[type=text]").fill("xét lại tháng 3")
    for other in page.locator("#de-nghi tbody tr").filter(has_not_text=name).all():
        other.locator("select").select_option("later")
    page.get_by_role("button", name="Ghi ý kiến cấp ủy").click()
    assert "Đã ghi 1 ý kiến." in page.locator(".note[role=status]").inner_text()
    left = page.locator("#de-nghi tbody tr").count()
    assert left == waiting - 1
    row = page.locator("#ds").get_by_role("link", name=name).first
    row.click()
    assert (
        "Cấp ủy cơ sở chưa đồng ý, giữ trong danh sách: “xét lại tháng 3”"
        in page.locator(".story").last.inner_text()
    )


def test_every_number_of_the_page_opens_as_many_people(open_as):
    page = open_as("trung-nguyen")
    page.goto("/nguon/")
    links = page.locator(".lead a.figure, .aside td.num a")
    told = [(link.inner_text(), link.get_attribute("href")) for link in links.all()]
    assert told
    for number, address in told:
        page.goto(address)
        assert page.locator("#ds th[scope=row]").count() == int(number), address


def test_a_branch_records_the_remark_of_a_helper_and_their_load_is_seen(open_as):
    page = open_as("branch")
    page.goto("/nguon/giup-do/")
    page.locator("tbody .wrap a").first.click()
    helper = page.locator("#helpers th[scope=row]").first.inner_text().strip()
    page.locator("#helpers").get_by_role("link", name="Ghi nhận xét").click()
    page.fill("#id_text", "Hoàn thành tốt việc chi bộ giao trong quý.")
    page.get_by_role("button", name="Ghi nhận xét của người giúp đỡ").click()
    page.wait_for_selector(".note[role=status]")
    assert f"{helper}: Hoàn thành tốt việc chi bộ giao" in page.locator("#helpers").inner_text()
    page.goto("/nguon/giup-do/")
    page.get_by_role("link", name=helper).first.click()
    assert page.locator("h1").inner_text() == helper
    assert "nhận xét 27/02/2017" in page.locator("table").inner_text()


def test_the_list_of_an_earlier_day_is_a_month_or_any_day_away(open_as):
    page = open_as("district")
    page.goto("/nguon/")
    page.get_by_text("Ngày khác").click()
    page.fill("#ngay", "30/6/2016")
    page.get_by_role("button", name="Xem", exact=True).click()
    assert "tính đến 30/06/2016" in page.locator(".page-head").inner_text()
    page.get_by_role("link", name="05/2016").click()
    assert "tính đến 31/05/2016" in page.locator(".page-head").inner_text()
