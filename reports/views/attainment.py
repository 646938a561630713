"""A unit's attainment: every quota it has for a period, and one measure by unit, by month and by quarter."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from branches.request import UserRequest
from notation.dates import today
from notation.numbers import format_number
from reports import links, measures, periods
from reports.closing.since import read_changes
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES
from reports.models import Quota
from reports.pages import period_choices, series, shares
from reports.quotas import attainment, branch_share, membership
from reports.views.request import asked_comparison, asked_days, asked_measure, breadcrumbs, shown_unit


def show_attainment(request: UserRequest) -> HttpResponse:
    """One unit, period and measure; `so-voi` sets another year's quota beside a period of any two days, and says so."""
    unit, (period, typed), measure = shown_unit(request), asked_days(request), asked_measure(request)
    compared = asked_comparison(request, period)
    total, rows = attainment.unit_and_children(unit, period, measure, compared)
    earlier = figures.year_before(period)
    before = attainment.unit_row(unit, earlier, measure) if earlier else None
    year = periods.year_period((period.last if period.is_any_days else period.first).year)
    share = branch_share.branch_share(unit, period, measure)
    context = {
        "unit": unit,
        "period": period,
        "typed": typed,
        "measure": measure,
        "measures": measures.measure_choices(),
        "crumbs": breadcrumbs(unit, request.user, period),
        "compared": compared,
        "mismatched": _mismatched(unit, period, measure) if compared is None else [],
        "total": total,
        "before": before,
        "earlier": earlier,
        "before_url": earlier and links.figure_url(unit, earlier, measure.key),
        "held": _held(unit, compared or period, period),
        "running": period.includes(today()) and compared is None,
        "share": share if share.branches > 1 else None,
        "with_and_without": _with_and_without(unit, period, measure) if share.branches > 1 else [],
        "year": year,
        "months": None if period.is_term else series.parts_of_year(unit, year, measure),
        "quarters": None if period.is_term else series.parts_of_year(unit, year, measure, by="quarter"),
        "years": _years(unit, period, measure) if period.is_term else None,
        "switch": period_choices.period_choices(
            period,
            lambda other: links.attainment_url(unit, other, measure.key),
            years=period_choices.years_near(period),
        ),
        "until": min(period.last, today()),
        "may_set": request.user.may(Permission.SET_QUOTA, unit),
    } | _beside(unit, total, rows, period, measure)
    status = 422 if typed["problem"] else 200
    return render(request, "reports/quota_attained.html", context, status=status)


def _beside(unit, total, rows, period, measure):
    """What stands beside the numbers of `unit` and `rows`: "rows" are
    [(row, addresses, `Since`, `Rate`, how many of them other rows count as well)].

    Shares and rates are those of all admissions.
    """
    changes = read_changes(unit)
    children = [row.unit for row in rows]
    found = {"shares": [], "base": 0, "rate": None, "members": {}}
    if measure is ADMITTED:
        found = shares.shares_beside(total, period, children)

    def beside(of):
        urls = {
            "figure": links.figure_url(of, period, measure.key),
            "unit": links.attainment_url(of, period, measure.key),
            "quota": links.quotas_url(of, period, measure.key),
        }
        return urls, changes.since(of, period, measure)

    members, shared = found["members"], figures.count_shared(unit, period, measure)
    lines = [
        (
            row,
            *beside(row.unit),
            membership.rate_of(row.unit, row.admitted, (), members, period),
            shared.get(row.unit.pk, 0),
        )
        for row in rows
    ]
    urls, since = beside(unit)
    return found | {"rows": lines, "urls": urls, "since": since}


def _held(unit, quota_period, period):
    """[(measure, row, address of its list)] of every quota in heads that `unit` has, in the order of measures."""
    holders = attainment.quota_holders([unit])[unit.pk]
    rows = Quota.objects.current().heads().filter(attainment.holding_in(quota_period), unit__in=holders)
    keys = set(rows.values_list("measure", flat=True))
    found = [measure for key, measure in MEASURES.items() if key in keys]
    return [
        (
            measure,
            attainment.unit_row(unit, period, measure, quota_period),
            links.figure_url(unit, period, measure.key),
        )
        for measure in found
    ]


def _mismatched(unit, period, measure):
    """[(year, its quota, address)] of the years that a period of any two days touches and that have a quota."""
    if not period.is_any_days:
        return []
    years = [periods.year_period(number) for number in range(period.first.year, period.last.year + 1)]
    given = attainment.targets_of([unit], years, measure.key)
    address = links.attainment_url(unit, period, measure.key)
    return [
        (year, given[unit.pk, year].number, f"{address}&so-voi={year.code}")
        for year in years
        if (unit.pk, year) in given
    ]


def _years(unit, period, measure):
    """[(year, row, address of its list)] of the years of a term that have begun."""
    years = [periods.year_period(number) for number in range(period.first.year, period.last.year + 1)]
    return [
        (year, attainment.unit_row(unit, year, measure), links.figure_url(unit, year, measure.key))
        for year in years
        if year.first <= today()
    ]


def _with_and_without(unit, period, measure):
    """[(words with the number, [branch])]: those that a share counts, and the others."""
    counted, having = branch_share.branches_counted(unit, period, measure)
    parts = (
        (_("%(n)s chi bộ có kết nạp"), [row for row in counted if row.pk in having]),
        (_("%(n)s chi bộ chưa kết nạp"), [row for row in counted if row.pk not in having]),
    )
    return [(words % {"n": format_number(len(rows))}, rows) for words, rows in parts]
