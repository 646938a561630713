"""The verbs of a branch's review: save it, reopen it, score it from above, remind those who have not sent theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Activity, User
from accounts.roles import Permission
from admissions import workflow
from admissions.choices import Proposal
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier
from branches.models import Organisation
from branches.successions import describe_absence
from notation.dates import dmy, now, today
from notation.vietnamese import clean
from oversight.branch_figures import figures_on
from oversight.models import Difficulty, Review, ReviewReminder, Task
from oversight.review_periods import ReviewPeriod, period_of
from oversight.tasks import assign_task, check_task, report_task

KEEP = ""
"""Nothing is proposed for a person: they stay on the list as they are."""
PROPOSALS = (Proposal.CLASS, Proposal.PROCEDURE, Proposal.REMOVAL)
"""What a review may propose for a person on the list."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A task that the meeting gives; `task` where it is one given before and now put otherwise.

    `key` is how refusals name it: "given-0-what".
    """

    key: str
    what: str
    who: str
    before: date | None
    task: Task | None = None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a review says. `people` is {dossier: (proposal or `KEEP`, reason)}, `tasks` {task: state}."""

    held_on: date
    members: int
    present: int
    assessment: str
    score: int | None = None
    difficulties: Sequence[Difficulty] = ()
    words: str = ""
    measures: str = ""
    number: str = ""
    people: Mapping[Dossier, tuple[str, str]] = field(default_factory=dict)
    tasks: Mapping[Task, str] = field(default_factory=dict)
    given: Sequence[Given] = ()


# Who may write, and until when


def may_write(user: User, unit: Organisation) -> bool:
    """Whether `user` writes the reviews of the branch `unit`."""
    return user.may(Permission.BRANCH_WORK, unit)


def may_answer(user: User, unit: Organisation) -> bool:
    """Whether `user` belongs to the level above the branch `unit`: reopens its reviews, scores and reminds."""
    return unit.parent is not None and user.may(Permission.BASE_WORK, unit.parent)


def open_until(review: Review) -> date:
    """The last day on which the branch changes `review`: its deadline, the day it was saved when that was later, or
    as far as it was reopened (docs/domain.md, rule 55)."""
    saved = timezone.localtime(review.at).date()
    return max(period_of(review).deadline, saved, review.reopened_until or date.min)


def is_open(review: Review) -> bool:
    return today() <= open_until(review)


def was_late(review: Review) -> bool:
    """Whether it was first saved after its deadline."""
    return timezone.localtime(review.at).date() > period_of(review).deadline


# Saving


@transaction.atomic
def save_review(
    unit: Organisation,
    period: ReviewPeriod,
    answers: Answers,
    *,
    by: User,
    seen: int = 0,
    at: datetime | None = None,
) -> Review:
    """Write the review of `period`, or change it; `seen` is the version that was read, 0 where there was none.

    Each proposal goes to its dossier through the one door. Raises `Refused` with sentences by field (those of
    `Answers`, "person-7", "reason-7", "task-7", "given-0-what"), `Stale`, `PermissionDenied`.
    """
    if not (unit.is_branch and may_write(by, unit)):
        raise PermissionDenied
    rows = Review.objects.select_for_update().filter(unit=unit)
    review = rows.of(period.kind, period.first).first()
    if (review.version if review else 0) != seen:
        raise Stale(_("Rà soát này vừa có người ghi. Chưa lưu gì; hãy xem lại rồi lưu."))
    if review and not is_open(review):
        words = _("Đã hết hạn sửa (%(day)s); cấp ủy cấp trên mở lại, có lý do.")
        raise Refused(words % {"day": dmy(open_until(review))})
    if wrong := find_wrong(unit, period, answers):
        raise Refused(wrong)
    review = _write_review(review or Review(unit=unit, at=at or now()), period, answers, by)
    wrong = _record_people(review, answers, by, at) | _record_tasks(review, answers, by, at)
    if wrong:
        raise Refused(wrong)
    _log(by, review, "lưu", at)
    return review


def find_wrong(unit: Organisation, period: ReviewPeriod, answers: Answers) -> dict[str, str]:
    """{field: what is wrong} with the meeting and the difficulties."""
    wrong, on = {}, answers.held_on
    if on > today():
        wrong["held_on"] = _("%(day)s chưa tới.") % {"day": dmy(on)}
    elif on < period.first:
        words = _("%(day)s trước %(period)s.")
        wrong["held_on"] = words % {"day": dmy(on), "period": period}
    elif not unit.exists_on(on):
        wrong["held_on"] = describe_absence(unit, on)
    if answers.present > answers.members:
        words = _("%(p)d có mặt > %(m)d đảng viên.")
        wrong["present"] = words % {"p": answers.present, "m": answers.members}
    if answers.score is not None and answers.score > 100:
        wrong["score"] = _("Điểm từ 0 đến 100.")
    if answers.assessment not in Review.Assessment.values:
        wrong["assessment"] = _("Chọn tốt, đạt hay chưa đạt.")
    ticked = answers.difficulties
    if len(ticked) > 1 and any(row.nothing for row in ticked):
        words = _("Đã chọn “%(text)s” thì bỏ các dòng khác.")
        wrong["difficulties"] = words % {"text": next(row.text for row in ticked if row.nothing)}
    proposed = [dossier for dossier, (what, _reason) in answers.people.items() if what != KEEP]
    if proposed and not clean(answers.number):
        wrong["number"] = _("Cần số nghị quyết vì có đề nghị.")
    return wrong


