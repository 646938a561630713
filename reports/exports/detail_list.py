"""The detail list: every admission of a unit and period with all that an organisation board asks of it.

A column is the name of a field, from which its kind and its words follow: choices and yes or no as their words,
units by their titles. The database says them, so that PostgreSQL can write the list without the rows passing here.
"""

from typing import NamedTuple

from django.db.models import Case, CharField, F, Model, Value, When
from django.db.models import fields as kinds
from django.db.models.functions import Cast, Concat, ExtractMonth, ExtractYear, LPad
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import AdmissionFacts, Dossier
from admissions.models.admission_facts import fact_names
from branches.kinds import KIND_WORDS
from branches.models import TITLE_HEADS, Organisation, Tier
from notation.births import DAY, MONTH, YEAR
from reports.closing.source import Source
from reports.exports import adjustments_table, wording
from reports.exports.document import Column
from reports.exports.xlsx_stream import LongList

KEY = "chi-tiet"
TITLE = gettext_lazy("Danh sách chi tiết")
NUMBER = "number"
"""Not a field: year and serial together, as `Dossier.number`."""


class Fact(NamedTuple):
    """A column: head, width in characters, the field of a dossier, and that of a closed quarter's entry.

    `entry` is "" where an entry keeps no such thing.
    """

    head: Promise
    width: int
    dossier: str
    entry: str

    def field_of(self, model: type[Model]) -> str:
        return self.dossier if model is Dossier else self.entry


def _fact(head, width, name, entry=None):
    return Fact(head, width, name, name if entry is None else entry)


HEADS = {
    "admitted_rural": gettext_lazy("Nông thôn"),
    "admitted_age": gettext_lazy("Tuổi khi kết nạp"),
    "admitted_religious": gettext_lazy("Theo tôn giáo"),
    "admitted_owner": gettext_lazy("Chủ doanh nghiệp"),
}
"""Heads of facts that are shorter, or say more, than the verbose name of the column."""
WIDTHS = {
    "admitted_sex": 8,
    "admitted_education": 10,
    "admitted_qualification": 25,
    "admitted_title": 12,
    "admitted_occupation": 50,
    "admitted_branch": 36,
    "admitted_commune": 30,
    "admitted_rural": 8,
    "admitted_youth": 11,
}
"""Widths other than `WIDTH`."""
WIDTH = 9
LEFT_OUT = ("admitted_policy_breach", "admitted_foreign_spouse")
"""Facts that the list does not show of each person; the report counts them."""
BY_NAME = (
    "admitted_sex",
    "admitted_education",
    "admitted_qualification",
    "admitted_title",
    "admitted_occupation",
)
"""Facts that stand among what is said of the person; all others follow in the order of the model."""


def _frozen(name):
    field = AdmissionFacts._meta.get_field(name)
    return _fact(HEADS.get(name, field.verbose_name), WIDTHS.get(name, WIDTH), name)


FACTS = (
    _fact(gettext_lazy("Số hồ sơ"), 11, NUMBER),
    _fact(gettext_lazy("Họ và tên"), 26, "candidate__full_name", "full_name"),
    _frozen("admitted_sex"),
    _fact(gettext_lazy("Ngày sinh"), 12, "admitted_born_on", "born_on"),
    _fact(gettext_lazy("Dân tộc"), 10, "admitted_ethnicity__name", "ethnicity"),
    _fact(gettext_lazy("Tôn giáo"), 12, "admitted_religion__name", "religion"),
    *map(_frozen, BY_NAME[1:]),
    *(_frozen(name) for name in fact_names() if name not in (*BY_NAME, *LEFT_OUT)),
    _fact(gettext_lazy("Số quyết định"), 15, "decision_number"),
    _fact(gettext_lazy("Ngày quyết định"), 12, "decided_on"),
    _fact(gettext_lazy("Ngày lễ"), 12, "ceremony_on"),
    _fact(gettext_lazy("Hết thời gian dự bị"), 12, "probation_ends_on", ""),
    _fact(gettext_lazy("Ngày chính thức"), 12, "official_on", ""),
    _fact(gettext_lazy("Trạng thái"), 26, "state", ""),
    _fact(gettext_lazy("Sinh, không rõ ngày"), 12, "candidate__born_precision", "born_precision"),
)
"""The columns, in order: a new fact of `AdmissionFacts` gets one by itself."""


