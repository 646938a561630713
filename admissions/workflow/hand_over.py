"""The dossiers of branches that ended go over to their heirs, with their state, their resolutions and their version.

A move to another branch (`acts.exits`) is something else: there the new branch votes anew.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.exceptions import Refused
from admissions.models import Dossier, Event
from admissions.rules.as_corrected import TAKE_BACK
from admissions.rules.unit_of_day import SUCCEED
from admissions.states import PIPELINE, UNDER_WAY, State
from admissions.workflow.door import keep_fact, write_event
from branches.hand_over import Asking, Handed, HandingOver, HandOver
from branches.models import Organisation, Reorganisation
from branches.reorganisation.outcome import Question
from notation.dates import dmy, now

KEPT = (State.ANNULLED, State.LEFT)
"""What is over for good stays with the branch where it was."""
BATCH = 2000
SOURCES = (State.LISTED,)
MEMBERS = (State.DECIDED, State.PROBATIONARY, State.CONVERTING)
OFFICIALS = (State.OFFICIAL,)
ROWS: tuple[tuple[str, tuple[str, ...], str | Promise, str | Promise], ...] = (
    (
        "under_way",
        UNDER_WAY,
        gettext_lazy("Hồ sơ đang làm"),
        gettext_lazy("giữ bước, nghị quyết, thời hạn, quy định áp dụng"),
    ),
    ("members", MEMBERS, gettext_lazy("Đảng viên dự bị"), gettext_lazy("ngày hết dự bị không đổi")),
    ("sources", SOURCES, gettext_lazy("Nguồn, cảm tình Đảng"), gettext_lazy("giữ người giúp đỡ")),
    (
        "officials",
        OFFICIALS,
        gettext_lazy("Đảng viên chính thức"),
        gettext_lazy("nơi kết nạp giữ tên đơn vị khi đó"),
    ),
)
"""(key, states, what it is called, how it goes over) of the rows that a dossier counts in."""
OTHERS = (gettext_lazy("Hồ sơ đã kết thúc"), gettext_lazy("đi theo chi bộ, không đổi"))


def hand_over_dossiers(handing: HandingOver, *, by: User) -> list[Handed]:
    """Hand over sources, dossiers under way and members; one event each names the decision. Raises `Refused`."""
    branches = [unit for unit in handing.units.values() if unit.is_branch]
    _refuse_later_admissions(handing, branches)
    pks = [unit.pk for unit in branches]
    rows = Dossier.objects.filter(branch__in=pks).exclude(state__in=KEPT)
    numbers = _count_states(rows)
    moved = Counter[str]()
    for batch in _in_batches(rows):
        moved += _hand_over_batch(batch, handing, by)
    return _tell(numbers, moved)


def _count_states(rows):
    """{state: {branch: number}}."""
    numbers: dict[str, Counter[int]] = defaultdict(Counter)
    for branch, state, n in rows.order_by().values_list("branch", "state").annotate(n=Count("pk")):
        numbers[state][branch] = n
    return numbers


def _in_batches(rows) -> Iterator[list[dict[str, Any]]]:
    """The rows that are handed over, locked, by branch and number; they stay the same while they are gone through."""
    columns = ("pk", "branch_id", "commune_id", "state", "event_count")
    found = list(rows.select_for_update(of=("self",)).order_by("branch", "pk").values(*columns))
    yield from batched(found, BATCH)


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """`rows` in lists of `size`."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _hand_over_batch(batch, handing, by):
    """{state: how many dossiers were handed over} of a batch: an update for each pair of units, and the events."""
    events, pairs, moved = [], defaultdict(list), Counter[str]()
    places: dict[int, Organisation] = {}
    at = now()
    for row in batch:
        heir = handing.heir_of(row["branch_id"], row["pk"], handing.dossiers)
        if heir is None:
            continue
        if heir.pk not in places:
            places[heir.pk] = _base_of(heir)
        commune = places[heir.pk]
        pairs[row["branch_id"], heir.pk, commune.pk].append(row["pk"])
        moved[row["state"]] += 1
        events.append(_event(row, heir, commune, handing, by, at))
    for (_old, heir, commune), pks in pairs.items():
        counted = {"version": F("version") + 1, "event_count": F("event_count") + 1}
        Dossier.objects.filter(pk__in=pks).update(branch=heir, commune=commune, **counted)
    Event.objects.bulk_create(events, batch_size=BATCH)
    return moved


