"""What a period is set beside: the same days a year earlier, and nothing where the register had not begun."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.models import Dossier
from branches.models import Kind, Tier
from reports import periods
from reports.closing.close import close_quarter
from reports.exports import form_2 as report
from reports.exports import make
from reports.figures import figures
from reports.pages import dashboard, ranking, series
from reports.periods import quarter_period
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
YEAR, Q4, Q1 = periods.year_period(2016), periods.quarter_period(2016, 4), periods.quarter_period(2017, 1)


def admit(district, *days):
    return [
        factories.admitted(district.rural, district.staff, on=day, full_name=f"Hà Thị {name}")
        for day, name in zip(days, ("Ba", "Bốn", "Năm"), strict=False)
    ]


def then(unit, period):
    return [cells[1] for line in report.form_2([factories.source(period, unit)]) for cells in line.cells]


def test_a_year_before_the_register_is_not_nought(client, district):
    admit(district, date(2016, 11, 9))
    total, rows = dashboard.dashboard_lines(dashboard.read_page(district.root, YEAR))
    assert {line.before for line in (total, *rows)} == {None}
    assert set(then(district.root, YEAR)) == {None}
    assert {part.before for part in series.parts_of_year(district.root, YEAR)} == {None}
    client.force_login(district.leader)
    page = markup(client.get("/chi-tieu/?ky=2016"))
    assert "Hai năm 2015–2016" not in page and "Năm 2015" not in page
    grid = markup(client.get("/chi-tieu/giao/luoi/?ky=2016"))
    assert (
        '<td class="num" data-label="2015">–</td>' in grid
        and '<td class="num" data-label="2015">0' not in grid
    )


def test_a_year_that_the_register_knows_may_well_be_nought(district):
    admit(district, date(2015, 3, 2), date(2016, 11, 9))
    total, rows = dashboard.dashboard_lines(dashboard.read_page(district.root, YEAR))
    assert total.before == 1 and {line.before for line in rows} == {0, 1}


def test_what_a_closed_quarter_was_set_beside_stays_when_an_older_decision_is_recorded(district):
    admit(district, date(2016, 11, 9))
    close_quarter(quarter_period(2016, 4), by=district.admin)
    shut = factories.source(Q4, district.root)
    kept = [report.form_2([shut, shut.so_far()]), report.unit_lines(shut)]
    assert set(then(district.root, Q4)) == {None}
    admit(district, date(2015, 11, 9))
    assert figures.year_before(Q4) == periods.quarter_period(2015, 4)
    shut = factories.source(Q4, district.root)
    assert [report.form_2([shut, shut.so_far()]), report.unit_lines(shut)] == kept


def test_a_quarter_that_runs_is_set_beside_as_many_days_as_have_passed(client, district):
    admit(district, date(2016, 2, 20), date(2016, 3, 10), date(2017, 2, 1))
    source = factories.source(Q1, district.root)
    assert source.year_before().period.last == date(2016, 2, 27), "today is 27/02/2017"
    assert then(district.root, Q1)[0] == report.unit_lines(source)[0].before["admitted"] == 1
    client.force_login(district.staff)
    assert "năm trước cũng chỉ tính đến ngày 27/02/2016" in markup(client.get("/bao-cao/2017/1/"))


def test_quarters_that_are_still_to_come_are_not_nought(district):
    year = periods.year_period(2017)
    rows = dashboard.quarter_table(dashboard.read_page(district.root, year), year)
    assert [number for number, *_rest in rows[0][2]] == [0, None, None, None, 0]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("tu=01/01/2016&den=27/02/2017", "Từ 01/01/2016 đến 27/02/2017, Đảng bộ huyện Yên Lạc kết nạp"),
        ("ky=2017", "Đến 27/02/2017, Đảng bộ huyện Yên Lạc kết nạp"),
        ("ky=2016", "Năm 2016 Đảng bộ huyện Yên Lạc kết nạp"),
    ],
)
def test_the_first_sentence_names_the_days_it_counts(client, district, asked, words):
    client.force_login(district.staff)
    assert words in markup(client.get(f"/chi-tieu/?{asked}"))


def test_a_year_that_has_not_come_or_was_not_recorded_is_said_to_be_so_and_makes_no_report(client, district):
    factories.admitted(district.rural, district.staff, on=date(2016, 2, 10))
    factories.quota(district.root, periods.year_period(2018), 250)
    client.force_login(district.staff)
    page = markup(client.get("/chi-tieu/?ky=2018"))
    assert "Năm 2018 chưa đến. Chỉ tiêu đã giao" in page
    assert "Lập báo cáo năm 2018" not in page
    assert "Câu mở đầu" not in page
    page = markup(client.get("/chi-tieu/?ky=2014"))
    assert "Năm 2014 sổ chưa ghi đảng viên nào do Đảng bộ huyện Yên Lạc kết nạp." in page


def test_a_dashboard_says_what_of_its_period_is_closed(client, district):
    client.force_login(district.staff)
    assert "đã khóa" not in markup(client.get("/chi-tieu/?ky=2016"))
    for n, words in (
        (1, "đã khóa quý I<"),
        (2, "đã khóa quý I, II<"),
        (3, "quý I, II, III<"),
        (4, "cả 4 quý<"),
    ):
        close_quarter(quarter_period(2016, n), by=district.admin)
        assert words in markup(client.get("/chi-tieu/?ky=2016"))
    assert f'href="/bao-cao/2016/4/?don-vi={district.root.pk}"' in markup(client.get("/chi-tieu/?ky=2016"))
    assert "đã khóa quý II<" in markup(client.get("/chi-tieu/?ky=2016-q2"))
    assert "đã khóa" not in markup(client.get("/chi-tieu/?ky=2015"))


@pytest.mark.parametrize("page", ["/chi-tieu/", "/chi-tieu/dat/"])
@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("31/02/2016", "01/03/2016", "không có trong lịch"),
        ("01/03/2016", "01/02/2016", "Ngày cuối 01/02/2016 trước ngày đầu 01/03/2016."),
        ("hôm qua", "01/03/2016", "không phải là ngày"),
        ("01/03/2016", "", "Ghi cả ngày đầu và ngày cuối."),
    ],
)
def test_two_days_that_are_no_period_are_said_at_the_fields_and_stay_there(
    client, district, page, first, last, words
):
    client.force_login(district.staff)
    answer = client.get(page, {"don-vi": district.root.pk, "tu": first, "den": last})
    assert answer.status_code == 422
    shown = markup(answer)
    assert shown.count(words) == 2, "above the page and at the fields"
    assert f'name="tu" data-date inputmode="numeric" autocomplete="off" value="{first}" aria-invalid' in shown
    assert f'name="den" data-date inputmode="numeric" autocomplete="off" value="{last}" aria-invalid' in shown
    assert client.get("/chi-tieu/ho-so/", {"tu": first, "den": last or "x"}).status_code == 404


def test_a_period_that_ends_with_a_month_is_set_beside_one_that_does():
    def between(first, last):
        return periods.any_days(date(*first), date(*last)).year_before().last

    assert between((2017, 2, 1), (2017, 2, 28)) == date(2016, 2, 29)
    assert between((2016, 2, 1), (2016, 2, 29)) == date(2015, 2, 28)
    assert between((2016, 2, 1), (2016, 2, 28)) == date(2015, 2, 28)
    assert between((2017, 1, 1), (2017, 2, 27)) == date(2016, 2, 27)


@pytest.mark.parametrize("address", ["/bao-cao/2016/4/", "/bao-cao/2017/1/"])
def test_the_beginning_of_the_register_is_looked_up_a_few_times_a_page(client, district, address):
    admit(district, date(2016, 11, 9))
    client.force_login(district.staff)
    with CaptureQueriesContext(connection) as sent:
        client.get(address)
    assert sum("MIN(" in query["sql"] for query in sent) <= 7


@pytest.mark.parametrize("ends", [{"valid_to": date(2013, 5, 1)}, {"valid_from": date(2018, 1, 1)}])
def test_the_page_of_a_branch_without_years_opens(client, district, ends):
    admit(district, date(2016, 11, 9))
    valid = {"valid_from": date(2010, 1, 1)} | ends
    branch = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Ngắn", rural=True, **valid)
    client.force_login(district.staff)
    assert client.get(f"/chi-tieu/?don-vi={branch.pk}").status_code == 200


def test_an_unknown_way_of_sorting_is_the_usual_one(client, district):
    client.force_login(district.staff)
    usual, unknown = (
        [line.unit.pk for line in client.get(f"/chi-tieu/?ky=2016{way}").context["rows"]]
        for way in ("", "&sap=xyz")
    )
    assert usual == unknown


def test_the_list_of_a_closed_quarter_counts_what_its_file_does(client, district):
    rows = admit(district, date(2016, 11, 9), date(2016, 11, 10))
    close_quarter(quarter_period(2016, 4), by=district.admin)
    Dossier.objects.filter(pk=rows[0].pk).update(decided_on=date(2017, 1, 3))
    client.force_login(district.staff)
    page = client.get("/bao-cao/danh-sach/?ky=2016-q4").context["page"]
    written = make.list_document("ket-nap", factories.source(Q4, district.root)).tables[0].rows
    assert page.paginator.count == sum(row.kind != "head" for row in written) == 2


def test_a_running_year_is_ranked_beside_the_same_days(district):
    admit(district, date(2016, 2, 20), date(2016, 3, 10), date(2017, 2, 1))
    rows = ranking.ranking_lines(district.root, periods.year_period(2017))
    assert sum(line.before for line in rows) == 1


def test_the_branches_of_a_section_stand_under_its_base_organisation(district):
    section = factories.unit(district.home, Tier.SECTION, Kind.VILLAGE, "Bộ phận")
    for name in ("Một", "Hai", "Ba"):
        factories.unit(section, Tier.BRANCH, Kind.VILLAGE, name, rural=True)
    assert {line.commune for line in ranking.ranking_lines(section, YEAR)} == {district.home}


def test_the_first_look_shows_the_year_to_report_on_and_leads_to_the_one_that_runs(client, district):
    client.force_login(district.leader)
    page = markup(client.get("/chi-tieu/"))
    assert f'href="/chi-tieu/?don-vi={district.root.pk}&amp;ky=2017">Năm 2017 đang chạy' in page
    assert "đang chạy</a>" not in markup(client.get("/chi-tieu/?ky=2016"))
