"""What a plan leaves open and somebody chooses: remembered, and answered by whoever may, also later."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from branches.drafts import may_change_plan
from branches.hand_over import Asking
from branches.models import Choice, Organisation, Reorganisation
from branches.reorganisation.layout import Layout, draw_layout
from branches.reorganisation.new_unit import heir_key
from branches.reorganisation.outcome import Question
from notation.dates import dmy, now
from notation.vietnamese import clean

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

MOST = 1_000_000
"""No number that is asked for is greater."""


def gather_questions(plan: Reorganisation, layout: Layout) -> list[Question]:
    """Everything that `layout` and the apps above leave open, with who answered; what blocks comes first."""
    chosen = {row.key: row for row in plan.choices.select_related("by")}
    asking = Asking(
        on=plan.day,
        split={
            pk: [(heir_key(heir), heir.title) for heir in heirs]
            for pk, heirs in layout.heirs.items()
            if len(heirs) > 1
        },
        merged=_merged(layout),
        answers={key: row.answer for key, row in chosen.items()},
    )
    questions = [*layout.questions]
    for name in settings.ASKED_BY:
        questions += import_string(name)(asking)
    found = []
    for question in questions:
        row = chosen.get(question.key)
        if row is not None and question.answer is not None:
            question = replace(question, answered_by=str(row.by), answered_at=dmy(row.at))
        found.append(question)
    return sorted(found, key=lambda one: (not one.is_open, not one.blocking))


def _merged(layout):
    """{how answers name an heir: (its title, the units it takes over from)} of the heirs of several units."""
    found: dict[str, tuple[str, list[int]]] = {}
    for unit in layout.ends:
        for heir in layout.heirs[unit.pk]:
            found.setdefault(heir_key(heir), (heir.title, []))[1].append(unit.pk)
    return {key: row for key, row in found.items() if len(row[1]) > 1}


def list_questions(plan: Reorganisation) -> list[Question]:
    """Everything that `plan` leaves open, with what was chosen; those that block first.

    Of a plan that was carried out, those of its carrying out.
    """
    if plan.is_open:
        return gather_questions(plan, draw_layout(plan))
    chosen = {row.key: row for row in plan.choices.select_related("by")}
    found = []
    for data in plan.result.get("questions", ()):
        question = Question(**data | {"choices": [tuple(choice) for choice in data["choices"]]})
        row = chosen.get(question.key)
        if row is not None:
            facts = {"answer": row.answer, "answered_by": str(row.by), "answered_at": dmy(row.at)}
            question = replace(question, **facts)
        found.append(question)
    return found


def choose(plan: Reorganisation, key: str, answer: Any, *, by: "_User") -> Choice:
    """Remember `answer` to the question `key`; of a plan that was carried out it is carried out at once.

    Raises `ValidationError` where there is no such question or the answer is none of its choices, `PermissionDenied`.
    """
    if not may_change_plan(by, plan):
        raise PermissionDenied
    with transaction.atomic():
        row = Reorganisation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
        if not row.is_open and row.state != Reorganisation.State.DONE:
            raise ValidationError(_("Kế hoạch này %(state)s.") % {"state": row.get_state_display()})
        question = next((one for one in list_questions(row) if one.key == key), None)
        if question is None:
            raise ValidationError(_("Kế hoạch không hỏi điều này."))
        if not row.is_open and not question.is_open:
            raise ValidationError(_("Việc này đã chọn xong."))
        answer = check_answer(question, answer)
        facts = {"answer": answer, "by": by, "at": now()}
        choice, _new = Choice.objects.update_or_create(plan=row, key=key, defaults=facts)
        Reorganisation.objects.filter(pk=row.pk).update(version=row.version + 1)
        if not row.is_open:
            _finish(row, key, answer, by)
    plan.refresh_from_db()
    return choice


def _finish(plan, key, answer, by):
    """Carry out what was chosen after the plan was carried out."""
    heir = Organisation.objects.filter(pk=plan.result.get("heirs", {}).get(answer)).first()
    of_heir = Organisation.objects.filter(pk=plan.result.get("heirs", {}).get(key.partition(":")[2])).first()
    for name in settings.FINISHED_BY:
        import_string(name)(plan, key, answer, heir=heir or of_heir, by=by)


def check_answer(question: Question, answer: Any) -> Any:
    """`answer` as it is kept. Raises `ValidationError`."""
    values = [value for value, _label in question.choices]
    if question.kind == "choose":
        if answer not in values:
            raise ValidationError(_("Chọn một trong các câu trả lời."))
        return answer
    if question.kind == "text":
        if not clean(str(answer or "")):
            raise ValidationError(_("Ghi câu trả lời."))
        return clean(str(answer))[:120]
    try:
        numbers = {value: int((answer or {}).get(value) or 0) for value in values}
    except (TypeError, ValueError, AttributeError) as error:
        raise ValidationError(_("Ghi một số nguyên từ 0 cho mỗi đơn vị.")) from error
    if any(not 0 <= number <= MOST for number in numbers.values()):
        raise ValidationError(_("Ghi một số nguyên từ 0 cho mỗi đơn vị."))
    if question.total is not None and sum(numbers.values()) != question.total:
        words = _("Cộng lại phải là %(total)d, đang là %(sum)d.")
        raise ValidationError(words % {"total": question.total, "sum": sum(numbers.values())})
    return numbers
