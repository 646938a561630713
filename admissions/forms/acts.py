"""The forms of the acts and of the table of papers. What each act asks for is data."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.choices import AnnulmentKind, Leaving
from admissions.forms.base import BranchField, make_column, make_form_helper
from admissions.models import Reason
from admissions.rules import document_numbers
from admissions.rules.deadlines import RUNNING
from notation.dates import today
from notation.fields import REQUIRED, TOO_LONG, DateField, NameField, TextField

BALLOT = {
    "number": gettext_lazy("Số nghị quyết"),
    "members": gettext_lazy("Đảng viên chính thức"),
    "excluded": gettext_lazy("Được trừ theo quy định"),
    "present": gettext_lazy("Có mặt"),
    "agree": gettext_lazy("Đồng ý"),
    "disagree": gettext_lazy("Không đồng ý"),
}
COMMITTEE = BALLOT | {"members": gettext_lazy("Số cấp ủy viên")}
MEETING = gettext_lazy("Ngày họp")
CONSENT = {"consent": gettext_lazy("Văn bản đồng ý của Ban Thường vụ Tỉnh ủy (nếu quá 60 tuổi)")}
REASON = {"why": gettext_lazy("Lý do"), "reason": gettext_lazy("Ghi rõ thêm")}
WORDS = {"reason": gettext_lazy("Lý do")}
DECISION = {"on": gettext_lazy("Ngày ký quyết định"), "number": gettext_lazy("Số quyết định")}

ACT_FIELDS = {
    "apply": {"on": gettext_lazy("Ngày ghi trong đơn")},
    "branch_agrees": {"on": MEETING} | BALLOT | CONSENT,
    "branch_declines": {"on": MEETING} | BALLOT,
    "base_agrees": {"on": MEETING} | COMMITTEE,
    "base_declines": {"on": MEETING} | COMMITTEE,
    "receive": {"on": gettext_lazy("Ngày nhận hồ sơ")},
    "put_forward": {"on": gettext_lazy("Ngày trình Ban Thường vụ")},
    "ask": {"on": gettext_lazy("Ngày xin ý kiến"), "reason": gettext_lazy("Vấn đề xin ý kiến")},
    "give_back": {"on": gettext_lazy("Ngày trả lại")} | REASON,
    "hold": {"on": gettext_lazy("Từ ngày")} | REASON,
    "resume": {"on": gettext_lazy("Từ ngày"), "opinion": gettext_lazy("Ý kiến, kết quả thẩm tra")},
    "extend": {"on": gettext_lazy("Ngày cho gia hạn"), "days": gettext_lazy("Số ngày làm việc")} | REASON,
    "decide": DECISION,
    "refuse": {"on": gettext_lazy("Ngày")} | REASON,
    "hand_over": {"on": gettext_lazy("Ngày chi bộ nhận quyết định")},
    "ceremony": {
        "on": gettext_lazy("Ngày lễ kết nạp"),
        "consent": gettext_lazy("Văn bản đồng ý của cấp trên (nếu quá hạn)"),
    },
    "conversion_agreed": {"on": MEETING} | BALLOT,
    "conversion_failed": {"on": MEETING} | BALLOT,
    "conversion_proposed": {"on": MEETING} | COMMITTEE,
    "convert": DECISION,
    "set_aside": {"on": MEETING} | REASON,
    "refer": {"on": MEETING} | WORDS,
    "move": {
        "on": gettext_lazy("Ngày chuyển"),
        "number": gettext_lazy("Số giấy chứng nhận hoặc công văn"),
        "branch": gettext_lazy("Chi bộ mới"),
        "helper": gettext_lazy("Người giúp đỡ mới"),
    },
    "withdraw": {"on": gettext_lazy("Ngày")} | REASON,
    "relist": {"on": gettext_lazy("Ngày vào lại danh sách")},
    "leave": DECISION | {"how": gettext_lazy("Ra khỏi Đảng vì")} | WORDS,
    "annul": {
        "on": gettext_lazy("Ngày ký quyết định hủy"),
        "number": gettext_lazy("Số quyết định hủy"),
        "kind": gettext_lazy("Lý do hủy"),
    }
    | WORDS,
}
"""What each act asks for, in order; `_field` knows each name's kind."""

COUNTS = ("members", "excluded", "present", "agree", "disagree")
LIMITS = {"reason": 500, "opinion": 500, "exception": 500, "number": 40, "consent": 120}
OPTIONAL = {"consent", "opinion"}
BODIES = {
    "branch": "branch",
    "base": "base",
    "decide": "standing",
    "convert": "standing",
    "leave": "standing",
}
"""Which body's numbers an act proposes, by the act or by the first word of its name."""


