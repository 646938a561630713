"""Giving a unit its quota for a year or a term."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accounts.roles import Permission
from branches.fields import REQUIRED, DateField, TextField
from branches.models import Organisation
from reports.links import quotas_url
from reports.models import Quota
from reports.views.dashboard import asked_period, asked_unit


class QuotaForm(forms.Form):
    """A number for a unit, with the dated document that gives it."""

    unit = forms.ModelChoiceField(Organisation.objects.none(), label=_l("Đơn vị"), empty_label="—")
    number = forms.IntegerField(
        label=_l("Chỉ tiêu"),
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"class": "w-num", "inputmode": "numeric"}),
    )
    basis = TextField(label=_l("Căn cứ giao"), max_length=200)
    basis_on = DateField(label=_l("Ngày của văn bản"))

    def __init__(self, *args, unit, period, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(parent=unit) | Organisation.objects.filter(pk=unit.pk)
        self.fields["unit"].queryset = rows.during(period.first, period.last).order_by("path")
        self.fields["unit"].label_from_instance = lambda row: row.title
        self.fields["unit"].error_messages["invalid_choice"] = _(
            "Không có đơn vị này trong phạm vi của đồng chí."
        )
        for field in self.fields.values():
            field.error_messages |= {"required": REQUIRED, "invalid": _("Ghi một số nguyên.")}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(*(Column(name, css_class="col-md-6") for name in self.fields)))


def give(request):
    unit, period = asked_unit(request), asked_period(request)
    if period.kind not in ("year", "term"):
        raise Http404
    if not request.user.may(Permission.SET_QUOTA, unit):
        raise PermissionDenied
    form = QuotaForm(request.POST or None, unit=unit, period=period)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        row, new = Quota.objects.update_or_create(
            unit=data["unit"],
            measure="admitted",
            first=period.first,
            last=period.last,
            defaults={name: data[name] for name in ("number", "basis", "basis_on")},
        )
        words = _("Đã giao %(n)d cho %(unit)s.") if new else _("Đã sửa chỉ tiêu của %(unit)s thành %(n)d.")
        messages.success(request, words % {"n": row.number, "unit": row.unit.title})
        return redirect(quotas_url(unit, period))
    context = {"form": form, "unit": unit, "period": period, "back": quotas_url(unit, period)}
    return render(request, "reports/quota.html", context, status=422 if form.errors else 200)
