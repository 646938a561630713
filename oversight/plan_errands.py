"""What of plans, letters and rewards is due to somebody on the day's page (`admissions.worklist.errands`)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.worklist.errands import Errand
from notation.dates import today
from oversight.letters import may_explain
from oversight.models import ExplanationRequest, Reward
from oversight.rewards import may_decide_reward


def list_plan_errands(user: User, day: date) -> list[Errand]:
    """Answers that are due and proposals to decide; the tasks of plans are among those of `errands`."""
    return [*_answers(user), *_proposals(user)]


def _answers(user: User) -> Iterator[Errand]:
    # Whoever asked waits; it is for the unit's own committee to write.
    if set(user.scope()) <= set(user.scope(Permission.OVERSEE)):
        return
    rows = ExplanationRequest.objects.for_user(user).filter(answer=None).select_related("unit__parent")
    for row in rows:
        url = reverse("oversight:letter", args=[row.pk])
        if row.unit.ended_before(today()) and (
            may_explain(user, row) or user.may(Permission.OVERSEE, row.unit)
        ):
            words = _("Chuyển công văn %(number)s cho đơn vị kế tục trả lời") % {"number": row.number}
            yield Errand(unit=row.unit.title, what=words, due=row.due, url=url)
        elif may_explain(user, row) and not user.may(Permission.OVERSEE, row.unit):
            words = _("Trả lời công văn %(number)s về chỉ tiêu") % {"number": row.number}
            yield Errand(unit=row.unit.title, what=words, due=row.due, url=url)


def _proposals(user: User) -> Iterator[Errand]:
    if not (user.may(Permission.BASE_WORK) or user.may(Permission.OVERSEE)):
        return
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
