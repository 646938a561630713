"""Counting admissions: the one place where a figure comes from.

Every figure is the length of `listing(unit, period, measure)`; the tables count the same rows in one query.
"""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, F, Min, Q

from admissions.models import Dossier
from admissions.states import PIPELINE
from branches.dates import add_months, today
from branches.models import Organisation
from reports import periods
from reports.measures import ADMITTED, RURAL

COLUMNS = {"decision": "decided_on", "ceremony": "ceremony_on"}
"""Which date makes an admission count, by the setting COUNTED_BY."""

SILENT_QUARTERS = 8
"""Quarters without an admission after which a branch without a source is called silent."""


def counted_on():
    """The column whose date counts in this installation."""
    return COLUMNS[settings.COUNTED_BY]


def admissions(period):
    """Admissions of `period` that stand: by the date that counts, annulled ones left out."""
    days = {f"{counted_on()}__range": (period.first, period.last)}
    return Dossier.objects.filter(decided_on__isnull=False, annulled_on=None, **days)


def of_unit(rows, unit):
    """Of `rows`, the admissions by branches that stood under `unit` on the day of admission."""
    return rows.filter(admitted_branch__path__startswith=unit.path)


def listing(unit, period, measure=ADMITTED):
    """The dossiers behind a figure."""
    return of_unit(admissions(period), unit).filter(measure.condition)


def count(unit, period, measures):
    """{measure key: number} for one unit, in one query."""
    return _named(of_unit(admissions(period), unit).aggregate(**_columns(measures)), measures)


def by_unit(unit, period, measures=(ADMITTED, RURAL)):
    """{primary key: {measure key: number}} for `unit` and everything below it, in one query.

    Each admission counts in its branch and in all the units above it; a unit without one is not in the answer.
    """
    rows = (
        of_unit(admissions(period), unit)
        .values(path=F("admitted_branch__path"))
        .annotate(**_columns(measures))
        .order_by()
    )
    figures = {}
    for row in rows:
        numbers = _named(row, measures)
        for pk in _ids(row["path"]):
            figures.setdefault(pk, Counter()).update(numbers)
    return figures


def by_day(unit, period):
    """[(day, admitted, rural)] in the order of days, for the days with an admission."""
    return (
        of_unit(admissions(period), unit)
        .values_list(counted_on())
        .annotate(admitted=Count("pk"), rural=Count("pk", filter=RURAL.condition))
        .order_by(counted_on())
    )


def _columns(measures):
    # A column of the covering index rather than the key, so that the count never visits the table.
    day = counted_on()
    return {
        f"n{i}": Count(day, filter=m.condition) if m.condition else Count(day) for i, m in enumerate(measures)
    }


def _named(row, measures):
    return {measure.key: row[f"n{i}"] for i, measure in enumerate(measures)}


def _ids(path):
    return [int(pk) for pk in path.split("/") if pk]


def years_of(unit):
    """(first, last) year with an admission of `unit`, the last being this year at least."""
    day = counted_on()
    row = Dossier.objects.filter(decided_on__isnull=False, annulled_on=None)
    found = of_unit(row, unit).aggregate(first=Min(day))["first"] or today()
    return found.year, today().year


# Dossiers under way, and the branches that have neither admitted nor any


def under_way(unit):
    """The dossiers under way at `unit` today: an application is in, nothing is decided."""
    return Dossier.objects.under(unit).under_way()


def under_way_by_unit(unit):
    """{primary key: number of dossiers under way} for `unit` and everything below it."""
    rows = under_way(unit).values_list("branch__path").annotate(n=Count("pk")).order_by()
    figures = Counter()
    for path, n in rows:
        figures.update(dict.fromkeys(_ids(path), n))
    return figures


def silent_window(period):
    """The eight quarters up to the end of `period` (or up to today's quarter while it runs); None before the
    register goes back that far, since then silence cannot be told from records not yet kept."""
    end = periods.quarter(*_quarter_of(min(period.last, today()))).last
    first = add_months(end + timedelta(days=1), -3 * SILENT_QUARTERS)
    begin = (
        Dossier.objects.filter(decided_on__isnull=False)
        .order_by("decided_on")
        .values_list("decided_on")
        .first()
    )
    if begin is None or periods.quarter(*_quarter_of(begin[0])).first > first:
        return None
    return periods.between(first, end)


def is_latest(period):
    """Whether `period` reaches today's quarter or the one before: sources are not known further back."""
    first = periods.quarter(*_quarter_of(today())).first
    return period.last >= add_months(first, -3)


def _quarter_of(day):
    return day.year, (day.month + 2) // 3


def branches_of(unit, period):
    """The branches under `unit` that exist at the end of `period`, or today while it runs."""
    return Organisation.objects.under(unit).branches().on(min(period.last, today()))


def silent_branches(unit, period):
    """Branches with no admission in eight quarters and no source at all; None where that cannot be told."""
    window = silent_window(period)
    if window is None:
        return None
    spoke = Q(pk__in=admissions(window).values("admitted_branch"))
    working = Q(pk__in=Dossier.objects.filter(state__in=PIPELINE).values("branch"))
    return branches_of(unit, period).exclude(spoke | working)


def branches_by_unit(rows):
    """{primary key: how many branches of `rows` lie under it}."""
    figures = Counter()
    for (path,) in rows.values_list("path").order_by():
        figures.update(_ids(path))
    return figures
