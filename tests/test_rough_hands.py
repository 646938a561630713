"""Whatever is typed or sent, the answer is a page with a sentence, never a server error."""

import itertools

import pytest

from admissions.models import Event
from admissions.states import State as S
from admissions.workflow import ACTS
from tests import factories

pytestmark = pytest.mark.django_db

ROUGH = [
    *("", " ", "0", "-1", "99999999999999999999", "1e9", "x" * 10_000, "\x00", "😀", "=1+1", "'; --"),
    *(
        "01/01/1900",
        "31/12/2100",
        "29/02/2017",
        "05/12/2016",
        "27/02/2017",
        "NaN",
        "<b>x</b>",
        "\u202e\u0301",
    ),
]
STATES = (S.LISTED, S.PREPARING, S.RESOLVED, S.PROPOSED, S.APPRAISAL, S.AWAITING, S.DECIDED, S.PROBATIONARY)


QUERIES = {
    "/ho-so/": "q trang-thai don-vi nong-thon nam sap trang",
    "/ho-so/2015/1/": "ds",
    "/don-vi/": "q ngay",
    "/don-vi/them/": "cha",
    "/chi-tieu/": "don-vi ky tu sap",
    "/chi-tieu/ho-so/": "so trang",
    "/bao-cao/2016/4/": "don-vi",
    "/danh-muc/lich/": "nam tu so",
    "/danh-muc/so-van-ban/": "don-vi so trang",
}
"""What each page reads from its address."""


@pytest.mark.parametrize("state", STATES)
def test_no_act_can_be_broken_by_what_is_typed(client, district, state):
    row = factories.reach(factories.dossier(district.rural, district.staff), state, district.staff)
    before, version = Event.objects.count(), row.version
    client.force_login(district.staff)
    for action in (a for a, act in ACTS.items() if row.state in act.sources):
        url = f"{row.get_absolute_url()}viec/{action}/"
        for rough in ROUGH[::3]:
            data = dict.fromkeys(ACTS[action].fields, rough) | {"version": version}
            if (
                client.post(url, data).status_code == 302
            ):  # the value made sense here; the rest would be stale
                row.refresh_from_db()
                assert Event.objects.count() == before + 1
                return
        assert client.post(url, data | {"version": "x"}).status_code in (403, 422)
    assert Event.objects.count() == before


def test_no_address_can_be_broken_by_its_query(client, district):
    factories.admitted(district.rural, district.staff)
    client.force_login(district.staff)
    for page, names in QUERIES.items():
        for name, rough in itertools.product(names.split(), ROUGH):
            assert client.get(page, {name: rough}).status_code in (200, 302, 403, 404, 422), (
                page,
                name,
                rough,
            )


@pytest.mark.parametrize("rough", ROUGH)
def test_no_entry_can_be_broken_by_what_is_typed(client, district, rough):
    client.force_login(district.staff)
    fields = (
        *(
            "full_name",
            "born_on",
            "sex",
            "citizen_id",
            "ethnicity",
            "religion",
            "education",
            "home_place",
            "residence",
        ),
        *(
            "occupation",
            "branch",
            "listed_on",
            "helper",
            "introduction",
            "introducer",
            "second_introducer",
            "version",
        ),
        *("qualification", "academic_title", "kept_at"),
    )
    assert client.post("/ho-so/moi/", dict.fromkeys(fields, rough)).status_code == 422
    assert client.get(
        "/ho-so/moi/", dict.fromkeys(fields, rough), headers={"HX-Request": "true"}
    ).status_code in (200, 404)
    assert client.post("/dang-nhap/", {"username": rough, "password": rough, "next": rough}).status_code in (
        200,
        302,
    )
    client.force_login(district.leader)
    quota = f"/chi-tieu/giao/moi/?ky=2016&don-vi={district.root.pk}"
    assert (
        client.post(quota, dict.fromkeys(("unit", "number", "basis", "basis_on"), rough)).status_code == 422
    )
    client.force_login(district.admin)
    unit = dict.fromkeys(("tier", "kind", "name", "code", "valid_from", "basis"), rough)
    assert client.post(f"/don-vi/them/?cha={district.home.pk}", unit).status_code == 422
