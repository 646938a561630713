"""Why decisions are late and dossiers were returned: one main reason each, so that the reasons add up.

The main reason of a late decision is what somebody noted of it (`note_delay`). Otherwise it follows from the events:
where the dossier lay for the most working days between the branch's resolution and the decision, or today. A reason
that is not in the catalogue counts as another one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Q

from admissions.models import Dossier, Event, Reason
from admissions.models.dossier import DossierQuerySet
from admissions.rules import lateness
from admissions.rules.as_corrected import CORRECT, TAKE_BACK, amend_events
from admissions.rules.working_days import Calendar, NoCalendar
from notation.dates import today
from reports.periods import Period

DERIVED = {
    "returned": "Hồ sơ phải trả lại, bổ sung",
    "held": "Nơi khác trả lời thẩm tra chậm",
    "standing": "Kỳ họp Ban Thường vụ lùi",
    "base": "Đảng ủy cơ sở gửi muộn",
    "appraisal": "Ban Tổ chức thẩm định lâu",
}
"""{where a dossier lay: the reason in the words of the catalogue}, so that what is noted and what follows add up."""

OTHER = "Lý do khác"
"""Written, as the words of the catalogue, in the language of the register."""

NOTED = "note_delay"
GIVEN_BACK = "give_back"


def limits_passed(row: Any, keys: Sequence[str], calendar: Calendar) -> tuple[tuple[int, ...], bool]:
    """(the lengths of the limits `keys` in working days, whether one of them was passed)."""
    clocks = [lateness.clock_of(row, key) for key in keys]
    lengths = tuple(clock.length for clock in clocks if clock)
    late = any(lateness.passed_limit(row, key, getattr(row, lateness.MET_BY[key]), calendar) for key in keys)
    return lengths, late


# Reasons of late decisions


def delay_reasons(late: Collection[int], calendar: Calendar) -> dict[str, list[int]]:
    """{reason: primary keys}, the most frequent first; each of the dossiers `late` under one reason.

    One that still waits for its decision lay there until today.
    """
    found: dict[str, list[int]] = defaultdict(list)
    names = _catalogue(Reason.Use.DELAY)
    days = dict(Dossier.objects.filter(pk__in=late).values_list("pk", "decided_on"))
    events = Event.objects.filter(dossier__in=late).order_by("dossier_id", "no")
    for pk, rows in groupby(events, key=attrgetter("dossier_id")):
        found[_main_delay([*rows], calendar, days[pk] or today(), names)].append(pk)
    without_events = set(late) - {pk for pks in found.values() for pk in pks}
    if without_events:
        found[OTHER] += sorted(without_events)
    return most_first(found)


def _main_delay(events, calendar, decided_on, names):
    noted = [event for event in amend_events(events) if event.action == NOTED]
    if noted:
        return main_reason(noted[-1].facts.get("reason", ""), names)
    try:
        return DERIVED.get(lateness.longest_stay(events, calendar, decided_on), OTHER)
    except NoCalendar:
        return OTHER


def _catalogue(use):
    """The words of the reasons of `use`, also of those that are offered no more; the longest first."""
    return sorted(Reason.objects.filter(use=use).values_list("text", flat=True), key=len, reverse=True)


def main_reason(words: str, names: Iterable[str]) -> str:
    """The reason of the catalogue `names` that `words` are, or begin with ("reason: more"); else `OTHER`."""
    return next((name for name in names if words == name or words.startswith(f"{name}: ")), OTHER)


def most_first(found: dict[str, list[int]]) -> dict[str, list[int]]:
    """{reason: primary keys} with the most frequent first, `OTHER` last."""
    return dict(sorted(found.items(), key=lambda item: (item[0] == OTHER, -len(item[1]), item[0])))


# Returns


@dataclass(frozen=True)
class Returns:
    """{reason: primary key of the dossier of each return}, the most frequent first."""

    by_reason: dict[str, list[int]]

    @property
    def times(self) -> int:
        return sum(map(len, self.by_reason.values()))

    @property
    def dossiers(self) -> int:
        return len({pk for pks in self.by_reason.values() for pk in pks})


def read_returns(rows: DossierQuerySet, period: Period | None) -> Returns:
    """The returns of the dossiers `rows` in `period`, or ever; read as corrected."""
    found: dict[str, list[int]] = defaultdict(list)
    names = _catalogue(Reason.Use.GIVE_BACK)
    returned = rows.filter(returns__gt=0).order_by().values("pk")
    kinds = Q(action__in=(GIVEN_BACK, CORRECT, TAKE_BACK))
    events = Event.objects.filter(kinds, dossier__in=returned).order_by("dossier_id", "no")
    for pk, own in groupby(events, key=attrgetter("dossier_id")):
        for event in amend_events(own):
            if event.action == GIVEN_BACK and (period is None or period.includes(event.on)):
                found[main_reason(event.facts.get("reason", ""), names)].append(pk)
    return Returns(most_first(found))
