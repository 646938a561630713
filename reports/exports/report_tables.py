"""The report of a period as tables: Biểu 2, Biểu 2B, by unit and the list behind them."""

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Sex
from notation.dates import dmy, today
from reports.closing import reading
from reports.exports import adjustments_table
from reports.exports import form_2 as quarter
from reports.exports.document import Column, Row, Sum, Table, make_share
from reports.exports.unit_group import units_of_group
from reports.periods import ROMAN


def report_title(period):
    year = period.first.year
    if period.kind == "year":
        return _("Kết quả kết nạp đảng viên năm %(year)d") % {"year": year}
    if period.kind == "quarter":
        words = _("Kết quả kết nạp đảng viên quý %(n)s năm %(year)d")
        return words % {"n": ROMAN[period.number - 1], "year": year}
    return _("Kết quả kết nạp đảng viên %(period)s") % {"period": period}


def counting_basis(counted_by=None):
    if (counted_by or settings.COUNTED_BY) == "ceremony":
        return _("Kỳ tính theo ngày lễ kết nạp.")
    return _("Kỳ tính theo ngày ký quyết định kết nạp.")


def same_days_note(period):
    """Of a period that runs, up to which day the year before is counted; "" otherwise."""
    earlier = quarter.period_before(period)
    if earlier is None or not period.includes(today()) or reading.is_closed(period):
        return ""
    return _("Kỳ đang chạy: năm trước cũng chỉ tính đến ngày %(day)s.") % {"day": dmy(earlier.last)}


def place_and_days(unit, period):
    """Which unit and days are counted, and by which date."""
    words = _("%(unit)s, từ %(first)s đến %(last)s. %(basis)s") % {
        "unit": unit.title,
        "first": f"{period.first:%d/%m/%Y}",
        "last": f"{period.last:%d/%m/%Y}",
        "basis": counting_basis(period.closing.counted_by if reading.is_closed(period) else None),
    }
    return f"{words} {same_days_note(period)}".strip()


def report_tables(unit, period, *, with_people=True):
    """Each table of the report in turn; the caller may stop in between."""
    yield form_2_table(unit, period)
    yield form_2b_table(unit, period)
    yield by_unit_table(unit, period)
    if with_people:
        yield people_table(unit, period)
    if table := adjustments_table.adjustments_table(unit, period):
        yield table


def _compared(period):
    """The heads of this period and of the same one last year."""
    if quarter.period_before(period) is None:
        return _("Kỳ này"), _("Cùng kỳ năm trước")
    year = period.first.year
    return _("Kỳ này (%(y)d)") % {"y": year}, _("Cùng kỳ năm trước (%(y)d)") % {"y": year - 1}


def form_2_table(unit, period):
    """Biểu 2-BTCTW. The total is the sum of the age bands, which fall apart without remainder."""
    now, before = _compared(period)
    columns = (
        Column(_("TT"), 8),
        Column(_("Tiêu chí"), 62),
        Column(now, 16, "number"),
        Column(before, 16, "number"),
        Column(_("So sánh (%)"), 16, "percent"),
    )
    lines = quarter.form_2(unit, [period])
    ages = [n for n, line in enumerate(lines) if line.key.startswith("age-")]
    return Table("form_2", _("Biểu 2"), columns, tuple(_line(line, ages) for line in lines), signed=True)


def _line(line, ages):
    if not line.cells:
        return Row((line.no, line.label, "", "", ""), "head")
    now, then, *_urls = line.cells[0]
    if line.kind == "mean":
        return Row((line.no, line.label, now, then, None), "mean")
    compared = make_share(2, 3, now, then)
    if line.kind == "total":
        now, then = (None if n is None else Sum(n, ages[0], ages[-1]) for n in (now, then))
        return Row((line.no, line.label, now, then, compared), "total")
    return Row((line.no, line.label, now, then, compared))


def form_2b_table(unit, period):
    """Biểu 2B: those admitted by ethnic group and by religion; both add up to the total.

    The group is the person's own, as the register has it now or had it when the quarter was closed; the facts of
    admission say only whether it is a minority.
    """
    now, before = _compared(period)
    columns = (
        Column(_("TT"), 8),
        Column(_("Dân tộc, tôn giáo"), 46),
        Column(now, 16, "number"),
        Column(_("Trong đó nữ"), 16, "number"),
        Column(before, 16, "number"),
        Column(_("So sánh (%)"), 16, "percent"),
    )
    rows = []
    for number, (head, column) in enumerate(
        ((_("Dân tộc"), "candidate__ethnicity"), (_("Tôn giáo"), "candidate__religion")), start=1
    ):
        found = _groups(unit, period, column)
        rows.append(_group_total(f"{ROMAN[number - 1]}", head, found, len(rows), period))
        rows += [
            Row((str(n), name, *counts, make_share(2, 4, counts[0], counts[2])))
            for n, (name, counts) in enumerate(found, start=1)
        ]
    return Table("form_2b", _("Biểu 2B"), columns, tuple(rows), signed=True)


def _group_total(no, head, found, at, period):
    sums = [sum(counts[n] or 0 for _name, counts in found) for n in range(3)]
    cells = [Sum(n, at + 1, at + len(found)) if found else 0 for n in sums]
    if quarter.period_before(period) is None:
        cells[2], sums[2] = None, None
    label = _("%(what)s, cộng bằng tổng số") % {"what": head}
    return Row((no, label, *cells, make_share(2, 4, sums[0], sums[2])), "total")


