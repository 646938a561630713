"""The form for a new unit."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.kinds import ABOVE_BASE, OF_BRANCHES, Kind
from branches.models import TIERS_UNDER, Organisation, Tier
from branches.names import spoken_name
from notation.dates import today
from notation.fields import REQUIRED, TOO_LONG, DateField
from notation.forms import make_form_helper
from notation.vietnamese import clean, fold

HIDDEN: dict[str, tuple[str, ...]] = {
    Tier.PROVINCE: (Kind.PROVINCE, *OF_BRANCHES),
    Tier.DISTRICT: (*ABOVE_BASE, *OF_BRANCHES),
}
"""The kinds that are not offered under a tier; under the others what stands above base organisations is not."""


class UnitForm(forms.ModelForm):
    """A unit under `parent`, from a day on."""

    valid_from = DateField(label=gettext_lazy("Có từ ngày"))

    class Meta:
        model = Organisation
        fields = ["tier", "kind", "name", "code", "rural", "is_base_branch", "valid_from", "basis"]

    def __init__(self, *args, parent, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.parent = parent
        tiers = [tier for tier in Tier if tier in TIERS_UNDER[parent.tier]]
        self.fields["tier"].choices = [(tier.value, tier.label) for tier in tiers]
        hidden = HIDDEN.get(parent.tier, ABOVE_BASE)
        self.fields["kind"].choices = [("", "—")] + [(k.value, k.label) for k in Kind if k not in hidden]
        if Tier.BASE not in tiers:
            del self.fields["is_base_branch"]
        self.initial.setdefault(
            "tier", tiers[-1]
        )  # under a base organisation far more often a branch than a section
        self.fields["valid_from"].initial = today()
        for field in self.fields.values():
            field.error_messages |= {"required": REQUIRED, "max_length": TOO_LONG}
            field.widget.attrs.setdefault("autocomplete", "off")
        columns = [Column(name, css_class="col-md-6") for name in self.fields]
        self.helper = make_form_helper(Layout(Row(*columns)))

    def clean_name(self) -> str:
        return spoken_name(self.cleaned_data["name"], self.cleaned_data.get("kind", ""))

    def clean_code(self) -> str:
        return clean(self.cleaned_data["code"])

    def clean(self) -> dict:
        super().clean()
        data = self.cleaned_data
        name, since = data.get("name"), data.get("valid_from")
        if name and since:
            beside = Organisation.objects.filter(parent=self.instance.parent, search_name=fold(name))
            beside = beside.exclude(pk=self.instance.pk).on(since)
            if twin := beside.first():
                self.add_error("name", _("%(unit)s đã có trong sổ.") % {"unit": twin.title})
        if data.get("rural") and data.get("tier") != Tier.BRANCH and not data.get("is_base_branch"):
            self.add_error("rural", _("Chỉ chi bộ mới ghi là nông thôn."))
        return data

    def validate_unique(self) -> None:
        code, since = self.cleaned_data.get("code"), self.cleaned_data.get("valid_from")
        twin = None
        if code and since:
            twins = Organisation.objects.filter(code=code, valid_from=since)
            twin = twins.exclude(pk=self.instance.pk).first()
        if twin:
            self.add_error("code", _("Mã này đã dùng cho %(unit)s từ cùng ngày.") % {"unit": twin.title})

    def validate_constraints(self) -> None:
        """Skip the model's constraints: `clean` and `validate_unique` refuse the same at their fields."""


class CorrectUnitForm(UnitForm):
    """What was typed wrong of a unit that nothing rests on, its parent among it."""

    parent = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Đơn vị cấp trên"))

    def __init__(self, *args, instance, parents, data=None, **kwargs):
        chosen = parents.filter(pk=_key(data.get("parent"))).first() if data else None
        super().__init__(data, *args, instance=instance, parent=chosen or instance.parent, **kwargs)
        self.fields["parent"].queryset = parents
        self.fields["parent"].initial = instance.parent_id
        self.fields["parent"].error_messages |= {"required": REQUIRED}
        self.fields["parent"].widget.attrs.setdefault("autocomplete", "off")
        self.initial["tier"] = instance.tier
        self.helper = make_form_helper(
            Layout(Row(*(Column(name, css_class="col-md-6") for name in self.fields)))
        )


def _key(text):
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
