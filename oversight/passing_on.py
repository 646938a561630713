"""What a unit that ended left to several heirs: its heirs and the level above see it, and pass it on to one of them."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused
from branches.models import Organisation
from branches.successions import units_after
from notation.dates import today
from oversight.letters import may_explain
from oversight.models import ExplanationRequest, Task, TaskReport
from oversight.tasks import may_give


def heirs_of(unit: Organisation, day: date) -> list[Organisation]:
    """The units that took over from `unit`, which had ended by `day`; none while it stands."""
    return units_after(unit, day) if unit.ended_before(day) else []


@transaction.atomic
def pass_on_task(task: Task, heir: Organisation, *, by: User) -> None:
    """Give an open task of a unit that ended to `heir`, one of its successors; a report keeps where it came from.

    Raises `Refused` with sentences by field ("heir"), `PermissionDenied`.
    """
    row = Task.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task.pk)
    if not may_give(by, row.unit):
        raise PermissionDenied
    if row.state == Task.State.DONE:
        raise Refused({"heir": _("Việc đã xong, không phải chuyển.")})
    _require_heir(row.unit, heir)
    last = row.reports.last()
    words = f"{row.unit.title} đã kết thúc; giao {heir.title}."
    on = max(today(), last.on) if last else today()
    TaskReport.objects.create(task=row, on=on, state=row.state, words=words[:300], by=by)
    row.unit = heir
    row.save(update_fields=["unit"])
    task.unit = heir


@transaction.atomic
def pass_on_letter(asked: ExplanationRequest, heir: Organisation, *, by: User) -> None:
    """Let `heir`, a successor of the unit that was asked and ended, answer a letter. Raises as `pass_on_task` does."""
    row = ExplanationRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=asked.pk)
    if not (may_explain(by, row) or by.may(Permission.OVERSEE, row.unit)):
        raise PermissionDenied
    if hasattr(row, "answer"):
        raise Refused({"heir": _("Công văn đã có trả lời, không phải chuyển.")})
    _require_heir(row.unit, heir)
    same = ExplanationRequest.objects.filter(unit=heir, first=row.first, last=row.last, number=row.number)
    if same.exists():
        raise Refused({"heir": _("%(unit)s đã được hỏi bằng công văn này.") % {"unit": heir.title}})
    log_change(by, f"Công văn {row.number}: {row.unit.title} đã kết thúc, chuyển {heir.title} trả lời")
    row.unit = heir
    row.save(update_fields=["unit"])
    asked.unit = heir


def _require_heir(unit, heir):
    if heir not in heirs_of(unit, today()):
        words = _("%(heir)s không kế tục %(unit)s.")
        raise Refused({"heir": words % {"heir": heir.title, "unit": unit.title}})
