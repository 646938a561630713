"""Forms by hand: three quick clicks make one dossier, and of two people nobody loses a word."""

import re

import pytest

pytestmark = pytest.mark.browser

PERSON = {
    "full_name": "Nguyễn Thị Thử Nghiệm",
    "born_on": "05/02/1996",
    "home_place": "Trung Nguyên, Yên Lạc",
    "residence": "Thôn Tân Nguyên",
    "helper": "Lê Văn Toản",
    "introducer": "Lê Văn Toản",
    "second_introducer": "Nguyễn Văn Thực",
}


def fill_in(page, **typed):
    page.goto("/ho-so/moi/")
    for name, text in (PERSON | typed).items():
        page.fill(f"#id_{name}", text)
    page.select_option("#id_sex", "female")
    page.select_option("#id_education", "upper_secondary")
    page.select_option("#id_occupation", "farmer")
    page.select_option("#id_branch", index=1)


def count_of(page, name):
    page.goto(f"/ho-so/?q={name}")
    return page.locator("table.ledger tbody tr th").count()


def test_three_quick_clicks_make_one_dossier(open_as):
    page = open_as("district")
    fill_in(page)
    page.evaluate(
        """() => {
          const button = document.querySelector("#entry button[type=submit]");
          for (const wait of [0, 60, 120]) setTimeout(() => button.click(), wait);
        }"""
    )
    page.wait_for_timeout(1000)
    page.wait_for_selector("ol.steps", timeout=15000)
    assert count_of(page, "nguyen+thi+thu+nghiem") == 1


def test_going_back_and_saving_again_makes_no_second_dossier(open_as):
    page = open_as("district")
    fill_in(page, full_name="Trần Thị Quay Lại")
    page.click("#entry .btn-primary")
    page.wait_for_url(re.compile(r"/ho-so/2017/\d+/"))
    page.go_back()
    page.wait_for_selector("#id_full_name")
    if page.input_value("#id_full_name") != "Trần Thị Quay Lại":
        fill_in(page, full_name="Trần Thị Quay Lại")
    page.click("#entry .btn-primary")
    page.wait_for_load_state("load")
    assert count_of(page, "tran+thi+quay+lai") == 1


def test_two_people_edit_one_dossier_and_neither_loses_a_word(open_as):
    one, other = open_as("district"), open_as("district")
    one.goto("/ho-so/?trang-thai=listed")
    dossier = one.locator("table.ledger tbody th a").first.get_attribute("href").partition("?")[0]
    for page in (one, other):
        page.goto(f"{dossier}sua/")
    helper = one.input_value("#id_helper")
    one.fill("#id_residence", "Thôn Lạc Trung")
    one.fill("#id_kept_at", "Tủ 3, ngăn 2")
    one.click("#entry .btn-primary")
    one.wait_for_url(re.compile(rf"{dossier}$"))
    other.fill("#id_home_place", "Đồng Văn, Yên Lạc")
    other.fill("#id_kept_at", "Tủ 5")
    other.click("#entry .btn-primary")
    other.wait_for_selector("#problem")
    assert other.input_value("#id_residence") == "Thôn Lạc Trung"
    assert other.input_value("#id_home_place") == "Đồng Văn, Yên Lạc"
    assert other.input_value("#id_kept_at") == "Tủ 5"
    assert "Tủ 3, ngăn 2" in other.locator("#div_id_kept_at").inner_text()
    assert other.input_value("#id_helper") == helper
    other.click("#entry .btn-primary")
    other.wait_for_url(re.compile(rf"{dossier}$"))
    one.goto(f"{dossier}sua/")
    kept = {name: one.input_value(f"#id_{name}") for name in ("residence", "home_place", "kept_at")}
    assert kept == {
        "residence": "Thôn Lạc Trung",
        "home_place": "Đồng Văn, Yên Lạc",
        "kept_at": "Tủ 5",
    }


def test_a_double_stops_once_and_goes_on_by_its_button(open_as):
    page = open_as("district")
    fill_in(page, full_name="Lê Thị Trùng Tên")
    page.click("#entry .btn-primary")
    page.wait_for_url(re.compile(r"/ho-so/2017/\d+/"))
    fill_in(page, full_name="LE THI TRUNG TEN")
    page.wait_for_selector("#twins .twin")
    page.click("#entry .btn-primary")
    page.wait_for_selector("#stop")
    page.press("#id_full_name", "Enter")
    page.wait_for_load_state("load")
    page.wait_for_selector("#stop")
    page.click("text=Là người khác, lưu hồ sơ")
    page.wait_for_url(re.compile(r"/ho-so/2017/\d+/"))
    assert count_of(page, "le+thi+trung+ten") == 2
