"""What a closing writes: its entries, their totals, and the fingerprint of the entries.

The totals of the quarter's own column come from the entries. The columns it is compared with are put together from
the closings before it, what had changed in those by then, and the register as of that moment for days that no closing
holds. Each admission is read once and counted in its branch; what stands above adds up what stands under it.
"""

# ruff: noqa: S608 - statements are put together from this file's own words; every value is a parameter

import json
from datetime import datetime
from functools import cache
from itertools import chain

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.models.dossier import STANDING_SQL
from admissions.states import PIPELINE
from branches.models import Organisation, Tier
from reports import periods
from reports.closing import adjustments, province
from reports.closing.fingerprint import compute_fingerprint
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES, facts_in, meets_condition
from reports.models.closing import (
    DAY,
    ENDED,
    PERSON,
    SHOWN,
    ClosedAdmission,
    QuarterClosing,
    Span,
    UnitTotals,
)
from reports.periods import Period
from reports.quotas import attainment
from reports.quotas.membership import members_at_start

YEARS = "years"
"""The sum of the ages: with the number of admissions it gives their mean."""
QUOTA = "quota"
MEMBERS = "members"
"""Members at the start of the year; closings of before it was kept have none."""
BASES = {False: "bases", True: "base-branches"}
"""Base organisations by whether they are branches; "-admitted" those that admitted, "-sourceless" those without a
source."""
GROUPS = ("ethnicity", "religion")
"""Biểu 2B: "ethnicity:Kinh" is how many of that group were admitted."""

COPIED = {
    "dossier_id": "d.id",
    "year": "d.year",
    "serial": "d.serial",
    "decision_number": "d.decision_number",
    "full_name": "c.full_name",
    "sort_key": "c.sort_key",
    "born_on": "d.admitted_born_on",
    "born_precision": "c.born_precision",
    "ethnicity": "e.name",
    "religion": "r.name",
    **{column: f"d.{column}" for column in adjustments.FACTS},
}
"""Each column of an entry, and where it stands in the register."""


def spans_of_quarter(quarter: Period) -> dict[Span, Period]:
    """{span: period} of a quarter's four columns."""
    whole = quarter.year_to_date()
    pairs = {Span.QUARTER: quarter, Span.BEFORE: quarter.year_before()}
    pairs |= {Span.YEAR: whole, Span.YEAR_BEFORE: whole.year_before()}
    return {span: one for span, one in pairs.items() if one}


def write_closing(
    quarter: Period, *, by: User, at: datetime, adjusted: list[dict], unconfirmed: list[int]
) -> QuarterClosing:
    """Write the closing of `quarter`: its entries, its totals and their fingerprint; inside a transaction.

    `adjusted` are the adjustments that its report tells of, `unconfirmed` the units that had not confirmed.
    Raises `Refused` where the quarter has just been closed.
    """
    try:
        with transaction.atomic():
            row = QuarterClosing.objects.create(
                year=quarter.first.year,
                number=quarter.number,
                closed_at=at,
                closed_by=by,
                counted_by=settings.COUNTED_BY,
                adjusted=adjusted,
                unconfirmed=unconfirmed,
                begun_on=figures.register_begin(),
                parts=earlier_closings(quarter),
            )
    except IntegrityError as error:
        raise Refused(_("Chưa khóa: có người vừa khóa quý này.")) from error
    write_entries(row)
    write_totals(row)
    row.fingerprint = compute_fingerprint(row)
    QuarterClosing.objects.filter(pk=row.pk).mark(fingerprint=row.fingerprint)
    return row


def earlier_closings(quarter: Period) -> dict[Span, list[int]]:
    """{span: [primary key]} of the valid closings that a quarter's other columns take in.

    Inside a transaction: they cannot be opened again until the closing is in.
    """
    closings = QuarterClosing.objects.select_for_update().by_quarter()
    quarters = {
        span: province.split_by_closings(period, closings)[0]
        for span, period in spans_of_quarter(quarter).items()
    }
    return {
        span: [closings[key] for key in sorted(keys)]
        for span, keys in quarters.items()
        if span != Span.QUARTER
    }


# Entries


