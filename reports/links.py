"""Addresses of the lists behind figures."""

from datetime import date
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from branches.models import Organisation
from branches.today import is_today
from notation.dates import today
from reports.figures.silence import SILENT_QUARTERS
from reports.models.closing import QuarterClosing
from reports.periods import Period
from reports.unit_group import UnitGroup


@cache
def _page(name):
    # A page of figures has hundreds of addresses that differ in their query only.
    return reverse(f"reports:{name}")


TODAY = "cocau=homnay"
"""What an address in today's structure says; without it figures are in the structure of their time."""


def of_unit(unit: Organisation | UnitGroup) -> str:
    """What an address says of the unit: its key, and that it is seen in today's structure where it is."""
    of_today = unit.today if isinstance(unit, UnitGroup) else is_today(unit)
    return f"don-vi={unit.pk}&{TODAY}" if of_today else f"don-vi={unit.pk}"


def figure_url(unit: Organisation | UnitGroup, period: Period, measure: str = "admitted") -> str:
    """The list of exactly the dossiers that the figure (unit, period, measure) counts."""
    return f"{_page('dossiers')}?{of_unit(unit)}&ky={period.code}&so={measure}"


def quarter_url(unit: Organisation, year: int, n: int) -> str:
    """The page of a quarter."""
    return f"{reverse('reports:quarter', args=[year, n])}?{of_unit(unit)}"


def confirmations_url(unit: Organisation, quarter: Period) -> str:
    """Who under `unit` has confirmed its figures of a quarter."""
    return f"{reverse('reports:confirmations', args=[quarter.first.year, quarter.number])}?don-vi={unit.pk}"


def adjustments_url(unit: Organisation | UnitGroup, year: int, n: int) -> str:
    """What was adjusted since a quarter was closed."""
    return f"{reverse('reports:quarter', args=[year, n])}?{of_unit(unit)}#dieu-chinh"


def entries_url(unit: Organisation | UnitGroup, closing: QuarterClosing, measure: str = "admitted") -> str:
    """The entries that a figure of a closed quarter counts, as they stood when it was closed."""
    address = reverse("reports:entries", args=[closing.year, closing.number])
    return f"{address}?{of_unit(unit)}&so={measure}&lan={closing.pk}"


def dashboard_url(unit: Organisation, period: Period) -> str:
    return f"{_page('dashboard')}?{of_unit(unit)}&ky={period.code}"


def report_url(unit: Organisation, period: Period) -> str:
    """Where the report of a unit's period is read: the page of the quarter, otherwise the dashboard."""
    if period.is_quarter:
        return quarter_url(unit, period.first.year, period.number)
    return dashboard_url(unit, period)


def branch_url(unit: Organisation) -> str:
    """The page of a branch: its people, and how it became what it is."""
    address = reverse("branches:unit", args=[unit.pk])
    return f"{address}?{TODAY}" if is_today(unit) else address


def under_way_url(unit: Organisation) -> str:
    """The dossiers under way at `unit` today."""
    return f"{_page('under_way')}?{of_unit(unit)}"


def silent_url(unit: Organisation, period: Period, quarters: int = SILENT_QUARTERS) -> str:
    """The branches of `unit` that have been silent for as many quarters."""
    asked = "" if quarters == SILENT_QUARTERS else f"&im-lang={quarters}"
    return f"{_page('silent')}?{of_unit(unit)}&ky={period.code}{asked}"


def quotas_url(unit: Organisation, period: Period, measure: str = "admitted") -> str:
    """The quotas set for `unit` and the units directly under it."""
    return f"{_page('quotas')}?{of_unit(unit)}&ky={period.code}{_so(measure)}"


def grid_url(unit: Organisation, period: Period, measure: str = "admitted") -> str:
    """The grid in which the units directly under `unit` get their quotas."""
    return f"{_page('quota_grid')}?{of_unit(unit)}&ky={period.code}{_so(measure)}"


def attainment_url(unit: Organisation, period: Period, measure: str = "admitted") -> str:
    """A unit's attainment of one measure, with its months and quarters."""
    return f"{_page('attainment')}?{of_unit(unit)}&ky={period.code}{_so(measure)}"


def _so(measure):
    return "" if measure == "admitted" else f"&so={measure}"


def sources_url(unit: Organisation) -> str:
    """The people on the source lists of `unit` today."""
    return source_list_url(unit, only="nguon")


def source_list_url(unit: Organisation, day: date | None = None, only: str = "") -> str:
    """The source lists of `unit` on `day` (today), of those in `only`, a key of `pages.sources`, where it is given."""
    asked = f"&ngay={day:%Y-%m-%d}" if day and day != today() else ""
    return f"{_page('sources')}?{of_unit(unit)}{asked}{f'&loc={only}#ds' if only else ''}"


def closed_sources_url(unit: Organisation, closing: QuarterClosing, only: str = "") -> str:
    """The people on the source lists of `unit` at the end of a closed quarter, as its closing kept them."""
    asked = {"don-vi": unit.pk, "ky": f"{closing.year}-q{closing.number}", "lan": closing.pk}
    return f"{_page('closed_sources')}?{urlencode(asked | ({'loc': only} if only else {}))}"


def helpers_url(unit: Organisation, name: str = "", only: str = "") -> str:
    """Who helps the people of `unit`: all, the helper called `name`, or those in `only`."""
    asked = {"don-vi": unit.pk} | ({"ten": name} if name else {}) | ({"loc": only} if only else {})
    return f"{_page('helpers')}?{urlencode(asked)}"


def chain_url(unit: Organisation, period: Period, group: str = "", cohort: bool = False) -> str:
    """The chain of a unit; `group` is a key of `pages.chain.GROUPS`, `cohort` counts those listed in the period."""
    return f"{_page('chain')}?{_chain(unit, period, group, cohort)}"


def chain_people_url(
    unit: Organisation, period: Period, group: str = "", cohort: bool = False, **asked: str
) -> str:
    """The people behind a figure of the chain: of the step `buoc`, or as `xem` and `ly_do` narrow it."""
    names = {name.replace("_", "-"): value for name, value in asked.items()}
    return f"{_page('chain_people')}?{_chain(unit, period, group, cohort)}&{urlencode(names)}"


def _chain(unit, period, group, cohort):
    more = f"&nhom={group}" if group else ""
    return f"{of_unit(unit)}&ky={period.code}{more}{'&lua=1' if cohort else ''}"
