"""What changes of the tree ask of somebody: a plan that was held, and what may still be chosen of one carried out."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.worklist.errands import Errand
from branches.models import Reorganisation
from branches.reorganisation.questions import list_questions

State = Reorganisation.State


def list_reorganisation_errands(user: User, day: date) -> list[Errand]:
    """The held plans of `user`, and the plans of their units of which something is still to be chosen."""
    if not user.may(Permission.CHANGE_UNITS):
        return []
    plans = Reorganisation.objects.filter(state__in=(State.HELD, State.DONE)).select_related("unit", "owner")
    errands = []
    for plan in plans.order_by("day", "pk"):
        held = plan.state == State.HELD
        if plan.owner_id != user.pk and not user.may(Permission.CHANGE_UNITS, plan.unit):
            continue
        number = 0 if held else sum(question.is_open for question in list_questions(plan))
        if held or number:
            what = (
                _("Thay đổi tổ chức dừng lại chờ xem: %(title)s") if held else _("Còn phải chọn: %(title)s")
            )
            errands.append(
                Errand(
                    unit=plan.unit.title,
                    what=what % {"title": plan.title},
                    url=plan.get_absolute_url(),
                    due=plan.day if held else None,
                    detail=plan.held_because if held else _("%(n)d việc") % {"n": number},
                )
            )
    return errands