def _groups(unit, period, column):
    """[(name, (now, women, before))], the largest group first."""
    if reading.is_closed(period):
        found = _groups_closed(unit, period, column.removeprefix("candidate__"))
        return sorted(found.items(), key=lambda row: (-row[1][0], row[0]))
    found = {}
    for n, span in enumerate((period, quarter.period_before(period))):
        if span is None:
            continue
        rows = quarter.admissions_of_report(unit, span).order_by().values_list(f"{column}__name")
        for name, everyone, women in rows.annotate(
            everyone=Count("pk"), women=Count("pk", filter=Q(admitted_sex=Sex.FEMALE))
        ):
            counts = found.setdefault(name, [0, 0, 0 if quarter.period_before(period) else None])
            counts[2 * n] = everyone
            if n == 0:
                counts[1] = women
    return sorted(
        ((name, tuple(counts)) for name, counts in found.items()), key=lambda row: (-row[1][0], row[0])
    )


def by_unit_table(unit, period):
    """The unit and those directly under it, against the year's quota, or the term's."""
    term = period.kind == "term"
    before = _("Cùng kỳ năm trước") if term else _("Cùng kỳ %(y)d") % {"y": period.first.year - 1}
    heads = (_("Kết nạp"), _("Nông thôn"), _("Nữ"), _("Đoàn viên"), before)
    since = (_("Từ đầu nhiệm kỳ"), _("Chỉ tiêu nhiệm kỳ")) if term else (_("Từ đầu năm"), _("Chỉ tiêu năm"))
    columns = (
        Column(_("TT"), 6),
        Column(_("Đơn vị"), 40),
        *(
            Column(head, width, "number")
            for head, width in zip(heads + since, (11, 11, 11, 11, 12, 12, 12), strict=True)
        ),
        Column(_("Đạt (%)"), 12, "percent"),
    )
    total, lines = quarter.unit_lines(unit, period)
    rows = [_unit_row("", _("Toàn đơn vị"), total, len(lines))]
    rows += [_unit_row(str(n), line.unit.title, line, 0) for n, line in enumerate(lines, start=1)]
    return Table("by_unit", _("Theo đơn vị"), columns, tuple(rows), signed=True)


def _unit_row(no, name, line, below):
    """One unit's row; the total of `below` units is their sum in every column that adds up."""
    numbers = [line.now[m.key] for m in quarter.BY_UNIT] + [line.before["admitted"], line.cumulative]
    if below:
        numbers = [None if n is None else Sum(n, 1, below) for n in numbers]
    quota = None if line.quota is None else int(line.quota)
    cells = (no, name, *numbers, quota, make_share(7, 8, line.cumulative, quota))
    return Row(cells, "row" if no else "total")


def _groups_closed(unit, period, group):
    """The same of a closing: from its entries, and the period before as it was counted that day."""
    found, mark, compared = {}, f"{group}:", quarter.period_before(period)
    for entry in quarter.admissions_of_report(unit, period):
        counts = found.setdefault(getattr(entry, group), [0, 0, 0 if compared else None])
        counts[0] += 1
        counts[1] += entry.admitted_sex == Sex.FEMALE
    for row in reading.closed_counts(period.closing, units_of_group(unit), reading.Span.BEFORE).values():
        for key, number in row.items():
            if compared and key.startswith(mark):
                found.setdefault(key.removeprefix(mark), [0, 0, 0])[2] += number
    return {name: tuple(counts) for name, counts in found.items()}


PEOPLE = (
    (gettext_lazy("TT"), 5, "text", lambda n, d: str(n)),
    (gettext_lazy("Họ và tên"), 24, "text", lambda n, d: d.candidate.full_name),
    (gettext_lazy("Số hồ sơ"), 10, "text", lambda n, d: d.number),
    (
        gettext_lazy("Ngày sinh nam"),
        11,
        "date",
        lambda n, d: d.candidate.born_on if d.admitted_sex == "male" else None,
    ),
    (
        gettext_lazy("Ngày sinh nữ"),
        11,
        "date",
        lambda n, d: d.candidate.born_on if d.admitted_sex == "female" else None,
    ),
    (gettext_lazy("Dân tộc"), 9, "text", lambda n, d: d.candidate.ethnicity.name),
    (gettext_lazy("Tôn giáo"), 9, "text", lambda n, d: d.candidate.religion.name),
    (gettext_lazy("Học vấn"), 8, "text", lambda n, d: d.get_admitted_education_display()),
    (gettext_lazy("Chuyên môn"), 14, "text", lambda n, d: d.get_admitted_qualification_display()),
    (gettext_lazy("Nghề nghiệp"), 30, "text", lambda n, d: d.get_admitted_occupation_display()),
    (gettext_lazy("Chi bộ"), 24, "text", lambda n, d: d.admitted_branch.title),
    (gettext_lazy("Nông thôn"), 7, "text", lambda n, d: "x" if d.admitted_rural else ""),
    (gettext_lazy("Đảng bộ"), 22, "text", lambda n, d: d.admitted_commune.title),
    (gettext_lazy("Quyết định"), 12, "text", lambda n, d: d.decision_number),
    (gettext_lazy("Ngày quyết định"), 11, "date", lambda n, d: d.decided_on),
    (gettext_lazy("Ngày lễ"), 11, "date", lambda n, d: d.ceremony_on),
)
"""The columns of the list: head, width, kind and value of the n-th dossier."""


def columns_of(shape):
    return tuple(Column(str(head), width, kind) for head, width, kind, _value in shape)


def people_rows(shape, dossiers):
    """A row for each dossier, numbered from 1; `shape` as in `PEOPLE`."""
    return [
        Row(tuple(value(n, dossier) for *_rest, value in shape), url=dossier.get_absolute_url())
        for n, dossier in enumerate(dossiers, start=1)
    ]


def people_table(unit, period):
    rows = people_rows(PEOPLE, quarter.people_of_report(unit, period))
    return Table("people", _("Danh sách"), columns_of(PEOPLE), tuple(rows), tall=True)
