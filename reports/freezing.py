"""What a closing writes: its entries, their totals, and the fingerprint of the entries.

The totals of the quarter's own column come from the entries, those it is compared with from the register as of that
moment. Each admission is read once and counted in its branch; what stands above adds up what stands under it.
"""
# ruff: noqa: S608 - statements are put together from this file's own words; every value is a parameter

import hashlib
import json
import re
import unicodedata
from datetime import date, timedelta
from functools import cache
from itertools import chain, repeat

from django.db import connection
from django.db.models import Count, Q

from admissions.models import AdmissionFacts, Dossier
from admissions.states import PIPELINE
from branches.models import Organisation, Tier
from reports import adjustments, attainment, figures, periods
from reports.kept import Entry, Span, UnitTotals
from reports.measures import ADMITTED, MEASURES

YEARS = "years"
"""The sum of the ages: with the number of admissions it gives their mean."""
QUOTA = "quota"
BASES = {False: "bases", True: "base-branches"}
"""Base organisations by whether they are branches; "-admitted" those that admitted, "-sourceless" those without a
source."""
GROUPS = {"ethnicity": "candidate__ethnicity__name", "religion": "candidate__religion__name"}
"""Biểu 2B: "ethnicity:Kinh" is how many of that group were admitted in the period compared with."""

FACTS = [field.column for field in AdmissionFacts._meta.local_fields]
COPIED = {
    "dossier_id": "d.id",
    "year": "d.year",
    "serial": "d.serial",
    "decision_number": "d.decision_number",
    "full_name": "c.full_name",
    "sort_key": "c.sort_key",
    "born_on": "c.born_on",
    "ethnicity": "e.name",
    "religion": "r.name",
    **{column: f"d.{column}" for column in FACTS},
}
"""Each column of an entry, and where it stands in the register."""


def spans(year, n):
    """{span: period} of a quarter's four columns."""
    period = periods.quarter(year, n)
    whole = periods.year(year) if n == 4 else periods.between(periods.year(year).first, period.last)
    pairs = {Span.QUARTER: period, Span.BEFORE: period.year_before()}
    return pairs | {Span.YEAR: whole, Span.YEAR_BEFORE: whole.year_before()}


def roots():
    """The units that stand under no other: the whole register."""
    return list(Organisation.objects.filter(parent=None).order_by("path"))


# Entries


def write_entries(quarter):
    """Copy every admission of the quarter that stands; inside a transaction.

    On PostgreSQL the dossiers are locked against changes until the closing is in: what changed meanwhile would be
    neither in it nor among those `Touched` since. SQLite has one writer at a time.
    """
    if connection.vendor == "postgresql":
        _run("LOCK TABLE admissions_dossier IN SHARE ROW EXCLUSIVE MODE", [])
    period, day = periods.quarter(quarter.year, quarter.number), figures.COLUMNS[quarter.counted_by]
    _run(
        f"INSERT INTO reports_entry (quarter_id, {', '.join(COPIED)}) SELECT %s, {', '.join(COPIED.values())}"
        " FROM admissions_dossier d JOIN admissions_candidate c ON c.id = d.candidate_id"
        " JOIN admissions_ethnicity e ON e.id = c.ethnicity_id JOIN admissions_religion r ON r.id = c.religion_id"
        f" WHERE d.decided_on IS NOT NULL AND d.annulled_on IS NULL AND d.{day} BETWEEN %s AND %s",
        [quarter.pk, period.first, period.last],
    )


LISTED = (
    *("year", "serial", "decision_number", "full_name", "born_on", "ethnicity", "religion"),
    *("admitted_branch__code", "admitted_commune__code"),
    *(
        name.removesuffix("_id")
        for name in FACTS
        if name not in ("admitted_branch_id", "admitted_commune_id")
    ),
)
"""The cells of a line of the canonical listing, in order."""
APART = "\x1f"


def fingerprint(quarter):
    """The SHA-256 of the canonical listing, 64 hexadecimal digits.

    The listing is UTF-8 in form NFC. Its first line is "YEAR-qN", the separator and "decision" or "ceremony"; then
    comes a line for each entry, by year and serial of its dossier, with the cells of `LISTED`: dates as ISO 8601,
    true and false as 1 and 0, what is missing as nothing. Cells are separated by U+001F, lines end with U+000A; inside
    a cell a backslash and every character below U+0020 are written as a backslash and four hexadecimal digits, so
    that neither separator occurs there.
    """
    digest = hashlib.sha256()
    digest.update(line((f"{quarter.year}-q{quarter.number}", quarter.counted_by)))
    rows = Entry.objects.filter(quarter=quarter).order_by("year", "serial", "dossier")
    for row in rows.values_list(*LISTED).iterator(chunk_size=5000):
        digest.update(line(row))
    return digest.hexdigest()


def line(cells):
    """One line of the canonical listing, as bytes."""
    return (APART.join(map(_cell, cells)) + "\n").encode()


_ODD = re.compile(r"[\x00-\x1f\\]")
_ESCAPED = {code: f"\\{code:04x}" for code in (*range(32), ord("\\"))}


def _cell(value):
    if value is None:
        return ""
    if value is True or value is False:
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    text = unicodedata.normalize("NFC", value if isinstance(value, str) else str(value))
    return text.translate(_ESCAPED) if _ODD.search(text) else text


# Totals


