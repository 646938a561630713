"""Closed quarters in the generated register: what national pages read, and what closing one costs."""

import time

from django.db import connection, transaction

from accounts.models import User
from bench.timing import interleave, ratios
from reports import figures, freezing, periods, proof
from reports.dashboard import default_period
from reports.kept import Quarter
from reports.measures import ADMITTED, MEASURES

YEARS = 2
"""So many years up to the one that has ended are closed: what its page compares."""


def close_past():
    """Close the quarters that a page of the last year reads: their entries and totals."""
    last = default_period().first.year
    by = User.objects.get_or_create(username="closer", defaults={"full_name": "Nguyễn Văn Khóa"})[0]
    begin = time.perf_counter()
    for year in range(last - YEARS + 1, last + 1):
        for n in range(1, 5):
            _close(year, n, by)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE reports_unittotals")
        cursor.execute("VACUUM ANALYZE reports_entry")
    return time.perf_counter() - begin


@transaction.atomic
def _close(year, n, by):
    """What `quarters.close` writes, without its checks: they read events, of which the generated register has none."""
    row = Quarter.objects.create(year=year, number=n, closed_by=by, counted_by="decision")
    freezing.write_entries(row)
    freezing.write_totals(row)
    row.fingerprint = freezing.fingerprint(row)
    Quarter.objects.filter(pk=row.pk).mark(fingerprint=row.fingerprint)
    return row


def _constraints():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would check


def _parts(year, n, by):
    """{what: seconds} of the parts of one closing, undone."""
    steps = {
        "entries": freezing.write_entries,
        "numbers": freezing.write_totals,
        "fingerprint": freezing.fingerprint,
        "keys": lambda _row: _constraints(),
    }
    took = {}
    with transaction.atomic():
        row = Quarter.objects.create(year=year, number=n, closed_by=by, counted_by="decision")
        for name, step in steps.items():
            begin = time.perf_counter()
            step(row)
            took[name] = time.perf_counter() - begin
        transaction.set_rollback(True)
    return took


def _size(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('reports_unittotals'))")
        (size,) = cursor.fetchone()
    return f"{row.entries.count()} entries, {row.totals.count()} units; nine closings' totals are {size}"


def case_closing(bench):
    """One quarter closed whole and verified, against one count of it: every measure of every unit, live.

    "count of admissions" is the smallest count there is, of one number by the units directly under the top.
    """
    year, by = default_period().first.year - YEARS, User.objects.order_by("pk").first()
    period, measures = periods.quarter(year, 4), tuple(MEASURES.values())

    def count():
        return [figures.by_unit(root, period, measures) for root in freezing.roots()]

    def close(stays=False):
        with transaction.atomic():
            row = _close(year, 4, by)
            _constraints()
            transaction.set_rollback(not stays)
        return row

    def by_unit_shown():
        return [figures.by_child(root, [(period, ADMITTED)]) for root in freezing.roots()]

    rounds = 3 if bench.rounds > 2 else 1
    times = interleave({"count": count, "count of admissions": by_unit_shown, "close": close}, rounds)
    parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in _parts(year, 4, by).items())
    row = close(stays=True)
    assert proof.of(row).holds
    again = interleave({"count": count, "verify": lambda: proof.of(row)}, rounds)
    return {
        "times": times | {"verify": again["verify"]},
        "ratios": {
            "close / count": ratios(times, "close", "count"),
            "verify / count": ratios(again, "verify", "count"),
        },
        "notes": [_size(row), f"a closing: {parts}"],
    }
