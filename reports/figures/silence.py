"""Silent branches: those that have admitted no one for so many quarters and have no source."""

# ruff: noqa: S608 - statements are put together from this file's own words; every value is a parameter

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from admissions.models import Dossier
from admissions.models.dossier import STANDING_SQL
from admissions.states import PIPELINE
from branches.models import Organisation, Tier
from branches.successions import origins_by_unit
from branches.today import is_today, rows_under
from notation.dates import add_months, today
from reports import periods
from reports.figures.figures import admissions_in, counted_on, fetch_rows, register_begin
from reports.figures.placing import admitted_under, sql_admitted_under, sql_handled_under
from reports.periods import Period

SILENT_QUARTERS = 8
"""Quarters without an admission after which a branch without a source is called silent."""


def silent_window(
    period: Period, since: date | None = None, quarters: int = SILENT_QUARTERS
) -> Period | None:
    """The last `quarters` up to the end of `period` (or up to today's quarter while it runs); None before the
    register goes back that far, since then silence cannot be told from records not yet kept.

    `since` is the day of the register's first decision where `first_days` has told it.
    """
    end = periods.quarter_of_day(min(period.last, today())).last
    first = add_months(end + timedelta(days=1), -3 * quarters)
    since = since or register_begin()
    if since is None or periods.quarter_of_day(since).first > first:
        return None
    return periods.any_days(first, end)


def branches_at_end(unit: Organisation, period: Period) -> QuerySet[Organisation]:
    """The branches under `unit` that exist at the end of `period`, or today while it runs and in today's structure."""
    return rows_under(unit).objects.under(unit).branches().on(end_of_structure(unit, period))


def end_of_structure(unit: Organisation, period: Period) -> date:
    """The day whose units are shown of `period`: its end, or today while it runs and in today's structure."""
    return today() if is_today(unit) else min(period.last, today())


def silent_branches(
    unit: Organisation, period: Period, quarters: int = SILENT_QUARTERS
) -> QuerySet[Organisation] | None:
    """Branches with no admission in as many quarters and no source at all; None where that cannot be told.

    Only what stood through all of them can be silent, itself or as what it took over from; what these admitted and
    have at hand is its own.
    """
    window = silent_window(period, quarters=quarters)
    if window is None:
        return None
    through, heard = inherited_in(window)
    stood = Q(valid_from__lte=window.first) | Q(pk__in=through)
    spoke = Q(pk__in=heard) | Q(pk__in=admitted_under(admissions_in(window), unit).values("admitted_branch"))
    working = Q(pk__in=Dossier.objects.filter(state__in=PIPELINE).values("branch"))
    return branches_at_end(unit, period).filter(stood).exclude(spoke | working)


def inherited_in(window: Period) -> tuple[list[int], list[int]]:
    """(branches that took over from one that stood when `window` began, those of them that have an admission in it or
    a source from a branch that they took over from), by primary keys."""
    origins = origins_by_unit()
    if not origins:
        return [], []
    every = set().union(*origins.values())
    old = set(Organisation.objects.filter(pk__in=every).on(window.first).values_list("pk", flat=True))
    admitted = admissions_in(window).filter(admitted_branch__in=every).order_by()
    working = Dossier.objects.filter(state__in=PIPELINE, branch__in=every).order_by()
    loud = {*admitted.values_list("admitted_branch", flat=True), *working.values_list("branch", flat=True)}
    return (
        sorted(pk for pk, before in origins.items() if before & old),
        sorted(pk for pk, before in origins.items() if before & loud),
    )


BELOW = f"""
WITH RECURSIVE below(id, child, tier, alone, since, until) AS (
  SELECT id, CAST(NULL AS bigint), tier, is_base_branch, valid_from, valid_to
    FROM branches_organisation WHERE id = %s
  UNION ALL
  SELECT o.id, COALESCE(b.child, o.id), o.tier, o.is_base_branch, o.valid_from, o.valid_to
    FROM below b JOIN branches_organisation o ON o.parent_id = b.id
), origin(heir, id, since, until) AS (
  SELECT s.successor_id, p.id, p.valid_from, p.valid_to
    FROM branches_succession s JOIN branches_organisation p ON p.id = s.predecessor_id
    WHERE p.valid_to IS NOT NULL
  UNION
  SELECT h.heir, p.id, p.valid_from, p.valid_to
    FROM origin h JOIN branches_succession s ON s.successor_id = h.id
    JOIN branches_organisation p ON p.id = s.predecessor_id WHERE p.valid_to IS NOT NULL
) SELECT child, COUNT(*), {{silent}} FROM below
WHERE (tier = '{Tier.BRANCH}' OR alone) AND since <= %s AND (until IS NULL OR until >= %s) GROUP BY child
"""
"""The branches of a unit by the child they stand under, walked down the tree by the index of its parents; beside them
what each took over from, as `branches.successions.origins_by_unit` says it."""


def branches_by_child(
    unit: Organisation, period: Period, since: date | None = None
) -> dict[int, tuple[int | None, int]]:
    """{primary key: (silent, branches)} of `branches_at_end` for `unit` and the units directly under it.

    `silent` is None where it cannot be told, as in `silent_branches`; `since` as in `silent_window`.
    """
    window, values = silent_window(period, since), []
    silent = "NULL"
    if window is not None:
        stood, ids = sql_admitted_under(unit)
        stands, _same = sql_handled_under(unit)
        states = ", ".join(["%s"] * len(PIPELINE))
        admitted = f"{counted_on()} BETWEEN %s AND %s AND {STANDING_SQL}"
        silent = f"""COUNT(*) FILTER (WHERE
          (since <= %s OR id IN (SELECT heir FROM origin WHERE since <= %s AND until >= %s))
          AND id NOT IN (SELECT admitted_branch_id FROM admissions_dossier WHERE {stood} AND {admitted})
          AND id NOT IN (SELECT branch_id FROM admissions_dossier WHERE {stands} AND state IN ({states}))
          AND id NOT IN (SELECT heir FROM origin o WHERE o.id IN
            (SELECT admitted_branch_id FROM admissions_dossier
              WHERE admitted_branch_id IN (SELECT id FROM origin) AND {admitted}))
          AND id NOT IN (SELECT heir FROM origin o WHERE o.id IN
            (SELECT branch_id FROM admissions_dossier
              WHERE branch_id IN (SELECT id FROM origin) AND state IN ({states}))))"""
        days = [window.first, window.last]
        values = [*[window.first] * 3, *ids, *days, *ids, *PIPELINE, *days, *PIPELINE]
    day = end_of_structure(unit, period)
    rows = fetch_rows(BELOW.format(silent=silent), [unit.pk, *values, day, day])
    none = (None if window is None else 0, 0)
    found = {child: (quiet, n) for child, n, quiet in rows if child is not None}
    every = [(quiet, n) for _child, n, quiet in rows] or [none]
    total = (None if window is None else sum(q for q, _n in every), sum(n for _q, n in every))
    return {unit.pk: total} | found
