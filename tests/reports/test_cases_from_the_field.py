"""Published figures of other districts, with their inputs: what such a district reports stands on our pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import translation

from admissions.models import Candidate, Dossier, Ethnicity
from branches.models import Kind, Tier
from reports import periods
from reports.closing import proof, reading
from reports.closing.close import close_quarter
from reports.exports import report_tables, wording
from reports.exports.form_2 import read_report
from reports.figures import figures
from reports.measures import DEMOBILISED
from reports.models import MemberCount, Quota
from reports.pages import sentence
from reports.periods import quarter_period
from reports.quotas import attainment, membership
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2016)


def count_members(unit, on, number):
    return MemberCount.objects.create(unit=unit, on=on, number=number)


def admit(branch, by, number, on=date(2016, 3, 10), **person):
    for _n in range(number):
        factories.admitted(branch, by, on=on, **person)


def by_unit(period, unit):
    """[{column: value}] of the table by unit, the total first."""
    tables = report_tables.report_tables(read_report(factories.source(period, unit)))
    table = next(one for one in tables if one.key == "by_unit")
    keys = [column.key for column in table.columns]
    rows = [[getattr(cell, "value", cell) for cell in row.cells] for row in table.rows]
    return [dict(zip(keys, row, strict=True)) for row in rows]


# Half a year against the year's quota: 113 of 296, "over 38.1 %"


@pytest.mark.parametrize(
    ("admitted", "quota", "percent"),
    [
        (113, 296, "38.18"),
        (11, 15, "73.33"),
        (8, 7, "114.29"),
        (6, 7, "85.71"),
        (1392, 1740, "80.00"),
        (185, 244, "75.82"),
    ],
)
def test_a_part_of_a_year_is_reckoned_on_the_quota_of_the_year(admitted, quota, percent):
    assert attainment.round_half_up(attainment.percent_of(admitted, quota)) == Decimal(percent)


@pytest.mark.parametrize("code", ["2016-h1", "2016-01-01..2016-09-30"])
def test_the_report_of_a_half_or_of_nine_months_says_it_of_the_years_quota(district, code):
    """The half of 11 of 29; the dashboard of a half has no quota, and two days have the year's beside them."""
    factories.quota(district.root, YEAR, 29)
    admit(district.rural, district.staff, 8)
    admit(district.school, district.staff, 3)
    period = periods.parse_period(code)
    with translation.override("vi"):
        words = wording.opening_sentences(factories.source(period, district.root))
    assert "Đạt 37,93% chỉ tiêu năm (29)." in words
    assert by_unit(period, district.root)[0]["percent"] == Decimal("37.93")


# The rate to the members: 358 admitted are 7,61 % of 4,704


@pytest.mark.parametrize(
    ("admitted", "members", "words"),
    [
        (358, 4704, "7,61% của 4.704 đảng viên đầu năm"),
        (268, 6712, "3,99% của 6.712 đảng viên đầu năm"),
        (0, 30, "0,00% của 30 đảng viên đầu năm"),
        (3, None, ""),
    ],
)
def test_a_rate_names_its_denominator(admitted, members, words):
    assert membership.Rate(admitted, members).words == words


@kept
def counted(district):
    """Nine admitted in 2016 of a district of 600, with a quota of 1 % of them."""
    base = count_members(district.root, date(2016, 1, 1), 600)
    basis = factories.quota(district.home, YEAR, 5).basis
    facts = {"kind": Quota.Kind.RATE, "rate": Decimal(1), "membership": base, "basis": basis}
    Quota.objects.create(unit=district.root, first=YEAR.first, last=YEAR.last, **facts)
    admit(district.rural, district.staff, 6)
    admit(district.far, district.staff, 3)
    return district


@pytest.mark.parametrize("page", ["/chi-tieu/?ky=2016", "/chi-tieu/dat/?ky=2016"])
def test_the_rate_reached_stands_on_the_dashboard_and_beside_the_quotas(counted, client, page):
    client.force_login(counted.leader)
    text = markup(client.get(page))
    assert "1,50% của 600 đảng viên đầu năm" in text


