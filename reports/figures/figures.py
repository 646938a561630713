"""Counting admissions: the one place where a figure comes from.

Every figure is the length of `list_figure(unit, period, measure)`. The tables count the same rows in SQL, one statement
for all periods and measures of a page, from nothing but columns of the covering index `dossier_figures`: its cost
follows the units that are shown, not the dossiers of the register. Units never move, so that those who were admitted
under a unit are those whose base organisation, or branch, of that day stands under it now; no path is compared.
"""

# ruff: noqa: S608 - statements are put together from this file's own words; every value is a parameter

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter
from types import EllipsisType

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min

from admissions.models import Dossier
from admissions.models.dossier import STANDING_SQL, DossierQuerySet
from admissions.states import UNDER_WAY
from branches.models import Organisation
from branches.today import is_today
from notation.dates import today
from reports import periods
from reports.figures.placing import (
    ADMITTED_AT,
    AT_OR_BELOW_BASE,
    HANDLED_AT,
    admitted_under,
    heirs_for,
    ids_of_atom,
    placed_under,
    sql_admitted_under,
    sql_atom,
    sql_bases,
    sql_handled_under,
)
from reports.measures import ADMITTED, RURAL, Measure
from reports.periods import Period

COLUMNS = {"decision": "decided_on", "ceremony": "ceremony_on"}
"""Which date makes an admission count, by the setting COUNTED_BY."""

Cell = tuple[Period, Measure]
"""What one number of a table counts."""
Day = tuple[date, int, int]
"""(day, admitted, those of them by rural branches)."""


def counted_on() -> str:
    """The column whose date counts in this installation."""
    return COLUMNS[settings.COUNTED_BY]


# The lists


def admissions_in(period: Period) -> DossierQuerySet:
    """Admissions of `period` that stand: by the date that counts, annulled ones left out."""
    days = {f"{counted_on()}__range": (period.first, period.last)}
    return Dossier.objects.standing().filter(**days)


def list_figure(unit: Organisation, period: Period, measure: Measure = ADMITTED) -> DossierQuerySet:
    """The dossiers behind a figure."""
    return admitted_under(admissions_in(period), unit).filter(measure.condition)


# The counts


def tally_cells(unit: Organisation, cells: Sequence[Cell]) -> tuple[int, ...]:
    """(n, …), one number for each (period, measure) of `cells`, in one statement."""
    select, where, values = _counting(unit, cells)
    return fetch_rows(f"SELECT {select} FROM admissions_dossier WHERE {where}", values)[0]


def count_by_child(unit: Organisation, cells: Sequence[Cell]) -> dict[int, tuple[int, ...]]:
    """{primary key: (n, …)} for `unit` itself and each unit directly under it with an admission, one statement."""
    found = {unit.pk: (0,) * len(cells)}
    for places, numbers in _by_place(unit, cells, unit.tier not in AT_OR_BELOW_BASE):
        for pk in {pk for place in places for pk in place[:2]}:
            found[pk] = tuple(map(sum, zip(found[pk], numbers, strict=True))) if pk in found else (*numbers,)
    return found


def count_shared(
    unit: Organisation, period: Period, measure: Measure = ADMITTED, *, by_branch: bool = False
) -> dict[int, int]:
    """{primary key: number} of the units directly under `unit`, or of the branches: the part of their count that other
    rows count as well.

    Only today's structure shares, and only after a split. One statement, none where nothing is shared.
    """
    heirs = heirs_for(unit)
    shared = heirs.shared_under(unit, by_branch=by_branch) if heirs else []
    found: Counter[int] = Counter()
    if heirs and shared:
        rows = admissions_in(period).filter(measure.condition, admitted_branch__in=shared).order_by()
        for pk, number in rows.values_list("admitted_branch").annotate(n=Count("pk")):
            places = ids_of_atom(unit, heirs, pk, "", by_base=False)
            found.update(
                dict.fromkeys({place[-1 if by_branch else 1] for place in places if place[1:]}, number)
            )
    return dict(found)


def count_whole_and_parts(
    unit: Organisation, cells: Sequence[Cell]
) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
    """(the numbers of `unit`, {primary key: those of each unit directly under it}), by two statements of their own."""
    below = count_by_child(unit, cells)
    del below[unit.pk]
    return tally_cells(unit, cells), below


def count_unit(unit: Organisation, period: Period, measures: Iterable[Measure]) -> dict[str, int]:
    """{measure key: number} for one unit, in one statement."""
    measures = tuple(measures)
    return _named(tally_cells(unit, [(period, measure) for measure in measures]), measures)


