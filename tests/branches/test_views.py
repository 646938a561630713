"""The pages of the tree: as it stood on a day, one unit with its history, adding a unit."""

from datetime import date

import pytest

from accounts.models import Post
from accounts.roles import Role
from branches.models import Kind, Organisation, Succession, Tier
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, district):
    client.force_login(district.admin)
    return client


@pytest.fixture
def form():
    return {
        "tier": "branch",
        "kind": "village",
        "name": "Lạc Trung",
        "code": "NEW1",
        "rural": "on",
        "valid_from": "01/03/2016",
    }


def test_rule_05_the_tree_shows_the_units_of_a_day(admin, district):
    factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Mới Lập", valid_from=date(2016, 6, 1))
    assert "Mới Lập" in markup(admin.get("/don-vi/"))
    assert "Mới Lập" not in markup(admin.get("/don-vi/", {"ngay": "31/05/2016"}))
    assert "tháng 2 có 28 ngày" in markup(admin.get("/don-vi/", {"ngay": "31/02/2017"}))


def test_units_are_found_without_marks(admin):
    page = markup(admin.get("/don-vi/", {"q": "bao van"}))
    assert "Chi bộ thôn Báo Văn" in page
    assert "Tân Nguyên" not in page


def test_a_middle_tier_stands_over_its_branches(admin, district):
    section = factories.unit(district.home, Tier.SECTION, Kind.OTHER, "Khu Đông")
    inner = factories.unit(section, Tier.BRANCH, Kind.VILLAGE, "Lạc Trung", rural=True)
    page = markup(admin.get("/don-vi/"))
    outside, inside = page.index(">Trường THCS<"), page.index(">Lạc Trung<")
    assert outside < page.index("Đảng bộ bộ phận Khu Đông") < inside
    page = markup(admin.get(f"/don-vi/{district.home.pk}/"))
    assert "Đảng bộ bộ phận Khu Đông" in page
    row = factories.dossier(inner, district.staff)
    page = markup(admin.get(row.get_absolute_url()))
    assert page.index("Đảng bộ xã Trung Nguyên") < page.index("Đảng bộ bộ phận Khu Đông")
    assert page.index("Đảng bộ bộ phận Khu Đông") < page.index("Chi bộ thôn Lạc Trung")


def test_the_districts_of_a_province_stand_over_their_communes(client, district):
    province = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Vĩnh Phúc")
    for kind, name in ((Kind.CITY, "Vĩnh Yên"), (Kind.DISTRICT, "Tam Đảo")):
        factories.unit(
            factories.unit(province, Tier.DISTRICT, kind, name), Tier.BASE, Kind.WARD, f"P. {name}"
        )
    client.force_login(factories.user("tinh", "board_staff", province))
    page = markup(client.get("/don-vi/"))
    assert page.index("Đảng bộ huyện Tam Đảo") < page.index("Đảng bộ phường P. Tam Đảo")
    assert page.index("Đảng bộ phường P. Tam Đảo") < page.index("Đảng bộ thành phố Vĩnh Yên")
    assert page.index("Đảng bộ thành phố Vĩnh Yên") < page.index("Đảng bộ phường P. Vĩnh Yên")


def test_a_unit_tells_where_it_came_from(admin, district):
    old = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Thiệu Tổ", valid_to=date(2016, 2, 29))
    for name in ("Thiệu Tổ 1", "Thiệu Tổ 2"):
        new = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, name, valid_from=date(2016, 3, 1))
        Succession.objects.create(predecessor=old, successor=new, on=date(2016, 3, 1), basis="QĐ 19-QĐ/ĐU")
    page = markup(admin.get(f"/don-vi/{district.home.pk}/"))
    assert "Tách Chi bộ thôn Thiệu Tổ thành Chi bộ thôn Thiệu Tổ 1 và thôn Thiệu Tổ 2" in page
    assert "QĐ 19-QĐ/ĐU" in page


def test_a_unit_is_added_under_its_parent(admin, form, district):
    response = admin.post(f"/don-vi/them/?cha={district.home.pk}", form, follow=True)
    row = Organisation.objects.get(code="NEW1")
    assert (row.parent, row.rural, row.path) == (district.home, True, f"{district.home.path}{row.pk}/")
    assert "Đã thêm Chi bộ thôn Lạc Trung" in markup(response)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "tan nguyen", "Chi bộ thôn Tân Nguyên đã có trong sổ"),
        ("name", "", "Ô này phải nhập"),
        ("name", "x" * 121, "Dài 121 ký tự; nhiều nhất 120"),
        ("valid_from", "31/02/2016", "tháng 2 có 29 ngày"),
        ("valid_from", "01/01/2001", "không có vào ngày này"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_in_words(admin, form, district, field, typed, sentence):
    number = Organisation.objects.count()
    response = admin.post(f"/don-vi/them/?cha={district.home.pk}", form | {field: typed})
    assert response.status_code == 422
    assert sentence in markup(response)
    assert Organisation.objects.count() == number


def test_a_code_used_from_the_same_day_is_refused(admin, form, district):
    admin.post(f"/don-vi/them/?cha={district.home.pk}", form)
    response = admin.post(f"/don-vi/them/?cha={district.home.pk}", form | {"name": "Khác"})
    assert "Mã này đã dùng cho Chi bộ thôn Lạc Trung" in markup(response)


def test_only_administrators_add_units(client, form, district):
    client.force_login(district.staff)
    assert client.post(f"/don-vi/them/?cha={district.home.pk}", form).status_code == 403


def test_the_right_of_one_post_does_not_hold_at_the_unit_of_another(client, district):
    user = factories.user("hai-noi", Role.COMMUNE_COMMITTEE, district.home)
    Post.objects.create(user=user, unit=district.other, role=Role.ADMINISTRATOR, since=factories.BEGIN)
    client.force_login(user)
    new = {"tier": "branch", "kind": "village", "name": "Mới", "code": "X1", "valid_from": "01/01/2017"}
    answers = {
        unit.name: client.post(f"/don-vi/them/?cha={unit.pk}", new | {"code": unit.code + "X"}).status_code
        for unit in (district.home, district.other)
    }
    assert answers == {district.home.name: 403, district.other.name: 302}
    assert client.get(f"/don-vi/them/?cha={district.home.pk}").status_code == 403
