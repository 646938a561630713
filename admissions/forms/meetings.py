"""The screen of a meeting: its attendance, and one line for each dossier."""

import re
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions import meetings, procedure
from admissions.choices import Body, Decider, Exclusion, Manner
from admissions.forms.base import make_count_field
from admissions.models import Meeting, Reason
from admissions.rules import document_numbers
from notation.dates import today
from notation.fields import DateField, TextField

MEMBERS = {
    Body.BRANCH: gettext_lazy("Đảng viên chính thức"),
    Body.BASE: gettext_lazy("Số cấp ủy viên"),
    Body.STANDING: gettext_lazy("Ủy viên Ban Thường vụ"),
}
FIRST_NUMBER = {
    Body.BRANCH: gettext_lazy("Số nghị quyết đầu"),
    Body.BASE: gettext_lazy("Số nghị quyết đầu"),
    Body.STANDING: gettext_lazy("Số quyết định đầu"),
}
ATTENDANCE = ("members", "away", "exempt", "present", "probationary")


def reason_name(kind: str) -> str:
    """The name of the field that says why members of this kind are left out."""
    return f"why_{kind}"


class MeetingForm(forms.Form):
    """When a body met, who was there, and the number of its first resolution."""

    held_on = DateField(label=gettext_lazy("Ngày họp"))
    number = TextField(label=gettext_lazy("Số nghị quyết đầu"), max_length=40)
    members = make_count_field(MEMBERS[Body.BRANCH])
    away = make_count_field(gettext_lazy("Chuyển sinh hoạt tạm thời"))
    exempt = make_count_field(gettext_lazy("Miễn sinh hoạt, vắng"))
    suspended = make_count_field(Exclusion.SUSPENDED.label)
    detained = make_count_field(Exclusion.DETAINED.label)
    excused = make_count_field(Exclusion.EXCUSED.label)
    present = make_count_field(gettext_lazy("Có mặt"))
    probationary = make_count_field(gettext_lazy("Dự bị, không biểu quyết"))
    manner = forms.ChoiceField(
        label=gettext_lazy("Cách biểu quyết"), choices=[("", "—"), *Manner.choices], required=False
    )
    chair = TextField(label=gettext_lazy("Chủ trì"), max_length=120, required=False)
    secretary = TextField(label=gettext_lazy("Thư ký"), max_length=120, required=False)

    def __init__(self, unit, body, data=None):
        rule = meetings.rule_of_meeting(unit, body, today())
        symbol = document_numbers.symbol_of_issuer(rule.symbol, unit)
        before = Meeting.objects.filter(unit=unit, body=body).first()
        initial = {"held_on": today(), "number": document_numbers.propose_number(unit, symbol, today())}
        initial |= dict.fromkeys((*Exclusion, "probationary"), 0)
        if before:
            kept = (*ATTENDANCE, "manner", "chair", "secretary")
            initial |= {name: getattr(before, name) for name in kept}
        super().__init__(data, initial=initial)
        self._leave_out(rule, _rule_on_the_day_typed(unit, body, data))
        authorised = body == Body.STANDING and meetings.decider_of(unit, today()) == Decider.AUTHORISED
        self.fields["members"].label = MEMBERS[Body.BASE if authorised else body]
        self.fields["number"].label = FIRST_NUMBER[body]
        if body != Body.BRANCH:
            del self.fields["probationary"]
        for name, field in self.fields.items():
            css = {"held_on": "form-control w-date", "manner": "form-select"}.get(name, "form-control")
            field.widget.attrs["class"] = css
            if name in (*ATTENDANCE, *Exclusion):
                field.widget.attrs["data-b"] = "excluded" if name in Exclusion else name
        if data is None:
            self.fields["members"].widget.attrs["autofocus"] = True

    def _leave_out(self, *rules):
        """Ask for the members whom one of `rules` leaves out, with a reason where one is due."""
        allowed = {kind for rule in rules for kind in rule.exclusions}
        for kind in Exclusion:
            if kind not in allowed:
                del self.fields[kind]
                continue
            self.fields[kind].required = False
            words = _("Ai, vì sao: %(kind)s") % {"kind": kind.label}
            field = TextField(label=words, max_length=200, required=False)
            field.widget.attrs |= {"placeholder": _("Ai, vì sao"), "aria-label": words}
            self.fields[reason_name(kind)] = field

    def exclusion_rows(self) -> list[tuple]:
        """[(the field of a kind of members left out, the field of its reason)] as the page shows them."""
        return [(self[kind], self[reason_name(kind)]) for kind in Exclusion if kind in self.fields]

    def facts(self) -> dict:
        """The columns of the meeting: reasons only of those who are left out."""
        data = self.cleaned_data
        numbers = {kind.value: data.get(kind) or 0 for kind in Exclusion}
        reasons = {kind: data[reason_name(kind)] for kind, number in numbers.items() if number}
        rest = {
            name: value
            for name, value in data.items()
            if name not in Exclusion and not name.startswith(reason_name(""))
        }
        return rest | numbers | {"exclusion_reasons": {kind: why for kind, why in reasons.items() if why}}


