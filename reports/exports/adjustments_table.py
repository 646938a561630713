"""The adjustments of closed quarters as a table of a report, and the words in the foot of a closed quarter's."""

from django.urls import reverse
from django.utils.translation import gettext as _

from notation.dates import dmy, format_moment, today
from reports.closing import adjustments, reading
from reports.exports.document import Column, Row, Table
from reports.exports.unit_group import units_of_group
from reports.models.closing import QuarterClosing
from reports.periods import ROMAN


def adjustments_foot(unit, period):
    """What stands in the foot: when the quarter was closed, its fingerprint, and the unit as addresses name it.

    Of a quarter that is not closed: that it is a draft. A longer period is never closed; its foot names the closed
    quarters in it, of a year with the beginnings of their fingerprints.
    """
    if not reading.is_closed(period):
        words = _("BẢN NHÁP, QUÝ CHƯA KHÓA. Số liệu theo sổ ngày %(day)s.")
        return words % {"day": dmy(today())} if period.kind == "quarter" else _quarters_in(period)
    words = _("Số liệu khóa lúc %(at)s. Mã đối chiếu %(code)s, đơn vị số %(unit)s.")
    closing = period.closing
    code = reading.group_fingerprint(closing.fingerprint)
    return words % {"at": format_moment(closing.closed_at), "code": code, "unit": unit.pk}


def _quarters_in(period):
    found = QuarterClosing.objects.valid().within(period.first, period.last)
    long = len({closing.year for closing in found}) > 1
    names = [
        quarter_in_roman(str(closing))
        if long
        else f"{quarter_in_roman(str(closing))} ({reading.group_fingerprint(closing.fingerprint)[:17]})"
        for closing in found
    ]
    words = _("Số liệu theo sổ ngày %(day)s.") % {"day": dmy(today())}
    return f"{words} {_('Quý đã khóa')}: {', '.join(names)}." if names else words


def adjustment_rows(unit, period):
    """[plain data of an adjustment]: those of earlier quarters recorded during a quarter, as they concern a unit.

    Of a closed quarter as they were when it was closed.
    """
    if period.kind != "quarter":
        return []
    if reading.is_closed(period):
        found = period.closing.adjusted
    else:
        found = [adjustments.as_json(row) for row in adjustments.adjustments_recorded_in(period)]
    return [seen for one in units_of_group(unit) for row in found if (seen := _seen(row, one))]


def _seen(row, unit):
    """The row as it concerns `unit`, as `Adjustment.seen_from`; None where it does not."""
    was, now = (bool(path) and path.startswith(unit.path) for path in row["paths"])
    if was == now:
        return row if was else None
    return row | {"kind": adjustments.REMOVED if was else adjustments.ADDED, "cells": []}


def adjustments_for_page(unit, period):
    """The same with the words and the address that a page shows."""
    return [
        row
        | {
            "said": quarter_in_roman(row["quarter"]),
            "words": adjustments.KINDS[row["kind"]],
            "url": reverse("admissions:dossier", args=row["dossier"].split("/")),
        }
        for row in adjustment_rows(unit, period)
    ]


def adjustments_table(unit, period):
    """The adjustments as a table; None where there are none."""
    found = adjustment_rows(unit, period)
    if not found:
        return None
    columns = (
        Column(_("TT"), 5),
        Column(_("Quý"), 10),
        Column(_("Số hồ sơ"), 11),
        Column(_("Họ và tên"), 26),
        Column(_("Điều chỉnh"), 10),
        Column(_("Ô khi khóa"), 34),
        Column(_("Ô hiện nay"), 34),
        Column(_("Lý do"), 40),
        Column(_("Người ghi"), 22),
        Column(_("Ghi lúc"), 16),
    )
    lines = [Row(_cells(n, row)) for n, row in enumerate(found, start=1)]
    return Table("adjustments", _("Điều chỉnh"), columns, tuple(lines), tall=True)


def _cells(n, row):
    old, new = ("; ".join(f"{label}: {pair[side]}" for label, *pair in row["cells"]) for side in (0, 1))
    words = str(adjustments.KINDS[row["kind"]])
    at = (row["by"], row["at"])
    return (
        str(n),
        quarter_in_roman(row["quarter"]),
        row["dossier"],
        row["name"],
        words,
        old,
        new,
        row["why"],
        *at,
    )


def quarter_in_roman(code):
    """The quarter "2016-q4" as "IV/2016"."""
    year, _sep, n = code.partition("-q")
    return f"{ROMAN[int(n) - 1]}/{year}"
