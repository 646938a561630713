"""Which statistics form a report is drawn up in: the set in force at the end of its period (docs/domain.md, 6).

A set is a table of rows, each a measure or a sum of measures; nothing here counts. Where the form of a period is not
known, its rows bear no form's name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from reports import measures
from reports.measures import MEASURES, SUMMED, Measure, Partition

Words = str | Promise


@dataclass(frozen=True)
class Head:
    """A line of words over the rows that follow."""

    label: Words
    no: str = ""


@dataclass(frozen=True)
class Total:
    """All admissions."""

    no: str


@dataclass(frozen=True)
class Rows:
    """Measures one under the other, numbered from `start`; `part` names what adds up to the total."""

    measures: Callable[[], Sequence[Measure]]
    start: int = 1
    part: str = ""


@dataclass(frozen=True)
class Parts:
    """A partition with its head; who fits no row shows where there is someone."""

    no: str
    partition: Partition


@dataclass(frozen=True)
class MeanAge:
    """The mean age."""


@dataclass(frozen=True)
class Untold:
    """A row of the form that the register cannot count: it says so."""

    label: Words


@dataclass(frozen=True)
class Bases:
    """Base organisations at the period's end, parties and branches each for themselves or `together`."""

    no: str
    together: bool = False


@dataclass(frozen=True)
class Beside:
    """What the register counts and the form has no row for; left out where there is nothing."""

    label: Words


@dataclass(frozen=True)
class Told:
    """A row of the part on admission work, counted under `key` by `form_10`."""

    no: str
    key: str
    label: Words


FormRow = Head | Total | Rows | Parts | MeanAge | Untold | Bases | Beside


@dataclass(frozen=True)
class FormSet:
    """The form of newly admitted members for periods that end from `since` to `until` (None: no end).

    `form` and `form_b` are the names that the regulation `source` gives to the form and to its part by ethnic group
    and religion, "" where none is known; `name` and `name_b` are what the sheets are called. `note` says what is not
    known. `confidence` is as in the procedure files. `part_two` are the rows of the part on admission work of the form
    `form_10`, none where the set has no such part.
    """

    key: str
    since: date | None
    until: date | None
    form: str
    form_b: str
    name: Words
    name_b: Words
    source: str
    rows: tuple[FormRow, ...]
    note: Words = ""
    confidence: str = "verified"
    form_10: str = ""
    part_two: tuple[Told, ...] = ()

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def sheets(self) -> str:
        """The names of both sheets, as a list in a sentence."""
        return f"{self.name}, {self.name_b}"

    @property
    def title(self) -> str:
        """The form with its source: "Biểu 2-TCTW (HD 12-HD/BTCTW, 17/5/2012)"; "" where it is not known."""
        return f"{self.form} ({self.source})" if self.form else ""


def _named(*keys):
    return lambda: [SUMMED.get(key) or MEASURES[key] for key in keys]


ROWS_OF_2012: tuple[FormRow, ...] = (
    Total("I"),
    Head(gettext_lazy("Trong đó (không cộng với nhau)")),
    Rows(_named("again", "women", "minority", "religious", "youth")),
    Rows(_named("officials", "public-staff", "business-staff", "workers"), start=6),
    Rows(_named("farmers", "soldiers", "learners"), start=10),
    Head(gettext_lazy("Tuổi khi ký quyết định, cộng bằng tổng số"), "II.1"),
    Rows(_named("age-18-30", "age-31-40", "age-41-50", "age-over-50", "age-unknown"), part="age"),
    MeanAge(),
    Parts("II.2", measures.EDUCATION),
    Head(gettext_lazy("Trình độ chuyên môn"), "II.3"),
    Rows(
        _named(
            "skilled-workers",
            "vocational-school",
            "qualification-college",
            "qualification-bachelor",
            "qualification-master",
            "qualification-doctor",
        )
    ),
    Untold(gettext_lazy("Tiến sĩ khoa học (sổ ghi chung với tiến sĩ)")),
    Head(gettext_lazy("Đơn vị cơ sở cuối kỳ"), "III"),
    Untold(gettext_lazy("Đơn vị cơ sở chưa có tổ chức đảng (sổ không theo dõi)")),
    Bases("", together=True),
    Beside(gettext_lazy("Ngoài biểu, sổ đếm thêm")),
)
"""HD 12-HD/BTCTW, 17/5/2012: occupations stand among what does not add up; some of the register's have no row."""

