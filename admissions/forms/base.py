"""What the forms of dossiers share: widgets, layout, the choice of a branch, and refusals at their fields."""

from typing import TYPE_CHECKING

from crispy_forms.layout import Column, Field
from django import forms
from django.db.models import Field as ModelField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Organisation, within_scope
from notation.births import BirthField
from notation.dates import today
from notation.fields import REQUIRED, DateField, IdentityNumberField, NameField, TextField
from notation.search_select import SearchSelect

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAMES = {"full_name", "introducer", "second_introducer", "helper"}


def make_form_field(field: ModelField, **kwargs) -> forms.Field | None:
    """The form field for a model field, in the kinds of `notation.fields`; None for one that has none."""
    made = field.formfield(**kwargs)
    if made is None:
        return None
    label, required, length = made.label, made.required, getattr(made, "max_length", None)
    if field.name == "born_on":
        made = BirthField(label=label, required=required)
    elif field.name == "citizen_id":
        made = IdentityNumberField(label=label, required=required, max_length=2 * (length or 0))
    elif isinstance(made, forms.DateField):
        made = DateField(label=label, required=required)
    elif type(made) is forms.CharField:
        kind = NameField if field.name in NAMES else TextField
        made = kind(label=label, required=required, max_length=length)
    made.error_messages["required"] = REQUIRED
    return made


class BranchField(forms.ModelChoiceField):
    """Branches where one holds `permission`, those of one base organisation together."""

    widget = SearchSelect

    def __init__(self, user, keep=None, permission=Permission.ENTER, label=None):
        rows = Organisation.objects.filter(within_scope(user.scope(permission))).branches().on(today())
        if keep:
            rows = rows | Organisation.objects.filter(pk=keep.pk)
        super().__init__(rows.select_related("parent"), label=label or _("Chi bộ theo dõi"))
        self.error_messages["required"] = REQUIRED
        self.error_messages["invalid_choice"] = _("Không có chi bộ này trong phạm vi của đồng chí.")
        self.help_text = _("Nông thôn hay khác lấy theo chi bộ vào ngày kết nạp.")
        rows = sorted(self.queryset, key=lambda row: (row.parent.sort_key, not row.rural, row.sort_key))
        self.choices = [("", "—"), *((row.pk, _name_branch(row)) for row in rows)]


def _name_branch(branch):
    """The branch with its base organisation, of which several may have a branch of this name."""
    parts = [branch.title]
    if not branch.is_base_branch:
        parts.append(branch.base_organisation.place_name)
    if branch.rural:
        parts.append(_("nông thôn"))
    return " · ".join(parts)


def make_count_field(
    label: "StrOrPromise", *, initial: int | None = None, help_text: "StrOrPromise" = ""
) -> forms.IntegerField:
    """The field of a whole number of people."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-num", "autocomplete": "off"})
    field = forms.IntegerField(
        label=label, min_value=0, max_value=9999, widget=widget, initial=initial, help_text=help_text
    )
    field.error_messages |= {"required": REQUIRED, "invalid": gettext_lazy("Ghi một số nguyên.")}
    return field


def make_column(name: str, width: int, css: str = "") -> Column:
    return Column(Field(name, css_class=css) if css else name, css_class=f"col-md-{width}")


def add_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Show the sentences of `refusal` at the fields they name, those for no field of the form above it."""
    for name, messages in refusal.by_field.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)
