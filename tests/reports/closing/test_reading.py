"""Reading a closing: its tables, its figures and their lists."""

import pytest

from branches.models import Organisation
from reports import periods
from reports.closing import reading
from reports.closing.close import close_quarter
from reports.exports import form_2 as report
from reports.periods import quarter_period
from tests import factories
from tests.closings import annul, holds

pytestmark = pytest.mark.django_db
Q4 = periods.quarter_period(2016, 4)


@pytest.mark.slow
def test_before_and_after_closing_the_report_says_the_same(place):
    def said(units):
        source = factories.source(Q4, *units)
        lines = report.form_2([source, source.so_far()])
        shown = [[line.no, line.label, [cell[:2] for cell in line.cells]] for line in lines]
        total, rows = report.unit_lines(source)
        people = [row.candidate.full_name for row in source.people()]
        return shown, [(r.unit, r.now, r.before, r.cumulative, r.quota) for r in (total, *rows)], people

    units = [*([unit] for unit in Organisation.objects.all()), [place.home, place.other]]
    before = [said(unit) for unit in units]
    close_quarter(quarter_period(2016, 4), by=place.admin)
    for unit, then in zip(units, before, strict=True):
        assert said(unit) == then


def test_each_figure_of_a_closed_quarter_opens_a_list_that_is_as_long(shut, client):
    annul(shut.rows[3], shut.leader)
    client.force_login(shut.staff)
    source = factories.source(Q4, shut.root)
    for line in report.form_2([source, source.so_far()]):
        for now, before, *urls in line.cells:
            for number, url in zip((now, before), urls, strict=True):
                if url and number:
                    assert client.get(url).context["page"].paginator.count == number, line.label


def test_what_a_closing_says_of_a_quarter_without_anyone(district):
    closing = close_quarter(quarter_period(2016, 4), by=district.admin)
    assert closing.entries.count() == 0
    assert reading.closed_totals(closing, district.root)["admitted"] == 0
    holds(closing)
