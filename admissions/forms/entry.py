"""The form of a person and a dossier."""

import itertools
from collections.abc import Sequence

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Fieldset, Layout, Row
from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from admissions.choices import Introduction
from admissions.forms.base import NAMES, BranchField, make_column, make_form_field
from admissions.forms.identity_number import NONE, NUMBER, hide_number, keep_number
from admissions.forms.since import SINCE, ask_since_when, require_since_when
from admissions.models import Candidate, Dossier, PriorityGroup
from admissions.states import ENDED
from admissions.workflow import closed_quarters, find_entry_problems
from notation.dates import today
from notation.fields import TextField, remark_name
from notation.forms import make_form_helper
from notation.stale import READ, pack_read, texts_of, typed_texts, with_texts

UNIONS = (
    "in_youth_union",
    "in_womens_union",
    "in_trade_union",
    "in_farmers_union",
    "in_veterans_union",
)
PERSON = [
    "full_name",
    "born_on",
    "sex",
    "citizen_id",
    "ethnicity",
    "religion",
    "education",
    "home_place",
    "residence",
    "occupation",
    *UNIONS,
    "qualification",
    "academic_title",
    "business_owner",
    "demobilised",
    "family_policy_breach",
    "foreign_spouse",
]
OF_DOSSIER = [
    "branch",
    "listed_on",
    "introduced_by",
    "listing_number",
    "helper",
    "introduction",
    "introducer",
    "introducer_since",
    "second_introducer",
    "readmission",
    "left_before_on",
    "left_before_how",
    "province_consent",
    "education_exception",
    "kept_at",
]


