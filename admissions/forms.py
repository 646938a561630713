"""Forms of the dossier: entering a person, recording an act, ticking off papers. What they ask for is data."""

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Field, Fieldset, Layout, Row
from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accounts.roles import Permission
from admissions.models import Candidate, Dossier
from admissions.models.dossier import AnnulmentKind, Introduction
from branches.dates import today
from branches.fields import REQUIRED, TOO_LONG, DateField, NameField, TextField
from branches.models import Organisation, within

NAMES = {"full_name", "introducer", "second_introducer", "helper"}
PERSON = [
    *(
        "full_name",
        "born_on",
        "sex",
        "citizen_id",
        "ethnicity",
        "religion",
        "education",
        "home_place",
        "residence",
    ),
    *(
        "occupation",
        "in_youth_union",
        "in_womens_union",
        "in_trade_union",
        "in_farmers_union",
        "in_veterans_union",
    ),
    *("qualification", "academic_title", "business_owner", "family_policy_breach", "foreign_spouse"),
]
OF_DOSSIER = [
    *(
        "branch",
        "listed_on",
        "helper",
        "introduction",
        "introducer",
        "second_introducer",
        "readmission",
        "kept_at",
    ),
]


def formfield(field, **kwargs):
    """The form field for a model field, in the kinds above; long text is refused with its length."""
    made = field.formfield(**kwargs)
    if isinstance(made, forms.DateField):
        return DateField(label=made.label, required=made.required)
    if type(made) is forms.CharField:
        kind = NameField if field.name in NAMES else TextField
        made = kind(label=made.label, required=made.required, max_length=made.max_length)
        made.error_messages["max_length"] = TOO_LONG
        for validator in made.validators:
            if hasattr(validator, "limit_value"):
                validator.message = TOO_LONG
    if made is not None:
        made.error_messages["required"] = REQUIRED
    return made


class BranchField(forms.ModelChoiceField):
    """Branches one may enter dossiers for, grouped by base organisation."""

    def __init__(self, user, keep=None):
        rows = Organisation.objects.filter(within(user.scope(Permission.ENTER))).branches().on(today())
        if keep:
            rows = rows | Organisation.objects.filter(pk=keep.pk)
        super().__init__(rows.select_related("parent"), label=_("Chi bộ theo dõi"))
        self.error_messages["required"] = REQUIRED
        self.error_messages["invalid_choice"] = _("Không có chi bộ này trong phạm vi của đồng chí.")
        self.help_text = _("Nông thôn hay khác lấy theo chi bộ vào ngày kết nạp.")
        groups = {}
        for row in sorted(self.queryset, key=lambda r: (r.parent.sort_key, not r.rural, r.sort_key)):
            words = _("%(branch)s (nông thôn)") % {"branch": row.title} if row.rural else row.title
            groups.setdefault(row.parent.title, []).append((row.pk, words))
        self.choices = [("", "—"), *groups.items()]


