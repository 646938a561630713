"""Corrects what was typed wrong of a unit on which nothing rests yet; what is in use ends and is taken over instead."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from branches.models import Organisation
from notation import vietnamese
from notation.numbers import format_number

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

CORRECTED = ("parent_id", "tier", "kind", "code", "name", "is_base_branch", "rural", "valid_from", "basis")
"""What a correction may write."""


def list_what_rests(unit: Organisation) -> list[str]:
    """["3 hồ sơ", "1 phân công"]: what of the whole register names `unit`, by kind of row; empty for an unused one."""
    named: dict[type[models.Model], models.Q] = {}
    for model, name in _references():
        named[model] = named.get(model, models.Q(pk__in=[])) | models.Q(**{name: unit.pk})
    counts = {model: model._base_manager.filter(condition).count() for model, condition in named.items()}
    return [
        f"{format_number(number)} {model._meta.verbose_name}" for model, number in counts.items() if number
    ]


def _references() -> Iterable[tuple[type[models.Model], str]]:
    """(model, name of its key) of everything in the database that can name a unit, whatever app it is in."""
    for model in apps.get_models(include_auto_created=True):
        for key in model._meta.concrete_fields:
            if not model._meta.proxy and key.is_relation and _is_unit(key.related_model):
                yield model, key.name


def _is_unit(model):
    return isinstance(model, type) and model._meta.concrete_model is Organisation


@transaction.atomic
def correct_unit(unit: Organisation, changed: Organisation, *, by: "_User") -> list[str]:
    """Write the fields of `changed` into `unit`; gives the names of what differed.

    Raises `ValidationError` where something rests on the unit, `PermissionDenied` without the right at both parents.
    """
    for parent in (unit.parent or unit, changed.parent or unit):
        if not by.may("change_units", parent):  # type: ignore[attr-defined]  # accounts.User
            raise PermissionDenied
    row = Organisation.objects.select_for_update().get(pk=unit.pk)
    if rests := list_what_rests(row):
        raise ValidationError(describe_rests(row, rests))
    facts = {name: getattr(changed, name) for name in CORRECTED}
    differ = [name for name in CORRECTED if facts[name] != getattr(row, name)]
    facts |= {
        "search_name": vietnamese.fold(facts["name"]),
        "sort_key": vietnamese.sort_key(facts["name"]),
        "path": f"{changed.parent.path if changed.parent else ''}{row.pk}/",
    }
    # `Organisation.save` refuses these fields for life; here nothing has been built on them.
    Organisation.objects.filter(pk=row.pk).update(**facts)
    return differ


def describe_rests(unit: Organisation, rests: list[str]) -> str:
    """Why a unit is not simply corrected, and what to do instead."""
    words = _("%(unit)s đã có %(rests)s nên không sửa được nữa: hãy kết thúc đơn vị và lập đơn vị kế tục.")
    return words % {"unit": unit.title, "rests": ", ".join(rests)}
