"""The report of a period as tables: Biểu 2, Biểu 2B, by unit and the list behind them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Sex
from admissions.models import Dossier
from notation.dates import dmy, today
from reports.closing.source import Source
from reports.exports import adjustments_table
from reports.exports.document import Column, Row, Sum, Table, make_share
from reports.exports.form_2 import BY_UNIT, Line, UnitLine, form_2, unit_lines
from reports.measures import AGE
from reports.models.closing import ClosedAdmission
from reports.periods import ROMAN, Period


def report_title(period: Period) -> str:
    year = period.first.year
    if period.is_year:
        return _("Kết quả kết nạp đảng viên năm %(year)d") % {"year": year}
    if period.is_quarter:
        words = _("Kết quả kết nạp đảng viên quý %(n)s năm %(year)d")
        return words % {"n": ROMAN[period.number - 1], "year": year}
    return _("Kết quả kết nạp đảng viên %(period)s") % {"period": period}


def counting_basis(counted_by: str) -> str:
    """By which date an admission counts; `counted_by` is "decision" or "ceremony"."""
    if counted_by == "ceremony":
        return _("Kỳ tính theo ngày lễ kết nạp.")
    return _("Kỳ tính theo ngày ký quyết định kết nạp.")


def same_days_note(source: Source) -> str:
    """Up to which day the year before is counted while the period runs; "" otherwise."""
    before = source.year_before()
    if before is None or not source.period.includes(today()):
        return ""
    return _("Kỳ đang chạy: năm trước cũng chỉ tính đến ngày %(day)s.") % {"day": dmy(before.period.last)}


def place_and_days(source: Source) -> str:
    """Which units and days are counted, and by which date."""
    words = _("%(unit)s, từ %(first)s đến %(last)s. %(basis)s") % {
        "unit": source.group.title,
        "first": dmy(source.period.first),
        "last": dmy(source.period.last),
        "basis": counting_basis(source.counted_by),
    }
    return f"{words} {same_days_note(source)}".strip()


def report_tables(source: Source, *, with_people: bool = True) -> Iterator[Table]:
    """Each table of the report in turn; the caller may stop in between."""
    yield form_2_table(source)
    yield form_2b_table(source)
    yield by_unit_table(source)
    if with_people:
        yield people_table(source)
    if table := adjustments_table.adjustments_table(source):
        yield table


def _period_heads(source):
    """The heads of this period and of the same one last year."""
    if source.year_before() is None:
        return _("Kỳ này"), _("Cùng kỳ năm trước")
    year = source.period.first.year
    return _("Kỳ này (%(y)d)") % {"y": year}, _("Cùng kỳ năm trước (%(y)d)") % {"y": year - 1}


def form_2_table(source: Source) -> Table:
    """Biểu 2-BTCTW. The total is the sum of the age bands, which fall apart without remainder."""
    now, before = _period_heads(source)
    columns = (
        Column("no", _("TT"), 8),
        Column("label", _("Tiêu chí"), 62),
        Column("now", now, 16, "number"),
        Column("before", before, 16, "number"),
        Column("compared", _("So sánh (%)"), 16, "percent"),
    )
    lines = form_2([source])
    bands = {measure.key for measure in AGE.measures}
    ages = [n for n, line in enumerate(lines) if line.key in bands]
    rows = tuple(_form_2_row(line, ages) for line in lines)
    return Table("form_2", _("Biểu 2"), columns, rows, signed=True)


def _form_2_row(line: Line, ages: Sequence[int]) -> Row:
    """A row of Biểu 2; `ages` are the places of the rows that the total sums up."""
    if not line.cells:
        return Row((line.no, line.label, "", "", ""), "head")
    now, before, *_urls = line.cells[0]
    if line.kind == "mean":
        return Row((line.no, line.label, now, before, None), "mean")
    compared = make_share("now", "before", now, before)
    if line.kind == "total":
        sums = (None if n is None else Sum(n, ages[0], ages[-1]) for n in (now, before))
        return Row((line.no, line.label, *sums, compared), "total")
    return Row((line.no, line.label, now, before, compared))


def form_2b_table(source: Source) -> Table:
    """Biểu 2B: those admitted by ethnic group and by religion; both add up to the total.

    The group is the person's own on the day of the decision, as Biểu 2 counts minorities and followers.
    """
    now, before = _period_heads(source)
    columns = (
        Column("no", _("TT"), 8),
        Column("name", _("Dân tộc, tôn giáo"), 46),
        Column("now", now, 16, "number"),
        Column("women", _("Trong đó nữ"), 16, "number"),
        Column("before", before, 16, "number"),
        Column("compared", _("So sánh (%)"), 16, "percent"),
    )
    rows: list[Row] = []
    for number, (head, group) in enumerate(
        ((_("Dân tộc"), "ethnicity"), (_("Tôn giáo"), "religion")), start=1
    ):
        named = _count_names(source, group)
        rows.append(_names_total(ROMAN[number - 1], head, named, at=len(rows), source=source))
        rows += [
            Row((str(n), name, now, women, before, make_share("now", "before", now, before)))
            for n, (name, (now, women, before)) in enumerate(named, start=1)
        ]
    return Table("form_2b", _("Biểu 2B"), columns, tuple(rows), signed=True)


def _names_total(no, head, named, *, at, source):
    """The sum of the rows that follow the row `at`."""
    sums = [sum(counts[n] or 0 for _name, counts in named) for n in range(3)]
    cells = [Sum(n, at + 1, at + len(named)) if named else 0 for n in sums]
    if source.year_before() is None:
        cells[2], sums[2] = None, None
    label = _("%(what)s, cộng bằng tổng số") % {"what": head}
    return Row((no, label, *cells, make_share("now", "before", sums[0], sums[2])), "total")


def _count_names(source, group):
    """[(name, (now, women, before))], the largest first; `before` is None where nothing is compared."""
    year_before = source.year_before()
    now, past = source.by_name(group), year_before.by_name(group) if year_before else {}
    rows = []
    for name in now | past:
        before = past.get(name, (0, 0))[0] if year_before else None
        rows.append((name, (*now.get(name, (0, 0)), before)))
    return sorted(rows, key=lambda row: (-row[1][0], row[0]))


def by_unit_table(source: Source) -> Table:
    """The unit and those directly under it, against the year's quota, or the term's."""
    term = source.period.is_term
    before = _("Cùng kỳ năm trước") if term else _("Cùng kỳ %(y)d") % {"y": source.period.first.year - 1}
    columns = (
        Column("no", _("TT"), 6),
        Column("unit", _("Đơn vị"), 40),
        Column("admitted", _("Kết nạp"), 11, "number"),
        Column("rural", _("Nông thôn"), 11, "number"),
        Column("women", _("Nữ"), 11, "number"),
        Column("youth", _("Đoàn viên"), 11, "number"),
        Column("before", before, 12, "number"),
        Column("so_far", _("Từ đầu nhiệm kỳ") if term else _("Từ đầu năm"), 12, "number"),
        Column("quota", _("Chỉ tiêu nhiệm kỳ") if term else _("Chỉ tiêu năm"), 12, "number"),
        Column("percent", _("Đạt (%)"), 12, "percent"),
    )
    total, lines = unit_lines(source)
    rows = [_unit_row("", _("Toàn đơn vị"), total, len(lines))]
    rows += [_unit_row(str(n), line.unit.title, line, 0) for n, line in enumerate(lines, start=1)]
    return Table("by_unit", _("Theo đơn vị"), columns, tuple(rows), signed=True)


def _unit_row(no: str, name: str, line: UnitLine, below: int) -> Row:
    """One unit's row; the total of `below` units is their sum in every column that adds up."""
    numbers = [line.now[measure.key] for measure in BY_UNIT] + [line.before["admitted"], line.cumulative]
    sums = [None if n is None else Sum(n, 1, below) for n in numbers] if below else numbers
    quota = None if line.quota is None else int(line.quota)
    cells = (no, name, *sums, quota, make_share("so_far", "quota", line.cumulative, quota))
    return Row(cells, "row" if no else "total")


