"""The report of a period as tables, put together from its numbers: Biểu 2, Biểu 2B, by unit, the list behind them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Sex
from admissions.models import Dossier
from notation.births import DAY, Birth
from notation.dates import dmy
from reports.closing.source import Source
from reports.exports import adjustments_table
from reports.exports.document import Cell, Column, Row, Table, make_share, make_sum
from reports.exports.form_2 import Line, Pair, Report, UnitLine
from reports.measures import AGE, BY_UNIT
from reports.models.closing import ClosedAdmission
from reports.periods import ROMAN


def report_tables(report: Report, *, with_people: bool = True) -> Iterator[Table]:
    """Each table of the report in turn; the caller may stop in between."""
    yield form_2_table(report)
    yield form_2b_table(report)
    yield by_unit_table(report)
    if with_people:
        yield people_table(report.source)
    if table := adjustments_table.adjustments_table(report.source):
        yield table


def _period_heads(report):
    """The heads of this period and of the same one last year."""
    if not report.compared or report.source.period.spans_years:
        return _("Kỳ này"), _("Cùng kỳ năm trước")
    year = report.source.period.first.year
    return _("Kỳ này (%(y)d)") % {"y": year}, _("Cùng kỳ năm trước (%(y)d)") % {"y": year - 1}


def form_2_table(report: Report) -> Table:
    """The form of newly admitted members; the total is the sum of the age bands, which fall apart without remainder."""
    now, before = _period_heads(report)
    columns = (
        Column("no", _("TT"), 8),
        Column("label", _("Tiêu chí"), 62),
        Column("now", now, 16, "number"),
        Column("before", before, 16, "number"),
        Column("compared", _("So sánh (%)"), 16, "percent"),
    )
    lines = report.lines
    ages = [(n, line.cells[0]) for n, line in enumerate(lines) if line.part == AGE.key]
    rows = tuple(_form_2_row(line, ages) for line in lines)
    return Table("form_2", str(report.form.name), columns, rows, signed=True, form=report.form.form)


def _form_2_row(line: Line, ages: Sequence[tuple[int, Pair]]) -> Row:
    """A row of the form; `ages` are the rows that the total sums up, each with its place."""
    if not line.cells:
        return Row((line.no, line.label, "", "", ""), "head")
    now, before, *_urls = line.cells[0]
    if line.kind == "mean":
        return Row((line.no, line.label, now, before, None), "mean")
    compared = make_share("now", "before", now, before)
    if line.kind == "total":
        first, parts = ages[0][0], [pair for _place, pair in ages]
        sums = (
            make_sum(now, [p.now for p in parts], first),
            make_sum(before, [p.before for p in parts], first),
        )
        return Row((line.no, line.label, *sums, compared), "total")
    return Row((line.no, line.label, now, before, compared))


def form_2b_table(report: Report) -> Table:
    """Those admitted by ethnic group and by religion; both add up to the total.

    The group is the person's own on the day of the decision, as Biểu 2 counts minorities and followers.
    """
    now, before = _period_heads(report)
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
        named = report.names[group]
        rows.append(_names_total(ROMAN[number - 1], head, named, at=len(rows), compared=report.compared))
        rows += [
            Row((str(n), name, now, women, before, make_share("now", "before", now, before)))
            for n, (name, (now, women, before)) in enumerate(named, start=1)
        ]
    form = report.form
    return Table("form_2b", str(form.name_b), columns, tuple(rows), signed=True, form=form.form_b)


def _names_total(no, head, named, *, at, compared):
    """The sum of the rows that follow the row `at`."""
    sums = [sum(counts[n] or 0 for _name, counts in named) for n in range(3)]
    cells = [make_sum(n, [counts[i] for _name, counts in named], at + 1) for i, n in enumerate(sums)]
    if not compared:
        cells[2], sums[2] = None, None
    label = _("%(what)s, cộng bằng tổng số") % {"what": head}
    return Row((no, label, *cells, make_share("now", "before", sums[0], sums[2])), "total")


def by_unit_table(report: Report) -> Table:
    """The unit and those directly under it, against the quota of the year, the term or the years."""
    total, lines = report.total, report.units
    before, so_far, quota = _by_unit_heads(report.source.period)
    columns = (
        Column("no", _("TT"), 6),
        Column("unit", _("Đơn vị"), 40),
        Column("admitted", _("Kết nạp"), 11, "number"),
        Column("rural", _("Nông thôn"), 11, "number"),
        Column("women", _("Nữ"), 11, "number"),
        Column("youth", _("Đoàn viên"), 11, "number"),
        Column("before", before, 12, "number"),
        Column("so_far", so_far, 12, "number"),
        Column("quota", quota, 12, "number"),
        Column("percent", _("Đạt (%)"), 12, "percent"),
    )
    parts = [_unit_numbers(line) for line in lines]
    sums = [make_sum(n, [row[at] for row in parts], 1) for at, n in enumerate(_unit_numbers(total))]
    rows = [_unit_row("", _("Toàn đơn vị"), sums, total)]
    rows += [
        _unit_row(str(n), _unit_name(line), numbers, line)
        for n, (line, numbers) in enumerate(zip(lines, parts, strict=True), start=1)
    ]
    table = Table("by_unit", _("Theo đơn vị"), columns, tuple(rows), signed=True)
    return _with_rates(table, [total, *lines])


def _with_rates(table: Table, lines: Sequence[UnitLine]) -> Table:
    """`table` with the members at the start of the year and the rate to them, where a line has them."""
    if all(line.members is None for line in lines):
        return table
    columns = (
        Column("members", _("Đảng viên đầu năm"), 12, "number"),
        Column("rate", _("Trên đảng viên (%)"), 12, "percent"),
    )
    rows = tuple(
        replace(
            row,
            cells=(
                *row.cells,
                line.members,
                make_share("so_far", "members", line.cumulative, line.members),
            ),
        )
        for row, line in zip(table.rows, lines, strict=True)
    )
    return replace(table, columns=(*table.columns, *columns), rows=rows)


def _by_unit_heads(period):
    """The heads of what is compared, of the sum so far, and of the quota it is set against."""
    if period.is_term:
        return _("Cùng kỳ năm trước"), _("Từ đầu nhiệm kỳ"), _("Chỉ tiêu nhiệm kỳ")
    if period.spans_years:
        return _("Cùng kỳ năm trước"), _("Cả kỳ"), _("Chỉ tiêu cả kỳ")
    before = _("Cùng kỳ %(y)d") % {"y": period.first.year - 1}
    return before, _("Từ đầu năm"), _("Chỉ tiêu năm")


def _unit_name(line: UnitLine) -> str:
    """The name of a row; of a unit that has ended, with its last day."""
    if line.until is None:
        return line.unit.title
    return _("%(unit)s (đến %(day)s)") % {"unit": line.unit.title, "day": dmy(line.until)}


def _unit_numbers(line: UnitLine) -> list[int | None]:
    """The numbers of a row that are those of the units below it added up; a quota is given, not added up."""
    return [line.now[measure.key] for measure in BY_UNIT] + [line.before["admitted"], line.cumulative]


def _unit_row(no: str, name: str, numbers: Sequence[Cell], line: UnitLine) -> Row:
    """One unit's row; the total has no number."""
    cells = (no, name, *numbers, line.quota, make_share("so_far", "quota", line.cumulative, line.quota))
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


def born_cell(birth: Birth) -> date | str:
    """The date of birth; where the day is not known, what is known of it in words."""
    return birth.on if birth.precision == DAY else str(birth)


PEOPLE = (
    PersonColumn("no", gettext_lazy("TT"), 5, lambda n, d: str(n)),
    PersonColumn("name", gettext_lazy("Họ và tên"), 24, lambda n, d: d.candidate.full_name),
    PersonColumn("number", gettext_lazy("Số hồ sơ"), 10, lambda n, d: d.number),
    PersonColumn(
        "born_man",
        gettext_lazy("Ngày sinh nam"),
        11,
        lambda n, d: born_cell(d.person_admitted.birth) if d.person_admitted.sex == Sex.MALE else None,
        "date",
    ),
    PersonColumn(
        "born_woman",
        gettext_lazy("Ngày sinh nữ"),
        11,
        lambda n, d: born_cell(d.person_admitted.birth) if d.person_admitted.sex == Sex.FEMALE else None,
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
