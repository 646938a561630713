"""Figures put together from closings, what was touched since and the open days are those of the register."""

from datetime import date

import pytest
from django.db import OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from admissions.models import Dossier, Ethnicity
from branches.models import Kind, Organisation, Tier
from reports import periods
from reports.closing import adjustments, snapshot
from reports.closing import province as totals
from reports.closing.close import ask_reopening, close_quarter, confirm_reopening
from reports.closing.reading import closed_counts, valid_closing
from reports.figures import figures
from reports.measures import MEASURES
from reports.models.closing import ChangedSinceClosing, QuarterClosing, Span
from reports.pages import dashboard
from reports.periods import quarter_period
from tests import factories
from tests.closings import annul
from tests.examples import PropertyTestCase, examples
from tests.kept import kept
from tests.markup import markup
from tests.reports.closing import test_closed_plus_adjusted as sequences

PERIODS = [
    *periods.year_period(2016).quarters(),
    periods.year_period(2016),
    periods.half_period(2016, 2),
    periods.quarter_period(2017, 1),
    periods.span_of_years(2016, 2017),
    periods.any_days(date(2016, 8, 15), date(2017, 1, 20)),
    periods.any_days(date(2016, 11, 2), date(2016, 11, 20)),
]
OPERATIONS = ["late", "annul", "edit", "move", "date", "facts", "place", "end", "close", "reopen"]
QUARTERS = [(2016, 2), (2016, 3), (2016, 4), (2017, 1), (2017, 2)]
DAYS = st.dates(date(2016, 5, 1), date(2017, 2, 10))


def agree(units):
    cells = [(period, measure) for period in PERIODS for measure in MEASURES.values()]
    none = (0,) * len(cells)
    for unit in units:
        live, kept = figures.count_by_child(unit, cells), totals.by_child(unit, cells)
        for pk in {*live, *kept}:
            assert kept.get(pk, none) == live.get(pk, none), (unit, pk)
        for period in PERIODS:
            days = totals.by_day(unit, periods.span_of_years(2015, 2017), [period, period.year_before()])
            for part in (period, period.year_before()):
                assert figures.sum_days(days, part) == figures.sum_days(
                    figures.count_by_day(unit, part), part
                )


def columns(closing):
    """{(span, unit): {key: number}} of the measures that a closing shows, units without any left out."""
    units = list(Organisation.objects.all())
    return {
        (span, pk): numbers
        for span in Span
        for pk, row in closed_counts(closing, units, span).items()
        if (numbers := {key: n for key, n in row.items() if key in MEASURES})
    }


def in_the_register(closing):
    """The same, counted now."""
    return {
        (span, pk): {key: n for key, n in numbers.items() if n}
        for span, period in snapshot.spans_of_quarter(quarter_period(closing.year, closing.number)).items()
        for root in Organisation.objects.roots()
        for pk, numbers in figures.count_by_unit(root, period, MEASURES.values()).items()
    }


def reopen(quarter, first, second):
    ask_reopening(valid_closing(*quarter), by=first, reason="sai ngày")
    confirm_reopening(valid_closing(*quarter), by=second)


@pytest.mark.slow
class Sequences(PropertyTestCase):
    @settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(DAYS, max_size=4),
        st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 9), DAYS), max_size=8),
    )
    def test_any_sequence_of_changes_and_closings(self, admitted, operations):
        place = self.begin()
        steps = sequences.AnySequence()
        steps.branches = [place.rural, place.school, place.far]
        for n, day in enumerate(admitted):
            factories.admitted(steps.branches[n % 3], place.staff, on=day)
        second = factories.user("quan-tri-2", Role.ADMINISTRATOR, place.root, full_name="Phạm Văn Hai")
        kept = {}
        for operation, n, day in [("close", 0, None), *operations, ("close", 0, None)]:
            done = [quarter for quarter in QUARTERS if valid_closing(*quarter)]
            if operation == "close":
                for quarter in [quarter for quarter in QUARTERS if quarter not in done][:1]:
                    closing = close_quarter(quarter_period(*quarter), by=place.admin, checks=[])
                    kept[closing] = columns(closing)
                    assert kept[closing] == in_the_register(closing)
            elif operation == "reopen":
                for quarter in done[-1:]:
                    reopen(quarter, place.admin, second)
            else:
                steps.do(place, operation, n, day)
        agree(Organisation.objects.all())
        for closing, then in kept.items():
            if not QuarterClosing.objects.get(pk=closing.pk).reopened_at:
                assert adjustments.adjustments_of(closing) == adjustments.adjustments_of(closing, among=None)
            assert columns(closing) == then, "nothing that came later moves a number of a closing"


