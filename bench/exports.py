"""The detail list as a file: ours against COPY of the same columns, Python's own csv and django-import-export.

`python -m bench.exports FILE ROWS` writes one workbook and ends: what the memory of a process is measured on.
"""

import csv
import os
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import psycopg2

from bench.timing import interleave, ratios

ROOT = Path(__file__).parent.parent
ROWS, FEW = 200_000, 1_000
"""Rows of the list that is timed, and of the short one its memory is compared with."""
YEAR = 2015
"""The rival's list: the admissions of a year, some ten thousand in a province."""

MEASURED = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_pid, status, used = os.wait4(pid, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process between: what a child inherits of its parent counts as its own memory."""


def whole(period):
    """The detail list of the whole register."""
    from branches.models import Organisation
    from reports.closing.source import open_source
    from reports.exports import detail_list
    from reports.unit_group import group_units

    root = Organisation.objects.get(parent=None)
    return detail_list.detail_list(open_source(group_units([root]), period))


def listing(number):
    """The list of all years, as it is when the register holds no more than `number` admissions."""
    from django.db.models import Max

    from bench.generate import FIRST, TODAY
    from reports import periods

    found = whole(periods.any_days(FIRST, TODAY))
    last = found.rows.order_by("pk").values("pk")[:number].aggregate(last=Max("pk"))["last"]
    return replace(found, rows=found.rows.filter(pk__lte=last))


def copied(path, own, rows):
    """The limit: the same rows of the same columns, as the database writes them itself."""
    with own.cursor() as cursor, open(path, "wb") as file:
        statement = cursor.mogrify(*rows.query.sql_with_params()).decode()
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT csv)", file)


def rival(period):
    """The list by django-import-export, as one would write it: a resource with the same columns."""
    from import_export import resources, widgets
    from import_export.fields import Field

    from admissions.models import Dossier
    from reports.exports.detail_list import FACTS
    from reports.figures import figures

    day = widgets.DateWidget(coerce_to_string=False)
    made = {"Meta": type("Meta", (), {"model": Dossier, "fields": [f"c{n}" for n in range(len(FACTS))]})}
    for n, fact in enumerate(FACTS):
        first = Dossier._meta.get_field(fact.dossier.split("__")[0]) if fact.dossier != "number" else None
        attribute = fact.dossier
        if first is not None and first.choices:
            attribute = f"get_{attribute}_display"
        elif attribute in ("admitted_branch", "admitted_commune"):
            attribute += "__title"
        elif first is not None and first.get_internal_type() == "BooleanField":
            made[f"dehydrate_c{n}"] = lambda self, row, name=attribute: "x" if getattr(row, name) else ""
        elif attribute == "candidate__born_precision":
            made[f"dehydrate_c{n}"] = lambda self, row: _partly_known(row.candidate.birth)
        kind = day if attribute.endswith("_on") else None
        made[f"c{n}"] = Field(attribute=attribute, column_name=str(fact.head), widget=kind)
    resource = type("Details", (resources.ModelResource,), made)()
    joined = ("admitted_ethnicity", "admitted_religion", "admitted_branch", "admitted_commune")
    rows = figures.admissions_in(period).select_related("candidate", *joined)
    return resource.export(rows.order_by("candidate__sort_key", "year", "serial")).export("xlsx")


def _partly_known(birth):
    return "" if birth.precision == "day" else str(birth)


# What the files hold, as text


def in_csv(path, skip=0):
    with open(path, encoding="utf-8-sig", newline="") as file:
        for n, row in enumerate(csv.reader(file)):
            if n >= skip:
                yield row


def in_sheet(path):
    """The rows of our workbook below its heads; each stands in a line of its own."""
    from reports.exports.xlsx_stream import EPOCH, HEAD

    with zipfile.ZipFile(path) as packed, packed.open("xl/worksheets/sheet1.xml") as file:
        lines = (line for line in file if line.startswith(b"<row"))
        for n, line in enumerate(lines):
            if n >= HEAD - 1 and not line.startswith(b"<row ht"):
                cells = ElementTree.fromstring(line)  # noqa: S314 - written a moment ago
                yield [
                    str(EPOCH + timedelta(int(cell[0].text)))
                    if cell.get("s") == "1"
                    else "".join(cell.itertext())
                    for cell in cells
                ]


def in_rival(path):
    from openpyxl import load_workbook

    for row in load_workbook(path, read_only=True).active.iter_rows(min_row=2, values_only=True):
        yield [_plain(cell) for cell in row]


def _plain(cell):
    return "" if cell is None else str(cell.date()) if hasattr(cell, "date") else str(cell)


def same(left, right, number):
    """Both hold the same cells, `number` rows of them."""
    found = 0
    for one, other in zip(left, right, strict=True):
        assert one == other, (one, other)
        found += 1
    assert found == number, (found, number)


def days_as_ours(rows):
    """Rows of our csv, without the lines of its foot, with days as the database writes them."""
    for row in rows:
        if len(row) > 1:
            yield [_iso(cell) for cell in row]


def _iso(cell):
    day, _slash, rest = cell.partition("/")
    month, _slash, year = rest.partition("/")
    return str(date(int(year), int(month), int(day))) if len(cell) == 10 and year else cell


# The case


def case_export(bench):
    """The detail list of the register, with all its columns."""
    if bench.size == "nation":
        return {"times": {}, "ratios": {}, "notes": ["measured on a province"]}
    from bench import generate
    from reports import periods
    from reports.exports import xlsx_stream
    from reports.exports.csv import write_long

    long = listing(ROWS)
    most = long.rows.count()
    year = periods.year_period(YEAR)
    few = whole(year).rows.count()
    with TemporaryDirectory() as name, closing(psycopg2.connect(**generate.address())) as own:
        own.autocommit = True
        folder = Path(name)
        variants = {
            "COPY csv": lambda: copied(folder / "copy.csv", own, long.rows),
            "xlsx": lambda: xlsx_stream.write(folder / "ours.xlsx", long),
            "python csv": lambda: write_long(folder / "ours.csv", long),
        }
        small = {
            "xlsx of a year": lambda: xlsx_stream.write(folder / "year.xlsx", whole(year)),
            "django-import-export": lambda: (folder / "rival.xlsx").write_bytes(rival(year)),
        }
        for call in (*variants.values(), *small.values()):
            call()
        same(in_csv(folder / "copy.csv"), in_sheet(folder / "ours.xlsx"), most)
        same(in_csv(folder / "copy.csv"), days_as_ours(in_csv(folder / "ours.csv", skip=4)), most)
        same(in_sheet(folder / "year.xlsx"), in_rival(folder / "rival.xlsx"), few)
        sizes = ", ".join(f"{path.name} {path.stat().st_size >> 20} MiB" for path in sorted(folder.iterdir()))
        times = interleave(variants, max(1, bench.rounds // 2), budget=90)
        times |= interleave(small, 3 if bench.rounds > 2 else 1, budget=1)
        memory = {
            n: median(peak(folder / "one.xlsx", n) for _again in range(min(3, bench.rounds)))
            for n in (FEW, most)
        }
    return {
        "times": times,
        "ratios": {
            "xlsx / COPY csv": ratios(times, "xlsx", "COPY csv"),
            "python csv / COPY csv": ratios(times, "python csv", "COPY csv"),
            "django-import-export / xlsx": ratios(times, "django-import-export", "xlsx of a year"),
            "MiB more for all rows": memory[most] - memory[FEW],
        },
        "notes": [
            f"{most} rows, {few} of a year; {sizes}",
            "; ".join(f"{n} rows: at most {mib:.1f} MiB of memory" for n, mib in memory.items()),
        ],
    }


def peak(path, number):
    """The most memory, in MiB, that a process took which wrote `number` rows."""
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "bench.exports", str(path), str(number)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)  # noqa: S603
    return int(done.stdout) / 1024


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yenlac.settings")
    django.setup()
    from reports.exports import xlsx_stream

    xlsx_stream.write(sys.argv[1], listing(int(sys.argv[2])))


if __name__ == "__main__":
    main()
