"""Making a file: which report, of which units and period, in which format. One document, whatever the format."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.closing import reading
from reports.exports import (
    adjustments_table,
    companion_lists,
    csv,
    detail_list,
    docx,
    party_layout,
    pdf,
    report_tables,
    wording,
    xlsx,
    xlsx_stream,
)
from reports.exports.document import Document, ignore_progress
from reports.exports.unit_group import group_units

FORMATS = {"xlsx": xlsx, "docx": docx, "pdf": pdf, "csv": csv}
"""Who writes each format; all of them take a path and a `Document`."""

WRITTEN = ("docx", "pdf")
"""The report in words: it names no one, its list stays in the workbook."""

LONG = {"xlsx": xlsx_stream.write, "csv": csv.write_long}
"""Who writes a list of any length."""

LISTS = {key: row.title for key, row in companion_lists.LISTS.items()} | {detail_list.KEY: detail_list.TITLE}
"""Every report that is a list, with its title."""

REPORTS = {"report": tuple(FORMATS)} | dict.fromkeys(LISTS, tuple(LONG))
"""Each report with the formats it is made in."""

CALLED = {"ket-nap": "danh-sach-ket-nap", detail_list.KEY: "danh-sach-chi-tiet", "report": "ket-nap"}
"""What the files of a report are called, where that is not its key."""


@override("vi")
def make_document(unit, period, *, with_people=True, progress=ignore_progress):
    """The report of `unit`, or of units `Chosen`; `progress` is told before each table is counted."""
    period = reading.as_closed(period)
    names = [_("Biểu 2"), _("Biểu 2B"), _("Theo đơn vị"), *([_("Danh sách")] if with_people else [])]
    tables = []
    progress(0, 2 * len(names), names[0])
    for table in report_tables.report_tables(unit, period, with_people=with_people):
        tables.append(table)
        progress(len(tables), 2 * len(names), names[min(len(tables), len(names) - 1)])
    words = wording.report_text_of(unit, period)
    return Document(
        title=report_tables.report_title(period),
        place=report_tables.place_and_days(unit, period),
        day=period.last,
        tables=tuple(tables),
        opening=wording.opening_sentences(unit, period),
        difficulties=words.difficulties if words else "",
        tasks=words.tasks if words else "",
        foot=adjustments_table.adjustments_foot(unit, period),
        **party_layout.issuing_lines(unit),
    )


@override("vi")
def list_document(key, unit, period, *, progress=ignore_progress):
    """A companion list as a document of one table."""
    title = str(companion_lists.LISTS[key].title)
    period = reading.as_closed(period) if key == "ket-nap" else period
    progress(0, 2, title)
    return Document(
        title=title,
        place=report_tables.place_and_days(unit, period)
        if key == "ket-nap"
        else companion_lists.place_of_list(unit, period),
        day=period.last,
        tables=(companion_lists.companion_table(key, unit, period),),
        foot=adjustments_table.adjustments_foot(unit, period) if key == "ket-nap" else "",
        **party_layout.issuing_lines(unit),
    )


@override("vi")
def write_file(path, units, period, *, format="xlsx", report="report", progress=ignore_progress):
    """Write the file to `path`. `progress(done, total, doing)` may stop it by raising; the half file is the
    caller's to delete."""
    unit = group_units(units)
    if report == detail_list.KEY:
        LONG[format](path, detail_list.detail_list(unit, period), progress=progress)
        return
    if report in companion_lists.LISTS:
        made = list_document(report, unit, period, progress=progress)
    elif format == "xlsx":
        xlsx.write(path, unit, period, progress=progress)
        return
    else:
        made = make_document(unit, period, with_people=format not in WRITTEN, progress=progress)
    if format in WRITTEN:
        FORMATS[format].write(path, made, unit, progress=progress)
    else:
        FORMATS[format].write_document(path, made, progress=progress)


def too_long(units, period, *, format="xlsx", report="report"):
    """Whether the list has more rows than the sheet of a workbook takes."""
    if (format, report) != ("xlsx", detail_list.KEY):
        return False
    return detail_list.detail_list(group_units(units), period).rows.count() > xlsx_stream.MOST


def file_name(units, period, format="xlsx", report="report"):
    """What the file is called when it is fetched."""
    head = CALLED.get(report or "report", report)
    return f"{head}-{period.code}-{group_units(units).code}.{format}"[-120:]