def _base_of(heir):
    if not heir.is_branch:
        raise Refused(_("%(unit)s không phải là chi bộ: chọn một chi bộ nhận hồ sơ.") % {"unit": heir.title})
    return heir.base_organisation


def _event(row, heir, commune, handing, by, at):
    old = handing.units[row["branch_id"]]
    facts = {"branch": keep_fact(heir), "before": keep_fact(old), "basis": handing.basis}
    if handing.plan is not None:
        facts["plan"] = handing.plan.pk
    changes = {"branch_id": [old.pk, heir.pk]}
    if commune.pk != row["commune_id"]:
        changes["commune_id"] = [row["commune_id"], commune.pk]
    state, no = row["state"], row["event_count"] + 1
    return Event(
        dossier_id=row["pk"],
        no=no,
        action=SUCCEED,
        from_state=state,
        to_state=state,
        on=handing.on,
        at=at,
        by=by,
        facts=facts,
        changes=changes,
    )


def _tell(numbers, moved):
    named = {state for _key, states, _label, _how in ROWS for state in states}
    others = tuple(state for state in numbers if state not in named)
    handed = []
    for key, states, label, how in (*ROWS, ("closed", others, *OTHERS)):
        parts = Counter[int]()
        for state in states:
            parts += numbers.get(state, Counter())
        went = sum(moved[state] for state in states)
        facts = {"key": key, "label": str(label), "how": str(how)}
        handed.append(
            Handed(what="dossiers", moved=went, left=sum(parts.values()) - went, parts=parts, **facts)
        )
    return handed


def hand_over_dossier(
    dossier: Dossier, heir: Organisation, hand_over: HandOver, *, by: User, at: datetime | None = None
) -> None:
    """Hand over one dossier; `at` is the moment of recording where it is not now. Raises `Refused` or `Stale`."""
    facts = {"on": hand_over.on, "branch": heir, "before": dossier.branch, "basis": hand_over.basis}
    dossier.branch, dossier.commune = heir, _base_of(heir)
    columns = {"branch_id": heir.pk, "commune_id": dossier.commune.pk}
    write_event(dossier, SUCCEED, columns, dossier.state, by=by, at=at, facts=facts)


def _refuse_later_admissions(handing, branches):
    """What a branch admitted after its last day would stand in no table."""
    pks = [unit.pk for unit in branches]
    admitted = Dossier.objects.standing().filter(admitted_branch__in=pks, decided_on__gte=handing.on)
    late = list(admitted.order_by("year", "serial").select_related("admitted_branch")[:8])
    if late:
        words = _("%(unit)s đã kết nạp từ ngày này về sau (hồ sơ %(numbers)s): kiểm lại ngày kết thúc.")
        numbers = ", ".join(row.number for row in late)
        raise Refused(words % {"unit": late[0].admitted_branch.title, "numbers": numbers})


