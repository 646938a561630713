"""Measures: each declared once, as a condition on the facts frozen at admission.

The same declaration gives the count in a table, the column of an export, the filter of the list behind a figure
and the cell of a closed quarter. The rows and their order are those of Biểu 2-BTCTW of 2021; the forms of other years
are put together from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, cast

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from admissions.choices import AcademicTitle, Education, Occupation, Qualification, Sex


@dataclass(frozen=True)
class Measure:
    """A count of admissions; `condition` looks at the frozen facts only."""

    key: str
    label: str | Promise
    condition: Q


@dataclass(frozen=True)
class Partition:
    """Mutually exclusive measures whose counts add up to the total; the last one takes what fits no other."""

    key: str
    label: str | Promise
    measures: tuple[Measure, ...]

    @property
    def unknown(self) -> Measure:
        """The measure of what fits no other."""
        return self.measures[-1]


ADMITTED = Measure("admitted", gettext_lazy("Tổng số đảng viên kết nạp"), Q())
RURAL = Measure("rural", gettext_lazy("Tại chi bộ nông thôn"), Q(admitted_rural=True))

OVERLAPPING = (
    RURAL,
    Measure("women", gettext_lazy("Nữ"), Q(admitted_sex=Sex.FEMALE)),
    Measure("minority", gettext_lazy("Dân tộc thiểu số"), Q(admitted_minority=True)),
    Measure("religious", gettext_lazy("Người theo tôn giáo"), Q(admitted_religious=True)),
    Measure("youth", gettext_lazy("Đoàn viên TNCS Hồ Chí Minh"), Q(admitted_youth=True)),
    Measure("owner", gettext_lazy("Chủ doanh nghiệp tư nhân"), Q(admitted_owner=True)),
    Measure(
        "policy", gettext_lazy("Vi phạm chính sách kế hoạch hóa gia đình"), Q(admitted_policy_breach=True)
    ),
    Measure("foreign_spouse", gettext_lazy("Kết hôn với người nước ngoài"), Q(admitted_foreign_spouse=True)),
    Measure("again", gettext_lazy("Kết nạp lại"), Q(admitted_again=True)),
)
"""One person may count in several of these; they are never added up (docs/domain.md, rule 31)."""

DEMOBILISED = Measure("demobilised", gettext_lazy("Bộ đội xuất ngũ"), Q(admitted_demobilised=True))
"""Whom the register is asked for beside the rows of the form."""

AGE_BANDS = ((18, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60))
"""Years of age on the day of the decision (docs/domain.md, rule 32)."""

UNKNOWN = gettext_lazy("Chưa rõ")


def _partition(key, label, measures):
    fits_one = reduce(or_, (measure.condition for measure in measures))
    unknown = Measure(f"{key}-unknown", UNKNOWN, ~fits_one)
    return Partition(key, label, (*measures, unknown))


def _by_choice(key, label, column, choices):
    return _partition(
        key, label, tuple(Measure(f"{key}-{value}", text, Q(**{column: value})) for value, text in choices)
    )


AGE = _partition(
    "age",
    gettext_lazy("Tuổi khi ký quyết định"),
    (
        *(
            Measure(
                f"age-{low}-{high}",
                format_lazy(gettext_lazy("{low}–{high} tuổi"), low=low, high=high),
                Q(admitted_age__range=(low, high)),
            )
            for low, high in AGE_BANDS
        ),
        Measure("age-over-60", gettext_lazy("Trên 60 tuổi"), Q(admitted_age__gt=60)),
    ),
)
OCCUPATION = _by_choice("occupation", gettext_lazy("Nghề nghiệp"), "admitted_occupation", Occupation.choices)
EDUCATION = _by_choice(
    "education", gettext_lazy("Học vấn phổ thông"), "admitted_education", Education.choices
)
QUALIFICATION = _by_choice(
    "qualification",
    gettext_lazy("Trình độ chuyên môn cao nhất"),
    "admitted_qualification",
    Qualification.choices,
)
PARTITIONS = (OCCUPATION, AGE, EDUCATION, QUALIFICATION)

TITLES = tuple(
    Measure(f"title-{value}", text, Q(admitted_title=value))
    for value, text in AcademicTitle.choices
    if value != AcademicTitle.NONE
)

GROUPS = (
    (gettext_lazy("Không cộng với nhau"), OVERLAPPING),
    *((p.label, p.measures) for p in PARTITIONS),
    (gettext_lazy("Chức danh khoa học"), TITLES),
    (gettext_lazy("Nhóm được chú trọng"), (DEMOBILISED,)),
)
"""(head, measures) of everything but the total, as a reader chooses among them."""

MEASURES = {
    measure.key: measure
    for measure in (ADMITTED, *(measure for _head, measures in GROUPS for measure in measures))
}
"""Every measure by its key, as addresses and commands name it."""


@dataclass(frozen=True)
class SummedMeasure(Measure):
    """A row of a form that takes several measures together; `parts` exclude each other, so that they add up."""

    parts: tuple[str, ...] = ()


def _sum(key, label, *parts):
    return SummedMeasure(key, label, reduce(or_, (MEASURES[part].condition for part in parts)), parts)


SUMMED = {
    measure.key: measure
    for measure in (
        _sum("age-31-40", gettext_lazy("31–40 tuổi"), "age-31-35", "age-36-40"),
        _sum("age-41-50", gettext_lazy("41–50 tuổi"), "age-41-45", "age-46-50"),
        _sum("age-over-50", gettext_lazy("51 tuổi trở lên"), "age-51-55", "age-56-60", "age-over-60"),
        _sum(
            "officials",
            gettext_lazy("Cán bộ, công chức nhà nước"),
            "occupation-state_official",
            "occupation-party_official",
            "occupation-commune_official",
        ),
        _sum("public-staff", gettext_lazy("Viên chức sự nghiệp"), "occupation-public_employee"),
        _sum(
            "business-staff",
            gettext_lazy("Viên chức kinh doanh"),
            "occupation-enterprise_manager",
            "occupation-enterprise_staff",
        ),
        _sum(
            "workers",
            gettext_lazy("Công nhân, lao động"),
            "occupation-enterprise_worker",
            "occupation-private_employee",
        ),
        _sum("farmers", gettext_lazy("Nông dân"), "occupation-farmer"),
        _sum(
            "soldiers",
            gettext_lazy("Sĩ quan, chiến sĩ quân đội, công an"),
            "occupation-armed_forces",
        ),
        _sum("learners", gettext_lazy("Sinh viên, học sinh"), "occupation-student", "occupation-pupil"),
        _sum("skilled-workers", gettext_lazy("Công nhân kỹ thuật"), "qualification-elementary"),
        _sum("vocational-school", gettext_lazy("Trung học chuyên nghiệp"), "qualification-intermediate"),
        _sum(
            "occupation-without-row",
            gettext_lazy("Nghề nghiệp không có dòng trong biểu"),
            "occupation-village_worker",
            "occupation-other",
            "occupation-unknown",
        ),
    )
}
"""Rows of the form of 2012 that are sums of measures, or bear another name there, by their keys."""


def parts_of(key: str) -> tuple[str, ...]:
    """The keys of the measures whose counts make the number of `key`: itself, or the parts of a sum."""
    return SUMMED[key].parts if key in SUMMED else (key,)


BY_UNIT = (ADMITTED, RURAL, MEASURES["women"], MEASURES["youth"])
"""The columns of the table by unit that count the period."""


def measure_choices(unknown: bool = True) -> list[tuple]:
    """[(key, label) of the total, (head, [(key, label)]) of each group], as a select takes them.

    Without `unknown` what is left over of a partition is not offered: nothing is asked of it beforehand.
    """
    choices: list[tuple] = [(ADMITTED.key, ADMITTED.label)]
    for head, measures in GROUPS:
        choices.append((head, [(m.key, m.label) for m in measures if unknown or m.label is not UNKNOWN]))
    return choices


# Measures of a row in hand


def keys_of(facts: Mapping[str, Any]) -> list[str]:
    """The keys of the measures that an admission with these facts counts in."""
    return [key for key, measure in MEASURES.items() if meets_condition(measure.condition, facts)]


def meets_condition(condition: Q, facts: Mapping[str, Any]) -> bool:
    """Whether an admission with these facts, by the names of their columns, meets a measure's condition.

    Interprets equality, `range` and `gt`, as measures use them; like the database, no comparison holds of None.
    """
    parts = (
        meets_condition(part, facts) if isinstance(part, Q) else _compares(*part, facts)
        for part in _parts(condition)
    )
    held = any(parts) if condition.connector == Q.OR and condition.children else all(parts)
    return held != condition.negated


def facts_in(condition: Q) -> set[str]:
    """The names of the columns that a condition looks at."""
    names: set[str] = set()
    for part in _parts(condition):
        names |= facts_in(part) if isinstance(part, Q) else {part[0].partition("__")[0]}
    return names


def _parts(condition: Q) -> "list[Q | tuple[str, Any]]":
    """What a condition is put together from: further conditions, and pairs of a lookup and its value."""
    return cast("list[Q | tuple[str, Any]]", condition.children)


def _compares(lookup, expected, facts):
    name, _sep, how = lookup.partition("__")
    value = facts[name]
    if value is None:
        return False
    if how == "range":
        return expected[0] <= value <= expected[1]
    return value > expected if how == "gt" else value == expected
