"""What a page of figures costs: a fixed number of statements, and counts that read an index and no dossier."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from admissions.models import Dossier
from branches.models import Kind, Organisation, Tier
from reports import periods
from reports.closing.close import close_quarter
from reports.figures import figures, silence
from reports.measures import ADMITTED, MEASURES, RURAL
from reports.periods import quarter_period
from tests import factories
from tests.kept import kept

ROOT = Path(__file__).parent.parent.parent
STATEMENTS = 14
"""What a page of a period that is over may ask, whatever it shows; its user with the posts is one of them."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def menu_counts_once(monkeypatch):
    """The number in the menu is kept for as long as a test takes on a busy machine."""
    monkeypatch.setattr("admissions.worklist.context.KEPT", None)


def statements(client, url):
    """How many statements the page needs once the session is known."""
    client.get(url)
    sent = []

    def keep(execute, *request):
        sent.append(request[0])
        return execute(*request)

    with connection.execute_wrapper(keep):
        assert client.get(url).status_code == 200
    return len(sent)


def grow(unit, tier, kind, number, **extra):
    return [factories.unit(unit, tier, kind, f"Số {n}", **extra) for n in range(number)]


@pytest.mark.slow
@pytest.mark.parametrize("period", ["2016", "2016-q3", "2015-06-01..2016-05-31"])
def test_a_page_asks_as_much_for_twenty_units_as_for_two(client, district, period):
    factories.admitted(district.rural, district.staff, on=date(2015, 1, 12))
    client.force_login(district.staff)
    pages = [f"/chi-tieu/?ky={period}"]
    pages += [f"{pages[0]}&don-vi={unit.pk}" for unit in (district.root, district.home, district.rural)]
    before = [statements(client, page) for page in pages]
    for commune in grow(district.root, Tier.BASE, Kind.COMMUNE, 17):
        grow(commune, Tier.BRANCH, Kind.VILLAGE, 3, rural=True)
    grow(district.home, Tier.BRANCH, Kind.VILLAGE, 18)
    for n in range(4):
        branch = Organisation.objects.get(parent=district.home, name=f"Số {n}")
        factories.admitted(branch, district.staff, on=date(2016, 2, 10 + n))
        factories.dossier(branch, district.staff)
    assert [statements(client, page) for page in pages] == before
    *others, branch = before
    assert max(others) <= STATEMENTS
    assert branch <= STATEMENTS + 13, (
        "its dossiers with their steps and limits, its years, its last admission"
    )


def test_a_running_period_asks_as_much_for_twenty_units_as_for_two(client, district):
    client.force_login(district.staff)
    before = statements(client, "/chi-tieu/?ky=2017")
    grow(district.root, Tier.BASE, Kind.COMMUNE, 18)
    assert statements(client, "/chi-tieu/?ky=2017") == before <= STATEMENTS + 7, "the forecast's on top"


LISTS = [
    "/chi-tieu/ho-so/?ky=2016",
    "/chi-tieu/dang-lam/",
    "/ho-so/",
    "/ho-so/hom-nay/",
    "/don-vi/",
    "/bao-cao/2016/1/da-khoa/",
    "/bao-cao/danh-sach/?ky=2016-q1",
    "/bao-cao/danh-sach/?ky=2016-q1&loai=chua-le",
    "/chi-tieu/xep-hang/?ky=2016",
    "/chi-tieu/giao/?ky=2016",
    "/chi-tieu/dang-vien/",
    "/bao-cao/2016/1/",
    "/bao-cao/dang-so/?ky=2016-q1",
    "/chi-tieu/dat/?ky=2016",
]


@pytest.mark.slow
def test_a_list_asks_as_much_for_twenty_rows_as_for_two(client, district):
    client.force_login(district.staff)

    def add(number):
        for n in range(number):
            branch = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, f"Số {number}-{n}", rural=True)
            factories.admitted(branch, district.staff, on=date(2016, 2, 10 + n), exception="muộn")
            factories.dossier(branch, district.staff)
            factories.quota(branch, periods.year_period(2016), n + 1)

    add(2)
    close_quarter(quarter_period(2016, 1), by=district.admin)
    add(1)
    before = {page: statements(client, page) for page in LISTS}
    add(9)
    assert {page: statements(client, page) for page in LISTS} == before


VILLAGE = (Tier.BRANCH, Kind.VILLAGE, 2)


