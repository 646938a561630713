"""The reviews of the demonstration's branches: a year of two of them, three months of Trung Nguyên, some of the others.

All is invented. What a branch finds follows from its figures, as the page suggests it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from accounts.models import User
from admissions.choices import Proposal
from admissions.models import Dossier
from admissions.rules import document_numbers
from branches.models import Organisation
from demo.moments import office_hour
from demo.units import District
from notation.dates import add_months, today
from oversight.branch_figures import figures_on, suggest_assessment
from oversight.models import Difficulty, Task
from oversight.pages.review import SYMBOL
from oversight.review_periods import ReviewPeriod, month_of
from oversight.reviews import KEEP, Answers, Given, remind_branches, save_review
from reports.models import MembershipMovement

SEED = 1103
HOME = "Trung Nguyên"
LONG = ("Tân Nguyên", "Trường Thư")
"""Branches with a year of reviews."""
LAST = date(2017, 2, 1)
NOT_YET = ("Tân Nguyên", "Trường Thư", "Xuân Chiếm")
"""Branches of Trung Nguyên that have not sent the last month's."""
TASKS = (
    "Cử 1 người học lớp nhận thức",
    "Gặp đoàn viên đi làm xa về ăn Tết",
    "Họp với chi đoàn về giới thiệu người",
    "Hướng dẫn viết đơn, lý lịch",
    "Phân công đảng viên giúp đỡ người trong danh sách",
)
WHO = ("Bí thư chi bộ", "Phó bí thư chi bộ", "Chi ủy viên phụ trách")
WORDS = ("", "", "Thanh niên trong thôn phần lớn làm ca ở khu công nghiệp.", "Chi đoàn mới kiện toàn.")


def tell_reviews(district: District, users: dict[str, User]) -> None:
    """Write the reviews month by month, and the reminders of the last one."""
    random = Random(SEED)  # noqa: S311 - a demonstration, not a secret
    named = list(Difficulty.objects.filter(nothing=False))
    nothing = Difficulty.objects.get(nothing=True)
    members = dict(MembershipMovement.objects.order_by("year", "quarter").values_list("branch", "end"))
    for unit, period in plan_reviews(district):
        number = members.get(unit.pk, 15)
        _tell_one(random, unit, period, number, [named, nothing], users["district"])
    left = [district.branches[HOME, name] for name in NOT_YET[1:]]
    remind_branches(left, month_of(LAST), by=users["trung-nguyen"], at=office_hour(today(), 4))


def plan_reviews(district: District) -> Iterator[tuple[Organisation, ReviewPeriod]]:
    """Which branch reviews which month, in the order of the months."""
    for back in range(12, -1, -1):
        period = month_of(add_months(LAST, -back))
        for place, ((base, name), unit) in enumerate(sorted(district.branches.items())):
            if not unit.exists_on(period.last):
                continue
            if base == HOME:
                said = name in LONG or back < 3
                if said and not (back == 0 and name in NOT_YET):
                    yield unit, period
            elif (back == 1 and place % 7 == 0) or (back == 0 and place % 10 == 0):
                yield unit, period


def _tell_one(random, unit, period, members, difficulties, by):
    on = period.first + timedelta(days=random.randint(20, 25))
    named, nothing = difficulties
    ticked = random.sample(named, random.choice((0, 1, 1, 2))) or [nothing]
    number = document_numbers.propose_number(unit, SYMBOL, on)
    people = _people(random, unit, on, period.first == LAST)
    answers = Answers(
        held_on=on,
        members=members,
        present=members - random.randint(0, members // 5),
        score=random.randint(76, 95) if random.random() < 0.7 else None,
        assessment=suggest_assessment(figures_on(unit, on))[0],
        difficulties=ticked,
        words=random.choice(WORDS),
        number=number if any(what != KEEP for what, _why in people.values()) else "",
        people=people,
        tasks={task: random.choice(("done", "done", "doing")) for task in _asked(unit, on)},
        given=_given(random, on) if unit.parent and unit.parent.name == HOME else (),
    )
    save_review(unit, period, answers, by=by, at=office_hour(on, random.randint(0, 20)))


def _people(random, unit, on, may_propose):
    """What is said of the people who were on the list by then; at the end some of Trung Nguyên are proposed."""
    rows = Dossier.objects.filter(branch=unit, state="listed", state_since__lte=on, proposal="")
    proposes = may_propose and unit.parent and unit.parent.name == HOME
    return {
        row: (Proposal.CLASS if proposes and not row.certified_on and random.random() < 0.5 else KEEP, "")
        for row in rows.order_by("pk")
    }


def _asked(unit, on):
    return Task.objects.filter(unit=unit, review__held_on__lt=on).open()


def _given(random, on):
    if random.random() < 0.4:
        return ()
    before = on + timedelta(days=random.randint(20, 45))
    facts = {"what": random.choice(TASKS), "who": random.choice(WHO), "before": before}
    return (Given(key="given-0", **facts),)