def count_field(name, label):
    """A whole number of people."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-num", "autocomplete": "off"})
    field = forms.IntegerField(label=label, min_value=0, max_value=9999, widget=widget)
    field.error_messages |= {"required": REQUIRED, "invalid": gettext_lazy("Ghi một số nguyên.")}
    if name == "excluded":
        field.initial = 0
        field.help_text = gettext_lazy("Chuyển sinh hoạt tạm thời; được miễn sinh hoạt mà vắng.")
    return field


def text_field(name, label, *, required=True):
    """A line of text, or several for reasons and opinions."""
    long = name in ("reason", "opinion", "exception")
    widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput(attrs={"autocomplete": "off"})
    field = TextField(label=label, max_length=LIMITS[name], widget=widget, required=required)
    for validator in field.validators:
        if hasattr(validator, "limit_value"):
            validator.message = TOO_LONG
    return field


def _radio(choices):
    return lambda name, label: forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


MAKE = {
    "on": lambda name, label: DateField(label=label, initial=today),
    "kind": _radio(AnnulmentKind.choices),
    "how": _radio(Leaving.choices),
    "helper": lambda name, label: NameField(label=label, max_length=120),
    **dict.fromkeys((*COUNTS, "days"), count_field),
}
"""How a field is made that is no plain text."""


class ActForm(forms.Form):
    """What one act asks for, with the dossier's version as it was when the form was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, action, dossier, user, data=None):
        super().__init__(data, initial={"version": dossier.version})
        asked = ACT_FIELDS[action]
        for name, label in asked.items():
            if name == "branch":
                field = BranchField(user, permission=Permission.APPRAISE, label=label)
            elif name == "why":
                rows = Reason.objects.filter(use=action, active=True)
                field = forms.ModelChoiceField(rows, label=label, required=False, empty_label="—")
            elif name in MAKE:
                field = MAKE[name](name, label)
            else:
                field = text_field(name, label, required=name not in OPTIONAL and "why" not in asked)
            self.fields[name] = field
        self._propose(action, dossier)
        self.helper = make_form_helper(lambda: self._layout(asked))
        if data is not None and "exception" in data:
            self.ask_why()

    def ask_why(self):
        """Ask too why this is recorded in a quarter whose report is closed."""
        self.fields["exception"] = text_field("exception", gettext_lazy("Lý do ghi vào quý đã khóa"))
        self.helper.layout.append("exception")

    def _propose(self, action, dossier):
        body = BODIES.get(action) or BODIES.get(action.split("_")[0])
        if action.startswith("conversion"):
            body = "base" if action == "conversion_proposed" else "branch"
        if body and "number" in self.fields:
            self.fields["number"].initial = document_numbers.propose_number_for(dossier, body, today())
        if "days" in self.fields and dossier.state in RUNNING:
            clock = procedure.version_of(dossier).clock(RUNNING[dossier.state])
            self.fields["days"].initial = clock.extension
            self.fields["days"].help_text = _("Một lần, không quá %(n)d ngày làm việc (%(clause)s).") % {
                "n": clock.extension,
                "clause": clock.clause,
            }

    def _layout(self, asked):
        counts = [name for name in COUNTS if name in asked]
        rest = [name for name in asked if name not in counts and name not in ("on", "number", "days")]
        head = [make_column(name, 4) for name in ("on", "number", "days") if name in asked]
        return Layout(
            "version", Row(*head), Row(*(Column(c, css_class="col-6 col-md-4") for c in counts)), *rest
        )

    def facts(self):
        """The facts for `workflow.perform`: a chosen reason and what was added to it become one text."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "why")}
        chosen = self.cleaned_data.get("why")
        if chosen:
            facts["reason"] = ": ".join(filter(None, [chosen.text, facts["reason"]]))
        return facts


class PaperForm(forms.Form):
    """One line of the table of papers."""

    had = forms.BooleanField(label=gettext_lazy("Đã có"), required=False)
    number = TextField(label=gettext_lazy("Số"), max_length=60, required=False)
    dated_on = DateField(label=gettext_lazy("Ngày"), required=False)
    note = TextField(label=gettext_lazy("Ghi chú"), max_length=200, required=False)

    def __init__(self, requirement, data=None):
        row = requirement.row
        initial = {name: getattr(row, name) for name in self.base_fields} if row else {}
        super().__init__(data, prefix=requirement.paper.code, initial=initial)
        self.requirement = requirement
        for name, field in self.fields.items():
            field.label = format_lazy("{}: {}", requirement.paper.title, self.base_fields[name].label)
            css = "form-check-input" if name == "had" else "form-control form-control-sm"
            field.widget.attrs |= {"class": css, "placeholder": self.base_fields[name].label}
