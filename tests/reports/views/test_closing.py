"""The page that closes a quarter."""

import pytest

from accounts.models import Activity
from reports.closing import reading
from reports.models.closing import QuarterClosing
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/2016/4/"


def test_the_page_names_what_will_be_fixed_and_one_post_closes(place, client):
    client.force_login(place.admin)
    assert f'hx-get="{PAGE}khoa/" hx-trigger="load" hx-select="#checks"' in markup(client.get(PAGE))
    page = markup(client.get(f"{PAGE}khoa/"))
    assert '<section id="checks">' in page
    assert "Kiểm tra trước khi khóa" in page
    assert "Khóa quý IV/2016" in page
    assert not QuarterClosing.objects.exists()
    assert client.post(f"{PAGE}khoa/").status_code == 422, "nobody has confirmed"
    assert client.post(f"{PAGE}khoa/", {"khong-cho": "1"}).status_code == 302
    assert client.post(f"{PAGE}khoa/", {"khong-cho": "1"}).status_code == 422
    assert QuarterClosing.objects.count() == 1
    page = markup(client.get(PAGE))
    assert reading.group_fingerprint(QuarterClosing.objects.get().fingerprint) in page
    assert Activity.objects.filter(subject__contains="Khóa quý IV/2016").count() == 1
