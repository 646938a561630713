"""The forms of a visit: arrange, hold, what was found, tasks of the conclusion before, what is concluded, additions."""

from collections.abc import Iterable, Mapping
from datetime import date

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Permission
from admissions.forms.base import make_column, make_count_field
from branches.models import Organisation, Tier, within_scope
from notation.dates import today
from notation.fields import REQUIRED, TOO_LONG, DateField, TextField
from notation.forms import make_form_helper
from notation.search_select import SearchSelect
from notation.vietnamese import clean
from oversight.models import Follower, Shortcoming, Task, Team, Visit
from oversight.visits import Conclusion

CHOOSE = gettext_lazy("Chọn một dòng trong danh sách.")
MORE = 2
"""Empty lines for conclusions below those that were written."""


class ArrangeForm(forms.Form):
    """Where and when, and in whose name: a team or a follower."""

    unit = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Chi bộ, đảng bộ đến dự"),
        widget=SearchSelect,
        error_messages={"required": REQUIRED, "invalid_choice": CHOOSE},
    )
    on = DateField(label=gettext_lazy("Hẹn ngày"))
    who = forms.ChoiceField(
        label=gettext_lazy("Tổ công tác, ủy viên phụ trách"),
        error_messages={"required": REQUIRED, "invalid_choice": CHOOSE},
    )

    def __init__(self, user, data=None, initial=None):
        super().__init__(data, initial={"on": today()} | (initial or {}))
        rows = Organisation.objects.filter(within_scope(user.scope(Permission.VISIT))).on(today())
        rows = rows.exclude(tier__in=(Tier.PROVINCE, Tier.DISTRICT))
        self.fields["unit"].queryset = rows
        ordered = sorted(rows.select_related("parent__parent"), key=_place_of)
        self.fields["unit"].choices = [("", "—"), *((row.pk, _name_unit(row)) for row in ordered)]
        self.fields["who"].choices = list(_visitors(user))
        days = Row(make_column("on", 4), make_column("who", 8))
        self.helper = make_form_helper(Layout("unit", days))

    def visitor(self) -> dict[str, Team | User | None]:
        """{"team": …, "follower": …}, one of them None."""
        kind, _colon, key = self.cleaned_data["who"].partition(":")
        if kind == "team":
            return {"team": Team.objects.get(pk=key), "follower": None}
        return {"team": None, "follower": User.objects.get(pk=key)}


def _place_of(unit):
    base = unit.base_organisation
    return (base.place_in_tables, base.pk, unit.pk != base.pk, unit.place_in_tables)


def _name_unit(unit):
    base = unit.base_organisation
    return unit.title if base.pk == unit.pk else f"{unit.title} · {base.place_name}"


def _visitors(user):
    """("team:3", name) of the teams and followers in whose name `user` writes."""
    oversees = user.may(Permission.OVERSEE)
    teams = Team.objects.on(today())
    teams = teams.filter(units__unit__in=_inside(user)) if oversees else teams.filter(members__in=_mine(user))
    for team in teams.distinct():
        yield f"team:{team.pk}", str(team)
    followers = Follower.objects.on(today()).select_related("user").order_by("user__full_name")
    followers = followers.filter(unit__in=_inside(user)) if oversees else followers.filter(user=user)
    for person in dict.fromkeys(row.user for row in followers):
        yield f"user:{person.pk}", _("đ/c %(who)s") % {"who": person}


def _inside(user):
    return Organisation.objects.filter(within_scope(user.scope(Permission.VISIT)))


def _mine(user):
    return user.teams.on(today())


class HoldForm(forms.Form):
    """The day a visit was held, who was met, and how many were there."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DateField(label=gettext_lazy("Ngày dự"))
    met = TextField(label=gettext_lazy("Làm việc với"), max_length=300)
    members = make_count_field(gettext_lazy("Số đảng viên"))
    present = make_count_field(gettext_lazy("Có mặt"))

    def __init__(self, visit, members, data=None):
        initial = {
            "version": visit.version,
            "on": visit.held_on or min(visit.planned_on, today()),
            "met": visit.met,
            "members": visit.members if visit.members is not None else members,
            "present": visit.present,
        }
        super().__init__(data, initial=initial)
        self.fields["members"].required = self.fields["present"].required = False
        numbers = Row(make_column("on", 4), make_column("members", 4), make_column("present", 4))
        self.helper = make_form_helper(Layout("version", numbers, "met"))


class MoveForm(forms.Form):
    """Another day for a visit that was arranged."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DateField(label=gettext_lazy("Hẹn ngày"))


def _lines_field(label, rows, length):
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-control"})
    messages = {"max_length": TOO_LONG}
    return forms.CharField(
        label=label, required=False, max_length=length, widget=widget, error_messages=messages
    )


