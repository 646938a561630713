"""Every number of a visit and of the quarter opens a list of that length."""

import re
from datetime import date

import pytest

from oversight import visits
from oversight.visits import Conclusion
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(district, oversight, visit):
    factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 1))
    visits.write_findings(
        visit,
        strengths="",
        causes="",
        shortcomings=[("sources", "Một"), ("sources", "Hai"), ("referral", "Ba")],
        conclusions=[Conclusion(district.rural, "Nêu nguồn", "Chi ủy", date(2017, 2, 26))],
        by=oversight.head,
        seen=visit.version,
    )
    visits.sign_visit(visit, by=oversight.head, seen=visit.version + 1)
    return visit


def count(client, address):
    return int(re.search(r'<b id="count">(\d+)</b>', markup(client.get(address)))[1])


def test_shortcomings_are_counted_by_kind_over_the_district(client, district, signed):
    client.force_login(district.leader)
    page = markup(client.get("/theo-doi/buoi/"))
    found = re.findall(r'href="(/theo-doi/buoi/thieu-sot/[^"]*)"\s*>(\d+)</a>', page)
    assert [int(n) for _url, n in found] == [2, 1]
    assert [count(client, url.replace("&amp;", "&")) for url, _n in found] == [2, 1]
    assert count(client, "/theo-doi/buoi/viec/") == count(client, "/theo-doi/buoi/viec/?qua=1") == 1


def test_what_is_not_signed_is_counted_for_whoever_visits_only(client, district, oversight, visit):
    facts = {"strengths": "", "causes": "", "conclusions": [], "shortcomings": [("other", "Bốn")]}
    visits.write_findings(visit, **facts, by=oversight.head, seen=visit.version)
    client.force_login(oversight.follower)
    assert count(client, "/theo-doi/buoi/thieu-sot/") == 1
    client.force_login(district.commune)
    assert count(client, "/theo-doi/buoi/thieu-sot/") == 0


def test_every_figure_of_a_visit_opens_its_people(client, district, oversight, visit):
    row = factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 1))
    visits.hold_visit(
        visit, on=date(2017, 2, 23), met="Bí thư", members=9, present=9, by=oversight.head, seen=1
    )
    client.force_login(oversight.head)
    page = markup(client.get(f"/theo-doi/buoi/{visit.pk}/"))
    found = re.findall(r'class="figure" href="(/theo-doi/buoi/so-lieu/[^"]*)">(\d+)</a>', page)
    assert [n for _url, n in found] == ["1", "1"]
    for url, _n in found:
        url = url.replace("&amp;", "&")
        assert count(client, url) == 1 and row.candidate.full_name in markup(client.get(url))