@kept
def closed(district):
    district.row = factories.admitted(district.school, district.staff, on=date(2016, 11, 9))
    factories.admitted(district.far, district.staff, on=date(2016, 12, 9), full_name="Hà Thị Mơ")
    close_quarter(quarter_period(2016, 4), by=district.admin)
    return district


@pytest.mark.django_db
def test_a_dossier_is_touched_when_its_admission_changes_in_a_closed_quarter(closed):
    rows = Dossier.objects.filter(pk=closed.row.pk)
    rows.update(helper="Lê Văn An", state_since=date(2017, 1, 3))
    assert not ChangedSinceClosing.objects.exists(), "what is no fact of the admission touches nothing"
    rows.update(admitted_sex="male")
    assert list(ChangedSinceClosing.objects.values_list("dossier", flat=True)) == [closed.row.pk]
    annul(closed.row, closed.leader)
    agree([closed.root, closed.home, closed.school])


@pytest.mark.django_db
def test_a_closing_puts_its_other_columns_together_from_those_before_it(district):
    """A year on, with something changed in a closed quarter before each closing."""
    rows = [
        factories.admitted(branch, district.staff, on=day, full_name=f"Hà Thị {name}")
        for branch, day, name in (
            (district.rural, date(2016, 5, 3), "Ba"),
            (district.school, date(2016, 5, 4), "Bốn"),
            (district.far, date(2016, 8, 5), "Năm"),
            (district.rural, date(2016, 11, 6), "Sáu"),
            (district.far, date(2017, 1, 7), "Bảy"),
        )
    ]
    changes = [
        {"admitted_sex": "male", "admitted_age": 51},
        {"admitted_branch": district.far, "admitted_commune": district.far.base_organisation},
        {"decided_on": date(2016, 9, 1), "ceremony_on": None, "decision_received_on": None},
        {"decided_on": date(2016, 12, 1), "ceremony_on": None, "decision_received_on": None},
        {},
    ]
    kept = {}
    for key, row, change in zip(QUARTERS, rows, changes, strict=True):
        closing = close_quarter(quarter_period(*key), by=district.admin, checks=[])
        kept[closing] = columns(closing)
        assert kept[closing] == in_the_register(closing)
        Dossier.objects.filter(pk=row.pk).update(**change)
        if key == QUARTERS[0]:
            Dossier.objects.filter(pk=row.pk).update(admitted_ethnicity=Ethnicity.objects.get(name="Tày"))
    assert [len(closing.parts[Span.YEAR]) for closing in kept] == [0, 1, 2, 0, 1]
    assert closing.parts[Span.BEFORE] == closing.parts[Span.YEAR_BEFORE] == [next(iter(kept)).pk]
    assert [columns(closing) for closing in kept] == list(kept.values())
    found = closed_counts(closing, [district.root], Span.YEAR_BEFORE)[district.root.pk]
    assert (found["ethnicity:Tày"], found["ethnicity:Kinh"]) == (1, 1)
    assert found[snapshot.YEARS] == sum(
        Dossier.objects.filter(decided_on__range=("2016-01-01", "2016-06-30")).values_list(
            "admitted_age", flat=True
        )
    )


