"""A decision typed into the wrong quarter, found after that quarter was closed, is put right by two people."""

import re

import pytest

from tests.browser.test_from_the_list_to_the_dashboard import act, enter_candidate, shown, tick_all_papers
from tests.server import serving

pytestmark = pytest.mark.browser
BALLOT = {"members": 18, "excluded": 0, "present": 17, "agree": 16, "disagree": 1}
COMMITTEE = {"members": 15, "excluded": 0, "present": 15, "agree": 15, "disagree": 0}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A register of its own: the other tests close the same quarter."""
    with serving(tmp_path_factory.mktemp("corrections")) as address:
        yield address


def decide_on_the_wrong_day(page):
    """A dossier whose decision of 03/01/2017 was typed as of 30/12/2016; returns its address."""
    enter_candidate(page)
    tick_all_papers(page)
    act(page, "Ghi đơn xin vào Đảng", on="25/10/2016")
    act(page, "Ghi kết quả họp chi bộ", on="07/11/2016", **BALLOT)
    act(page, "Ghi kết quả họp cấp ủy cơ sở", on="14/11/2016", **COMMITTEE)
    act(page, "Nhận hồ sơ để thẩm định", on="21/11/2016")
    act(page, "Đề nghị kết nạp", on="20/12/2016")
    act(page, "Ghi quyết định kết nạp", on="30/12/2016", number="990-QĐ/HU")
    return page.url


def close_the_quarter(page):
    page.goto("/bao-cao/2016/4/")
    page.get_by_role("link", name="Kiểm tra và khóa quý IV/2016").click()
    page.check("#khong-cho")
    page.get_by_role("button", name="Khóa quý IV/2016").click()
    assert "84" in page.locator("tr.total").first.inner_text()


def ask_for_the_right_day(page, url):
    page.goto(url)
    page.locator("a[aria-label^='Sửa: 30/12/2016']").click()
    page.fill("#id_on", "03/01/2017")
    page.fill("#id_correction_reason", "Đọc nhầm từ bản sao mờ")
    page.get_by_role("button", name="Xem những gì đổi").click()
    page.wait_for_selector("button[name=record]")
    main = page.locator("main").inner_text()
    for words in ("Điều chỉnh quý IV/2016, đã khóa", "giữ nguyên", "nay không còn đúng: 1", "03/01/2017"):
        assert words in main, words
    page.click("button[name=record]")
    page.wait_for_selector(".note[role=status]")
    page.goto(url)
    assert "chờ người thứ hai" in page.locator("main").inner_text()
    assert "Quyết định 990-QĐ/HU" in page.locator("ol.steps").inner_text()
    assert "30/12/2016" in page.locator("ol.steps").inner_text(), "nothing has changed yet"


def test_it_is_right_everywhere_after_a_second_person_agreed(open_as):
    staff, admin, leader = (open_as(name) for name in ("district", "admin", "leader"))
    url = decide_on_the_wrong_day(staff)
    staff.goto(f"{url}van-ban/9-KND/")
    with staff.expect_download():
        staff.locator("main form button").last.click()
    close_the_quarter(admin)
    staff.goto("/chi-tieu/?ky=2017")
    before, _link = shown(staff, "Toàn huyện")
    ask_for_the_right_day(staff, url)

    leader.goto("/ho-so/hom-nay/")
    leader.get_by_role("link", name=re.compile("1 việc sửa chờ người thứ hai")).click()
    assert "Đọc nhầm từ bản sao mờ" in leader.locator("main").inner_text()
    leader.get_by_role("button", name="Đồng ý, sửa thành 03/01/2017").click()
    leader.wait_for_selector(".note[role=status]")

    staff.goto(url)
    assert "03/01/2017" in staff.locator("ol.steps").inner_text()
    assert "Văn bản đã lập, nay không còn đúng" in staff.locator("main").inner_text()
    staff.goto(f"{url}van-ban/9-KND/")
    assert "ngày 03 tháng 01 năm 2017" in staff.locator("main").inner_text()
    staff.goto("/chi-tieu/?ky=2017")
    assert shown(staff, "Toàn huyện")[0] == before + 1
    staff.goto("/bao-cao/2016/4/")
    main = staff.locator("main").inner_text()
    assert "Đọc nhầm từ bản sao mờ" in main and "Phùng Thị Hoài Thương" in main
    assert "84" in staff.locator("tr.total").first.inner_text(), "what was closed stays"
    staff.goto("/bao-cao/2017/1/")
    assert "Phùng Thị Hoài Thương" in staff.locator("main").inner_text(), (
        "among the adjustments of this quarter"
    )
    staff.goto("/chi-tieu/ho-so/?ky=2017-q1&q=")
    assert "Phùng Thị Hoài Thương" in staff.locator("main").inner_text()
    for year in ("2016", "2017"):
        admin.goto(f"/chi-tieu/doi-chieu/?nam={year}")
        assert "Hai cách đếm khớp nhau." in admin.locator("main").inner_text()
