"""The adjustments of closed quarters as a table of a report, and the words in the foot of a closed quarter's."""

from django.urls import reverse
from django.utils.translation import gettext as _

from notation.dates import dmy, format_moment, today
from reports.closing import adjustments, reading
from reports.closing.source import Source
from reports.exports.document import Column, Row, Table
from reports.models.closing import QuarterClosing
from reports.periods import ROMAN


def adjustments_foot(source: Source) -> str:
    """What stands in the foot: when the quarter was closed, its fingerprint, and the units as addresses name them.

    An open quarter is called a draft. A longer period is never closed; its foot names the closed quarters in it, of
    a year with the beginnings of their fingerprints.
    """
    if source.closing:
        words = _("Số liệu khóa lúc %(at)s. Mã đối chiếu %(code)s, đơn vị số %(unit)s.")
        code = reading.group_fingerprint(source.closing.fingerprint)
        at = format_moment(source.closing.closed_at)
        return words % {"at": at, "code": code, "unit": source.group.pk}
    if source.period.is_quarter:
        return _("BẢN NHÁP, QUÝ CHƯA KHÓA. Số liệu theo sổ ngày %(day)s.") % {"day": dmy(today())}
    return _quarters_in(source.period)


def _quarters_in(period):
    closings = QuarterClosing.objects.valid().within(period.first, period.last)
    several_years = len({closing.year for closing in closings}) > 1
    names = []
    for closing in closings:
        name = quarter_in_roman(str(closing))
        beginning = reading.group_fingerprint(closing.fingerprint)[:17]
        names.append(name if several_years else f"{name} ({beginning})")
    words = _("Số liệu theo sổ ngày %(day)s.") % {"day": dmy(today())}
    closed = _("Quý đã khóa: %(quarters)s.") % {"quarters": ", ".join(names)}
    return f"{words} {closed}" if names else words


def adjustment_rows(source: Source) -> list[dict]:
    """The adjustments of earlier quarters that the report of a quarter tells of, as plain data, as each unit sees them.

    Those of a closed quarter are as they were when it was closed.
    """
    rows = source.adjustments()
    return [seen for unit in source.group.units for row in rows if (seen := _seen(row, unit))]


def _seen(row, unit):
    """The row as it concerns `unit`, as `Adjustment.seen_from`; None where it does not."""
    was, now = (bool(path) and path.startswith(unit.path) for path in row["paths"])
    if was == now:
        return row if was else None
    return row | {"kind": adjustments.REMOVED if was else adjustments.ADDED, "cells": []}


def adjustments_for_page(source: Source) -> list[dict]:
    """The same with the words and the address that a page shows."""
    return [
        row
        | {
            "said": quarter_in_roman(row["quarter"]),
            "words": adjustments.KINDS[row["kind"]],
            "url": reverse("admissions:dossier", args=row["dossier"].split("/")),
        }
        for row in adjustment_rows(source)
    ]


def adjustments_table(source: Source) -> Table | None:
    """The adjustments as a table; None where there are none."""
    adjusted = adjustment_rows(source)
    if not adjusted:
        return None
    columns = (
        Column("no", _("TT"), 5),
        Column("quarter", _("Quý"), 10),
        Column("dossier", _("Số hồ sơ"), 11),
        Column("name", _("Họ và tên"), 26),
        Column("kind", _("Điều chỉnh"), 10),
        Column("closed", _("Ô khi khóa"), 34),
        Column("current", _("Ô hiện nay"), 34),
        Column("why", _("Lý do"), 40),
        Column("by", _("Người ghi"), 22),
        Column("at", _("Ghi lúc"), 16),
    )
    rows = tuple(Row(_cells(n, row)) for n, row in enumerate(adjusted, start=1))
    return Table("adjustments", _("Điều chỉnh"), columns, rows, tall=True)


def _cells(n, row):
    closed, current = (
        "; ".join(f"{label}: {pair[side]}" for label, *pair in row["cells"]) for side in (0, 1)
    )
    return (
        str(n),
        quarter_in_roman(row["quarter"]),
        row["dossier"],
        row["name"],
        str(adjustments.KINDS[row["kind"]]),
        closed,
        current,
        row["why"],
        row["by"],
        row["at"],
    )


def quarter_in_roman(code: str) -> str:
    """The quarter "2016-q4" as "IV/2016"."""
    year, _sep, n = code.partition("-q")
    return f"{ROMAN[int(n) - 1]}/{year}"
