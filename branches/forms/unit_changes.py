"""The form of each kind of change: which units end, and what begins in their place."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.drafts import ChangeDraft
from branches.forms.change_fields import (
    AS_BEFORE,
    NO,
    YES,
    ChangeScope,
    UnitField,
    UnitsField,
    code_field,
    kind_field,
    name_field,
    name_in_list,
    parent_field,
    rural_field,
)
from branches.forms.reorganisation import make_row, write_sentences
from branches.models import ChangeKind, Kind, Organisation, Tier, UnitChange
from branches.names import spoken_name
from branches.plan_words import new_units
from notation.forms import make_form_helper
from notation.search_select import SearchSelect
from notation.vietnamese import fold

PARTS = range(1, 7)
"""Into how many units one is split by one change, at most."""


class ChangeForm(forms.Form):
    """What every kind has in common; `unit` or `units` are those that end."""

    change_kind: ClassVar[ChangeKind]
    rows: ClassVar[Sequence[Any]] = ()
    """The names of the fields in order; those side by side as [(name, width in twelfths)]."""

    def __init__(
        self,
        scope: ChangeScope,
        data: Any = None,
        *,
        change: UnitChange | None = None,
        picked: Iterable[Organisation] = (),
    ) -> None:
        units = list(change.units.all() if change else picked)
        initial = {"units": [row.pk for row in units], "unit": units[0].pk if units else None}
        super().__init__(data, initial=initial | (self.read_change(change) if change else {}))
        self._fill_lists(scope)
        write_sentences(self.fields.values())
        rows = [make_row(*row) if isinstance(row, list) else row for row in self.rows]
        self.helper = make_form_helper(Layout(*rows))

    def _fill_lists(self, scope):
        choices = [(row.pk, name_in_list(row)) for row in scope.units]
        allowed = Organisation.objects.filter(pk__in=[row.pk for row in scope.units])
        for field in self.fields.values():
            if isinstance(field, UnitField | UnitsField):
                field.queryset = allowed.select_related("parent")
                field.choices = choices if isinstance(field, UnitsField) else [("", "—"), *choices]
        if "parent" in self.fields:
            first = ("", "—") if self.fields["parent"].required else AS_BEFORE
            self.fields["parent"].choices = [first, *scope.parents()]  # type: ignore[attr-defined]

    def read_change(self, change: UnitChange) -> dict[str, Any]:
        """What stands in the fields of a change that was written before."""
        rows = new_units(change)
        initial: dict[str, Any] = {"into": change.into_id} | (rows[0] if rows else {})
        for name in ("rural", "is_base_branch"):
            if name in initial:
                initial[name] = YES if initial[name] else NO
        return initial

    def ending_units(self) -> list[Organisation]:
        """The units that end, of a form whose fields for them are valid."""
        data = self.cleaned_data
        units = data.get("units", []) if "units" in self.fields else [data.get("unit")]
        return [row for row in units if row]

    def new_facts(self, suffix: str = "") -> dict[str, Any]:
        """A row of `UnitChange.facts`: what is said of a new unit; all else stays as it was."""
        data, facts = self.cleaned_data, {}
        for name in ("name", "kind", "tier", "code"):
            if value := data.get(f"{name}{suffix}"):
                facts[name] = value
        for name in ("rural", "is_base_branch"):
            if value := data.get(f"{name}{suffix}"):
                facts[name] = value == YES
        if parent := data.get("parent"):
            facts["parent"] = int(parent) if parent.isdecimal() else parent
        if "name" in facts:
            facts["name"] = spoken_name(facts["name"], facts.get("kind") or self.ending_units()[0].kind)
        return facts

    def draft(self) -> ChangeDraft:
        """The change that was typed; only of a valid form."""
        into = self.cleaned_data.get("into")
        facts = () if into else (self.new_facts(),)
        return ChangeDraft(self.change_kind, tuple(self.ending_units()), into, facts)

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("into") and data["into"] in self.ending_units():
            self.add_error("into", _("Đơn vị nhận không thể là đơn vị kết thúc."))
        return data


class RenameForm(ChangeForm):
    """Another name."""

    change_kind = ChangeKind.RENAME
    rows = ("unit", [("name", 8), ("code", 4)])
    unit = UnitField(gettext_lazy("Đơn vị đổi tên"))
    name = name_field()
    code = code_field()


class KindForm(ChangeForm):
    """Another kind, as a xã becomes a thị trấn."""

    change_kind = ChangeKind.KIND
    rows = ("unit", [("kind", 8), ("code", 4)], "name")
    unit = UnitField(gettext_lazy("Đơn vị đổi loại hình"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại hình mới"), choices=[("", "—"), *((row.value, row.label) for row in Kind)]
    )
    code = code_field()
    name = name_field(gettext_lazy("Tên mới, nếu đổi cả tên"), required=False)


class ParentForm(ChangeForm):
    """Another unit above."""

    change_kind = ChangeKind.PARENT
    rows = ("units", "parent")
    units = UnitsField(gettext_lazy("Đơn vị chuyển đi"))
    parent = forms.ChoiceField(label=gettext_lazy("Nay trực thuộc"), widget=SearchSelect)


class MergeForm(ChangeForm):
    """Several units become a new one, or are taken in by one that goes on."""

    change_kind = ChangeKind.MERGE
    rows = ("units", "into", [("name", 8), ("code", 4)], [("kind", 4), ("rural", 4), ("parent", 4)])
    units = UnitsField(gettext_lazy("Các đơn vị nhập lại"))
    into = UnitField(
        gettext_lazy("Nhập vào đơn vị vẫn còn"),
        required=False,
        help_text=gettext_lazy("Chỉ chọn khi không lập đơn vị mới."),
    )
    name = name_field(gettext_lazy("Tên đơn vị mới"), required=False)
    code = code_field()
    kind = kind_field()
    rural = rural_field()
    parent = parent_field()

    def clean(self) -> dict:
        data = super().clean()
        units, into = self.ending_units(), data.get("into")
        if "units" in self.errors or "into" in self.errors:
            return data
        if into and data.get("name"):
            self.add_error("name", _("Nhập vào đơn vị vẫn còn thì không đặt tên mới."))
        if not into:
            self._ask_for_new_unit(units)
        return data

    def _ask_for_new_unit(self, units):
        data = self.cleaned_data
        if len(units) < 2:
            self.add_error("units", _("Hợp nhất cần từ hai đơn vị; một đơn vị thì chọn nơi nhập vào."))
        if not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Ghi tên đơn vị mới."))
        differing = {
            "kind": (len({row.kind for row in units}), _("Các đơn vị khác loại hình; chọn loại hình mới.")),
            "rural": (
                len({row.rural for row in units}),
                _("Có chi bộ nông thôn, có chi bộ không; chọn một."),
            ),
            "parent": (
                len({row.parent_id for row in units}),
                _("Các đơn vị khác cấp trên; chọn nơi trực thuộc."),
            ),
        }
        for name, (number, words) in differing.items():
            if number > 1 and not data.get(name) and name not in self.errors:
                self.add_error(name, words)


class SplitForm(ChangeForm):
    """One unit becomes several."""

    change_kind = ChangeKind.SPLIT
    unit = UnitField(gettext_lazy("Đơn vị chia, tách"))

    def _fill_lists(self, scope):
        super()._fill_lists(scope)
        self.rows = ["unit"]
        for n in PARTS:
            label = _("Tên đơn vị mới %(n)d") % {"n": n}
            self.fields[f"name{n}"] = name_field(label, required=n <= 2)
            self.fields[f"code{n}"] = code_field()
            self.fields[f"rural{n}"] = rural_field()
            if n > 1:
                self.fields[f"code{n}"].help_text = ""
            self.rows.append([(f"name{n}", 6), (f"code{n}", 3), (f"rural{n}", 3)])

    def read_change(self, change: UnitChange) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for n, row in enumerate(new_units(change), 1):
            initial |= {f"{name}{n}": value for name, value in row.items()}
            if "rural" in row:
                initial[f"rural{n}"] = YES if row["rural"] else NO
        return initial

    def clean(self) -> dict:
        data = super().clean()
        seen: dict[str, int] = {}
        for n in PARTS:
            name = fold(data.get(f"name{n}") or "")
            if not name and (data.get(f"code{n}") or data.get(f"rural{n}")) and f"name{n}" not in self.errors:
                self.add_error(f"name{n}", _("Ghi tên đơn vị mới."))
            if name and name in seen:
                self.add_error(f"name{n}", _("Trùng tên với đơn vị mới %(n)d.") % {"n": seen[name]})
            seen.setdefault(name, n)
        return data

    def draft(self) -> ChangeDraft:
        facts = tuple(self.new_facts(str(n)) for n in PARTS if self.cleaned_data.get(f"name{n}"))
        return ChangeDraft(self.change_kind, tuple(self.ending_units()), None, facts)


class DissolveForm(ChangeForm):
    """Units end, and another one goes on with what they had."""

    change_kind = ChangeKind.DISSOLVE
    rows = ("units", "into")
    units = UnitsField(gettext_lazy("Đơn vị giải thể"))
    into = UnitField(
        gettext_lazy("Đơn vị nhận hồ sơ, chỉ tiêu, nguồn"),
        help_text=gettext_lazy("Không có gì của đơn vị giải thể được để không nơi nhận."),
    )


class TierForm(ChangeForm):
    """A higher or a lower level."""

    change_kind = ChangeKind.TIER
    rows = ("unit", [("tier", 6), ("parent", 6)], [("kind", 6), ("name", 6)], "code")
    unit = UnitField(gettext_lazy("Đơn vị nâng cấp, hạ cấp"))
    tier = forms.ChoiceField(
        label=gettext_lazy("Cấp mới"), choices=[("", "—"), *((row.value, row.label) for row in Tier)]
    )
    parent = parent_field()
    kind = kind_field()
    name = name_field(gettext_lazy("Tên mới, nếu đổi cả tên"), required=False)
    code = code_field()


class BaseBranchForm(ChangeForm):
    """A base organisation becomes a branch, or ceases to be one."""

    change_kind = ChangeKind.BASE_BRANCH
    rows = ("unit", "is_base_branch")
    unit = UnitField(gettext_lazy("Tổ chức cơ sở đảng"))
    is_base_branch = forms.ChoiceField(
        label=gettext_lazy("Nay là"),
        widget=forms.RadioSelect,
        choices=[
            (YES, gettext_lazy("chi bộ cơ sở")),
            (NO, gettext_lazy("đảng bộ cơ sở, có chi bộ trực thuộc")),
        ],
    )


class RuralForm(ChangeForm):
    """Rural, or no longer."""

    change_kind = ChangeKind.RURAL
    rows = ("units", "rural")
    units = UnitsField(gettext_lazy("Các chi bộ"))
    rural = forms.ChoiceField(
        label=gettext_lazy("Nay ghi là"),
        widget=forms.RadioSelect,
        choices=[(YES, gettext_lazy("nông thôn")), (NO, gettext_lazy("không phải nông thôn"))],
    )

    def clean(self) -> dict:
        data = super().clean()
        if any(not row.is_branch for row in self.ending_units()):
            self.add_error("units", _("Chỉ chi bộ mới ghi là nông thôn."))
        return data


FORMS: dict[str, type[ChangeForm]] = {
    form.change_kind.value: form
    for form in (
        RenameForm,
        MergeForm,
        SplitForm,
        DissolveForm,
        ParentForm,
        KindForm,
        TierForm,
        BaseBranchForm,
        RuralForm,
    )
}
"""{kind: its form}, in the order in which they are offered."""