Person = Dossier | ClosedAdmission


@dataclass(frozen=True)
class PersonColumn:
    """A column of a list of people: `value` gives the cell of the n-th of them, counted from 1."""

    key: str
    head: str | Promise
    width: int
    value: Callable[[int, Person], str | int | date | None]
    kind: str = "text"


PEOPLE = (
    PersonColumn("no", gettext_lazy("TT"), 5, lambda n, d: str(n)),
    PersonColumn("name", gettext_lazy("Họ và tên"), 24, lambda n, d: d.candidate.full_name),
    PersonColumn("number", gettext_lazy("Số hồ sơ"), 10, lambda n, d: d.number),
    PersonColumn(
        "born_man",
        gettext_lazy("Ngày sinh nam"),
        11,
        lambda n, d: d.person_admitted.born_on if d.person_admitted.sex == Sex.MALE else None,
        "date",
    ),
    PersonColumn(
        "born_woman",
        gettext_lazy("Ngày sinh nữ"),
        11,
        lambda n, d: d.person_admitted.born_on if d.person_admitted.sex == Sex.FEMALE else None,
        "date",
    ),
    PersonColumn("ethnicity", gettext_lazy("Dân tộc"), 9, lambda n, d: d.person_admitted.ethnicity.name),
    PersonColumn("religion", gettext_lazy("Tôn giáo"), 9, lambda n, d: d.person_admitted.religion.name),
    PersonColumn("education", gettext_lazy("Học vấn"), 8, lambda n, d: d.get_admitted_education_display()),
    PersonColumn(
        "qualification", gettext_lazy("Chuyên môn"), 14, lambda n, d: d.get_admitted_qualification_display()
    ),
    PersonColumn(
        "occupation", gettext_lazy("Nghề nghiệp"), 30, lambda n, d: d.get_admitted_occupation_display()
    ),
    PersonColumn("branch", gettext_lazy("Chi bộ"), 24, lambda n, d: d.admitted_branch.title),
    PersonColumn("rural", gettext_lazy("Nông thôn"), 7, lambda n, d: "x" if d.admitted_rural else ""),
    PersonColumn("base", gettext_lazy("Đảng bộ"), 22, lambda n, d: d.admitted_commune.title),
    PersonColumn("decision", gettext_lazy("Quyết định"), 12, lambda n, d: d.decision_number),
    PersonColumn("decided_on", gettext_lazy("Ngày quyết định"), 11, lambda n, d: d.decided_on, "date"),
    PersonColumn("ceremony_on", gettext_lazy("Ngày lễ"), 11, lambda n, d: d.ceremony_on, "date"),
)
"""The columns of the list of those admitted."""


def table_columns(columns: Iterable[PersonColumn]) -> tuple[Column, ...]:
    return tuple(Column(column.key, str(column.head), column.width, column.kind) for column in columns)


def people_rows(columns: Sequence[PersonColumn], people: Iterable[Person]) -> list[Row]:
    """A row for each of `people`, numbered from 1."""
    return [
        Row(tuple(column.value(n, person) for column in columns), url=person.get_absolute_url())
        for n, person in enumerate(people, start=1)
    ]


def people_table(source: Source) -> Table:
    """Those behind the total, by given name."""
    rows = people_rows(PEOPLE, source.people())
    return Table("people", _("Danh sách"), table_columns(PEOPLE), tuple(rows), tall=True)
