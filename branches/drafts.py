"""Writing a plan of changes down: its basis and its changes. Nobody writes over what another changed.

Whoever writes says which version they read; another one raises `StalePlan`, and nothing is written.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from branches.models import ChangeKind, Organisation, Reorganisation, UnitChange
from branches.plan_words import suggest_title
from branches.successions import units_after
from notation.dates import today

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

State = Reorganisation.State
WRITTEN = (State.DRAFT, State.HELD)
"""The states in which a plan may be changed; a scheduled one is taken off its day first."""


class StalePlan(ValidationError):
    """Somebody else changed the plan since it was read, or it is no longer open."""

    def __init__(self) -> None:
        super().__init__(_("Kế hoạch vừa có người sửa. Xem lại rồi lưu lần nữa; chưa lưu gì."))


@dataclass(frozen=True)
class ChangeDraft:
    """A change as somebody wants it; `facts` and `into` are those of `UnitChange`, the rows still without keys."""

    kind: ChangeKind
    units: tuple[Organisation, ...]
    into: Organisation | None = None
    facts: tuple[Mapping[str, Any], ...] = ()


def may_plan(user: "_User", unit: Organisation) -> bool:
    """Whether `user` may plan and carry out changes of what stands under `unit`."""
    return user.may("change_units", unit)  # type: ignore[attr-defined]  # accounts.User


def may_change_plan(user: "_User", plan: Reorganisation) -> bool:
    """Whether `user` may plan where `plan` is, or where what took over from its unit stands today."""
    return may_plan(user, plan.unit) or any(may_plan(user, unit) for unit in units_after(plan.unit, today()))


@transaction.atomic
def draft_reorganisation(
    unit: Organisation, basis: Mapping[str, Any], changes: Iterable[ChangeDraft] = (), *, by: "_User"
) -> Reorganisation:
    """A new plan on `basis` ({"title", "number", "decided_on", "issuer", "day", "note"}) with `changes`."""
    if not may_plan(by, unit):
        raise PermissionDenied
    plan = Reorganisation.objects.create(unit=unit, owner=by, **basis)
    for change in changes:
        _write(plan, UnitChange(plan=plan, position=_next_place(plan)), change)
    return plan


def claim_version(plan: Reorganisation, seen: int | None, states: Collection[str] = WRITTEN) -> None:
    """Swap the version that was read for the next one; raises `StalePlan` when it is another or the state is."""
    rows = Reorganisation.objects.filter(pk=plan.pk, state__in=states)
    if seen is None or not rows.filter(version=seen).update(version=F("version") + 1):
        raise StalePlan
    plan.refresh_from_db()


def _reopen(plan, seen, by):
    """Claim an open plan for a change of what it says: what was agreed to before holds no longer."""
    if not may_plan(by, plan.unit):
        raise PermissionDenied
    claim_version(plan, seen)
    plan.state, plan.held_because, plan.totals = State.DRAFT, "", {}
    plan.save(update_fields=["state", "held_because", "totals"])


@transaction.atomic
def change_basis(plan: Reorganisation, seen: int | None, basis: Mapping[str, Any], *, by: "_User") -> None:
    """Write the document, the day and the title of a plan anew."""
    _reopen(plan, seen, by)
    for name, value in basis.items():
        setattr(plan, name, value)
    plan.save(update_fields=[*basis])


@transaction.atomic
def add_unit_change(
    plan: Reorganisation, seen: int | None, change: ChangeDraft, *, by: "_User"
) -> UnitChange:
    """Put one more change at the end of a plan."""
    _reopen(plan, seen, by)
    return _write(plan, UnitChange(plan=plan, position=_next_place(plan)), change)


@transaction.atomic
def rewrite_unit_change(row: UnitChange, seen: int | None, change: ChangeDraft, *, by: "_User") -> None:
    """Write one change of a plan anew, in its place."""
    _reopen(row.plan, seen, by)
    _write(row.plan, row, change)


@transaction.atomic
def remove_unit_change(row: UnitChange, seen: int | None, *, by: "_User") -> None:
    """Take one change out of a plan, unless another one puts units under what this one makes."""
    _reopen(row.plan, seen, by)
    keys = {new["key"] for new in row.facts if "key" in new}
    others = row.plan.changes.exclude(pk=row.pk)
    if any(new.get("parent") in keys for other in others for new in other.facts):
        raise ValidationError(_("Thay đổi khác đặt đơn vị dưới đơn vị mới này; bỏ thay đổi đó trước."))
    row.delete()


def _next_place(plan):
    return (plan.changes.aggregate(last=Max("position"))["last"] or 0) + 1


def _write(plan, row, change):
    row.kind, row.into = change.kind, change.into
    keys = [new["key"] for new in row.facts if "key" in new]
    made = [f"{row.position}.{n}" for n in range(1, len(change.facts) + 1)]
    row.facts = [
        {"key": keys[n] if n < len(keys) else made[n]} | dict(new) for n, new in enumerate(change.facts)
    ]
    row.save()
    row.units.set(change.units)
    return row


@transaction.atomic
def take_off_its_day(plan: Reorganisation, seen: int | None, *, by: "_User") -> None:
    """Let a scheduled plan wait no longer, so that it can be changed."""
    if not may_plan(by, plan.unit):
        raise PermissionDenied
    claim_version(plan, seen, (State.SCHEDULED,))
    plan.state, plan.totals = State.DRAFT, {}
    plan.save(update_fields=["state", "totals"])


def name_by_changes(plan: Reorganisation) -> None:
    """Give a plan the title that its changes suggest."""
    plan.title = suggest_title(plan)
    plan.save(update_fields=["title"])
