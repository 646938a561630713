"""The workbook of a plan of changes: every total before and after, and what goes where."""

from django.utils.translation import gettext as _

from branches.models import Reorganisation
from branches.plan_rehearsals import add_up, group_totals
from branches.reorganisation.outcome import MovedRow, Rehearsal
from notation.dates import dmy
from notation.numbers import format_number
from reports.exports import party_layout
from reports.exports.document import Column, Document, Row, Table
from reports.unit_group import group_units


def reorganisation_document(plan: Reorganisation, rehearsal: Rehearsal) -> Document:
    """Two tables: the totals by group, and what was moved with its parts by the units that end."""
    group = group_units([plan.unit])
    return Document(
        title=_("Tổng số trước và sau khi thay đổi tổ chức"),
        units=group.title,
        place=_("%(plan)s, theo %(basis)s, từ ngày %(day)s")
        % {"plan": plan.title, "basis": plan.basis, "day": dmy(plan.day)},
        day=plan.day,
        tables=(_totals_table(rehearsal), _moved_table(rehearsal)),
        issuer=party_layout.issuer_of(group),
    )


def _totals_table(rehearsal):
    columns = (
        Column("no", _("TT"), 5, "number"),
        Column("label", _("Dòng"), 42),
        Column("parts", _("Từng đơn vị"), 22),
        Column("before", _("Trước"), 11, "number"),
        Column("after", _("Sau"), 11, "number"),
        Column("equal", _("So"), 12),
        Column("note", _("Ghi chú"), 40),
    )
    rows = []
    for name, lines in group_totals(rehearsal.totals):
        rows.append(Row((None, name, "", None, None, "", ""), "head"))
        for line in lines:
            row = line.row
            facts = (row.total_before, row.total_after, _compare(line), row.note)
            rows.append(Row((line.number, row.label, add_up(row.before), *facts)))
    return Table("tong", _("Trước và sau"), columns, tuple(rows))


def _compare(line):
    if line.row.equal:
        return _("khớp")
    return _("lệch %(n)s") % {"n": format_number(line.difference)} if line.difference else _("lệch mã")


def _moved_table(rehearsal):
    columns = (
        Column("no", _("TT"), 5, "number"),
        Column("label", _("Thứ"), 36),
        Column("number", _("Số"), 10, "number"),
        Column("parts", _("Từng đơn vị"), 24),
        Column("how", _("Chuyển thế nào"), 50),
    )
    rows = tuple(_moved_row(n, row) for n, row in enumerate(rehearsal.moved, 1))
    return Table("di", _("Cái gì đi đâu"), columns, rows)


def _moved_row(n: int, row: MovedRow) -> Row:
    how = row.how
    if row.left:
        how = _("%(how)s; %(n)s chưa có nơi nhận") % {"how": how, "n": format_number(row.left)}
    return Row((n, row.label, row.number, add_up(row.parts), how))