def ask_about_dossiers(asking: Asking) -> list[Question]:
    """Of a branch that several take over from: who gets what nobody names, and each dossier that somebody may name.

    Once the first is answered, the others are exceptions and block nothing.
    """
    rows = Dossier.objects.filter(branch__in=[*asking.split]).exclude(state__in=KEPT)
    rows = rows.select_related("candidate", "branch").order_by("branch", "year", "serial")
    questions: list[Question] = []
    asked: set[int] = set()
    for row in rows:
        rest, choices = f"rest:{row.branch_id}", asking.split[row.branch_id]
        answers = asking.answers
        if row.branch_id not in asked:
            asked.add(row.branch_id)
            words = _("Hồ sơ của %(unit)s không chọn riêng thì về đơn vị nào")
            questions.append(
                Question(
                    key=rest,
                    words=words % {"unit": row.branch.title},
                    choices=choices,
                    answer=answers.get(rest),
                )
            )
        if row.state not in (*PIPELINE, *MEMBERS):
            continue
        words = _("%(number)s %(name)s (%(state)s) về đơn vị nào")
        facts = {"number": row.number, "name": row.candidate.full_name, "state": row.state_words}
        key = f"dossier:{row.pk}"
        questions.append(
            Question(
                key=key,
                words=words % facts,
                choices=choices,
                blocking=False,
                answer=answers.get(key) or answers.get(rest),
            )
        )
    return questions


# And back


def hand_back_dossiers(plan: Reorganisation, units: Iterable[int], *, by: User) -> int:
    """Give back what `plan` handed over to `units`: an event each takes the succession back; how many there are."""
    told = Event.objects.filter(action=SUCCEED, dossier__branch__in=[*units], facts__plan=plan.pk)
    rows = told.order_by("dossier__branch", "dossier").select_related("dossier")
    at, count, pairs = now(), 0, defaultdict(list)
    for batch in batched(rows.iterator(chunk_size=BATCH), BATCH):
        for event in batch:
            before = sorted((name, former) for name, (former, _now) in event.changes.items())
            pairs[tuple(before)].append(event.dossier_id)
        Event.objects.bulk_create([_taken_back(event, plan, by, at) for event in batch], batch_size=BATCH)
        count += len(batch)
    for columns, pks in pairs.items():
        counted = {"version": F("version") + 1, "event_count": F("event_count") + 1}
        Dossier.objects.filter(pk__in=pks).update(**dict(columns), **counted)
    return count


def _taken_back(event, plan, by, at):
    """The event that takes a succession back; the day is that of the taking back."""
    dossier = event.dossier
    facts = {"target": event.no, "act": SUCCEED, "day": dmy(event.on), "plan": plan.pk}
    return Event(
        dossier=dossier,
        no=dossier.event_count + 1,
        action=TAKE_BACK,
        from_state=dossier.state,
        to_state=dossier.state,
        on=at.date(),
        at=at,
        by=by,
        facts=facts,
        changes={name: [after, before] for name, (before, after) in event.changes.items()},
    )


READ_ONLY = ("reveal", "remind", "letter")
"""Events that build nothing on the unit that a dossier is at."""


def count_built_on(plan: Reorganisation, units: Iterable[int]) -> list[tuple[str, str, int]]:
    """[(key, what, number)] of what was built on the new `units` since `plan`: dossiers entered there, acts on those
    that were handed over."""
    here = Event.objects.filter(dossier__branch__in=[*units])
    mine = Event.objects.filter(dossier=OuterRef("dossier"), action=SUCCEED, facts__plan=plan.pk)
    of_plans = Q(action__in=(SUCCEED, TAKE_BACK), facts__has_key="plan")
    later = (
        here.exclude(of_plans).exclude(action__in=READ_ONLY).annotate(began=Subquery(mine.values("no")[:1]))
    )
    acts = later.filter(no__gt=F("began")).order_by().values("dossier").distinct().count()
    carried = Event.objects.filter(dossier=OuterRef("pk"), action=SUCCEED, facts__plan=plan.pk)
    entered = Dossier.objects.filter(branch__in=[*units]).annotate(own=Subquery(carried.values("no")[:1]))
    return [
        ("dossiers", _("Hồ sơ mới ghi vào đơn vị mới"), entered.filter(own=None).count()),
        ("acts", _("Hồ sơ đã có việc ghi ở đơn vị mới"), acts),
    ]