def test_a_quota_that_is_a_share_of_the_members_says_the_share_reached_of_the_same_members(counted, client):
    client.force_login(counted.leader)
    text = markup(client.get("/chi-tieu/dat/?ky=2016"))
    assert "đã kết nạp 1,50% của 600 đảng viên ngày 01/01/2016" in text


def test_the_table_by_unit_has_the_members_and_the_rate_where_a_unit_has_them(counted):
    count_members(counted.home, date(2015, 12, 31), 200)
    total, *rows = by_unit(YEAR, counted.root)
    assert (total["members"], total["rate"]) == (600, Decimal("1.5"))
    known = {row["unit"]: (row["members"], row["rate"]) for row in rows}
    assert known[counted.home.title] == (200, Decimal(3))
    assert known[counted.other.title] == (None, None)


def test_the_table_has_no_such_columns_where_nobody_is_counted(district):
    assert "rate" not in by_unit(YEAR, district.root)[0]


def test_units_without_a_count_are_said_where_they_hinder_the_sum(district, client):
    count_members(district.home, date(2016, 1, 1), 200)
    admit(district.rural, district.staff, 2)
    client.force_login(district.leader)
    assert "thiếu số đảng viên đầu năm của 2 đơn vị" in markup(client.get("/chi-tieu/?ky=2016"))
    count_members(district.other, date(2016, 1, 1), 150)
    count_members(district.firm, date(2016, 1, 1), 50)
    assert "0,50% của 400 đảng viên đầu năm" in markup(client.get("/chi-tieu/?ky=2016"))


def test_a_unit_founded_in_the_year_had_no_members_at_its_start(district):
    new = factories.unit(district.root, Tier.BASE, Kind.COMMUNE, "Xã mới", valid_from=date(2016, 6, 1))
    members = {district.home.pk: 10, district.other.pk: 20, district.firm.pk: 30}
    children = [district.home, district.other, district.firm, new]
    assert membership.rate_of(district.root, 6, children, members, YEAR).percent == 10


def test_the_count_of_the_first_of_january_goes_before_that_of_the_day_before(district):
    count_members(district.root, date(2016, 1, 1), 601)
    count_members(district.root, date(2015, 12, 31), 600)
    assert membership.members_at_start([district.root.pk], YEAR) == {district.root.pk: 601}
    assert membership.members_at_start([district.root.pk], periods.span_of_years(2015, 2016)) == {}


def test_a_closed_quarter_keeps_the_members_it_was_reckoned_on(counted):
    close_quarter(quarter_period(2016, 1), by=counted.admin)
    MemberCount.objects.filter(unit=counted.root).update(number=900)
    quarter, year = by_unit(periods.quarter_period(2016, 1), counted.root), by_unit(YEAR, counted.root)
    assert (quarter[0]["members"], year[0]["members"]) == (600, 900)


# Shares of women and minority: 10 and 24 of 41


@kept
def forty_one(district):
    """41 admitted in the first half: ten women and 24 of a minority, five of them both; nine of the Youth Union."""
    minority = Ethnicity.objects.filter(minority=True).first()
    other = Ethnicity.objects.get(name="Kinh")
    for n in range(41):
        factories.admitted(
            district.rural,
            district.staff,
            on=date(2016, 3, 10),
            sex="female" if n < 10 else "male",
            ethnicity=minority if 5 <= n < 29 else other,
            in_youth_union=n >= 32,
            qualification="bachelor" if n % 4 == 0 else "master" if n == 1 else "none",
        )
    return district


@pytest.mark.slow
@pytest.mark.parametrize("page", ["/chi-tieu/?ky=2016-h1", "/chi-tieu/dat/?ky=2016-h1", "/bao-cao/2016/1/"])
def test_the_pages_say_the_shares_with_their_base(forty_one, client, page):
    client.force_login(forty_one.leader)
    text = " ".join(markup(client.get(page)).split())
    text = text[text.index("Trong 41 đảng viên kết nạp:") :]
    for share in ("(24,4%)", "(58,5%)", "(22,0%)", "(29,3%)"):
        assert share in text
    assert "so=women" in text and "so=minority" in text