def count_by_unit(
    unit: Organisation, period: Period, measures: Iterable[Measure] = (ADMITTED, RURAL)
) -> dict[int, Counter[str]]:
    """{primary key: {measure key: number}} for `unit` and everything below it, in one statement.

    Each admission counts in its branch and in all the units above it; a unit without one is not in the answer.
    """
    measures = tuple(measures)
    figures: dict[int, Counter[str]] = {}
    for places, numbers in _by_place(unit, [(period, measure) for measure in measures]):
        named = _named(numbers, measures)
        for pk in {pk for place in places for pk in place}:
            figures.setdefault(pk, Counter()).update(named)
    return figures


def count_by_day(unit: Organisation, period: Period) -> list[Day]:
    """[(day, admitted, rural)] in the order of days, for the days with an admission."""
    day = counted_on()
    select, where, values = _counting(unit, [(period, ADMITTED), (period, RURAL)])
    statement = f"SELECT {day}, {select} FROM admissions_dossier WHERE {where} GROUP BY {day} ORDER BY {day}"
    return [(_day(on), *numbers) for on, *numbers in fetch_rows(statement, values)]


def sum_days(days: list[Day], period: Period) -> dict[str, int]:
    """{"admitted": …, "rural": …} of `period` out of the days that `count_by_day` found; they must take it in."""
    rows = days_inside(days, period)
    return {ADMITTED.key: sum(row[1] for row in rows), RURAL.key: sum(row[2] for row in rows)}


def days_inside(days: list[Day], period: Period) -> list[Day]:
    """Of the `days` that `count_by_day` found those of `period`."""
    at = itemgetter(0)
    return days[bisect_left(days, period.first, key=at) : bisect_right(days, period.last, key=at)]


def first_days(unit: Organisation) -> tuple[date | None, date | None]:
    """(the register's first decision, the first admission of `unit` that stands), None where there is none."""
    day, (where, values) = counted_on(), sql_admitted_under(unit)
    register = "SELECT MIN(decided_on) FROM admissions_dossier WHERE decided_on IS NOT NULL"
    own = f"SELECT MIN({day}) FROM admissions_dossier WHERE {STANDING_SQL} AND "
    if unit.tier in AT_OR_BELOW_BASE or (is_today(unit) and not unit.keeps_rows):
        own += where
    elif unit.parent_id is None:
        own, values = own.removesuffix(" AND "), []
    else:
        # One step into the index for each base organisation instead of a walk through all its admissions.
        below, values = sql_bases(unit)
        own = f"SELECT MIN(({own} admitted_commune_id = o.id)) FROM branches_organisation o WHERE {below}"
    return tuple(map(_day, fetch_rows(f"SELECT ({register}), ({own})", values)[0]))


def register_begin() -> date | None:
    """The day of the register's first decision, None while there is none."""
    return Dossier.objects.filter(decided_on__isnull=False).aggregate(day=Min("decided_on"))["day"]


def year_before(period: Period, first: date | EllipsisType | None = ...) -> Period | None:
    """The same period one year earlier; None for a term, and where the register had not begun by its end.

    No data is not zero. `first` is the day of the register's first decision, None without one, where `first_days` has
    told it; it is asked for otherwise.
    """
    earlier = period.year_before()
    if earlier is None:
        return None
    first = register_begin() if first is ... else first
    return earlier if first and first <= earlier.last else None


def same_days_before(period: Period) -> Period | None:
    """As `year_before`, of a period that runs only as many days as have passed."""
    runs = not period.is_term and period.first <= today() < period.last
    return year_before(periods.any_days(period.first, today()) if runs else period)


def last_admission_day(unit: Organisation) -> date | None:
    """The day of the last admission of `unit` that stands, None without one."""
    where, values = sql_admitted_under(unit)
    day = counted_on()
    statement = f"SELECT MAX({day}) FROM admissions_dossier WHERE {where} AND {STANDING_SQL}"
    return _day(fetch_rows(statement, values)[0][0])


def years_of(unit: Organisation, first: date | None = None) -> tuple[int, int]:
    """(first, last) year with an admission of `unit`, the last being this year at least.

    `first` is the day of its first admission where `first_days` has told it.
    """
    return (first or first_days(unit)[1] or today()).year, today().year


