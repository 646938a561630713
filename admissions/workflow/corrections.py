"""Correcting what was recorded: an act's day, number or votes, or a fact that reports count.

A correction is an event. The dossier is put together again with it (`replay`), so that every guard is asked anew; what
is statutory waits for a second person first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Post, User
from accounts.roles import GRANTS, Permission
from admissions.exceptions import Refused, Stale
from admissions.models import Candidate, Correction, Dossier, Event
from admissions.rules.as_corrected import CORRECT
from admissions.states import ENDED
from admissions.workflow.companions import companions_of, let_go
from admissions.workflow.counted_facts import COUNTED, fact_field, live_fact
from admissions.workflow.door import column_values, write_event
from admissions.workflow.drafts import Draft, find_act, keep_value, recorded_value
from admissions.workflow.replay import replay
from branches.models import Organisation
from notation.births import Birth
from notation.dates import now, today
from notation.vietnamese import clean

# Asking and answering


def ask_correction(
    draft: Draft, *, by: User, reason: str, named: User | None = None, at: datetime | None = None
) -> Correction | Event:
    """Record the correction at once and return its event, or let it wait for a second person and return that.

    `named` is whom `by` would have answer; anyone else who may decide there can. Nothing changes while it waits.
    Raises `Refused`, by field of the act where it is the new value that cannot be, and `Stale`.
    """
    others = companions_of(draft)
    for each in (draft, *others):
        require_entitled(each, by)
    reason = clean(reason)
    if not reason:
        raise Refused({"correction_reason": _("Cần ghi lý do.")})
    if draft.dossier.corrections.filter(state=Correction.State.WAITING).exists():
        raise Refused(_("Hồ sơ đang có một việc sửa chờ người thứ hai; trả lời hoặc rút việc đó trước."))
    if not draft.takes_two:
        return apply_correction(draft, by=by, reason=reason, at=at)
    with try_correction(draft, by, others):
        pass  # every guard is asked before anybody is
    try:
        with transaction.atomic():
            return Correction.objects.create(
                dossier=draft.dossier,
                target=draft.target and Event.objects.get(dossier=draft.dossier, no=draft.target.no),
                changes=dict(draft.changes),
                reason=reason,
                version=draft.dossier.version,
                asked_by=by,
                named=named,
                **({"asked_at": at} if at else {}),
            )
    except IntegrityError as error:
        raise Stale(_("Vừa có người đề nghị sửa hồ sơ này. Chưa lưu gì; hãy xem lại.")) from error


def require_entitled(draft: Draft, by: User) -> None:
    if not by.may(draft.permission, draft.dossier.branch):
        words = _("Chưa ghi được: việc này do người có quyền %(right)s ghi.")
        raise Refused(words % {"right": draft.permission.label})


def draft_again(correction: Correction) -> Draft:
    """The draft of a waiting correction on the dossier as it is now; raises `Refused` when its act is gone."""
    dossier = Dossier.objects.select_related(
        "candidate__ethnicity", "candidate__religion", "branch__parent__parent", "commune"
    ).get(pk=correction.dossier_id)
    target = None
    if correction.target is not None:
        target = find_act(dossier, correction.target.no)
        if target is None:
            raise Refused(_("Việc được sửa đã được hoàn tác; hãy trả lại đề nghị này."))
    changes = {
        name: [recorded_value(dossier, target, name), after]
        for name, (_before, after) in correction.changes.items()
    }
    return Draft(dossier, target, changes)


def agree_correction(correction: Correction, *, by: User, version: int | None = None) -> Event:
    """The second person agrees and the correction is recorded, on the dossier as it is now.

    `version` is the dossier's as `by` saw it. Raises `Refused`, or `Stale` when it is answered or has changed.
    """
    require_second(correction, by)
    draft = draft_again(correction)
    if version is not None:
        draft.dossier.version = version
    with transaction.atomic():
        event = apply_correction(draft, by=correction.asked_by, reason=correction.reason, agreed_by=by)
        _answer(correction, Correction.State.AGREED, by, event=event)
    return event


def decline_correction(correction: Correction, *, by: User, words: str) -> None:
    """The second person gives it back with a reason."""
    require_second(correction, by)
    if not clean(words):
        raise Refused({"words": _("Cần ghi lý do.")})
    _answer(correction, Correction.State.DECLINED, by, words=clean(words))


def withdraw_correction(correction: Correction, *, by: User) -> None:
    """Whoever asked takes it back while it waits."""
    if correction.asked_by_id != by.pk:
        raise Refused(_("Chỉ người đề nghị rút được việc sửa này."))
    _answer(correction, Correction.State.WITHDRAWN, by)


def require_second(correction: Correction, by: User) -> None:
    """Raise `Refused` unless `by` is another person who may decide at or above the dossier's branch."""
    if correction.asked_by_id == by.pk:
        raise Refused(_("Người đồng ý phải khác người đề nghị."))
    if not by.may(Permission.DECIDE, correction.dossier.branch):
        words = _("Chưa ghi được: việc này do người có quyền %(right)s ghi.")
        raise Refused(words % {"right": Permission.DECIDE.label})


def second_people(dossier: Dossier, but: User) -> QuerySet[User]:
    """Everyone else who may decide at or above the branch of `dossier` today."""
    roles = [role for role, rights in GRANTS.items() if Permission.DECIDE in rights]
    posts = Post.objects.on(today()).filter(role__in=roles, unit__in=dossier.branch.ancestor_ids())
    return (
        User.objects.filter(pk__in=posts.values("user"), is_active=True)
        .exclude(pk=but.pk)
        .order_by("full_name")
    )


