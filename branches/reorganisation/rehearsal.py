"""Carry a plan out and roll it back: what the page shows before is what the act does."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.models import Reorganisation
from branches.reorganisation.carry_out import write_plan
from branches.reorganisation.drawing import draw_trees
from branches.reorganisation.layout import draw_layout
from branches.reorganisation.outcome import Rehearsal
from branches.reorganisation.questions import gather_questions
from notation.dates import now

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def rehearse(plan: Reorganisation, *, by: "_User") -> Rehearsal:
    """What carrying `plan` out now would do; nothing of it stays. Raises `PermissionDenied`.

    What an app above refuses is a problem of the plan.
    """
    try:
        with transaction.atomic():
            row = Reorganisation.objects.select_related("unit").get(pk=plan.pk)
            done = write_plan(row, by=by)
            transaction.set_rollback(True)
            return done
    except ValidationError as refusal:
        layout = draw_layout(plan)
        return Rehearsal(
            at=now().isoformat(timespec="minutes"),
            tree=draw_trees(plan, layout),
            questions=gather_questions(plan, layout),
            problems=[*layout.problems, *refusal.messages],
            units=[unit.title for unit in layout.tops],
        )
