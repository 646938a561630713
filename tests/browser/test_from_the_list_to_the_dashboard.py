"""What the system is for, done by hand: a new name on the list becomes one more on the dashboard."""

import re

import pytest

pytestmark = pytest.mark.browser


def shown(page, unit):
    """What the table shows as admitted by `unit`, and the address behind it."""
    row = page.locator("table.dash tbody tr").filter(has=page.get_by_role("rowheader", name=unit, exact=True))
    link = row.locator("td.c-adm a.figure")
    return int(link.inner_text()), link


def choose(page, field, text):
    option = page.locator(f"#id_{field} option").filter(has_text=text).first
    page.select_option(f"#id_{field}", option.get_attribute("value"))


def search_branch(page, letters):
    page.click("#id_branch-ts-control")
    page.keyboard.type(letters)
    page.keyboard.press("Tab")


def act(page, button, **facts):
    page.get_by_role("link", name=button, exact=True).click()
    for name, value in facts.items():
        page.fill(f"#id_{name}", str(value))
    page.locator("form.act-form button[type=submit]").click()
    if facts.get("number"):  # a decision is shown with what follows before it is recorded
        page.locator("button[name=xac-nhan]").click()
    page.wait_for_selector(".note[role=status]")


def enter_candidate(page):
    page.goto("/ho-so/")
    page.get_by_role("link", name="Ghi hồ sơ mới").click()
    page.fill("#id_full_name", "Phùng Thị Hoài Thương")
    page.fill("#id_born_on", "5/2/96")
    page.press("#id_born_on", "Tab")
    assert page.input_value("#id_born_on") == "05/02/1996"
    choose(page, "sex", "Nữ")
    choose(page, "education", "THPT")
    page.fill("#id_home_place", "Trung Nguyên, Yên Lạc, Vĩnh Phúc")
    page.fill("#id_residence", "Thôn Tân Nguyên, xã Trung Nguyên")
    search_branch(page, "tan nguyen")
    choose(page, "occupation", "Nông, lâm, ngư nghiệp")
    page.fill("#id_listed_on", "04/01/2016")
    page.fill("#id_helper", "Nguyễn Văn Thực")
    page.fill("#id_introducer", "Nguyễn Văn Thực")
    page.fill("#id_second_introducer", "Lê Văn Toản")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("h1:has-text('Phùng Thị Hoài Thương')")


def tick_all_papers(page):
    page.get_by_role("link", name="Ghi giấy tờ").click()
    for box in page.locator("input[type=checkbox]:not([disabled])").all():
        box.check()
    for field in page.locator("input[name$=-dated_on]:not([disabled])").all():
        field.fill("24/10/2016")
    page.get_by_role("button", name="Lưu giấy tờ").click()
    page.wait_for_selector(".note[role=status]")


def a_commune_sees_its_own_only(page, admitted):
    page.goto("/chi-tieu/?ky=2017")
    assert "Đảng bộ xã Trung Nguyên" in page.locator("h1").inner_text()
    assert int(page.locator("tr.total td.c-adm a").inner_text()) == admitted
    names = page.locator("table.dash th[scope=row]").all_inner_texts()
    assert "Tân Nguyên" in names
    assert "Tam Hồng" not in names
    page.goto("/don-vi/")
    assert "Tam Hồng" not in page.locator("main").inner_text()
    assert page.goto("/don-vi/1/").status == 404


def test_a_new_candidate_is_carried_to_admission_and_counted(open_as):
    page = open_as("district")
    page.goto("/chi-tieu/?ky=2017")
    before, _ = shown(page, "Trung Nguyên")
    whole, _ = shown(page, "Toàn huyện")

    enter_candidate(page)
    tick_all_papers(page)
    act(page, "Ghi đơn xin vào Đảng", on="01/12/2016")
    ballot = {"members": 18, "excluded": 0, "present": 17, "agree": 16, "disagree": 1}
    act(page, "Ghi kết quả họp chi bộ", on="05/01/2017", **ballot)
    committee = {"members": 15, "excluded": 0, "present": 15, "agree": 15, "disagree": 0}
    act(page, "Ghi kết quả họp cấp ủy cơ sở", on="12/01/2017", **committee)
    act(page, "Nhận hồ sơ để thẩm định", on="16/01/2017")
    act(page, "Đề nghị kết nạp", on="06/02/2017")
    act(page, "Ghi quyết định kết nạp", on="20/02/2017", number="990-QĐ/HU")
    assert page.get_by_text("Chờ lễ kết nạp").first.is_visible()

    page.goto("/chi-tieu/?ky=2017")
    assert shown(page, "Toàn huyện")[0] == whole + 1
    after, link = shown(page, "Trung Nguyên")
    assert after == before + 1
    link.click()
    assert page.locator("#count").inner_text() == str(after)
    page.get_by_role("link", name="Phùng Thị Hoài Thương").click()
    assert page.get_by_text("990-QĐ/HU").first.is_visible()
    a_commune_sees_its_own_only(open_as("trung-nguyen"), after)