@pytest.mark.django_db
def test_one_outside_closed_quarters_is_not(closed):
    row = factories.admitted(closed.rural, closed.staff, on=date(2017, 1, 10), full_name="Hà Thị Năm")
    Dossier.objects.filter(pk=row.pk).update(admitted_sex="male")
    assert not ChangedSinceClosing.objects.exists()
    Dossier.objects.filter(pk=row.pk).update(decided_on=date(2016, 12, 30))
    assert ChangedSinceClosing.objects.get().dossier_id == row.pk
    agree([closed.root, closed.home])


@pytest.mark.django_db
def test_a_quarter_opened_again_is_counted_live(closed):
    second = factories.user("quan-tri-2", Role.ADMINISTRATOR, closed.root, full_name="Phạm Văn Hai")
    Dossier.objects.filter(pk=closed.row.pk).update(decided_on=date(2016, 12, 1))
    reopen((2016, 4), closed.admin, second)
    assert not QuarterClosing.objects.by_quarter()
    agree([closed.root])


@pytest.mark.django_db
def test_a_provinces_page_shows_its_districts_from_totals(closed, client, django_assert_max_num_queries):
    province = Organisation.objects.create(
        tier=Tier.PROVINCE, kind=Kind.PROVINCE, code="26", name="Vĩnh Phúc", valid_from=date(2010, 1, 1)
    )
    Organisation.objects.create(
        parent=province,
        tier=Tier.DISTRICT,
        kind=Kind.DISTRICT,
        code="252",
        name="Tam Dương",
        valid_from=date(2010, 1, 1),
    )
    user = factories.user("tinh", Role.BOARD_STAFF, province, full_name="Lê Văn Tỉnh")
    client.force_login(user)
    with django_assert_max_num_queries(20):
        answer = client.get("/chi-tieu/?ky=2016")
    assert answer.status_code == 200
    page = markup(answer)
    assert "Tam Dương" in page
    assert "xem ở trang của từng huyện" in page
    assert "có chi bộ 8 quý không kết nạp" not in page, "nothing of the table is marked so"


@pytest.mark.django_db
def test_any_two_days_of_a_province_are_counted_by_their_days(closed):
    Organisation.objects.filter(pk=closed.root.pk).update(tier=Tier.PROVINCE)
    root = Organisation.objects.get(pk=closed.root.pk)
    days = periods.any_days(date(2016, 11, 20), date(2017, 1, 20))
    page = dashboard.read_page(root, days)
    assert page.counts(days) == {"admitted": 1, "rural": 1}
    total, _rows = dashboard.dashboard_lines(page)
    assert total.row.admitted == 1


@pytest.mark.django_db
def test_a_province_counts_a_part_of_a_closed_quarter_by_its_days(closed):
    period = periods.any_days(date(2017, 11, 1), date(2017, 11, 30))
    province = Organisation(tier=Tier.PROVINCE, pk=closed.root.pk, path=closed.root.path)
    days = dashboard.days_of(province, period, QuarterClosing.objects.by_quarter())
    assert figures.sum_days(days, period.year_before())["admitted"] == 1
    assert figures.sum_days(days, periods.year_period(2016))["admitted"] == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_no_dossier_changes_while_its_quarter_is_closed(closed):
    own = connection.copy()
    with transaction.atomic():
        close_quarter(quarter_period(2017, 1), by=closed.admin, checks=[])
        with own.cursor() as cursor, pytest.raises(OperationalError):
            cursor.execute("SET lock_timeout = '50ms'")
            cursor.execute("UPDATE admissions_dossier SET admitted_sex = 'male'")
    own.close()


@pytest.mark.django_db
def test_the_triggers_stand(closed):
    with connection.cursor() as cursor:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "postgresql":
            names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        cursor.execute(names)
        assert {"touch_changed", "touch_new", "touch_person"} <= {name for (name,) in cursor.fetchall()}
