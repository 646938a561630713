"""Putting right what was recorded wrong of a review or a visit, once its form is shut (docs/domain.md, rule 55).

Somebody entitled corrects it for a reason. What stood there and what stands there now is kept beside it; whatever
follows from it is made anew: the register's figures of the day, the proposals in the dossiers, reports on tasks.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from admissions import workflow
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused, Stale
from admissions.models import Correction, Dossier, Event
from admissions.rules.as_corrected import amend_events
from branches.successions import describe_absence
from notation.dates import dmy, now, today
from notation.vietnamese import clean
from oversight.branch_figures import figures_on
from oversight.facts import facts_of_visit
from oversight.models import RecordCorrection, Review, Task, Visit
from oversight.review_periods import period_of
from oversight.reviews import Answers, find_wrong, is_open, may_answer, may_write
from oversight.visits import may_sign

REVIEW_FIELDS = (
    "held_on",
    "members",
    "present",
    "score",
    "assessment",
    "difficulties",
    "number",
    "words",
    "measures",
)
VISIT_FIELDS = ("held_on", "met", "members", "present", "conclusion_number")


def may_correct_review(user: User, review: Review) -> bool:
    """The level above, at any time; the branch itself while its form is open."""
    return may_answer(user, review.unit) or (may_write(user, review.unit) and is_open(review))


def may_correct_visit(user: User, visit: Visit) -> bool:
    """Whoever signs its conclusion; before it is signed the form is open, and no correction is needed."""
    return visit.signed_on is not None and may_sign(user, visit)


# A review


@transaction.atomic
def correct_review(
    review: Review,
    values: Mapping[str, Any],
    *,
    by: User,
    reason: str,
    seen: int,
    at: datetime | None = None,
) -> RecordCorrection:
    """Write `values`, {field of `REVIEW_FIELDS`: value}, into `review`; `seen` is the version that was read.

    With its day or the number of its resolution the proposals in the dossiers are corrected, and with its day the
    figures beside it and what was said of tasks. Raises `Refused` with sentences by field, `Stale`, `PermissionDenied`.
    """
    rows = Review.objects.select_for_update(of=("self",)).select_related("unit__parent")
    row = rows.get(pk=review.pk)
    if not may_correct_review(by, row):
        raise PermissionDenied
    _refuse_stale(row, seen)
    changes = _changes_of(row, values, REVIEW_FIELDS, _words_of_review)
    former = (row.held_on, row.number)
    ticked = values.get("difficulties")
    for name, value in values.items():
        if name != "difficulties":
            setattr(row, name, value)
    _refuse_wrong_review(row, ticked)
    if row.held_on != former[0]:
        _refuse_tasks_before(Task.objects.filter(review=row), row.held_on)
        row.figures = figures_on(row.unit, row.held_on).as_json()
        row.task_reports.update(on=row.held_on)
    _correct_proposals(row, former, by, reason, at)
    row.version += 1
    row.save()
    if ticked is not None:
        row.difficulties.set(ticked)
    with override("vi"):
        what = f"rà soát {period_of(row)}, {row.unit.title}"
    return _note(what, changes, by=by, reason=reason, at=at, review=row)


def _refuse_wrong_review(row, ticked):
    people = {one.dossier: (one.proposal, one.words) for one in row.people.select_related("dossier")}
    answers = Answers(
        held_on=row.held_on,
        members=row.members,
        present=row.present,
        assessment=row.assessment,
        score=row.score,
        difficulties=list(row.difficulties.all() if ticked is None else ticked),
        number=row.number,
        people=people,
    )
    if wrong := find_wrong(row.unit, period_of(row), answers):
        raise Refused(wrong)


def _correct_proposals(review, former, by, reason, at):
    """Correct the day and the number of the acts by which the review proposed people; raises `Refused`."""
    now_told = {"on": review.held_on, "number": review.number}
    if former == (review.held_on, review.number):
        return
    for person in review.people.exclude(proposal="").select_related("dossier"):
        dossier = Dossier.objects.select_related(
            "candidate__ethnicity", "candidate__religion", "branch__parent__parent", "commune"
        ).get(pk=person.dossier_id)
        event = _proposal_of(dossier, person, former)
        if event is None:
            continue  # corrected with another dossier of the same resolution
        try:
            draft = workflow.draft_correction(dossier, workflow.find_act(dossier, event.no), now_told)
            made = workflow.ask_correction(draft, by=by, reason=reason, at=at)
        except Refused as refusal:
            words = _("Hồ sơ %(number)s phải sửa theo mà chưa được: %(why)s")
            values = {"number": dossier.number, "why": " ".join(refusal.messages)}
            raise Refused({"held_on": words % values}) from refusal
        assert not isinstance(made, Correction), "a proposal takes no second person"


def _proposal_of(dossier, person, former) -> Event | None:
    """The act by which a review proposed somebody, as it reads today."""
    day, number = former
    for event in reversed(amend_events(dossier.events.all())):
        told = (event.on, event.facts.get("number", ""), event.facts.get("what"))
        if event.action == "propose_source" and told == (day, number, person.proposal):
            return event
    return None


def _words_of_review(name: str, row: Review, value: Any) -> str:
    if name == "assessment":
        return str(Review.Assessment(value).label)
    if name == "difficulties":
        return "; ".join(sorted(one.text for one in value))
    return _plain(value)


# A visit


@transaction.atomic
def correct_visit(
    visit: Visit,
    values: Mapping[str, Any],
    *,
    by: User,
    reason: str,
    seen: int,
    at: datetime | None = None,
) -> RecordCorrection:
    """Write `values`, {field of `VISIT_FIELDS`: value}, into a visit whose conclusion is signed.

    With its day the register's figures are taken down anew, and what was said of tasks moves with it. Raises `Refused`
    with sentences by field, `Stale`, `PermissionDenied`.
    """
    rows = Visit.objects.select_for_update(of=("self",)).select_related("unit", "team")
    row = rows.get(pk=visit.pk)
    if not may_correct_visit(by, row):
        raise PermissionDenied
    _refuse_stale(row, seen)
    changes = _changes_of(row, values, VISIT_FIELDS, lambda _name, _row, value: _plain(value))
    former = row.held_on
    for name, value in values.items():
        setattr(row, name, clean(value) if isinstance(value, str) else value)
    _refuse_wrong_visit(row)
    if row.held_on and row.held_on != former:
        _refuse_tasks_before(Task.objects.filter(visit=row), row.held_on)
        row.facts = facts_of_visit(row.unit, row.held_on)
        row.task_reports.update(on=row.held_on)
    row.version += 1
    row.save()
    what = f"buổi làm việc {row.unit.title}"
    return _note(what, changes, by=by, reason=reason, at=at, visit=row)


def _refuse_wrong_visit(row):
    wrong, on = {}, row.held_on
    if on is None:
        wrong["held_on"] = _("Ghi ngày dự trước.")
    elif on > today():
        wrong["held_on"] = _("%(day)s chưa tới.") % {"day": dmy(on)}
    elif on > row.signed_on:
        wrong["held_on"] = _("Kết luận đã ký ngày %(day)s, trước ngày này.") % {"day": dmy(row.signed_on)}
    elif not row.unit.exists_on(on):
        wrong["held_on"] = describe_absence(row.unit, on)
    if not row.met:
        wrong["met"] = _("Ghi làm việc với ai.")
    if row.present is not None and row.members is not None and row.present > row.members:
        words = _("Có mặt %(n)d, nhiều hơn số đảng viên %(most)d.")
        wrong["present"] = words % {"n": row.present, "most": row.members}
    if wrong:
        raise Refused(wrong)


# Both


def _refuse_stale(row, seen):
    if row.version != seen:
        raise Stale(_("Vừa có người ghi thêm. Chưa lưu gì; hãy xem lại rồi sửa."))


def _changes_of(row, values, fields, words_of: Callable[[str, Any, Any], str]) -> dict[str, list[str]]:
    """{field: [before, after] in words} of the values that differ; raises `Refused` where none does, and for a field
    that is none of `fields`."""
    if unknown := values.keys() - {*fields}:
        raise ValueError(f"no field of this: {', '.join(sorted(unknown))}")
    changes = {}
    with override("vi"):
        for name, value in values.items():
            stands = list(row.difficulties.all()) if name == "difficulties" else getattr(row, name)
            before, after = words_of(name, row, stands), words_of(name, row, value)
            if before != after:
                changes[name] = [before, after]
    if not changes:
        raise Refused(_("Chưa sửa ô nào."))
    return changes


def _refuse_tasks_before(tasks: Iterable[Task], on: date) -> None:
    """A task is due after the day on which it was given."""
    early = next((task for task in tasks if task.before <= on), None)
    if early is not None:
        words = _("%(day)s không trước hạn của việc “%(what)s” (%(before)s).")
        told = {"day": dmy(on), "what": early.what, "before": dmy(early.before)}
        raise Refused({"held_on": words % told})


def _plain(value):
    if isinstance(value, date):
        return dmy(value)
    return "" if value is None else clean(str(value))


def _note(what, changes, *, by, reason, at, review=None, visit=None):
    """Keep the correction beside what it corrects, and in the log."""
    if not clean(reason):
        raise Refused({"reason": _("Cần ghi lý do.")})
    model = Review if review else Visit
    with override("vi"):
        labels = {name: _label_of(model, name) for name in changes}
    told = "; ".join(f"{labels[name]} {old or '–'} → {new or '–'}" for name, (old, new) in changes.items())
    log_change(by, f"Sửa {what}: {told}")
    facts = {"changes": changes, "reason": clean(reason)[:300], "by": by, "at": at or now()}
    return RecordCorrection.objects.create(review=review, visit=visit, **facts)


def _label_of(model, name):
    return str(model._meta.get_field(name).verbose_name)


def tell_corrections(row: Review | Visit) -> list[tuple[RecordCorrection, list[tuple[str, str, str]]]]:
    """[(correction, [(field, before, after)])] of a review or a visit, the first one first."""
    rows = row.corrections.select_related("by")
    return [
        (one, [(_label_of(type(row), name), *pair) for name, pair in one.changes.items()]) for one in rows
    ]