class EntryForm(forms.ModelForm):
    """A person and their dossier on one page; validating puts what was typed onto `instance` and `dossier`."""

    class Meta:
        model = Candidate
        fields = PERSON
        formfield_callback = formfield

    def __init__(self, *args, user, dossier, **kwargs):
        self.dossier = dossier
        if dossier.pk:
            kwargs["initial"] = model_to_dict(dossier, OF_DOSSIER) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields |= fields_for_model(Dossier, OF_DOSSIER, formfield_callback=formfield)
        self.fields["branch"] = BranchField(user, keep=dossier.branch if dossier.pk else None)
        self.fields["second_introducer"].required = False
        self.fields["introduction"].widget = forms.RadioSelect(choices=Introduction.choices)
        self.fields["introduction"].initial = Introduction.TWO_MEMBERS
        self.fields["introduction"].choices = Introduction.choices
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=dossier.version)
        self.fields["full_name"].help_text = _(
            "Viết hoa chữ cái đầu. Khi in quyết định tự đổi thành chữ in hoa."
        )
        self.fields["citizen_id"].help_text = _("9 hoặc 12 chữ số")
        self.fields["citizen_id"].widget.attrs |= {"inputmode": "numeric", "class": "w-id"}
        self.fields["introducer"].help_text = _("Cùng công tác, lao động hoặc cư trú từ 12 tháng trở lên.")
        for name in ("introducer", "second_introducer", "helper"):
            self.fields[name].widget.attrs["list"] = "known-members"
        if not dossier.pk:
            for name in ("ethnicity", "religion"):
                self.initial[name] = self.fields[name].queryset.first()
            self.fields["listed_on"].initial = today()
        for name in ("sex", "education", "occupation"):
            self.fields[name].choices = [("", "—"), *self.fields[name].choices[1:]]
        if dossier.branch_resolved_on:  # the resolution is this branch's; moving on is an act of its own
            self.fields["branch"].disabled = True
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
        self.helper = _helper(entry_layout)

    def clean_citizen_id(self):
        number = self.cleaned_data["citizen_id"].replace(" ", "")
        if number and not (number.isascii() and number.isdecimal() and len(number) in (9, 12)):
            raise forms.ValidationError(
                _("“%(number)s” có %(n)d ký tự; số CMND có 9 chữ số, số định danh có 12.")
                % {"number": number, "n": len(number)}
            )
        return number

    def _post_clean(self):
        """Put the values on the rows; the rules of `workflow` do the rest, in words and by field."""
        data = {name: self.cleaned_data[name] for name in PERSON if name in self.cleaned_data}
        for name, value in data.items():
            setattr(self.instance, name, value)
        for name in OF_DOSSIER:
            if name in self.cleaned_data:
                setattr(self.dossier, name, self.cleaned_data[name])

    def changes(self):
        """{field: [before, after]} of what was typed anew; of an identity number only that it changed."""
        return {
            name: ["***", "***"]
            if name == "citizen_id"
            else [self._before(name), str(self.cleaned_data[name])]
            for name in self.changed_data
            if name != "version"
        }

    def _before(self, name):
        field, value = self.fields[name], self.get_initial_for_field(self.fields[name], name)
        return str(field.queryset.filter(pk=value).first() if hasattr(field, "queryset") else value)

    def warnings(self):
        """What looks odd about an identity number; never a reason to refuse (domain 6.2)."""
        number, person = self.cleaned_data["citizen_id"], self.instance
        if len(number) != 12:
            return []
        century = 2 * (person.born_on.year // 100 - 19)
        digit = century + (person.sex == "female")
        if number[3] != str(digit) or number[4:6] != f"{person.born_on:%y}":
            return [_("Số định danh không khớp với giới tính hoặc năm sinh đã ghi; hãy xem lại giấy tờ.")]
        return []


def _section(number, title, *rows):
    return Fieldset(format_html('<span class="no">{}</span>{}', number, title), *rows)


def _cell(name, width, css=""):
    return Column(Field(name, css_class=css) if css else name, css_class=f"col-md-{width}")


def entry_layout():
    """The sections of the entry page, as on the paper register."""
    return Layout(
        "version",
        _section(
            1,
            _("Nhân thân"),
            Row(_cell("full_name", 6), _cell("born_on", 3), _cell("sex", 3)),
            Row(_cell("citizen_id", 3), _cell("ethnicity", 3), _cell("religion", 3), _cell("education", 3)),
            Row(_cell("home_place", 6), _cell("residence", 6)),
        ),
        _section(
            2,
            _("Chi bộ và nghề nghiệp"),
            Row(_cell("branch", 6), _cell("occupation", 6)),
            Row(_cell("listed_on", 6), _cell("helper", 6)),
        ),
        _section(
            3,
            _("Đoàn thể và người giới thiệu"),
            HTML(format_html('<p class="form-label">{}</p><div class="checks-in-line">', _("Là thành viên"))),
            *("in_youth_union", "in_womens_union", "in_trade_union", "in_farmers_union", "in_veterans_union"),
            HTML("</div>"),
            InlineRadios("introduction"),
            Row(_cell("introducer", 6), _cell("second_introducer", 6)),
        ),
        _section(
            4,
            _("Khác, để lên Biểu 2"),
            Row(_cell("qualification", 6), _cell("academic_title", 6)),
            HTML('<div class="checks-in-line">'),
            *("business_owner", "family_policy_breach", "foreign_spouse", "readmission"),
            HTML("</div>"),
            Row(_cell("kept_at", 6)),
        ),
    )


def _helper(layout):
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = layout()
    return helper


# Acts

BALLOT = {
    "number": _l("Số nghị quyết"),
    "members": _l("Đảng viên chính thức"),
    "excluded": _l("Được trừ theo quy định"),
    "present": _l("Có mặt"),
    "agree": _l("Đồng ý"),
    "disagree": _l("Không đồng ý"),
}
COMMITTEE = BALLOT | {"members": _l("Số cấp ủy viên")}
MEETING = _l("Ngày họp")
CONSENT = {"consent": _l("Văn bản đồng ý của Ban Thường vụ Tỉnh ủy (nếu quá 60 tuổi)")}
REASON = {"reason": _l("Lý do")}

ACT_FIELDS = {
    "apply": {"on": _l("Ngày ghi trong đơn")},
    "branch_agrees": {"on": MEETING} | BALLOT | CONSENT,
    "branch_declines": {"on": MEETING} | BALLOT,
    "base_agrees": {"on": MEETING} | COMMITTEE,
    "base_declines": {"on": MEETING} | COMMITTEE,
    "receive": {"on": _l("Ngày nhận hồ sơ")},
    "put_forward": {"on": _l("Ngày trình Ban Thường vụ")},
    "give_back": {"on": _l("Ngày trả lại")} | REASON,
    "hold": {"on": _l("Từ ngày")} | REASON,
    "resume": {"on": _l("Từ ngày")},
    "decide": {"on": _l("Ngày ký quyết định"), "number": _l("Số quyết định")},
    "refuse": {"on": _l("Ngày")} | REASON,
    "hand_over": {"on": _l("Ngày chi bộ nhận quyết định")},
    "ceremony": {"on": _l("Ngày lễ kết nạp")},
    "conversion_agreed": {"on": MEETING} | BALLOT,
    "conversion_failed": {"on": MEETING} | BALLOT,
    "convert": {"on": _l("Ngày ký quyết định"), "number": _l("Số quyết định")},
    "withdraw": {"on": _l("Ngày")} | REASON,
    "relist": {"on": _l("Ngày vào lại danh sách")},
    "annul": {
        "on": _l("Ngày ký quyết định hủy"),
        "number": _l("Số quyết định hủy"),
        "kind": _l("Lý do hủy"),
    }
    | REASON,
}
"""What each act asks for, in order; `_field` knows each name's kind."""

COUNTS = ("members", "excluded", "present", "agree", "disagree")


def _field(name, label):
    if name == "on":
        return DateField(label=label, initial=today)
    if name in COUNTS:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-num", "autocomplete": "off"})
        field = forms.IntegerField(label=label, min_value=0, max_value=9999, widget=widget)
        field.error_messages |= {"required": REQUIRED, "invalid": _l("Ghi một số nguyên.")}
        if name == "excluded":
            field.initial = 0
            field.help_text = _l("Chuyển sinh hoạt tạm thời; được miễn sinh hoạt mà vắng.")
        return field
    if name == "kind":
        return forms.ChoiceField(label=label, choices=AnnulmentKind.choices, widget=forms.RadioSelect)
    limit = {"reason": 500, "number": 40, "consent": 60}[name]
    widget = (
        forms.Textarea(attrs={"rows": 3})
        if name == "reason"
        else forms.TextInput(attrs={"autocomplete": "off"})
    )
    field = TextField(label=label, max_length=limit, widget=widget, required=name != "consent")
    for validator in field.validators:
        if hasattr(validator, "limit_value"):
            validator.message = TOO_LONG
    return field


def act_form(action, dossier, data=None):
    """The form of one act, with the dossier's version as it was when the form was shown."""
    form = forms.Form(data, initial={"version": dossier.version})
    for name, label in ACT_FIELDS[action].items():
        form.fields[name] = _field(name, label)
    form.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    counts = [name for name in COUNTS if name in form.fields]
    rest = [name for name in ACT_FIELDS[action] if name not in counts and name not in ("on", "number")]
    head = [_cell(name, 4) for name in ("on", "number") if name in form.fields]
    form.helper = _helper(
        lambda: Layout(
            "version", Row(*head), Row(*(Column(c, css_class="col-6 col-md-4") for c in counts)), *rest
        )
    )
    return form


class PaperForm(forms.Form):
    """One line of the table of papers."""

    had = forms.BooleanField(label=_l("Đã có"), required=False)
    number = TextField(label=_l("Số"), max_length=60, required=False)
    dated_on = DateField(label=_l("Ngày"), required=False)
    note = TextField(label=_l("Ghi chú"), max_length=200, required=False)

    def __init__(self, requirement, data=None):
        row = requirement.row
        initial = {name: getattr(row, name) for name in self.base_fields} if row else {}
        super().__init__(data, prefix=requirement.paper.code, initial=initial)
        self.requirement = requirement
        for name, field in self.fields.items():
            field.label = format_lazy("{}: {}", requirement.paper.title, self.base_fields[name].label)
            css = "form-check-input" if name == "had" else "form-control form-control-sm"
            field.widget.attrs |= {"class": css, "placeholder": self.base_fields[name].label}


def add_refusal(form, refusal):
    """Show why a verb said no at the fields it names; what names no field of the form stands above it."""
    errors = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
    for name, messages in errors.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)