def _answer(correction, state, by, **values):
    values |= {"state": state, "answered_by": by, "answered_at": now()}
    rows = Correction.objects.filter(pk=correction.pk, state=Correction.State.WAITING)
    if not rows.update(**values):
        raise Stale(_("Việc sửa này vừa có người trả lời. Chưa lưu gì; hãy xem lại."))
    for name, value in values.items():
        setattr(correction, name, value)


# The correction itself


def apply_correction(
    draft: Draft, *, by: User, reason: str, agreed_by: User | None = None, at: datetime | None = None
) -> Event:
    """Put the dossier together again with the correction and write its event, in one transaction.

    What one meeting, one document or one person has in common is corrected in every dossier of it (`companions_of`).
    Raises `Refused` or `Stale`.
    """
    with transaction.atomic():
        others = companions_of(draft)
        return _correct_all(draft, others, by=by, reason=reason, agreed_by=agreed_by, at=at)


def _correct_all(draft, others, **answer):
    """Correct the dossier, and with it every other one that the same meeting, document or person makes wrong."""
    let_go(draft, others)
    event = _correct_one(draft, **answer)
    for other in others:
        try:
            _correct_one(other, **answer)
        except Refused as refusal:
            words = _("Hồ sơ %(number)s phải sửa theo mà chưa được: %(why)s")
            values = {"number": other.dossier.number, "why": " ".join(refusal.messages)}
            raise Refused(words % values) from refusal
    return event


def _correct_one(draft, *, by, reason, agreed_by, at):
    dossier = draft.dossier
    before, earlier = dossier.state, column_values(dossier)
    facts = {
        "target": draft.target.no if draft.target else None,
        "act": draft.target.action if draft.target else "",
        "fields": dict(draft.changes),
        "reason": reason,
        "agreed_by": agreed_by.full_name if agreed_by else "",
    }
    from_start = columns_from_start(draft.changes) if draft.target is None else {}
    if from_start:
        facts["from_start"] = from_start
    fresh = ()
    live = dossier.candidate
    if draft.target is None:
        fresh = tuple(column for name in draft.changes for column in COUNTED[name].frozen)
        live = _correct_person(dossier, draft.changes)
    events = list(dossier.events.all())
    pending = Event(dossier=dossier, no=events[-1].no + 1, action=CORRECT, facts=facts)
    replay(dossier, [*events, pending], fresh=fresh)
    dossier.candidate = live
    if before in ENDED:
        refuse_second_living(dossier)
    changed = {column: value for column, value in column_values(dossier).items() if earlier[column] != value}
    if draft.target is None:
        _save_corrected(live, draft.changes)
    return write_event(dossier, CORRECT, changed, before, by=by, at=at, facts={"on": today(), **facts})


def refuse_second_living(dossier: Dossier) -> None:
    """Raise `Refused` where `dossier` would be under way again beside another one of its person."""
    others = Dossier.objects.filter(candidate=dossier.candidate_id).exclude(pk=dossier.pk)
    other = others.exclude(state__in=ENDED).first()
    if other is not None and dossier.state not in ENDED:
        words = _("Người này đã có hồ sơ %(number)s đang theo dõi; mỗi người một hồ sơ.")
        raise Refused(words % {"number": other.number})


def _save_corrected(person, changes):
    """Save what was corrected of a person, in what ended dossiers keep of them too; the rows are locked already."""
    rows = Candidate.objects.filter(pk=person.pk)
    rows.update(version=F("version") + 1)
    person.version = rows.values_list("version", flat=True).get()
    person.save()
    names = {fact_field(name).attname for name in changes if not COUNTED[name].of_dossier} | {
        "born_precision"
    }
    corrected = {name: value for name, value in person.as_kept().items() if name in names}
    for row in Dossier.objects.filter(candidate=person, person_was__isnull=False):
        Dossier.objects.filter(pk=row.pk).update(person_was=row.person_was | corrected)


def columns_from_start(changes: Mapping[str, list]) -> dict[str, Any]:
    """{column of the dossier: value} of the facts that stand on it."""
    columns: dict[str, Any] = {}
    for name, (_before, after) in changes.items():
        if COUNTED[name].of_dossier:
            columns[fact_field(name).attname] = after["id"] if isinstance(after, Mapping) else after
    if "branch_id" in columns:
        branch = Organisation.objects.get(pk=columns["branch_id"])
        columns["commune_id"] = branch.base_organisation.pk
    return columns


def _correct_person(dossier, changes):
    """Give `dossier` the person as they are to have been at admission; returns the person as of today.

    What has changed since the decision keeps what it has become.
    """
    then, live = copy(dossier.candidate), copy(dossier.candidate)
    for name, (before, after) in changes.items():
        if not COUNTED[name].of_dossier:
            field = fact_field(name)
            value = after["id"] if isinstance(after, Mapping) else after
            if COUNTED[name].told_by:
                birth = Birth.from_kept(after)
                value, then.born_precision, live.born_precision = birth.on, birth.precision, birth.precision
            value = field.to_python(value)
            setattr(then, field.attname, value)
            if not COUNTED[name].grows or keep_value(live_fact(dossier, name)) == before:
                setattr(live, field.attname, value)
    dossier.candidate = then
    return live


@contextmanager
def try_correction(draft: Draft, by: User, others: list[Draft]) -> Iterator[Dossier]:
    """The dossier as the correction would leave it, in a transaction that is rolled back; raises `Refused`.

    `others` are its companions (`companions_of`).
    """
    dossier = copy(draft.dossier)
    vars(dossier)["_prefetched_objects_cache"] = {}
    with transaction.atomic():
        tried, answer = Draft(dossier, draft.target, draft.changes), {"by": by, "reason": "–"}
        _correct_all(tried, others, **answer, agreed_by=None, at=None)
        yield dossier
        transaction.set_rollback(True)
