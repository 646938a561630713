"""What a class came to: its lists, what tells one from the next, and the same by unit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.choices import ClassStep, Grade
from admissions.classes import steps
from admissions.classes.waiting import list_waiting
from admissions.models import AwarenessClass, Dossier, Enrolment
from branches.models import Organisation
from notation.dates import today


@dataclass(frozen=True)
class Tally:
    """How many of a class are at each step; the lists are sums of them."""

    at: Counter[str]

    def count(self, *asked: ClassStep) -> int:
        return sum(self.at[step] for step in asked)

    @property
    def nominated(self) -> int:
        return self.count(*steps.NOMINATED)

    @property
    def approved(self) -> int:
        return self.count(*steps.APPROVED)

    @property
    def attended(self) -> int:
        return self.count(*steps.ATTENDED)

    @property
    def passed(self) -> int:
        return self.count(*steps.PASSED)

    @property
    def certified(self) -> int:
        return self.count(*steps.CERTIFIED)

    @property
    def declined(self) -> int:
        return self.count(ClassStep.DECLINED)

    @property
    def absent(self) -> int:
        return self.count(ClassStep.ABSENT)

    @property
    def unfinished(self) -> int:
        return self.count(*steps.UNFINISHED)

    @property
    def open(self) -> int:
        """Those about whom nothing is settled yet: to be checked, to attend, to be assessed."""
        return self.count(*steps.TO_CHECK, ClassStep.APPROVED, ClassStep.ATTENDED)

    @property
    def differing(self) -> int:
        return self.declined + self.absent + self.unfinished

    @property
    def arithmetic(self) -> str:
        """ "128 − 7 − 4 − 3 = 114", with what is still open as a term of its own."""
        less = [n for n in (self.declined, self.absent, self.unfinished, self.open) if n]
        return f"{' − '.join(map(str, [self.nominated, *less]))} = {self.passed}"


def is_learning(day: date) -> Q:
    """A condition on enrolments: on `day` the person is in a class that has begun and has no certificate of it yet."""
    begun = Q(awareness_class__first__lte=day, step__in=steps.LEARNING)
    return begun & (Q(certificate_on=None) | Q(certificate_on__gt=day))


def tell_learning(dossiers: Iterable[Dossier], day: date) -> dict[int, str]:
    """{primary key of a dossier: "Học khóa I năm 2017, chờ GCN"} of those who are in a class on `day`."""
    rows = Enrolment.objects.filter(is_learning(day), dossier__in=[row.pk for row in dossiers])
    words = _("Học %(course)s, chờ GCN")
    return {
        row.dossier_id: words
        % {"course": row.awareness_class.name[:1].lower() + row.awareness_class.name[1:]}
        for row in rows.select_related("awareness_class")
    }


def list_enrolments(course: AwarenessClass, user: User, key: str = "de-cu") -> QuerySet[Enrolment]:
    """The people of one list of `course` in the user's scope, by unit and name."""
    rows = Enrolment.objects.for_user(user).filter(awareness_class=course, step__in=steps.LISTS[key])
    return rows.by_unit()


def tally_class(course: AwarenessClass, user: User) -> Tally:
    """The class in the user's scope."""
    return tally_classes([course], user)[course.pk]


def tally_classes(courses: list[AwarenessClass], user: User) -> dict[int, Tally]:
    """{primary key: tally} of the classes in the user's scope, one statement."""
    counts: dict[int, Counter[str]] = {course.pk: Counter() for course in courses}
    rows = Enrolment.objects.for_user(user).filter(awareness_class__in=courses).order_by()
    for pk, step, n in rows.values_list("awareness_class", "step").annotate(n=Count("pk")):
        counts[pk][step] = n
    return {pk: Tally(at) for pk, at in counts.items()}


def count_grades(rows: QuerySet[Enrolment]) -> list[tuple[Grade, int]]:
    """[(grade, how many)] of those who passed, the best first."""
    passed = rows.filter(step__in=steps.PASSED).order_by()
    counts = dict(passed.values_list("grade").annotate(n=Count("pk")))
    return [(grade, counts[grade]) for grade in Grade if counts.get(grade)]


@dataclass
class UnitRow:
    """A unit's line: its part of the class as of then, and who waits there today."""

    unit: Organisation
    tally: Tally = field(default_factory=lambda: Tally(Counter()))
    waiting: int = 0


def tally_units(course: AwarenessClass | None, user: User, *, by_branch: bool) -> list[UnitRow]:
    """The units that nominated or where somebody waits, the longest queue first; branches `by_branch`."""
    level = "branch" if by_branch else "commune"
    at: dict[int, Counter[str]] = {}
    if course:
        rows = Enrolment.objects.for_user(user).filter(awareness_class=course).order_by()
        for pk, step, n in rows.values_list(level, "step").annotate(n=Count("pk")):
            at.setdefault(pk, Counter())[step] = n
    queue = list_waiting(user, today()).order_by().values_list(level).annotate(n=Count("pk"))
    waiting = dict(queue)
    units = Organisation.objects.in_bulk({*at, *waiting})
    lines = [UnitRow(unit, Tally(at.get(pk, Counter())), waiting.get(pk, 0)) for pk, unit in units.items()]
    return sorted(lines, key=lambda line: (-line.waiting, line.unit.place_in_tables, line.unit.pk))
