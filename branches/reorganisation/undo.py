"""Put back what a plan changed, as long as nothing was built on it.

Plain rows are put back as they were. What only grows is undone by a further row: the apps above add it
(`HANDED_BACK_BY`). The units that had begun stay for the events that name them, and stood on no day.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from branches.models import Organisation, Reorganisation
from branches.reorganisation.outcome import Obstacle
from branches.row_keeper import describe_changed, put_back, rows_changed_since, rows_made
from notation.dates import now
from notation.vietnamese import clean

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

UNITS = "branches.organisation"
OF_PLANS = ("branches.reorganisation", "branches.unitchange", "branches.unitchange_units")
LONGEST = 300


def units_begun(plan: Reorganisation) -> list[int]:
    """The primary keys of the units that began with `plan`."""
    return [*plan.handed_rows.filter(model=UNITS, before__isnull=True).values_list("row", flat=True)]


def list_undo_obstacles(plan: Reorganisation) -> list[Obstacle]:
    """What was built on the new units since `plan` was carried out; it can be undone when every row is `ok`."""
    begun = units_begun(plan)
    found = [
        Obstacle(key=key, label=label, number=number, ok=not number)
        for name in settings.BUILT_ON_BY
        for key, label, number in import_string(name)(plan, begun)
    ]
    found += [*_plans_at(plan, begun), *_rows_at(plan, begun)]
    changed = rows_changed_since(plan)
    if changed:
        label = _("Dòng đã sửa từ khi thực hiện")
        number, detail = sum(changed.values()), describe_changed(changed)
        found.append(Obstacle(key="changed", label=label, number=number, ok=False, detail=detail))
    return found


def unit_relations() -> list[tuple[Any, str]]:
    """[(model, name of its key)] of every key to a unit, in the order of the models."""
    relations: list[Any] = [*Organisation._meta.get_fields(include_hidden=True)]
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created and (relation.one_to_many or relation.one_to_one)
    ]


def _plans_at(plan, begun):
    """Other plans, carried out or still open, that name the new units."""
    gone = (Reorganisation.State.UNDONE, Reorganisation.State.WITHDRAWN)
    named = Q(unit__in=begun) | Q(changes__units__in=begun) | Q(changes__into__in=begun)
    number = (
        Reorganisation.objects.exclude(pk=plan.pk).exclude(state__in=gone).filter(named).distinct().count()
    )
    label = _("Thay đổi khác có các đơn vị này")
    return [Obstacle(key="plans", label=label, number=number, ok=not number)]


def _rows_at(plan, begun):
    """An obstacle for each kind of rows at the new units that the plan did not itself make."""
    found = []
    for model, field in unit_relations():
        label = model._meta.label_lower
        if label in (*settings.NOT_BUILT_ON, *OF_PLANS) or model._meta.proxy:
            continue
        mine = rows_made(plan, label).values("row")
        rows = model._base_manager.filter(**{f"{field}__in": begun}).exclude(pk__in=mine)
        if number := rows.count():
            name = str(model._meta.verbose_name)
            found.append(
                Obstacle(key=f"{label}.{field}", label=name[:1].upper() + name[1:], number=number, ok=False)
            )
    return found


def undo(plan: Reorganisation, *, by: "_User", reason: str) -> None:
    """Put everything back as before. Raises `ValidationError` with what was built on it, `PermissionDenied`."""
    reason = clean(reason)[:LONGEST]
    if not reason:
        raise ValidationError(_("Ghi lý do hoàn tác."))
    with transaction.atomic():
        row = Reorganisation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
        _require_right(row, by)
        if row.state != Reorganisation.State.DONE:
            raise ValidationError(_("Kế hoạch này %(state)s.") % {"state": row.get_state_display()})
        against = [one for one in list_undo_obstacles(row) if not one.ok]
        if against:
            words = _("Không hoàn tác được: %(label)s (%(number)s).")
            raise ValidationError([words % {"label": one.label, "number": _number(one)} for one in against])
        begun = units_begun(row)
        for name in settings.HANDED_BACK_BY:
            import_string(name)(row, begun, by=by)
        put_back(row, but=[UNITS])
        _put_back_units(row, begun)
        row.state, row.undone_at, row.undone_by = Reorganisation.State.UNDONE, now(), by
        row.undone_reason, row.version = reason, row.version + 1
        row.save()
    plan.refresh_from_db()


def _number(obstacle):
    return obstacle.detail or obstacle.number


def _require_right(plan, by):
    """Whoever may change units where the plan is, or where what took over from its unit stands today."""
    places = {plan.unit_id, *plan.result.get("heirs", {}).values()}
    units = Organisation.objects.filter(pk__in=places)
    tops = [
        unit for unit in units if not any(unit.path.startswith(one.path) and one != unit for one in units)
    ]
    if not any(by.may("change_units", unit) for unit in tops):
        raise PermissionDenied


def _put_back_units(plan, begun):
    ended = plan.handed_rows.filter(model=UNITS, before__isnull=False)  # none had an end before
    Organisation.objects.filter(pk__in=ended.values("row")).update(valid_to=None)
    Organisation.objects.filter(pk__in=begun).update(undone=True, valid_to=F("valid_from"))