class FindingsForm(forms.Form):
    """Strengths, shortcomings of each kind (a line each), causes, and the number of the conclusion."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    strengths = _lines_field(gettext_lazy("Ưu điểm"), 2, 1000)
    causes = _lines_field(gettext_lazy("Nguyên nhân"), 2, 1000)
    number = TextField(label=gettext_lazy("Số thông báo kết luận"), max_length=40, required=False)

    def __init__(self, visit, data=None):
        rows = list(visit.shortcomings.all())
        initial = {"version": visit.version, "strengths": visit.strengths, "causes": visit.causes}
        for kind in Shortcoming.Kind:
            initial[kind] = "\n".join(row.words for row in rows if row.kind == kind)
        super().__init__(data, initial=initial)
        for kind in Shortcoming.Kind:
            text = str((data or initial).get(kind.value, ""))
            self.fields[kind] = _lines_field(kind.label, max(1, text.count("\n") + 1), 1500)
        self.fields["number"].widget.attrs["class"] = "form-control form-control-sm"

    def kinds(self) -> list:
        """The fields of shortcomings as the page shows them."""
        return [self[kind] for kind in Shortcoming.Kind]

    def clean(self) -> dict:
        super().clean()
        for kind in Shortcoming.Kind:
            if any(len(line) > 500 for line in self._lines(kind)):
                self.add_error(kind, _("Mỗi dòng nhiều nhất %(n)d ký tự.") % {"n": 500})
        return self.cleaned_data

    def _lines(self, kind):
        return [words for line in self.cleaned_data.get(kind, "").splitlines() if (words := clean(line))]

    def facts(self) -> dict:
        """What `visits.write_findings` takes."""
        found = [(kind.value, words) for kind in Shortcoming.Kind for words in self._lines(kind)]
        data = self.cleaned_data
        return {"strengths": data["strengths"], "causes": data["causes"], "shortcomings": found}


class TaskForm(forms.Form):
    """What is said of one task of the conclusion before."""

    state = forms.ChoiceField(
        label=gettext_lazy("Nay"), choices=Task.State.choices, error_messages={"required": REQUIRED}
    )
    before = DateField(label=gettext_lazy("Lùi đến"), required=False)
    words = TextField(label=gettext_lazy("Ghi thêm"), max_length=300, required=False)

    def __init__(self, task, visit, data=None):
        said = task.reports.filter(visit=visit).last()
        initial = {"state": task.state, "words": said.words if said else ""}
        super().__init__(data, prefix=f"t{task.pk}", initial=initial)
        self.task = task
        for name, field in self.fields.items():
            css = "form-select" if name == "state" else "form-control"
            field.widget.attrs |= {"class": css, "aria-label": f"{field.label}, {task.what}"}
        self.fields["before"].widget.attrs["placeholder"] = self.fields["before"].label
        self.fields["words"].widget.attrs["placeholder"] = self.fields["words"].label


class ConclusionForm(forms.Form):
    """One line of what is concluded; left empty it is none."""

    what = TextField(label=gettext_lazy("Việc"), max_length=300, required=False)
    who = TextField(label=gettext_lazy("Người làm"), max_length=160, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), error_messages={"required": REQUIRED})
    before = DateField(label=gettext_lazy("Trước ngày"), required=False)

    def __init__(self, visit, n, due, data=None, kept=None):
        super().__init__(data, prefix=f"k{n}", initial={"unit": visit.unit_id, "before": due} | (kept or {}))
        units = [visit.unit, visit.unit.base_organisation]
        self.units = {str(row.pk): row for row in units}
        self.fields["unit"].choices = [(pk, row.title) for pk, row in self.units.items()]
        for name, field in self.fields.items():
            css = "form-select" if name == "unit" else "form-control"
            field.widget.attrs |= {"class": css, "aria-label": f"{field.label} {n + 1}"}

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("what") and not data.get("who"):
            self.add_error("who", _("Ghi ai làm."))
        if data.get("what") and "before" not in self.errors and not data.get("before"):
            self.add_error("before", _("Ghi phải xong trước ngày nào."))
        if data.get("who") and not data.get("what"):
            self.add_error("what", _("Ghi việc phải làm."))
        return data

    def conclusion(self) -> Conclusion | None:
        data = self.cleaned_data
        if not data["what"]:
            return None
        return Conclusion(self.units[data["unit"]], data["what"], data["who"], data["before"])


def conclusion_forms(visit: Visit, due: date, data: Mapping[str, str] | None = None) -> list[ConclusionForm]:
    """A form for each conclusion that was written, or was sent, and `MORE` empty ones."""
    kept = [one | {"before": date.fromisoformat(one["before"])} for one in visit.conclusions]
    number = len(kept) + MORE if data is None else _sent(data)
    rows: Iterable = (kept[n] if n < len(kept) else None for n in range(number))
    return [ConclusionForm(visit, n, due, data, row) for n, row in enumerate(rows)]


def _sent(data):
    return next((n for n in range(40) if f"k{n}-what" not in data), 40)


class AdditionForm(forms.Form):
    """What is added to a signed conclusion."""

    words = TextField(label=gettext_lazy("Bổ sung"), max_length=500, required=False)

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["words"].widget.attrs["class"] = "form-control"


def addition_forms(
    visit: Visit, due: date, data: Mapping[str, str] | None = None
) -> tuple[AdditionForm, ConclusionForm]:
    """The words to add to a signed conclusion, and a task; either may be left empty."""
    return AdditionForm(data), ConclusionForm(visit, 0, due, data)
