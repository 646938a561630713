"""The demonstration's closed quarters: 2015 and the first three of 2016, each a few days after its end.

Decisions recorded and ceremonies held after the day of a closing are told after it. Two things change a closed figure
(docs/domain.md, 1.3): a decision of the first quarter of 2016 was recorded in April, and one of the second was annulled
in August. IV/2016 stays open.
"""

from datetime import date
from typing import Any

from accounts.models import Post, User
from accounts.roles import Role
from admissions.models import Dossier
from admissions.states import State
from branches.models import Organisation
from demo.moments import office_hour
from demo.plan import Slot
from reports import periods
from reports.closing import reading
from reports.closing.close import close_quarter
from reports.closing.confirmations import confirm_quarter, list_standings, remind_units
from reports.closing.year_lines import keep_year

CLOSED = {
    **{(2015, n): date(2015, 3 * n + 1, 6) for n in (1, 2, 3)},
    (2015, 4): date(2016, 1, 6),
    (2016, 1): date(2016, 4, 6),
    (2016, 2): date(2016, 7, 5),
    (2016, 3): date(2016, 10, 5),
}
"""{(year, quarter): the day on which it was closed}."""
DECIDED, RECORDED = date(2016, 3, 28), date(2016, 4, 14)
WHY = "Đảng ủy xã gửi quyết định sau khi khóa quý"
ANNULLED = date(2016, 8, 12)
LAST_IN_THE_DAY = 25
CONFIRMED, REMINDED = date(2017, 1, 9), date(2017, 2, 20)
UNCONFIRMED = ("Trung Nguyên", "Văn Tiến", "Hồng Châu")
"""The communes that have not confirmed the figures of IV/2016, which is still open."""


def is_late(slot: Slot) -> bool:
    """Whether an admission of the plan may be the one that is recorded late."""
    return (slot.unit, slot.year) == ("Liên Châu", 2016) and slot.half == 5


def quarter_of(day: date) -> tuple[int, int]:
    """(year, quarter) of a day."""
    return day.year, periods.quarter_of_day(day).number


def is_unknown_at_closing(story: Any, days: dict[str, date], stop: str) -> bool:
    """Whether a chapter was recorded only after the quarter of the decision had been closed."""
    if stop == State.DECIDED:
        on = story.recorded or story.decided
    elif stop == State.PROBATIONARY:
        on = days["ceremony"]
    else:
        return False
    return on > CLOSED.get(quarter_of(story.decided), date.max)


def record_closings(teller: Any, annulled: Dossier, by: User) -> None:
    """Close every quarter in turn and tell what came after it; the dossier `annulled` loses its decision."""
    for (year, n), day in CLOSED.items():
        quarter, at = periods.quarter_period(year, n), office_hour(day, LAST_IN_THE_DAY)
        _confirm_figures(quarter, day, by)
        close_quarter(quarter, by=by, at=at, with_year=False)
        teller.resume((year, n))
        if (year, n) == quarter_of(annulled.decided_on):
            _annul(teller, annulled)
    running = periods.quarter_period(2016, 4)
    _confirm_figures(running, CONFIRMED, by, but=UNCONFIRMED)
    remind_units(Organisation.objects.roots()[0], running, by=by, at=office_hour(REMINDED, 1))


def _confirm_figures(quarter, day, by, but=()):
    """Every unit of the district confirms its figures on `day`, those named in `but` do not; by its own account."""
    (root,) = Organisation.objects.roots()
    for place, row in enumerate(list_standings(root, quarter)):
        if row.unit.name not in but:
            confirm_quarter(row.unit, quarter, by=_committee_of(row.unit) or by, at=office_hour(day, place))


def _committee_of(unit):
    """The account of the unit's own committee, None where it has none: then the board writes it down."""
    posts = Post.objects.filter(unit=unit, role=Role.COMMUNE_COMMITTEE).select_related("user")
    return next((post.user for post in posts), None)


def keep_last_year() -> None:
    """Let the last closing keep the year around admission, which is told after it; those of before keep none."""
    closing = reading.valid_closing(*max(CLOSED))
    assert closing
    keep_year(closing)


def _annul(teller, dossier):
    number = teller.number(dossier, "standing", ANNULLED)
    facts = {"kind": "procedure", "number": number, "reason": "sai thẩm quyền"}
    teller.act_as_leader(dossier, "annul", ANNULLED, **facts)
