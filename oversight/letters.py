"""The verbs of letters to units behind their plan: ask why, and answer with milestones that become tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused
from branches.hand_over import Handed, HandingOver, move_rows
from branches.models import Organisation
from branches.successions import describe_absence, units_after
from notation.dates import dmy, today
from notation.vietnamese import clean
from oversight.models import Explanation, ExplanationRequest
from oversight.tasks import assign_task
from reports.periods import Period
from reports.quotas import attainment


@dataclass(frozen=True)
class Milestone:
    """One work item of an answer: `who` does `what` before the day `before`."""

    what: str
    who: str
    before: date | None


def may_ask(user: User, unit: Organisation) -> bool:
    """Whether `user` asks the units directly under `unit` to explain: who oversees it, or its base committee."""
    return not unit.is_branch and (user.may(Permission.OVERSEE, unit) or user.may(Permission.BASE_WORK, unit))


def may_explain(user: User, asked: ExplanationRequest) -> bool:
    """Whether `user` answers for the unit that was asked: its committee, or staff who record what came on paper.

    Once the unit has ended its heirs may; the letter is passed on to one of them first (`passing_on`).
    """
    permission = Permission.BRANCH_WORK if asked.unit.is_branch else Permission.BASE_WORK
    heirs = units_after(asked.unit, today()) if asked.unit.ended_before(today()) else []
    return any(user.may(permission, unit) for unit in (asked.unit, *heirs))


@transaction.atomic
def ask_explanations(
    above: Organisation,
    units: Iterable[Organisation],
    period: Period,
    *,
    number: str,
    on: date,
    due: date | None,
    by: User,
) -> list[ExplanationRequest]:
    """Ask `units`, directly under `above`, why they are behind their quota of `period`; the figures stay as they are.

    Raises `Refused` with sentences by field ("units", "number", "on", "due"), `PermissionDenied`.
    """
    if not may_ask(by, above):
        raise PermissionDenied
    rows, number = list(units), clean(number)
    lines = {line.unit.pk: line for line in attainment.unit_and_children(above, period)[1]}
    wrong = _check_letter(rows, lines, number=number, on=on, due=due)
    former = ExplanationRequest.objects.filter(unit__in=rows, first=period.first, last=period.last)
    if not wrong and (asked := former.filter(number=number).first()):
        words = _("Công văn số %(number)s đã hỏi %(unit)s về kỳ này.")
        wrong["number"] = words % {"number": number, "unit": asked.unit.title}
    if wrong:
        raise Refused(wrong)
    letter = {"number": number, "on": on, "due": due or on, "by": by}
    made = [_write_letter(lines[unit.pk], period, letter) for unit in rows]
    names = ", ".join(unit.short_name for unit in rows)
    log_change(by, f"Công văn {number} yêu cầu giải trình {period}: {names}")
    return made


def _write_letter(line, period, letter):
    facts = {"quota": line.quota or 0, "reached": line.admitted, **letter}
    return ExplanationRequest.objects.create(unit=line.unit, first=period.first, last=period.last, **facts)


def _check_letter(units, lines, *, number, on, due):
    wrong = {}
    if not units:
        wrong["units"] = _("Chọn ít nhất một đơn vị.")
    for unit in units:
        line = lines.get(unit.pk)
        if line is None:
            wrong["units"] = _("%(unit)s không thuộc danh sách này.") % {"unit": unit.title}
        elif not line.quota or line.gap >= 0:
            words = _("%(unit)s không thiếu so với chỉ tiêu của kỳ này.")
            wrong["units"] = words % {"unit": unit.title}
    if not number:
        wrong["number"] = _("Ghi số công văn.")
    if on > today():
        wrong["on"] = _("Văn bản không thể ghi ngày sau hôm nay.")
    if due is None:
        wrong["due"] = _("Ghi hạn trả lời.")
    elif due <= on:
        words = _("Hạn trả lời %(due)s không sau ngày công văn (%(on)s).")
        wrong["due"] = words % {"due": dmy(due), "on": dmy(on)}
    return wrong


@transaction.atomic
def answer_explanation(
    asked: ExplanationRequest,
    *,
    on: date,
    carried_out: str,
    causes: str,
    still: int,
    measures: str,
    supervisor: str = "",
    milestones: Iterable[Milestone] = (),
    by: User,
) -> Explanation:
    """The answer of the unit to a letter, once; each milestone becomes a task of the unit.

    Raises `Refused` with sentences by field (a milestone's as "what_<n>", "who_<n>", "before_<n>"),
    `PermissionDenied`.
    """
    asked = ExplanationRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=asked.pk)
    if not may_explain(by, asked):
        raise PermissionDenied
    rows = list(milestones)
    wrong = _check_answer(asked, on=on, still=still, milestones=rows)
    if wrong:
        raise Refused(wrong)
    answer = Explanation.objects.create(
        request=asked,
        on=on,
        carried_out=carried_out.strip(),
        causes=causes.strip(),
        still=still,
        measures=measures.strip(),
        supervisor=clean(supervisor),
        by=by,
    )
    _assign_milestones(asked.unit, rows, answer, by)
    log_change(by, f"Giải trình của {asked.unit.title}, công văn {asked.number}")
    return answer


def _assign_milestones(unit, rows, answer, by):
    for n, row in enumerate(rows):
        facts = {"what": row.what, "who": row.who, "before": row.before, "on": answer.on}
        try:
            assign_task(unit, **facts, by=by, explanation=answer)
        except Refused as refusal:
            raise Refused({f"{name}_{n}": said for name, said in refusal.message_dict.items()}) from refusal


def _check_answer(asked, *, on, still, milestones):
    wrong = {}
    if Explanation.objects.filter(request=asked).exists():
        wrong["on"] = _("Đơn vị đã trả lời công văn này.")
    elif asked.unit.ended_before(today()):
        wrong["on"] = describe_absence(asked.unit, today())
    elif on > today():
        wrong["on"] = _("%(day)s chưa tới.") % {"day": dmy(on)}
    elif on < asked.on:
        wrong["on"] = _("Trả lời ghi ngày trước công văn (%(day)s).") % {"day": dmy(asked.on)}
    if not milestones:
        wrong["what_0"] = _("Ghi ít nhất một việc có mốc thời gian.")
    return wrong


def hand_over_requests(handing: HandingOver, *, by: User) -> list[Handed]:
    """Letters that a unit had not answered when it ended go to its only heir; with several heirs they stay until
    somebody passes them on (`passing_on`)."""
    rows = ExplanationRequest.objects.filter(unit__in=[*handing.units], answer=None)
    facts = {
        "what": "letters",
        "label": _("Giải trình chờ trả lời"),
        "how": _("đơn vị mới trả lời, hạn không đổi"),
    }
    return [move_rows(handing, rows, **facts)]
