"""What is to be done today: counters in the order of the work, limits by their day, conversions that come up.

Everything is reckoned on request; no job counts days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from admissions import procedure
from admissions.models import Dossier, Event
from admissions.models.dossier import DossierQuerySet
from admissions.rules import deadlines, working_days
from admissions.states import MARKS, State
from branches.models import within_scope
from notation.dates import today

NEAR = 30
"""Working days left at which a limit is near; `deadlines.SOON` is nearer."""

SHOWN = {"qua": 30, "7": 30, "30": 10}
"""How many limits of each group the page itself shows; the list has them all."""

CONVERSIONS = (7, 15, 30, 60, 90)
"""Days before the end of probation at which a conversion is announced (docs/domain.md, rule 27)."""

BOARD = (
    (State.APPRAISAL, gettext_lazy("ở Ban Tổ chức")),
    (State.RETURNED, gettext_lazy("chờ đơn vị bổ sung")),
    (State.RESENT, gettext_lazy("đơn vị đã gửi lại")),
    (State.AWAITING, gettext_lazy("đã trình Ban Thường vụ")),
)
IN_COMMUNES = (
    (State.LISTED, gettext_lazy("trong danh sách cảm tình Đảng")),
    (State.PREPARING, gettext_lazy("chờ đủ giấy tờ và chi bộ họp")),
    (State.RETURNED, gettext_lazy("chờ đơn vị bổ sung")),
)
COUNTERS: dict[Role, tuple] = {
    Role.FOLLOWER: IN_COMMUNES,
    Role.WORK_TEAM: IN_COMMUNES,
    Role.BOARD_STAFF: BOARD,
    Role.ADMINISTRATOR: BOARD,
    Role.BOARD_LEADER: (
        (State.APPRAISAL, gettext_lazy("ở Ban Tổ chức")),
        (State.HELD, gettext_lazy("chờ kết quả thẩm tra")),
        (State.AWAITING, gettext_lazy("đã trình Ban Thường vụ")),
    ),
    Role.COMMUNE_COMMITTEE: (
        (State.RESOLVED, gettext_lazy("chi bộ đã có nghị quyết")),
        (State.PROPOSED, gettext_lazy("đảng ủy đã có nghị quyết")),
        (State.RETURNED, gettext_lazy("Ban Tổ chức trả lại để bổ sung")),
    ),
    Role.BRANCH_COMMITTEE: (
        (State.LISTED, gettext_lazy("trong danh sách cảm tình Đảng")),
        (State.PREPARING, gettext_lazy("chờ đủ giấy tờ và chi bộ họp")),
        (State.DECIDED, gettext_lazy("đã có quyết định kết nạp")),
    ),
}
"""What each role works off, in its order: the state, and where such dossiers lie as this role says it.

