"""The forms of assignments: a follower, a team, who and what a team gains or loses."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.forms.base import make_column, make_count_field
from branches.models import Organisation
from notation.dates import today
from notation.fields import REQUIRED, DateField, TextField
from notation.forms import make_form_helper
from notation.search_select import SearchSelect

CHOOSE = gettext_lazy("Chọn một dòng trong danh sách.")
WORDS = {"required": REQUIRED, "invalid_choice": CHOOSE, "list": CHOOSE}
SINCE = gettext_lazy("Từ ngày")


def _people():
    return User.objects.filter(is_active=True).order_by("full_name", "pk")


def _places(district):
    return Organisation.objects.under(district).communes().on(today())


class PersonField(forms.ModelChoiceField):
    """Somebody with an account; two of one name are told apart by it."""

    widget = SearchSelect

    def __init__(self, label):
        super().__init__(User.objects.none(), label=label, empty_label="—", error_messages=WORDS)

    def label_from_instance(self, obj):
        return f"{obj.full_name} ({obj.username})"


class PeopleField(forms.ModelMultipleChoiceField):
    """Several of them."""

    def label_from_instance(self, obj):
        return f"{obj.full_name} ({obj.username})"


class FollowerForm(forms.Form):
    """Who follows which base organisation, from when to when, on what document."""

    user = PersonField(gettext_lazy("Ủy viên Ban Thường vụ"))
    unit = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Tổ chức cơ sở đảng"),
        empty_label="—",
        error_messages=WORDS,
    )
    since = DateField(label=SINCE)
    until = DateField(label=gettext_lazy("Đến hết ngày"), required=False)
    basis = TextField(label=gettext_lazy("Căn cứ (số, ngày văn bản)"), max_length=200)

    def __init__(self, district, data=None, initial=None):
        super().__init__(data, initial=initial)
        self.fields["user"].queryset = _people()
        self.fields["unit"].queryset = _places(district)
        days = Row(make_column("since", 6), make_column("until", 6))
        self.helper = make_form_helper(Layout("user", "unit", days, "basis"))


class TeamForm(forms.Form):
    """A new team: its number, head, members and base organisations."""

    number = make_count_field(gettext_lazy("Tổ số"))
    since = DateField(label=SINCE)
    basis = TextField(label=gettext_lazy("Căn cứ (số, ngày văn bản)"), max_length=200)
    head = PersonField(gettext_lazy("Tổ trưởng"))
    members = PeopleField(
        User.objects.none(), label=gettext_lazy("Thành viên khác"), required=False, error_messages=WORDS
    )
    units = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Địa bàn"), error_messages=WORDS
    )

    def __init__(self, district, data=None):
        numbers = district.teams.on(today()).values_list("number", flat=True)
        super().__init__(data, initial={"number": max(numbers, default=0) + 1, "since": today()})
        for name in ("head", "members"):
            self.fields[name].queryset = _people()
        self.fields["units"].queryset = _places(district)
        days = Row(make_column("number", 4), make_column("since", 8))
        self.helper = make_form_helper(Layout(days, "basis", "head", "members", "units"))


class MemberForm(forms.Form):
    """Somebody joins a team."""

    user = PersonField(gettext_lazy("Thêm thành viên"))
    since = DateField(label=SINCE)

    def __init__(self, team, data=None):
        super().__init__(data, prefix="nguoi", initial={"since": today()})
        self.fields["user"].queryset = _people()
        self.helper = make_form_helper(Layout("user", "since"))


class PlaceForm(forms.Form):
    """A team is given one more base organisation."""

    unit = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Thêm địa bàn"),
        empty_label="—",
        error_messages=WORDS,
    )
    since = DateField(label=SINCE)

    def __init__(self, team, data=None):
        super().__init__(data, prefix="dia-ban", initial={"since": today()})
        self.fields["unit"].queryset = _places(team.unit)
        self.helper = make_form_helper(Layout("unit", "since"))


class DayForm(forms.Form):
    """The last day of an assignment, or the day from which somebody heads a team."""

    on = DateField(label=gettext_lazy("Ngày"))
