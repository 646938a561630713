"""What of the year's work is due to somebody, for the page of the day (`admissions.worklist.errands`)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.worklist.errands import Errand
from oversight.letters import may_answer
from oversight.models import ExplanationRequest, Reward, Task
from oversight.rewards import may_decide_reward

AHEAD = timedelta(days=30)
"""How far ahead tasks are shown."""


def list_plan_errands(user: User, day: date) -> list[Errand]:
    """Answers that are due, proposals to decide, and tasks of plans and answers due within thirty days."""
    return [*_answers(user), *_proposals(user), *_tasks(user, day)]


def _answers(user: User) -> Iterator[Errand]:
    rows = ExplanationRequest.objects.for_user(user).filter(answer=None).select_related("unit__parent")
    # Whoever asked waits; it is for the unit's own committee to write.
    for row in rows:
        if may_answer(user, row) and not user.may(Permission.OVERSEE, row.unit):
            words = _("Trả lời công văn %(number)s về chỉ tiêu") % {"number": row.number}
            yield Errand(
                unit=row.unit.title, what=words, due=row.due, url=reverse("oversight:letter", args=[row.pk])
            )


def _proposals(user: User) -> Iterator[Errand]:
    rows = Reward.objects.for_user(user).filter(state=Reward.State.PROPOSED)
    for row in rows.select_related("unit__parent__parent"):
        if may_decide_reward(user, row):
            words = _("Quyết định đề nghị %(kind)s") % {"kind": row.get_kind_display().lower()}
            yield Errand(
                unit=row.unit.title,
                what=words,
                detail=row.reason,
                url=reverse("oversight:reward", args=[row.pk]),
            )


def _tasks(user: User, day: date) -> Iterator[Errand]:
    rows = Task.objects.for_user(user, Permission.OVERSEE) | Task.objects.for_user(user, Permission.BASE_WORK)
    rows = rows.open().filter(before__lte=day + AHEAD).exclude(plan=None, explanation=None)
    own = {post.unit_id for post in user.current_posts}
    for row in rows.select_related("unit").distinct():
        if row.unit_id in own:  # the level above reads them on the page of its plan
            yield Errand(
                unit=row.unit.title,
                what=row.what,
                detail=_("%(who)s làm") % {"who": row.who},
                due=row.before,
                url=reverse("oversight:plan_task", args=[row.pk]),
            )