def _rule_on_the_day_typed(unit, body, data):
    """The rule of the day that was typed; today's where that is none of the register's."""
    try:
        day = DateField().clean((data or {}).get("held_on"))
        return meetings.rule_of_meeting(unit, body, day or today())
    except (forms.ValidationError, procedure.NoProcedure):
        return meetings.rule_of_meeting(unit, body, today())


class ResultForm(forms.Form):
    """One dossier's line: the votes, or why there were none. Left empty, the meeting did not take it up."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agree = make_count_field(gettext_lazy("Đồng ý"))
    disagree = make_count_field(gettext_lazy("Không đồng ý"))
    outcome = forms.ChoiceField(label=gettext_lazy("Kết quả"), required=False)
    reason = TextField(label=gettext_lazy("Ghi rõ thêm"), max_length=500, required=False)

    def __init__(self, dossier, data=None):
        super().__init__(data, prefix=f"d{dossier.pk}", initial={"version": dossier.version})
        self.dossier, self.on_conversion = dossier, dossier.admission_date is not None
        reasons = Reason.objects.filter(use=Reason.Use.SET_ASIDE, active=True)
        self.fields["outcome"].choices = [
            ("", _("Biểu quyết")),
            *((f"set_aside:{row.pk}", _("Để lại: %(why)s") % {"why": row.text}) for row in reasons),
            ("set_aside:", _("Để lại: lý do khác")),
            ("refer", _("Xin ý kiến cấp trên")),
        ]
        self.why = {f"set_aside:{row.pk}": row.text for row in reasons}
        for name in ("agree", "disagree"):
            self.fields[name].required = False
        marks = {
            "agree": "data-agree",
            "disagree": "data-deny",
            "outcome": "data-outcome",
            "reason": "data-why",
        }
        for name, mark in marks.items():
            widget = self.fields[name].widget
            css = "form-select" if name == "outcome" else "form-control"
            words = {"label": self.fields[name].label, "name": dossier.candidate.full_name}
            widget.attrs |= {"class": css, mark: "", "aria-label": "{label}, {name}".format(**words)}
        for name in ("agree", "disagree", "reason"):
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label

    @property
    def is_stale(self) -> bool:
        """Whether the dossier changed since this line was shown."""
        self.full_clean()
        return self.cleaned_data.get("version", -1) != self.dossier.version and self.taken_up

    @property
    def taken_up(self) -> bool:
        """Whether anything was typed for this dossier."""
        data = self.cleaned_data
        return bool(data.get("outcome")) or data.get("agree") is not None or bool(data.get("reason"))

    def clean(self) -> dict:
        super().clean()
        data = self.cleaned_data
        if data.get("outcome") == "" and data.get("agree") is None and data.get("disagree") is not None:
            self.add_error("agree", _("Ghi số đồng ý."))
        if data.get("outcome") in ("set_aside:", "refer") and not data.get("reason"):
            self.add_error("reason", _("Cần ghi lý do."))
        return data

    def result(self, present: int) -> meetings.DossierResult:
        """The line as `meetings.DossierResult`; those present who did not agree disagreed, unless said otherwise."""
        data = self.cleaned_data
        outcome, _colon, _key = data["outcome"].partition(":")
        reason = ": ".join(filter(None, [self.why.get(data["outcome"], ""), data["reason"]]))
        disagree = data["disagree"]
        if disagree is None and data["agree"] is not None:
            disagree = max(0, present - data["agree"])
        facts = {"outcome": outcome, "reason": reason, "seen": data["version"]}
        return meetings.DossierResult(self.dossier, data["agree"], disagree or 0, **facts)


def sent_results(data: Mapping[str, str]) -> list[int]:
    """The primary keys of the dossiers for which `data` holds votes, an outcome or words."""
    pks = []
    for name in data:
        key, _dash, field = name.partition("-")
        typed = any(data.get(f"{key}-{name}") for name in ("agree", "disagree", "outcome", "reason"))
        if typed and field == "version" and re.fullmatch(r"d[0-9]{1,17}", key):
            pks.append(int(key[1:]))
    return pks