class EntryForm(forms.ModelForm):
    """A person and their dossier on one page; validating puts what was typed onto `instance` and `dossier`."""

    class Meta:
        model = Candidate
        fields = PERSON
        formfield_callback = make_form_field

    def __init__(self, *args, user, dossier, **kwargs):
        self.dossier = dossier
        if dossier.pk or dossier.previous:
            kwargs["initial"] = model_to_dict(dossier, OF_DOSSIER) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if self.instance.born_on:
            self.initial["born_on"] = self.instance.birth
        self.fields |= fields_for_model(Dossier, OF_DOSSIER, formfield_callback=make_form_field)
        self._tick_groups()
        self.fields["branch"] = BranchField(user, keep=dossier.branch if dossier.branch_id else None)
        self.fields["second_introducer"].required = False
        self.fields["introduction"].widget = forms.RadioSelect(choices=Introduction.choices)
        self.fields["introduction"].initial = Introduction.TWO_MEMBERS
        self.fields["introduction"].choices = Introduction.choices
        seen = self.instance.version if dossier.previous and not dossier.pk else dossier.version
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=seen)
        self._explain_fields()
        for name in ("introducer", "second_introducer", "helper"):
            self.fields[name].widget.attrs["list"] = "known-members"
        if not dossier.pk and not dossier.previous:
            for name in ("ethnicity", "religion"):
                self.initial[name] = self.fields[name].queryset.first()
        if not dossier.pk:
            self.initial["listed_on"] = today()
        for name in ("sex", "education", "occupation", "introduced_by"):
            self.fields[name].choices = [("", "—"), *self.fields[name].choices[1:]]
        if dossier.branch_resolved_on:  # the resolution is this branch's; moving on is an act of its own
            self.fields["branch"].disabled = True
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
        if dossier.state in ENDED:
            for name in (*PERSON, *self.groups):
                self.fields[name].disabled = True
        self._keep_what_is_read()
        layout = entry_layout(known_number=NONE in self.fields, groups=tuple(self.groups))
        self.helper = make_form_helper(layout)
        if dossier.decided_on:
            ask_since_when(self, self.helper.layout)
        if quarter := closed_quarters.closed_quarter_of(dossier):
            label = _("Lý do sửa, vì báo cáo %(quarter)s đã khóa") % {"quarter": quarter}
            self.fields["exception"] = TextField(label=label, max_length=500, required=False)
            self.helper.layout.append(Row(make_column("exception", 12)))

    def _tick_groups(self):
        """A box for each priority group that no fact of the person tells; `groups` has them by the box's name."""
        rows = PriorityGroup.objects.filter(rule="", active=True)
        self.groups = {f"group_{row.pk}": row for row in rows}
        ticked = set(self.instance.groups.values_list("pk", flat=True)) if self.instance.pk else set()
        for name, row in self.groups.items():
            self.fields[name] = forms.BooleanField(label=row.name, required=False, initial=row.pk in ticked)

    def _explain_fields(self):
        self.fields["full_name"].help_text = _(
            "Viết hoa chữ cái đầu. Khi in quyết định tự đổi thành chữ in hoa."
        )
        self.fields["born_on"].help_text = _("Không rõ ngày thì ghi 5/1991 hoặc 1991.")
        self.number = hide_number(self, may_change=self.dossier.state not in ENDED)
        self.fields["citizen_id"].widget.attrs |= {"inputmode": "numeric", "class": "w-id"}
        self.fields["province_consent"].help_text = _("Cũng cần khi quá 60 tuổi. Như: 12-CV/TU, 01/11/2016")
        self.fields["left_before_how"].choices = [("", "—"), *self.fields["left_before_how"].choices[1:]]
        self.fields["introducer"].help_text = _("Cùng công tác, lao động hoặc cư trú từ 12 tháng trở lên.")

    def _keep_what_is_read(self):
        """Carry along what the page shows; of a dossier that is there, a field that is not sent stays as it is."""
        self.standing = texts_of(self, [*PERSON, *self.groups, *OF_DOSSIER])
        self.fields[READ] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=pack_read(self.standing)
        )
        if self.is_bound and self.dossier.pk:
            self.data = with_texts(self.data, typed_texts(self.data, self.standing))

    def _post_clean(self):
        """Put the values on the rows; the rules of `workflow` do the rest, in words and by field."""
        data = {name: self.cleaned_data[name] for name in PERSON if name in self.cleaned_data}
        if birth := data.pop("born_on", None):
            self.instance.born_on, self.instance.born_precision = birth.on, birth.precision
        for name, value in data.items():
            setattr(self.instance, name, value)
        self.instance.ticked = [row for name, row in self.groups.items() if self.cleaned_data.get(name)]
        for name in OF_DOSSIER:
            if name in self.cleaned_data:
                setattr(self.dossier, name, self.cleaned_data[name])
        for name, words in find_entry_problems(self.instance, self.dossier).items():
            if name not in self.errors:
                self.add_error(name, words)

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        keep_number(self, self.number)
        require_since_when(self)
        return data

    def changes(self) -> dict[str, list[str]]:
        """{field: [before, after]} of what was typed anew; of an identity number only that it changed."""
        apart = ("version", READ, "exception", SINCE, NUMBER, NONE, *self.groups)
        changes = {
            name: [self._before(name), str(self.cleaned_data[name])]
            for name in self.changed_data
            if name not in apart
        }
        if self.cleaned_data[NUMBER] != self.number:
            changes = {NUMBER: ["***", "***"]} | changes
        ticked = [[row.name for name, row in self.groups.items() if of(name)] for of in self._ticks()]
        if ticked[0] != ticked[1]:
            changes["groups"] = [", ".join(names) for names in ticked]
        return changes

    def _ticks(self):
        """Whether a box was ticked before, and whether it is now."""
        yield lambda name: self.fields[name].initial
        yield self.cleaned_data.get

    def _before(self, name):
        field, value = self.fields[name], self.get_initial_for_field(self.fields[name], name)
        return str(field.queryset.filter(pk=value).first() if hasattr(field, "queryset") else value)

    def warnings(self) -> list[str]:
        """What looks odd about names and the identity number; never a reason to refuse (docs/domain.md, 6.1, 6.2)."""
        names = (self.cleaned_data.get(name, "") for name in sorted(NAMES))
        remarks = dict.fromkeys(filter(None, map(remark_name, names)))
        return [*remarks, *self._odd_number()]

    def _odd_number(self):
        number, person = self.cleaned_data["citizen_id"], self.instance
        if len(number) != 12:
            return []
        century = 2 * (person.born_on.year // 100 - 19)
        digit = century + (person.sex == "female")
        if number[3] != str(digit) or number[4:6] != f"{person.born_on:%y}":
            return [_("Số định danh không khớp với giới tính hoặc năm sinh đã ghi; hãy xem lại giấy tờ.")]
        return []


def make_section(number: int, title: str, *rows: object) -> Fieldset:
    """Rows of fields under a numbered head, as on the paper register."""
    return Fieldset(format_html('<span class="no">{}</span>{}', number, title), *rows)


def _row(**widths):
    """Fields beside each other, each with its width of twelve."""
    return Row(*[make_column(name, width) for name, width in widths.items()])


def _checks_in_line(label, *names):
    """Check boxes beside each other, below `label`."""
    return HTML(format_html('{}<div class="checks-in-line">', label)), *names, HTML("</div>")


def _boxes_of(groups):
    """The boxes of priority groups, nothing where there are none."""
    label = format_html('<p class="form-label">{}</p>', _("Nhóm ưu tiên, ngoài những gì đã ghi ở trên"))
    return _checks_in_line(label, *groups) if groups else ()


TRAITS = ("business_owner", "demobilised", "family_policy_breach", "foreign_spouse", "readmission")
AGAIN = {"left_before_on": 4, "left_before_how": 4, "province_consent": 4}


def entry_layout(
    *, first: int = 1, listed: bool = True, known_number: bool = False, groups: Sequence[str] = ()
) -> Layout:
    """The sections of the entry page, as on the paper register, counted from `first`.

    `listed` asks for the day on the list; a `known_number` may be taken out; `groups` are the boxes of priority groups.
    """
    unions = format_html('<p class="form-label">{}</p>', _("Là thành viên"))
    sections = itertools.count(first)
    return Layout(
        "version",
        READ,
        make_section(
            next(sections),
            _("Nhân thân"),
            _row(full_name=6, born_on=3, sex=3),
            _row(citizen_id=3, ethnicity=3, religion=3, education=3),
            *([NONE] if known_number else []),
            _row(home_place=6, residence=6),
        ),
        make_section(
            next(sections),
            _("Chi bộ và nghề nghiệp"),
            _row(branch=6, occupation=6),
            _row(listed_on=6, helper=6) if listed else _row(helper=6),
            _row(introduced_by=6, listing_number=6),
        ),
        make_section(
            next(sections),
            _("Đoàn thể và người giới thiệu"),
            *_checks_in_line(unions, *UNIONS),
            InlineRadios("introduction"),
            _row(introducer=5, introducer_since=3, second_introducer=4),
        ),
        make_section(
            next(sections),
            _("Khác, để lên Biểu 2"),
            _row(qualification=6, academic_title=6),
            *_checks_in_line("", *TRAITS),
            *_boxes_of(groups),
            _row(kept_at=6, education_exception=6),
        ),
        make_section(next(sections), _("Nếu là kết nạp lại"), _row(**AGAIN)),
    )
