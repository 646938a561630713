"""Dossiers of 2016 and the start of 2017 that were returned, held or waited, some of them past the limit.

Which ones follows from their number alone, so that the other stories stay as they are.
"""

from datetime import date, timedelta
from typing import Any

from admissions.models import Dossier
from branches.models import Organisation
from reports import periods
from reports.figures import chain
from reports.figures.delays import DERIVED

SINCE = date(2016, 1, 1)

RETURNED = (
    "Lý lịch thiếu dấu giáp lai của đảng ủy cơ sở",
    "Thiếu giấy tờ theo quy định",
    "Chưa có kết quả thẩm tra lý lịch",
    "Nghị quyết chi bộ ghi sai số đảng viên chính thức",
    "Thiếu giấy tờ theo quy định: tổng hợp ý kiến nhận xét (5-KNĐ)",
)
HELD = "Chờ kết quả thẩm tra lý lịch"
NOTED, NOTED_ON = f"{DERIVED['standing']}: trùng kỳ họp của cấp trên", date(2017, 2, 20)

ROADS = {
    # working days after the branch's resolution: base, received, then the acts of the board
    "returned": (8, 12, (("give_back", 15), ("send_again", 44), ("receive", 46))),
    "held": (8, 12, (("hold", 15), ("resume", 49))),
    "standing": (8, 11, ()),
    "base": (44, 48, ()),
    "returned once": (6, 9, (("give_back", 11), ("send_again", 20), ("receive", 21))),
}
LATE = ("returned", "held", "returned", "standing", "returned", "held", "base")
"""Ways to be late, in turn."""


def delay_story(story: Any, index: int, teller: Any) -> None:
    """Give the `index`-th story of an admission a longer way, where it is one of those."""
    if story.decided < SINCE or story.recorded:
        return
    if index % 17 == 4:
        way, length = LATE[index // 17 % len(LATE)], 62 + index % 9
    elif index % 9 == 2:
        way, length = "returned once", 41 + index % 16
    else:
        return
    base, received, acts = ROADS[way]
    story.day = _days_before(teller.calendar, story.decided, length)
    after = {n: teller.calendar.add(story.day, n)[0] for n in range(length)}
    story.fixed |= {"base": after[base], "received": after[received]}
    if way == "standing":
        story.fixed["put_forward"] = after[20]
    facts = {"give_back": {"reason": RETURNED[index % len(RETURNED)]}, "hold": {"reason": HELD}}
    story.fixed["stays"] = [(action, after[n], facts.get(action, {})) for action, n in acts]


def _days_before(calendar, day, length):
    while length:
        day -= timedelta(days=1)
        length -= calendar.is_working(day)
    return calendar.next_working(day)


def note_one_delay(teller: Any, root: Organisation) -> None:
    """The board notes of the last late decision why it came late."""
    counts = chain.read_chain(root, periods.any_days(SINCE, NOTED_ON))
    late = Dossier.objects.filter(pk__in=counts.whole["decided"].late).order_by("decided_on", "pk")
    teller.act(late[len(late) - 1], "note_delay", NOTED_ON, reason=NOTED)