@pytest.mark.parametrize(
    ("letters", "branch"),
    [
        ("truong mam non trung nguyen", "Chi bộ Trường Mầm non · xã Trung Nguyên"),
        ("doai yen dong", "Chi bộ thôn Đoài · xã Yên Đồng · nông thôn"),
        ("yên đồng đoài", "Chi bộ thôn Đoài · xã Yên Đồng · nông thôn"),
    ],
)
def test_a_branch_is_found_by_its_name_and_its_commune_without_diacritics(open_as, letters, branch):
    page = open_as("district")
    page.goto("/ho-so/moi/")
    search_branch(page, letters)
    assert page.locator(".ts-control .item").inner_text() == branch


def test_letters_that_no_branch_has_choose_none(open_as):
    page = open_as("district")
    page.goto("/ho-so/moi/")
    search_branch(page, "xyz")
    assert page.input_value("#id_branch") == ""


def test_bad_input_takes_the_focus_to_its_sentence_and_keeps_what_was_typed(open_as):
    page = open_as("district")
    page.goto("/ho-so/moi/")
    page.fill("#id_full_name", "Nguyễn Thị Hạnh")
    page.fill("#id_born_on", "31/11/1998")
    page.get_by_role("button", name="Lưu hồ sơ").click()
    page.wait_for_selector("#problem")
    assert page.evaluate("document.activeElement.id") == "problem"
    assert "31/11/1998 không có trong lịch, tháng 11 có 30 ngày" in page.locator("#problem").inner_text()
    assert page.title().startswith("Lỗi:")
    assert page.input_value("#id_full_name") == "Nguyễn Thị Hạnh"


def test_a_possible_twin_appears_while_typing(open_as):
    page = open_as("district")
    page.goto("/ho-so/moi/")
    page.fill("#id_full_name", "do thi thanh binh")
    page.fill("#id_born_on", "14/08/1992")
    page.press("#id_born_on", "Tab")
    page.wait_for_selector(".twin")
    assert "2016/0312" in page.locator(".twin").inner_text()


def test_the_quarters_workbook_is_made_and_downloaded(open_as, tmp_path):
    from openpyxl import load_workbook

    page = open_as("admin")
    page.goto("/bao-cao/2016/4/")
    page.get_by_role("button", name=re.compile("Lập báo cáo quý IV")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Tải")).click()
    path = tmp_path / "quy.xlsx"
    download.value.save_as(path)
    book = load_workbook(path, data_only=True)
    assert book.sheetnames == ["Biểu 2", "Biểu 2 (tiếp theo)", "Theo đơn vị", "Danh sách"]
    assert (book["Biểu 2"]["C7"].value, book["Biểu 2"]["D7"].value) == (83, 106)
    assert book["Danh sách"].max_row == 6 + 83


def test_keys_find_a_dossier_and_walk_through_a_list(open_as):
    page = open_as("district")
    page.goto("/ho-so/?trang-thai=appraisal")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.press("Escape")
    page.goto("/ho-so/?trang-thai=appraisal")
    page.locator("table.people tbody a").first.click()
    first = page.locator("h1").inner_text()
    page.keyboard.press("Alt+PageDown")
    page.wait_for_function("name => document.querySelector('h1').innerText !== name", arg=first)
    page.keyboard.press("Alt+PageUp")
    page.wait_for_function("name => document.querySelector('h1').innerText === name", arg=first)


def test_everything_works_without_javascript(open_as):
    page = open_as("district", java_script_enabled=False)
    page.goto("/ho-so/?q=do+thi+thanh+binh")
    page.locator("table.people a").first.click()
    page.get_by_role("link", name="Trả lại để bổ sung").click()
    page.locator("form.act-form button[type=submit]").click()
    assert "Cần ghi lý do" in page.locator("#problem").inner_text()
    page.goto("/bao-cao/2016/3/")
    page.get_by_role("button", name=re.compile("Lập báo cáo quý III")).click()
    assert page.get_by_role("link", name=re.compile("^Tải")).is_visible()
