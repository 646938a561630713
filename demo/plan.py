"""Who is admitted where and when: the published figures spread over branches, half-months and people.

Every margin is met by pairing shuffled lists, so that any seed reproduces the same totals.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from random import Random

from admissions.rules.working_days import Calendar
from demo.units import UNITS, plan_of_branches, silent_names

HALF_MONTHS = {
    2015: [1, 4, 8, 3, 7, 11, 5, 8, 14, 16, 10, 13, 4, 7, 11, 16, 16, 18, 14, 16, 22, 18, 19, 17],
    2016: [3, 6, 11, 5, 9, 15, 6, 9, 17, 21, 10, 12, 6, 8, 8, 14, 13, 12, 9, 12, 18, 16, 13, 15],
    2017: [2, 6, 9, 5],
}
"""Admissions by half-month of the decision."""

RURAL_BY_QUARTER = {2015: [13, 27, 30, 49], 2016: [28, 46, 36, 52], 2017: [13]}

TRUNG_NGUYEN_2016 = [
    ("Đông Lỗ 1", 2),
    ("Đông Lỗ 1", 19),
    ("Đông Lỗ 2", 7),
    ("Đông Lỗ 2", 20),
    ("Lạc Trung", 9),
    ("Mạnh Lân", 15),
    ("Tân Nguyên", 5),
    ("Tân Nguyên", 21),
    ("Thiệu Tổ 1", 10),
    ("Thiệu Tổ 1", 20),
    ("Thiệu Tổ 2", 15),
    ("Xuân Chiếm", 8),
    ("Xuân Chiếm", 22),
    ("Trường Mầm non", 9),
    ("Trường THCS", 11),
    ("Trường Tiểu học", 19),
]
TRUNG_NGUYEN_2017 = [("Đông Lỗ 1", 2), ("Tân Nguyên", 2), ("Trường Tiểu học", 1)]
"""Branch and half-month of Trung Nguyên's admissions."""

SESSIONS = {
    (2016, 9): 19,
    (2016, 11): 30,
    (2016, 15): 19,
    (2016, 20): 7,
    (2016, 22): 7,
    (2017, 1): 18,
    (2017, 2): 3,
}
"""Days of the standing committee's sessions where they are known; otherwise the 8th and the 22nd or so."""


@dataclass(frozen=True)
class Slot:
    """One admission to be: its unit, branch (by name), whether rural, and when."""

    unit: str
    branch: str
    rural: bool
    year: int
    half: int

    @property
    def in_q4(self):
        return self.half >= 18


def day_of_session(year: int, half: int, calendar: Calendar) -> date:
    """The working day of the half-month on which the standing committee decides."""
    day = SESSIONS.get((year, half), 22 if half % 2 else 8)
    return calendar.next_working(date(year, half // 2 + 1, day))


def plan_admissions(random: Random) -> list[Slot]:
    """All admissions of 2015, 2016 and 2017, in order of time."""
    fixed = {
        2016: [("Trung Nguyên", branch, half) for branch, half in TRUNG_NGUYEN_2016],
        2017: [("Trung Nguyên", branch, half) for branch, half in TRUNG_NGUYEN_2017],
    }
    rural = {(u.name, name): is_rural for u in UNITS for name, _, is_rural in plan_of_branches(u)}
    found, turn = [], _Turns(random)
    for year in (2015, 2016, 2017):
        chosen = [(unit, branch, rural[unit, branch], half) for unit, branch, half in fixed.get(year, [])]
        found += [Slot(unit, branch, is_rural, year, half) for unit, branch, is_rural, half in chosen]
        for unit, is_rural, half in sorted(_pairs(year, chosen, random), key=lambda pair: pair[2]):
            found.append(Slot(unit, turn.next(unit, is_rural, year, half), is_rural, year, half))
    return sorted(found, key=lambda slot: (slot.year, slot.half, slot.unit, slot.branch))


class _Turns:
    """Gives the branches of a unit their turn, so that each that is not silent admits someone."""

    def __init__(self, random):
        self.queues = {}
        for unit in UNITS:
            for is_rural in (True, False):
                names = [
                    name
                    for name, _, branch_rural in plan_of_branches(unit)
                    if branch_rural == is_rural and name not in silent_names(unit)
                ]
                random.shuffle(names)
                self.queues[unit.name, is_rural] = names

    def next(self, unit, is_rural, year, half):
        queue = self.queues[unit, is_rural]
        name = queue.pop(0)
        queue.append(name)
        if name.startswith("Thiệu Tổ") and year == 2015:
            return "Thiệu Tổ"
        return name


def _pairs(year, chosen, random):
    """(unit, rural, half-month) for every admission of `year` but the chosen ones."""
    pairs = []
    for is_rural in (True, False):
        halves = _halves(year, is_rural)
        for _, _, chosen_rural, half in chosen:
            if chosen_rural == is_rural:
                halves[half] -= 1
        taken = Counter(
            (unit, half >= 18) for unit, _, chosen_rural, half in chosen if chosen_rural == is_rural
        )
        for late in (False, True) if year == 2016 else (None,):
            names = []
            for unit in UNITS:
                wanted = _wanted(unit, year, is_rural, late)
                gone = (
                    taken[unit.name, late]
                    if late is not None
                    else taken[unit.name, False] + taken[unit.name, True]
                )
                names += [unit.name] * (wanted - gone)
            times = [
                half for half, n in halves.items() for _ in range(n) if late is None or (half >= 18) == late
            ]
            random.shuffle(times)
            pairs += [(name, is_rural, half) for name, half in zip(names, times, strict=True)]
    return pairs


def _wanted(unit, year, is_rural, late):
    """How many admissions `unit` has in `year`, rural or not; for 2016 in its fourth quarter or before."""
    if year == 2015:
        total, rural = unit.admitted_2015, unit.rural_2015
    elif year == 2017:
        total, rural = unit.in_2017
    elif late:
        total, rural = unit.q4
    else:
        total, rural = unit.admitted - unit.q4[0], unit.rural - unit.q4[1]
    return rural if is_rural else total - rural


def _halves(year, is_rural):
    """{half-month: number} of rural (or other) admissions, each quarter's rural share spread by largest remainder."""
    counts = HALF_MONTHS[year]
    halves = defaultdict(int)
    for quarter, rural in enumerate(RURAL_BY_QUARTER[year]):
        span = range(quarter * 6, min(quarter * 6 + 6, len(counts)))
        total = sum(counts[half] for half in span)
        share = {half: counts[half] * rural // total for half in span}
        rest = sorted(span, key=lambda half: -(counts[half] * rural % total))
        for half in rest[: rural - sum(share.values())]:
            share[half] += 1
        for half in span:
            halves[half] = share[half] if is_rural else counts[half] - share[half]
    return halves
