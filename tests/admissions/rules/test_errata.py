"""What errata moved: limits of dossiers before and after the correction."""

from datetime import date

import pytest

from accounts.roles import Role
from admissions import procedure
from admissions.models import Dossier
from admissions.rules import deadlines, errata, working_days
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db

D = date
TODAY = D(2026, 2, 2)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.TODAY = TODAY


def under_294(row, **columns):
    """`row` as one whose branch met on 12/01/2026."""
    columns = {
        "procedure": "qd294-2025",
        "applied_on": D(2025, 11, 3),
        "branch_resolved_on": D(2026, 1, 12),
        "base_resolved_on": D(2026, 1, 20),
    } | columns
    Dossier.objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
    return row


@pytest.fixture
def row(district):
    return under_294(reach(factories.dossier(district.rural, district.staff), State.PROPOSED, district.staff))


def test_a_dossier_under_way_has_the_right_limit_at_once(row):
    days = working_days.load_calendar()
    version = procedure.version_of(row)
    found = deadlines.running_deadline(row, version, days, TODAY)
    assert found.due == days.add(D(2026, 1, 12), 45)[0]
    (moved,) = errata.moved_limits(row, days, TODAY)
    assert (moved.before.due, moved.after.due) == (days.add(D(2026, 1, 12), 60)[0], found.due)
    assert moved.met_on is None


def test_an_extension_beyond_the_law_is_cut_to_what_it_allows(row):
    days = working_days.load_calendar()
    under_294(row, decision_extension=30)
    (moved,) = errata.moved_limits(row, days, TODAY)
    assert moved.before.due == days.add(D(2026, 1, 12), 90)[0]
    assert moved.after.due == days.add(D(2026, 1, 12), 60)[0]


def test_the_page_says_when_what_and_why_and_leads_to_the_list(client, district, row):
    client.force_login(district.staff)
    page = markup(client.get(row.get_absolute_url()))
    words = "Đính chính ngày 26/11/2026: 60 → 45 ngày làm việc, gia hạn 30 → 15 ngày làm việc (QĐ 294, điểm 4.3.1)."
    assert words in page
    before = working_days.load_calendar().add(D(2026, 1, 12), 60)[0]
    assert f"Trước đính chính hạn là {before:%d/%m/%Y}." in page
    assert 'href="/quy-dinh/dinh-chinh/#qd294-limits"' in page


def test_the_list_shows_both_limits_of_ones_own_dossiers_only(client, district, row):
    after, before = (working_days.load_calendar().add(D(2026, 1, 12), n)[0] for n in (45, 60))
    client.force_login(district.staff)
    page = markup(client.get("/quy-dinh/dinh-chinh/"))
    assert row.number in page
    assert f"{after:%d/%m/%Y}" in page
    assert f"{before:%d/%m/%Y}" in page
    client.force_login(factories.user("elsewhere", Role.COMMUNE_COMMITTEE, district.other))
    assert row.number not in markup(client.get("/quy-dinh/dinh-chinh/"))


def test_a_decision_between_both_limits_is_listed_as_late_with_the_limit_shown_then(client, district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    days = working_days.load_calendar()
    decided = days.add(D(2025, 9, 8), 50)[0]
    dates = {"branch_resolved_on": D(2025, 9, 8), "base_resolved_on": D(2025, 9, 15)}
    dates |= {"applied_on": D(2025, 6, 2), "received_on": D(2025, 9, 20), "put_forward_on": decided}
    row = under_294(row, decided_on=decided, decision_received_on=None, **dates)
    (moved,) = errata.moved_limits(row, days, TODAY)
    assert moved.becomes_late
    client.force_login(district.staff)
    page = markup(client.get("/quy-dinh/dinh-chinh/"))
    assert "nay đúng hạn hay quá hạn khác trước" in page
    assert f"{decided:%d/%m/%Y}" in page


def test_a_dossier_of_another_version_is_not_moved(district):
    row = reach(factories.dossier(district.rural, district.staff), State.PROPOSED, district.staff)
    assert errata.moved_limits(row, working_days.load_calendar(), TODAY) == []
    assert [version.key for version in errata.corrected_versions()] == [
        "qd294-2025",
        "qd20-2026",
        "qd208-2026",
    ]
