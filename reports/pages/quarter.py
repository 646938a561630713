"""The sentences of a quarter's page, and the quarters of its year when they were closed and now."""

from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Organisation
from notation.dates import dmy, format_moment, today
from notation.numbers import format_number
from reports import periods
from reports.closing import close
from reports.closing.adjustments import Adjustment
from reports.closing.source import Source
from reports.figures import figures
from reports.links import figure_url
from reports.models.closing import QuarterClosing
from reports.periods import Period
from reports.quotas.membership import Rate, rate_of


@dataclass(frozen=True)
class Note:
    """The words beside the heading, and the shape before them (`notation.badges.SHAPES`)."""

    mark: str
    words: str


def quarter_note(period: Period, closing: QuarterClosing | None) -> Note:
    """Whether the quarter is closed, runs, or is open, and then by when it is to be closed."""
    if closing:
        values = {"at": format_moment(closing.closed_at), "by": closing.closed_by.full_name}
        return Note("lock", _("khóa %(at)s, %(by)s") % values)
    if period.includes(today()):
        return Note("wait", _("đến %(day)s") % {"day": dmy(today())})
    close_by = close.close_by(period)
    if close_by is None:
        return Note("wait", _("đang mở, quý đã hết ngày %(day)s") % {"day": dmy(period.last)})
    late = (today() - close_by).days
    if late <= 0:
        return Note("wait", _("đang mở, hạn khóa %(day)s") % {"day": dmy(close_by)})
    words = ngettext(
        "đang mở, hạn khóa %(day)s, quá %(n)s ngày", "đang mở, hạn khóa %(day)s, quá %(n)s ngày", late
    )
    return Note("late", words % {"day": dmy(close_by), "n": format_number(late)})


def files_note(admitted: int, closing: QuarterClosing | None, sheets: str) -> str:
    """What the workbook of the quarter holds, and that a closed quarter gives its closed figures.

    `sheets` names the sheets of the statistics form.
    """
    words = ngettext(
        "%(sheets)s, theo đơn vị, danh sách %(n)s đảng viên.",
        "%(sheets)s, theo đơn vị, danh sách %(n)s đảng viên.",
        admitted,
    )
    words %= {"n": format_number(admitted), "sheets": sheets}
    as_closed = _("Số liệu trong tệp đúng như khi khóa.")
    return f"{words} {as_closed}" if closing else words


def rate_of_quarter(source: Source) -> Rate:
    """The `Rate` of the one unit of a quarter's report: those admitted in the quarter to the members of 1 January."""
    unit, children = source.group.units[0], source.children()
    members = source.members([unit, *children])
    return rate_of(unit, source.counts["admitted"], children, members, source.period)


@dataclass(frozen=True)
class Change:
    """An adjustment in words; `recorded` says by whom, when and in which report, "" where no event tells of it."""

    adjustment: Adjustment
    words: str
    recorded: str


def year_when_closed(unit: Organisation, year: Period, lines: list[close.Line]) -> dict | None:
    """The quarters of `year` when closed and now, with their sums; None where none was closed.

    "lines" are [(`close.Line`, [`Change`])], "then", "net" and "now" numbers of members.
    """
    if not lines:
        return None
    return {
        "period": year,
        "lines": [(line, [_describe_change(unit, change) for change in line.changes]) for line in lines],
        "then": sum(line.now if line.then is None else line.then for line in lines),
        "net": sum(line.net for line in lines),
        "now": sum(line.now for line in lines),
        "url": figure_url(unit, year),
    }


def _describe_change(unit, change):
    """The `Change`; its base organisation is named where `unit` is above these."""
    place = "" if unit.tier in figures.AT_OR_BELOW_BASE else change.place
    who = ", ".join(filter(None, [change.name, place, str(change.words)]))
    if change.at is None:
        return Change(change, f"{who}: {_('Không diễn biến nào ghi việc này.')}", "")
    recorded = _("%(by)s, %(at)s; báo cáo trong %(reported)s.") % {
        "by": change.by,
        "at": format_moment(change.at),
        "reported": periods.quarter_of_day(localtime(change.at)),
    }
    return Change(change, f"{who}: {change.why}.", recorded)