def _counting(unit, cells):
    """(columns, condition, values) of the statement that counts `cells` among the admissions of `unit`."""
    day = counted_on()
    columns, values = [], []
    for n, (period, measure) in enumerate(cells):
        condition, parameters = _condition(measure)
        columns.append(f"COUNT(*) FILTER (WHERE {day} BETWEEN %s AND %s{condition}) AS n{n}")
        values += [period.first, period.last, *parameters]
    under, parameters = sql_admitted_under(unit)
    span = min(period.first for period, _m in cells), max(period.last for period, _m in cells)
    where = f"{under} AND {day} BETWEEN %s AND %s AND {STANDING_SQL}"
    return ", ".join(columns), where, [*values, *parameters, *span]


def _by_place(unit, cells, by_base=False):
    """[(the primary keys from `unit` down for each place that is counted, (n, …))] of the branches, or the base
    organisations, that admitted someone."""
    heirs = heirs_for(unit)
    for pk, path, *numbers in _count_atoms(unit, cells, by_base):
        yield ids_of_atom(unit, heirs, pk, path, by_base), numbers


def _count_atoms(unit, cells, by_base):
    """[(primary key, path, n, …)] of what `placing.sql_atom` groups by, in one statement."""
    column = sql_atom(unit, *(f"{name}_id" for name in ADMITTED_AT), by_base)
    select, where, values = _counting(unit, cells)
    numbers = ", ".join(f"t.n{n}" for n in range(len(cells)))
    return fetch_rows(
        f"SELECT o.id, o.path, {numbers} FROM (SELECT {column} AS unit, {select} FROM admissions_dossier"
        f" WHERE {where} GROUP BY 1) t JOIN branches_organisation o ON o.id = t.unit",
        values,
    )


_CONDITIONS: dict = {}


def _condition(measure):
    """The measure's condition as (" AND …", values), compiled once in a process."""
    known = connection.vendor, measure.key
    if known not in _CONDITIONS:
        found = "", ()
        if measure.condition:
            query = Dossier.objects.filter(measure.condition).query
            sql, values = query.get_compiler(connection=connection).compile(query.where)
            found = f" AND {sql}", tuple(values)
        _CONDITIONS[known] = found
    return _CONDITIONS[known]


def fetch_rows(statement: str, values: Sequence) -> list[tuple]:
    """The rows that `statement` gives with these parameters."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _day(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


def _named(numbers, measures):
    return {measure.key: number for measure, number in zip(measures, numbers, strict=True)}


# Dossiers under way, and the branches that have neither admitted nor any


def under_way(unit: Organisation) -> DossierQuerySet:
    """The dossiers under way at `unit` today: an application is in, nothing is decided."""
    rows = (
        Dossier.objects.filter(placed_under(unit, *HANDLED_AT))
        if is_today(unit)
        else Dossier.objects.under(unit)
    )
    return rows.under_way()


def under_way_by_unit(unit: Organisation) -> Counter[int]:
    """{primary key: number of dossiers under way} for `unit` and everything below it."""
    figures: Counter[int] = Counter()
    for places, n in _under_way_by_place(unit):
        figures.update(dict.fromkeys({pk for place in places for pk in place}, n))
    return figures


def under_way_by_child(unit: Organisation) -> Counter[int]:
    """{primary key: number of dossiers under way} for `unit` itself and the units directly under it."""
    figures: Counter[int] = Counter()
    for places, n in _under_way_by_place(unit, unit.tier not in AT_OR_BELOW_BASE):
        figures.update(dict.fromkeys({pk for place in places for pk in place[:2]}, n))
    return figures


def _under_way_by_place(unit, by_base=False):
    """As `_by_place`, of the dossiers under way."""
    column = sql_atom(unit, *(f"{name}_id" for name in HANDLED_AT), by_base)
    where, values = sql_handled_under(unit)
    states = ", ".join(["%s"] * len(UNDER_WAY))
    rows = fetch_rows(
        f"SELECT o.id, o.path, t.n FROM (SELECT {column} AS unit, COUNT(*) AS n FROM admissions_dossier WHERE {where}"
        f" AND state IN ({states}) GROUP BY 1) t JOIN branches_organisation o ON o.id = t.unit",
        [*values, *UNDER_WAY],
    )
    heirs = heirs_for(unit)
    for pk, path, n in rows:
        yield ids_of_atom(unit, heirs, pk, path, by_base), n


def is_latest(period: Period, day: date | None = None) -> bool:
    """Whether `period` reaches the quarter of `day`, today, or the one before: sources are not known further back."""
    return period.last >= periods.preceding_quarter(periods.quarter_of_day(day or today())).first
