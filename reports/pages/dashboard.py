"""What the dashboard shows, as plain data: the page and its tests read the same."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from admissions.rules.working_days import NoCalendar
from branches.models import Organisation, Tier
from notation.dates import today
from reports import links, periods
from reports.closing import province, since
from reports.closing.since import Changes, Since
from reports.figures import figures, silence
from reports.forecast import forecast
from reports.measures import ADMITTED, MEASURES, RURAL, Measure
from reports.models.closing import QuarterClosing
from reports.pages.burnup import burnup_chart
from reports.pages.period_choices import period_choices
from reports.periods import Period
from reports.quotas import attainment
from reports.quotas.attainment import percent_of

SORTS = {
    "ten": lambda line: line.unit.sort_key,
    "ket-nap": lambda line: line.row.admitted,
    "chi-tieu": lambda line: line.row.quota or 0,
    "chenh": lambda line: line.shortfall,
    "dat": lambda line: line.row.percent or 0,
    "nong-thon": lambda line: line.row.rural,
    "nam-truoc": lambda line: line.before or 0,
    "dang-lam": lambda line: line.under_way,
}
"""The columns a reader may sort by, as the address names them."""


@dataclass
class Line:
    """One row of the table of units, with the links behind its numbers.

    `shared` of those admitted other rows count as well, after a split, in today's structure.
    """

    row: attainment.Row
    before: int | None
    under_way: int
    silent: int | None
    branches: int
    urls: dict
    since: Since | None = None
    ends_group: bool = False
    shared: int = 0

    @property
    def unit(self):
        return self.row.unit

    @property
    def change(self):
        return None if self.before is None else self.row.admitted - self.before

    @property
    def shortfall(self):
        """Sorts the furthest below its quota first; without a quota, last."""
        return (self.row.gap is None, self.row.gap or 0)

    @property
    def lack(self):
        """By how much the dossiers under way fall short of what is still to admit."""
        return None if self.expected is None else -self.expected

    @property
    def expected(self):
        """Dossiers under way less what is still to admit; None without a quota."""
        return None if self.row.gap is None else self.under_way + self.row.gap


@dataclass(frozen=True)
class PageFigures:
    """What the page of a unit and period asks of the database once; each field is one statement.

    `closings` are those of `province`, `children` the units in the table, which stood in the period or in the one that
    is set beside it, `days` what `figures.count_by_day` gives for `days_of_page`, `quotas` what `attainment.quotas_of`
    gives. `begin` is the day of the register's first decision, `first` that of the unit's first admission;
    `changes` are those since quarters were closed.
    """

    unit: Organisation
    period: Period
    closings: dict
    children: list[Organisation]
    days: list[tuple[date, int, int]]
    quotas: dict
    begin: date | None
    first: date | None
    changes: Changes

    def counts(self, period: Period) -> dict[str, int]:
        """{"admitted": …, "rural": …} of a period inside `days_of_page`."""
        return figures.sum_days(self.days, period)

    def target(self, period: Period, unit: Organisation | None = None) -> attainment.Target | None:
        """What is asked of `unit`, a child, or of the page's own unit."""
        return self.quotas.get(((unit or self.unit).pk, period))

    def since(self, period: Period, measure: Measure = ADMITTED) -> Since | None:
        """What has changed in a number of the page's own unit since it was closed."""
        return self.changes.since(self.unit, period, measure)

    @property
    def year_before(self) -> Period | None:
        """The same period a year earlier; None for a term, and before the register began."""
        return figures.year_before(self.period, self.begin)


