"""Carry a plan out, in one transaction: the tree, what its units have, and the totals before and after."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from branches.hand_over import Handed, hand_over_all
from branches.models import Organisation, Reorganisation, within_scope
from branches.reorganisation.drawing import draw_trees
from branches.reorganisation.layout import Layout, draw_layout
from branches.reorganisation.new_unit import NewUnit
from branches.reorganisation.outcome import MovedRow, Rehearsal, TotalRow, as_data
from branches.reorganisation.questions import gather_questions
from branches.reorganisation.writing import hand_to_heirs, write_tree
from branches.row_keeper import RowKeeper
from branches.totals import Total, Totalled
from notation.dates import dmy, now, today

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

State = Reorganisation.State


def carry_out(plan: Reorganisation, *, by: "_User", seen: int | None = None) -> Rehearsal:
    """Carry `plan` out and return what was done; `seen` is the version of the plan that somebody looked at.

    Raises `ValidationError` with sentences when a total differs, something has no heir, a blocking question is open or
    the day is still to come; `PermissionDenied`.
    """
    with transaction.atomic():
        locked = lock_plan(plan, seen=seen)
        if plan.day > today():
            words = _("%(day)s chưa tới: hẹn ngày, sáng hôm ấy chạy thử lại rồi thực hiện.")
            raise ValidationError(words % {"day": dmy(plan.day)})
        done = write_plan(locked, by=by)
        refuse_unfit(done)
        locked.state, locked.done_at, locked.done_by = State.DONE, now(), by
        locked.result, locked.held_because = as_data(done), ""
        locked.version += 1
        locked.save()
    plan.refresh_from_db()
    return done


def lock_plan(plan: Reorganisation, *, seen: int | None = None) -> Reorganisation:
    """The row of an open plan, locked. Raises `ValidationError` when it is not open or not the version `seen`."""
    row = Reorganisation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    if seen is not None and seen != row.version:
        raise ValidationError(_("Kế hoạch vừa có người sửa. Chưa ghi gì; hãy xem lại."))
    if not row.is_open:
        raise ValidationError(_("Kế hoạch này %(state)s.") % {"state": row.get_state_display()})
    return row


def require_right_to_change(plan: Reorganisation, layout: Layout, by: "_User") -> None:
    """Raise `PermissionDenied` unless `by` may change the units that end, which those above them decide on."""
    units = [plan.unit, *(unit.parent or unit for unit in layout.tops)]
    if not all(by.may("change_units", unit) for unit in units):  # type: ignore[attr-defined]  # accounts.User
        raise PermissionDenied


def refuse_unfit(done: Rehearsal) -> None:
    """Raise `ValidationError` with everything that stands against carrying a plan out."""
    said = [*done.problems]
    said += [
        _("Lệch ở dòng “%(label)s”: trước %(before)s, sau %(after)s.")
        % {"label": row.label, "before": row.total_before, "after": row.total_after}
        for row in done.totals
        if not row.equal
    ]
    said += [
        _("Còn phải chọn: %(words)s.") % {"words": one.words} for one in done.open_questions if one.blocking
    ]
    if said:
        raise ValidationError(said)


def write_plan(plan: Reorganisation, *, by: "_User") -> Rehearsal:
    """Write everything that `plan` says, inside the caller's transaction, and count before and after.

    Where the drawing has problems, or leaves open who takes over, nothing is written and the rehearsal says what.
    """
    layout = draw_layout(plan)
    require_right_to_change(plan, layout, by)
    tree = draw_trees(plan, layout)
    questions = gather_questions(plan, layout)
    facts: dict[str, Any] = {"at": now().isoformat(timespec="minutes"), "tree": tree, "questions": questions}
    facts["units"] = [unit.title for unit in layout.tops]
    if layout.problems or not layout.tops:
        return Rehearsal(**facts, problems=layout.problems)
    before = gather_totals(plan, layout, plan.unit, [*layout.tops, *_takers(layout)])
    rows = RowKeeper()
    write_tree(plan, layout, rows)
    handing = hand_to_heirs(plan, layout, rows)
    handed = hand_over_all(handing, by=by)
    rows.write(plan)
    after = gather_totals(plan, layout, _top_after(plan, layout), _heirs_of_tops(layout))
    moved = _moved(layout, handed)
    return Rehearsal(
        **facts,
        totals=[_branches_row(plan, layout, tree), *_paired(before, after)],
        moved=moved,
        problems=[
            _("%(label)s: còn %(n)d chưa có nơi nhận.") % {"label": row.label, "n": row.left}
            for row in moved
            if row.left and row.key in MUST_MOVE
        ],
        heirs={key: heir.pk for key, heir in handing.by_key.items()},
        events=sum(row.moved for row in handed if row.what == "dossiers"),
    )


MUST_MOVE = ("under_way", "members", "officials", "sources", "closed", "quotas")
"""What cannot be left with a unit that ended; the others may be chosen later."""


def gather_totals(
    plan: Reorganisation, layout: Layout, top: Organisation, concerned: Iterable[Organisation]
) -> list[Total]:
    """The totals of every report, as the apps above tell them."""
    what = Totalled(then=plan.unit, top=top, concerned=tuple(concerned), day=plan.day)
    return [total for name in settings.TOTALLED_BY for total in import_string(name)(what)]


def _top_after(plan, layout):
    heirs = layout.heirs.get(plan.unit_id)
    if not heirs:
        return Organisation.objects.get(pk=plan.unit_id)
    return _written(heirs[0])


def _takers(layout):
    """The units that go on and take over from others: they are among those concerned before as after."""
    heirs = (heir for unit in layout.tops for heir in layout.heirs[unit.pk])
    return {heir.pk: heir for heir in heirs if isinstance(heir, Organisation)}.values()


def _written(heir):
    return heir.row if isinstance(heir, NewUnit) else heir


def _heirs_of_tops(layout):
    heirs = (_written(heir) for unit in layout.tops for heir in layout.heirs[unit.pk])
    return {heir.pk: heir for heir in heirs}.values()


def _branches_row(plan, layout, tree):
    """Branches are only fewer or more by those that the plan itself merges or splits; those that stand are counted."""
    begun = [new.row.pk for new in layout.begins]
    units = Organisation.objects.filter(within_scope([plan.unit.path]) | Q(pk__in=begun))
    difference = tree.branches_after - tree.branches_before
    parts = [tree.branches_before, difference] if difference else []
    return TotalRow(
        key="branches",
        group=_("Tổ chức"),
        label=_("Chi bộ"),
        total_before=tree.branches_before + difference,
        total_after=units.branches().on(plan.day).count(),
        before=parts,
        note=_("theo kế hoạch") if difference else "",
    )


def _paired(before, after):
    """A `TotalRow` of each total before and the one of the same key after."""
    later = {total.key: total for total in after}
    rows = []
    for total in before:
        then = later.pop(total.key, None)
        rows.append(
            TotalRow(
                key=total.key,
                group=total.group,
                label=total.label,
                total_before=total.number,
                total_after=then.number if then else 0,
                before=total.parts,
                note=(then.note if then else "") or total.note,
                address=total.address,
                proof_before=total.proof,
                proof_after=then.proof if then else "",
            )
        )
    return rows


def _moved(layout, handed: list[Handed]) -> list[MovedRow]:
    place = {top.pk: n for n, top in enumerate(layout.tops)}
    by_unit = {unit.pk: layout.top_of(unit) for unit in layout.ends}
    rows = []
    for row in handed:
        parts: Counter[int] = Counter()
        for pk, number in row.parts.items():
            if top := by_unit.get(pk):
                parts[place[top.pk]] += number
        if row.label:
            rows.append(
                MovedRow(
                    key=row.key or row.what,
                    label=str(row.label),
                    number=sum(row.parts.values()),
                    how=str(row.how),
                    parts=[parts[n] for n in range(len(layout.tops))],
                    left=row.left,
                    stays=row.stays,
                )
            )
    return rows