def write_entries(quarter: QuarterClosing) -> None:
    """Copy every admission of the quarter that stands; inside a transaction.

    On PostgreSQL dossiers and candidates are locked against changes until the closing is in: what changed meanwhile
    would be neither in it nor among those noted in `ChangedSinceClosing`. SQLite has one writer at a time.
    """
    if connection.vendor == "postgresql":
        _run("LOCK TABLE admissions_dossier, admissions_candidate IN SHARE ROW EXCLUSIVE MODE", [])
    period, day = periods.quarter_period(quarter.year, quarter.number), figures.COLUMNS[quarter.counted_by]
    _run(
        f"INSERT INTO reports_entry (quarter_id, {', '.join(COPIED)}) SELECT %s, {', '.join(COPIED.values())}"
        " FROM admissions_dossier d JOIN admissions_candidate c ON c.id = d.candidate_id"
        " JOIN admissions_ethnicity e ON e.id = d.admitted_ethnicity_id"
        " JOIN admissions_religion r ON r.id = d.admitted_religion_id"
        f" WHERE {STANDING_SQL} AND {day} BETWEEN %s AND %s",
        [quarter.pk, period.first, period.last],
    )


# Totals


def write_totals(quarter: QuarterClosing) -> None:
    """Write every number that the quarter's report shows of any unit."""
    columns = spans_of_quarter(periods.quarter_period(quarter.year, quarter.number))
    own: dict[int, dict[str, int]] = {}
    _count(ClosedAdmission.objects.filter(quarter=quarter), own)
    beside = _beside(quarter, columns)
    units = list(Organisation.objects.order_by("-path").values_list(*TREE))
    _add_up([own, *beside.values()], units)
    _organisations(quarter, columns, beside, units)
    year = columns[Span.QUARTER].year()
    for (pk, _year), target in attainment.quotas_of(Organisation.objects.values("pk"), [year]).items():
        beside[Span.YEAR].setdefault(pk, {})[QUOTA] = target.number
    for pk, number in members_at_start(Organisation.objects.values("pk"), year).items():
        beside[Span.YEAR].setdefault(pk, {})[MEMBERS] = number
    spans = [columns[span] for span in SHOWN if span != Span.BEFORE or _is_recorded(quarter, columns[span])]
    beside |= {ENDED: _ends(columns[Span.QUARTER], spans, units)}
    _write(quarter, own, beside, _below(spans, own, units))


BY_FACT: dict[str, list[str]] = {}
"""{fact: the keys of the measures that look at it}; each looks at one, the number of admissions at none."""
for _key, _measure in MEASURES.items():
    for _fact in facts_in(_measure.condition):
        BY_FACT.setdefault(_fact, []).append(_key)

TREE = ("pk", "parent_id", "path", "tier", "is_base_branch", "valid_from", "valid_to")


def recount_closing(quarter: QuarterClosing, live: bool = False) -> dict[int, dict[str, int]]:
    """{unit: {key: number}} of the quarter's own column, counted once more from the entries, or `live` from the
    register by the day that the closing counted by."""
    found: dict[int, dict[str, int]] = {}
    period = periods.quarter_period(quarter.year, quarter.number)
    _count(_standing(quarter, period) if live else ClosedAdmission.objects.filter(quarter=quarter), found)
    _add_up([found], list(Organisation.objects.order_by("-path").values_list(*TREE)))
    return found


def _beside(quarter, columns):
    """{span: {branch: {key: number}}}: of each column what the closings it takes in do not hold."""
    found, summed = {span: {} for span in columns}, {span: quarter.summed(span) for span in columns}
    rows = QuarterClosing.objects.filter(pk__in=chain.from_iterable(summed.values())).order_by()
    closings = {(year, n): pk for year, n, pk in rows.values_list("year", "number", "pk")}
    for span, period in columns.items():
        for days in province.split_by_closings(period, closings)[1]:
            _count(_standing(quarter, days), found[span])
    for facts, _path, key, sign in province.changed_facts(closings):
        for span, column in found.items():
            if closings[key] in summed[span]:
                _add(column, *(facts[name] for name in COUNTED), sign=sign)
    return found


COUNTED = ("admitted_branch_id", "admitted_age", *GROUPS, *BY_FACT)


def _count(rows, numbers):
    """Add the admissions `rows`, entries or dossiers, to the `numbers` of their branches."""
    columns = [PERSON.get(name, name) for name in COUNTED] if rows.model is Dossier else COUNTED
    for row in rows.order_by().values_list(*columns).iterator(chunk_size=5000):
        _add(numbers, *row)


