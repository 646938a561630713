"""What the page of one review shows: what the form asks, with its defaults, and the figures beside it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.choices import Proposal
from admissions.models import Dossier
from admissions.rules import document_numbers
from admissions.rules.as_corrected import amend_events
from admissions.states import State
from branches.models import Organisation
from notation.dates import add_months, dmy, today
from oversight.branch_figures import BranchFigures, figures_on, suggest_assessment
from oversight.models import Difficulty, Review, Task
from oversight.pages.review_words import summarise_review
from oversight.review_periods import ReviewPeriod
from reports import links, periods
from reports.models import MembershipMovement

SYMBOL = "NQ/CB"
"""The symbol of a branch's resolution, whose next number is offered."""
RECENT = 12
"""How many of the branch's last reviews tell how often a difficulty was ticked."""
NEW_TASKS = 3
"""How many new tasks can be written down at once; saved, the page offers as many again."""


@dataclass(frozen=True)
class Asked:
    """A task that the meeting is asked about."""

    task: Task

    @property
    def key(self) -> str:
        return f"task-{self.task.pk}"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone on the list. `said` is the proposal and `reason` its reason as saved; `fixed` says why nothing can be
    proposed for them here, "" when it can."""

    dossier: Dossier
    said: str = ""
    reason: str = ""
    fixed: str = ""

    @property
    def key(self) -> str:
        return f"person-{self.dossier.pk}"

    @property
    def reason_key(self) -> str:
        return f"reason-{self.dossier.pk}"

    @property
    def name(self) -> str:
        return self.dossier.person.full_name

    @property
    def state(self) -> tuple[str, str]:
        """(mark, words) of how far they are on the way to an application."""
        if self.dossier.permitted_on:
            return "half", _("được làm thủ tục từ %(day)s") % {"day": dmy(self.dossier.permitted_on)}
        if self.dossier.certified_on:
            return "ok", _("có GCN ngày %(day)s") % {"day": dmy(self.dossier.certified_on)}
        if self.dossier.class_agreed_on:
            return "wait", _("được cử học từ %(day)s") % {"day": dmy(self.dossier.class_agreed_on)}
        return "wait", _("chưa cử học")


@dataclass(frozen=True)
class Ticked:
    """A difficulty to tick, whether it is ticked, and in how many of the last reviews it was."""

    row: Difficulty
    ticked: bool
    count: int

    @property
    def key(self) -> str:
        return f"difficulty-{self.row.pk}"


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """A line of the tasks given: one that is there, or an empty one."""

    key: str
    what: str = ""
    who: str = ""
    before: date | None = None
    task: Task | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """What the form of `unit` for `period` asks; `review` None while there is none. `former` is the one before it."""

    unit: Organisation
    period: ReviewPeriod
    review: Review | None
    former: Review | None
    figures: BranchFigures
    on: date
    tasks: list[Asked]
    people: list[Person]
    difficulties: list[Ticked]
    given: list[TaskRow]
    helpers: list[str]

    @property
    def version(self) -> int:
        return self.review.version if self.review else 0

    @property
    def suggestion(self) -> tuple[str, str]:
        """(assessment, its reasons)."""
        return suggest_assessment(self.figures)

    @property
    def suggestion_label(self) -> str:
        return str(Review.Assessment(self.suggestion[0]).label)

    @property
    def number(self) -> str:
        """The number of the resolution: as saved, or the next one of the branch."""
        if self.review and self.review.number:
            return self.review.number
        return document_numbers.propose_number(self.unit, SYMBOL, self.on)

    @property
    def meeting(self) -> dict[str, object]:
        """{field: value} of the meeting: as saved, or the members known and as many present as last time."""
        if self.review:
            names = ("held_on", "members", "present", "score")
            return {name: getattr(self.review, name) for name in names}
        members = _members(self.unit) or (self.former and self.former.members)
        present = min(self.former.present, members) if self.former and members else members
        return {"held_on": self.on, "members": members, "present": present, "score": None}


def review_page(unit: Organisation, period: ReviewPeriod, review: Review | None) -> ReviewPage:
    """The `ReviewPage` of a branch and a period that has begun."""
    on = review.held_on if review else min(today(), period.last)
    months = Review.objects.filter(unit=unit, kind=Review.Kind.MONTH, first__lt=period.first)
    recent = list(months.order_by("-first").prefetch_related("difficulties")[:RECENT])
    within = list(Review.objects.filter(unit=unit).months_between(period.first, period.last))
    former = recent[0] if recent and period.is_month else within[0] if within else None
    return ReviewPage(
        unit=unit,
        period=period,
        review=review,
        former=former,
        figures=BranchFigures.from_json(review.figures) if review else figures_on(unit, on),
        on=on,
        tasks=_tasks(unit, review, on) if period.is_month else [],
        people=_people(unit, review, on) if period.is_month else [],
        difficulties=_difficulties(review, recent, within if not period.is_month else recent[:1]),
        given=_given(review, period) if period.is_month else [],
        helpers=_helpers(unit),
    )


def _tasks(unit, review, on):
    """The tasks to ask about: those open at the meeting that it did not give itself, and those reported at it."""
    rows = Task.objects.filter(unit=unit)
    asked = Q(pk__in=rows.open())
    if review:
        asked = (asked & ~Q(review=review)) | Q(reports__review=review)
    rows = rows.filter(asked).distinct().select_related("review", "visit")
    return [Asked(task) for task in rows]


def _people(unit, review, on):
    """The people on the list, with what was said of them."""
    rows = Dossier.objects.filter(branch=unit, state=State.LISTED, listed_on__lte=on)
    said = {row.dossier_id: row for row in review.people.all()} if review else {}
    people = []
    for dossier in rows.for_list().by_name().prefetch_related("events"):
        row, sent = said.get(dossier.pk), _sent(dossier, review)
        if sent or dossier.proposal:
            what = str(Proposal(sent or dossier.proposal).label)
            day = review.held_on if sent else dossier.proposed_on
            fixed = _("đã đề nghị %(day)s: %(what)s") % {"what": what, "day": dmy(day)}
            people.append(Person(dossier=dossier, said=sent, fixed=fixed))
        else:
            kept = row if row and not row.proposal else None
            people.append(Person(dossier=dossier, reason=kept.words if kept else ""))
    return people


def _sent(dossier, review):
    """The proposal that `review` sent and nobody took back, "" without one."""
    for event in amend_events(dossier.events.all()) if review else ():
        if event.action == "propose_source" and event.on == review.held_on:
            return event.facts["what"]
    return ""


def _difficulties(review, recent, like):
    """The difficulties to tick; without a review those of the reviews `like` are ticked."""
    counts = Counter(row.pk for one in recent for row in one.difficulties.all())
    source = [review] if review else like
    ticked = {row.pk for one in source for row in one.difficulties.all()}
    rows = Difficulty.objects.filter(Q(active=True) | Q(pk__in=ticked))
    named = {row.pk for row in rows if row.pk in ticked and not row.nothing}
    return [
        Ticked(row, row.pk in ticked and not (row.nothing and named), 0 if row.nothing else counts[row.pk])
        for row in rows
    ]


def _given(review, period):
    """The tasks that the review gave, and empty lines, due on the 20th of the month after."""
    before = add_months(period.first, 1).replace(day=20)
    rows = [
        TaskRow(key=f"given-{task.pk}", what=task.what, who=task.who, before=task.before, task=task)
        for task in (review.tasks.all() if review else ())
    ]
    return [*rows, *(TaskRow(key=f"given-new{n}", before=before) for n in range(NEW_TASKS))]


def _members(unit):
    """How many members the branch had at the end of the last quarter that is known, None without one."""
    rows = MembershipMovement.objects.filter(branch=unit).order_by("-year", "-quarter")
    return rows.values_list("end", flat=True).first()


def _helpers(unit):
    """Names offered for who does a task: those who help candidates, who had tasks before, who hold a post."""
    dossiers = Dossier.objects.filter(branch=unit, state=State.LISTED).exclude(helper="")
    names = [
        *User.objects.filter(posts__unit=unit, is_active=True).values_list("full_name", flat=True),
        *Task.objects.filter(unit=unit).order_by("-pk").values_list("who", flat=True)[:20],
        *dossiers.values_list("helper", flat=True)[:20],
    ]
    return list(dict.fromkeys(names))


# Beside the form


def figure_lines(page: ReviewPage) -> list[tuple[str, int | None, str]]:
    """[(label, number, address of its people)] of the frozen figures."""
    found, unit, on = page.figures, page.unit, page.on
    year = periods.year_period(found.year)
    return [
        (found.quota_words, found.quota, links.quotas_url(unit, year) if found.quota else ""),
        (
            _("Đã kết nạp %(year)d") % {"year": found.year},
            found.admitted,
            links.figure_url(unit, periods.any_days(year.first, on)),
        ),
        (_("Nguồn"), found.sources, people_url(unit, on, "sources")),
        (_("Chờ lớp, chờ GCN"), found.waiting, people_url(unit, on, "waiting")),
        (_("Đang làm hồ sơ"), found.under_way, people_url(unit, on, "under_way")),
    ]


def people_url(unit: Organisation, day: date, figure: str) -> str:
    """The people that `figure` counts at `unit` as at `day`."""
    return f"{reverse('oversight:people')}?don-vi={unit.pk}&ngay={day:%Y-%m-%d}&so={figure}"


def months_of(page: ReviewPage) -> list[tuple[ReviewPeriod, Review | None, str]]:
    """[(month, its review, what it said)] of a quarter; nothing for a month."""
    if page.period.is_month:
        return []
    rows = Review.objects.filter(unit=page.unit).months_between(page.period.first, page.period.last)
    found = {row.first: row for row in rows.prefetch_related("difficulties", "people")}
    return [
        (month, found.get(month.first), summarise_review(found[month.first]) if month.first in found else "")
        for month in page.period.months
        if month.first <= today()
    ]


def earlier_reviews(page: ReviewPage, most: int = 6) -> list[tuple[Review, str]]:
    """[(review, what it said in a sentence)] of the months before, the latest first."""
    rows = Review.objects.filter(unit=page.unit, kind=Review.Kind.MONTH, first__lt=page.period.first)
    rows = rows.order_by("-first").prefetch_related("difficulties", "people")
    return [(row, summarise_review(row)) for row in rows[:most]]
