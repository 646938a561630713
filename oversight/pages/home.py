"""What is followed here: the reviews of the month, the difficulties of the quarter, the tasks."""

from dataclasses import dataclass

from branches.models import Organisation
from notation.dates import today
from oversight.models import Task
from oversight.pages import overview
from oversight.pages.tasks import count_tasks
from oversight.review_periods import ReviewPeriod, month_of

MONTHS = 6
"""How many months of a branch are shown."""


@dataclass(frozen=True)
class Home:
    """The month's reviews of a unit, the difficulties of its quarter, its tasks by the keys of `tasks.FILTERS`; of a
    branch its last months."""

    month: ReviewPeriod
    reviews: overview.Overview
    difficulties: list[overview.DifficultyLine]
    tasks: dict[str, int]
    months: list[overview.BranchLine]


def home_page(unit: Organisation) -> Home:
    month, months = month_of(today()), []
    if unit.is_branch:
        period = month
        for _n in range(MONTHS):
            if unit.exists_on(min(period.last, today())):
                months += overview.branch_lines([unit], period)
            period = period.before
    return Home(
        month=month,
        reviews=overview.review_overview(unit, month),
        difficulties=overview.count_difficulties(unit, month.quarter),
        tasks=count_tasks(Task.objects.under_or_left(unit), today()),
        months=months,
    )
