"""The pages of awareness classes."""

import re

from accounts.roles import Role
from admissions.classes.steps import LISTS
from admissions.models import AwarenessClass
from branches.models import Kind, Tier
from tests import factories
from tests.markup import markup


def count(client, address):
    return re.search(r'id="count">([\d.]+)<', markup(client.get(address)))[1]


def test_every_number_of_a_class_opens_its_people(staff, course, passed):
    page = markup(staff.get(course.get_absolute_url()))
    assert "3 = 3" in page
    links = re.findall(r'href="([^"]*nguoi/[^"]*)"\s*>(?:<b>)?(\d+)<', page)
    assert len(links) > len(LISTS)
    for address, number in links:
        assert count(staff, address.replace("&amp;", "&")) == number, address


def test_the_queue_opens_whoever_waits(staff, district, course, sources):
    page = markup(staff.get("/nguon/lop/"))
    assert "3 &lt; 100" in page
    assert count(staff, "/nguon/lop/cho/") == "3"
    assert count(staff, f"/nguon/lop/cho/?don-vi={district.home.pk}") == "2"
    assert count(staff, "/nguon/lop/cho/?lau=1&mo-ho-so=1") == "0"
    assert count(staff, "/nguon/lop/cho/?het-han=1") == "0"


def test_a_commune_sees_its_own_people_only(client, district, course, approved):
    client.force_login(district.commune)
    page = markup(client.get(course.get_absolute_url()))
    assert "Lê Văn Chung" not in page
    assert count(client, f"{course.get_absolute_url()}nguoi/?buoc=de-cu") == "2"
    assert "&lt; 100" not in page, "how many of the whole district wait is no affair of a commune"


def test_a_class_of_another_district_is_not_there(staff, district):
    root = factories.unit(None, Tier.DISTRICT, Kind.DISTRICT, "Bình Xuyên")
    row = factories.awareness_class(root, factories.user("khac", Role.BOARD_STAFF, root))
    for address in (row.get_absolute_url(), f"{row.get_absolute_url()}tep/de-cu/"):
        assert staff.get(address).status_code == 404


def test_a_class_is_opened_once_and_bad_input_loses_nothing(staff, district):
    facts = {
        "name": "Khóa I năm 2017",
        "number": "112-QĐ/HU",
        "decided_on": "10/02/2017",
        "first": "06/03/2017",
        "last": "01/03/2017",
        "days": "5",
        "organiser": "Trung tâm",
        "place": "Hội trường",
        "programme": "Bài một\n\n  Bài   hai",
    }
    page = staff.post("/nguon/lop/mo/", facts)
    assert page.status_code == 422
    assert "01/03/2017 trước ngày 06/03/2017." in markup(page) and "Hội trường" in markup(page)
    page = staff.post("/nguon/lop/mo/", facts | {"last": "10/03/2017"})
    row = AwarenessClass.objects.get()
    assert page["Location"] == row.get_absolute_url()
    assert row.subjects == ["Bài một", "Bài hai"]
    page = staff.post(f"/nguon/lop/{row.pk}/sua/", facts | {"last": "10/03/2017", "place": "Nhà văn hóa"})
    assert AwarenessClass.objects.get().place == "Nhà văn hóa"