@pytest.mark.slow
def test_the_written_report_says_them_in_a_sentence(forty_one):
    half = factories.source(periods.half_period(2016, 1), forty_one.root)
    with translation.override("vi"):
        words = wording.opening_sentences(half)
    assert (
        "Trong số kết nạp có 10 nữ (24,4%), 24 người dân tộc thiểu số (58,5%), 9 đoàn viên thanh niên (22,0%)."
        in words
    )


def test_nothing_is_said_of_shares_where_nobody_was_admitted(district, client):
    client.force_login(district.leader)
    assert "đảng viên kết nạp:" not in markup(client.get("/chi-tieu/?ky=2016"))
    with translation.override("vi"):
        assert "Trong số kết nạp" not in wording.opening_sentences(factories.source(YEAR, district.root))


def test_the_share_that_the_source_of_41_printed_is_not_the_one_of_its_numbers():
    """It says 26,6 % for 10 women of 41; the numbers say 24,4 %."""
    assert sentence.percent_in_words(attainment.percent_of(10, 41)) == "hơn 24%"


# Demobilised soldiers and the other groups that the field pays attention to


@kept
def groups(district):
    """Two soldiers who came home, one of them a worker of a firm, a pupil and a village head, a farmer."""
    staff, on = district.staff, date(2016, 3, 10)
    for job, demobilised in (
        ("enterprise_worker", True),
        ("farmer", True),
        ("pupil", False),
        ("village_worker", False),
        ("farmer", False),
    ):
        person = {"occupation": job, "demobilised": demobilised, "sex": "male", "born_on": date(1996, 5, 1)}
        factories.admitted(district.rural, staff, on=on, **person)
    return district


def test_demobilised_soldiers_are_counted_as_they_were_when_admitted(groups, client):
    quarter = periods.quarter_period(2016, 1)
    assert figures.list_figure(groups.root, quarter, DEMOBILISED).count() == 2
    client.force_login(groups.leader)
    page = markup(client.get("/chi-tieu/ho-so/?ky=2016-q1&so=demobilised"))
    assert "Bộ đội xuất ngũ" in page and page.count("Đỗ Thị Thanh Bình") == 2
    Candidate.objects.update(demobilised=False)
    assert figures.list_figure(groups.root, quarter, DEMOBILISED).count() == 2


def test_the_pages_and_the_written_report_say_the_groups(groups, client):
    client.force_login(groups.leader)
    page = " ".join(markup(client.get("/chi-tieu/?ky=2016-q1")).split())
    assert "Bộ đội xuất ngũ" in page and "so=demobilised" in page
    assert "Người trực tiếp sản xuất 3 (60,0%)" in page
    assert "Lao động trong doanh nghiệp 1 (20,0%)" in page and "Học sinh, sinh viên 1 (20,0%)" in page
    with translation.override("vi"):
        words = wording.opening_sentences(factories.source(periods.quarter_period(2016, 1), groups.root))
    assert "2 bộ đội xuất ngũ (40,0%)" in words


def test_a_closing_counts_and_proves_the_group_too(groups):
    closing = close_quarter(quarter_period(2016, 1), by=groups.admin)
    assert reading.closed_totals(closing, groups.home)["demobilised"] == 2
    assert proof.prove_closing(closing).holds


def test_an_admission_of_before_the_fact_was_kept_counts_in_no_such_group_and_recounts_as_it_was(groups):
    Dossier.objects.update(admitted_demobilised=None)
    assert figures.list_figure(groups.root, YEAR, DEMOBILISED).count() == 0
    call_command("check_figures")


def test_the_entry_form_asks_who_came_home_from_military_service(district, client):
    client.force_login(district.staff)
    assert 'name="demobilised"' in markup(client.get("/ho-so/moi/"))
