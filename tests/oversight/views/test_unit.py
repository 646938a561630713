"""The home of a unit: its numbers open their lists, on any day and in either structure; mistakes are corrected."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import override_settings

from admissions.models import Dossier
from admissions.states import ON_CONVERSION
from branches.models import Kind, Organisation, Succession, Tier
from oversight.tasks import assign_task
from reports.periods import year_period
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def home(client, unit, query=""):
    return markup(client.get(f"/don-vi/{unit.pk}/{query}"))


@pytest.fixture
def lived(district, oversight):
    """Trung Nguyên with one admitted this year and last, one under way, a source and a quota that was not given on."""
    staff = district.staff
    factories.admitted(district.rural, staff, on=date(2017, 1, 10))
    factories.admitted(district.school, staff, on=date(2016, 5, 10))
    factories.reach(factories.dossier(district.rural, staff), "preparing", staff)
    factories.dossier(district.school, staff)
    factories.quota(district.home, year_period(2017), 15)
    return district


def test_the_year_stands_in_a_sentence_and_in_the_tabs(client, lived):
    client.force_login(lived.staff)
    page = home(client, lived.home)
    lead = re.sub(r"<[^>]*>", "", page.partition('class="lead gap">')[2].partition("</p>")[0])
    words = "Năm 2017 đến 27/02, Đảng bộ xã Trung Nguyên kết nạp1trên chỉ tiêu15, còn 14;"
    assert lead == f"{words}1người đang làm hồ sơ,1nguồn.0việc quá hạn,1việc sắp đến hạn."
    on_probation = Dossier.objects.filter(state__in=ON_CONVERSION).count()
    for tab in (
        "Chỉ tiêu<small>chưa giao",
        "Hồ sơ<small>1",
        "Nguồn<small>1",
        f"Đảng viên dự bị<small>{on_probation}",
    ):
        assert tab in page, tab
    assert "Chưa giao chỉ tiêu 2017 cho chi bộ" in page
    assert "Quý I/2017 chưa dự, chưa hẹn ngày" in page


def test_every_number_opens_as_many_people(client, lived):
    client.force_login(lived.staff)
    for unit in (lived.root, lived.home, lived.rural):
        page = home(client, unit)
        links = re.findall(r'href="([^"]*(?:trang-thai=|/chi-tieu/ho-so/)[^"]*)"[^>]*>(?:<b>)?(\d+)<', page)
        assert links
        for address, number in links:
            listed = markup(client.get(unescape(address)))
            count = re.search(r'<b id="count">(\d+)<', listed)
            assert count and count[1] == number, (unit, address)


def test_who_is_in_charge_and_who_was_stand_with_their_days(client, lived, oversight):
    client.force_login(lived.leader)
    page = home(client, lived.home)
    assert f"{oversight.follower.full_name}</a></td>" in page
    assert "01/2016 – nay" in page or "– nay" in page
    assert "Cấp ủy cơ sở" in page and "Còn 1 người dùng của đơn vị trực thuộc: Tân Nguyên." in page


def test_what_is_late_is_marked_in_red(client, lived):
    facts = {"what": "Gặp đoàn viên", "who": "Bí thư", "before": date(2017, 2, 20)}
    assign_task(lived.rural, **facts, on=date(2017, 2, 1), by=lived.branch)
    client.force_login(lived.staff)
    page = home(client, lived.home)
    assert "st st-late" in page and "Gặp đoàn viên" in page
    assert re.search(r'st-late"><svg[^>]*>.{0,120}</svg>Theo dõi', page)
    assert "1</a>việc quá hạn" in page
    client.force_login(lived.branch)
    assert "Gặp đoàn viên" in home(client, lived.rural)


def test_an_earlier_day_shows_what_was_stored_then(client, lived):
    with override_settings(TODAY=date(2017, 2, 28)):
        factories.dossier(lived.rural, lived.staff, person=factories.candidate(full_name="Lê Văn Muộn"))
        client.force_login(lived.staff)
        assert "Nguồn<small>2" in home(client, lived.home)
        page = home(client, lived.home, "?ngay=27/02/2017")
        assert "Nguồn<small>1" in page and "Đến hạn" not in page
        assert "trang-thai=listed&amp;ngay=27%2F02%2F2017" in page
    assert "chưa tới" in home(client, lived.home, "?ngay=01/01/2030")
    answer = client.get(f"/don-vi/{lived.home.pk}/?ngay=31/02/2017")
    assert answer.status_code == 422 and "tháng 2 có 28 ngày" in markup(answer)


def test_a_unit_that_ended_shows_its_last_day_and_what_took_over(client, lived):
    new = factories.unit(lived.home, Tier.BRANCH, Kind.VILLAGE, "Nguyên", valid_from=date(2017, 2, 1))
    Succession.objects.create(predecessor=lived.rural, successor=new, on=new.valid_from, basis="QĐ 1")
    lived.rural.valid_to = new.valid_from - timedelta(days=1)
    lived.rural.save()
    client.force_login(lived.staff)
    page = home(client, lived.rural, "?cocau=homnay")
    assert 'value="31/01/2017"' in page and "Kết thúc 31/01/2017; nay là" in page
    assert f'href="/don-vi/{new.pk}/">Chi bộ thôn Nguyên' in page
    assert "Chi bộ thôn Tân Nguyên thành Chi bộ thôn Nguyên" in page
    assert "thôn Nguyên kết nạp<a" in home(client, new, "?cocau=homnay")
    assert "thôn Nguyên kết nạp 0," in home(client, new), "it admitted nobody itself"


def test_the_log_tells_everything_recorded_of_the_unit(client, lived):
    client.force_login(lived.commune)
    page = markup(client.get(f"/don-vi/{lived.home.pk}/nhat-ky/"))
    assert "ghi vào danh sách cảm tình Đảng" in page
    assert client.get(f"/don-vi/{lived.other.pk}/nhat-ky/").status_code == 404


def test_a_mistake_in_an_unused_unit_is_corrected_on_its_page(client, district):
    unit = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Mơi", rural=True)
    client.force_login(district.admin)
    address = f"/don-vi/{unit.pk}/sua/"
    assert f'href="{address}"' in home(client, unit)
    form = {
        "parent": district.other.pk,
        "tier": "branch",
        "kind": "village",
        "name": "Chi bộ thôn Mới",
        "code": unit.code,
        "valid_from": "01/02/2016",
        "basis": "QĐ 5-QĐ/ĐU",
    }
    assert client.post(address, form | {"parent": district.rural.pk}).status_code == 422, (
        "a branch has none under it"
    )
    assert client.post(address, form).status_code == 302
    row = Organisation.objects.get(pk=unit.pk)
    assert (row.title, row.parent, row.path) == (
        "Chi bộ thôn Mới",
        district.other,
        f"{district.other.path}{row.pk}/",
    )
    assert not row.rural


def test_of_a_unit_in_use_the_form_says_what_rests_on_it(client, district):
    client.force_login(district.admin)
    address = f"/don-vi/{district.rural.pk}/sua/"
    assert "Chi bộ thôn Tân Nguyên đã có 1 phân công nên không sửa được nữa" in markup(client.get(address))
    assert client.post(address, {"name": "Khác"}).status_code == 422
    assert Organisation.objects.get(pk=district.rural.pk).name == "Tân Nguyên"