A counter asks about a state, not about an act: several acts lead to one state, and roles name it differently.
"""


@dataclass(frozen=True)
class Counter:
    """A number of dossiers in one state, how long the oldest has waited (working days), and where they lie."""

    state: str
    mark: str
    label: str
    note: str
    number: int
    oldest: int | None


@dataclass(frozen=True)
class Due:
    """A dossier with the limit that runs for it."""

    dossier: Dossier
    deadline: deadlines.Deadline


class Worklist:
    """The work of one person today; each part is read once, on first use."""

    def __init__(self, user):
        self.user, self.today = user, today()
        self.calendar = working_days.load_calendar()

    @cached_property
    def running(self) -> list[Due]:
        """Every dossier in scope with its running limit, the earliest first; those without a date last."""
        rows = Dossier.objects.for_user(self.user).filter(state__in=deadlines.RUNNING).for_list()
        limits = [Due(row, self._limit(row)) for row in rows]
        limits = [due for due in limits if due.deadline is not None and self._counts(due)]
        return sorted(
            limits, key=lambda due: (due.deadline.due is None, due.deadline.due, due.dossier.number)
        )

    def _limit(self, row):
        """The running limit; one that stops on a return needs the returns from the dossier's events."""
        version = procedure.version_of(row)
        stops = row.returns and version.clock(deadlines.RUNNING[row.state]).stops_on_return
        pauses = deadlines.pauses_of(row.events.all(), self.today) if stops else ()
        return deadlines.running_deadline(row, version, self.calendar, self.today, pauses)

    def _counts(self, due):
        """The branch's review of a conversion is near only once probation has ended or is about to."""
        ends = due.dossier.probation_ends_on
        return due.dossier.state != State.PROBATIONARY or ends <= self.today + timedelta(days=CONVERSIONS[-1])

    def within(self, low: int | None, high: int | None) -> list[Due]:
        """The limits that have `low` to `high` working days left, both included; None is without end."""
        return [
            due
            for due in self.running
            if due.deadline.remaining is not None
            and (low is None or low <= due.deadline.remaining)
            and (high is None or due.deadline.remaining <= high)
        ]

    @property
    def groups(self) -> dict[str, list[Due]]:
        """{key: limits} as the page and the filter of the list name them: overdue, soon, near."""
        return {
            "qua": self.within(None, -1),
            "7": self.within(0, deadlines.SOON),
            "30": self.within(deadlines.SOON + 1, NEAR),
        }

    @property
    def unsaid(self) -> list[Due]:
        """Limits that cannot be reckoned because a date is not recorded."""
        return [due for due in self.running if due.deadline.due is None]

    @cached_property
    def counters(self) -> list[Counter]:
        """The counters of the person's first role in the order of `Role`; none for a role that `COUNTERS` lacks."""
        held = {post.role for post in self.user.current_posts}
        role = next((role for role in Role if role in held), Role.COMMUNE_COMMITTEE)
        counters = COUNTERS.get(role, ())
        since: dict[str, list[date]] = {}
        rows = Dossier.objects.for_user(self.user).values_list("state", "state_since")
        for state, day in rows.filter(state__in=[state for state, _note in counters]):
            since.setdefault(state, []).append(day)
        return [self._counter(state, note, since.get(state, [])) for state, note in counters]

    def _counter(self, state, note, days):
        oldest = self._waited(min(days)) if days else None
        return Counter(state.value, MARKS[state], state.label, note, len(days), oldest)

    def _waited(self, since):
        try:
            return self.calendar.between(since, self.today)
        except working_days.NoCalendar:
            return None

    @cached_property
    def conversions(self) -> list[tuple[int | str, int]]:
        """[(days, number)] of probations that end within each of `CONVERSIONS`, and those that have ended, as "qua"."""
        ends = list(
            Dossier.objects.for_user(self.user)
            .filter(
                state=State.PROBATIONARY, probation_ends_on__lte=self.today + timedelta(days=CONVERSIONS[-1])
            )
            .values_list("probation_ends_on", flat=True)
        )
        over = sum(day <= self.today for day in ends)
        counts = [
            (n, sum(self.today < day <= self.today + timedelta(days=n) for day in ends)) for n in CONVERSIONS
        ]
        return [*counts, ("qua", over)]

    @cached_property
    def latest(self) -> QuerySet[Event]:
        """The last things recorded in scope."""
        rows = Event.objects.filter(within_scope(self.user.scope(), "dossier__branch__"))
        return rows.select_related("dossier__candidate", "by").order_by("-at", "-pk")[:6]


def ending_probation(rows: DossierQuerySet, asked: str, on: date) -> DossierQuerySet:
    """`rows` whose probation ends within `asked` days of `on` ("90"), or has ended ("qua")."""
    rows = rows.filter(state=State.PROBATIONARY)
    if asked == "qua":
        return rows.filter(probation_ends_on__lte=on)
    return rows.filter(probation_ends_on__gt=on, probation_ends_on__lte=on + timedelta(days=int(asked)))