def _write_review(review, period, answers, by):
    """The row with its figures, those of the day of the meeting; kept while that day stays."""
    if review.held_on != answers.held_on:
        review.figures = figures_on(review.unit, answers.held_on).as_json()
    review.kind, review.first, review.last = period.kind, period.first, period.last
    for name in ("held_on", "members", "present", "score", "assessment"):
        setattr(review, name, getattr(answers, name))
    review.words, review.measures = answers.words.strip(), answers.measures.strip()
    review.number, review.by = clean(answers.number), by
    review.version += 1
    review.save()
    review.difficulties.set(answers.difficulties)
    return review


def _record_people(review, answers, by, at):
    """Write what was said of each person and send the proposals on; {field: what is wrong}."""
    wrong = {}
    for dossier, (what, reason) in answers.people.items():
        said = {"proposal": what, "words": clean(reason)}
        former = review.people.filter(dossier=dossier).first()
        if former and former.proposal == what != KEEP and dossier.proposal == what:
            continue
        if what != KEEP:
            wrong |= _propose(review, dossier, what, reason, by, at)
        review.people.update_or_create(dossier=dossier, defaults=said)
    return wrong


def _propose(review, dossier, what, reason, by, at):
    facts = {"on": review.held_on, "what": what, "number": review.number, "reason": clean(reason)}
    facts["registered"] = True
    names = {"reason": f"reason-{dossier.pk}", "number": "number"}
    try:
        with transaction.atomic():
            workflow.perform(dossier, "propose_source", by=by, at=at, **facts)
    except Refused as refusal:
        by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        return {names.get(name, f"person-{dossier.pk}"): " ".join(told) for name, told in by_field.items()}
    return {}


def _record_tasks(review, answers, by, at):
    """Write what became of former tasks and give the new ones; {field: what is wrong}."""
    wrong = {}
    for task, state in answers.tasks.items():
        if state == task.state and task.reports.filter(review=review).exists():
            continue
        facts = {"state": state, "on": review.held_on, "review": review}
        try:
            report_task(task, **facts, by=by, at=at)
        except Refused as refusal:
            wrong[f"task-{task.pk}"] = " ".join(refusal.messages)
    for one in answers.given:
        facts = {"what": clean(one.what), "who": clean(one.who), "before": one.before, "on": review.held_on}
        if found := _wrong_task(one, facts):
            wrong |= {f"{one.key}-{name}": told for name, told in found.items()}
        elif one.task is None:
            assign_task(review.unit, **facts, by=by, review=review, at=at)
        elif facts["what"]:
            Task.objects.filter(pk=one.task.pk).update(
                **{name: facts[name] for name in ("what", "who", "before")}
            )
        else:
            one.task.delete()
    return wrong


def _wrong_task(one, facts):
    """{field: what is wrong} of a task given; one that is there may be emptied, that takes it back."""
    if one.task is None or facts["what"]:
        return check_task(**facts)
    if one.task.reports.exists():
        return {"what": _("Đã có báo cáo về việc này, không bỏ được.")}
    return {}


# The level above


@transaction.atomic
def reopen_review(review: Review, *, until: date, reason: str, by: User) -> None:
    """Let the branch change `review` until the end of `until`; raises `Refused` by field, `PermissionDenied`."""
    if not may_answer(by, review.unit):
        raise PermissionDenied
    wrong = {}
    if not clean(reason):
        wrong["reason"] = _("Cần ghi lý do.")
    if until < today():
        wrong["until"] = _("%(day)s đã qua.") % {"day": dmy(until)}
    if wrong:
        raise Refused(wrong)
    review.reopened_until, review.reopened_by, review.reopened_why = until, by, clean(reason)[:300]
    review.save(update_fields=["reopened_until", "reopened_by", "reopened_why"])
    _log(by, review, f"mở lại đến {dmy(until)}: {review.reopened_why}")


@transaction.atomic
def score_review(review: Review, score: int | None, *, by: User) -> None:
    """The level above scores the branch meeting, out of 100; raises `Refused`, `PermissionDenied`."""
    if not may_answer(by, review.unit):
        raise PermissionDenied
    if score is not None and not 0 <= score <= 100:
        raise Refused({"score_above": _("Điểm từ 0 đến 100.")})
    review.score_above, review.scored_by = score, by if score is not None else None
    review.save(update_fields=["score_above", "scored_by"])
    _log(by, review, f"cấp trên chấm {'–' if score is None else score}")


@transaction.atomic
def remind_branches(
    units: Iterable[Organisation], period: ReviewPeriod, *, by: User, at: datetime | None = None
) -> list[ReviewReminder]:
    """Remind those of `units` that have not sent their review of `period`, each once a day.

    `at` is the moment of recording where it is not now. Returns the new reminders. Raises `PermissionDenied`.
    """
    reminded = []
    for unit in units:
        if not (unit.is_branch and may_answer(by, unit)):
            raise PermissionDenied
        key = {"unit": unit, "kind": period.kind, "first": period.first}
        if Review.objects.filter(**key).exists():
            continue
        row, made = ReviewReminder.objects.get_or_create(
            **key, on=today(), defaults={"by": by, "at": at or now()}
        )
        if made:
            reminded.append(row)
    return reminded


def _log(by, review, words, at=None):
    """Leave a line in the log, which is kept in Vietnamese."""
    with override("vi"):
        subject = f"Rà soát {period_of(review)}, {review.unit.title}: {words}"
    facts = {"action": Activity.Action.SETTING, "subject": subject[:200]}
    Activity.objects.create(user=by, at=at or now(), **facts)
