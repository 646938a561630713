"""Who may change what holds for the whole register."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Activity
from accounts.roles import Role
from admissions.catalogues import rights
from admissions.models import DayOff, LetterTemplate, Reason
from tests import factories
from tests.markup import markup
from tests.word_files import word_file

pytestmark = pytest.mark.django_db

OWN = "/danh-muc/mau-van-ban/9-KND/hd36-2018/"


def told():
    return list(Activity.objects.order_by("pk").values_list("action", "subject"))


@pytest.mark.parametrize("role", ["staff", "leader", "commune", "branch"])
def test_only_administrators_change_a_list(client, district, role):
    client.force_login(getattr(district, role))
    day, reason = DayOff.objects.first(), Reason.objects.first()
    file = SimpleUploadedFile("m.docx", word_file("{{ name }}"))
    for url, data in (
        (
            "/danh-muc/lich/them/",
            {"on": "13/02/2017", "kind": "off", "name": "x", "da-xem": "2017-02-13 off"},
        ),
        (f"/danh-muc/lich/{day.pk}/xoa/", {}),
        ("/danh-muc/ly-do/", {"use": "hold", "text": "x"}),
        (f"/danh-muc/ly-do/{reason.pk}/", {"dung": "0"}),
        (OWN, {"file": file}),
        (f"{OWN}ve-goc/", {}),
    ):
        assert client.post(url, data).status_code == 403, url
    assert told() == [] and not LetterTemplate.objects.exists()
    assert "Thêm lý do" not in markup(client.get("/danh-muc/ly-do/"))


def test_an_administrator_of_a_commune_does_not_change_what_holds_for_the_district(client, district):
    row = factories.user("quan-tri-xa", Role.ADMINISTRATOR, district.home)
    assert not rights.may_change(row)
    client.force_login(row)
    assert client.get("/danh-muc/lich/them/").status_code == 403
    assert client.get("/danh-muc/nhat-ky/").status_code == 403
