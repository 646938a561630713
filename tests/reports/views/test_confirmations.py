"""The page on which units confirm their figures of a quarter."""

from datetime import date

import pytest

from accounts.roles import Role
from reports.closing.confirmations import confirm_quarter, read_standing
from reports.models import QuarterConfirmation
from reports.periods import quarter_period
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/2016/4/xac-nhan/"
Q4 = quarter_period(2016, 4)


def test_a_commune_goes_from_its_day_to_the_quarter_and_confirms_what_it_saw(place, client):
    client.force_login(place.commune)
    day = markup(client.get("/ho-so/hom-nay/"))
    assert "Xác nhận số liệu quý IV/2016" in day and f"{PAGE}?don-vi={place.home.pk}" in day
    quarter = markup(client.get(f"/bao-cao/2016/4/?don-vi={place.home.pk}"))
    assert "Xem và xác nhận" in quarter and "chưa xác nhận" in quarter
    seen = read_standing(place.home, Q4).seen
    assert f'name="da-xem" value="{seen}"' in markup(client.get(PAGE))
    answer = client.post(f"{PAGE}?don-vi={place.home.pk}", {"da-xem": seen}, follow=True)
    assert "Đã xác nhận số liệu quý IV/2016 của Đảng bộ xã Trung Nguyên." in markup(answer)
    assert "Xác nhận số liệu quý IV/2016" not in markup(client.get("/ho-so/hom-nay/"))
    client.post(f"{PAGE}?don-vi={place.home.pk}", {"rut": "1"})
    assert [row.kind for row in QuarterConfirmation.objects.all()] == ["confirmed", "withdrawn"]


def test_figures_that_moved_meanwhile_are_shown_again(place, client):
    client.force_login(place.commune)
    answer = client.post(f"{PAGE}?don-vi={place.home.pk}", {"da-xem": "khac"})
    assert answer.status_code == 422 and "vừa đổi" in markup(answer)
    assert not QuarterConfirmation.objects.exists()


def test_the_district_sees_who_is_missing_what_changed_and_reminds(place, client):
    confirm_quarter(place.home, Q4, by=place.commune)
    confirm_quarter(place.firm, Q4, by=place.staff)
    factories.admitted(place.rural, place.staff, on=date(2016, 12, 20), full_name="Đỗ Thị Nga")
    client.force_login(place.staff)
    page = markup(client.get(PAGE))
    assert "<b>1</b>trên 3 đơn vị đã xác nhận số liệu của mình." in page
    assert "đã đổi sau khi xác nhận 3" in page
    assert "2 đơn vị chưa xác nhận số liệu quý IV/2016" in markup(client.get("/ho-so/hom-nay/"))
    assert "Đã nhắc 2 đơn vị." in markup(client.post(PAGE, {"nhac": "1"}, follow=True))
    client.force_login(factories.user("xa-khac", Role.COMMUNE_COMMITTEE, place.other))
    assert f"{place.staff.full_name} nhắc ngày" in markup(client.get("/ho-so/hom-nay/"))
    assert client.get(f"{PAGE}?don-vi={place.home.pk}").status_code == 404


def test_a_closed_quarter_is_only_shown(shut, client):
    client.force_login(shut.staff)
    page = markup(client.get(PAGE))
    assert "Quý đã khóa" in page and 'name="nhac"' not in page
    assert client.post(PAGE, {"nhac": "1"}).status_code == 422
    report = markup(client.get("/bao-cao/2016/4/"))
    assert "Khi khóa quý, chưa xác nhận số liệu: Đồng Văn, Trung Nguyên, Công ty May." in report