def _add(numbers, branch, age, *facts, sign=1):
    mine = numbers.setdefault(branch, {})
    for key in (ADMITTED.key, *chain.from_iterable(map(_keys, COUNTED[2:], facts))):
        mine[key] = mine.get(key, 0) + sign
    if age:
        mine[YEARS] = mine.get(YEARS, 0) + sign * age


@cache
def _keys(fact, value):
    """The measures that look at `fact` and hold where it is `value`; of a group its own key."""
    if fact in GROUPS:
        return (f"{fact}:{value}",)
    return tuple(key for key in BY_FACT[fact] if meets_condition(MEASURES[key].condition, {fact: value}))


def _add_up(columns, units):
    """Add the numbers of each unit to those of the unit above it; `units` come from the leaves to the roots."""
    for numbers in filter(None, columns):
        for pk, parent, *_row in units:
            if parent is not None and (mine := numbers.get(pk)):
                above = numbers.setdefault(parent, {})
                for key, n in mine.items():
                    above[key] = above.get(key, 0) + n


def _organisations(quarter, columns, beside, units):
    """Add the base organisations at the end of each period to the numbers of the units they stand under."""
    bases = [unit for unit in units if unit[TREE.index("tier")] == Tier.BASE]
    known = {span for span, period in columns.items() if figures.is_latest(period, quarter.day)}
    working = Dossier.objects.filter(state__in=PIPELINE).order_by().values_list("commune", flat=True)
    sources = set(working.distinct()) if known else set()
    for span, period in columns.items():
        communes = _standing(quarter, period).order_by().values_list("admitted_commune", flat=True)
        admitted = set(communes.distinct())
        for pk, _parent, path, _tier, is_branch, since, until in bases:
            if since <= period.last and (until is None or until >= period.last):
                key = BASES[is_branch]
                keys = [key, *([f"{key}-admitted"] if pk in admitted else [])]
                keys += [f"{key}-sourceless"] if span in known and pk not in sources else []
                for above in path.split("/")[:-1]:
                    mine = beside[span].setdefault(int(above), {})
                    for one in keys:
                        mine[one] = mine.get(one, 0) + 1


def _is_recorded(quarter, period):
    """Whether the register, as known when `quarter` was closed, had begun by the end of `period`."""
    return quarter.begun_on is not None and quarter.begun_on <= period.last


def _ends(period, spans, units):
    """{unit: {DAY: its last day}} of the units that ended before `period` did and stood in one of `spans`."""
    return {
        pk: {DAY: until.toordinal()}
        for pk, *_row, until in units
        if until and until < period.last and any(until >= span.first for span in spans)
    }


def _below(spans, own, units):
    """{unit: those directly under it that stood in one of the periods `spans` or have `own` numbers}."""
    found = {}
    for pk, parent, *_row, since, until in units:
        stands = any(since <= span.last and (until is None or until >= span.first) for span in spans)
        if parent is not None and (stands or pk in own):
            found.setdefault(parent, []).append(pk)
    return found


def _standing(quarter, period):
    days = {f"{figures.COLUMNS[quarter.counted_by]}__range": (period.first, period.last)}
    return Dossier.objects.standing().filter(**days)


ROWS = {
    "postgresql": "SELECT %s, x.* FROM jsonb_to_recordset(%s::jsonb)"
    " AS x(unit bigint, own jsonb, beside jsonb, below jsonb)",
    "sqlite": "SELECT %s, json_extract(value, '$.unit'), json_extract(value, '$.own'),"
    " json_extract(value, '$.beside'), json_extract(value, '$.below') FROM json_each(%s)",
}


def _write(quarter, own, beside, below):
    """Insert a row for each unit with a number or a unit under it, some thousands at a time."""
    units = list({*own, *below, *chain.from_iterable(beside.values())})
    into = f"INSERT INTO {UnitTotals._meta.db_table} (quarter_id, unit_id, own, beside, below) "
    for start in range(0, len(units), 5000):
        rows = [
            {
                "unit": pk,
                "own": _told(own, pk),
                "beside": {span: told for span, column in beside.items() if (told := _told(column, pk))},
                "below": below.get(pk, []),
            }
            for pk in units[start : start + 5000]
        ]
        _run(into + ROWS[connection.vendor], [quarter.pk, json.dumps(rows)])


def _told(column, pk):
    return {key: n for key, n in column.get(pk, {}).items() if n}


def _run(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
