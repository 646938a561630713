"""Making a file: which report, of which units and period, in which format. One document, whatever the format."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from admissions.exceptions import Refused
from branches.models import Organisation
from reports.closing.source import Source, open_source
from reports.exports import (
    adjustments_table,
    chain_tables,
    companion_lists,
    csv,
    detail_list,
    docx,
    form_10,
    party_layout,
    pdf,
    report_tables,
    wording,
    xlsx,
    xlsx_stream,
)
from reports.exports.document import Document, Progress, Table, ignore_progress
from reports.exports.form_2 import read_report
from reports.exports.form_sets import find_form_set
from reports.periods import Period
from reports.unit_group import group_units

FORMATS = {"xlsx": xlsx.write, "docx": docx.write, "pdf": pdf.write, "csv": csv.write}
"""Who writes each format: `write(path, document, *, progress)`."""

WRITTEN = ("docx", "pdf")
"""The report in words: it names no one, its list stays in the workbook."""

LONG = {"xlsx": xlsx_stream.write, "csv": csv.write_long}
"""Who writes a list of any length: `write(path, listing, *, progress)`."""

LISTS = {key: row.title for key, row in companion_lists.LISTS.items()} | {detail_list.KEY: detail_list.TITLE}
"""Every report that is a list, with its title."""

WORKBOOKS = chain_tables.DOCUMENTS | form_10.DOCUMENTS
"""{report: (its title, `make(source)`)} of the reports that are tables without a text."""

TITLES = LISTS | {key: title for key, (title, _make) in WORKBOOKS.items()}

REPORTS = {"report": tuple(FORMATS)} | dict.fromkeys(TITLES, tuple(LONG))
"""Each report with the formats it is made in."""


@dataclass(frozen=True)
class Registered:
    """A Word report of another app: its title, what its files are called, and who writes it for one unit."""

    title: Promise
    called: str
    write: Callable[[Path, Organisation, Period, Progress], None]


REGISTERED: dict[str, Registered] = {}
"""The reports of apps above this one, by the keys that addresses name them by."""


def register_report(key: str, row: Registered) -> None:
    """Let the jobs make a report of another app; an app does so when it starts."""
    REGISTERED[key] = row
    REPORTS[key] = ("docx",)
    CALLED[key] = row.called


CALLED = {"ket-nap": "danh-sach-ket-nap", detail_list.KEY: "danh-sach-chi-tiet", "report": "ket-nap"}
"""What the files of a report are called, where that is not its key."""


@override("vi")
def make_document(
    source: Source, *, with_people: bool = True, progress: Progress = ignore_progress
) -> Document:
    """The report: its numbers are read once, then the tables and words put together; `progress` is told of each."""
    form = find_form_set(source.period.last)
    names = [str(form.name), str(form.name_b), _("Theo đơn vị"), *([_("Danh sách")] if with_people else [])]
    tables: list[Table] = []
    progress(0, 2 * len(names), names[0])
    report = read_report(source)
    for table in report_tables.report_tables(report, with_people=with_people):
        tables.append(table)
        progress(len(tables), 2 * len(names), names[min(len(tables), len(names) - 1)])
    return Document(
        units=source.group.title,
        day=source.period.last,
        tables=tuple(tables),
        issuer=party_layout.issuer_of(source.group),
        foot=adjustments_table.adjustments_foot(source),
        **wording.report_words(report),
    )


@override("vi")
def list_document(key: str, source: Source, *, progress: Progress = ignore_progress) -> Document:
    """A companion list as a document of one table."""
    kind = companion_lists.LISTS[key]
    progress(0, 2, str(kind.title))
    place = (
        wording.place_and_days(source) if kind.of_admissions else companion_lists.place_of_list(key, source)
    )
    return Document(
        title=str(kind.title),
        units=source.group.title,
        place=place,
        day=source.period.last,
        tables=(companion_lists.companion_table(key, source),),
        issuer=party_layout.issuer_of(source.group),
        foot=adjustments_table.adjustments_foot(source) if kind.of_admissions else "",
    )


@override("vi")
def write_file(
    path: Path,
    units: Iterable[Organisation],
    period: Period,
    *,
    format: str = "xlsx",
    report: str = "report",
    progress: Progress = ignore_progress,
) -> None:
    """Write the file to `path`, in Vietnamese for every reader; the same data gives the same bytes.

    `progress` is told of every table and of every hundred rows, and may stop the work by raising; the half file is
    the caller's to delete.
    """
    units = list(units)
    if report in REGISTERED:
        if len(units) != 1:
            raise Refused([_("Báo cáo này lập cho một đơn vị.")])
        REGISTERED[report].write(path, units[0], period, progress)
        return
    source = open_source(group_units(units), period)
    if report == detail_list.KEY:
        LONG[format](path, detail_list.detail_list(source), progress=progress)
        return
    if report in companion_lists.LISTS:
        document = list_document(report, source, progress=progress)
    elif report in WORKBOOKS:
        document = WORKBOOKS[report][1](source)
    else:
        document = make_document(source, with_people=format not in WRITTEN, progress=progress)
    FORMATS[format](path, document, progress=progress)


def too_long(
    units: Iterable[Organisation], period: Period, *, format: str = "xlsx", report: str = "report"
) -> bool:
    """Whether the list has more rows than the sheet of a workbook takes."""
    if (format, report) != ("xlsx", detail_list.KEY):
        return False
    return open_source(group_units(units), period).admissions().count() > xlsx_stream.MOST


def report_name(key: str) -> str | Promise:
    """What a report is called in lists of files."""
    if key in REGISTERED:
        return REGISTERED[key].title
    return TITLES.get(key) or _("Báo cáo kết nạp")


def file_name(
    units: Iterable[Organisation], period: Period, format: str = "xlsx", report: str = "report"
) -> str:
    """What the file is called when it is fetched."""
    name, group = CALLED.get(report or "report", report), group_units(units)
    name += "-co-cau-hom-nay" if group.today else ""
    return f"{name}-{period.name_in_files}-{group.code}.{format}"[-120:]
