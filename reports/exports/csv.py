"""Comma-separated values: UTF-8 with its mark, so that a spreadsheet opens Vietnamese right; nothing that runs."""

import csv
from datetime import date
from pathlib import Path

from django.utils.translation import override

from notation.dates import dmy
from reports.exports.document import Cell, Document, Progress, cell_value, ignore_progress
from reports.exports.xlsx_stream import STEP, LongList

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""


@override("vi")
def write(path: Path, document: Document, *, progress: Progress = ignore_progress) -> None:
    """Write the tables one under the other, each with its name and heads before it; numbers with a decimal point."""
    count = len(document.tables)
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([escape_formula(document.title)])
        writer.writerow([escape_formula(document.place)])
        for n, table in enumerate(document.tables):
            progress(count + n, 2 * count, table.name)
            writer.writerow([])
            writer.writerow([escape_formula(table.name)])
            writer.writerow([escape_formula(column.head) for column in table.columns])
            for place, row in enumerate(table.rows):
                writer.writerow([escape_formula(cell) for cell in row.cells])
                if place % 100 == 99:
                    progress(count + n, 2 * count, table.name)
        if document.foot:
            writer.writerow([])
            writer.writerow([escape_formula(document.foot)])


def write_long(path: Path, listing: LongList, *, progress: Progress = ignore_progress) -> None:
    """Write a list of any length, its rows read as they are written; `progress` may stop the work by raising."""
    total = listing.rows.count()
    progress(0, total, listing.title)
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([[escape_formula(listing.title)], [escape_formula(listing.place)], []])
        writer.writerow([escape_formula(column.head) for column in listing.columns])
        for number, row in enumerate(listing.rows.iterator(chunk_size=STEP), start=1):
            writer.writerow(map(escape_formula, row))
            if number % STEP == 0:
                progress(number, max(number, total), listing.title)
        if listing.foot:
            writer.writerows([[], [escape_formula(listing.foot)]])


def escape_formula(cell: Cell) -> str:
    """A cell as it stands in the file; text that a spreadsheet would run gets an apostrophe before it."""
    value = cell_value(cell)
    if value is None:
        return ""
    if isinstance(value, date):
        return dmy(value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RUNS) else value
    return str(value)
