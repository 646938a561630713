"""The desk by keyboard: the way to a dossier, a new dossier and its vote, a meeting on many dossiers. No mouse."""

import re

import pytest

pytestmark = pytest.mark.browser


def follow(page, name):
    """Open a link as the keyboard does: focus and Enter."""
    page.get_by_role("link", name=name, exact=True).first.focus()
    page.keyboard.press("Enter")


def type_into(page, **facts):
    for name, value in facts.items():
        page.focus(f"#id_{name}")
        page.keyboard.press("Control+a")
        page.keyboard.type(str(value))


def save(page):
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".note[role=status]")


def test_the_day_begins_with_the_work_and_a_slash_leads_to_a_dossier(open_as):
    page = open_as("district")
    assert page.locator("h1").inner_text() == "Việc hôm nay"
    page.keyboard.press("/")
    page.keyboard.type("do thi binh")
    page.wait_for_selector("#hits mark")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ho-so/2*/**")
    assert page.locator("h1").inner_text().startswith("Đỗ Thị")


def test_a_counter_opens_exactly_what_it_counts(open_as):
    page = open_as("district")
    for place in range(page.locator(".tally a").count()):
        link = page.locator(".tally a").nth(place)
        number = link.locator("b").inner_text()
        link.focus()
        page.keyboard.press("Enter")
        assert page.locator("#count").inner_text() == number
        page.go_back()


def test_a_dossier_is_entered_and_its_vote_recorded_without_the_mouse(open_as):
    page = open_as("district")
    follow(page, "Ghi hồ sơ mới")
    page.wait_for_selector("#id_full_name")
    type_into(
        page, full_name="Trần Thị Bàn Phím", born_on="05021996", home_place="Yên Lạc", residence="Tân Nguyên"
    )
    for field, text in (
        ("sex", "nu"),
        ("education", "thpt"),
        ("occupation", "nong"),
        ("branch", "tan nguyen"),
    ):
        page.focus(f"#id_{field}")
        page.keyboard.type(text)
    type_into(page, helper="Lê Văn Toản", introducer="Lê Văn Toản", second_introducer="Nguyễn Văn Thực")
    type_into(page, listed_on="04012016")
    save(page)
    assert page.locator("h1").inner_text() == "Trần Thị Bàn Phím"

    follow(page, "Ghi giấy tờ")
    page.wait_for_selector("input[name$=-had]:enabled")
    for box in page.locator("input[name$=-had]:enabled").all():
        box.focus()
        page.keyboard.press("Space")
    for field in page.locator("input[name$=-dated_on]:enabled").all():
        field.focus()
        page.keyboard.type("24102016")
    save(page)
    follow(page, "Ghi đơn xin vào Đảng")
    page.wait_for_selector("#id_on")
    type_into(page, on="01122016")
    save(page)
    follow(page, "Ghi kết quả họp chi bộ")
    page.wait_for_selector("#id_agree")
    number = page.input_value("#id_number")
    type_into(page, on="20022017", members=18, present=17, agree=16)
    assert page.input_value("#id_disagree") == "1", "who did not agree follows from who was there"
    save(page)
    assert number in page.locator("main").inner_text(), "the number proposed was taken"
    assert "3 × 16 = 48 ≥ 2 × 18 = 36" in page.locator("main").inner_text()


def test_a_meeting_is_entered_by_keyboard(open_as):
    page = open_as("district")
    page.goto("/ho-so/hop/")
    three = page.locator("details.more", has=page.locator("li", has_text=re.compile(r"· 3 hồ sơ"))).first
    three.locator("summary").focus()
    page.keyboard.press("Enter")
    three.locator("li", has_text=re.compile(r"· 3 hồ sơ")).first.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-ballot]")
    type_into(page, members=41, away=2, exempt=1, present=35)
    assert page.locator("[data-need]").inner_text() == "26"
    first = page.locator("[data-row]").first
    first.locator("[data-agree]").fill("3")
    first.locator("[data-agree]").fill("36")
    assert first.locator("[data-deny]").input_value() == "", "what was filled in goes again"
    assert "Đạt 0, chưa đạt 0, để lại 0, số chưa đúng 1." in page.locator("[data-sum]").inner_text()
    names = page.locator("[data-row] th a").all_inner_texts()
    assert len(names) == 3
    page.locator("[data-agree]").first.focus()
    page.keyboard.press("=")
    page.keyboard.press("Enter")
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    page.keyboard.press("l")
    results = page.locator("[data-row]").all_inner_texts()
    assert "3 × 35 = 105 ≥ 2 × 38 = 76" in results[0]
    assert "Chưa đạt, 65,8%" in results[1]
    assert "không biểu quyết" in results[2]
    save(page)
    assert "Đã ghi biểu quyết 3 hồ sơ" in page.locator("main").inner_text()
    rows = page.locator("tbody tr").all_inner_texts()
    outcomes = [("Đạt" in row, "Chưa đạt" in row, "Cuộc họp để lại" in row) for row in rows]
    assert outcomes == [(True, False, False), (False, True, False), (False, False, True)]


def test_the_meeting_can_be_tried_and_recorded_without_any_script(chromium, server):
    context = chromium.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/dang-nhap/")
    page.fill("#id_username", "district")
    page.fill("#id_password", "yenlac-demo")
    page.click("button.btn-primary")
    page.goto("/ho-so/hop/")
    page.locator("details.more summary").first.click()
    page.locator("details.more li a").first.click()
    for name, value in {"members": 20, "present": 18}.items():
        page.fill(f"#id_{name}", str(value))
    page.locator("[data-agree]").first.fill("18")
    page.get_by_role("button", name="Xem lại trước khi ghi").click()
    assert "Xem lại trước khi ghi" in page.locator("h1").inner_text()
    assert "3 × 18 = 54 ≥ 2 × 20 = 40" in page.locator("main").inner_text()
    page.get_by_role("button", name="Ghi biểu quyết").click()
    assert "Đã ghi biểu quyết 1 hồ sơ" in page.locator("main").inner_text()
    context.close()
