"""Closing a quarter, and opening it again.

A closing is for the whole register. What it fixes lies in its entries and totals (`snapshot`); what changes in the
register afterwards is told by `adjustments`. Whoever closes holds the right at every root of the tree.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Activity, User
from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Organisation
from notation.dates import now, today
from notation.vietnamese import clean
from reports import links, periods
from reports.closing import adjustments, snapshot
from reports.closing.adjustments import Adjustment
from reports.closing.checks import Check, run_checks, stopping_checks
from reports.closing.confirmations import describe_missing, list_missing
from reports.closing.kept_movements import keep_movements
from reports.closing.reading import closed_counts, valid_closing
from reports.closing.year_lines import keep_year
from reports.figures import figures
from reports.measures import ADMITTED
from reports.models.closing import QuarterClosing
from reports.periods import Period


def may_for_register(user: User, permission: Permission) -> bool:
    """Whether `permission` holds for the whole register, as it stands today."""
    roots = Organisation.objects.roots().on(today())
    return bool(roots) and all(user.may(permission, root) for root in roots)


def close_quarter(
    quarter: Period,
    *,
    by: User,
    checks: list[Check] | None = None,
    without: bool = True,
    at: datetime | None = None,
    with_year: bool = True,
) -> QuarterClosing:
    """Close a quarter and return its closing; raises `Refused` with what a check stops, nothing written.

    `checks` are those that the caller has just made, `at` the moment where it is not now; `without` says whether to go
    on where units have not confirmed their figures, which the closing then keeps. First everything is counted and
    compared (`checks`), then it is written (`snapshot`). Without `with_year` nothing of the year is kept, as by the
    closings of before there was one.
    """
    at = at or now()
    if not may_for_register(by, Permission.CLOSE_QUARTER):
        raise Refused(_("Chưa khóa được: việc này do người có quyền khóa quý của cả sổ làm."))
    if stops := stopping_checks(run_checks(quarter) if checks is None else checks):
        raise Refused([f"{check.words}: {check.detail or check.value}".rstrip(": ") for check in stops])
    missing = list_missing(quarter)
    if missing and not without:
        raise Refused(f"{describe_missing(missing)} {_('Chọn “Khóa, không chờ” để khóa ngay.')}")
    with override("vi"):
        adjusted = [adjustments.as_json(row) for row in adjustments.adjustments_recorded_in(quarter)]
    with transaction.atomic():
        row = snapshot.write_closing(
            quarter, by=by, at=at, adjusted=adjusted, unconfirmed=[unit.pk for unit in missing]
        )
        keep_movements(row)
        if with_year:
            keep_year(row)
        _log(by, _("Khóa %(quarter)s") % {"quarter": quarter}, at)
    return row


def ask_reopening(closing: QuarterClosing, *, by: User, reason: str) -> None:
    """Ask for a closed quarter to be opened again; someone else has to confirm it. Raises `Refused`.

    Asking again replaces the reason and who asked, until it is confirmed.
    """
    reason = clean(reason)
    if not may_for_register(by, Permission.CLOSE_QUARTER):
        raise Refused(_("Chưa ghi: việc này do người có quyền khóa quý của cả sổ làm."))
    if not reason:
        raise Refused({"reason": _("Cần lý do mở lại.")})
    if len(reason) > 300:
        raise Refused({"reason": _("Lý do dài %(n)d chữ, tối đa 300.") % {"n": len(reason)}})
    with transaction.atomic():
        _mark(closing, reopen_reason=reason, reopen_by=by, reopen_asked_at=now())
        _log(by, _("Đề nghị mở lại %(quarter)s: %(reason)s") % _in_words(closing, reason))


def confirm_reopening(closing: QuarterClosing, *, by: User) -> None:
    """Open the quarter as someone else asked; its closing stays as a former one. Raises `Refused`."""
    if not may_for_register(by, Permission.REOPEN_QUARTER):
        raise Refused(_("Chưa mở: việc này do người quản trị khác hoặc lãnh đạo Ban xác nhận."))
    if closing.reopen_by_id is None:
        raise Refused(_("Chưa có ai đề nghị mở lại quý này."))
    if closing.reopen_by_id == by.pk:
        raise Refused(_("Người đề nghị không tự xác nhận được; cần người thứ hai."))
    with transaction.atomic():
        _mark(closing, reopen_second=by, reopened_at=now())
        _log(by, _("Mở lại %(quarter)s: %(reason)s") % _in_words(closing, closing.reopen_reason))


def close_by(period: Period) -> date | None:
    """The day by which the quarter `period` is to be closed (setting CLOSING_DAYS); None where it is not its turn."""
    before = periods.preceding_quarter(period)
    if not settings.CLOSING_DAYS or not valid_closing(before.first.year, before.number):
        return None
    return period.last + timedelta(days=settings.CLOSING_DAYS)


@dataclass(frozen=True)
class Line:
    """A quarter of a unit: admitted when it was closed, None while it is open, and now; `changes` since the closing."""

    period: Period
    closing: QuarterClosing | None
    then: int | None
    now: int
    changes: tuple[Adjustment, ...] = ()
    urls: dict = field(default_factory=dict)

    @property
    def net(self) -> int:
        return sum(change.weight for change in self.changes)


def quarter_lines(unit: Organisation, year: Period) -> list[Line]:
    """A `Line` for each quarter of `year` that has begun; none where no quarter of it was closed."""
    parts = [quarter for quarter in year.quarters() if quarter.first <= today()]
    valid = QuarterClosing.objects.valid()
    closings = {closing.number: closing for closing in valid.within(year.first, year.last)}
    if not closings:
        return []
    numbers = figures.tally_cells(unit, [(quarter, ADMITTED) for quarter in parts])
    changes = adjustments.adjustments_of_each(closings.values(), unit)
    return [
        _line(unit, quarter, closings.get(quarter.number), number, changes)
        for quarter, number in zip(parts, numbers, strict=True)
    ]


def _line(unit, quarter, closing, number, changes):
    urls = {"now": links.figure_url(unit, quarter)}
    if closing is None:
        return Line(quarter, None, None, number, urls=urls)
    urls["then"] = links.entries_url(unit, closing)
    then = closed_counts(closing, [unit])[unit.pk].get(ADMITTED.key, 0)
    return Line(quarter, closing, then, number, tuple(changes[closing.pk]), urls)


def _mark(closing, **values):
    """Write what a reopening adds, as long as nobody else has done anything since `closing` was read."""
    rows = QuarterClosing.objects.filter(
        pk=closing.pk, reopened_at=None, reopen_asked_at=closing.reopen_asked_at
    )
    if not rows.mark(**values):
        raise Refused(_("Vừa có người ghi việc mở lại quý này. Chưa lưu gì; hãy xem lại."))
    for name, value in values.items():
        setattr(closing, name, value)


def _in_words(closing, reason):
    return {"quarter": periods.quarter_period(closing.year, closing.number), "reason": reason}


def _log(user, words, at=None):
    Activity.objects.create(user=user, action=Activity.Action.SETTING, subject=words[:200], at=at or now())
