"""Walks through those of the fourteen practices (docs/practices.md) that no other walk goes through, as their users."""

import re
from importlib import import_module
from pathlib import Path

import pytest

browser = pytest.mark.browser
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
ROW = re.compile(r"^\| (\d+) \|.*\| (?:(test_\w+)\.)?(test_\w+) \|$", re.M)


def test_each_practice_has_its_walk():
    rows = ROW.findall((Path(__file__).parents[2] / "docs" / "practices.md").read_text())
    assert [int(number) for number, _module, _name in rows] == list(range(1, 15))
    for _number, module, name in rows:
        home = import_module(f"tests.browser.{module}") if module else import_module(__name__)
        assert callable(getattr(home, name, None)), name


@browser
def test_a_commune_gives_its_branches_quotas_beside_their_sources(open_as):
    page = open_as("trung-nguyen")
    page.goto("/chi-tieu/giao/luoi/?ky=2017")
    assert page.locator("[data-difference]").inner_text() == "khớp với 15"
    head = page.locator("thead").inner_text()
    assert "Danh sách" in head and "Đang làm" in head, "sources stand beside the quota that is set"
    cells = page.locator("[data-cell]")
    first, last = cells.nth(0), cells.nth(12)
    before = int(first.input_value())
    first.fill(str(before + 1))
    assert page.locator("[data-difference]").inner_text() == "vượt 1 so với 15"
    last.fill("0")
    assert page.locator("[data-difference]").inner_text() == "khớp với 15"


@browser
def test_a_secretary_assigns_another_helper_on_a_phone(open_as):
    phone = open_as("branch", width=375)
    phone.goto("/nguon/giup-do/")
    phone.locator("tbody .wrap a").first.click()
    former = phone.locator("#helpers th[scope=row]").first.inner_text().strip()
    phone.get_by_role("link", name="Đổi người giúp đỡ").click()
    phone.fill("#id_helper", "Đỗ Văn Giúp Mới")
    phone.fill("#id_on", "26/02/2017")
    phone.select_option("#id_why", index=1)
    assert phone.evaluate(FITS)
    phone.locator("form.act-form button[type=submit]").last.click()
    phone.wait_for_selector(".note[role=status]")
    helpers = phone.locator("#helpers").inner_text()
    assert "Đỗ Văn Giúp Mới" in helpers and former in helpers
    phone.goto(f"/nguon/giup-do/?ten={former}")
    assert "Đã thôi giúp" in phone.locator("main").inner_text()


def behind(page, head):
    """The name of each row under `head` beside the source list, its number and the address of its people."""
    head = page.locator("h3", has_text=head).first
    rows = head.locator("xpath=following::table[1]//tr[td/a]").all()
    links = [(row.locator("th").inner_text(), row.locator("td a")) for row in rows]
    return [(name, link.inner_text(), link.get_attribute("href")) for name, link in links]


@browser
def test_a_commune_sees_whom_each_mass_organisation_introduced(open_as):
    page = open_as("trung-nguyen")
    page.goto("/nguon/")
    told = behind(page, "Nơi giới thiệu")
    assert {"Đoàn Thanh niên", "Hội Nông dân", "Hội Phụ nữ"} <= {name for name, _number, _url in told}
    for name, number, address in told:
        page.goto(address)
        people = page.locator("#ds th[scope=row]")
        assert people.count() == int(number), name
    page.locator("#ds tbody a.who").first.click()
    said = page.locator("#helpers").inner_text().casefold()
    assert told[-1][0].casefold() in said, "and the dossier says so"


@browser
def test_a_commune_sees_who_is_in_each_priority_group(open_as):
    page = open_as("trung-nguyen")
    page.goto("/nguon/")
    told = behind(page, "Nhóm ưu tiên")
    assert {"Sản xuất", "Thanh niên", "Phụ nữ", "Xuất ngũ"} <= {name for name, _number, _url in told}
    name, number, address = told[-1]
    page.goto(address)
    assert page.locator("#ds th[scope=row]").count() == int(number)
    assert name in page.locator("#ds tbody").inner_text()


def opened(page, number):
    """Click the figure `number` of the leading sentence; how many people the page behind it counts."""
    page.locator("p.lead a.figure", has_text=re.compile(rf"^{number}$")).first.click()
    return page.locator("#count").inner_text()


@browser
@pytest.mark.parametrize(("place", "published"), [(0, 19), (1, 15)])
def test_trung_nguyen_finds_its_published_figures(open_as, place, published):
    page = open_as("trung-nguyen")
    page.goto("/chi-tieu/?ky=2016-01-01..2017-02-27")
    number = page.locator("p.lead a.figure").nth(place).inner_text()
    assert 0 <= int(number) - published <= 2, "other walks on this server admit somebody there"
    assert opened(page, number) == number


@browser
@pytest.mark.parametrize("number", ["546", "281", "268", "162"])
def test_the_district_finds_its_published_figures(open_as, number):
    page = open_as("leader")
    page.goto("/chi-tieu/?ky=2016")
    assert opened(page, number) == number