def read_page(unit: Organisation, period: Period, compared: Period | None = None) -> PageFigures:
    """The figures of the page of `unit` and `period`; `compared` is the year that a reader sets beside it."""
    begin, first = figures.first_days(unit)
    spans = [one for one in (period, figures.year_before(period, begin)) if one]
    children = attainment.units_shown(unit, spans)
    quota_periods = {period, *filter(None, [compared])}
    if period.is_any_days:
        years = range(period.first.year, period.last.year + 1)
        quota_periods |= {periods.year_period(number) for number in years}
    elif period.is_year:
        quota_periods.add(periods.span_of_years(period.first.year - 1, period.first.year))
    closings = QuarterClosing.objects.by_quarter()
    return PageFigures(
        unit=unit,
        period=period,
        closings=closings,
        children=children,
        days=days_of(unit, period, closings),
        quotas=attainment.targets_of([unit, *children], quota_periods),
        begin=begin,
        first=first,
        changes=since.read_changes(unit, closings),
    )


def days_of(unit: Organisation, period: Period, closings: dict) -> list[tuple[date, int, int]]:
    """[(day, admitted, rural)] of the days that the page of `period` tells of; above a district by closed quarters."""
    if unit.tier not in province.ABOVE:
        return figures.count_by_day(unit, days_of_page(period))
    return province.by_day(
        unit, days_of_page(period), [*filter(None, (period, period.year_before()))], closings
    )


def dashboard_lines(page: PageFigures, sort: str = "chenh") -> tuple[Line, list[Line]]:
    """(total, rows): the line of the unit and those of the units directly under it, places first.

    A fixed number of statements, each of which gives one row for a unit that is shown. Silent branches are shown from
    the district down: a province has thousands.
    """
    unit, period, earlier = page.unit, page.period, page.year_before
    running = period.includes(today())
    cells = [(period, ADMITTED), (period, RURAL), *([(earlier, ADMITTED)] if earlier else [])]
    none, above = (0,) * len(cells), unit.tier in province.ABOVE
    counts = province.by_child(unit, cells, page.closings) if above else figures.count_by_child(unit, cells)
    # Sources are shown while a period runs, silence when it is over.
    under_way = figures.under_way_by_child(unit) if running else {}
    quiet = running or above
    shared = figures.count_shared(unit, period)
    silent = {} if quiet else silence.branches_by_child(unit, period, page.begin)

    def line(of):
        admitted, rural, *before = counts.get(of.pk, none)
        return Line(
            attainment.Row(of, admitted, rural, page.target(period, of)),
            before[0] if before else None,
            under_way.get(of.pk, 0),
            *silent.get(of.pk, (None, 0)),
            _urls(of, period, earlier),
            page.changes.since(of, period),
            shared=shared.get(of.pk, 0),
        )

    total, *rows = map(line, [unit, *page.children])
    rows.sort(key=SORTS["ten"])
    descending = sort not in ("ten", "chenh")
    rows.sort(key=SORTS[sort], reverse=descending)
    rows.sort(key=lambda x: not x.unit.is_place)
    for row, following in pairwise(rows):
        row.ends_group = row.unit.is_place and not following.unit.is_place
    return total, rows


def _urls(unit, period, earlier):
    return {
        "unit": links.branch_url(unit) if unit.tier == Tier.BRANCH else links.dashboard_url(unit, period),
        "admitted": links.figure_url(unit, period),
        "rural": links.figure_url(unit, period, "rural"),
        "before": earlier and links.figure_url(unit, earlier),
        "under_way": links.under_way_url(unit),
        "silent": links.silent_url(unit, period),
        "quota": links.quotas_url(unit, period),
    }


def days_of_page(period: Period) -> Period:
    """All days that the page of `period` tells of: its own, those a year before, and the whole years of both."""
    first, last = period.first, period.last
    earlier = period.year_before()
    if earlier:
        first = periods.year_period(earlier.first.year).first
    if period.is_quarter:
        last = periods.year_period(period.last.year).last
    return periods.any_days(first, last)


def quarter_table(page: PageFigures, year: Period) -> list[tuple[str, Period, list]]:
    """Rows of (measure key, year, [(number, url, `Since`) for four quarters and the whole year]).

    A number is None where its quarter is still to come.
    """
    rows, earlier = [], figures.year_before(year, page.begin)
    for key, period in (("admitted", year), ("rural", year), *([("admitted", earlier)] if earlier else [])):
        cells = []
        for part in (*period.quarters(), period):
            number = None if part.first > today() else page.counts(part)[key]
            cells.append((number, links.figure_url(page.unit, part, key), page.since(part, MEASURES[key])))
        rows.append((key, period, cells))
    return rows


