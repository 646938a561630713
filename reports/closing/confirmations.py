"""Each unit that reports upward confirms its own figures of a quarter; the one above sees who has not.

A confirmation freezes nothing (decision 0026): it keeps the numbers of its moment, so that whatever changed since is
seen and confirmed anew. The closing goes on without a unit, and says so.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Activity, User
from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Organisation, Tier
from notation.dates import dmy, now, today
from reports.closing.reading import valid_closing
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES
from reports.models import QuarterConfirmation
from reports.periods import Period

Kind = QuarterConfirmation.Kind
CONFIRMING = (Tier.DISTRICT, Tier.BASE)
"""The tiers whose units report figures of their own to the unit above."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a unit has said of its figures of a quarter.

    `row` is the confirmation that holds, `reminded` the last reminder after which it said nothing; `numbers` are its
    figures now, {key of a measure: number of members}, no zeros.
    """

    unit: Organisation
    numbers: Mapping[str, int]
    row: QuarterConfirmation | None = None
    reminded: QuarterConfirmation | None = None

    @property
    def changed(self) -> list[tuple[str, int, int]]:
        """[(label of a measure, number that was confirmed, number now)] of what differs since."""
        if self.row is None:
            return []
        pairs = ((key, self.row.numbers.get(key, 0), self.numbers.get(key, 0)) for key in MEASURES)
        return [(str(MEASURES[key].label), then, live) for key, then, live in pairs if then != live]

    @property
    def holds(self) -> bool:
        return self.row is not None and not self.changed

    @property
    def mark(self) -> str:
        """The shape before it: confirmed, changed since, missing."""
        return "ok" if self.holds else "soon" if self.row else "wait"

    @property
    def admitted(self) -> int:
        return self.numbers.get(ADMITTED.key, 0)

    @property
    def confirmed(self) -> int | None:
        """How many admissions were confirmed."""
        return self.row.numbers.get(ADMITTED.key, 0) if self.row else None

    @property
    def seen(self) -> str:
        """A digest of the numbers now: another value means that they changed since somebody looked."""
        return hashlib.sha256(repr(sorted(self.numbers.items())).encode()).hexdigest()[:16]


def list_standings(above: Organisation, quarter: Period) -> list[Standing]:
    """The `Standing` of each unit directly under `above` that stood on the quarter's last day; two statements more
    than the units."""
    found = above.children.filter(tier__in=CONFIRMING).on(quarter.last)
    units = sorted(found, key=lambda unit: unit.place_in_tables)
    if not units:
        return []
    return _standings(units, quarter, figures.count_by_unit(above, quarter, MEASURES.values()))


def read_standing(unit: Organisation, quarter: Period) -> Standing:
    """The `Standing` of one unit."""
    counts = {unit.pk: figures.count_unit(unit, quarter, MEASURES.values())}
    return _standings([unit], quarter, counts)[0]


def _standings(units, quarter, counts):
    rows = QuarterConfirmation.objects.of_quarter(quarter.first.year, quarter.number)
    held, reminded = {}, {}
    for row in rows.filter(unit__in=units):
        if row.kind == Kind.REMINDED:
            reminded[row.unit_id] = row
            continue
        reminded.pop(row.unit_id, None)
        held[row.unit_id] = row if row.kind == Kind.CONFIRMED else None
    return [
        Standing(
            unit=unit,
            numbers={key: number for key, number in counts.get(unit.pk, {}).items() if number},
            row=held.get(unit.pk),
            reminded=reminded.get(unit.pk),
        )
        for unit in units
    ]


def list_missing(quarter: Period) -> list[Organisation]:
    """The units directly under a root of the register that have not confirmed the figures of `quarter` as they are."""
    roots = Organisation.objects.roots().on(quarter.last)
    return [row.unit for root in roots for row in list_standings(root, quarter) if not row.holds]


def may_confirm(user: User, unit: Organisation) -> bool:
    return (
        unit.tier in CONFIRMING and user.may(Permission.CONFIRM_QUARTER, unit) and unit.parent_id is not None
    )


def confirm_quarter(
    unit: Organisation,
    quarter: Period,
    *,
    by: User,
    seen: str | None = None,
    without: bool = True,
    at: datetime | None = None,
) -> QuarterConfirmation:
    """Write that `unit` confirms its figures of `quarter`.

    `seen` is the `Standing.seen` that `by` looked at, `without` whether to go on where units under it have not
    confirmed theirs. Raises `Refused`.
    """
    _require(unit, quarter, by)
    standing = read_standing(unit, quarter)
    if seen is not None and seen != standing.seen:
        raise Refused(_("Số liệu vừa đổi trong khi đồng chí xem. Chưa ghi gì; hãy xem lại."))
    if standing.holds:
        raise Refused(_("%(unit)s đã xác nhận số liệu %(quarter)s.") % _words(unit, quarter))
    missing = [row.unit for row in list_standings(unit, quarter) if not row.holds]
    if missing and not without:
        raise Refused(describe_missing(missing))
    return _write(
        unit, quarter, Kind.CONFIRMED, by, at, numbers=standing.numbers, without=[one.pk for one in missing]
    )


def withdraw_confirmation(unit: Organisation, quarter: Period, *, by: User) -> QuarterConfirmation:
    """Take the confirmation of `unit` back; raises `Refused`."""
    _require(unit, quarter, by)
    if read_standing(unit, quarter).row is None:
        raise Refused(_("%(unit)s chưa xác nhận số liệu %(quarter)s.") % _words(unit, quarter))
    return _write(unit, quarter, Kind.WITHDRAWN, by)


def remind_units(
    above: Organisation, quarter: Period, *, by: User, at: datetime | None = None
) -> list[Organisation]:
    """Remind the units directly under `above` that have not confirmed; each sees it on its day's page.

    Raises `Refused` where none is missing.
    """
    if not by.may(Permission.EXPORT, above):
        raise Refused(_("Chưa ghi: việc này do người lập báo cáo của %(unit)s làm.") % {"unit": above.title})
    _refuse_closed(quarter)
    missing = [row.unit for row in list_standings(above, quarter) if not row.holds]
    if not missing:
        raise Refused(_("Các đơn vị đã xác nhận đủ."))
    with transaction.atomic():
        for unit in missing:
            _write(unit, quarter, Kind.REMINDED, by, at)
    return missing


def describe_missing(units: Iterable[Organisation]) -> str:
    """Who has not confirmed, as a sentence; "" where everybody has."""
    names = [unit.short_name for unit in units]
    if not names:
        return ""
    return _("Chưa xác nhận số liệu: %(units)s.") % {"units": ", ".join(names)}


def _require(unit, quarter, by):
    if not may_confirm(by, unit):
        raise Refused(_("Chưa ghi: việc này do cấp ủy của %(unit)s làm.") % {"unit": unit.title})
    if quarter.last >= today():
        words = _("%(quarter)s chưa hết; xác nhận từ sau ngày %(day)s.")
        raise Refused(words % {"quarter": quarter, "day": dmy(quarter.last)})
    _refuse_closed(quarter)


def _refuse_closed(quarter):
    if valid_closing(quarter.first.year, quarter.number):
        raise Refused(_("%(quarter)s đã khóa; số liệu về sau thành điều chỉnh.") % {"quarter": quarter})


def _write(unit, quarter, kind, by, at=None, **facts):
    at = at or now()
    with transaction.atomic():
        row = QuarterConfirmation.objects.create(
            unit=unit, year=quarter.first.year, number=quarter.number, kind=kind, by=by, at=at, **facts
        )
        words = f"{row.get_kind_display()}: {quarter}, {unit.title}"
        Activity.objects.create(user=by, action=Activity.Action.SETTING, subject=words[:200], at=at)
    return row


def _words(unit, quarter):
    return {"unit": unit.title, "quarter": quarter}
