"""Fields and lists of the forms of changes: which units may be chosen, and how lists name them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from branches.forms.reorganisation import CHOOSE
from branches.kinds import Kind
from branches.models import TIERS_UNDER, Organisation, Tier
from notation.fields import TextField
from notation.search_select import SearchSelect, SearchSelectMultiple

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AS_BEFORE = ("", gettext_lazy("như trước"))
NEW_NAME = gettext_lazy("Tên mới")
YES, NO = "1", "0"


@dataclass(frozen=True)
class ChangeScope:
    """Where and when a change is planned; `begin` are the new units of other changes, (key, title) each."""

    unit: Organisation
    day: date
    begin: tuple[tuple[str, str], ...] = ()

    @cached_property
    def units(self) -> list[Organisation]:
        """The units that may change, as lists show them: a root itself, the base organisations, their branches."""
        rows = Organisation.objects.under(self.unit).on(self.day).select_related("parent__parent__parent")
        if self.unit.parent_id:
            rows = rows.exclude(pk=self.unit.pk)
        return sorted(rows, key=_place_of)

    def parents(self) -> Iterator[tuple[str, str]]:
        """(value, title) of what units may be put under: new units of the plan, then those that stand."""
        yield from self.begin
        if self.unit.parent_id and TIERS_UNDER[self.unit.tier]:
            yield str(self.unit.pk), self.unit.title
        for row in self.units:
            if TIERS_UNDER[row.tier] and not row.is_base_branch:
                yield str(row.pk), row.title


def _place_of(unit):
    """Units under their base organisation, which stands first; what is above base organisations before all."""
    if unit.tier in (Tier.PROVINCE, Tier.DISTRICT):
        return (0, len(unit.path), unit.sort_key)
    base = unit.base_organisation
    return (1, *base.place_in_tables, base.pk, unit.pk != base.pk, *unit.place_in_tables)


def name_in_list(unit: Organisation) -> str:
    """The unit with its base organisation, of which several may have a branch of this name."""
    if unit.tier in (Tier.PROVINCE, Tier.DISTRICT, Tier.BASE):
        return unit.title
    return f"{unit.title} · {unit.base_organisation.place_name}"


class UnitField(forms.ModelChoiceField):
    """One of the units that may change."""

    widget = SearchSelect

    def __init__(self, label: "StrOrPromise", **kwargs: Any) -> None:
        super().__init__(Organisation.objects.none(), label=label, **kwargs)


class UnitsField(forms.ModelMultipleChoiceField):
    """Several of them."""

    widget = SearchSelectMultiple
    default_error_messages = {"invalid_choice": CHOOSE, "invalid_pk_value": CHOOSE, "list": CHOOSE}

    def __init__(self, label: "StrOrPromise", **kwargs: Any) -> None:
        super().__init__(Organisation.objects.none(), label=label, **kwargs)


def choice_field(label: "StrOrPromise", choices: Any = (), **kwargs: Any) -> forms.ChoiceField:
    """One of `choices`; nothing chosen leaves things as they were."""
    return forms.ChoiceField(label=label, choices=[AS_BEFORE, *choices], required=False, **kwargs)


def kind_field() -> forms.ChoiceField:
    return choice_field(gettext_lazy("Loại hình"), [(kind.value, kind.label) for kind in Kind])


def rural_field() -> forms.ChoiceField:
    words = [(YES, gettext_lazy("nông thôn")), (NO, gettext_lazy("không phải nông thôn"))]
    return choice_field(gettext_lazy("Chi bộ nông thôn"), words)


def name_field(label: "StrOrPromise" = NEW_NAME, **kwargs: Any) -> TextField:
    return TextField(label=label, max_length=120, **kwargs)


def code_field() -> TextField:
    words = gettext_lazy("Để trống thì giữ mã đang dùng.")
    return TextField(label=gettext_lazy("Mã đơn vị"), max_length=20, required=False, help_text=words)


def parent_field() -> forms.ChoiceField:
    return choice_field(gettext_lazy("Trực thuộc"), widget=SearchSelect)
