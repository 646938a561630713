"""The year's documents, letters and rewards as their people use them: the district, a commune, the leader."""

import pytest

pytestmark = pytest.mark.browser


def send(page):
    page.locator("form.act-form button[type=submit].btn-primary").click()
    page.wait_for_selector(".note[role=status]")


def test_a_plan_names_what_rests_on_it_and_every_number_opens_its_people(open_as):
    page = open_as("district")
    page.goto("/theo-doi/van-ban/moi/?ky=2017")
    page.fill("#id_number", "KH 91-KH/HU")
    page.fill("#id_on", "20/2/2017")
    page.fill("#id_title", "Kế hoạch kết nạp đảng viên nữ năm 2017")
    page.check("#id_every_branch")
    send(page)
    page.get_by_role("link", name="Sửa nội dung, chỉ tiêu theo nhóm").click()
    page.fill("#id_target_women", "112")
    send(page)
    row = page.locator("table.nums tbody tr").filter(has_text="Nữ")
    assert row.locator("td").nth(1).inner_text() == "112"
    listed = row.locator("td.num a.figure").last
    number = listed.inner_text()
    listed.click()
    assert page.locator("#count").inner_text() == number
    page.go_back()
    page.get_by_role("link", name="Thêm việc").click()
    page.fill("#id_what", "Hội Phụ nữ giới thiệu nguồn")
    page.fill("#id_who", "Hội Phụ nữ huyện")
    page.fill("#id_before", "31/3/2017")
    send(page)
    assert page.locator("#viec tbody tr").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Kế hoạch năm của").click()
    assert download.value.suggested_filename.endswith(".docx")


def test_a_unit_behind_its_plan_is_asked_and_answers_with_milestones_on_a_phone(open_as):
    page = open_as("district")
    page.goto("/theo-doi/giai-trinh/moi/?ky=2017")
    page.locator("label.form-check").filter(has_text="Trung Nguyên").click()
    page.fill("#id_number", "77-CV/BTC")
    send(page)
    phone = open_as("trung-nguyen", width=375)
    phone.goto("/ho-so/hom-nay/")
    phone.get_by_role("link", name="Trả lời công văn 77-CV/BTC về chỉ tiêu").click()
    for name, words in (
        ("carried_out", "Đã kết nạp 3."),
        ("causes", "Đoàn viên đi làm xa."),
        ("still", "12"),
        ("measures", "Rà soát lại nguồn từng thôn."),
        ("what_0", "Rà soát nguồn"),
        ("who_0", "Các chi bộ"),
        ("before_0", "15/3/2017"),
    ):
        phone.fill(f"#id_{name}", words)
    assert phone.evaluate("document.documentElement.scrollWidth") == 375
    send(phone)
    assert phone.locator("table.rows tbody tr").count() == 1
    page.goto("/theo-doi/giai-trinh/?nhom=da-tra-loi")
    assert page.get_by_role("rowheader", name="Đảng bộ xã Trung Nguyên").count() == 1


def test_a_commune_proposes_a_branch_and_the_leader_decides(open_as):
    page = open_as("trung-nguyen")
    page.goto("/theo-doi/khen-thuong/?ky=2016")
    row = page.locator("table.figs tbody tr").filter(has_text="Đề nghị khen").last
    row.get_by_role("link", name="Đề nghị khen").click()
    page.select_option("#id_kind", "praise")
    page.check("#id_asks_above")
    send(page)
    leader = open_as("leader")
    leader.goto("/ho-so/hom-nay/")
    leader.get_by_role("link", name="Quyết định đề nghị biểu dương").first.click()
    leader.fill("#id_number", "21-QĐ/HU")
    leader.get_by_role("button", name="Ghi quyết định").click()
    leader.wait_for_selector(".note[role=status]")
    leader.goto("/theo-doi/khen-thuong/?ky=2016")
    assert "21-QĐ/HU" in leader.locator("#so").inner_text()
    with leader.expect_download() as download:
        leader.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename.startswith("khen-thuong-2016")


def test_the_written_report_is_read_typed_over_and_made(open_as):
    page = open_as("district")
    page.goto("/theo-doi/bao-cao/?ky=2016")
    assert "268 đảng viên" in page.locator("main").inner_text()
    page.get_by_role("link", name="Ghi thay một đoạn").click()
    page.fill("#id_proposals", "Đề nghị mở thêm lớp nhận thức.")
    send(page)
    assert "Đề nghị mở thêm lớp nhận thức." in page.locator("main").inner_text()
    page.get_by_role("button", name="Lập tệp Word").click()
    page.wait_for_selector("text=bao-cao-cong-tac-2016")