ROWS_OF_2021: tuple[FormRow, ...] = (
    Total("I"),
    Head(gettext_lazy("Trong đó (không cộng với nhau)")),
    Rows(lambda: measures.OVERLAPPING),
    Parts("II.1", measures.OCCUPATION),
    Parts("II.2", measures.AGE),
    MeanAge(),
    Parts("II.3", measures.EDUCATION),
    Parts("II.4", measures.QUALIFICATION),
    Head(gettext_lazy("Chức danh khoa học"), "II.5"),
    Rows(lambda: measures.TITLES),
    Bases("III"),
)
"""HD 11-HD/BTCTW, 13/12/2021."""

PART_TWO_OF_2012 = (
    Told("1", "official", gettext_lazy("Đảng viên dự bị được công nhận chính thức")),
    Told("2", "not_recognised", gettext_lazy("Đảng viên dự bị không được công nhận chính thức")),
    Told("3", "without_admission", gettext_lazy("Tổ chức cơ sở đảng không kết nạp được đảng viên")),
    Told("4", "authorised", gettext_lazy("Đảng ủy cơ sở được ủy quyền quyết định kết nạp (cuối kỳ)")),
    Told("5", "listed", gettext_lazy("Quần chúng được đưa vào danh sách cảm tình Đảng")),
    Told("6", "certified", gettext_lazy("Cảm tình Đảng đã học lớp bồi dưỡng nhận thức về Đảng")),
)
"""Biểu 10-TCTW of HD 12-HD/BTCTW, 17/5/2012, part II."""

ROWS_COUNTED: tuple[FormRow, ...] = (
    Total(""),
    Head(gettext_lazy("Trong đó (không cộng với nhau)")),
    Rows(lambda: measures.OVERLAPPING),
    Parts("", measures.OCCUPATION),
    Parts("", measures.AGE),
    MeanAge(),
    Parts("", measures.EDUCATION),
    Parts("", measures.QUALIFICATION),
    Head(gettext_lazy("Chức danh khoa học")),
    Rows(lambda: measures.TITLES),
    Bases(""),
)
"""What the register can count, without the part numbers of any form."""

SETS = (
    FormSet(
        key="2012",
        since=None,
        until=date(2017, 12, 31),
        form="Biểu 2-TCTW",
        form_b="Biểu 2-TCTW (tiếp theo)",
        name=gettext_lazy("Biểu 2"),
        name_b=gettext_lazy("Biểu 2 (tiếp theo)"),
        source="HD 12-HD/BTCTW, 17/5/2012",
        rows=ROWS_OF_2012,
        form_10="Biểu 10-TCTW",
        part_two=PART_TWO_OF_2012,
    ),
    FormSet(
        key="2018",
        since=date(2018, 1, 1),
        until=date(2021, 12, 12),
        form="Biểu 2-BTCTW",
        form_b="Biểu 2B-BTCTW",
        name=gettext_lazy("Biểu 2"),
        name_b=gettext_lazy("Biểu 2B"),
        source="HD 11-HD/BTCTW, 13/12/2021",
        rows=ROWS_OF_2021,
        note=gettext_lazy(
            "Các dòng của mẫu theo CV 3296 ngày 26/7/2017 chưa tìm thấy; in theo bộ mẫu năm 2021."
        ),
        confidence="secondary",
    ),
    FormSet(
        key="2021",
        since=date(2021, 12, 13),
        until=date(2025, 10, 9),
        form="Biểu 2-BTCTW",
        form_b="Biểu 2B-BTCTW",
        name=gettext_lazy("Biểu 2"),
        name_b=gettext_lazy("Biểu 2B"),
        source="HD 11-HD/BTCTW, 13/12/2021",
        rows=ROWS_OF_2021,
    ),
    FormSet(
        key="2025",
        since=date(2025, 10, 10),
        until=None,
        form="",
        form_b="",
        name=gettext_lazy("Số liệu kết nạp"),
        name_b=gettext_lazy("Dân tộc, tôn giáo"),
        source="HD 40-HD/BTCTW, 10/10/2025",
        rows=ROWS_COUNTED,
        note=gettext_lazy(
            "Mẫu theo HD 40-HD/BTCTW ngày 10/10/2025 chưa có trong phần mềm; đây là những gì sổ đếm được,"
            " không phải biểu theo mẫu."
        ),
        confidence="unverified",
    ),
)
"""The sets, the earliest first; each day lies in one of them."""


def find_form_set(last: date) -> FormSet:
    """The set for a period whose last day is `last`."""
    return next(form for form in SETS if form.covers(last))