def detail_list(source: Source) -> LongList:
    """The admissions of a source; those of a closed quarter as they stood that day."""
    model = source.rows_of
    names = [fact.field_of(model) for fact in FACTS]
    rows = source.admissions().order_by(source.name_key, "year", "serial")
    values = {f"c{n}": _expression(model, name) for n, name in enumerate(names)}
    columns = tuple(
        Column(key, _head(fact, name), fact.width, _kind(model, name))
        for key, fact, name in zip(values, FACTS, names, strict=True)
    )
    return LongList(
        name=_("Danh sách"),
        title=str(TITLE),
        place=wording.place_and_days(source),
        columns=columns,
        rows=rows.annotate(**values).values_list(*values),
        foot=adjustments_table.adjustments_foot(source),
    )


def _head(fact, name):
    return str(fact.head) if name else _("%(head)s (không lưu khi khóa quý)") % {"head": fact.head}


def _field(model, name):
    """The field that `name` leads to, over relations."""
    for step in name.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    return field


def _kind(model, name):
    if name in ("", NUMBER):
        return "text"
    field = _field(model, name)
    if isinstance(field, kinds.DateField):
        return "date"
    return "number" if isinstance(field, kinds.IntegerField) else "text"


PRECISION = {"admitted_born_on": "candidate__born_precision", "born_on": "born_precision"}
"""{date of birth: to what it is known}, of a dossier and of an entry of a closing."""
BORN = {precision: born for born, precision in PRECISION.items()}


def _expression(model, name):
    """What the column says, as an expression."""
    if name == "":
        return _words("")
    if name == NUMBER:
        return _number()
    if name in PRECISION:
        return Case(When(**{PRECISION[name]: DAY}, then=F(name)))
    if name in BORN:
        return _partly_known(BORN[name], name)
    field = _field(model, name)
    if field.related_model is Organisation:
        return _title(name)
    if field.choices:
        return _by_value(name, field.flatchoices)
    if isinstance(field, kinds.BooleanField):
        return _by_value(name, [(True, "x")])
    return F(name)


def _partly_known(born_on, precision):
    """As `Birth` writes a date whose day is not known: 05/1991, 1991."""
    year = Cast(ExtractYear(born_on), CharField())
    month = LPad(Cast(ExtractMonth(born_on), CharField()), 2, _words("0"))
    partly = [
        When(**{precision: YEAR}, then=year),
        When(**{precision: MONTH}, then=Concat(month, _words("/"), year)),
    ]
    return Case(*partly, default=_words(""))


def _words(text):
    return Value(str(text), output_field=CharField())


def _by_value(name, words):
    return Case(*(When(**{name: value}, then=_words(text)) for value, text in words), default=_words(""))


def _number():
    """As `Dossier.number`: at least four digits after the year."""
    serial = Cast("serial", CharField())
    padded = Case(When(serial__lt=1000, then=LPad(serial, 4, _words("0"))), default=serial)
    return Concat(Cast("year", CharField()), _words("/"), padded)


def _title(name):
    """As `Organisation.title`."""
    is_branch = {f"{name}__tier": Tier.BRANCH}, {f"{name}__is_base_branch": True}
    heads = [When(**fact, then=_words("Chi bộ ")) for fact in is_branch]
    heads += [When(**{f"{name}__tier": tier}, then=_words(f"{head} ")) for tier, head in TITLE_HEADS.items()]
    places = [(kind, f"{words.place} ") for kind, words in KIND_WORDS.items() if words.place]
    head, kind = Case(*heads, default=_words("Đảng bộ ")), _by_value(f"{name}__kind", places)
    return Concat(head, kind, F(f"{name}__name"))