def write_totals(quarter):
    """Write every number that the quarter's report shows of any unit."""
    columns = spans(quarter.year, quarter.number)
    found = _counted(quarter, columns)
    _groups(quarter, columns[Span.BEFORE], found[Span.BEFORE])
    units = list(Organisation.objects.order_by("-path").values_list(*TREE))
    _add_up(found.values(), units)
    for span, period in columns.items():
        _organisations(period, found[span], units)
    for root in roots():
        for pk, n in attainment.quotas(root, periods.year(quarter.year)).items():
            if n:
                found[Span.YEAR].setdefault(pk, {})[QUOTA] = int(n)
    period = columns[Span.QUARTER]
    for pk, *_row, since, until in units:
        if since <= period.last and (until is None or until >= period.first):
            found[Span.QUARTER].setdefault(pk, {}).setdefault(ADMITTED.key, 0)
    _write(quarter, found)


def _looked_at(condition):
    for part in condition.children:
        yield from _looked_at(part) if isinstance(part, Q) else [part[0].partition("__")[0]]


BY_FACT = {}
"""The keys of the measures by the one fact that each looks at; the number of admissions looks at none."""
for _key, _measure in MEASURES.items():
    for _fact in {*_looked_at(_measure.condition)}:
        BY_FACT.setdefault(_fact, []).append(_key)

TREE = ("pk", "parent_id", "path", "tier", "is_base_branch", "valid_from", "valid_to")


def recount(quarter):
    """{unit: {key: number}} of the quarter's own column, counted from the entries once more."""
    found = {}
    _count(Entry.objects.filter(quarter=quarter), [found])
    _add_up([found], list(Organisation.objects.order_by("-path").values_list(*TREE)))
    return found


def _counted(quarter, columns):
    """{span: {branch: {key: number}}}; a column that holds another one does not read its admissions again."""
    found = {span: {} for span in columns}
    for part, whole in ((Span.QUARTER, Span.YEAR), (Span.BEFORE, Span.YEAR_BEFORE)):
        period, first = columns[part], columns[whole].first
        own = part == Span.QUARTER
        rows = Entry.objects.filter(quarter=quarter) if own else _standing(quarter, period.first, period.last)
        _count(rows, [found[part], found[whole]])
        if first < period.first:
            _count(_standing(quarter, first, period.first - timedelta(days=1)), [found[whole]])
    return found


def _count(rows, columns):
    """Add the admissions `rows` to the numbers of their branches in each of `columns`."""
    names = ("admitted_branch_id", "admitted_age", *BY_FACT)
    for branch, age, *facts in rows.order_by().values_list(*names).iterator(chunk_size=5000):
        keys = [ADMITTED.key, *chain.from_iterable(map(_keys, BY_FACT, facts))]
        for column in columns:
            numbers = column.setdefault(branch, {})
            for key in keys:
                numbers[key] = numbers.get(key, 0) + 1
            if age:
                numbers[YEARS] = numbers.get(YEARS, 0) + age


@cache
def _keys(fact, value):
    """The measures that look at `fact` and hold where it is `value`."""
    return tuple(key for key in BY_FACT[fact] if adjustments.holds(MEASURES[key].condition, {fact: value}))


def _add_up(columns, units):
    """Add the numbers of each unit to those of the unit above it; `units` come from the leaves to the roots."""
    for numbers in columns:
        for pk, parent, *_row in units:
            if parent is not None and (mine := numbers.get(pk)):
                above = numbers.setdefault(parent, {})
                for key, n in mine.items():
                    above[key] = above.get(key, 0) + n


def _organisations(period, numbers, units):
    """Add the base organisations at the end of `period` to the `numbers` of each unit they stand under."""
    known = figures.is_latest(period)
    working = Dossier.objects.filter(state__in=PIPELINE).order_by().values_list("commune", flat=True)
    sources = set(working.distinct()) if known else set()
    for pk, _parent, path, tier, is_branch, since, until in units:
        if tier != Tier.BASE or since > period.last or (until is not None and until < period.last):
            continue
        key = BASES[is_branch]
        keys = [key, *([f"{key}-admitted"] if numbers.get(pk, {}).get(ADMITTED.key) else [])]
        keys += [f"{key}-sourceless"] if known and pk not in sources else []
        for above in path.split("/")[:-1]:
            mine = numbers.setdefault(int(above), {})
            for one in keys:
                mine[one] = mine.get(one, 0) + 1


def _groups(quarter, period, numbers):
    """Add the groups of Biểu 2B to the `numbers` of the branches."""
    for key, column in GROUPS.items():
        rows = _standing(quarter, period.first, period.last).order_by().values_list("admitted_branch", column)
        for branch, name, n in rows.annotate(n=Count("pk")):
            numbers.setdefault(branch, {})[f"{key}:{name}"] = n


def _standing(quarter, first, last):
    days = {f"{figures.COLUMNS[quarter.counted_by]}__range": (first, last)}
    return Dossier.objects.filter(decided_on__isnull=False, annulled_on=None, **days)


def _write(quarter, found):
    """Insert a row for each unit, some thousands at a time."""
    own = found.pop(Span.QUARTER)
    units = list({*own, *chain.from_iterable(found.values())})
    into = f"INSERT INTO {UnitTotals._meta.db_table} (quarter_id, unit_id, own, others)"
    for start in range(0, len(units), 5000):
        some, texts = units[start : start + 5000], ([], [])
        for pk in some:
            others = {span.value: column[pk] for span, column in found.items() if pk in column}
            for column, numbers in zip(texts, (own.get(pk, {}), others), strict=True):
                column.append(json.dumps(numbers))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                rows = "unnest(%s::bigint[], %s::jsonb[], %s::jsonb[])"
                cursor.execute(f"{into} SELECT %s, * FROM {rows}", [quarter.pk, some, *texts])
            else:
                rows = zip(repeat(quarter.pk), some, *texts, strict=False)
                cursor.executemany(f"{into} VALUES (%s, %s, %s, %s)", list(rows))


def _run(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
