"""Closed quarters in the generated register: what national pages read, and what closing one costs."""

import time
from contextlib import contextmanager

from django.db import connection, transaction

from accounts.models import User
from bench.timing import interleave, ratios
from branches.models import Organisation
from notation.dates import now
from reports import periods
from reports.closing import fingerprint, proof, snapshot
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES
from reports.models.closing import QuarterClosing
from reports.periods import default_period

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
    """What `close_quarter` writes, without its checks: they read events, of which the generated register has none."""
    row = _row(year, n, by)
    snapshot.write_entries(row)
    snapshot.write_totals(row)
    row.fingerprint = fingerprint.compute_fingerprint(row)
    QuarterClosing.objects.filter(pk=row.pk).mark(fingerprint=row.fingerprint)
    return row


def _row(year, n, by):
    facts = {
        "closed_by": by,
        "counted_by": "decision",
        "parts": snapshot.earlier_closings(periods.quarter_period(year, n)),
    }
    return QuarterClosing.objects.create(year=year, number=n, begun_on=figures.register_begin(), **facts)


def _constraints():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would check


def _parts(year, n, by):
    """{what: seconds} of the parts of one closing, undone."""
    steps = {
        "entries": snapshot.write_entries,
        "numbers": snapshot.write_totals,
        "fingerprint": fingerprint.compute_fingerprint,
        "keys": lambda _row: _constraints(),
    }
    took = {}
    with _undone(year, n, by):
        row = _row(year, n, by)
        for name, step in steps.items():
            begin = time.perf_counter()
            step(row)
            took[name] = time.perf_counter() - begin
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in took.items())


@contextmanager
def _undone(year, n, by):
    """A quarter that is open meanwhile, whatever was closed; nothing of it stays."""
    with transaction.atomic():
        second = User.objects.create(username="second", full_name="Nguyễn Văn Mở")
        opened = {"reopened_at": now(), "reopen_by": by, "reopen_second": second, "reopen_reason": "đo"}
        QuarterClosing.objects.filter(year=year, number=n).mark(**opened)
        yield
        transaction.set_rollback(True)


def _size(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('reports_unittotals'))")
        (size,) = cursor.fetchone()
    closings = QuarterClosing.objects.count()
    return f"{row.entries.count()} entries, {row.totals.count()} units; the totals of {closings} closings are {size}"


def case_closing(bench):
    """The last quarter closed whole and verified, against one count of it: every measure of every unit, live.

    The quarters before it are closed, as they are wherever this one may be; the note tells what the first closing of
    a register takes, which has none to build on. "count of admissions" is the smallest count there is, of one number
    by the units directly under the top.
    """
    if not QuarterClosing.objects.exists():
        close_past()  # a district's pages are measured without
    year, by = default_period().first.year, User.objects.get(username="closer")
    period, measures = periods.quarter_period(year, 4), tuple(MEASURES.values())

    def count():
        return [figures.count_by_unit(root, period, measures) for root in Organisation.objects.roots()]

    def close():
        with _undone(year, 4, by):
            _close(year, 4, by)
            _constraints()

    def by_unit_shown():
        return [figures.count_by_child(root, [(period, ADMITTED)]) for root in Organisation.objects.roots()]

    rounds = 3 if bench.rounds > 2 else 1
    times = interleave({"count": count, "count of admissions": by_unit_shown, "close": close}, rounds)
    row = QuarterClosing.objects.valid().get(year=year, number=4)
    assert proof.prove_closing(row).holds
    again = interleave({"count": count, "verify": lambda: proof.prove_closing(row)}, rounds)
    return {
        "times": times | {"verify": again["verify"]},
        "ratios": {
            "close / count": ratios(times, "close", "count"),
            "verify / count": ratios(again, "verify", "count"),
        },
        "notes": [
            _size(row),
            f"a closing: {_parts(year, 4, by)}",
            f"the first of a register: {_parts(year - YEARS, 4, by)}",
        ],
    }