@kept
def province():
    """A province over the district, with a section between a commune and a branch, and admissions everywhere."""
    top = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Vĩnh Phúc")
    root = factories.unit(top, Tier.DISTRICT, Kind.DISTRICT, "Yên Lạc")
    own = factories.unit(top, Tier.BASE, Kind.PRIVATE_ENTERPRISE, "Công ty", is_base_branch=True)
    home, other = grow(root, Tier.BASE, Kind.COMMUNE, 2)
    section = factories.unit(home, Tier.SECTION, Kind.VILLAGE, "Khu Nam")
    places = grow(home, Tier.BRANCH, Kind.VILLAGE, 2, rural=True)
    places += grow(other, Tier.BRANCH, Kind.VILLAGE, 1)
    staff = factories.user("lan", "board_staff", top)
    for n, branch in enumerate(places, start=2):
        for month in range(1, 2 * n):
            factories.admitted(branch, staff, on=date(2016, month, 10), sex="male" if month % 2 else "female")
        factories.reach(factories.dossier(branch, staff), "preparing", staff)
    # Admitted by others, whose road is another one than the tests' usual.
    for month, branch, base in (
        (2, own, own),
        *zip((3, 4), grow(section, *VILLAGE), (home, home), strict=True),
    ):
        facts = {"branch": branch, "commune": base, "admitted_branch": branch, "admitted_commune": base}
        Dossier.objects.filter(decided_on=date(2016, month, 10)).update(**facts)
    Dossier.objects.filter(state="preparing", branch=places[0]).update(branch=own, commune=own)
    annulled = factories.admitted(places[1], staff, on=date(2016, 9, 1))
    Dossier.objects.filter(pk=annulled.pk).update(annulled_on=date(2016, 10, 1), state="annulled")
    return top


def lists(unit, cells):
    return tuple(figures.list_figure(unit, *cell).count() for cell in cells)


@pytest.mark.slow
@pytest.mark.parametrize("basis", ["decision", "ceremony"])
def test_every_way_of_counting_agrees_with_the_lists_at_every_level(province, settings, basis):
    settings.COUNTED_BY = basis
    Dossier.objects.filter(decided_on__lt=date(2016, 5, 1), annulled_on=None).update(
        ceremony_on=date(2016, 7, 5)
    )
    spans = periods.year_period(2016), periods.quarter_period(2016, 1), periods.quarter_period(2016, 3)
    cells = [(span, measure) for span in spans for measure in (ADMITTED, RURAL, MEASURES["women"])]
    for unit in Organisation.objects.all():
        assert figures.tally_cells(unit, cells) == lists(unit, cells)
        counted, children = figures.count_by_child(unit, cells), Organisation.objects.filter(parent=unit)
        none = (0,) * len(cells)
        assert {row.pk: counted.get(row.pk, none) for row in [unit, *children]} == {
            row.pk: lists(row, cells) for row in [unit, *children]
        }
        for n, span in enumerate(spans):
            found = figures.sum_days(figures.count_by_day(unit, spans[0]), span)
            assert tuple(found.values()) == lists(unit, cells)[3 * n : 3 * n + 2]
    first = figures.first_days(province)[1]
    assert first == (date(2016, 1, 10) if basis == "decision" else date(2016, 7, 5))


def test_sources_and_silent_branches_are_counted_as_they_are_listed(province):
    begin = Dossier.objects.filter(decided_on=date(2016, 1, 10)).first()
    Dossier.objects.filter(pk=begin.pk).update(
        **dict.fromkeys(
            ("listed_on", "applied_on", "branch_resolved_on", "base_resolved_on"), date(2014, 6, 1)
        ),
        decided_on=date(2014, 6, 1),
        annulled_on=None,
    )
    year = periods.year_period(2016)
    grow(Organisation.objects.filter(tier=Tier.SECTION).get(), Tier.BRANCH, Kind.STREET, 2)
    for unit in Organisation.objects.all():
        silent, going = silence.branches_by_child(unit, year), figures.under_way_by_child(unit)
        for row in [unit, *Organisation.objects.filter(parent=unit)]:
            expected = silence.silent_branches(row, year).count(), silence.branches_at_end(row, year).count()
            assert silent.get(row.pk, (0, 0)) == expected
            assert going[row.pk] == figures.under_way(row).count() == figures.under_way_by_unit(unit)[row.pk]


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="a covering index covers, and bench/ runs, on PostgreSQL only"
)
def test_the_bench_runs_and_a_districts_figures_read_the_covering_index_alone():
    """`bench/run` asserts equal results, and in its case `plan` what EXPLAIN says, after VACUUM ANALYZE."""
    server = connection.settings_dict
    login = f"{server['USER']}:{server['PASSWORD']}" if server["PASSWORD"] else server["USER"]
    url = f"postgres://{login}@{server['HOST']}:{server['PORT'] or 5432}/postgres"
    ran = subprocess.run(
        [sys.executable, "bench/run", "--size", "district", "--rounds", "1", "--no-goals", "--json"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found = json.loads(ran.stdout)["cases"]
    assert all("Index Only Scan using dossier_figures" in line for line in found["plan"]["notes"])
    assert found["statements"]["ratios"]["most"] <= STATEMENTS
    assert found["generator"]["checksum"]
