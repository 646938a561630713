"""Counts of the tables against the lists behind them, and what is known of the time before the register."""

from datetime import date

from branches.models import Organisation
from reports import periods
from reports.figures import figures, silence
from reports.measures import ADMITTED, MEASURES, RURAL
from reports.models import Term
from tests import factories
from tests.kept import kept

YEAR = periods.year_period(2016)


@kept
def place(district):
    """Two admitted in 2016 by two branches, one in 2015, one annulled, one under way."""
    staff = district.staff
    factories.admitted(district.rural, staff, on=date(2016, 3, 8))
    factories.admitted(district.far, staff, on=date(2016, 12, 31))
    factories.admitted(district.school, staff, on=date(2015, 4, 9))
    annulled = factories.admitted(district.rural, staff, on=date(2016, 5, 9))
    type(annulled).objects.filter(pk=annulled.pk).update(annulled_on=date(2016, 6, 1), state="annulled")
    factories.reach(factories.dossier(district.school, staff), "preparing", staff)
    return district


def test_every_count_is_the_length_of_its_list(place):
    cells = [(YEAR, ADMITTED), (YEAR, RURAL), (periods.year_period(2015), MEASURES["women"])]
    for unit in Organisation.objects.all():
        lengths = tuple(figures.list_figure(unit, *cell).count() for cell in cells)
        assert figures.tally_cells(unit, cells) == lengths, unit
        assert figures.count_by_child(unit, cells)[unit.pk] == lengths, unit


def test_dossiers_under_way_are_counted_where_they_are_handled_today(place):
    for unit in Organisation.objects.all():
        number = figures.under_way(unit).count()
        assert figures.under_way_by_unit(unit)[unit.pk] == number, unit
        assert figures.under_way_by_child(unit)[unit.pk] == number, unit
    assert figures.under_way(place.home).count() == 1


def test_the_days_of_a_year_add_up_to_the_year(place):
    days = figures.count_by_day(place.root, periods.span_of_years(2015, 2016))
    assert [day for day, *_numbers in days] == [date(2015, 4, 9), date(2016, 3, 8), date(2016, 12, 31)]
    assert figures.sum_days(days, YEAR) == {"admitted": 2, "rural": 2}


def test_before_the_register_began_nothing_is_compared(place):
    assert figures.register_begin() == date(2015, 4, 9)
    assert figures.year_before(YEAR) == periods.year_period(2015)
    assert figures.year_before(periods.year_period(2015)) is None
    assert figures.year_before(YEAR, None) is None, "without a first decision"
    term = periods.term_period(Term(name="2015–2020", first=date(2016, 1, 1), last=date(2020, 12, 31)))
    assert figures.year_before(term) is None


def test_a_period_that_runs_is_compared_with_as_many_days(place):
    days = periods.any_days(date(2016, 1, 1), date(2016, 2, 27))
    assert figures.same_days_before(periods.year_period(2017)) == days
    assert figures.same_days_before(YEAR) == periods.year_period(2015)


def test_silence_is_told_only_where_the_register_goes_back_far_enough(place):
    assert silence.silent_window(YEAR, quarters=7).first == date(2015, 4, 1)
    assert silence.silent_window(YEAR, quarters=8) is None
    assert set(silence.silent_branches(place.root, YEAR, quarters=4)) == {place.firm}


def test_branches_that_ended_are_not_counted_at_the_end(place):
    Organisation.objects.filter(pk=place.far.pk).update(valid_to=date(2016, 6, 30))
    assert set(silence.branches_at_end(place.root, YEAR)) == {place.rural, place.school, place.firm}
    assert silence.branches_by_child(place.root, YEAR)[place.root.pk] == (None, 3)
