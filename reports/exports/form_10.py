"""Biểu 10-TCTW of 2012, part II: what the branches did for admission in a period, beside the admissions themselves.

Of a closed quarter it is what the closing kept; one of before that was kept is counted in the register as it is now.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Organisation
from notation.dates import dmy, format_moment, today
from reports.closing import year_reading
from reports.closing.source import Source
from reports.exports import party_layout
from reports.exports.document import Column, Document, Row, Table, make_share
from reports.exports.form_sets import find_form_set
from reports.figures import part_two
from reports.periods import Period

TITLE = gettext_lazy("Biểu 10-TCTW, phần II: công tác kết nạp đảng viên")


def count_part_two(unit: Organisation, period: Period) -> Counter[str]:
    """{key of a row: number} of a unit and period, in the register as it is now."""
    return Counter(key for key, _unit, _dossier in part_two.list_part_two(unit, period))


def make_form_10(source: Source) -> Document:
    """The form of the units of `source`; a period of a set without this part has no rows."""
    before = source.year_before()
    now = _sum(source)
    past = _sum(replace(before, group=source.group)) if before else None
    columns = (
        Column("no", _("TT"), 8),
        Column("label", _("Tiêu chí"), 62),
        Column("now", _("Kỳ này"), 16, "number"),
        Column("before", _("Cùng kỳ năm trước"), 16, "number"),
        Column("compared", _("So sánh (%)"), 16, "percent"),
    )
    form = find_form_set(source.period.last)
    rows = [
        Row(
            (
                row.no,
                str(row.label),
                now[row.key],
                past and past[row.key],
                make_share("now", "before", now[row.key], past and past[row.key]),
            )
        )
        for row in form.part_two
    ]
    table = Table("form_10", _("Biểu 10, phần II"), columns, tuple(rows), signed=True, form=form.form_10)
    return Document(
        title=str(TITLE),
        units=source.group.title,
        place=place_and_day(source),
        day=source.period.last,
        tables=(table,),
        issuer=party_layout.issuer_of(source.group),
    )


def _sum(source):
    counts: Counter[str] = Counter()
    for unit in source.group.units:
        if year_reading.keeps_year(source.closing):
            counts.update(year_reading.closed_part_two(source.closing, unit, source.span))
        else:
            counts.update(count_part_two(unit, source.period))
    return counts


def place_and_day(source: Source, *, kept: bool = True) -> str:
    """Which units and days are counted, and on which day; `kept` says whether the figures are those that a closing of
    them would keep."""
    values = {
        "unit": source.group.title,
        "first": dmy(source.period.first),
        "last": dmy(source.period.last),
        "today": dmy(today()),
    }
    if kept and source.closing and year_reading.keeps_year(source.closing):
        words = _("%(unit)s, từ %(first)s đến %(last)s. Số liệu như khi khóa quý, %(at)s.")
        values["at"] = format_moment(source.closing.closed_at)
    else:
        words = _("%(unit)s, từ %(first)s đến %(last)s. Lập ngày %(today)s theo sổ hiện tại.")
    form = find_form_set(source.period.last)
    if form.part_two:
        return words % values
    return f"{words % values} {_('Bộ mẫu thống kê của kỳ này không có phần công tác kết nạp.')}"


DOCUMENTS: dict[str, tuple[str | Promise, Callable[[Source], Document]]] = {"bieu-10": (TITLE, make_form_10)}
