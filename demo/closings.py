"""The demonstration's closed quarters: 2015 and the first three of 2016, each a few days after its end.

Decisions recorded and ceremonies held after the day of a closing are told after it. Two things change a closed figure
(docs/domain.md, 1.3): a decision of the first quarter of 2016 was recorded in April, and one of the second was annulled
in August. IV/2016 stays open.
"""

from datetime import date
from typing import Any

from accounts.models import User
from admissions.models import Dossier
from admissions.states import State
from demo.moments import office_hour
from demo.plan import Slot
from reports import periods
from reports.closing.close import close_quarter

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
        close_quarter(periods.quarter_period(year, n), by=by, at=office_hour(day, LAST_IN_THE_DAY))
        teller.resume((year, n))
        if (year, n) == quarter_of(annulled.decided_on):
            _annul(teller, annulled)


def _annul(teller, dossier):
    number = teller.number(dossier, "standing", ANNULLED)
    facts = {"kind": "procedure", "number": number, "reason": "sai thẩm quyền"}
    teller.act_as_leader(dossier, "annul", ANNULLED, **facts)