def closed_note(page: PageFigures) -> tuple[str, str] | None:
    """(words, address) of what is closed of a year or a quarter: "đã khóa quý I, II, III"; None where nothing is."""
    period = page.period
    parts = period.quarters() if period.is_year else [period] if period.is_quarter else []
    done = [part.number for part in parts if (part.first.year, part.number) in page.closings]
    if not done:
        return None
    words = _("đã khóa quý %(names)s") % {"names": ", ".join(periods.ROMAN[n - 1] for n in done)}
    words = _("đã khóa cả 4 quý") if len(done) == 4 else words
    return words, links.quarter_url(page.unit, period.first.year, done[-1])


def year_by_year(page: PageFigures) -> list[tuple[Period, int, str, int | None, Decimal | None]]:
    """For a period that is no planned one: [(year's part, admitted, url, quota, per cent)], since quotas go by year."""
    rows, period = [], page.period
    for number in range(period.first.year, period.last.year + 1):
        year = periods.year_period(number)
        part = periods.any_days(max(year.first, period.first), min(year.last, period.last))
        part = year if (part.first, part.last) == (year.first, year.last) else part
        admitted, target = page.counts(part)["admitted"], page.target(year)
        quota = None if target is None else target.number
        rows.append((part, admitted, links.figure_url(page.unit, part), quota, percent_of(admitted, quota)))
    return rows


def running_year(page: PageFigures) -> tuple[Period, str] | None:
    """(this year, its address) where the page shows another year: the year to report on is the last that has ended."""
    year = periods.year_period(today().year)
    return None if page.period == year else (year, links.dashboard_url(page.unit, year))


def dashboard_choices(page: PageFigures) -> dict[str, list[dict]]:
    """The periods one can go to from here: quarters of the year, the latest years with figures, terms that began."""
    first, last = figures.years_of(page.unit, page.first)
    return period_choices(
        page.period,
        lambda other: links.dashboard_url(page.unit, other),
        years=range(max(first, last - 4), last + 1),
        begun_terms=True,
    )


def dashboard_chart(
    page: PageFigures, quota: int | None, landing: forecast.Landing | None = None
) -> dict | None:
    """The burn-up line of the period with the same period a year before behind it, and the forecast from today on."""
    period, earlier = page.period, page.year_before
    now = figures.days_inside(page.days, period)
    past = figures.days_inside(page.days, earlier) if earlier else []
    return burnup_chart(period, now, earlier, past, quota, min(period.last, today()), landing)


def dashboard_forecast(unit: Organisation, period: Period) -> forecast.Forecast | None:
    """The forecast of a period that runs, for a district or what stands directly under it; otherwise None.

    None too while a year that is needed has no calendar.
    """
    if not (period.first <= today() < period.last) or unit.tier not in (Tier.DISTRICT, Tier.BASE):
        return None
    try:
        return forecast.forecast_unit(unit, period)
    except NoCalendar:
        return None


def name_of_total(unit: Organisation) -> str:
    """What the table calls its line for the whole unit."""
    return unit.short_name if unit.tier in (Tier.SECTION, Tier.BRANCH) else capfirst(unit.whole)


def quota_years(page: PageFigures, compared: Period | None) -> list[tuple[Period, str, bool]]:
    """[(year, address, whether it is `compared`)] of the years whose quota a reader may set beside any two days."""
    period = page.period
    if not period.is_any_days:
        return []
    years = (periods.year_period(n) for n in range(period.first.year, period.last.year + 1))
    address = links.dashboard_url(page.unit, period)
    return [(year, f"{address}&so-voi={year.code}", year == compared) for year in years if page.target(year)]
